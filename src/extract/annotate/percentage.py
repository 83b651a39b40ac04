"""PERCENTAGE: proportions and multiples."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache

from extract.annotate.layout import Layout
from extract.annotate.numbers import parse, words
from extract.lexicon.rules import Rule, likely, load_rules
from extract.records import Mention

Amount = tuple[float, str]
_VERBS = {"doubl": 2.0, "twice": 2.0, "tripl": 3.0, "trebl": 3.0, "quadrupl": 4.0, "quintupl": 5.0, "halv": 0.5}
_HALF = re.compile(r"\s?½\Z|(?:\s|-)and(?:\s|-)a(?:\s|-)half\Z", re.IGNORECASE)
_UNIT_END = re.compile(r"[\s-]*(?:%.*|(?:per[\s-]?cents?|percent|percentage|pc)\b.*)\Z", re.IGNORECASE | re.DOTALL)


def _percent(spelt: str) -> Amount:
    number = _UNIT_END.sub("", spelt)
    sign = -1.0 if number[0] in "-−–" else 1.0
    return sign * parse(number), "percent"


def _number(spelt: str) -> Amount:
    return parse(spelt), "percent"


def _fraction(spelt: str) -> Amount:
    pieces = re.findall(r"\w+", spelt.lower())
    times = parse(pieces[0]) if len(pieces) > 1 else 1.0
    return round(100 * times * words()[pieces[-1].removesuffix("s")][0], 2), "percent"


def _ratio(spelt: str) -> Amount:
    part, whole = (
        parse(" ".join(p for p in re.findall(r"\d[\d,]*|[a-z]+", side) if p[0].isdigit() or p in words()))
        for side in re.split(r"\b(?:in|of)\b", spelt.lower())
    )
    return round(100 * part / whole, 2), "percent"


def _multiple(spelt: str) -> Amount:
    for stem, value in _VERBS.items():
        if spelt.lower().startswith(stem):
            return value, "multiple"
    number, half = _HALF.subn("", re.sub(r"[\s-]?times\Z", "", spelt, flags=re.IGNORECASE))
    return parse(number) + 0.5 * half, "multiple"


def _fold(spelt: str) -> Amount:
    return parse(re.sub(r"[\s-]?fold\Z", "", spelt, flags=re.IGNORECASE)), "multiple"


def _odds(spelt: str) -> Amount:
    return parse(spelt.split()[0]), "multiple"


#: The heading of a column, and of a row, of percentages without a sign.
_PERCENT_HEAD = re.compile(r"%|\bper\s?cent(?:age)?\b", re.IGNORECASE)
_PERCENT_ROW = re.compile(r"\s*(?:%.*|.*\(\s?%\s?\)|.*\s%|.*\bper\s?cent(?:age)?\b.*)\s*", re.IGNORECASE)
_BARE = re.compile(r"\s*([-−–+]?\d{1,4}(?:,\d{3})*(?:\.\d+)?)\s*")
#: How the number of each kind of expression is read.
READERS: dict[str, Callable[[str], Amount]] = {
    "percent": _percent,
    "number": _number,
    "fraction": _fraction,
    "ratio": _ratio,
    "odds": _odds,
    "multiple": _multiple,
    "fold": _fold,
}


#: How far around a number or cue an expression may reach, in characters.
_BEFORE, _AFTER = 30, 70


def find(lay: Layout) -> list[Mention]:
    """Return the PERCENTAGE mentions of a text, rule by rule; where two overlap the pipeline resolves it."""
    return [*_at_numbers(lay), *_at_cues(lay), *_in_lines(lay), *_in_columns(lay)]


def _at_numbers(lay: Layout) -> Iterator[Mention]:
    text, rules = lay.text, _without_cue()
    for number in lay.numbers:
        for begin in (number.start, number.start - 1):
            if begin < number.start and (begin < 0 or text[begin] not in "-−–+"):
                continue
            for rule in rules:
                match = rule.pattern.match(text, begin)
                if match:
                    yield _mention(text, rule, begin, match.end())


def _in_lines(lay: Layout) -> Iterator[Mention]:
    """Yield the numbers whose percent sign was said before in their line."""
    for rule in likely("percentage", lay.text):
        if rule.value.get("where") == "line":
            for start, end, _ in rule.spans(lay.text):
                yield _mention(lay.text, rule, start, end)


def _in_columns(lay: Layout) -> Iterator[Mention]:
    """Yield the bare numbers of table columns and rows whose heading says percent."""
    for table in lay.tables:
        heads = lay.cells(table[0])
        columns = {n for n, head in enumerate(heads) if _PERCENT_HEAD.search(lay.text, head.start, head.end)}
        for row in table[1:]:
            cells = lay.cells(row)
            whole = _PERCENT_ROW.fullmatch(lay.text, cells[0].start, cells[0].end) is not None
            for cell in (c for n, c in enumerate(cells) if n and (whole or n in columns)):
                match = _BARE.fullmatch(lay.text, cell.start, cell.end)
                if match:
                    spelt = match[1]
                    yield Mention("PERCENTAGE", *match.span(1), spelt, _percent(spelt), "percentage.column")


@cache
def _without_cue() -> tuple[Rule, ...]:
    return tuple(rule for rule in load_rules("percentage") if not rule.value.keys() & {"cues", "where"})


def _at_cues(lay: Layout) -> Iterator[Mention]:
    by_cue = _by_cue()
    for at, word in [w for w in zip(*lay.words, strict=True) if w[1] in by_cue]:
        for rule in by_cue[word]:
            for start, end, _ in rule.spans(lay.text, max(0, at - _BEFORE), at + _AFTER):
                if start <= at < end:
                    yield _mention(lay.text, rule, start, end)


@cache
def _by_cue() -> dict[str, tuple[Rule, ...]]:
    found: dict[str, list[Rule]] = {}
    for rule in load_rules("percentage"):
        for cue in rule.value.get("cues", "").split():
            found.setdefault(cue, []).append(rule)
    return {cue: tuple(rules) for cue, rules in found.items()}


def _mention(text: str, rule: Rule, start: int, end: int) -> Mention:
    spelt = text[start:end]
    return Mention("PERCENTAGE", start, end, spelt, READERS[rule.value["read"]](spelt), rule.id)
