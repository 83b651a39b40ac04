"""Measures the cells of tables: how many have their value, row heading and column heading after reading."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Table
from tests.read.make_docx import cell as word_cell
from tests.read.make_docx import docx, p, r
from tests.read.make_docx import table as word_table
from tests.read.make_pdf import BODY, TITLE, para, pdf, ruled, unruled

from benchmarks.machine import table
from extract.read import read_bytes

HEADLINE = "Offences against children up in most parts of the country"
LEAD = "Figures that the charity obtained under the Freedom of Information Act show large differences between areas."
AFTER = "The charity said that every child has a right to be safe, and called on the government to act without delay."
_CELL = re.compile(r"(?P<text>.*?)(?:\^(?P<mark>\d))?(?: >(?P<wide>\d))?(?: v(?P<high>\d))?", re.DOTALL)
RIGHT = ParagraphStyle("right", parent=BODY, alignment=2)
#: A cell in place: its value, the headings of its row and those of its column.
Placed = tuple[str, tuple[str, ...], tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell as it is set: its text, a raised mark, and how many columns and rows it covers."""

    text: str
    mark: str
    wide: int
    high: int


@dataclass(frozen=True, slots=True)
class Case:
    """A table: its cells as they are set, the grid that is expected, and how many rows and columns are headings."""

    name: str
    rows: tuple[tuple[Cell, ...], ...]
    expected: tuple[tuple[str, ...], ...]
    heads: int
    side: int
    unruled: bool


def cases() -> list[Case]:
    """Return the tables of ``tables.toml``."""
    raw = tomllib.loads(Path(__file__).with_name("tables.toml").read_text("utf-8"))["table"]
    return [_case(**row) for row in raw]


def _case(
    name: str,
    rows: list[list[str]],
    expected: list[list[str]] | None = None,
    heads: int = 1,
    side: int = 1,
    unruled: bool = True,
    repeat: int = 1,
) -> Case:
    if repeat > 1:
        rows = [rows[0], *(_numbered(row, n) for n in range(repeat) for row in rows[1:])]
    cells = tuple(tuple(_cell(text) for text in row) for row in rows)
    wanted = expected or rows
    return Case(name, cells, tuple(map(tuple, wanted)), heads, side, unruled)


def _numbered(row: Sequence[str], number: int) -> list[str]:
    """Return a row with its numbers moved on, so that no two rows are alike."""
    return [re.sub(r"\d+", lambda m: str(int(m[0]) + 2 * number), text) for text in row]


def _cell(text: str) -> Cell:
    match = _CELL.fullmatch(text)
    assert match is not None
    return Cell(match["text"], match["mark"] or "", int(match["wide"] or 1), int(match["high"] or 1))


def placed(case: Case) -> Iterator[tuple[int, int, Cell]]:
    """Yield each cell with the row and column of its upper left corner."""
    taken: set[tuple[int, int]] = set()
    for y, row in enumerate(case.rows):
        x = 0
        for one in row:
            while (y, x) in taken:
                x += 1
            taken |= {(y + dy, x + dx) for dy in range(one.high) for dx in range(one.wide)}
            yield y, x, one
            x += one.wide


def as_html(case: Case) -> tuple[bytes, str]:
    """Return a page with the table."""
    lines = []
    for y, row in enumerate(case.rows):
        tag = "th" if y < case.heads else "td"
        cells = (
            f'<{tag} colspan="{c.wide}" rowspan="{c.high}">{c.text.replace("<", "&lt;")}'
            f"{f'<sup>{c.mark}</sup>' if c.mark else ''}</{tag}>"
            for c in row
        )
        lines.append(f"<tr>{''.join(cells)}</tr>")
    story = f"<h1>{HEADLINE}</h1><p>{LEAD}</p><table>{''.join(lines)}</table><p>{AFTER}</p>"
    return f"<!doctype html><html><body><article>{story}</article></body></html>".encode(), "a.html"


def as_docx(case: Case) -> tuple[bytes, str]:
    """Return a Word file with the table."""
    width = max(x + c.wide for _, x, c in placed(case))
    corners = {(y, x): c for y, x, c in placed(case)}
    rows = []
    for y in range(len(case.rows)):
        row, x = [], 0
        while x < width:
            above = next((c for (cy, cx), c in corners.items() if cx == x and cy < y < cy + c.high), None)
            one = above or corners.get((y, x)) or Cell("", "", 1, 1)
            merge = "continue" if above else "restart" if one.high > 1 else ""
            text = "" if above else r(one.text.replace("<", "&lt;")) + (r(one.mark, raised=True) if one.mark else "")
            row.append(word_cell(text, one.wide, merge))
            x += one.wide
        rows.append(row)
    return docx(p(HEADLINE, "Titel") + p(LEAD) + word_table(*rows) + p(AFTER)), "a.docx"


def as_pdf(case: Case, make: Callable[..., Table]) -> tuple[bytes, str]:
    """Return a PDF with the table; ``make`` sets it with or without rules."""
    width = max(x + c.wide for _, x, c in placed(case))
    grid: list[list[object]] = [[""] * width for _ in case.rows]
    spans = []
    for y, x, one in placed(case):
        text = one.text.replace("<", "&lt;")
        # Long cells break over lines, as a paragraph; short ones stand as they are.
        marked = f'{text}<super size="6">{one.mark}</super>' if one.mark else text
        grid[y][x] = para(marked, RIGHT if x and make is unruled else BODY) if one.mark or len(text) > 22 else one.text
        if one.wide > 1 or one.high > 1:
            spans.append(((x, y), (x + one.wide - 1, y + one.high - 1)))
    first = 150 if width < 6 else 110
    widths = [first, *([(490 - first) / (width - 1)] * (width - 1))]
    return pdf(
        [para(HEADLINE, TITLE), para(LEAD), make(grid, *spans, widths=widths), para(AFTER)], foot="Page %d"
    ), "a.pdf"


KINDS: Mapping[str, Callable[[Case], tuple[bytes, str]]] = {
    "HTML": as_html,
    "DOCX": as_docx,
    "PDF, ruled": lambda case: as_pdf(case, ruled),
    "PDF, unruled": lambda case: as_pdf(case, unruled),
}


def cells_of(grid: Sequence[Sequence[str]], heads: int, side: int) -> Counter[Placed]:
    """Return the cells of a grid below and beside its headings."""
    found: Counter[Placed] = Counter()
    for row in grid[heads:]:
        for x in range(side, len(row)):
            found[row[x], tuple(row[:side]), tuple(head[x] for head in grid[:heads] if x < len(head))] += 1
    return found


def read_grid(data: bytes, name: str) -> list[list[str]]:
    """Return the first table of a document as it was read; no rows where there is none."""
    release = read_bytes(data, name)
    text = next((release.text[b.start : b.end] for b in release.blocks if b.kind == "table"), "")
    return [[cell.strip() for cell in line.split("|")] for line in text.split("\n")] if text else []


def measure() -> dict[str, list[tuple[Case, int, int]]]:
    """Return for each kind the tables with how many of their cells are right, of how many."""
    results: dict[str, list[tuple[Case, int, int]]] = {}
    for kind, make in KINDS.items():
        for case in cases():
            if kind == "PDF, unruled" and not case.unruled:
                continue
            wanted = cells_of(case.expected, case.heads, case.side)
            found = cells_of(read_grid(*make(case)), case.heads, case.side)
            results.setdefault(kind, []).append((case, sum((wanted & found).values()), sum(wanted.values())))
    return results


def cell_lines() -> list[str]:
    """Return the section on cells."""
    rows = []
    for kind, results in measure().items():
        right, of = sum(r for _, r, _ in results), sum(n for _, _, n in results)
        whole = sum(r == n for _, r, n in results)
        wrong = "; ".join(f"{case.name} ({n - r} of {n})" for case, r, n in results if r < n)
        rows.append([kind, len(results), whole, of, f"{right / of:.4f}", wrong or "–"])
    return [
        "## Cells of tables",
        "",
        f"The {len(cases())} tables of `benchmarks/tables.toml` with expectations written by hand, set as a web page, "
        "in Word and in print. A cell is right where its value, the headings of its row and those of its column all "
        "are; the goal is 0.98. Merged cells that only rules can show are not set without rules. The readers were "
        "mended with these tables and the renderings above at hand: other documents may hold what neither shows.",
        "",
        *table(["set as", "tables", "all right", "cells", "right", "wrong cells"], rows),
    ]
