"""Reads web pages: the release's main text with its structure, without what stands around it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from difflib import SequenceMatcher

from extract.errors import ReadError
from extract.read.build import Piece, build, with_headline
from extract.read.clean import skeleton, visible_length
from extract.read.dates import printed_date
from extract.read.decode import decode
from extract.read.html_blocks import walk
from extract.read.html_dom import parse
from extract.read.html_furniture import Furniture
from extract.read.html_main import choose
from extract.read.html_meta import Meta, read_meta
from extract.read.html_state import RawBlock
from extract.records import Release


def read_html(data: bytes, name: str, content_type: str | None = None) -> Release:
    """Return the release that a web page holds.

    Raises
    ------
    ReadError
        Where the page has no text to read.
    """
    source = decode(data, content_type, markup=True)
    root = parse(source, name)
    meta = read_meta(root)
    blocks = walk(root)
    title = headline(blocks, meta)
    chosen = choose(blocks, source, meta.body, [t for t in (title, *meta.titles) if t])
    if not chosen:
        raise ReadError(name, "has no main text", "fetch the page again, with its scripts run if it builds itself")
    text, placed = build(with_headline(pieces_of(chosen), title))
    visible = sum(b.size for b in blocks) or 1
    return Release(
        id=name,
        text=text,
        title=title,
        published=meta.published or _printed_date(blocks, title),
        url=meta.url,
        publisher=meta.publisher,
        reader="html",
        blocks=placed,
        unread=round(max(0.0, 1 - visible_length(text) / visible), 4),
    )


def pieces_of(blocks: Sequence[RawBlock]) -> list[Piece]:
    """Return blocks as pieces; what stands in one list item is one piece."""
    pieces: list[Piece] = []
    before: RawBlock | None = None
    for block in blocks:
        if before is not None and block.item is not None and block.item is before.item:
            pieces[-1] = replace(pieces[-1], text=f"{pieces[-1].text} {block.text}")
        else:
            pieces.append(Piece(block.kind, block.text, path=block.path))
        before = block
    return pieces


def _printed_date(blocks: Sequence[RawBlock], title: str | None) -> str | None:
    """Return the date that a line of its own gives right after the headline."""
    key = skeleton(title or "")
    place = next((n for n, b in enumerate(blocks) if skeleton(b.text) == key), None)
    if place is None:
        return None
    return printed_date("\n".join(b.text for b in blocks[place + 1 : place + 5] if b.size < 120))


def headline(blocks: Sequence[RawBlock], meta: Meta) -> str | None:
    """Return the headline: the heading that agrees best with the page's own titles, else the first title.

    A page's ``<h1>`` may be the name of the site, and its titles may be cut short or carry the site's name.
    """
    headings = [b for b in blocks if b.kind == "heading" and b.level <= 2 and b.furniture < Furniture.BOX]
    ranked = [h for h in headings if h.level == 1] + [h for h in headings if h.level == 2]
    best = max(ranked, key=lambda h: (_agreement(h.text, meta.titles), -h.level), default=None)
    if best is not None and (_agreement(best.text, meta.titles) >= 0.6 or not meta.titles):
        return best.text
    first = next((h.text for h in ranked if h.level == 1), None)
    if first is not None and len(first) >= 25:
        return first
    return meta.titles[0] if meta.titles else first


def _agreement(text: str, titles: Sequence[str]) -> float:
    key = skeleton(text)
    return max((_likeness(key, skeleton(title)) for title in titles), default=0.0)


def _likeness(one: str, other: str) -> float:
    if not one or not other:
        return 0.0
    short, long = sorted((one, other), key=len)
    if long.startswith(short) and len(short) >= 20:
        return 0.9 + 0.1 * len(short) / len(long)
    return SequenceMatcher(None, one[:300], other[:300], autojunk=False).ratio()
