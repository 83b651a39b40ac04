"""Leads a stretch of a PDF release's text back to the words printed on its pages.

The reader drops hyphens, bullets, footnote marks and repeated headings, and puts columns in order; so each block's
text is laid beside the words that the block was made of, and never looked for anywhere else on the page.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from extract.read.clean import skeleton
from extract.read.pdf import box_on_page, printed_words, read_printed
from extract.read.pdf_words import Box, Word
from extract.records import Release

#: Letters and digits in a run, any other sign alone; raised digits are footnote marks, which the text has not.
_TOKEN = re.compile(r"[^\W_¹²³⁰⁴-⁹]+|\S")
#: Stretches that differ are compared sign by sign up to this many pairs of signs.
_MOST_PAIRS = 250_000


@dataclass(frozen=True, slots=True)
class Printed:
    """A stretch of the text and the printed word that gave it: its page, from 1, and its box in points."""

    start: int
    end: int
    page: int
    box: Box
    word: str


@dataclass(frozen=True, slots=True)
class _Sign:
    """Characters of a block or of a word, and where they begin in it; ``word`` counts the block's words."""

    text: str
    at: int
    word: int = 0


def read_places(data: bytes, name: str, *, ocr: bool = False) -> tuple[Release, list[Printed]]:
    """Return the release that a PDF holds, and the words that are printed for its text, in the text's order.

    Raises
    ------
    ReadError
        Where it cannot be read.
    UsageError
        With ``ocr``, where it cannot be read for want of Tesseract.
    """
    release, printed = read_printed(data, name, ocr=ocr)
    # Two blocks with one box on one page are one block printed twice: either will do.
    sources = {(block.page, box_on_page(block)): block for block in printed}
    places: list[Printed] = []
    for block in release.blocks:
        source = sources.get((block.page or 0, block.box)) if block.box else None
        if source is not None:
            places += _placed(release.text[block.start : block.end], block.start, printed_words(source))
    return release, places


def words_of(places: Sequence[Printed], start: int, end: int) -> list[Printed]:
    """Return the printed words of a stretch of text.

    Parameters
    ----------
    places
        What `read_places` gives.
    start, end
        Offsets into the release's text.
    """
    first = bisect_right(places, start, key=lambda place: place.end)
    last = first
    while last < len(places) and places[last].start < end:
        last += 1
    return list(places[first:last])


def figure_boxes(text: str, places: Sequence[Printed], start: int, end: int) -> list[tuple[int, Box]]:
    """Return the page and box of each line's words that hold a figure; none where they do not print all of it."""
    found = words_of(places, start, end)
    if skeleton(text[start:end]) not in skeleton("".join(p.word for p in found)):
        return []
    made: list[tuple[int, Box]] = []
    for one in found:
        if made and made[-1][0] == one.page and _beside(made[-1][1], one.box):
            last = made.pop()[1]
            made.append((one.page, (last[0], min(last[1], one.box[1]), one.box[2], max(last[3], one.box[3]))))
        else:
            made.append((one.page, one.box))
    return made


def _beside(left: Box, right: Box) -> bool:
    """Say whether a word follows another on its line."""
    tall = right[3] - right[1]
    return abs(left[3] - right[3]) < tall / 2 and -1 <= right[0] - left[2] < 2 * tall


def _placed(text: str, offset: int, words: Sequence[tuple[int, Word]]) -> Iterator[Printed]:
    """Yield the stretches of one block's text that a printed word gave."""
    span: dict[int, tuple[int, int]] = {}
    for start, end, word in _matches(text, [word.text for _, word in words]):
        known = span.get(word, (start, end))
        span[word] = (min(start, known[0]), max(end, known[1]))
    for word, (start, end) in sorted(span.items(), key=lambda item: item[1]):
        page, one = words[word]
        yield Printed(offset + start, offset + end, page, one.on_page, one.text)


def _matches(text: str, words: Sequence[str]) -> Iterator[tuple[int, int, int]]:
    """Yield (start, end, word): signs of the text that are signs of a word, both in their order."""
    mine = [_Sign(m[0], m.start()) for m in _TOKEN.finditer(text) if m[0] != "|" or "|" in words]
    theirs = [_Sign(m[0], m.start(), n) for n, word in enumerate(words) for m in _TOKEN.finditer(word)]
    for kind, a, b, c, d in _compared(mine, theirs):
        if kind == "equal":
            yield from ((m.at, m.at + len(m.text), t.word) for m, t in zip(mine[a:b], theirs[c:d], strict=True))
        elif kind == "replace":
            yield from _within(mine[a:b], theirs[c:d])


def _within(mine: Sequence[_Sign], theirs: Sequence[_Sign]) -> Iterator[tuple[int, int, int]]:
    """Yield the matches of stretches that differ: a word broken at a line's end, or set in two types."""
    ours = [_Sign(c, m.at + n) for m in mine for n, c in enumerate(m.text)]
    printed = [_Sign(c, t.at + n, t.word) for t in theirs for n, c in enumerate(t.text)]
    if len(ours) * len(printed) > _MOST_PAIRS:
        return
    for kind, a, b, c, d in _compared(ours, printed):
        if kind == "equal":
            yield from ((m.at, m.at + 1, t.word) for m, t in zip(ours[a:b], printed[c:d], strict=True))


def _compared(mine: Sequence[_Sign], theirs: Sequence[_Sign]) -> Sequence[tuple[str, int, int, int, int]]:
    return SequenceMatcher(None, [m.text for m in mine], [t.text for t in theirs], autojunk=False).get_opcodes()
