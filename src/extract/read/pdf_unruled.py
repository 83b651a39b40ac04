"""Finds tables that no rules draw: runs of rows whose cells line up under each other."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from extract.read.clean import fold
from extract.read.pdf_tables import FIGURE, PdfTable
from extract.read.pdf_words import Segment, Word, join_words


def unruled_tables(found: Sequence[Segment], number: int) -> list[tuple[PdfTable, set[int]]]:
    """Return the tables that only their alignment shows, each with the places in ``found`` of its segments.

    A table is a run of at least two rows with figures in the columns after the first. Rows above it with a
    segment over one of these columns are headings. Running text in two columns has no figures standing alone.
    """
    rows = _by_baseline(found)
    out = []
    y = 0
    while y < len(rows):
        end = _run(rows, y, found)
        if end - y >= 2:
            y -= _begins_above(rows, y, end, found)
            first = _headings(rows, y, end, found)
            table, used = _assemble(rows[first:end], y - first, found, number)
            if table is not None:
                out.append((table, used))
                y = end
                continue
        y += 1
    return out


def _by_baseline(found: Sequence[Segment]) -> list[list[int]]:
    rows: list[list[int]] = []
    for n in sorted(range(len(found)), key=lambda n: (found[n].baseline, found[n].x0)):
        near = rows and found[n].baseline - found[rows[-1][0]].baseline <= 0.25 * found[n].size
        if near:
            rows[-1].append(n)
        else:
            rows.append([n])
    return [sorted(row, key=lambda n: found[n].x0) for row in rows]


def _is_row(row: Sequence[int], found: Sequence[Segment]) -> bool:
    """Say whether a row has figures, and only short cells, after its first cell."""
    if len(row) < 2:
        return False
    rest = [found[n].text for n in row[1:]]
    figures = sum(FIGURE.fullmatch(t) is not None for t in rest)
    return figures * 2 >= len(rest) and all(len(t) <= 40 for t in rest) and len(found[row[0]].text) <= 80


def _run(rows: Sequence[Sequence[int]], y: int, found: Sequence[Segment]) -> int:
    """Return the end of the run of table rows from ``y``; a lone first cell between two rows belongs to it."""
    end = y
    while end < len(rows):
        if _is_row(rows[end], found):
            end += 1
            continue
        lone = len(rows[end]) == 1 and end > y and end + 1 < len(rows) and _is_row(rows[end + 1], found)
        if lone and _close(rows, end, found) and abs(found[rows[end][0]].x0 - found[rows[y][0]].x0) < 15:
            end += 1
            continue
        break
    return end


def _begins_above(rows: Sequence[Sequence[int]], y: int, end: int, found: Sequence[Segment]) -> bool:
    """Say whether the line above a run is the first of its first cell, whose figures stand by its last line."""
    if y == 0 or len(rows[y - 1]) != 1:
        return False
    above, first = found[rows[y - 1][0]], found[rows[y][0]]
    full = [found[row[0]].baseline for row in rows[y:end] if len(row) > 1]
    step = min((b - a for a, b in pairwise(full)), default=0.0)
    alike = abs(above.x0 - first.x0) < 3 and abs(above.size - first.size) < 0.5 and above.bold == first.bold
    return (
        alike
        and first.baseline - above.baseline < min(step - 2, 1.5 * first.size)
        and not above.text.endswith((".", ":", "?", "!"))
    )


def _close(rows: Sequence[Sequence[int]], y: int, found: Sequence[Segment]) -> bool:
    above, here, below = (found[rows[k][0]] for k in (y - 1, y, y + 1))
    reach = 2.2 * here.size
    return here.baseline - above.baseline < reach and below.baseline - here.baseline < reach


def _columns(rows: Sequence[Sequence[int]], found: Sequence[Segment]) -> list[tuple[float, float]]:
    """Return the extents of the columns: overlapping cells of the fullest rows share one."""
    spans = sorted((found[n].x0, found[n].x1) for row in rows if len(row) > 1 for n in row)
    columns: list[tuple[float, float]] = []
    for x0, x1 in spans:
        if columns and x0 < columns[-1][1] + 1:
            columns[-1] = (columns[-1][0], max(columns[-1][1], x1))
        else:
            columns.append((x0, x1))
    return columns


def _headings(rows: Sequence[Sequence[int]], y: int, end: int, found: Sequence[Segment]) -> int:
    """Return the first row of the headings above the run ``y`` to ``end``: at most three lines over its columns."""
    columns = _columns(rows[y:end], found)
    first = y
    while first > 0 and y - first < 3:
        row, below = rows[first - 1], found[rows[first][0]]
        near = below.baseline - found[row[0]].baseline < 3.2 * below.size
        over = [n for n in row if any(_overlap(found[n], c) > 0 for c in columns[1:]) and len(found[n].text) <= 60]
        alone = len(row) == 1 and found[row[0]].x0 < columns[1][0] - 1 if len(columns) > 1 else True
        if not near or not over or alone or any(len(found[n].text) > 80 for n in row):
            break
        first -= 1
    return first


def _overlap(segment: Segment | Word, column: tuple[float, float]) -> float:
    return min(segment.x1, column[1]) - max(segment.x0, column[0])


def _assemble(
    rows: Sequence[Sequence[int]], head: int, found: Sequence[Segment], number: int
) -> tuple[PdfTable | None, set[int]]:
    columns = _columns(rows[head:], found)
    if head and len(rows[head - 1]) == len(columns):
        columns = _widened(columns, [found[n] for n in rows[head - 1]])
    if len(columns) < 2:
        return None, set()
    grid = _grid(rows, head, columns, found)
    used = {n for row in rows for n in row}
    boxes = [found[n].box for n in used]
    box = (min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes))
    lefts, rights = tuple(c[0] for c in columns), tuple(c[1] for c in columns)
    printed = [(number, word) for row in rows for n in row for word in found[n].words]
    return PdfTable(grid, number, box, lefts, rights, last_page=number, printed=printed), used


def _grid(
    rows: Sequence[Sequence[int]], head: int, columns: Sequence[tuple[float, float]], found: Sequence[Segment]
) -> list[list[str]]:
    """Return the cells; a line that holds but a first cell belongs to the row that it stands nearer to."""
    baselines = [found[row[0]].baseline for row in rows]
    spanned = False
    grid: list[list[str]] = []
    waiting = ""
    for y, row in enumerate(rows):
        over = y < head - 1 and len(row) < len(columns)
        cells = (_spanning if over else _row_cells)([found[n] for n in row], columns)
        spanned = spanned or (over and sum(map(bool, cells)) > len(row))
        cells[0] = f"{waiting} {cells[0]}".strip()
        waiting = ""
        if y >= head and len(row) == 1 and cells[0]:
            above = baselines[y] - baselines[y - 1] if y > head else float("inf")
            below = baselines[y + 1] - baselines[y] if y + 1 < len(rows) else float("inf")
            if above < below - 1:
                grid[-1][0] = f"{grid[-1][0]} {cells[0]}"
                continue
            if below < above - 1:
                waiting = cells[0]
                continue
        grid.append(cells)
    if head > 1 and not spanned:
        grid = [[" ".join(filter(None, cells)) for cells in zip(*grid[:head], strict=True)], *grid[head:]]
    return grid


def _widened(columns: Sequence[tuple[float, float]], headings: Sequence[Segment]) -> list[tuple[float, float]]:
    """Return the columns as wide as their own headings, where each heading stands over one."""
    pairs = list(zip(columns, headings, strict=True))
    if all(abs((c[0] + c[1]) / 2 - (h.x0 + h.x1) / 2) < 60 for c, h in pairs[1:]):
        return [(min(c[0], h.x0), max(c[1], h.x1)) for c, h in pairs]
    return list(columns)


def _row_cells(row: Sequence[Segment], columns: Sequence[tuple[float, float]]) -> list[str]:
    cells: list[list[str]] = [[] for _ in columns]
    for segment in row:
        over = [k for k, c in enumerate(columns) if _overlap(segment, c) > 0]
        parts = _split_over(segment, columns) if len(over) > 1 else {}
        if len(parts) > 1:
            for k, text in parts.items():
                cells[k].append(text)
            continue
        middle = (segment.x0 + segment.x1) / 2
        k = over[0] if over else min(range(len(columns)), key=lambda k: abs(sum(columns[k]) / 2 - middle))
        cells[k].append(segment.text)
    return [fold(" ".join(parts)) for parts in cells]


def _spanning(row: Sequence[Segment], columns: Sequence[tuple[float, float]]) -> list[str]:
    """Return the cells of a heading row above others: each heading covers the columns over whose middle it stands."""
    cells = [""] * len(columns)
    free = 0
    for n, segment in enumerate(row):
        limit = row[n + 1].x0 if n + 1 < len(row) else float("inf")
        middle = (segment.x0 + segment.x1) / 2
        spans = [
            (abs((columns[k][0] + columns[m][1]) / 2 - middle) + (m - k), k, m)
            for k in range(free, len(columns))
            for m in range(k, len(columns))
            if columns[m][0] < limit and (k == m or columns[k][1] > segment.x0 - 200)
        ]
        if not spans:
            continue
        _, k, m = min(spans)
        cells[k : m + 1] = [segment.text] * (m + 1 - k)
        free = m + 1
    return cells


def _split_over(segment: Segment, columns: Sequence[tuple[float, float]]) -> dict[int, str]:
    """Return the words of a segment by the column that each stands in: headings set close to each other."""
    by_column: dict[int, list[Word]] = {}
    for word in segment.words:
        k = max(range(len(columns)), key=lambda k: _overlap(word, columns[k]))
        by_column.setdefault(k, []).append(word)
    return {k: join_words(words) for k, words in by_column.items()}
