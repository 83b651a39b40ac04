"""Confusion and slices, counted by hand."""

from __future__ import annotations

from tests.evaluate.make import gold, mention, observation, predicted

from extract.evaluate.agreement import agreement
from extract.evaluate.compare import compare
from extract.evaluate.insight import (
    agreement_sections,
    comparison_lines,
    comparison_sections,
    confusion_section,
    observation_slice_section,
    release_slice_section,
)
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


def test_sections_show_what_was_counted() -> None:
    wanted, found = (mention(TEXT, "AREA", "Kent"),), (mention(TEXT, "FORCE", "Kent"),)
    _, headings, rows = confusion_section(confusion([predicted("a", TEXT, found)], [gold("a", TEXT, wanted)]))
    assert rows[headings.index("AREA") - 1][headings.index("FORCE")] == "1"
    assert rows[-1][-1] == ""
    o = observation(TEXT, "120", value=120.0)
    made = compare([], [predicted("a", TEXT, (), (o,))], [gold("a", TEXT, (), (o,), split="test")])
    assert "gained: 1 records" in comparison_lines(made)
    assert not any("Kent" in line for line in comparison_lines(made))
    assert any("120 number count" in line for line in comparison_lines(made, reveal_test=True))
    (_, _, changes), *_ = comparison_sections(made)
    assert ["Observations, record F1", "0.000", "1.000", "+1.000", "1.000"] in changes
    same = gold("a", TEXT, wanted, (o,))
    sections = agreement_sections(agreement([same], [same]))
    assert ["record", "1.000", "1"] in sections[0][2]
    scores = evaluate([], [same])
    assert release_slice_section("reader", release_slices(scores.releases, {"a": "pdf"}))[2] == [
        ["pdf", "–", "0.000", "0.000", "1"]
    ]
    assert observation_slice_section("bound", observation_slices([], [same], "bound"))[2] == [
        ["=", "0.000", "0.000", "1"]
    ]
