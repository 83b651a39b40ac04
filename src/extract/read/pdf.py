"""Reads PDFs: paragraphs in reading order, tables as grids, without running heads, page numbers and marks."""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import pdfplumber
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfplumber.utils.exceptions import PdfminerException

from extract.errors import ReadError
from extract.read.build import Piece, build, table_text, with_headline
from extract.read.clean import fold, skeleton, visible_length
from extract.read.dates import is_date_line, printed_date
from extract.read.hyphens import Hyphens
from extract.read.pdf_layout import Line, gutters, reading_order, running
from extract.read.pdf_paragraphs import Paragraph, paragraphs
from extract.read.pdf_tables import PdfTable, goes_on, join, ruled_tables
from extract.read.pdf_unruled import unruled_tables
from extract.read.pdf_words import Word, page_words, segments
from extract.records import Release

#: A release has a few pages; what has more than this is a report, and reading it whole would take minutes.
MOST_PAGES = 500
_NO_TITLE = re.compile(
    r"^(?:microsoft\s+word|untitled|\(?anonymous\)?|document\d*|slide\s*1|.*\.(?:docx?|pdf|indd|odt))", re.IGNORECASE
)
_LABEL = re.compile(
    r"(?:nspcc\s+)?(?:(?:press|news|media)\s+(?:release|statement|notice)|for\s+immediate\s+release|embargo(?:ed)?\b.*|news|nspcc)[:.]?",
    re.IGNORECASE,
)


def read_pdf(data: bytes, name: str, password: str = "") -> Release:
    """Return the release that a PDF holds.

    Raises
    ------
    ReadError
        Where it is encrypted, damaged, has no page, or its pages are images without a text layer.
    """
    return read_printed(data, name, password)[0]


def read_printed(data: bytes, name: str, password: str = "") -> tuple[Release, list[Paragraph | PdfTable]]:
    """Return the release that a PDF holds and what its blocks were made of, with the words as they are printed.

    Raises
    ------
    ReadError
        As `read_pdf` does.
    """
    pages = _parse(data, name, password)
    if not pages.words:
        problem = "holds images of pages but no text" if pages.images else "holds no text"
        raise ReadError(name, problem, "run it through OCR (ocrmypdf) first" if pages.images else "export it again")
    flow = _flow(pages)
    blocks = paragraphs(flow, Hyphens(item.text for item in flow if isinstance(item, Line)))
    title = _title(blocks, pages.title)
    head = "\n".join(b.text for b in blocks[:8] if isinstance(b, Paragraph))
    kept = _without_letterhead(_without_datelines(blocks), title)
    text, placed = build(with_headline([_piece(b) for b in kept], title))
    if not text.strip():
        raise ReadError(name, "holds no text", "export it again")
    unread = round(max(0.0, 1 - visible_length(text) / pages.printed), 4)
    release = Release(
        id=name, text=text, title=title, published=printed_date(head), reader="pdf", blocks=placed, unread=unread
    )
    return release, kept


@dataclass(slots=True)
class _Pages:
    """What the parser gives: words outside ruled tables, the tables and the height, page by page."""

    title: str = ""
    words: list[Sequence[Word]] = field(default_factory=list)
    tables: list[list[PdfTable]] = field(default_factory=list)
    heights: list[float] = field(default_factory=list)
    printed: int = 0
    images: bool = False


def _parse(data: bytes, name: str, password: str) -> _Pages:
    """Return the words and ruled tables of each page; one page at a time is in memory."""
    logging.getLogger("pdfminer").setLevel(logging.ERROR)  # its warnings about fonts help nobody who reads a release
    try:
        with pdfplumber.open(io.BytesIO(data), password=password) as document:
            count = len(document.pages)
            if count == 0:
                raise ReadError(name, "is a PDF without pages", "fetch or export it again")
            if count > MOST_PAGES:
                raise ReadError(name, f"has {count} pages", f"give a part of at most {MOST_PAGES} pages")
            return _collect(document)
    except ReadError:
        raise
    except Exception as error:  # whatever the parser trips over, the file is at fault
        raise _named(error, name) from error


def _collect(document: Any) -> _Pages:
    info = document.metadata if isinstance(document.metadata, dict) else {}
    pages = _Pages(title=fold(str(info.get("Title") or "")))
    for number, page in enumerate(document.pages, 1):
        words = page_words(page)
        before = pages.tables[-1][-1:] if pages.tables else []
        ruled = ruled_tables(page, number, words, *before)
        pages.printed += sum(len(w.text) for w in words)
        pages.images = pages.images or bool(page.images)
        pages.words.append([w for w in words if not any(_within(w, t) for t in ruled)])
        pages.tables.append(ruled)
        pages.heights.append(float(page.height))
        page.close()
    if pages.printed == 0:
        pages.words.clear()
    return pages


def _named(error: Exception, name: str) -> ReadError:
    cause = error.args[0] if isinstance(error, PdfminerException) and error.args else error
    if isinstance(cause, PDFPasswordIncorrect):
        return ReadError(name, "is encrypted with a password", "save a copy without the password")
    said = str(cause).strip().split("\n")[0][:120]
    detail = f" ({said})" if said else f" ({type(cause).__name__})"
    return ReadError(name, f"is a PDF that cannot be parsed{detail}", "fetch or export it again")


def _flow(pages: _Pages) -> list[Line | PdfTable]:
    """Return lines and tables in reading order, without running heads and feet."""
    found = [segments(words, number) for number, words in enumerate(pages.words, 1)]
    drop = running(found, pages.heights)
    known = gutters(found)
    flow: list[Line | PdfTable] = []
    for p, on_page in enumerate(found):
        kept = [s for n, s in enumerate(on_page) if (p, n) not in drop]
        plain = unruled_tables(kept, p + 1)
        used = {n for _, places in plain for n in places}
        rest = [s for n, s in enumerate(kept) if n not in used]
        flow += _joined(flow, reading_order([*rest, *pages.tables[p], *(t for t, _ in plain)], known))
    return flow


def _within(word: Word, table: PdfTable) -> bool:
    x0, top, x1, bottom = table.box
    middle = (word.x0 + word.x1) / 2, (word.top + word.bottom) / 2
    return x0 - 1 <= middle[0] <= x1 + 1 and top - 1 <= middle[1] <= bottom + 1


def _joined(flow: Sequence[Line | PdfTable], page: list[Line | PdfTable]) -> list[Line | PdfTable]:
    """Return a page's items without the table at its head that goes on from the page before."""
    last = next((item for item in reversed(flow[-6:]) if isinstance(item, PdfTable)), None)
    after = len(flow) - 1 - next((n for n, i in enumerate(flow) if i is last), -1) if last is not None else 99
    for n, item in enumerate(page[:3]):
        if isinstance(item, PdfTable):
            if last is not None and after <= 4 and goes_on(last, item):
                join(last, item)
                return page[n + 1 :] if n == 0 or _continued(page[:n]) else page[:n] + page[n + 1 :]
            break
    return page


def _continued(lines: Sequence[Line | PdfTable]) -> bool:
    return all(isinstance(i, Line) and re.search(r"\bcont(?:inued|['’]?d)?\b", i.text, re.IGNORECASE) for i in lines)


def _piece(block: Paragraph | PdfTable) -> Piece:
    if isinstance(block, PdfTable):
        return Piece("table", table_text(block.rows), page=block.page, box=block.box)
    return Piece(block.kind, block.text, page=block.page, box=block.box)


def _title(blocks: Sequence[Paragraph | PdfTable], given: str) -> str | None:
    """Return the headline: what the metadata call it if page 1 prints that, else page 1's largest type."""
    if _NO_TITLE.match(given):
        given = ""
    opening = [b for b in blocks if isinstance(b, Paragraph) and b.page == 1 and not _LABEL.fullmatch(b.text)]
    key = skeleton(given)
    for block in opening[:8]:
        if key and skeleton(block.text) == key:
            return block.text
    wordy = [b for b in opening[:12] if len(skeleton(b.text)) >= 8 and len(b.text) <= 350 and b.kind != "list_item"]
    largest = max((b.size for b in wordy), default=0.0)
    sizes = [b.size for b in blocks if isinstance(b, Paragraph) for _ in b.lines]
    body = sorted(sizes)[len(sizes) // 2] if sizes else 0.0
    if largest > 1.1 * body:
        return next(b.text for b in wordy if b.size == largest)
    if wordy and wordy[0].bold and not wordy[-1].bold:
        return wordy[0].text
    return given or (wordy[0].text if wordy and wordy[0].kind == "heading" else None)


def _without_letterhead(blocks: Sequence[Paragraph | PdfTable], title: str | None) -> list[Paragraph | PdfTable]:
    """Leave out short lines above the headline: the publisher's name, a number, "press release"."""
    key = skeleton(title or "")
    place = next((n for n, b in enumerate(blocks[:8]) if isinstance(b, Paragraph) and skeleton(b.text) == key), 0)
    return [
        b
        for n, b in enumerate(blocks)
        if n >= place or isinstance(b, PdfTable) or len(b.text) > 100 or b.text.endswith((".", "!", "?", "”"))
    ]


def _without_datelines(blocks: Sequence[Paragraph | PdfTable]) -> list[Paragraph | PdfTable]:
    """Leave out lines among the first that only say when the release was published."""
    out = []
    for n, block in enumerate(blocks):
        dateline = n < 6 and isinstance(block, Paragraph) and len(block.text) <= 80 and is_date_line(block.text)
        if not dateline:
            out.append(block)
    return out
