"""A rendered release scores as its plain text does: reading costs no more than half a point."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from tests.render.build import ROOT, read_plan
from tests.render.office import render_docx, render_mail

from extract.annotate import find_mentions
from extract.evaluate.gold import GoldRelease, load_gold
from extract.evaluate.scores import evaluate
from extract.evaluate.tally import ReleaseScore, headline
from extract.read import read_bytes, read_file
from extract.records import Annotated, Release
from extract.relate import relate

PLAN = {row.id: row for row in read_plan()}
GOLD = load_gold(ROOT / "gold")


def plain(gold: GoldRelease) -> Release:
    return Release(gold.id, gold.text, title=gold.title, published=gold.published)


def rendered(gold: GoldRelease) -> Release:
    # The manifest's date goes before what the document says, as in a run: a PDF may print none.
    found = read_file(ROOT / "corpus" / PLAN[gold.id].file)
    return replace(found, id=gold.id, published=gold.published or found.published)


def total(group: list[GoldRelease], release_of: Callable[[GoldRelease], Release]) -> ReleaseScore:
    found = []
    for gold in group:
        release = release_of(gold)
        mentions = find_mentions(release)
        found.append(Annotated(release, mentions, relate(release, mentions)))
    return evaluate(found, group, resamples=0).total


@pytest.mark.parametrize("kind", ["html", "pdf"])
def test_a_rendering_scores_within_half_a_point_of_its_plain_text(kind: str) -> None:
    compared(kind, [g for g in GOLD if PLAN[g.id].form.startswith(kind)], rendered)


@pytest.mark.parametrize("kind", ["docx", "html.eml", "text.eml", "flowed.eml"])
def test_word_files_and_mails_score_within_half_a_point_of_their_plain_text(kind: str) -> None:
    def made(gold: GoldRelease) -> Release:
        data = render_docx(gold) if kind == "docx" else render_mail(gold, kind.partition(".")[0], "A Publisher")
        found = read_bytes(data, f"a.{kind}")
        return replace(found, id=gold.id, published=gold.published or found.published)

    compared(kind, [g for g in GOLD if g.split == "dev"][::3], made)


def compared(kind: str, group: list[GoldRelease], read: Callable[[GoldRelease], Release]) -> None:
    before, after = total(group, plain), total(group, read)
    for name in ("mention_f1", "core_f1", "record_f1"):
        one, two = headline(before, name), headline(after, name)
        assert one is not None
        assert two is not None
        assert two >= one - 0.005, f"{kind} {name}: plain {one:.3f}, rendered {two:.3f}"
