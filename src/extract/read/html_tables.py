"""Reads tables from the page's tree: a full grid of cells, spans expanded, empty cells kept."""

from __future__ import annotations

from dataclasses import dataclass

from lxml import html

from extract.read.clean import fold
from extract.read.html_marks import is_mark

_CELLS = ("td", "th")
_SKIP = frozenset({"script", "style", "template", "noscript", "button", "svg", "select"})
_BREAKS = frozenset({"br", "p", "div", "li", "ul", "ol", "tr"})
_STRUCTURE = frozenset({"h1", "h2", "h3", "article", "section", "form", "nav", "aside", "figure", "iframe", "main"})
#: Bounds on what a page may claim: a colspan of a million is a mistake or an attack.
_WIDEST, _LONGEST, _MOST_CELLS = 200, 5000, 200_000


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell as the page gives it, before spans are expanded."""

    text: str
    heading: bool
    rows: int
    columns: int


def own_rows(table: html.HtmlElement) -> list[html.HtmlElement]:
    """Return the rows of a table, head first and foot last, without those of tables inside it."""
    parts: dict[str, list[html.HtmlElement]] = {"thead": [], "tbody": [], "tfoot": []}
    for child in table:
        if child.tag == "tr":
            parts["tbody"].append(child)
        elif child.tag in parts:
            parts[child.tag] += [row for row in child if row.tag == "tr"]
    return parts["thead"] + parts["tbody"] + parts["tfoot"]


def is_data_table(table: html.HtmlElement) -> bool:
    """Say whether a table holds data rather than lays out the page."""
    rows = own_rows(table)[:_LONGEST]
    widths = [sum(1 for cell in row if cell.tag in _CELLS) for row in rows]
    if len([w for w in widths if w]) < 2 or max(widths, default=0) < 2:
        return False
    if table.get("role") in ("presentation", "none") or any(e is not table for e in table.iter("table")):
        return False
    if any(e.tag in _STRUCTURE for e in table.iter()):
        return False
    marked = any(e.tag in ("th", "caption", "thead") for e in table.iter("th", "caption", "thead"))
    lengths = sorted(len("".join(c.itertext())) for row in rows for c in row if c.tag in _CELLS)
    return lengths[-1] < 3000 if marked else lengths[len(lengths) // 2] < 80 and lengths[-1] < 400


def grid(table: html.HtmlElement) -> list[list[str]]:
    """Return the table as rows of one width, headings first.

    The text of a spanned heading stands in every row and column it covers. A body cell's text stands in every
    row it covers where it opens the row (it heads those rows), else once. Rows and columns without any text go.
    """
    placed: dict[tuple[int, int], str] = {}
    taken: set[tuple[int, int]] = set()
    rows = own_rows(table)[:_LONGEST]
    for y, row in enumerate(rows):
        x = 0
        for cell in _cells(row):
            while (y, x) in taken:
                x += 1
            if x >= _WIDEST or len(taken) > _MOST_CELLS:
                break
            _place(cell, y, x, len(rows), placed, taken)
            x += cell.columns
    return _trim(placed, taken)


def _place(
    cell: Cell, y: int, x: int, height: int, placed: dict[tuple[int, int], str], taken: set[tuple[int, int]]
) -> None:
    for dy in range(min(cell.rows, height - y)):
        for dx in range(cell.columns):
            place = (y + dy, x + dx)
            if place in taken:
                continue
            taken.add(place)
            if cell.heading or (dx == 0 and (dy == 0 or x == 0)):
                placed[place] = cell.text


def _trim(placed: dict[tuple[int, int], str], taken: set[tuple[int, int]]) -> list[list[str]]:
    filled = {place for place, text in placed.items() if text}
    ys = sorted({y for y, _ in filled})
    if not ys:
        return []
    used = {x for _, x in filled}
    xs = [x for x in range(max(x for _, x in taken) + 1) if x in used]
    return [[placed.get((y, x), "") for x in xs] for y in ys]


def _cells(row: html.HtmlElement) -> list[Cell]:
    head = row.getparent() is not None and row.getparent().tag == "thead"
    cells = [c for c in row if c.tag in _CELLS]
    only_headings = all(c.tag == "th" for c in cells)
    return [
        Cell(
            cell_text(c),
            (c.tag == "th" and (head or only_headings or c.get("scope") in ("col", "colgroup", "rowgroup"))) or head,
            _span(c.get("rowspan"), _LONGEST),
            _span(c.get("colspan"), _WIDEST),
        )
        for c in cells
    ]


def _span(value: str | None, most: int) -> int:
    """Return a span as browsers read it; ``rowspan=0`` means to the table's end."""
    digits = (value or "1").strip()
    if not digits.isdecimal():
        return 1
    return min(int(digits[:6]) or most, most)


def cell_text(cell: html.HtmlElement) -> str:
    """Return the folded text of a cell: marks dropped, line breaks and blocks as spaces."""
    parts: list[str] = []
    skipped: html.HtmlElement | None = None
    stack: list[tuple[html.HtmlElement, bool]] = [(cell, False)]
    while stack:
        element, done = stack.pop()
        if done:
            if element is not cell:
                parts.append((" " if element.tag in _BREAKS else "") + (element.tail or ""))
            continue
        stack.append((element, True))
        if not isinstance(element.tag, str) or element.tag in _SKIP or element is skipped:
            continue
        if element is not cell and element.tag in ("sup", "a", "span") and is_mark(element, "".join(parts)[-8:]):
            continue
        parts.append((" " if element.tag in _BREAKS else "") + (element.text or ""))
        stack += [(child, False) for child in reversed(element)]
    return fold("".join(parts))
