"""Pairs what a system found with what the gold holds, one to one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from extract.records import FIELDS, Mention, Observation

#: Numbers are equal where they differ by no more than this (thirds are 33.33 and 66.67).
TOLERANCE = 0.01
#: Pairs of indices: (gold, predicted).
Pairs = list[tuple[int, int]]
# Adding up decimals leaves errors far below what the tolerance is about.
_SLACK = 1e-9


def same_value(left: Any, right: Any) -> bool:
    """Tell whether two normalised values are equal: numbers within `TOLERANCE`, sequences member by member.

    >>> same_value((33.33, "percent"), (33.333, "percent"))
    True
    """
    if _is_number(left) and _is_number(right):
        return abs(float(left) - float(right)) <= TOLERANCE + _SLACK
    if isinstance(left, tuple | list) and isinstance(right, tuple | list):
        return len(left) == len(right) and all(map(same_value, left, right))
    return bool(left == right)


def same_mention_value(gold: Mention, predicted: Mention) -> bool:
    """Tell whether two mentions are normalised alike; a group of platforms is a set."""
    if gold.label == "PLATFORM":
        return _as_set(gold.value) == _as_set(predicted.value)
    return same_value(gold.value, predicted.value)


def equal_fields(gold: Observation, predicted: Observation) -> frozenset[str]:
    """Return the names of the fields (all but ``flags``) in which two observations agree."""
    return frozenset(name for name in FIELDS if _same_field(name, getattr(gold, name), getattr(predicted, name)))


def strict_pairs(gold: Sequence[Mention], predicted: Sequence[Mention]) -> Pairs:
    """Pair mentions with the same span and label; a duplicate stays without partner."""
    return _matching(gold, predicted, lambda g, p: (g.label, g.start, g.end) == (p.label, p.start, p.end))


def partial_pairs(gold: Sequence[Mention], predicted: Sequence[Mention]) -> Pairs:
    """Pair as many overlapping mentions with the same label as can be paired one to one."""
    return _matching(gold, predicted, lambda g, p: g.label == p.label and overlap(g, p))


def loose_pairs(gold: Sequence[Mention], predicted: Sequence[Mention]) -> Pairs:
    """Pair overlapping mentions one to one whatever their labels: strict hits first, then equal labels, then the rest.

    What is left unpaired is missed or made up; a pair with two labels is a confusion.
    """
    pairs: Pairs = []
    for finder in (
        strict_pairs,
        partial_pairs,
        lambda g, p: _matching(g, p, overlap),
    ):
        golds = [i for i in range(len(gold)) if i not in {g for g, _ in pairs}]
        guesses = [i for i in range(len(predicted)) if i not in {p for _, p in pairs}]
        found = finder([gold[i] for i in golds], [predicted[i] for i in guesses])
        pairs += [(golds[g], guesses[p]) for g, p in found]
    return sorted(pairs)


def overlap(left: Mention | Observation, right: Mention | Observation) -> bool:
    """Tell whether two spans share a character; adjacent spans do not."""
    return left.start < right.end and right.start < left.end


def observation_pairs(gold: Sequence[Observation], predicted: Sequence[Observation]) -> Pairs:
    """Pair observations one to one where their anchors overlap.

    As many as possible are paired; among the ways to do so the one with the most equal fields is taken, then the one
    with the most equal records, then the one with the most equal spans.
    """
    made: Pairs = []
    for golds, guesses in _groups(gold, predicted):
        weights = [[_weight(gold[g], predicted[p]) for p in guesses] for g in golds]
        made += [(golds[g], guesses[p]) for g, p in assign(weights) if overlap(gold[golds[g]], predicted[guesses[p]])]
    return sorted(made)


def _weight(gold: Observation, predicted: Observation) -> int:
    if not overlap(gold, predicted):
        return 0
    equal = len(equal_fields(gold, predicted))
    exact = (gold.start, gold.end) == (predicted.start, predicted.end)
    # Each criterion outweighs all that follow it, however large the group.
    return 10**9 + equal * 10**5 + (equal == len(FIELDS)) * 10**2 + exact


def _groups(gold: Sequence[Observation], predicted: Sequence[Observation]) -> list[tuple[list[int], list[int]]]:
    """Return groups of gold and predicted indices whose anchors hang together, those with both sides only."""
    spans = [(o.start, o.end, True, i) for i, o in enumerate(gold)]
    spans += [(o.start, o.end, False, i) for i, o in enumerate(predicted)]
    groups: list[tuple[list[int], list[int]]] = []
    reach = -1
    for start, end, is_gold, index in sorted(spans):
        if start >= reach:
            groups.append(([], []))
        groups[-1][0 if is_gold else 1].append(index)
        reach = max(reach, end)
    return [(sorted(g), sorted(p)) for g, p in groups if g and p]


def assign(weights: Sequence[Sequence[int]]) -> Pairs:
    """Return the one-to-one assignment of rows to columns with the greatest sum of weights.

    The Hungarian method with potentials (Kuhn 1955, Munkres 1957), O(n³) in the longer side.

    >>> assign([[3, 2], [3, 0]])
    [(0, 1), (1, 0)]
    """
    if len(weights) > len(weights[0]):
        return sorted((row, column) for column, row in assign(list(zip(*weights, strict=True))))
    columns = len(weights[0])
    row_potential, column_potential = [0] * (len(weights) + 1), [0] * (columns + 1)
    # Column 0 holds the row that is being placed; rows and columns count from 1.
    row_of = [0] * (columns + 1)
    for row in range(1, len(weights) + 1):
        row_of[0] = row
        _place(weights, row_of, row_potential, column_potential)
    return sorted((row_of[c] - 1, c - 1) for c in range(1, columns + 1) if row_of[c])


def _place(weights: Sequence[Sequence[int]], row_of: list[int], rows: list[int], columns: list[int]) -> None:
    width = len(row_of)
    slack, came_from, done = [10**18] * width, [0] * width, [False] * width
    column = 0
    while row_of[column]:
        done[column], row = True, row_of[column]
        for other in range(1, width):
            cost = -weights[row - 1][other - 1] - rows[row] - columns[other]
            if not done[other] and cost < slack[other]:
                slack[other], came_from[other] = cost, column
        following = min((c for c in range(1, width) if not done[c]), key=slack.__getitem__)
        delta = slack[following]
        for other in range(width):
            if done[other]:
                rows[row_of[other]] += delta
                columns[other] -= delta
            else:
                slack[other] -= delta
        column = following
    while column:
        row_of[column] = row_of[came_from[column]]
        column = came_from[column]


def _matching(gold: Sequence[Mention], predicted: Sequence[Mention], fits: Callable[[Mention, Mention], bool]) -> Pairs:
    """Return a maximum one-to-one matching, found by augmenting paths."""
    options = [[p for p, guess in enumerate(predicted) if fits(g, guess)] for g in gold]
    partner: dict[int, int] = {}

    def seek(index: int, seen: set[int]) -> bool:
        for option in options[index]:
            if option not in seen:
                seen.add(option)
                if option not in partner or seek(partner[option], seen):
                    partner[option] = index
                    return True
        return False

    for index in range(len(gold)):
        seek(index, set())
    return sorted((g, p) for p, g in partner.items())


def _same_field(name: str, left: Any, right: Any) -> bool:
    if name in ("geography", "platforms"):
        return _as_set(left) == _as_set(right)
    return same_value(left, right)


def _as_set(value: Any) -> frozenset[Any]:
    return frozenset([value] if isinstance(value, str) else value or ())


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
