"""The assignment of observations, against brute force."""

from __future__ import annotations

import random
from itertools import permutations

import pytest
from tests.evaluate.make import observation

from extract.evaluate.align import assign, observation_pairs, partial_pairs, same_value
from extract.records import Mention


@pytest.mark.parametrize("seed", range(40))
def test_assignment_is_optimal(seed: int) -> None:
    random_ = random.Random(seed)
    rows, columns = random_.randint(1, 5), random_.randint(1, 5)
    weights = [[random_.randint(0, 9) for _ in range(columns)] for _ in range(rows)]
    pairs = assign(weights)
    assert len({r for r, _ in pairs}) == len({c for _, c in pairs}) == len(pairs) == min(rows, columns)
    short, long = sorted((rows, columns))
    best = max(
        sum(weights[i][p] if rows <= columns else weights[p][i] for i, p in enumerate(order))
        for order in permutations(range(long), short)
    )
    assert sum(weights[r][c] for r, c in pairs) == best


def test_as_many_pairs_as_possible_come_before_equal_fields() -> None:
    text = "up from 12 to 34"
    wide = observation(text, "12 to 34", value=12.0)
    wanted = [observation(text, "12", value=12.0), observation(text, "34", value=34.0)]
    # The wide one agrees with the first in every field, but taking the first would leave the exact one alone.
    assert observation_pairs(wanted, [wide, observation(text, "12", value=99.0)]) == [(0, 1), (1, 0)]


def test_observations_of_other_anchors_are_never_paired() -> None:
    text = "12 and 34"
    assert observation_pairs([observation(text, "12")], [observation(text, "34")]) == []


def test_partial_matching_is_maximal() -> None:
    # Taking the first option for the first span would leave the second without partner.
    wanted = [Mention("YEAR", 0, 10, "", None), Mention("YEAR", 10, 20, "", None)]
    found = [Mention("YEAR", 5, 15, "", None), Mention("YEAR", 0, 3, "", None)]
    assert partial_pairs(wanted, found) == [(0, 1), (1, 0)]


@pytest.mark.parametrize(
    ("left", "right", "equal"),
    [
        ((33.33, "percent"), (33.3333, "percent"), True),
        ((2, "multiple"), (2, "percent"), False),
        (("2017-04-01", "2018-03-31"), ["2017-04-01", "2018-03-31"], True),
        (None, ("2017-04-01", "2018-03-31"), False),
        ((None, 11), (None, 11), True),
        ((None, 11), (None, 15), False),
        (1300, 1300.0, True),
    ],
)
def test_values_compare_by_the_definition(left: object, right: object, equal: bool) -> None:
    assert same_value(left, right) is equal
