"""Leads a stretch of a release's text back to where it stood in the document."""

from __future__ import annotations

from bisect import bisect_right

from extract.records import Block, Release


def locate(release: Release, start: int, end: int) -> tuple[Block, ...]:
    """Return the blocks that hold a part of ``text[start:end]``, in order.

    A PDF's block has its page and box, a web page's the path of its element; what stands between blocks (line
    breaks, bullets) belongs to none.

    >>> blocks = (Block("paragraph", 0, 3, page=1), Block("paragraph", 5, 8, page=2))
    >>> release = Release("r", "One\\n\\nTwo", blocks=blocks)
    >>> [block.page for block in locate(release, 5, 8)]
    [2]
    """
    first = bisect_right(release.blocks, start, key=lambda block: block.end)
    last = first
    while last < len(release.blocks) and release.blocks[last].start < end:
        last += 1
    return release.blocks[first:last]
