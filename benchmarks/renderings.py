"""Measures what reading costs: releases rendered as pages, PDFs, Word files and mails, scored beside their plain text.

Writes ``renderings.md``. Labels are projected onto what was read, as ``evaluate`` does; one that cannot be is a miss.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from tests.render.office import render_docx, render_mail
from tests.render.paper import render_pdf
from tests.render.parts import page_of
from tests.render.web import render_html

from benchmarks.baselines import percent
from benchmarks.machine import ROOT, header, load_before, table, write
from benchmarks.table_cells import cell_lines
from extract.annotate import find_mentions
from extract.errors import ReadError
from extract.evaluate.gold import GoldRelease, load_gold
from extract.evaluate.project import Projection
from extract.evaluate.scores import evaluate
from extract.evaluate.tally import ReleaseScore, headline
from extract.read import read_file
from extract.records import Annotated, Release
from extract.relate import relate

PUBLISHER = "Harbour Children's Trust"
SCORES = ("record_f1", "core_f1", "mention_f1")
Render = Callable[[GoldRelease], bytes | None]


def has_table(gold: GoldRelease) -> bool:
    """Say whether a release has a table: in columns of 60 mm its words would be broken where nobody breaks them."""
    return any(block.kind == "table" for block in page_of(gold).blocks)


#: By kind and variant: what makes the bytes. The ending of the file is the kind.
RENDERINGS: Mapping[tuple[str, str], Render] = {
    ("html", "a charity's newsroom"): lambda gold: render_html(gold, "a", PUBLISHER).encode(),
    ("html", "a local newspaper"): lambda gold: render_html(gold, "b", PUBLISHER).encode(),
    ("pdf", "one column"): lambda gold: render_pdf(gold, "one", PUBLISHER),
    ("pdf", "two columns"): lambda gold: None if has_table(gold) else render_pdf(gold, "two", PUBLISHER),
    ("pdf", "tables over pages"): lambda gold: render_pdf(gold, "table", PUBLISHER) if has_table(gold) else None,
    ("docx", "styles, runs cut"): render_docx,
    ("eml", "a page in layout tables"): lambda gold: render_mail(gold, "html", PUBLISHER),
    ("eml", "text, wrapped"): lambda gold: render_mail(gold, "text", PUBLISHER),
    ("eml", "text, flowed"): lambda gold: render_mail(gold, "flowed", PUBLISHER),
}


@dataclass(frozen=True, slots=True)
class Rendered:
    """A release as it was read from one rendering, and how alike its text is to the plain one."""

    gold: GoldRelease
    found: Annotated
    similarity: float


def annotated(release: Release) -> Annotated:
    """Return a release with its mentions and observations."""
    mentions = find_mentions(release)
    return Annotated(release, tuple(mentions), tuple(relate(release, mentions)))


def plain(gold: GoldRelease) -> Annotated:
    """Return what is found in the plain text."""
    return annotated(Release(gold.id, gold.text, title=gold.title, published=gold.published))


def rendered(gold: GoldRelease, render: Render, path: Path) -> Rendered | None:
    """Render a release into a file and read it; None where the kind cannot print its characters."""
    try:
        data = render(gold)
    except UnicodeEncodeError:
        # The fonts that every reader of PDF has know Windows-1252 only.
        return None
    if data is None:
        return None
    path.write_bytes(data)
    # The manifest's date goes before what the document says, as in a run: a PDF may print none.
    read = read_file(path)
    release = replace(read, id=gold.id, published=gold.published or read.published)
    return Rendered(gold, annotated(release), Projection(gold.text, release.text).similarity)


def measure(releases: Sequence[GoldRelease], folder: Path) -> dict[tuple[str, str], list[Rendered]]:
    """Return each release as it was read from each rendering."""
    found: dict[tuple[str, str], list[Rendered]] = {}
    for key, render in RENDERINGS.items():
        for gold in releases:
            path = folder / f"{gold.id}.{key[0]}"
            try:
                one = rendered(gold, render, path)
            except ReadError as error:
                raise SystemExit(f"{key}: {error}") from error
            if one is not None:
                found.setdefault(key, []).append(one)
    return found


def score(found: Sequence[Annotated], releases: Sequence[GoldRelease]) -> ReleaseScore:
    """Return the counts over some releases."""
    return evaluate(found, releases, resamples=0).total


def rows(found: Mapping[tuple[str, str], list[Rendered]], texts: Mapping[str, Annotated]) -> list[list[str]]:
    """Return a row for each rendering and, where a kind has several, one for all of it."""
    made = []
    for kind in dict.fromkeys(kind for kind, _ in found):
        variants = {name: values for (of, name), values in found.items() if of == kind}
        parts = [(f"{kind}, {name}", [values]) for name, values in variants.items()]
        for name, groups in [*parts, *([(f"**{kind}**", list(variants.values()))] if len(variants) > 1 else [])]:
            made.append(_row(name, groups, texts))
    return made


def _row(name: str, groups: Sequence[Sequence[Rendered]], texts: Mapping[str, Annotated]) -> list[str]:
    after = sum((score([r.found for r in g], [r.gold for r in g]) for g in groups), ReleaseScore("total"))
    before = sum((score([texts[r.gold.id] for r in g], [r.gold for r in g]) for g in groups), ReleaseScore("total"))
    every = [r for group in groups for r in group]
    cells = [name, str(len(every))]
    for kind in SCORES:
        one, two = headline(before, kind) or 0.0, headline(after, kind) or 0.0
        cells += [percent(one), percent(two), f"{100 * (two - one):+.2f}"]
    return [*cells, str(after.unprojected), percent(min(r.similarity for r in every))]


def lines() -> list[str]:
    """Return the section on scores."""
    releases = load_gold(ROOT / "gold", "dev")
    texts = {gold.id: plain(gold) for gold in releases}
    with tempfile.TemporaryDirectory(prefix="nspcc-renderings-") as folder:
        found = measure(releases, Path(folder))
    headings = ["rendering", "releases"]
    for kind in SCORES:
        headings += [f"{kind.replace('_f1', ' F1').replace('_', ' ')}, text", "rendered", "difference"]
    return [
        "## Rendered releases beside their plain text",
        "",
        f"The {len(releases)} `dev` releases of `gold/`, each rendered by `tests/render` in every form and read again. "
        "Labels are carried to the text that was read; one whose characters are not all there is a miss, and counted "
        "under *lost*. F1 in percent; the goal is a difference in record F1 of half a point at most. *Least alike* is "
        "the similarity of the text that differs most, white space, bullets and note marks aside.",
        "",
        *table([*headings, "lost", "least alike"], rows(found, texts)),
    ]


def main() -> None:
    """Measure and write the page."""
    load_before()
    packages = ("nspcc-extract", "pdfplumber", "trafilatura", "lxml", "reportlab")
    write("renderings.md", [*header("Renderings", "renderings", packages), *lines(), *cell_lines()])
