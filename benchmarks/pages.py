"""Measures the readers: main text of web pages, pages of PDF a second; writes ``pages.md``."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bs4 import BeautifulSoup
from tests.read.designs import DESIGNS, Page

from benchmarks.baselines import percent
from benchmarks.machine import header, load_before, table, write
from benchmarks.pdf_pages import pdf_lines
from benchmarks.stories import Block, shingles, story, words_of
from benchmarks.texts import Writer

STORIES = 20
PUBLISHED = "2019-11-05"
Extract = Callable[[str], str]


@dataclass(frozen=True)
class Overlap:
    """Runs of words that two texts share, of so many in each."""

    shared: int = 0
    found: int = 0
    wanted: int = 0

    def __add__(self, other: Overlap) -> Overlap:
        """Return the overlap of both together."""
        return Overlap(self.shared + other.shared, self.found + other.found, self.wanted + other.wanted)

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        return 2 * self.shared / (self.found + self.wanted) if self.found + self.wanted else 0.0


def overlap(found: str, wanted: str) -> Overlap:
    """Return the overlap in runs of four words.

    >>> overlap("a b c d e", "a b c d").shared
    1
    """
    left, right = shingles(found), shingles(wanted)
    shared = sum(min(count, right.get(run, 0)) for run, count in left.items())
    return Overlap(shared, sum(left.values()), sum(right.values()))


def ours(html: str) -> str:
    """Read a page with this package."""
    from extract.read import read_bytes

    return read_bytes(html.encode(), "page.html").text


def trafilatura(html: str) -> str:
    """Read a page with trafilatura's defaults, readers' comments left out."""
    from trafilatura import extract

    return extract(html, include_comments=False) or ""


def trafilatura_precise(html: str) -> str:
    """Read a page with trafilatura, precision favoured."""
    from trafilatura import extract

    return extract(html, include_comments=False, favor_precision=True) or ""


def get_text(html: str) -> str:
    """Return all text of a page."""
    return BeautifulSoup(html, "lxml").get_text(" ")


READERS: Mapping[str, Extract] = {
    "nspcc-extract": ours,
    "trafilatura": trafilatura,
    "trafilatura, favor_precision": trafilatura_precise,
    "get_text": get_text,
}


def measure() -> dict[tuple[str, str], Overlap]:
    """Return the overlap of each reader on each design, over all stories."""
    made = [story(Writer(("news", "dense")[n % 2], seed=n)) for n in range(STORIES)]
    sums: dict[tuple[str, str], Overlap] = {}
    for design in DESIGNS:
        for number, (title, blocks) in enumerate(made):
            html = page(design, title, blocks, number)
            for name, read in READERS.items():
                found = overlap(read(html), words_of(blocks))
                sums[name, design] = sums.get((name, design), Overlap()) + found
    return sums


def page(design: str, title: str, blocks: list[Block], number: int) -> str:
    """Return a story as a page of a design."""
    return DESIGNS[design](Page(title, PUBLISHED, blocks, random.Random(f"{design}{number}")))


def main() -> None:
    """Measure and write the page."""
    load_before()
    sums = measure()
    rows = [[d, *(percent(sums[name, d].f1) for name in READERS)] for d in DESIGNS]
    total = [percent(sum((sums[name, d] for d in DESIGNS), Overlap()).f1) for name in READERS]
    packages = ("nspcc-extract", "trafilatura", "beautifulsoup4", "lxml", "pdfplumber", "pypdfium2", "reportlab")
    lines = [
        *header("Reading", "pages", packages),
        "## Main text of web pages",
        "",
        f"F1 in percent over runs of four words, {STORIES} generated stories (half of them as dense in figures as the "
        "corpus, with lists, tables, quotations and headings) in each of the ten designs of `tests/read/designs.py`. "
        "The reader's rules were written with these designs at hand, trafilatura's were not: the table says what the "
        "reader does on pages of these kinds, not on the web at large.",
        "",
        *table(["design", *READERS], [*rows, ["**all**", *total]]),
        *pdf_lines(),
    ]
    write("pages.md", lines)
