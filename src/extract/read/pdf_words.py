"""Gathers a PDF page's words into segments: stretches of words on one baseline without a wide gap."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from extract.read.clean import drop_invisible

Box = tuple[float, float, float, float]

#: Where the baseline of a word lies above the bottom of its box, in its type size.
DESCENT = 0.21
#: A gap wider than this, in type size, parts segments; a narrower one than the second parts no words.
_WIDE, _TIGHT = 0.85, 0.13
#: A mark is set in type smaller than this share of the text's and raised by at least this share of its size.
_SMALLER, _RAISED = 0.85, 0.12
_MARK = re.compile(r"[\[(]?(?:\d{1,2}|[ivx]{1,3}|[a-e]|[*†‡§¶#]{1,3})[\])]?(?:[,;]\s*(?:\d{1,2}|[a-e]))*,?")
#: Stands right after the word before it, also where a mark between them was left out.
_CLOSING = re.compile(r"[,.;:!?)]+(?:\s|$)")
#: A glyph without a character: in WinAnsi an unused code prints a bullet.
_GLYPH = re.compile(r"\(cid:\d+\)")
_BOLD = re.compile(r"bold|black|heavy|semibold|demi", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Word:
    """A word with its box (PDF points from the top left), type size and weight.

    ``place`` is where its ink lies on the page, for a word that was recognised on an image: the box is then that of
    its type, on a page turned and levelled.
    """

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    size: float
    bold: bool
    face: str = ""
    place: Box | None = None

    @property
    def on_page(self) -> Box:
        """Its box on the page as it is drawn."""
        return self.place or (self.x0, self.top, self.x1, self.bottom)

    @property
    def baseline(self) -> float:
        """Where the word's letters stand, from the top of the page."""
        return self.bottom - DESCENT * self.size


@dataclass(slots=True)
class Segment:
    """Words on one baseline; ``note`` where a raised mark stood before the first of them."""

    words: list[Word]
    page: int
    note: bool = False
    text: str = field(init=False)
    x0: float = field(init=False)
    top: float = field(init=False)
    x1: float = field(init=False)
    bottom: float = field(init=False)
    size: float = field(init=False)
    bold: bool = field(init=False)
    baseline: float = field(init=False)

    def __post_init__(self) -> None:
        """Gather text, box and type from the words."""
        self.text = join_words(self.words)
        self.x0 = self.words[0].x0
        self.x1 = max(w.x1 for w in self.words)
        self.top = min(w.top for w in self.words)
        self.bottom = max(w.bottom for w in self.words)
        weights: Counter[float] = Counter()
        for word in self.words:
            weights[round(word.size, 1)] += len(word.text)
        self.size = weights.most_common(1)[0][0]
        self.bold = all(w.bold for w in self.words)
        self.baseline = max(w.baseline for w in self.words)

    @property
    def box(self) -> Box:
        """The box of all words: x0, top, x1, bottom."""
        return (self.x0, self.top, self.x1, self.bottom)


def cover(boxes: Sequence[Box]) -> Box:
    """Return the smallest box around some."""
    return (
        min(b[0] for b in boxes),
        min(b[1] for b in boxes),
        max(b[2] for b in boxes),
        max(b[3] for b in boxes),
    )


def overlap(one: Box, two: Box) -> bool:
    """Say whether two boxes have a part in common."""
    return one[0] < two[2] and two[0] < one[2] and one[1] < two[3] and two[1] < one[3]


def join_words(words: Sequence[Word]) -> str:
    """Return the text of words on one line; those that touch (a change of type inside a word) without a space."""
    parts: list[str] = []
    for n, word in enumerate(words):
        gap = word.x0 - words[n - 1].x1 if n else 0.0
        if gap > _TIGHT * min(word.size, words[n - 1].size) and not _CLOSING.match(word.text):
            parts.append(" ")
        parts.append(word.text)
    return "".join(parts)


def page_words(page: Any) -> list[Word]:
    """Return the words of a pdfplumber page that are set the way most of them are (no watermark across it)."""
    found = page.extract_words(x_tolerance_ratio=0.18, y_tolerance=2, extra_attrs=["size", "fontname"])
    upright = sum(w["upright"] for w in found) * 2 >= len(found)
    words = []
    for w in found:
        text = drop_invisible(_readable(w["text"]))
        if w["upright"] != upright or not text.strip():
            continue
        size = float(w["size"]) if upright else float(w["x1"] - w["x0"])
        bold = _BOLD.search(w["fontname"] or "") is not None
        words.append(Word(text, w["x0"], w["top"], w["x1"], w["bottom"], max(size, 0.5), bold, w["fontname"] or ""))
    return words


def _readable(text: str) -> str:
    """Return a word's text with a soft hyphen seen and glyphs that have no character as a bullet or not at all."""
    if _GLYPH.fullmatch(text):
        return "•"
    return _GLYPH.sub("", text).replace("\u00ad", "-")


def segments(words: Iterable[Word], page: int) -> list[Segment]:
    """Return the segments of a page from top to bottom, left to right; footnote marks are left out."""
    kept, notes = _without_marks(list(words))
    found: list[Segment] = []
    for row in _rows(kept):
        start = 0
        for n in range(1, len(row) + 1):
            if n == len(row) or row[n].x0 - row[n - 1].x1 > _WIDE * max(row[n].size, row[n - 1].size):
                part = row[start:n]
                found.append(Segment(part, page, note=part[0] in notes))
                start = n
    return found


def _rows(words: Sequence[Word]) -> list[list[Word]]:
    """Group words by baseline, each group from left to right."""
    rows: list[list[Word]] = []
    for word in sorted(words, key=lambda w: (w.baseline, w.x0)):
        if rows and word.baseline - rows[-1][0].baseline <= 0.22 * min(word.size, rows[-1][0].size):
            rows[-1].append(word)
        else:
            rows.append([word])
    return [sorted(row, key=lambda w: w.x0) for row in rows]


def _without_marks(words: list[Word]) -> tuple[list[Word], set[Word]]:
    """Return the words without raised footnote marks, and those before which one stood.

    Other small raised type (the *th* of 5th) is set down on the baseline of the word it follows.
    """
    if not words:
        return [], set()
    common = Counter(round(w.size, 1) for w in words).most_common(1)[0][0]
    small = {n for n, w in enumerate(words) if w.size < _SMALLER * max(common, 1)} | {
        n for n, w in enumerate(words) if len(w.text) <= 3 and n and w.size < _SMALLER * words[n - 1].size
    }
    kept: list[Word] = []
    notes: set[Word] = set()
    for n, word in enumerate(words):
        left = _neighbour(words, n, -1) if n in small else None
        right = _neighbour(words, n, 1) if n in small else None
        host = left or right
        if host is None:
            kept.append(word)
        elif _MARK.fullmatch(word.text):
            if left is None and right is not None:
                notes.add(right)
        else:
            top, bottom = host.top, host.bottom
            kept.append(replace(word, top=top, bottom=bottom, size=host.size, bold=host.bold, face=host.face))
    return kept, notes


def _neighbour(words: Sequence[Word], n: int, step: int) -> Word | None:
    """Return the word on one side that touches word ``n`` and is larger and lower than it."""
    mark = words[n]
    for m in (n + step, n + 2 * step):
        if not 0 <= m < len(words):
            continue
        word = words[m]
        gap = mark.x0 - word.x1 if step < 0 else word.x0 - mark.x1
        beside = -0.3 * word.size <= gap <= (0.35 if step < 0 else 1.2) * word.size
        raised = mark.baseline < word.baseline - _RAISED * word.size and mark.bottom > word.top - 0.3 * word.size
        if beside and raised and mark.size < _SMALLER * word.size:
            return word
    return None
