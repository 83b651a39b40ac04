"""The structure of a release's text: units (headline, headings, paragraphs, bullets, table rows), sentences, mentions.

Everything here comes from the text alone, so that a release reads the same whatever file it came from.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from extract.annotate.runtogether import find_tables
from extract.records import Mention
from extract.relate.attach import groups

UnitKind = Literal["headline", "heading", "paragraph", "bullet", "row"]

_LINE = re.compile(r"[^\n]+")
_BULLET = re.compile(r"\s*(?:[•·▪◦●‣*○■□►]|[–—-](?=\s))\s*|\s*\d{1,2}[.)]\s+")
_LABELLED = re.compile(
    r"\s*(?:[A-Z][\w&’' -]{2,40}|\d{1,2}\s?(?:to|and|-|–)\s?\d{1,2}|\d{1,2}\sand\s(?:under|over))\s?(?::|"
    r"\s[–—-])\s?(?=\D{0,25}\d)",
)
#: White space first, then what stands before it: so it is found at once.
_SENTENCE_END = re.compile(
    r"\s(?:(?<=[.!?]\s)|(?<=[.!?][\"'”’)\]]\s)|(?<=[.!?]\d\s)|(?<=[.!?]\s\d\s))\s*(?=[\"'“‘(]?[A-Z0-9])"
)
_ABBREVIATION = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|St|Prof|Rev|Sgt|Insp|Supt|Det|No|Nos|vs|approx|e\.g|i\.e|cf|Jan|Feb|Aug|Sept?|Oct|Nov|Dec)|\b[A-Z])\.$"
)
_VALUE = r"(?:[<>]?[-+−–]?\d[\d,]*(?:\.\d+)?\s?%?\*?|n/?a\*?|-|–|—|\.\.)"
#: "Cleveland 97 134 38%", "Dorset: 4, 0, 6, n/a": a short label and two or more figures, nothing else.
VALUE_LINE = re.compile(
    r"\s*(?:[•·*–-]\s+)?(?P<label>[A-Z][\w&’'. /()-]{1,44}?)\s?(?:[:–—-]\s)?\s*"
    rf"(?P<values>(?![-–—]\s\S+\s*$){_VALUE}(?:(?:,\s|,(?!\d{{3}}(?!\d))|;\s?|\s+){_VALUE})+)\s*\.?\s*"
)
_FIGURE_LINE = re.compile(
    r"[A-Z][A-Za-z&’' -]+\s\(\d[\d,.]*(?:%|\sper\scent)?\)$|"
    r"[A-Z][A-Za-z&’' -]+,?\s\d[\d,.%]*(?:\s\d[\d,.%]*)*(?:\s\((?:20\d\d[/–-]\d\d:\s)?\d[\d,.%]*\))?$"
)
_PAGE_LINE = re.compile(r"\W*(?:published|updated|authors?|by|posted|date|share|image)\b", re.I)
_HEADING_WORDS = 14
#: How long a sentence may be, in characters, and how many mentions it, or the row of a table, may hold.
_LONGEST = 2_000
_MOST_MENTIONS, _MOST_CELLS = 50, 200


@dataclass(frozen=True, slots=True)
class Unit:
    """A line of the text with what it is; ``lead`` is the index of the unit that introduces a bullet or a row."""

    index: int
    kind: UnitKind
    start: int
    end: int
    lead: int | None = None


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence (or a bullet, heading or row) with the mentions in it, by offset."""

    index: int
    unit: Unit
    start: int
    end: int
    mentions: tuple[Mention, ...]

    def of(self, *labels: str) -> list[Mention]:
        """Return the sentence's mentions of some labels."""
        return [m for m in self.mentions if m.label in labels]


@dataclass(frozen=True, slots=True)
class Layout:
    """A text, its units and its sentences; ``firsts`` keeps what was once looked for from the beginning.

    ``smooth`` is the text with the lists of names in each sentence smoothed, so that their commas part nothing.
    """

    text: str
    smooth: str
    units: tuple[Unit, ...]
    sentences: tuple[Sentence, ...]
    mentions: tuple[Mention, ...]
    firsts: dict[str, tuple[str, ...]] = field(default_factory=dict, compare=False)

    def text_of(self, part: Unit | Sentence) -> str:
        """Return the text of a unit or a sentence."""
        return self.text[part.start : part.end]

    def sentences_of(self, unit: Unit) -> list[Sentence]:
        """Return the sentences of a unit."""
        first = bisect_left(self.sentences, unit.start, key=lambda s: s.start)
        return list(self.sentences[first : bisect_left(self.sentences, unit.end, key=lambda s: s.start)])

    def sentence_at(self, offset: int) -> Sentence:
        """Return the sentence that holds an offset, which stands in one."""
        return self.sentences[bisect_right(self.sentences, offset, key=lambda s: s.start) - 1]

    def mentions_in(self, start: int, end: int) -> Sequence[Mention]:
        """Return the mentions that begin in a stretch, by offset."""
        first = bisect_left(self.mentions, start, key=lambda m: m.start)
        return self.mentions[first : bisect_left(self.mentions, end, key=lambda m: m.start)]


def read_layout(text: str, mentions: Sequence[Mention]) -> Layout:
    """Return the structure of a text with its mentions put into the sentences."""
    units = tuple(_units(text))
    sentences: list[Sentence] = []
    n = 0
    for unit in units:
        for start, end in _sentence_spans(text, unit):
            while n < len(mentions) and mentions[n].start < start:
                n += 1
            first = n
            while n < len(mentions) and mentions[n].start < end:
                n += 1
            for inside, a, b in _crowds(mentions[first:n], start, end, unit):
                sentences.append(Sentence(len(sentences), unit, a, b, tuple(inside)))
    return Layout(text, _smoothed(text, sentences), units, tuple(sentences), tuple(mentions))


def _smoothed(text: str, sentences: Sequence[Sentence]) -> str:
    """Return a text with *x* for each character of the lists of names in its sentences."""
    lists = [
        group
        for sentence in sentences
        for labels in (("FORCE", "AREA"), ("PLATFORM",), ("YEAR",))
        if len(named := sentence.of(*labels)) > 1
        for group in groups(named, text)
        if len(group.members) > 1
    ]
    characters = list(text) if lists else []
    for group in lists:
        characters[group.start : group.end] = "x" * (group.end - group.start)
    return "".join(characters) or text


def _crowds(
    inside: Sequence[Mention], start: int, end: int, unit: Unit
) -> Iterator[tuple[Sequence[Mention], int, int]]:
    """Cut a sentence that holds more mentions than any does: each is read against all others of its sentence."""
    most = _MOST_CELLS if unit.kind == "row" else _MOST_MENTIONS
    for first in range(0, max(1, len(inside)), most):
        begin = inside[first].start if first else start
        stop = inside[first + most].start if first + most < len(inside) else end
        yield inside[first : first + most], begin, stop


def _units(text: str) -> list[Unit]:
    units: list[Unit] = []
    lead: int | None = None
    in_list = False
    for line in _LINE.finditer(text):
        content = line[0].strip()
        if not content:
            continue
        kind = _kind(content, first=not units and not _is_sentence(content))
        if kind in ("bullet", "row"):
            if not in_list:
                lead = _lead_of(text, units)
            in_list = True
        elif in_list and kind == "paragraph" and _LABELLED.match(content) and len(content) < 80:
            kind = "bullet"
        else:
            in_list = False
            lead = None
        units.append(Unit(len(units), kind, line.start(), line.end(), lead if in_list else None))
    return _with_plain_lists(text, _with_value_lines(text, units))


def _is_sentence(content: str) -> bool:
    """Tell whether a first line is the first sentence of the text rather than a headline."""
    return bool(re.search(r"[.!?][\"'”’)]*$", content)) and len(content.split()) > _HEADING_WORDS


def _lead_of(text: str, units: list[Unit]) -> int | None:
    """Return the index of the unit that introduces a list: the one before it, unless it is a line about the page."""
    if not units or _PAGE_LINE.match(text, units[-1].start):
        return None
    return len(units) - 1


def _kind(content: str, *, first: bool) -> UnitKind:
    if first:
        return "headline"
    if " | " in content or content.startswith("| ") or content.endswith(" |"):
        return "row"
    if _BULLET.match(content):
        return "bullet"
    words = content.split()
    if len(words) <= _HEADING_WORDS and not re.search(r"[.!?:;,][\"'”’)]*\d?$", content):
        return "heading"
    return "paragraph"


def _with_value_lines(text: str, units: list[Unit]) -> list[Unit]:
    """Turn two or more lines of a label and figures, and rows that ran together, into rows."""
    out = list(units)
    found = [bool(u.index) and _is_value_line(text[u.start : u.end]) for u in units]
    for i, unit in enumerate(units):
        near = (i > 0 and found[i - 1]) or (i + 1 < len(units) and found[i + 1])
        if found[i] and near:
            out[i] = Unit(unit.index, "row", unit.start, unit.end, unit.lead)
    for table in find_tables(text):
        for i, unit in enumerate(out):
            if table.headings[0][0] < unit.end and unit.start <= table.rows[-1].label[1]:
                out[i] = Unit(unit.index, "row", unit.start, unit.end, None)
    return out


def _is_value_line(line: str) -> bool:
    """Tell whether a line is a label and figures; one that ends with a word, as most do, is not tried."""
    last = line.rstrip().removesuffix(".").rstrip()[-1:]
    return (not last.isalpha() or last in "aA") and VALUE_LINE.fullmatch(line) is not None


def _with_plain_lists(text: str, units: list[Unit]) -> list[Unit]:
    """Turn labelled lines (``Dorset: 4, 0, 6``) under a lead-in that ends with a colon into bullets."""
    out: list[Unit] = []
    lead: int | None = None
    for unit in units:
        content = text[unit.start : unit.end].strip()
        short = _short_figure_line(content)
        plain = unit.kind in ("paragraph", "heading") and len(content) < 90
        if plain and lead is not None and (short or (units[lead].kind != "heading" and _LABELLED.match(content))):
            out.append(Unit(unit.index, "bullet", unit.start, unit.end, lead))
            continue
        if (
            unit.kind == "bullet"
            and unit.lead is not None
            and out
            and out[-1].kind == "bullet"
            and out[-1].lead is not None
        ):
            out.append(Unit(unit.index, "bullet", unit.start, unit.end, out[-1].lead))
            continue
        opens = content.endswith(":") or (
            unit.kind in ("paragraph", "heading") and not short and not re.search(r"[.!?…][\"'”’)\]]*\d?$", content)
        )
        lead = unit.index if opens and unit.kind != "bullet" else None
        out.append(unit)
    return out


def _short_figure_line(content: str) -> bool:
    return len(content) < 60 and _FIGURE_LINE.match(content) is not None


def _sentence_spans(text: str, unit: Unit) -> list[tuple[int, int]]:
    if unit.kind == "row":
        return [(unit.start, unit.end)]
    spans: list[tuple[int, int]] = []
    start = unit.start
    for gap in _SENTENCE_END.finditer(text, unit.start, unit.end):
        if _ABBREVIATION.search(text, max(start, gap.start() - 10), gap.start()):
            continue
        spans.append((start, gap.start()))
        start = gap.end()
    spans.append((start, unit.end))
    return [part for span in spans for part in _in_parts(text, *span)]


def _in_parts(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Cut what goes on without an end as no sentence does, at white space: all that is read together stays short."""
    while end - start > _LONGEST:
        space = text.rfind(" ", start + _LONGEST // 2, start + _LONGEST)
        stop = space + 1 if space >= 0 else start + _LONGEST
        yield start, stop
        start = stop
    yield start, end
