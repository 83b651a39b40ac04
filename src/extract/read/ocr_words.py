"""Makes of what Tesseract found words as those of a text layer: upright, on level lines, in few sizes of type."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from statistics import median
from typing import Any

from extract.read.clean import drop_invisible
from extract.read.ocr import recognise, turned
from extract.read.ocr_lines import Glyph, OcrLine, OcrWord
from extract.read.ocr_rules import rules_on, without_rules
from extract.read.pdf_image import Drawn, draw, size_of
from extract.read.pdf_words import DESCENT, Box, Word, cover

#: Dots an inch, and the most dots of a page: a poster is drawn coarser.
_RESOLUTION, _MOST_DOTS = 300.0, 20_000_000
#: Tesseract is nearly always surer of a character than this; words with a less sure one are specks and pictures, and
#: signs without a letter or figure must be surer still.
_SURE, _SURE_OF_SIGNS = 90.0, 94.0
#: What is left of rules and frames.
_RULE = re.compile(r"[|\[\]{}_\\~=¦]+")
#: Sizes of type that differ by less than this share are one; a line of low letters only is measured less well.
_ALIKE, _ALIKE_LOW = 0.06, 0.2
#: The least gap between words, in type size: what joins words again takes less for none.
_GAP = 0.16
#: Raised signs higher than this share of the type size are footnote marks, quotation marks are lower; and what a raised
#: 1 is taken for.
_MARK_HEIGHT, _RAISED = (0.33, 0.62), 0.22
_NUMBER = re.compile(r"(\d{1,3}(?:,\d{3})+|(?:19|20)\d\d/\d\d)\d[.,;:)]*")
_ONE = frozenset("'’‘!|lI")


@dataclass(frozen=True, slots=True)
class Recognised:
    """The words and rules of a page as they stand when it is turned to be read, and its height then, in points."""

    words: list[Word]
    rules: list[dict[str, Any]]
    height: float


def recognised_words(page: Any, name: str, what: str) -> Recognised:
    """Return the words on the image of a pdfplumber page.

    Parameters
    ----------
    page
        A page without a text layer.
    name, what
        What an error names: the file, and what of it this is (``page 3``).

    Raises
    ------
    UsageError
        Where Tesseract is not installed.
    ReadError
        Where it takes too long or gives up.
    """
    wide, tall = size_of(page)
    drawn = draw(page, min(_RESOLUTION / 72, math.sqrt(_MOST_DOTS / (wide * tall))))
    grey = drawn.image.convert("L")
    lines, turn = recognise(without_rules(grey, drawn.scale), 72 * drawn.scale, name, what)
    frame = _Frame(drawn, turn, _skew(lines))
    sizes = _sizes(lines)
    words = [w for line in lines for w in _words(line, sizes[line.size], frame)]
    height = wide if turn in (90, 270) else tall
    if not _is_text(lines):
        return Recognised([], [], height)
    return Recognised(words, rules_on(turned(grey, turn), drawn.scale, frame.skew), height)


@dataclass(frozen=True, slots=True)
class _Frame:
    """Where dots of the turned and tilted image lie: level, in points; and on the page as it is drawn."""

    drawn: Drawn
    turn: int
    skew: float

    def level(self, x: float, y: float) -> tuple[float, float]:
        """Return a dot's place in points once the lines are level."""
        cos, sin = math.cos(self.skew), math.sin(self.skew)
        return (x * cos + y * sin) / self.drawn.scale, (y * cos - x * sin) / self.drawn.scale

    def on_page(self, box: Box) -> Box:
        """Return the box on the page, in points, of a box of dots."""
        wide, tall = self.drawn.image.size
        x0, top, x1, bottom = box
        match self.turn:
            case 90:
                box = top, tall - x1, bottom, tall - x0
            case 180:
                box = wide - x1, tall - bottom, wide - x0, tall - top
            case 270:
                box = wide - bottom, x0, wide - top, x1
        return self.drawn.points(box)


def _skew(lines: Sequence[OcrLine]) -> float:
    """Return the angle, in radians, by which lines fall to the right: that of the long ones."""
    long = sorted(lines, key=lambda line: line.width, reverse=True)[: max(1, len(lines) // 3)]
    slopes = [line.slope for line in long if line.width > 10 * line.size]
    return math.atan(median(slopes)) if slopes else 0.0


def _sizes(lines: Sequence[OcrLine]) -> dict[float, float]:
    """Return for each measured size of type the one that it is taken for: measuring errs by a dot or two."""
    weights: Counter[float] = Counter()
    for line in lines:
        weights[line.size] += sum(len(word.glyphs) for word in line.words) if line.tall else 0
    made: dict[float, float] = {}
    for size, weight in weights.most_common():
        alike = _ALIKE if weight else _ALIKE_LOW
        taken = min(set(made.values()), key=lambda known: abs(known - size), default=size)
        made[size] = taken if abs(taken - size) <= alike * taken else size
    return made


def _is_text(lines: Sequence[OcrLine]) -> bool:
    """Say whether most of what was found was found with confidence: else the page is a picture."""
    found = [(len(word.glyphs), word.confidence >= _SURE) for line in lines for word in line.words]
    return 2 * sum(n for n, sure in found if sure) > sum(n for n, _ in found)


def _words(line: OcrLine, size: float, frame: _Frame) -> Iterator[Word]:
    """Yield the words of a line that are worth keeping, footnote marks as words of their own."""
    parts = [part for n, word in enumerate(line.words) for part in _parts(word, line, first=n == 0)]
    made = [_word(glyphs, raised, line, size, frame) for glyphs, raised in parts]
    for n, (word, (_, raised)) in enumerate(zip(made, parts, strict=True)):
        after = made[n + 1] if n + 1 < len(made) and not parts[n + 1][1] and not raised else None
        limit = after.x0 - _GAP * word.size if after is not None else word.x1
        yield word if word.x1 <= limit else _cut(word, limit)


def _cut(word: Word, x1: float) -> Word:
    return replace(word, x0=min(word.x0, x1), x1=x1)


def _parts(word: OcrWord, line: OcrLine, *, first: bool) -> Iterator[tuple[tuple[Glyph, ...], bool]]:
    """Yield a word's characters, and by themselves those that are raised at its end; nothing where it is no word."""
    text = word.text
    if first and _is_bullet(word, line):
        yield (Glyph("•", word.box, 100.0),), False
        return
    glyphs = _without_digit_too_many(word)
    cut = len(glyphs)
    while cut > 1 and _is_raised(glyphs[cut - 1], line):
        cut -= 1
    # Not by the whole word: of a mark at its end Tesseract is seldom sure.
    signs = not any(c.isalnum() for c in text)
    if OcrWord(glyphs[:cut]).confidence < (_SURE_OF_SIGNS if signs else _SURE) or _RULE.fullmatch(text):
        return
    yield glyphs[:cut], False
    if cut < len(glyphs):
        yield glyphs[cut:], True


def _without_digit_too_many(word: OcrWord) -> tuple[Glyph, ...]:
    """Return a word's characters without a footnote mark that was not told apart from the number before it."""
    number = _NUMBER.fullmatch(word.text)
    if number is None or len(word.text) != len(word.glyphs):
        return word.glyphs
    return word.glyphs[: number.end(1)] + word.glyphs[number.end(1) + 1 :]


def _is_bullet(word: OcrWord, line: OcrLine) -> bool:
    """Say whether a line opens with a dot that stands above its baseline, whatever letter it was taken for."""
    if len(word.glyphs) != 1 or len(line.words) < 2:
        return False
    x0, top, x1, bottom = word.box
    wide, tall = x1 - x0, bottom - top
    above = line.baseline((x0 + x1) / 2) - bottom
    square = 0.7 < wide / max(tall, 1) < 1.45
    return square and tall < 0.5 * line.size and 0.08 * line.size < above < 0.4 * line.size


def _is_raised(glyph: Glyph, line: OcrLine) -> bool:
    x0, top, x1, bottom = glyph.box
    above, tall = line.baseline((x0 + x1) / 2) - bottom, bottom - top
    low, high = _MARK_HEIGHT
    return above > _RAISED * line.size and low * line.size < tall < high * line.size


def _word(glyphs: Sequence[Glyph], raised: bool, line: OcrLine, size: float, frame: _Frame) -> Word:
    """Return a word with its box as type of its size has it, from ascenders to descenders, and where its ink lies."""
    box = cover([g.box for g in glyphs])
    base = line.baseline((box[0] + box[2]) / 2)
    if raised:
        size, base = 0.6 * size, box[3]
    (x0, _), (x1, _) = frame.level(box[0], base), frame.level(box[2], base)
    foot = frame.level((box[0] + box[2]) / 2, base)[1]
    points = round(size / frame.drawn.scale, 1)
    bottom = foot + DESCENT * points
    text = drop_invisible("".join("1" if raised and g.text in _ONE else g.text for g in glyphs))
    return Word(text, x0, bottom - points, x1, bottom, points, False, place=frame.on_page(box))
