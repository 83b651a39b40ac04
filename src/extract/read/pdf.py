"""Reads PDFs: paragraphs in reading order, tables as grids, without running heads, page numbers and marks."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.errors import ReadError
from extract.read.build import Piece, build, table_text, with_headline
from extract.read.clean import skeleton, visible_length
from extract.read.dates import is_date_line, printed_date
from extract.read.hyphens import Hyphens
from extract.read.pdf_layout import Line, gutters, reading_order, running
from extract.read.pdf_pages import Pages, read_pages
from extract.read.pdf_paragraphs import Paragraph, paragraphs
from extract.read.pdf_tables import PdfTable, goes_on, join
from extract.read.pdf_unruled import unruled_tables
from extract.read.pdf_words import Box, Word, cover, segments
from extract.records import Release

_NO_TITLE = re.compile(
    r"^(?:microsoft\s+word|untitled|\(?anonymous\)?|document\d*|slide\s*1|.*\.(?:docx?|pdf|indd|odt))", re.IGNORECASE
)
_LABEL = re.compile(
    r"(?:nspcc\s+)?(?:(?:press|news|media)\s+(?:release|statement|notice)|for\s+immediate\s+release|embargo(?:ed)?\b.*|news|nspcc)[:.]?",
    re.IGNORECASE,
)


def read_pdf(data: bytes, name: str, password: str = "", *, ocr: bool = False) -> Release:
    """Return the release that a PDF holds; with ``ocr``, pages that are images are recognised.

    Raises
    ------
    ReadError
        Where it is encrypted, damaged, has no page, or holds no text: without ``ocr``, where its pages are images.
    UsageError
        Where a page is to be recognised and Tesseract is not installed.
    """
    return read_printed(data, name, password, ocr=ocr)[0]


def read_printed(
    data: bytes, name: str, password: str = "", *, ocr: bool = False
) -> tuple[Release, list[Paragraph | PdfTable]]:
    """Return the release that a PDF holds and what its blocks were made of, with the words as they are printed.

    Parameters and errors are those of `read_pdf`.
    """
    pages = read_pages(data, name, password, ocr=ocr)
    if not pages.printed:
        raise _without_text(pages, name)
    flow = _flow(pages)
    blocks = paragraphs(flow, Hyphens(item.text for item in flow if isinstance(item, Line)))
    title = _title(blocks, pages.title)
    head = "\n".join(b.text for b in blocks[:8] if isinstance(b, Paragraph))
    kept = _without_letterhead(_without_datelines(blocks), title)
    text, placed = build(with_headline([_piece(b) for b in kept], title))
    if not text.strip():
        raise ReadError(name, "holds no text", "export it again")
    release = Release(
        id=name,
        text=text,
        title=title,
        published=printed_date(head),
        reader="pdf+ocr" if pages.recognised else "pdf",
        blocks=placed,
        unread=round(max(0.0, 1 - visible_length(text) / pages.printed), 4),
        recognised=tuple(pages.recognised),
        images=tuple(pages.images),
    )
    return release, kept


def _without_text(pages: Pages, name: str) -> ReadError:
    if pages.images:
        mend = "read it with --ocr, or run it through OCR (ocrmypdf) first"
        return ReadError(name, "holds images of pages but no text", mend)
    if pages.recognised:
        return ReadError(name, "holds images in which no text could be recognised", "scan it anew, at 300 dots an inch")
    return ReadError(name, "holds no text", "export it again")


def _flow(pages: Pages) -> list[Line | PdfTable]:
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
        return Piece("table", table_text(block.rows), page=block.page, box=box_on_page(block))
    return Piece(block.kind, block.text, page=block.page, box=box_on_page(block))


def printed_words(block: Paragraph | PdfTable) -> list[tuple[int, Word]]:
    """Return the words that a block was made of, each with its page."""
    if isinstance(block, PdfTable):
        return block.printed
    return [(s.page, word) for line in block.lines for s in line.segments for word in s.words]


def box_on_page(block: Paragraph | PdfTable) -> Box:
    """Return a block's box on its first page as it is drawn: a page that is an image may be turned or tilted."""
    places = [word.place for page, word in printed_words(block) if page == block.page and word.place is not None]
    return cover(places) if places else block.box


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
