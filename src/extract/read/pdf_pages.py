"""Takes from a PDF what is printed on its pages: words, ruled tables, and words recognised on pages that are images."""

from __future__ import annotations

import io
import logging
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import pdfplumber
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfplumber.utils.exceptions import PdfminerException

from extract.errors import ExtractError, ReadError
from extract.read.clean import fold
from extract.read.ocr_words import recognised_words
from extract.read.pdf_tables import PdfTable, grids, ruled_tables
from extract.read.pdf_words import Word, page_words

#: A release has a few pages; what has more than this is a report, and reading it whole would take minutes.
MOST_PAGES = 500


@dataclass(slots=True)
class Pages:
    """What the parser gives: words outside ruled tables, the tables and the height, page by page.

    ``recognised`` are the numbers, from 1, of pages read by OCR; ``images`` those of pages that are images and were
    not read.
    """

    title: str = ""
    words: list[Sequence[Word]] = field(default_factory=list)
    tables: list[list[PdfTable]] = field(default_factory=list)
    heights: list[float] = field(default_factory=list)
    recognised: list[int] = field(default_factory=list)
    images: list[int] = field(default_factory=list)
    printed: int = 0


def read_pages(data: bytes, name: str, password: str = "", *, ocr: bool = False) -> Pages:
    """Return the words and ruled tables of each page; one page at a time is in memory.

    Parameters
    ----------
    data, name
        The PDF, and what an error calls it.
    password
        What opens it.
    ocr
        Whether pages that are images are recognised.

    Raises
    ------
    ReadError
        Where it is encrypted or damaged, has no page or too many, or a page cannot be recognised.
    UsageError
        Where a page is to be recognised and Tesseract is not installed.
    """
    logging.getLogger("pdfminer").setLevel(logging.ERROR)  # its warnings about fonts help nobody who reads a release
    try:
        with pdfplumber.open(io.BytesIO(data), password=password) as document:
            count = len(document.pages)
            if count == 0:
                raise ReadError(name, "is a PDF without pages", "fetch or export it again")
            if count > MOST_PAGES:
                raise ReadError(name, f"has {count} pages", f"give a part of at most {MOST_PAGES} pages")
            return _collect(document, name, ocr)
    except ExtractError:
        raise
    except Exception as error:  # whatever the parser trips over, the file is at fault
        raise _named(error, name) from error


def _collect(document: Any, name: str, ocr: bool) -> Pages:
    info = document.metadata if isinstance(document.metadata, dict) else {}
    pages = Pages(title=fold(str(info.get("Title") or "")))
    for number, page in enumerate(document.pages, 1):
        words = page_words(page)
        image = not words and bool(page.images)
        if image and ocr:
            read = recognised_words(page, name, f"page {number}")
            _add(pages, number, read.words, grids(page, read.rules), read.height)
            pages.recognised.append(number)
        else:
            _add(pages, number, words, grids(page), float(page.height))
            pages.images += [number] if image else []
        page.close()
    return pages


def _add(pages: Pages, number: int, words: Sequence[Word], found: Sequence[Any], height: float) -> None:
    before = pages.tables[-1][-1:] if pages.tables else []
    ruled = ruled_tables(found, number, words, *before)
    pages.printed += sum(len(w.text) for w in words)
    pages.words.append([w for w in words if not any(_within(w, t) for t in ruled)])
    pages.tables.append(ruled)
    pages.heights.append(height)


def _within(word: Word, table: PdfTable) -> bool:
    x0, top, x1, bottom = table.box
    middle = (word.x0 + word.x1) / 2, (word.top + word.bottom) / 2
    return x0 - 1 <= middle[0] <= x1 + 1 and top - 1 <= middle[1] <= bottom + 1


def _named(error: Exception, name: str) -> ReadError:
    cause = error.args[0] if isinstance(error, PdfminerException) and error.args else error
    if isinstance(cause, PDFPasswordIncorrect):
        return ReadError(name, "is encrypted with a password", "save a copy without the password")
    said = str(cause).strip().split("\n")[0][:120]
    detail = f" ({said})" if said else f" ({type(cause).__name__})"
    return ReadError(name, f"is a PDF that cannot be parsed{detail}", "fetch or export it again")
