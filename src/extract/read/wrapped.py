"""Mends text whose lines a mail program broke: paragraphs, list items and tables, each on a line of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extract.read.build import Piece, build
from extract.read.clean import fold, split_bullet
from extract.records import Block

#: Mail programs break lines at 72 to 80 characters; what is longer was not broken by one.
_LONGEST = 80
_BLANK = re.compile(r"\n(?:[ \t]*\n)+")
_DASH = re.compile(r"\s*[*+–-]\s+(?=\S)")
_OPENS = re.compile(r"\s*(?:[*+–-]\s|\(?\d{1,2}[.)]\s|>)")
_ENDS = re.compile(r"[.:;!?][\"”’)]*$")
_SIGNATURE = "-- "


def flowed(text: str, *, delete_space: bool = False) -> str:
    r"""Return ``text`` with the lines joined that RFC 3676 calls flowed: those that end in a space.

    >>> flowed("Kent recorded \n12 offences.\n\nMore.")
    'Kent recorded 12 offences.\n\nMore.'
    """
    out: list[str] = []
    open_ = False
    for line in text.split("\n"):
        bare = line.removeprefix(" ")  # a space is stuffed before lines that would be taken for quotations
        if open_:
            out[-1] += bare
        else:
            out.append(bare)
        open_ = line.endswith(" ") and line != _SIGNATURE
        if open_ and delete_space:
            out[-1] = out[-1][:-1]
    return "\n".join(out)


def unwrapped(text: str) -> tuple[str, tuple[Block, ...]]:
    r"""Return ``text`` with each paragraph on one line, and its blocks; only lines broken for their width are joined.

    >>> lines = "The police recorded twelve offences\nin the county of Kent.", "* Kent: 12", "* Essex: 5"
    >>> unwrapped("\n".join([lines[0] + "\n", *lines[1:]]))[0]
    'The police recorded twelve offences in the county of Kent.\n\n  • Kent: 12\n  • Essex: 5'
    """
    width = _width(text)
    return build(_headed([piece for part in _BLANK.split(text) for piece in _pieces(part.split("\n"), width)]))


def _width(text: str) -> int | None:
    """Return the width at which lines were broken; None where they were not: the longest is then a paragraph."""
    lengths = [len(line.rstrip()) for line in text.split("\n") if len(line.split()) > 2 and " |" not in line]
    short = [length for length in lengths if length <= _LONGEST]
    # A long address or a line that somebody pasted stands in many a mail.
    return max(short) if short and len(short) >= 0.9 * len(lengths) else None


def _pieces(lines: Sequence[str], width: int | None) -> Iterator[Piece]:
    kept = [line.rstrip() for line in lines if line.strip()]
    if len(kept) > 1 and all(" |" in line or "| " in line for line in kept):
        rows = [[fold(cell) for cell in line.split("|")] for line in kept]
        yield Piece("table", "\n".join(" | ".join(row) for row in rows))
        return
    for whole in _joined(kept, width):
        item = _item(whole) if len(kept) > 1 or split_bullet(whole.strip()) is not None else None
        yield Piece("list_item", fold(item)) if item is not None else Piece("paragraph", fold(whole))


def _item(line: str) -> str | None:
    """Return what follows the bullet that opens a line; None where none does."""
    dash = _DASH.match(line)
    return line[dash.end() :] if dash else split_bullet(line.strip())


def _joined(lines: Sequence[str], width: int | None) -> Iterator[str]:
    """Yield lines, those joined of which the next word would not have fitted on the one before."""
    whole, last = "", ""
    for line in lines:
        opens = _OPENS.match(line) is not None or split_bullet(line.strip()) is not None
        # A dash inside a sentence may come to stand first in a line.
        opens = opens and (_item(whole) is not None or _ENDS.search(last) is not None)
        fitted = width is None or len(last) + 1 + len(line.split()[0]) <= width
        if not whole or opens or fitted:
            if whole:
                yield whole
            whole = line
        else:
            whole += " " + line.strip()
        last = line
    if whole:
        yield whole


def _headed(pieces: list[Piece]) -> list[Piece]:
    """Return pieces with a first one that reads as a headline as a heading."""
    if len(pieces) > 1 and pieces[0].kind == "paragraph" and len(pieces[0].text) <= 300:
        return [Piece("heading", pieces[0].text), *pieces[1:]]
    return pieces
