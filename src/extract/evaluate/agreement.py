"""Agreement between two annotators who labelled the same texts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from extract.errors import GoldError
from extract.evaluate.align import observation_pairs
from extract.evaluate.gold import GoldRelease
from extract.evaluate.scores import evaluate
from extract.evaluate.tally import Tally
from extract.records import FIELDS, LABELS, SCORED_LABELS, Annotated, Observation, Release

_Pair = tuple[Hashable, Hashable]


@dataclass(frozen=True, slots=True)
class Agreement:
    """What two annotators agree on.

    ``mentions`` over the five labels (strict), ``by_label`` for each; ``record`` and ``core`` of observations;
    ``kappa`` is Cohen's for each field over figures that both labelled; ``alpha`` Krippendorff's nominal alpha over
    the labels of single characters, which also knows what both left unlabelled.
    """

    releases: int
    mentions: Tally
    by_label: Mapping[str, Tally]
    record: Tally
    core: Tally
    kappa: Mapping[str, float | None]
    alpha: float | None


def agreement(first: Sequence[GoldRelease], second: Sequence[GoldRelease]) -> Agreement:
    """Compare two annotators' files; F1 does not depend on who is taken for the truth.

    Raises
    ------
    GoldError
        A release that only one has, or whose text differs.
    """
    others = {g.id: g for g in second}
    if {g.id for g in first} != set(others):
        odd = sorted({g.id for g in first} ^ set(others))
        raise GoldError(None, f"only one annotator has {', '.join(odd)}", "compare the same releases")
    for gold in first:
        if gold.text != others[gold.id].text:
            raise GoldError(None, f"the texts of {gold.id} differ", "label the same text")
    found = [Annotated(Release(g.id, g.text), g.mentions, g.observations) for g in second]
    total = evaluate(found, first, resamples=0).total
    pairs = [pair for g in first for pair in _pairs(g, others[g.id])]
    return Agreement(
        len(first),
        total.mentions(SCORED_LABELS),
        {label: total.strict[label] for label in LABELS},
        total.record,
        total.core,
        {name: cohen_kappa([(_key(a, name), _key(b, name)) for a, b in pairs]) for name in (*FIELDS, "flags")},
        krippendorff_alpha([pair for g in first for pair in _characters(g, others[g.id])]),
    )


def cohen_kappa(pairs: Sequence[_Pair]) -> float | None:
    """Return Cohen's kappa (1960) of two annotators' values; None where both always gave one and the same.

    >>> cohen_kappa([("a", "a"), ("a", "b"), ("b", "b"), ("b", "b")])
    0.5
    """
    if not pairs:
        return None
    left, right = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    observed = sum(a == b for a, b in pairs) / len(pairs)
    expected = sum(left[value] * right[value] for value in left) / len(pairs) ** 2
    return None if expected == 1 else (observed - expected) / (1 - expected)


def krippendorff_alpha(pairs: Iterable[_Pair]) -> float | None:
    """Return Krippendorff's alpha for two annotators and nominal values without gaps; None where nothing varies.

    Krippendorff 2011, "Computing Krippendorff's alpha-reliability", section B.
    """
    counts = Counter(pairs)
    values: Counter[Hashable] = Counter()
    for (left, right), number in counts.items():
        values[left] += number
        values[right] += number
    n = values.total()
    differing = 2 * sum(number for (left, right), number in counts.items() if left != right)
    expected = n * n - sum(number * number for number in values.values())
    return 1 - (n - 1) * differing / expected if expected else None


def _pairs(first: GoldRelease, second: GoldRelease) -> list[tuple[Observation, Observation]]:
    pairs = observation_pairs(first.observations, second.observations)
    return [(first.observations[a], second.observations[b]) for a, b in pairs]


def _key(observation: Observation, name: str) -> Hashable:
    value: Hashable = getattr(observation, name)
    if name == "flags":
        return tuple(sorted(observation.flags))
    # Values are equal within a hundredth.
    return round(observation.value, 2) if name == "value" else value


def _characters(first: GoldRelease, second: GoldRelease) -> list[_Pair]:
    return list(zip(_labels(first), _labels(second), strict=True))


def _labels(gold: GoldRelease) -> list[str]:
    labels = [""] * len(gold.text)
    for mention in gold.mentions:
        labels[mention.start : mention.end] = [mention.label] * (mention.end - mention.start)
    return [label for label, character in zip(labels, gold.text, strict=True) if not character.isspace()]
