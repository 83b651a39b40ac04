"""Turns a tree that holds a document and nothing else into a release: no main text has to be found in it."""

from __future__ import annotations

from collections.abc import Sequence

from lxml import html

from extract.errors import ReadError
from extract.read.build import build, with_headline
from extract.read.clean import skeleton, visible_length
from extract.read.dates import is_date_line, printed_date
from extract.read.html import pieces_of
from extract.read.html_blocks import walk
from extract.read.html_furniture import is_furniture_line
from extract.read.html_state import RawBlock
from extract.records import Release

#: A first line longer than this is no headline.
_LONGEST = 250


def read_tree(root: html.HtmlElement, name: str, reader: str, *, title: str | None = None) -> Release:
    """Return the release of a tree; ``title`` is what the document calls itself, if it says so.

    Raises
    ------
    ReadError
        Where the tree holds no text.
    """
    blocks = walk(root)
    if not blocks:
        raise ReadError(name, "holds no text", "export it again")
    headline = _headline(blocks, title)
    head = "\n".join(b.text for b in blocks[:8])
    kept = [b for n, b in enumerate(blocks) if not (n < 6 and is_date_line(b.text)) and not is_furniture_line(b.text)]
    text, placed = build(with_headline(pieces_of(kept), headline))
    if not text:
        raise ReadError(name, "holds no text", "export it again")
    visible = sum(b.size for b in blocks)
    return Release(
        id=name,
        text=text,
        title=headline,
        published=printed_date(head),
        reader=reader,
        blocks=placed,
        unread=round(max(0.0, 1 - visible_length(text) / visible), 4),
    )


def _headline(blocks: Sequence[RawBlock], given: str | None) -> str | None:
    """Return the headline: the first heading of the highest rank, else the given title, else a first line like one."""
    opening = [b for b in blocks[:8] if b.kind == "heading"]
    best = min(opening, key=lambda b: b.level, default=None)
    if best is not None and (best.level == 1 or not given):
        return best.text
    key = skeleton(given or "")
    if key and any(skeleton(b.text) == key for b in blocks[:8]):
        return given
    first = blocks[0]
    line = first.kind == "paragraph" and len(first.text) <= _LONGEST and not first.text.endswith((".", ":", ","))
    return first.text if line and len(blocks) > 1 and not is_date_line(first.text) else given
