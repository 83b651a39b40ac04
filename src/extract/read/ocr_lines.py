"""Reads what Tesseract found on an image: lines of words with the box of each character, in dots of the image."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from statistics import median

from lxml import etree

from extract.read.pdf_words import Box, cover

#: Letters as high as capitals and figures, low letters, and the shares of the type size that they are high.
_TALL, _HEIGHT = re.compile(r"[A-Zbdfhkl0-9]"), 0.73
_LOW, _LOW_HEIGHT = re.compile(r"[acemnorsuvwxz]"), 0.52
#: The share of the type size that Tesseract calls a line's size: from ascenders to descenders.
_SIZE = 0.95
_NUMBERS = re.compile(r"(\w+) ((?:-?[\d.]+ ?)+)")


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character, its box, and how sure Tesseract is of it, 0 to 100."""

    text: str
    box: Box
    confidence: float


@dataclass(frozen=True, slots=True)
class OcrWord:
    """A word by its characters."""

    glyphs: tuple[Glyph, ...]

    @property
    def text(self) -> str:
        """Its characters."""
        return "".join(g.text for g in self.glyphs)

    @property
    def confidence(self) -> float:
        """How sure Tesseract is of its least sure character, 0 to 100."""
        return min(g.confidence for g in self.glyphs)

    @property
    def box(self) -> Box:
        """The box of its ink."""
        return cover([g.box for g in self.glyphs])


@dataclass(frozen=True)
class OcrLine:
    """Words on one baseline, which runs through ``(x, y)`` and falls by ``slope`` for each dot to the right."""

    words: tuple[OcrWord, ...]
    x: float
    y: float
    slope: float
    nominal: float
    angle: int = 0

    @cached_property
    def tall(self) -> bool:
        """Whether the line has capitals, figures or letters as high: else its size is an estimate."""
        return bool(self._heights(_TALL))

    @cached_property
    def size(self) -> float:
        """The type size: by the height of its letters, else as Tesseract reckons it."""
        for letters, share in ((_TALL, _HEIGHT), (_LOW, _LOW_HEIGHT)):
            heights = self._heights(letters)
            if heights:
                return max(1.0, round(median(heights) / share, 1))
        return max(1.0, round(self.nominal / _SIZE, 1))

    def _heights(self, letters: re.Pattern[str]) -> list[float]:
        glyphs = (glyph for word in self.words for glyph in word.glyphs)
        return [g.box[3] - g.box[1] for g in glyphs if letters.fullmatch(g.text)]

    @property
    def width(self) -> float:
        """From the first word to the last."""
        return self.words[-1].box[2] - self.words[0].box[0]

    def baseline(self, x: float) -> float:
        """Return the height, from the top, at which letters stand at ``x``."""
        return self.y + self.slope * (x - self.x)


def read_hocr(data: bytes) -> list[OcrLine]:
    """Return the lines of an hOCR page."""
    # The text in it comes from a document: nothing it may seem to refer to is opened.
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True, huge_tree=False)
    root = etree.fromstring(data, parser)
    if root is None:
        return []
    found = (_line(element) for element in root.iter("{*}span") if element.get("class", "") in _LINES)
    return [line for line in found if line is not None]


_LINES = frozenset({"ocr_line", "ocr_header", "ocr_caption", "ocr_textfloat"})


def _line(element: etree._Element) -> OcrLine | None:
    about = _numbers(element)
    words = tuple(w for w in map(_word, _of(element, "ocrx_word")) if w is not None)
    box = about.get("bbox", ())
    if not words or len(box) != 4:
        return None
    slope, offset = (*about.get("baseline", ()), 0.0, 0.0)[:2]
    nominal = (*about.get("x_size", ()), box[3] - box[1])[0]
    angle = int((*about.get("textangle", ()), 0)[0])
    return OcrLine(words, box[0], box[3] + offset, slope, nominal, angle)


def _word(element: etree._Element) -> OcrWord | None:
    glyphs = [_glyph(part) for part in _of(element, "ocrx_cinfo")]
    kept = tuple(g for g in glyphs if g is not None)
    return OcrWord(kept) if kept else None


def _glyph(element: etree._Element) -> Glyph | None:
    about = _numbers(element)
    box, sure = about.get("x_bboxes", ()), (*about.get("x_conf", ()), 0.0)[0]
    text = (element.text or "").strip()
    return Glyph(text, (box[0], box[1], box[2], box[3]), sure) if text and len(box) == 4 else None


def _of(element: etree._Element, kind: str) -> list[etree._Element]:
    return [e for e in element.iter("{*}span") if e.get("class") == kind]


def _numbers(element: etree._Element) -> dict[str, tuple[float, ...]]:
    """Return what an element's title says: names with their numbers."""
    return {m[1]: tuple(map(float, m[2].split())) for m in _NUMBERS.finditer(element.get("title", ""))}


def turn_of(lines: Sequence[OcrLine]) -> int:
    """Return by how many degrees clockwise the image must be turned for most of its characters to stand upright."""
    angles: Counter[int] = Counter()
    for line in lines:
        angles[line.angle % 360] += sum(len(word.glyphs) for word in line.words)
    most = angles.most_common(1)[0][0] if angles else 0
    return most if most in (90, 180, 270) else 0
