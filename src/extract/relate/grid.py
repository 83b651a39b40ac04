"""Tables in the text as grids: rows with a label and cells, columns with their headings, whatever separates them.

Four forms are read: cells between `` | ``; a label with numbers behind it, line by line ("Cleveland 97 134 38%"); a
label with a list ("Dorset: 4, 0, 6"); and rows that ran together. A blank, a dash or *n/a* is a cell without a number.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from extract.annotate.runtogether import find_tables
from extract.relate.scope import VALUE_LINE, Layout, Unit


@dataclass(frozen=True, slots=True)
class Cell:
    """A stretch of the text that is a cell; empty where start equals end."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: column headings (several cells a column where there are several heading rows), row labels, cells.

    ``columns[j]`` are the heading cells of column j; ``rows[i]`` is (label, cells), with one cell for each column.
    ``caption`` is the unit before the table, ``unit`` its first row's.
    """

    columns: tuple[tuple[Cell, ...], ...]
    rows: tuple[tuple[Cell, tuple[Cell, ...]], ...]
    caption: Unit | None
    units: tuple[Unit, ...]


def read_grids(layout: Layout) -> list[Grid]:
    """Return the tables of a text, by offset."""
    grids: list[Grid] = []
    for block in _blocks(layout):
        first = layout.text_of(block[0])
        caption = layout.units[block[0].index - 1] if block[0].index else None
        if " | " in first or first.strip().startswith("|") or first.strip().endswith("|"):
            grid = _piped(layout, block, caption)
        elif any(block[0].start <= t.headings[0][0] < block[-1].end for t in find_tables(layout.text)):
            grid = _run_together(layout, block, caption)
        else:
            grid = _listed(layout, block, caption)
        if grid is not None:
            grids.append(grid)
    return grids


def _blocks(layout: Layout) -> list[list[Unit]]:
    blocks: list[list[Unit]] = []
    for unit in layout.units:
        if unit.kind != "row":
            continue
        piped = "|" in layout.text_of(unit)
        if blocks and blocks[-1][-1].index == unit.index - 1 and piped == ("|" in layout.text_of(blocks[-1][-1])):
            blocks[-1].append(unit)
        else:
            blocks.append([unit])
    return blocks


# --- cells between bars ---


def _cells(text: str, unit: Unit) -> list[Cell]:
    line = text[unit.start : unit.end]
    cells: list[Cell] = []
    start = 0
    for piece in re.split(r"(\|)", line):
        if piece == "|":
            start += 1
            continue
        inner = piece.strip()
        at = start + (piece.index(inner) if inner else 0)
        cells.append(Cell(unit.start + at, unit.start + at + len(inner)))
        start += len(piece)
    return cells


def _piped(layout: Layout, block: Sequence[Unit], caption: Unit | None) -> Grid | None:
    table = [_cells(layout.text, unit) for unit in block]
    width = max(len(row) for row in table)
    table = [[*row, *[Cell(row[-1].end, row[-1].end)] * (width - len(row))] for row in table]
    heads = _heading_rows(layout, table)
    if heads >= len(table) or width < 2:
        return None
    columns = tuple(tuple(_heading(row, j) for row in table[:heads]) for j in range(1, width))
    if not heads:
        columns = _columns_of_caption(layout, caption, width - 1)
    rows = tuple((row[0], tuple(row[1:])) for row in table[heads:])
    return Grid(columns, rows, caption, tuple(block))


def _heading(row: Sequence[Cell], j: int) -> Cell:
    """Return a column's heading cell; an empty one of an upper heading row goes on with the one on its left."""
    while j > 0 and row[j].start == row[j].end:
        j -= 1
    return row[j]


def _heading_rows(layout: Layout, table: Sequence[Sequence[Cell]]) -> int:
    """Return how many rows at the top are headings: those before the first with a figure in a cell, if any."""
    for i, row in enumerate(table):
        figures = [
            m for c in row[1:] for m in layout.mentions_in(c.start, c.end)
            if m.label in ("COUNT", "PERCENTAGE")
        ]  # fmt: skip
        plain = [m for m in figures if _fills(layout.text, row, m.start, m.end)]
        if plain:
            return i
    return 1


def _fills(text: str, row: Sequence[Cell], start: int, end: int) -> bool:
    cell = next(c for c in row if c.start <= start < c.end)
    return len(text[cell.start : cell.end]) - (end - start) <= 8


# --- labels with values ---


def value_line(text: str) -> tuple[tuple[int, int], list[tuple[int, int]]] | None:
    """Return the spans of the label and of the values of a line of figures, None where it is none."""
    match = VALUE_LINE.fullmatch(text)
    if match is None or not match["label"][:1].isupper() or len(match["label"]) > 45:
        return None
    values = _split_values(match["values"], match.start("values"))
    return (match.span("label"), values) if len(values) > 1 else None


def _split_values(text: str, offset: int) -> list[tuple[int, int]]:
    separator = r",\s+|;\s*" if re.search(r",\s", text) else r"\s+"
    spans: list[tuple[int, int]] = []
    start = 0
    for gap in re.finditer(separator, text):
        spans.append((offset + start, offset + gap.start()))
        start = gap.end()
    spans.append((offset + start, offset + len(text)))
    return spans


def _listed(layout: Layout, block: Sequence[Unit], caption: Unit | None) -> Grid | None:
    rows = []
    for unit in block:
        found = value_line(layout.text[unit.start : unit.end])
        if found is None:
            continue
        (a, b), values = found
        cells = tuple(Cell(unit.start + x, unit.start + y) for x, y in values)
        rows.append((Cell(unit.start + a, unit.start + b), cells))
    if not rows:
        return None
    width = max(len(cells) for _, cells in rows)
    rows = [(label, cells) for label, cells in rows if len(cells) == width]
    columns = _columns_of_caption(layout, caption, width)
    return Grid(columns, tuple(rows), caption, tuple(block))


def _columns_of_caption(layout: Layout, caption: Unit | None, width: int) -> tuple[tuple[Cell, ...], ...]:
    """Return the headings that a lead-in lists: its items behind the colon, or its times, where they are as many."""
    if caption is None:
        return ((),) * width
    text = layout.text_of(caption)
    colon = text.rfind(":", 0, len(text.rstrip()) - 1)
    items = list(re.finditer(r"[^,;]+", text[colon + 1 :])) if colon >= 0 else []
    if len(items) == width:
        base = caption.start + colon + 1
        return tuple((Cell(base + m.start(), base + m.end()),) for m in items)
    years = [m for m in layout.mentions_in(caption.start, caption.end) if m.label == "YEAR"]
    if len(years) == width:
        return tuple((Cell(m.start, m.end),) for m in years)
    return ((),) * width


# --- run together ---


def _run_together(layout: Layout, block: Sequence[Unit], caption: Unit | None) -> Grid | None:
    for table in find_tables(layout.text):
        if not block[0].start <= table.headings[0][0] < block[-1].end:
            continue
        columns = tuple((Cell(*h),) for h in table.headings)
        rows = tuple(
            (Cell(*row.label), tuple(Cell(*c) if c else Cell(row.label[1], row.label[1]) for c in row.cells))
            for row in table.rows
        )
        return Grid(columns, rows, caption, tuple(block))
    return None
