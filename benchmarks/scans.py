"""Measures what OCR costs: releases rendered as scans of prints, scored beside their plain text.

Writes ``scans.md``. What is measured, and how, is as in ``renderings``.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace

import pytesseract
from tests.render.paper import render_pdf
from tests.render.scanned import scanned

from benchmarks.baselines import percent
from benchmarks.machine import ROOT, header, load_before, table, write
from benchmarks.renderings import PUBLISHER, SCORES, Rendered, annotated, has_table, plain, rows
from extract.evaluate.gold import GoldRelease, load_gold
from extract.evaluate.project import Projection
from extract.read import read_bytes
from extract.records import Annotated

#: How many releases are scanned, and at how many dots an inch.
RELEASES, DPI = 30, 200
_TABLE, _COLUMNS = ("table", "ruled tables"), (("one", "one column"), ("two", "two columns"))


@dataclass(slots=True)
class Scans:
    """What was read from scans, and what it took: pages, and seconds for all of them."""

    found: dict[tuple[str, str], list[Rendered]]
    pages: int = 0
    seconds: float = 0.0


def chosen() -> list[GoldRelease]:
    """Return the releases that are scanned: those with tables, and others in an order that says nothing of them."""
    dev = [gold for gold in load_gold(ROOT / "gold", "dev") if _printable(gold.text)]
    order = sorted(dev, key=lambda gold: (not has_table(gold), hashlib.sha256(gold.id.encode()).hexdigest()))
    return order[:RELEASES]


def _printable(text: str) -> bool:
    return text.encode("cp1252", "ignore").decode("cp1252") == text


def measure(releases: Sequence[GoldRelease]) -> Scans:
    """Return what was read from each release's scan: tables ruled, other releases in one column and in two."""
    made = Scans({})
    for gold in releases:
        for layout, name in (_TABLE,) if has_table(gold) else _COLUMNS:
            data = scanned(render_pdf(gold, layout, PUBLISHER), dpi=DPI)
            begun = time.monotonic()
            read = read_bytes(data, gold.id, ocr=True)
            made.seconds += time.monotonic() - begun
            made.pages += len(read.recognised)
            release = replace(read, id=gold.id, published=gold.published or read.published)
            one = Rendered(gold, annotated(release), Projection(gold.text, release.text).similarity)
            made.found.setdefault(("scan", name), []).append(one)
    return made


def lines(releases: Sequence[GoldRelease], texts: dict[str, Annotated]) -> list[str]:
    """Return the page's lines."""
    scans = measure(releases)
    headings = ["scan", "releases"]
    for kind in SCORES:
        headings += [f"{kind.replace('_f1', ' F1').replace('_', ' ')}, text", "scanned", "difference"]
    return [
        f"{len(releases)} `dev` releases of `gold/`, all that have tables among them, set by `tests/render/paper.py`, "
        f"drawn at {DPI} dots an inch, tilted by half a degree, with specks, as JPEG, and read with `--ocr`. Columns "
        "are as in `renderings.md`: labels are carried to the text that was read, one whose characters are not all "
        "there is a miss and counted under *lost*.",
        "",
        *table([*headings, "lost", "least alike"], rows(scans.found, texts)),
        "",
        f"Reading took {scans.seconds / scans.pages:.1f} s a page, over {scans.pages} pages, Tesseract "
        f"{pytesseract.get_tesseract_version()} in one thread. The least alike text shares "
        f"{percent(min(one.similarity for group in scans.found.values() for one in group))} percent of its characters.",
    ]


def main() -> None:
    """Measure and write the page."""
    load_before()
    releases = chosen()
    texts = {gold.id: plain(gold) for gold in releases}
    packages = ("nspcc-extract", "pdfplumber", "pypdfium2", "pytesseract", "reportlab")
    write("scans.md", [*header("Scans", "scans", packages), *lines(releases, texts)])
