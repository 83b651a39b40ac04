"""Puts the segments and tables of a page into reading order, and tells running heads and feet from text."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from extract.read.clean import skeleton
from extract.read.pdf_gutters import Gutter, find_gutter, known_gutter, on_baselines
from extract.read.pdf_tables import PdfTable
from extract.read.pdf_words import Segment

#: Lines this near the head or foot of a page may be running ones.
_EDGE_ROWS = 3
_PAGE_NUMBER = re.compile(
    r"(?:page|p\.?)?\s*[-–—|]?\s*\d{1,3}\s*(?:(?:of|/)\s*\d{1,3})?\s*[-–—|]?|(?:.{0,80}\s)?page\s+\d{1,3}(?:\s+(?:of|/)\s+\d{1,3})?",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Line:
    """A line of running text in its region (a column between two things that cross the page)."""

    segments: list[Segment]
    region: tuple[int, int]
    text: str = ""

    @property
    def first(self) -> Segment:
        """The segment that opens the line."""
        return self.segments[0]

    @property
    def main(self) -> Segment:
        """The longest segment: its type is the line's, whatever a bullet is set in."""
        return max(self.segments, key=lambda s: len(s.text))

    @property
    def x1(self) -> float:
        """The right end of the line."""
        return self.segments[-1].x1


Item = Segment | PdfTable


def _box(item: Item) -> tuple[float, float, float, float]:
    return item.box


def running(pages: Sequence[Sequence[Segment]], heights: Sequence[float]) -> set[tuple[int, int]]:
    """Return the (page, place) of the segments in running heads and feet.

    A head or foot recurs at one height on at least two pages, digits aside; a page number stands alone at an edge.
    """
    seen: dict[tuple[str, int], list[tuple[int, list[int]]]] = defaultdict(list)
    out: set[tuple[int, int]] = set()
    sizes = Counter(s.size for found in pages for s in found for _ in s.text)
    body = sizes.most_common(1)[0][0] if sizes else 0.0
    for p, found in enumerate(pages):
        rows = on_baselines(found)
        edges = rows[:_EDGE_ROWS] + [r for r in rows[-_EDGE_ROWS:] if r not in rows[:_EDGE_ROWS]]
        for row in edges:
            text = " ".join(found[n].text for n in row)
            outer = found[row[0]].bottom < 0.12 * heights[p] or found[row[0]].top > 0.88 * heights[p]
            if outer and row in (rows[0], rows[-1]) and len(rows) > 1 and _PAGE_NUMBER.fullmatch(text.strip()):
                out |= {(p, n) for n in row}
            if len(pages) == 1 and _is_margin_note(found, row, heights[p], body):
                out |= {(p, n) for n in row}
            if not _apart(rows, row, found):
                continue
            key = skeleton(re.sub(r"\d+", "0", text))
            seen[key, round(found[row[0]].baseline / 4)].append((p, row))
    for (key, band), places in list(seen.items()):
        near = places + seen.get((key, band + 1), [])
        if key and len({p for p, _ in near}) >= 2:
            out |= {(p, n) for p, row in near for n in row}
    return out


def _is_margin_note(found: Sequence[Segment], row: Sequence[int], height: float, body: float) -> bool:
    """Say whether a row of a single page stands in its margin in smaller type than the text."""
    first = found[row[0]]
    outer = first.bottom < 0.07 * height or first.top > 0.93 * height
    return outer and first.size < 0.92 * body and not first.note


def _apart(rows: Sequence[Sequence[int]], row: Sequence[int], found: Sequence[Segment]) -> bool:
    """Say whether a row at the edge stands apart from the text: by a gap towards it, or by its type."""
    place = next(n for n, r in enumerate(rows) if r is row)
    inner = place + 1 if place < len(rows) / 2 else place - 1
    if not 0 <= inner < len(rows):
        return False
    one, two = found[row[0]], found[rows[inner][0]]
    return abs(one.baseline - two.baseline) > 2 * max(one.size, two.size) or abs(one.size - two.size) > 0.5


def reading_order(items: Sequence[Item], gutters: Sequence[float] = ()) -> list[Line | PdfTable]:
    """Return lines and tables in reading order: down each column, columns between what crosses them.

    ``gutters`` are those of the document's other pages: with one known, a short column is enough.
    """
    regions: list[list[Item]] = []
    _divide(list(items), regions, gutters, 0)
    out: list[Line | PdfTable] = []
    for number, region in enumerate(regions):
        out += _lines(region, number)
    return out


def gutters(pages: Sequence[Sequence[Segment]]) -> list[float]:
    """Return where right-hand columns begin on the pages of a document, the commonest first."""
    found = [g for g in map(find_gutter, pages) if g is not None]
    return [x for x, _ in Counter(round(g[0] * 2) / 2 for g in found).most_common(3)]


def _divide(items: list[Item], regions: list[list[Item]], known: Sequence[float], depth: int) -> None:
    """Divide items into columns at the best gutter, band by band; a region without a gutter is done."""
    texts = [i for i in items if isinstance(i, Segment)]
    gutter = (find_gutter(texts) or known_gutter(texts, known)) if depth < 4 else None
    if gutter is None:
        _flush(items, regions)
        return
    x, top, bottom = _extended(items, gutter)
    _divide([i for i in items if _top(i) < top], regions, known, depth + 1)
    _bands([i for i in items if top <= _top(i) <= bottom], x, regions, known, depth)
    _divide([i for i in items if _top(i) > bottom], regions, known, depth + 1)


def _extended(items: Sequence[Item], gutter: Gutter) -> Gutter:
    """Return a gutter with the height of its columns: up and down as far as their lines follow each other."""
    x, top, bottom = gutter
    crossing = [i for i in items if _crosses(i, x)]
    floor = min((_top(i) for i in crossing if _top(i) > bottom), default=float("inf"))
    ceiling = max((_top(i) for i in crossing if _top(i) < top), default=float("-inf"))
    for item in sorted((i for i in items if bottom - 3 < _top(i) < floor), key=_top):
        if _top(item) - bottom < 30:
            bottom = max(bottom, _box(item)[3])
    size = next((i.size for i in items if isinstance(i, Segment) and i.x0 >= x and _top(i) >= top), 0.0)
    text = [i for i in items if isinstance(i, Segment) and abs(i.size - size) < 0.5]
    for item in sorted((i for i in text if ceiling < _top(i) < top), key=_top, reverse=True):
        if top - _box(item)[3] < 30:
            top = min(top, _top(item))
    return x, max(top - 4, min(ceiling + 0.1, top)), min(bottom, floor - 0.1)


def _bands(items: list[Item], x: float, regions: list[list[Item]], known: Sequence[float], depth: int) -> None:
    """Divide items at a gutter: what crosses it parts bands, in each of which the left column comes first."""
    spanning: list[Item] = []
    inside = [i for i in items if not _crosses(i, x)]
    for item in sorted((i for i in items if _crosses(i, x)), key=_top):
        above = [i for i in inside if _top(i) < _top(item)]
        if above:
            _flush(spanning, regions)
            _halves(above, x, regions, known, depth)
            inside = [i for i in inside if _top(i) >= _top(item)]
        spanning.append(item)
    _flush(spanning, regions)
    _halves(inside, x, regions, known, depth)


def _flush(spanning: list[Item], regions: list[list[Item]]) -> None:
    if spanning:
        regions.append(list(spanning))
        spanning.clear()


def _halves(items: list[Item], x: float, regions: list[list[Item]], known: Sequence[float], depth: int) -> None:
    for half in ([i for i in items if _box(i)[0] < x], [i for i in items if _box(i)[0] >= x]):
        if half:
            _divide(half, regions, known, depth + 1)


def _top(item: Item) -> float:
    return _box(item)[1]


def _crosses(item: Item, x: float) -> bool:
    x0, _, x1, _ = _box(item)
    return x0 < x - 1 and x1 > x + 1


def _lines(region: list[Item], number: int) -> list[Line | PdfTable]:
    """Return a region's items from top to bottom, segments on one baseline as one line."""
    out: list[Line | PdfTable] = []
    for item in sorted(region, key=lambda i: (i.baseline if isinstance(i, Segment) else i.box[1], _box(i)[0])):
        if isinstance(item, PdfTable):
            out.append(item)
            continue
        last = out[-1] if out else None
        if isinstance(last, Line) and abs(item.baseline - last.first.baseline) <= 0.25 * item.size:
            last.segments.append(item)
            last.segments.sort(key=lambda s: s.x0)
        else:
            out.append(Line([item], (item.page, number)))
    for line in out:
        if isinstance(line, Line):
            line.text = " ".join(s.text for s in line.segments)
    return out
