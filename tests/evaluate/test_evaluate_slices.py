"""Confusion and slices, counted by hand."""

from __future__ import annotations

from tests.evaluate.make import gold, mention, observation, predicted

from extract.evaluate.scores import evaluate
from extract.evaluate.slices import NOTHING, confusion, observation_slices, place_of, release_slices
from extract.evaluate.tally import Tally

TEXT = "Kent: 120 crimes in 2017/18\n\nKent Police had 260, a third online.\n• 12 in May\nKent | 7 | 8\n"


def test_confusion_counts_labels_misses_and_false_alarms() -> None:
    wanted = (
        mention(TEXT, "AREA", "Kent"),
        mention(TEXT, "COUNT", "120"),
        mention(TEXT, "FORCE", "Kent Police"),
        mention(TEXT, "PERCENTAGE", "third"),
    )
    found = (
        mention(TEXT, "FORCE", "Kent"),
        mention(TEXT, "COUNT", "120"),
        mention(TEXT, "FORCE", "Kent", occurrence=2),
        mention(TEXT, "COUNT", "12", occurrence=2),
    )
    counts = confusion([predicted("a", TEXT, found)], [gold("a", TEXT, wanted)])
    assert {pair: n for pair, n in counts.items() if n} == {
        ("AREA", "FORCE"): 1,
        ("COUNT", "COUNT"): 1,
        ("FORCE", "FORCE"): 1,
        ("PERCENTAGE", NOTHING): 1,
        (NOTHING, "COUNT"): 1,
    }


def test_places_are_told_by_the_line() -> None:
    places = [place_of(observation(TEXT, *at), TEXT) for at in (("120", 1), ("260", 1), ("12", 2), ("7", 2))]
    assert places == ["headline", "prose", "list", "table"]


def test_a_wrong_pair_counts_in_both_kinds() -> None:
    wanted = (observation(TEXT, "120", value=120.0), observation(TEXT, "third", statistic="share", unit="percent"))
    found = (observation(TEXT, "120", value=120.0), observation(TEXT, "third", statistic="change", unit="percent"))
    made = observation_slices([predicted("a", TEXT, (), found)], [gold("a", TEXT, (), wanted)], "statistic")
    assert {k: v.record for k, v in made.items()} == {
        "change": Tally(0, 1, 0),
        "count": Tally(1, 0, 0),
        "share": Tally(0, 0, 1),
    }
    places = observation_slices([predicted("a", TEXT, (), found)], [gold("a", TEXT, (), wanted)], "place")
    assert places["prose"].core == Tally(0, 1, 1)


def test_slices_of_releases_add_up_to_the_total() -> None:
    golds = [gold(i, TEXT, (mention(TEXT, "COUNT", "120"),)) for i in "abc"]
    scores = evaluate([predicted("a", TEXT, (mention(TEXT, "COUNT", "120"),))], golds)
    made = release_slices(scores.releases, {"a": "page", "b": "page"})
    assert {k: v.mentions() for k, v in made.items()} == {"page": Tally(1, 0, 1), "unknown": Tally(0, 0, 1)}
