"""Compares two runs on the same gold: what was gained and lost, and whether the difference could be chance."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from extract.evaluate.align import equal_fields, observation_pairs
from extract.evaluate.gold import GoldRelease
from extract.evaluate.project import project_gold
from extract.evaluate.scores import SEED, evaluate, index_predictions
from extract.evaluate.tally import HEADLINES, ReleaseScore, headline_parts, ratio
from extract.records import FIELDS, Annotated, Observation

#: Random exchanges of the permutation test.
PERMUTATIONS = 10_000


@dataclass(frozen=True, slots=True)
class Change:
    """One headline figure of both runs; ``p`` is two-sided, None where a figure has no meaning."""

    name: str
    before: float | None
    after: float | None
    p: float | None

    @property
    def difference(self) -> float | None:
        """After less before."""
        return None if self.before is None or self.after is None else self.after - self.before


@dataclass(frozen=True, slots=True)
class RecordChange:
    """A gold observation that one run has right and the other has not."""

    release: str
    split: str
    sentence: str
    observation: Observation


@dataclass(frozen=True, slots=True)
class Comparison:
    """Headline figures of both runs, and the gold records gained and lost from the first to the second."""

    changes: tuple[Change, ...]
    gained: tuple[RecordChange, ...]
    lost: tuple[RecordChange, ...]


def compare(
    before: Iterable[Annotated],
    after: Iterable[Annotated],
    gold: Sequence[GoldRelease],
    *,
    permutations: int = PERMUTATIONS,
    seed: int = SEED,
) -> Comparison:
    """Compare two runs.

    Parameters
    ----------
    before, after
        The predictions of both runs, each as for `extract.evaluate.scores.evaluate`.
    gold
        The gold releases that both are scored against.
    permutations, seed
        Of the test.
    """
    first, second = tuple(before), tuple(after)
    one = evaluate(first, gold, resamples=0).releases
    two = evaluate(second, gold, resamples=0).releases
    changes = tuple(_change(name, one, two, permutations, seed) for name in HEADLINES)
    right_before, right_after = right_records(first, gold), right_records(second, gold)
    return Comparison(
        changes,
        gained=_named(sorted(right_after - right_before), gold),
        lost=_named(sorted(right_before - right_after), gold),
    )


def _change(
    name: str, before: Sequence[ReleaseScore], after: Sequence[ReleaseScore], permutations: int, seed: int
) -> Change:
    one = np.array([headline_parts(r, name) for r in before], dtype=float).reshape(-1, 2)
    two = np.array([headline_parts(r, name) for r in after], dtype=float).reshape(-1, 2)
    values = ratio(*one.sum(axis=0)), ratio(*two.sum(axis=0))
    if None in values:
        return Change(name, *values, None)
    return Change(name, float(values[0] or 0), float(values[1] or 0), permutation_p(one, two, permutations, seed))


def permutation_p(before: np.ndarray, after: np.ndarray, permutations: int = PERMUTATIONS, seed: int = SEED) -> float:
    """Return the two-sided p-value of a paired permutation test of two ratios of sums.

    Under the null hypothesis the two runs may be exchanged release by release (Yeh 2000, "More accurate tests for the
    statistical significance of result differences", approximate randomisation with the add-one estimate).

    Parameters
    ----------
    before, after
        Numerator and denominator of each release, shape (releases, 2), in the same order.
    permutations, seed
        How many exchanges are drawn, and from which seed.
    """
    swap = np.random.default_rng(seed).integers(0, 2, (permutations, len(before), 1))
    one = (before + swap * (after - before)).sum(axis=1)
    two = (after + swap * (before - after)).sum(axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        drawn = np.abs(np.nan_to_num(two[:, 0] / two[:, 1]) - np.nan_to_num(one[:, 0] / one[:, 1]))
    observed = abs(after[:, 0].sum() / after[:, 1].sum() - before[:, 0].sum() / before[:, 1].sum())
    # Equal in theory may differ in the last bit.
    return float((1 + (drawn >= observed - 1e-12).sum()) / (1 + permutations))


def right_records(predictions: Iterable[Annotated], gold: Sequence[GoldRelease]) -> set[tuple[str, int]]:
    """Return which gold observations, by release and place in its list, were found with every field right."""
    by_id = index_predictions(predictions)
    right: set[tuple[str, int]] = set()
    for release in gold:
        found = by_id.get(release.id)
        if found is None:
            continue
        moved = project_gold(release, found.release.text)
        lost = {id(o) for o in moved.unprojected_observations}
        kept = [i for i, o in enumerate(release.observations) if id(o) not in lost]
        for g, p in observation_pairs(moved.observations, found.observations):
            if len(equal_fields(moved.observations[g], found.observations[p])) == len(FIELDS):
                right.add((release.id, kept[g]))
    return right


def _named(records: Sequence[tuple[str, int]], gold: Sequence[GoldRelease]) -> tuple[RecordChange, ...]:
    by_id = {g.id: g for g in gold}
    made = []
    for release_id, index in records:
        release = by_id[release_id]
        observation = release.observations[index]
        start = release.text.rfind("\n", 0, observation.start) + 1
        stop = release.text.find("\n", observation.end)
        line = release.text[start : len(release.text) if stop < 0 else stop]
        made.append(RecordChange(release_id, release.split, line, observation))
    return tuple(made)
