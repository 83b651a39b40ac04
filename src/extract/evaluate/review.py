"""The review queue: which observations are most worth a person's look, and why.

Each reason for doubt is taken as a chance that the record is wrong, and chances are put together as if they were
independent: one minus the product of what remains. That orders the queue; it is no calibrated probability. A flag says
that the release is doubtful, which a person should see although it was read rightly; margins and rules say that it may
have been read wrongly.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import prod
from typing import Literal, get_args

from extract.evaluate.align import equal_fields, observation_pairs
from extract.evaluate.gold import GoldRelease
from extract.evaluate.project import project_gold
from extract.evaluate.scores import index_predictions
from extract.evaluate.tally import Share
from extract.records import FIELDS, Annotated, Flag, Observation

#: The kinds of reasons for doubt.
Kind = Literal["flag", "margin", "rule"]
KINDS: frozenset[Kind] = frozenset(get_args(Kind))
#: How far a flag alone makes a record doubtful. A figure that disagrees with its own release is doubted most.
FLAG_DOUBT: Mapping[Flag, float] = {
    "arithmetic_mismatch": 0.6,
    "conflicting_geography": 0.5,
    "period_repaired": 0.4,
    "period_inferred": 0.1,
}
#: The doubt of a choice whose rival weighed as much; it falls in step with the margin. Of such choices on the gold of
#: dev one record in four is wrong, of all one in seven.
MARGIN_DOUBT = 0.2
#: A reason is told only where it says more than that anything can be wrong.
_TOLD_MARGIN = 0.5
_TOLD_PRECISION = 0.9
_TOLD_CASES = 3
#: Rules by field: a rule that fills several fields is judged for each of them.
Precision = Mapping[tuple[str, str], Share]


@dataclass(frozen=True, slots=True)
class Item:
    """An observation in the queue; ``ordinal`` is its place among the observations of its release, from 0."""

    annotated: Annotated
    ordinal: int
    doubt: float
    reasons: tuple[str, ...]

    @property
    def observation(self) -> Observation:
        """The observation itself."""
        return self.annotated.observations[self.ordinal]


def rule_precision(predictions: Iterable[Annotated], gold: Sequence[GoldRelease]) -> dict[tuple[str, str], Share]:
    """Return, by (field, rule), how many of the fields that a rule filled are right.

    Parameters
    ----------
    predictions, gold
        As for `extract.evaluate.scores.evaluate`. Releases of the ``test`` split are passed over: rules are chosen
        by what is learnt here.
    """
    by_id = index_predictions(predictions)
    counts: dict[tuple[str, str], Share] = defaultdict(Share)
    for release in gold:
        found = by_id.get(release.id)
        if found is None or release.split == "test":
            continue
        wanted = project_gold(release, found.release.text).observations
        for g, p in observation_pairs(wanted, found.observations):
            equal = equal_fields(wanted[g], found.observations[p])
            for field, rule in found.observations[p].rules.items():
                if field in FIELDS:
                    counts[field, rule] += Share(int(field in equal), 1)
    return dict(counts)


def queue(annotated: Iterable[Annotated], precision: Precision, top: int, kinds: frozenset[Kind] = KINDS) -> list[Item]:
    """Return the ``top`` observations with the most doubt, most doubtful first; one without any doubt is left out."""
    items = (item for one in annotated for item in _items(one, precision, kinds))
    return heapq.nsmallest(top, items, key=lambda i: (-i.doubt, i.annotated.release.id, i.observation.start))


def _items(annotated: Annotated, precision: Precision, kinds: frozenset[Kind]) -> Iterator[Item]:
    for ordinal, observation in enumerate(annotated.observations):
        told = reasons(observation, precision, kinds)
        if told:
            yield Item(annotated, ordinal, doubt(observation, precision, kinds), told)


def doubt(observation: Observation, precision: Precision, kinds: frozenset[Kind] = KINDS) -> float:
    """Return how doubtful an observation is, 0 to 1, by some kinds of reasons.

    >>> from extract.evaluate.gold import observation_from
    >>> plain = observation_from({"value": 1}, 0, 1)
    >>> doubt(plain, {})
    0.0
    """
    right = [1 - FLAG_DOUBT[flag] for flag in observation.flags if "flag" in kinds]
    if "margin" in kinds:
        right.append(1 - MARGIN_DOUBT * (1 - observation.margin))
    if "rule" in kinds:
        right += [_expected(precision[key]) for key in observation.rules.items() if key in precision]
    return round(1 - prod(right), 4)


def _expected(share: Share) -> float:
    """Return a rule's precision, drawn towards 1 by two cases that went well, so that one bad case condemns no rule."""
    return (share.equal + 2) / (share.of + 2)


def reasons(observation: Observation, precision: Precision, kinds: frozenset[Kind] = KINDS) -> tuple[str, ...]:
    """Return why an observation is doubted, one clause each; none where nothing in particular speaks against it."""
    told = [f"flag {flag}" for flag in observation.flags if "flag" in kinds]
    if told:
        told += observation.notes
    if "margin" in kinds and observation.margin < _TOLD_MARGIN:
        told.append(f"another reading weighed nearly as much (margin {observation.margin:.2f})")
    for field, rule in observation.rules.items() if "rule" in kinds else ():
        share = precision.get((field, rule), Share())
        if share.of >= _TOLD_CASES and share.equal < _TOLD_PRECISION * share.of:
            told.append(f"{field} by {rule}, right in {share.equal} of {share.of} on gold")
    return tuple(told)
