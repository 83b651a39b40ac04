"""Comparison of two runs: gains, losses and the permutation test."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from tests.evaluate.make import gold, observation, predicted

from extract.evaluate.compare import compare, permutation_p

TEXT = "Police recorded 120 offences in 2017/18 and 260 in 2018/19."
WANTED = (observation(TEXT, "120", value=120.0), observation(TEXT, "260", value=260.0))


def test_gained_and_lost_records_are_named_with_their_sentence() -> None:
    before = [predicted("a", TEXT, (), WANTED[:1])]
    after = [predicted("a", TEXT, (), WANTED[1:])]
    made = compare(before, after, [gold("a", TEXT, (), WANTED)])
    assert [(r.release, r.observation, r.sentence) for r in made.gained] == [("a", WANTED[1], TEXT)]
    assert [r.observation for r in made.lost] == [WANTED[0]]
    record = next(c for c in made.changes if c.name == "record_f1")
    assert (record.difference, record.p) == (0, 1)
    mentions = next(c for c in made.changes if c.name == "mention_f1")
    assert (mentions.before, mentions.p) == (None, None)


def test_records_keep_their_place_where_labels_are_lost_to_a_rendering() -> None:
    cut = "Police recorded some. And 260 in 2018/19."
    after = [predicted("a", cut, (), (observation(cut, "260", value=260.0),))]
    made = compare([], after, [gold("a", TEXT, (), WANTED)])
    assert [r.observation.value for r in made.gained] == [260]


def test_the_p_value_is_that_of_all_exchanges() -> None:
    before = np.array([[2, 10], [4, 10], [6, 12], [1, 8], [5, 10]], dtype=float)
    after = np.array([[6, 10], [6, 10], [8, 12], [5, 9], [4, 10]], dtype=float)

    def difference(swaps: tuple[int, ...]) -> float:
        pairs = [(a, b) if s == 0 else (b, a) for s, b, a in zip(swaps, before, after, strict=True)]
        one, two = sum(a for a, _ in pairs), sum(b for _, b in pairs)
        return float(abs(one[0] / one[1] - two[0] / two[1]))

    observed = difference((0,) * 5)
    exact = np.mean([difference(s) >= observed - 1e-12 for s in product((0, 1), repeat=5)])
    assert permutation_p(before, after, 20_000, 1) == pytest.approx(exact, abs=0.01)


def test_equal_runs_do_not_differ_and_better_ones_do() -> None:
    golds = [gold(str(i), TEXT, (), WANTED) for i in range(12)]
    right = [predicted(str(i), TEXT, (), WANTED) for i in range(12)]
    wrong = [predicted(str(i), TEXT, (), WANTED[:1]) for i in range(12)]
    same = {c.name: c.p for c in compare(right, right, golds, permutations=500).changes}
    better = {c.name: c.p for c in compare(wrong, right, golds, permutations=5000).changes}
    assert same["record_f1"] == 1
    # All twelve releases better: 2 of 4096 exchanges are as far apart.
    assert better["record_f1"] is not None
    assert better["record_f1"] < 0.005
