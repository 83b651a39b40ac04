"""Runs an image of a page through Tesseract, held to one thread and to a time limit.

Tesseract is a program of its own. It gets one temporary file with a PNG image that was drawn here, and its options are
fixed: neither a name nor a character of the document comes near its command line.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from importlib.util import find_spec
from shutil import which

from PIL import Image

from extract.errors import ReadError, UsageError
from extract.read.ocr_lines import OcrLine, read_hocr, turn_of
from extract.read.pdf_tables import FIGURE
from extract.read.pdf_words import overlap

#: Seconds that Tesseract may take for one page: a full page of print takes it about three.
SECONDS = 60.0
#: Tesseract's modes: text scattered over the page, with its orientation told (12) or known (11); and rows from edge to
#: edge (4). Columns, tables and the order of reading are left to the readers, which know headings and running heads.
_TOLD, _KNOWN, _ROWS = 12, 11, 4
#: So many figures alone are cells of a table, of which the first two modes pass over those of one sign.
_CELLS = 3
_LANGUAGE = "eng"
_INSTALL = (
    "install it: apt-get install tesseract-ocr (Debian, Ubuntu), brew install tesseract (macOS), "
    "winget install UB-Mannheim.TesseractOCR and its folder on PATH (Windows)"
)


@cache
def require() -> None:
    """See to it that images can be recognised.

    Raises
    ------
    UsageError
        Where the Python package or the program is not installed, with what to do.
    """
    if find_spec("pytesseract") is None:
        raise UsageError("--ocr", "needs pytesseract, which is not installed", "pip install 'nspcc-extract[ocr]'")
    if which("tesseract") is None:
        raise UsageError("--ocr", "needs Tesseract, which is not installed", _INSTALL)


def recognise(image: Image.Image, resolution: float, name: str, what: str) -> tuple[list[OcrLine], int]:
    """Return the lines on an image, and by how many degrees it was turned clockwise to read them: 0, 90, 180, 270.

    Parameters
    ----------
    image
        The page, in shades of grey.
    resolution
        Its dots an inch.
    name, what
        What an error names: the file, and what of it this is (``page 3``).

    Returns
    -------
    list of OcrLine, int
        The boxes of the lines are those of the turned image.

    Raises
    ------
    UsageError
        Where Tesseract or its binding is not installed.
    ReadError
        Where it takes too long or gives up.
    """
    require()
    lines = read_hocr(_hocr(image, resolution, _TOLD, name, what))
    turn = turn_of(lines)
    upright = turned(image, turn)
    if turn:
        lines = read_hocr(_hocr(upright, resolution, _KNOWN, name, what))
    if sum(len(line.words) == 1 and FIGURE.fullmatch(line.words[0].text) is not None for line in lines) >= _CELLS:
        lines = _mended(lines, read_hocr(_hocr(upright, resolution, _ROWS, name, what)))
    return lines, turn


def _mended(lines: Sequence[OcrLine], again: Sequence[OcrLine]) -> list[OcrLine]:
    """Return lines with the figures of a second reading where the first found nothing, or one word less surely."""
    kept = list(lines)
    for line in again:
        for word in line.words:
            if FIGURE.fullmatch(word.text) is None:
                continue
            under = [one for one in kept if any(overlap(word.box, other.box) for other in one.words)]
            if all(len(one.words) == 1 and one.words[0].confidence < word.confidence for one in under):
                kept = [one for one in kept if all(one is not other for other in under)]
                kept.append(replace(line, words=(word,)))
    return kept


def turned(image: Image.Image, degrees: int) -> Image.Image:
    """Return an image turned clockwise by a multiple of 90 degrees."""
    ways = {
        90: Image.Transpose.ROTATE_270,
        180: Image.Transpose.ROTATE_180,
        270: Image.Transpose.ROTATE_90,
    }
    return image.transpose(ways[degrees]) if degrees else image


def _hocr(image: Image.Image, resolution: float, mode: int, name: str, what: str) -> bytes:
    import pytesseract

    # Several workers of a run each start one; their threads would wait for each other.
    os.environ["OMP_THREAD_LIMIT"] = "1"
    config = f"--psm {mode} --dpi {resolution:.0f} -c hocr_char_boxes=1"
    try:
        made = pytesseract.image_to_pdf_or_hocr(image, lang=_LANGUAGE, config=config, extension="hocr", timeout=SECONDS)
    except pytesseract.TesseractError as error:
        problem = f"holds {what}, which cannot be recognised ({' '.join(str(error.message).split())[:160]})"
        raise ReadError(name, problem, "see that Tesseract has its data for English (eng, osd)") from error
    except RuntimeError as error:  # what pytesseract raises at its time limit
        problem = f"holds {what}, on which Tesseract took longer than {SECONDS:g} s"
        raise ReadError(name, problem, "leave it out or scan it anew") from error
    return made if isinstance(made, bytes) else made.encode()
