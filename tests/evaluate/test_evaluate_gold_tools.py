"""Writing, checking and comparing gold files."""

from __future__ import annotations

import json
import random
from dataclasses import replace
from pathlib import Path

import pytest
from sklearn.metrics import cohen_kappa_score
from tests.evaluate.make import gold, mention, observation, predicted

from extract.errors import GoldError
from extract.evaluate.agreement import agreement, cohen_kappa, krippendorff_alpha
from extract.evaluate.check import check, unfilled
from extract.evaluate.gold import load_gold, parse_gold
from extract.evaluate.goldfile import draft, gold_data, gold_json
from extract.evaluate.tally import Tally

ROOT = Path(__file__).parents[2]
IDS = sorted(p.stem for p in (ROOT / "gold").glob("*.json"))
BY_ID = {g.id: g for g in load_gold(ROOT / "gold")}
TEXT = "Kent Police recorded 120 offences in 2017/18, 14 a week, and a third of them were online."


@pytest.mark.parametrize("id", IDS)
def test_a_gold_file_survives_reading_and_writing(id: str) -> None:
    again = parse_gold(json.loads(gold_json(gold_data(BY_ID[id]))), id)
    # Compared without showing it: the texts of the test split are not to be seen.
    assert (again == BY_ID[id]) is True


def test_a_draft_is_refused_until_its_status_is_gone() -> None:
    data = draft(predicted("a", TEXT, (mention(TEXT, "COUNT", "120", 120),), (observation(TEXT, "120", value=120.0),)))
    with pytest.raises(GoldError, match="is a draft"):
        parse_gold(data, "a")
    del data["status"]
    assert parse_gold(data, "a").observations[0].value == 120


def test_every_number_is_accounted_for() -> None:
    release = gold("a", TEXT, (mention(TEXT, "COUNT", "120", 120), mention(TEXT, "YEAR", "2017/18")))
    assert [r.why for r in check(release)] == ["number '14' is no mention", "number 'third' is no mention"]


def test_doubtful_records_are_remarked() -> None:
    m = (
        mention(TEXT, "COUNT", "120", 120),
        mention(TEXT, "YEAR", "2017/18"),
        mention(TEXT, "COUNT", "14", 14),
        mention(TEXT, "PERCENTAGE", "third", (33.33, "percent")),
        mention(TEXT, "AREA", "Kent", "old-kent-road"),
    )
    o = (
        observation(TEXT, "120", value=12.0),
        observation(TEXT, "14", value=14.0, statistic="rate", unit="per_week"),
        observation(TEXT, "third", value=-33.33, statistic="change", unit="percent"),
        observation(TEXT, "third", value=-33.33, statistic="change", unit="percent"),
        observation(TEXT, "14", value=14.0, period=("2017-04-01", "2018-03-31"), base=("2018-04-01", "2019-03-31")),
    )
    whys = [r.why for r in check(gold("a", TEXT, m, o))]
    assert whys == [
        "place 'old-kent-road' is not in the vocabulary",
        "value 12 number on an anchor of value 120",
        "a count with a base",
        "the base is later than the period",
        "the same observation stands twice",
    ]
    assert unfilled(gold("a", TEXT, m, o))["base"] == 4


def test_agreement_of_a_file_with_itself_is_whole() -> None:
    dev = load_gold(ROOT / "gold", "dev")
    made = agreement(dev, dev)
    assert (made.mentions.f1, made.record.f1, made.alpha) == (1, 1, 1)
    assert {k for k in made.kappa.values() if k is not None} == {1}


def test_agreement_is_the_same_both_ways() -> None:
    a = gold("a", TEXT, (mention(TEXT, "COUNT", "120"), mention(TEXT, "COUNT", "14")), (observation(TEXT, "120"),))
    b = replace(a, mentions=a.mentions[:1], observations=(observation(TEXT, "120", bound=">"),))
    one, two = agreement([a], [b]), agreement([b], [a])
    assert (one.mentions, two.mentions) == (Tally(1, 0, 1), Tally(1, 1, 0))
    assert one.mentions.f1 == two.mentions.f1
    assert one.alpha == pytest.approx(two.alpha)
    assert one.record.f1 == 0
    assert one.core.f1 == 1


def test_agreement_needs_the_same_texts() -> None:
    with pytest.raises(GoldError, match="only one annotator has b"):
        agreement([gold("a", TEXT)], [gold("a", TEXT), gold("b", TEXT)])
    with pytest.raises(GoldError, match="texts of a differ"):
        agreement([gold("a", TEXT)], [gold("a", TEXT + "!")])


@pytest.mark.parametrize("seed", range(5))
def test_kappa_agrees_with_scikit_learn(seed: int) -> None:
    random_ = random.Random(seed)
    left = [random_.choice("abc") for _ in range(60)]
    right = [x if random_.random() < 0.6 else random_.choice("abcd") for x in left]
    pairs = list(zip(left, right, strict=True))
    assert cohen_kappa(pairs) == pytest.approx(cohen_kappa_score(left, right))


def test_alpha_of_the_textbook_example() -> None:
    # Krippendorff 2011, section A: two observers, ten binary units.
    left, right = "0100000010", "1110010000"
    assert krippendorff_alpha(zip(left, right, strict=True)) == pytest.approx(0.095, abs=5e-4)
    assert krippendorff_alpha([("a", "a")]) is None
    assert cohen_kappa([("a", "a")]) is None
    assert cohen_kappa([]) is None
