"""A rendered release scores as its plain text does: reading costs no more than a point."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from tests.render.build import ROOT, read_plan

from extract.annotate import find_mentions
from extract.evaluate.gold import GoldRelease, load_gold
from extract.evaluate.scores import evaluate
from extract.evaluate.tally import ReleaseScore, headline
from extract.read import read_file
from extract.records import Annotated, Release
from extract.relate import relate

PLAN = {row.id: row for row in read_plan()}
GOLD = load_gold(ROOT / "gold")


def plain(gold: GoldRelease) -> Release:
    return Release(gold.id, gold.text, title=gold.title, published=gold.published)


def rendered(gold: GoldRelease) -> Release:
    # The date is the manifest's in both: a PDF prints none.
    return replace(read_file(ROOT / "corpus" / PLAN[gold.id].file), id=gold.id, published=gold.published)


def total(group: list[GoldRelease], release_of: Callable[[GoldRelease], Release]) -> ReleaseScore:
    found = []
    for gold in group:
        release = release_of(gold)
        mentions = find_mentions(release)
        found.append(Annotated(release, mentions, relate(release, mentions)))
    return evaluate(found, group, resamples=0).total


@pytest.mark.parametrize("kind", ["html", "pdf"])
def test_a_rendering_scores_within_a_point_of_its_plain_text(kind: str) -> None:
    group = [g for g in GOLD if PLAN[g.id].form.startswith(kind)]
    before, after = total(group, plain), total(group, rendered)
    for name in ("mention_f1", "core_f1"):
        one, two = headline(before, name), headline(after, name)
        assert one is not None
        assert two is not None
        assert two >= one - 0.01, f"{kind} {name}: plain {one:.3f}, rendered {two:.3f}"
