"""COUNT: numbers of things counted."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cache

from extract.annotate.context import AFTER, BEFORE, WORDS_AFTER, WORDS_BEFORE, near_rules, rules
from extract.annotate.footnotes import Mark, marks
from extract.annotate.layout import Layout, Span
from extract.annotate.listing import orderings
from extract.annotate.months import told_months
from extract.annotate.numbers import Number, parse
from extract.annotate.places import first_names
from extract.annotate.runtogether import find_tables
from extract.lexicon.gazetteer import scan
from extract.lexicon.rules import Rule, likely, load_rules
from extract.records import Mention

_YEAR_LIKE = re.compile(r"(?:19|20)\d\d")
_DATED = re.compile(r"\b(?:in|since|during|by|until|from)\s\Z", re.IGNORECASE)
_JOINED_BEFORE = re.compile(r"[\w%)\]*’”][-–—/.:]?\Z|[/\\#@~^+]\Z")
_JOINED_AFTER = re.compile(
    r"[-–—/](?!(?:plus|odd|strong)\b)[\w£]|[a-zA-Z_]|[-–—](?=,?\s(?:and|or|to)\s|,\s\d)|\.\d|:\d|/"
)
#: Which numbers a kind of rule is asked about.
_LIMITS = {"age": 110, "age-itself": 110, "named-age": 110, "first-named": 110, "day": 31, "small": 400}
_NO_LIMIT = float("inf")
#: How far before a number a sign can begin that touches it.
_TOUCH = 5
#: The group of any number, as the parts of the rule file expand it.
_ANY_NUMBER = re.compile(r"\(\?P<span>\(\?:\\d\+\(\?:,.*?\)\*\\b\)\)")
#: How far behind a number a rule may look, in characters.
_FAR = 90


def find(lay: Layout) -> list[Mention]:
    """Return the COUNT mentions of a text."""
    notes = {mark.start: mark for mark in marks(lay.text)}
    barred = _merged([*lay.unprose, *orderings(lay), *_runs(lay.text)])
    told = frozenset(month.figure for month in told_months(lay.text))
    out = list(_cells(lay.text))
    for number in lay.numbers:
        mention = _mention(lay, number, notes, barred, told)
        if mention is not None:
            out.append(mention)
    return out


def _cells(text: str) -> Iterator[Mention]:
    """Yield the cells of tables that ran together."""
    for table in find_tables(text):
        for row in table.rows:
            for start, end in filter(None, row.cells):
                number = text[start:end]
                yield Mention("COUNT", start, end, number, parse(number), "count.run-together")


def _runs(text: str) -> Iterator[Span]:
    """Yield the rows of tables that ran together: nothing but their cells is a number in them."""
    for table in find_tables(text):
        for row in table.rows:
            end = text.find("\n", row.label[1])
            yield Span(row.label[1], len(text) if end < 0 else end)


def _merged(spans: Sequence[Span]) -> list[Span]:
    out: list[Span] = []
    for span in sorted(spans, key=lambda s: s.start):
        if out and span.start < out[-1].end:
            out[-1] = Span(out[-1].start, max(out[-1].end, span.end))
        else:
            out.append(span)
    return out


def _inside(barred: Sequence[Span], offset: int) -> bool:
    n = bisect_right(barred, offset, key=lambda s: s.start) - 1
    return n >= 0 and offset < barred[n].end


def _mention(
    lay: Layout, number: Number, notes: dict[int, Mark], barred: Sequence[Span], told: frozenset[int]
) -> Mention | None:
    text = lay.text
    if number.start in notes or _inside(barred, number.start):
        return None
    number = _without_mark(number, notes)
    if _joined(text, number, notes) or (number.digits and _names_no_count(text, number)):
        return None
    rule = "count.digits" if number.digits else "count.words"
    if not number.digits and number.value == 1:
        one = _one(text, number)
        if one is None:
            return None
        rule = one
    if number.start not in told and why_not(lay, number) is not None:
        return None
    return Mention("COUNT", number.start, number.end, number.text, number.value, rule)


def _without_mark(number: Number, notes: dict[int, Mark]) -> Number:
    """Cut a footnote mark off the end of a number that it ran together with."""
    for cut in range(number.end - 1, max(number.start, number.end - 3), -1):
        if cut in notes and notes[cut].end == number.end:
            shorter = number.text[: cut - number.start]
            if not shorter[-1:].isdigit():
                continue
            return Number(number.start, cut, shorter, parse(shorter), True)
    return number


def _joined(text: str, number: Number, notes: dict[int, Mark]) -> bool:
    """Tell whether a number is part of a longer word or figure, a mark of a footnote apart."""
    if _JOINED_BEFORE.search(text, max(0, number.start - 2), number.start) and text[number.start - 1] != " ":
        return True
    if number.end in notes:
        return False
    after = _JOINED_AFTER.match(text, number.end)
    return after is not None and not (not number.digits and text[number.end] in "–—")


def _names_no_count(text: str, number: Number) -> bool:
    """Tell whether digits are a year, an identifier or a dotted date."""
    bare = text[number.start : number.end]
    if bare.isdigit() and (len(bare) >= 7 or (bare[0] == "0" and len(bare) > 1)):
        return True
    if not _YEAR_LIKE.fullmatch(bare):
        return False
    if _DATED.search(text, max(0, number.start - 8), number.start):
        return True
    line = text.rfind("\n", 0, number.start) + 1
    begin, stop = max(line, number.start - 30), number.end + 60
    quantity = next((r for r in likely("year_not", text, begin, stop) if r.id == "year-not.quantity"), None)
    spans = quantity.spans(text, begin, stop) if quantity else ()
    return not any(start <= number.start and number.end <= end for start, end, _ in spans)


def _one(text: str, number: Number) -> str | None:
    """Return the rule that makes *one* a number."""
    start, stop = _window(text, number)
    for rule in load_rules("count_one"):
        if any(span == number.start for span, _, _ in rule.spans(text, start, stop)):
            return rule.id
    return None


def why_not(lay: Layout, number: Number) -> str | None:
    """Return the rule by which a number is no count, or None."""
    text = lay.text
    near = lay.words_before(number.start, WORDS_BEFORE) | lay.words_after(number.end, WORDS_AFTER)
    start, stop = _window(text, number)
    for c in near_rules("count_not", near):
        if number.value > _LIMITS.get(c.where, _NO_LIMIT):
            continue
        if c.where == "after":
            holds = _follows(c.rule, text, number)
        elif c.where == "touching":
            holds = _touches(c.rule, text, number, start, stop)
        else:
            holds = any(_holds(c.where, number, at, m) for at, _, m in c.rule.spans(text, start, stop))
        if holds:
            return c.rule.id
    return None


def _holds(kind: str, number: Number, at: int, match: re.Match[str]) -> bool:
    """Tell whether what a rule marks at an offset is the number, or a match that holds it."""
    inside = match.start() <= number.start and number.end <= match.end() and kind not in ("around", "age-itself")
    return (inside or at == number.start) and _fits(kind, match)


def _touches(rule: Rule, text: str, number: Number, start: int, stop: int) -> bool:
    """Tell whether a rule holds for a number and the sign right before it."""
    for begin in range(max(start, number.start - _TOUCH), number.start + 1):
        match = rule.pattern.match(text, begin, stop)
        if match and match.start("span") == number.start:
            return True
    return False


def _follows(rule: Rule, text: str, number: Number) -> bool:
    """Tell whether a rule holds for what stands after a number."""
    tail, far = _tails().get(rule.id), number.end + _FAR
    if tail is not None:
        return tail.match(text, number.end, far) is not None
    match = rule.pattern.match(text, number.start, far)
    return match is not None and match.end("span") == number.end


@cache
def _tails() -> dict[str, re.Pattern[str]]:
    """Return what follows the number in each rule that begins with any number.

    A pattern by itself takes as long a number as it can, "eight and ten" in "eight and ten years".
    """
    found = {}
    for rule in rules("count_not", "after"):
        any_number = _ANY_NUMBER.match(rule.pattern.pattern)
        if any_number:
            found[rule.id] = re.compile(rule.pattern.pattern[any_number.end() :], rule.pattern.flags)
    return found


def _window(text: str, number: Number) -> tuple[int, int]:
    """Return the stretch of the number's line in which its cues stand."""
    end = text.find("\n", number.end, number.end + AFTER)
    start = text.rfind("\n", max(0, number.start - BEFORE), number.start) + 1
    return max(start, number.start - BEFORE), min(len(text), number.end + AFTER) if end < 0 else end


def _fits(kind: str, match: re.Match[str]) -> bool:
    """Tell whether the name in a match is of the sort that its rule wants: no place, or a known first name."""
    if kind == "first-named":
        return match["name"] in first_names()
    return kind != "named-age" or not _is_place(match["name"])


def _is_place(word: str) -> bool:
    return any(hit.text == word and (hit.name.area_id or hit.name.force_id) for hit in scan(word))
