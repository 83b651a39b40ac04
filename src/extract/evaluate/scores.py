"""Scores system output against the gold: section 4 of the definition, as pure functions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from extract.errors import UsageError
from extract.evaluate.align import equal_fields, observation_pairs, partial_pairs, same_mention_value, strict_pairs
from extract.evaluate.gold import GoldRelease
from extract.evaluate.project import project_gold
from extract.evaluate.tally import HEADLINES, ReleaseScore, Share, Tally, headline_parts
from extract.records import CORE_FIELDS, FIELDS, FLAGS, LABELS, Annotated, Label, Mention, Observation

#: Resamples of the bootstrap and its seed: the interval is the same on every machine.
RESAMPLES = 2000
SEED = 20190401


@dataclass(frozen=True, slots=True)
class Interval:
    """A 95% percentile bootstrap interval over releases."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Scores:
    """The counts over all gold releases and for each, with intervals for the headline figures.

    ``missing`` are gold releases without a prediction (all their labels are misses), ``ignored`` predictions without
    a gold release.
    """

    total: ReleaseScore
    releases: tuple[ReleaseScore, ...]
    intervals: Mapping[str, Interval]
    missing: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()


def evaluate(
    predictions: Iterable[Annotated], gold: Sequence[GoldRelease], *, resamples: int = RESAMPLES, seed: int = SEED
) -> Scores:
    """Score predictions against gold releases.

    Parameters
    ----------
    predictions
        At most one a release; a gold release without one counts as nothing found. Where a prediction's text differs
        from the gold's, the labels are projected onto it first.
    gold
        The gold releases to score against; predictions for others are left aside and named.
    resamples, seed
        Of the bootstrap; no resamples means no intervals.

    Raises
    ------
    UsageError
        Two predictions with one id.
    """
    by_id = index_predictions(predictions)
    scored = tuple(score_release(by_id.get(g.id), g) for g in gold)
    total = sum(scored, ReleaseScore("total"))
    known = {g.id for g in gold}
    return Scores(
        total,
        scored,
        bootstrap(scored, resamples, seed) if resamples and scored else {},
        missing=tuple(g.id for g in gold if g.id not in by_id),
        ignored=tuple(i for i in by_id if i not in known),
    )


def index_predictions(predictions: Iterable[Annotated]) -> dict[str, Annotated]:
    """Return predictions by release id, refusing two for one release."""
    by_id: dict[str, Annotated] = {}
    for found in predictions:
        if found.release.id in by_id:
            raise UsageError(None, f"two predictions for {found.release.id}", "score one run at a time")
        by_id[found.release.id] = found
    return by_id


def score_release(predicted: Annotated | None, gold: GoldRelease) -> ReleaseScore:
    """Return the counts of one release, its gold projected onto the predicted text where the two differ."""
    if predicted is None:
        return _score(gold, (), ())
    return _score(project_gold(gold, predicted.release.text), predicted.mentions, predicted.observations)


def _score(gold: GoldRelease, mentions: Sequence[Mention], observations: Sequence[Observation]) -> ReleaseScore:
    strict = strict_pairs(gold.mentions, mentions)
    partial = partial_pairs(gold.mentions, mentions)
    lost = gold.unprojected_mentions
    pairs = [(gold.observations[g], observations[p]) for g, p in observation_pairs(gold.observations, observations)]
    equal = [equal_fields(g, p) for g, p in pairs]
    wanted = len(gold.observations) + len(gold.unprojected_observations)
    return ReleaseScore(
        gold.id,
        strict=_by_label((*gold.mentions, *lost), mentions, [gold.mentions[g] for g, _ in strict]),
        partial=_by_label((*gold.mentions, *lost), mentions, [gold.mentions[g] for g, _ in partial]),
        values=_values([(gold.mentions[g], mentions[p]) for g, p in strict]),
        anchors=Tally.of(wanted, len(observations), len(pairs)),
        record=Tally.of(wanted, len(observations), sum(len(e) == len(FIELDS) for e in equal)),
        core=Tally.of(wanted, len(observations), sum(e >= set(CORE_FIELDS) for e in equal)),
        fields={name: Share(sum(name in e for e in equal), len(pairs)) for name in FIELDS},
        flags=_flags((*gold.observations, *gold.unprojected_observations), observations, pairs),
        unprojected=len(lost) + len(gold.unprojected_observations),
    )


def _by_label(gold: Sequence[Mention], predicted: Sequence[Mention], hits: Sequence[Mention]) -> dict[Label, Tally]:
    def number(mentions: Sequence[Mention], label: Label) -> int:
        return sum(m.label == label for m in mentions)

    return {x: Tally.of(number(gold, x), number(predicted, x), number(hits, x)) for x in LABELS}


def _values(pairs: Sequence[tuple[Mention, Mention]]) -> dict[Label, Share]:
    return {
        label: sum((Share(same_mention_value(g, p), 1) for g, p in pairs if g.label == label), Share())
        for label in LABELS
    }


def _flags(
    gold: Sequence[Observation],
    predicted: Sequence[Observation],
    pairs: Sequence[tuple[Observation, Observation]],
) -> dict[str, Tally]:
    return {
        flag: Tally.of(
            sum(flag in o.flags for o in gold),
            sum(flag in o.flags for o in predicted),
            sum(flag in g.flags and flag in p.flags for g, p in pairs),
        )
        for flag in FLAGS
    }


def bootstrap(releases: Sequence[ReleaseScore], resamples: int, seed: int) -> dict[str, Interval]:
    """Return 95% percentile intervals of the headline figures, drawing whole releases with replacement.

    Efron & Tibshirani 1993, chapter 13; the release is the unit because figures of one release hang together.
    """
    draws = np.random.default_rng(seed).integers(0, len(releases), (resamples, len(releases)))
    made: dict[str, Interval] = {}
    for name in HEADLINES:
        parts = np.array([headline_parts(r, name) for r in releases], dtype=float)
        part, whole = parts[draws].sum(axis=1).T
        drawn: NDArray[np.float64] = part[whole > 0] / whole[whole > 0]
        if drawn.size:
            low, high = np.percentile(drawn, [2.5, 97.5])
            made[name] = Interval(float(low), float(high))
    return made
