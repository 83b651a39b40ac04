"""Cuts a labelled text into what a page is made of: headline, paragraphs, lists, tables, notes, raised note marks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from extract.evaluate.gold import GoldRelease

Kind = Literal["paragraph", "list", "table", "notes"]
#: A stretch of text and whether it is a raised note mark.
Run = tuple[str, bool]

_BULLET = re.compile(r"^\s*(?:[•·▪‣◦●]|[-*–](?=\s))\s*")
_NOTE = re.compile(r"^\s*(?:\(?(\d{1,2})[.)]?|([*†‡]))\s+(?=\S)")
_GLUED = re.compile(r"(?:(?<=[a-z]{3})|(?<=[a-z]{3}[.,”\"’)]))\d{1,2}(?=\s|$|[.,;:])")
# A number that such a word asks for ends its line as a number: "between 11 and 15".
_ASKING = ("and", "or", "to", "of", "than", "under", "over", "aged", "age", "from", "by", "in", "between", "least")
_ASKED = "".join(rf"(?<!\b{word} )" for word in _ASKING)
_APART = re.compile(rf"(?<=[a-z] ){_ASKED}\d{{1,2}}$", re.MULTILINE)
_AFTER_MENTION = re.compile(r"\d{1,2}(?![\d,/%])(?!\.\d)")


@dataclass(frozen=True, slots=True)
class Block:
    """A part of a page: ``rows`` are lines of one cell, of a table of several; a cell is a list of runs."""

    kind: Kind
    rows: tuple[tuple[tuple[Run, ...], ...], ...]


@dataclass(frozen=True, slots=True)
class Page:
    """A release's content, without any design."""

    headline: tuple[Run, ...]
    blocks: tuple[Block, ...]


def page_of(gold: GoldRelease) -> Page:
    """Return the content of a release: its first line is the headline, the other lines become blocks."""
    marks = note_marks(gold)
    numbers = {gold.text[a:b] for a, b in marks}
    lines = list(_lines(gold.text))
    first, rest = lines[0], lines[1:]
    headline = _runs(gold.text, first[0], first[1], marks)
    kinds = _kinds([gold.text[a:b] for a, b in rest], numbers)
    blocks = [
        _block(kind, [span for _, span in group], gold.text, marks)
        for (kind, _), group in groupby(zip(kinds, rest, strict=True), key=lambda x: x[0])
    ]
    return Page(headline, tuple(blocks))


def note_marks(gold: GoldRelease) -> list[tuple[int, int]]:
    """Return the spans of footnote marks: digits glued to a mention or a word, or standing alone at a line's end."""
    found = [m for mention in gold.mentions if (m := _AFTER_MENTION.match(gold.text, mention.end))]
    found += [*_GLUED.finditer(gold.text), *_APART.finditer(gold.text)]
    inside = [(m.start, m.end) for m in gold.mentions]
    spans = sorted({m.span() for m in found})
    return [(a, b) for a, b in spans if not any(start < b and a < end for start, end in inside)]


def _lines(text: str) -> Iterator[tuple[int, int]]:
    at = 0
    for line in text.split("\n"):
        if line.strip():
            yield at + len(line) - len(line.lstrip()), at + len(line.rstrip())
        at += len(line) + 1


def _kinds(lines: list[str], marks: set[str]) -> list[tuple[Kind, int]]:
    """Return kind and group of each line: lines of one group stand in one block."""
    kinds: list[Kind] = []
    for index, line in enumerate(lines):
        note = _NOTE.match(line)
        near = [lines[i] for i in (index - 1, index + 1) if 0 <= i < len(lines)]
        if " | " in line and any(other.count(" |") == line.count(" |") for other in near):
            kinds.append("table")
        elif _BULLET.match(line):
            kinds.append("list")
        elif note and (note[1] in marks or note[2]) and index > len(lines) // 2:
            kinds.append("notes")
        else:
            kinds.append("paragraph")
    # A paragraph is a block of its own; of the other kinds neighbours belong together.
    return [(kind, index if kind == "paragraph" else -1) for index, kind in enumerate(kinds)]


def _block(kind: Kind, spans: list[tuple[int, int]], text: str, marks: list[tuple[int, int]]) -> Block:
    rows = []
    for start, end in spans:
        if kind == "list":
            bullet = _BULLET.match(text[start:end])
            start += bullet.end() if bullet else 0
        if kind == "table":
            rows.append(tuple(_runs(text, a, b, marks) for a, b in _cells(text, start, end)))
        else:
            rows.append((_runs(text, start, end, marks),))
    return Block(kind, tuple(rows))


def _cells(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    at = start
    for cell in re.split(r" ?\| ?", text[start:end]):
        begin = text.index(cell, at, end + 1)
        yield begin, begin + len(cell)
        at = begin + len(cell)


def _runs(text: str, start: int, end: int, marks: list[tuple[int, int]]) -> tuple[Run, ...]:
    runs: list[Run] = []
    at = start
    for a, b in marks:
        if start <= a and b <= end:
            runs += [(text[at:a], False), (text[a:b], True)]
            at = b
    runs.append((text[at:end], False))
    return tuple(run for run in runs if run[0])
