"""Scores on cases counted by hand, and against scikit-learn."""

from __future__ import annotations

import random

import pytest
from sklearn.metrics import precision_recall_fscore_support
from tests.evaluate.make import gold, mention, observation, predicted

from extract.errors import UsageError
from extract.evaluate.scores import bootstrap, evaluate
from extract.evaluate.tally import HEADLINES, ReleaseScore, Tally, headline
from extract.records import LABELS, Mention

TEXT = "Kent Police recorded 120 offences in 2017/18 and 260 in 2018/19, up 34%."
FORCE = mention(TEXT, "FORCE", "Kent Police", "kent")
C120 = mention(TEXT, "COUNT", "120", 120)
C260 = mention(TEXT, "COUNT", "260", 260)
Y17 = mention(TEXT, "YEAR", "2017/18", ("2017-04-01", "2018-03-31"))
Y18 = mention(TEXT, "YEAR", "2018/19", ("2018-04-01", "2019-03-31"))
PCT = mention(TEXT, "PERCENTAGE", "34%", (34, "percent"))
GOLD = (FORCE, C120, Y17, C260, Y18, PCT)


def test_perfect_prediction_scores_one() -> None:
    o = (observation(TEXT, "120", value=120.0),)
    total = evaluate([predicted("a", TEXT, GOLD, o)], [gold("a", TEXT, GOLD, o)]).total
    assert [headline(total, name) for name in HEADLINES] == [1.0] * len(HEADLINES)
    assert total.strict["COUNT"] == Tally(2, 0, 0)
    assert total.strict["PLATFORM"].f1 is None


def test_strict_partial_and_value_are_counted_by_hand() -> None:
    short_force = Mention("FORCE", 0, 4, "Kent", "kent")
    wrong_value = mention(TEXT, "YEAR", "2017/18", ("2017-01-01", "2017-12-31"))
    wrong_label = mention(TEXT, "COUNT", "34%", 34)
    total = evaluate(
        [predicted("a", TEXT, (short_force, C120, wrong_value, wrong_label))], [gold("a", TEXT, GOLD)]
    ).total
    assert total.strict["FORCE"] == Tally(0, 1, 1)
    assert total.partial["FORCE"] == Tally(1, 0, 0)
    assert total.strict["COUNT"] == Tally(1, 1, 1)
    assert total.strict["YEAR"] == Tally(1, 0, 1)
    assert total.strict["PERCENTAGE"] == Tally(0, 0, 1)
    # Two hits among four found and six wanted: P 1/2, R 1/3, F1 2/5.
    assert total.mentions() == Tally(2, 2, 4)
    assert total.mentions().f1 == pytest.approx(0.4)
    assert total.mentions(partial=True) == Tally(3, 1, 3)
    assert total.value_accuracy() == pytest.approx(1 / 2)


def test_area_counts_only_among_six() -> None:
    area = mention(TEXT, "AREA", "Kent", "kent")
    total = evaluate([predicted("a", TEXT, (C120, area))], [gold("a", TEXT, (C120,))]).total
    assert total.mentions() == Tally(1, 0, 0)
    assert total.mentions(LABELS) == Tally(1, 1, 0)


def test_empty_prediction_and_missing_prediction_miss_everything() -> None:
    o = (observation(TEXT, "120"), observation(TEXT, "260"))
    for predictions in ([predicted("a", TEXT)], []):
        scores = evaluate(predictions, [gold("a", TEXT, GOLD, o)])
        assert scores.total.mentions() == Tally(0, 0, 6)
        assert scores.total.record == Tally(0, 0, 2)
        assert scores.total.mentions().precision is None
        assert scores.total.mentions().f1 == 0
        assert scores.missing == (() if predictions else ("a",))


def test_duplicates_are_false_alarms() -> None:
    o = observation(TEXT, "120")
    total = evaluate([predicted("a", TEXT, (C120, C120), (o, o, o))], [gold("a", TEXT, (C120,), (o,))]).total
    assert total.strict["COUNT"] == Tally(1, 1, 0)
    assert total.partial["COUNT"] == Tally(1, 1, 0)
    assert total.record == Tally(1, 2, 0)


def test_adjacent_spans_do_not_overlap() -> None:
    text = "12 34"
    left, right = Mention("COUNT", 0, 2, "12", 12), Mention("COUNT", 2, 5, " 34", 34)
    total = evaluate([predicted("a", text, (right,))], [gold("a", text, (left,))]).total
    assert total.partial["COUNT"] == Tally(0, 1, 1)


def test_two_documents_are_not_merged() -> None:
    # The same offsets in another release are no hit.
    one, two = gold("a", TEXT, (C120,)), gold("b", TEXT, (C260, Y18))
    scores = evaluate([predicted("a", TEXT, (C260,)), predicted("b", TEXT, (C260,))], [one, two])
    assert [r.mentions() for r in scores.releases] == [Tally(0, 1, 1), Tally(1, 0, 1)]
    assert scores.total.mentions() == Tally(1, 1, 2)


def test_distributive_observations_on_one_anchor_pair_by_their_fields() -> None:
    year = ("2017-04-01", "2018-03-31"), ("2018-04-01", "2019-03-31")
    wanted = tuple(observation(TEXT, "120", value=120.0, period=p, geography=("kent",)) for p in year)
    # In the other order, one with a wrong geography: pairing in order would make both wrong.
    found = (
        observation(TEXT, "120", value=120.0, period=year[1], geography=("kent",)),
        observation(TEXT, "120", value=120.0, period=year[0], geography=("essex",)),
    )
    total = evaluate([predicted("a", TEXT, (), found)], [gold("a", TEXT, (), wanted)]).total
    assert total.record == Tally(1, 1, 1)
    assert total.fields["period"].accuracy == 1
    assert total.fields["geography"].accuracy == 0.5


def test_core_ignores_the_other_fields_and_flags_enter_no_score() -> None:
    wanted = observation(TEXT, "120", flags=("period_inferred",))
    found = observation(TEXT, "120", bound=">", flags=("arithmetic_mismatch",))
    total = evaluate([predicted("a", TEXT, (), (found,))], [gold("a", TEXT, (), (wanted,))]).total
    assert (total.core, total.record) == (Tally(1, 0, 0), Tally(0, 1, 1))
    assert total.flags["period_inferred"] == Tally(0, 0, 1)
    assert total.flags["arithmetic_mismatch"] == Tally(0, 1, 0)
    same = evaluate([predicted("a", TEXT, (), (observation(TEXT, "120"),))], [gold("a", TEXT, (), (wanted,))]).total
    assert same.record == Tally(1, 0, 0)


@pytest.mark.parametrize(("value", "right"), [(33.33, True), (33.34, True), (33.345, False), (33.0, False)])
def test_numbers_are_equal_within_a_hundredth(value: float, right: bool) -> None:
    wanted, found = observation(TEXT, "34%", value=33.33), observation(TEXT, "34%", value=value)
    total = evaluate([predicted("a", TEXT, (), (found,))], [gold("a", TEXT, (), (wanted,))]).total
    assert total.record.tp == right


def test_two_predictions_for_one_release_are_refused() -> None:
    with pytest.raises(UsageError, match="two predictions for a"):
        evaluate([predicted("a", TEXT), predicted("a", TEXT)], [gold("a", TEXT)])


def test_predictions_for_other_releases_are_named() -> None:
    assert evaluate([predicted("b", TEXT)], [gold("a", TEXT)]).ignored == ("b",)


@pytest.mark.parametrize("seed", range(5))
def test_precision_recall_f1_agree_with_scikit_learn(seed: int) -> None:
    # Token by token, each token one span or none, the strict scores are those of a multi-class problem.
    random_ = random.Random(seed)
    tokens = [f"w{i}" for i in range(400)]
    text = " ".join(tokens)
    starts = [text.index(t) for t in tokens]
    choices = [*LABELS, "O", "O", "O"]
    truth = [random_.choice(choices) for _ in tokens]
    guess = [t if random_.random() < 0.7 else random_.choice(choices) for t in truth]

    def spans(labels: list[str]) -> tuple[Mention, ...]:
        rows = zip(labels, starts, tokens, strict=True)
        return tuple(Mention(x, s, s + len(t), t, None) for x, s, t in rows if x != "O")  # type: ignore[arg-type]

    total = evaluate([predicted("a", text, spans(guess))], [gold("a", text, spans(truth))]).total
    by_label = precision_recall_fscore_support(truth, guess, labels=list(LABELS))
    for index, label in enumerate(LABELS):
        tally = total.strict[label]
        ours = (tally.precision, tally.recall, tally.f1, tally.tp + tally.fn)
        assert ours == pytest.approx(tuple(column[index] for column in by_label))
    micro = precision_recall_fscore_support(truth, guess, labels=list(LABELS), average="micro")
    ours = (total.mentions(LABELS).precision, total.mentions(LABELS).recall, total.mentions(LABELS).f1)
    assert ours == pytest.approx(micro[:3])
    macro = precision_recall_fscore_support(truth, guess, labels=list(LABELS), average="macro")
    assert total.macro_f1(LABELS) == pytest.approx(macro[2])


def test_bootstrap_is_seeded_and_encloses_the_score() -> None:
    def release(number: int, hits: int) -> ReleaseScore:
        return ReleaseScore(str(number), record=Tally(hits, 10 - hits, 10 - hits))

    releases = [release(n, hits) for n, hits in enumerate([2, 5, 7, 9, 10, 4, 8])]
    first, again = bootstrap(releases, 2000, 1), bootstrap(releases, 2000, 1)
    assert first == again
    assert 0.4 < first["record_f1"].low < 45 / 70 < first["record_f1"].high < 0.85
    assert "mention_f1" not in first


def test_bootstrap_of_equal_releases_has_no_width() -> None:
    releases = [ReleaseScore(str(n), record=Tally(1, 1, 1)) for n in range(5)]
    interval = bootstrap(releases, 200, 1)["record_f1"]
    assert (interval.low, interval.high) == (0.5, 0.5)
