"""Measures pages of PDF a second against plain text extraction."""

from __future__ import annotations

import csv
import io
import time
from collections.abc import Callable, Sequence

import pdfplumber
import pypdfium2
from reportlab.platypus import Flowable
from tests.read.make_pdf import BODY, HEADING, TITLE, item, para, pdf, ruled, unruled

from benchmarks.machine import ROOT, table
from benchmarks.stories import Block, story
from benchmarks.texts import Writer

DOCUMENTS = 12
ROUNDS = 3
STYLES = {"h1": TITLE, "h2": HEADING}
Files = Sequence[bytes]


def ours(data: bytes) -> None:
    """Read a PDF with this package."""
    from extract.read import read_bytes

    read_bytes(data, "release.pdf")


def plain(data: bytes) -> None:
    """Extract the plain text with pdfplumber, page after page."""
    with pdfplumber.open(io.BytesIO(data)) as document:
        for page in document.pages:
            page.extract_text()
            page.close()


def pdfium(data: bytes) -> None:
    """Extract the plain text with pypdfium2."""
    document = pypdfium2.PdfDocument(data)
    for page in document:
        page.get_textpage().get_text_range()
        page.close()
    document.close()


READERS: dict[str, Callable[[bytes], None]] = {
    "nspcc-extract": ours,
    "pdfplumber, page.extract_text()": plain,
    "pypdfium2, plain text": pdfium,
}


def flowables(blocks: list[Block]) -> list[Flowable]:
    """Return a story as what reportlab sets."""
    out: list[Flowable] = []
    for kind, value in blocks:
        if kind == "ul":
            out += [item(v) for v in value]
        elif kind == "table":
            out.append((ruled, unruled)[len(value) % 2](value))
        else:
            out.append(para(value.replace("&", "&amp;"), STYLES.get(kind, BODY)))
    return out


def made(columns: int) -> list[bytes]:
    """Return generated releases as PDFs."""
    stories = [story(Writer("dense", seed=100 + n)) for n in range(DOCUMENTS)]
    return [pdf(flowables(blocks), columns=columns, head="Press release", foot="Page %d") for _, blocks in stories]


def corpus() -> list[bytes]:
    """Return the PDFs of the corpus's ``dev`` split."""
    folder = ROOT / "corpus"
    with (folder / "manifest.csv").open(encoding="utf-8", newline="") as stream:
        rows = [row for row in csv.DictReader(stream) if row["split"] == "dev" and row["file"].endswith(".pdf")]
    return [(folder / row["file"]).read_bytes() for row in rows]


def pages_in(files: Files) -> int:
    """Return the number of pages of some PDFs."""
    return sum(len(pypdfium2.PdfDocument(data)) for data in files)


def seconds(read: Callable[[bytes], None], files: Files) -> float:
    """Return the processor time of reading all files."""
    begin = time.process_time()
    for data in files:
        read(data)
    return time.process_time() - begin


def pdf_lines() -> list[str]:
    """Return the section on PDF."""
    sets = {"generated, one column": made(1), "generated, two columns": made(2), "corpus, dev": corpus()}
    rows = []
    for name, files in sets.items():
        for read in READERS.values():
            read(files[0])
        best = {r: float("inf") for r in READERS}
        for _ in range(ROUNDS):
            best = {r: min(best[r], seconds(read, files)) for r, read in READERS.items()}
        own, base = best["nspcc-extract"], best["pdfplumber, page.extract_text()"]
        number = pages_in(files)
        rows.append([name, len(files), number, *(f"{number / t:.1f}" for t in best.values()), f"{own / base:.2f}"])
    return [
        "## Pages of PDF a second",
        "",
        f"Processor time of one process, the best of {ROUNDS} rounds in which the readers take turns, after one file "
        "each to warm up. The last column is this package's time over that of plain `page.extract_text()`; the goal is "
        "at most 2.",
        "",
        *table(["documents", "files", "pages", *READERS, "time over plain"], rows),
    ]
