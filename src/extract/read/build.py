"""Joins the pieces that a reader found into the text of a release and its blocks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from extract.read.clean import ITEM, skeleton
from extract.records import Block, BlockKind

#: How many opening pieces may repeat the headline.
_OPENING = 6


@dataclass(frozen=True, slots=True)
class Piece:
    """One block before it has offsets: its kind, its folded text and where it stood.

    A table's text is one line a row, cells separated by `` | ``; any other text is one line.
    """

    kind: BlockKind
    text: str
    page: int | None = None
    box: tuple[float, float, float, float] | None = None
    path: str | None = None


def build(pieces: Iterable[Piece]) -> tuple[str, tuple[Block, ...]]:
    r"""Return the text of ``pieces`` and a block for each.

    Blocks are separated by a blank line, list items that follow each other by a line break only.

    >>> build([Piece("paragraph", "We found:"), Piece("list_item", "260 crimes"), Piece("list_item", "194")])[0]
    'We found:\n\n  • 260 crimes\n  • 194'
    """
    parts: list[str] = []
    blocks: list[Block] = []
    length = 0
    before: BlockKind | None = None
    for piece in pieces:
        if not piece.text:
            continue
        item = piece.kind == "list_item"
        lead = "" if before is None else "\n" if item and before == "list_item" else "\n\n"
        lead += ITEM if item else ""
        start = length + len(lead)
        parts += [lead, piece.text]
        length = start + len(piece.text)
        blocks.append(Block(piece.kind, start, length, piece.page, piece.box, piece.path))
        before = piece.kind
    return "".join(parts), tuple(blocks)


def with_headline(pieces: Sequence[Piece], title: str | None) -> list[Piece]:
    """Return ``pieces`` with ``title`` as their first heading, once; repetitions among the first pieces go."""
    if not title:
        return list(pieces)
    key = skeleton(title)
    found = next((p for p in pieces if skeleton(p.text) == key), None)
    head = Piece("heading", title) if found is None else replace(found, kind="heading", text=title)
    opening = [p for p in pieces[:_OPENING] if skeleton(p.text) != key]
    rest = [p for p in pieces[_OPENING:] if p.kind != "heading" or skeleton(p.text) != key]
    return [head, *opening, *rest]


def table_text(rows: Sequence[Sequence[str]]) -> str:
    """Return rows of cells as lines; a bar inside a cell becomes a slash, since it would read as a cell's edge.

    >>> table_text([["Force", "2018/19"], ["Kent", ""]])
    'Force | 2018/19\\nKent | '
    """
    return "\n".join(" | ".join(cell.replace("|", "/") for cell in row) for row in rows)
