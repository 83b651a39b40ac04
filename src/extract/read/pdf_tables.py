"""Finds tables on a PDF page, ruled and unruled, and joins those that go on over pages."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from extract.read.clean import fold
from extract.read.pdf_words import Box, Word, segments

#: More rules than this on a page are a drawing, and looking for cells in them would take minutes.
_MOST_RULES = 3000
#: What fills a cell of figures, and no other.
FIGURE = re.compile(
    r"[<>~+\-–−]?[£$€]?\d[\d,.\s]*(?:%|m|bn|k|per cent)?[*†‡]?|[-–—*†]|n/?a|nil|\.\.|[x:]|no data", re.IGNORECASE
)
_END_OF_WORD = re.compile(r"[a-z]{1,2}")
#: Two years as a heading prints them, the second perhaps cut off, and what of them a narrow cell leaves on its line.
_YEARS = re.compile(r"(?:19|20)\d\d[/–-](?:\d\d|(?:19|20)\d\d)?")
_CUT_YEAR = re.compile(r"(?:19|20)\d?|(?:19|20)\d\d[/–-](?:\d|(?:19|20)\d?)?")
_CUT_INITIALS = re.compile(r".*/[A-Z]")
_SHORT_WORDS = frozenset(
    (
        "a",
        "an",
        "as",
        "at",
        "be",
        "by",
        "do",
        "he",
        "if",
        "in",
        "is",
        "it",
        "me",
        "my",
        "no",
        "of",
        "on",
        "or",
        "so",
        "to",
    )
)


@dataclass(slots=True)
class PdfTable:
    """A table as a grid of cells with its pages and first box; ``edges`` and ``rights`` are its columns' sides.

    ``printed`` are its words, cell by cell, each with its page.
    """

    rows: list[list[str]]
    page: int
    box: Box
    edges: tuple[float, ...]
    rights: tuple[float, ...] = ()
    last_page: int = 0
    ruled: bool = True
    printed: list[tuple[int, Word]] = field(default_factory=list)

    @property
    def top(self) -> float:
        """The upper edge, in points from the top of the page."""
        return self.box[1]


def grids(page: Any, rules: Sequence[dict[str, Any]] | None = None) -> list[Any]:
    """Return pdfplumber's tables of a page: by the rules that it draws, or by those seen on its image."""
    if rules is None:
        drawn = len(page.lines) + len(page.rects) + len(page.curves)
        return list(page.find_tables()) if 3 <= drawn <= _MOST_RULES else []
    by_way = {way: [rule for rule in rules if rule["orientation"] == way] for way in "hv"}
    if min(map(len, by_way.values())) < 2:
        return []
    settings = {"vertical_strategy": "explicit", "horizontal_strategy": "explicit"}
    lines = {"explicit_vertical_lines": by_way["v"], "explicit_horizontal_lines": by_way["h"]}
    return list(page.find_tables({**settings, **lines}))


def ruled_tables(
    found_on: Sequence[Any], number: int, words: Sequence[Word], before: PdfTable | None = None
) -> list[PdfTable]:
    """Return the tables in the grids that rules draw on a page; a frame around text is none.

    ``before`` is the last table of the page before: of one that goes on there may be a single row left, and columns
    that are empty here.
    """
    found: list[PdfTable] = []
    for table in found_on:
        edges = tuple(sorted({round(c[0]) for c in table.cells}))
        rest = before is not None and not found and _alike(before.edges, edges)
        rows = _ruled_rows(table, words, number, rest=rest)
        if rows is not None:
            if before is None or not rest or len(before.rows[0]) != len(rows[0]):
                rows = _without_blank(rows)
            cells = [cell for row in table.rows for cell in row.cells if cell is not None]
            printed = [(number, word) for cell in cells for word in _inside(cell, words)]
            found.append(PdfTable(rows, number, tuple(table.bbox), edges, last_page=number, printed=printed))
    return found


def _ruled_rows(table: Any, words: Sequence[Word], number: int, *, rest: bool) -> list[list[str]] | None:
    """Return the cells' text row by row, merged heading cells repeated; None where the frame holds no table."""
    grid = [list(row.cells) for row in table.rows]
    width = max((len(row) for row in grid), default=0)
    least = 1 if rest else 2
    if len(grid) < least or width < 2 or len(grid) * width > 20_000:
        return None
    texts = [[_cell(cell, words, number) for cell in row] for row in grid]
    filled = sum(bool(t) for row in texts for t in row)
    longest = max((len(t or "") for row in texts for t in row), default=0)
    if filled < least + 1 or sum(any(row) for row in texts) < least or longest > 1500:
        return None
    rows = [[t or "" for t in row] + [""] * (width - len(row)) for row in texts]
    heads = _heading_rows(texts)
    for y, row in enumerate(grid):
        heading = y < heads
        for x, cell in enumerate(row):
            if cell is None:
                rows[y][x] = _covered(grid, texts, y, x, heading)
    return rows


def _heading_rows(texts: Sequence[Sequence[str | None]]) -> int:
    """Return how many rows are headings: the first, and what a merged cell in the row above binds to it."""
    y = 1
    while y < len(texts) - 1:
        bound = texts[y][0] is None or None in texts[y - 1][1:]
        figures = any(t and FIGURE.fullmatch(t) and not re.fullmatch(r"(?:19|20)\d\d", t) for t in texts[y][1:])
        if figures or not bound:
            break
        y += 1
    return y


def _covered(
    grid: Sequence[Sequence[Box | None]], texts: Sequence[Sequence[str | None]], y: int, x: int, heading: bool
) -> str:
    """Return the text of the merged cell that covers a place, where the rules for merged cells repeat it."""
    for dx in range(1, x + 1):  # merged with cells to its left
        cell = grid[y][x - dx]
        if cell is not None:
            spans = _reaches(grid, x, cell[2])
            return (texts[y][x - dx] or "") if heading and spans else _above(grid, texts, y, x, heading)
    return _above(grid, texts, y, x, heading)


def _reaches(grid: Sequence[Sequence[Box | None]], x: int, right: float) -> bool:
    lefts = [row[x][0] for row in grid if x < len(row) and row[x] is not None]  # type: ignore[index]
    return bool(lefts) and min(lefts) < right - 1


def _above(
    grid: Sequence[Sequence[Box | None]], texts: Sequence[Sequence[str | None]], y: int, x: int, heading: bool
) -> str:
    if not heading and x > 0:
        return ""
    for dy in range(1, y + 1):
        cell = grid[y - dy][x] if x < len(grid[y - dy]) else None
        if cell is not None:
            below = [row[0] for row in grid[y : y + 1]]
            reaches = cell[3] > min((c[1] for c in grid[y] if c is not None), default=cell[3]) + 1
            return (texts[y - dy][x] or "") if reaches and below is not None else ""
    return ""


def _cell(cell: Box | None, words: Sequence[Word], number: int) -> str | None:
    if cell is None:
        return None
    text = ""
    for segment in segments(_inside(cell, words), number):
        text += "" if _broken_off(segment.text, text) else " "
        text += segment.text
    return fold(text)


def _broken_off(part: str, before: str) -> bool:
    """Say whether a line of a cell is the end of the word before: what does not fit a narrow cell is cut anywhere."""
    last = before.rpartition(" ")[2]
    if _CUT_YEAR.fullmatch(last) and _YEARS.fullmatch(last + part):
        return True  # "2017/1" above "8"
    if _CUT_INITIALS.fullmatch(last) and re.fullmatch(r"[A-Z]", part):
        return True  # "Hampshire/I" above "W"
    return _END_OF_WORD.fullmatch(part) is not None and before[-1:].isalpha() and part not in _SHORT_WORDS


def _inside(cell: Box, words: Sequence[Word]) -> list[Word]:
    x0, top, x1, bottom = cell
    return [w for w in words if x0 - 1 <= (w.x0 + w.x1) / 2 <= x1 + 1 and top <= (w.top + w.bottom) / 2 <= bottom]


def _without_blank(rows: list[list[str]]) -> list[list[str]]:
    full = [row for row in rows if any(row)]
    used = [x for x in range(len(full[0])) if any(row[x] for row in full)]
    return [[row[x] for x in used] for row in full]


def goes_on(table: PdfTable, following: PdfTable) -> bool:
    """Say whether a table at the head of the next page goes on where ``table`` stopped."""
    if following.page != table.last_page + 1 or len(table.rows[0]) != len(following.rows[0]):
        return False
    pairs = ((table.edges, following.edges), (table.rights, following.rights))
    return any(_alike(one, two) for one, two in pairs)


def _alike(one: Sequence[float], two: Sequence[float]) -> bool:
    """Say whether the sides of two tables' columns stand in the same places."""
    return bool(one) and len(one) == len(two) and all(abs(x - y) <= 12 for x, y in zip(one, two, strict=True))


def join(table: PdfTable, following: PdfTable) -> None:
    """Append the rows of ``following`` to ``table``, without headings that repeat its own."""
    rows = following.rows
    same = 0
    while same < min(len(rows), len(table.rows), 4) and rows[same] == table.rows[same]:
        same += 1
    table.rows += rows[same:]
    table.printed += following.printed
    table.last_page = following.page
