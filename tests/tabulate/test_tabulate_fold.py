"""Folding: what agrees is one figure with several sources, what does not is a revision or a conflict."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.tabulate.fold import Statement, both_agree, fold, step


def said(value, bound="=", release="a", published="2019-01-01", start=0, unit="number", words=False):
    return Statement(f"{release}{start}", release, published, start, value, bound, unit, words)


@pytest.mark.parametrize(
    ("value", "place"), [(4000, 1000), (3936, 1), (1400, 100), (260, 10), (34.2, 0.1), (33.33, 0.01), (0, 1), (-20, 10)]
)
def test_step_is_the_place_of_the_last_digit_that_counts(value, place):
    assert step(value) == pytest.approx(place)


@pytest.mark.parametrize(
    ("vague", "exact", "agrees"),
    [
        (said(4000, "~"), said(3936), True),
        (said(4000, "~"), said(3400), False),
        (said(4000, ">"), said(4373), True),
        (said(4000, ">"), said(9000), False),
        (said(4000, ">"), said(3999), False),
        (said(4000, "<"), said(3936), True),
        (said(4000, "<"), said(4001), False),
        # A plainly stated round number is a rounding inside one release, and another number across two.
        (said(1400), said(1391), True),
        (said(1400), said(1391, release="b"), False),
        # One zero at the end is no sign of rounding: 260 revised to 264 is a revision.
        (said(260), said(264), False),
        (said(34, unit="percent"), said(34.2, unit="percent"), True),
        (said(34, unit="percent"), said(36, unit="percent"), False),
        (said(25, unit="percent", words=True), said(26, unit="percent"), True),
        (said(25, unit="percent", words=True), said(31, unit="percent"), False),
        (said(2, unit="multiple", words=True), said(1.9, unit="multiple"), True),
        (said(7), said(7), True),
        (said(0), said(1), False),
    ],
)
def test_agreement(vague, exact, agrees):
    assert both_agree(vague, exact) is agrees


def test_the_exact_form_beats_the_rounded_one_of_the_same_release():
    folded = fold([said(4000, "~", start=1), said(3936, start=9)])
    assert (folded.taken.value, folded.taken.bound) == (3936, "=")
    assert folded.roles == {"a1": "rounded", "a9": "taken"}
    assert not folded.revised
    assert not folded.disagreeing


def test_an_exact_form_in_an_older_release_beats_a_rounded_one_in_the_latest():
    old, new = said(3936, release="old", published="2018-01-01"), said(4000, "~", release="new", published="2020-01-01")
    folded = fold([old, new])
    assert folded.taken == old
    assert [s.release_id for s in folded.agreeing] == ["new", "old"]
    assert not folded.revised


def test_a_later_release_revises_and_the_earlier_value_stays_listed():
    old, new = said(260, release="old", published="2019-01-01"), said(264, release="new", published="2020-01-01")
    folded = fold([old, new])
    assert folded.taken == new
    assert folded.by_release == (new, old)
    assert folded.revised
    assert folded.roles == {"new0": "taken", "old0": "revised"}


def test_a_release_without_a_date_does_not_revise_a_dated_one():
    undated, dated = said(260, release="a", published=None), said(264, release="b")
    assert fold([undated, dated]).taken == dated


def test_what_most_statements_of_a_release_support_is_taken_and_the_other_is_a_conflict():
    folded = fold([said(141, start=1), said(140, start=5), said(141, start=9)])
    assert folded.taken.value == 141
    assert [(s.value, chosen.value) for s, chosen in folded.disagreeing] == [(140, 141)]
    assert folded.roles["a5"] == "conflicting"


def test_a_hedge_that_two_exact_values_fit_does_not_beat_them():
    folded = fold([said(100, ">", start=1), said(141, start=5), said(150, start=9)])
    assert folded.taken.bound == "="
    assert len(folded.disagreeing) == 1


STATEMENTS = st.lists(
    st.tuples(st.integers(0, 5000), st.sampled_from("=><~"), st.sampled_from("abc")), min_size=1, max_size=8
)


@given(STATEMENTS)
def test_every_statement_has_a_role_and_the_order_of_input_does_not_matter(rows):
    published = {"a": "2018-01-01", "b": "2019-01-01", "c": None}
    statements = [said(float(v), b, r, published[r], start=i) for i, (v, b, r) in enumerate(rows)]
    folded = fold(statements)
    assert set(folded.roles) == {s.observation_id for s in statements}
    assert list(folded.roles.values()).count("taken") == 1
    assert folded.taken in folded.agreeing or folded.taken.release_id in {s.release_id for s in folded.agreeing}
    assert fold(reversed(statements)) == folded
