"""Reads plain text: the text is the file, byte-order mark and line endings aside."""

from __future__ import annotations

import re

from extract.errors import ReadError
from extract.read.clean import ITEM
from extract.read.dates import printed_date
from extract.read.decode import decode
from extract.records import Block, BlockKind, Release

_BLOCK = re.compile(r"[^\n]*\S[^\n]*(?:\n[^\n]*\S[^\n]*)*")
_LINE = re.compile(r"[^\n]+")


def read_plain(data: bytes, name: str, content_type: str | None = None) -> Release:
    """Return the release that a text file holds."""
    text = decode(data, content_type).replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
    if not text.strip():
        raise ReadError(name, "holds no text", "fetch or export it again")
    title = first_line(text)
    return Release(
        id=name, text=text, title=title, published=printed_date(text), reader="plain", blocks=blocks_of(text)
    )


def first_line(text: str, longest: int = 300) -> str | None:
    """Return the first line as the headline where a blank line follows it; None where the text opens otherwise."""
    lines = text.strip().split("\n")
    alone = len(lines) == 1 or not lines[1].strip()
    return lines[0].strip() if alone and len(lines) > 1 and len(lines[0]) <= longest else None


def blocks_of(text: str) -> tuple[Block, ...]:
    """Return the blocks of a text that is taken as it stands: headline, paragraphs, list items, tables."""
    found: list[Block] = []
    for match in _BLOCK.finditer(text):
        lines = match[0].split("\n")
        if any(line.startswith(ITEM.rstrip()) or line.lstrip().startswith("•") for line in lines):
            found += _line_blocks(match[0], match.start())
            continue
        table = len(lines) > 1 and all(" |" in line for line in lines)
        kind: BlockKind = "table" if table else "paragraph"
        found.append(Block(kind, match.start(), match.end()))
    if found and first_line(text) is not None and found[0].kind == "paragraph":
        found[0] = Block("heading", found[0].start, found[0].end)
    return tuple(found)


def _line_blocks(text: str, offset: int) -> list[Block]:
    blocks = []
    for line in _LINE.finditer(text):
        bare = line[0].lstrip()
        item = bare.startswith("•")
        start = line.end() - len(bare.lstrip("• \t") if item else bare)
        kind: BlockKind = "list_item" if item else "paragraph"
        if start < line.end():
            blocks.append(Block(kind, offset + start, offset + line.end()))
    return blocks
