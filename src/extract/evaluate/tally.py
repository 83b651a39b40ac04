"""Counts of hits, false alarms and misses, and what is computed from them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from extract.records import FIELDS, FLAGS, LABELS, SCORED_LABELS, Label


@dataclass(frozen=True, slots=True)
class Tally:
    """Hits (``tp``), false alarms (``fp``) and misses (``fn``); tallies of several releases add up (micro-average)."""

    tp: int = 0
    fp: int = 0
    fn: int = 0

    def __add__(self, other: Tally) -> Tally:
        """Return the tally of both together."""
        return Tally(self.tp + other.tp, self.fp + other.fp, self.fn + other.fn)

    @property
    def precision(self) -> float | None:
        """Share of what was found that is right; None where nothing was found."""
        return ratio(self.tp, self.tp + self.fp)

    @property
    def recall(self) -> float | None:
        """Share of the gold that was found; None where there is none."""
        return ratio(self.tp, self.tp + self.fn)

    @property
    def f1(self) -> float | None:
        """Harmonic mean of precision and recall; None where there was nothing to find and nothing found."""
        return ratio(2 * self.tp, 2 * self.tp + self.fp + self.fn)

    @classmethod
    def of(cls, gold: int, predicted: int, hits: int) -> Tally:
        """Return the tally of ``hits`` pairs among so many gold and predicted items."""
        return cls(hits, predicted - hits, gold - hits)


@dataclass(frozen=True, slots=True)
class Share:
    """So many equal of so many compared."""

    equal: int = 0
    of: int = 0

    def __add__(self, other: Share) -> Share:
        """Return the share of both together."""
        return Share(self.equal + other.equal, self.of + other.of)

    @property
    def accuracy(self) -> float | None:
        """The share; None where nothing was compared."""
        return ratio(self.equal, self.of)


@dataclass(frozen=True, slots=True)
class ReleaseScore:
    """The counts of one release, or of several added up.

    ``strict`` and ``partial`` are by label; ``values`` is over strict hits; ``anchors`` tells whether a figure was
    found at all; ``fields`` is over aligned pairs; ``flags`` is information and enters no other score.
    """

    id: str
    strict: Mapping[Label, Tally] = field(default_factory=lambda: dict.fromkeys(LABELS, Tally()))
    partial: Mapping[Label, Tally] = field(default_factory=lambda: dict.fromkeys(LABELS, Tally()))
    values: Mapping[Label, Share] = field(default_factory=lambda: dict.fromkeys(LABELS, Share()))
    anchors: Tally = Tally()
    record: Tally = Tally()
    core: Tally = Tally()
    fields: Mapping[str, Share] = field(default_factory=lambda: dict.fromkeys(FIELDS, Share()))
    flags: Mapping[str, Tally] = field(default_factory=lambda: dict.fromkeys(FLAGS, Tally()))
    unprojected: int = 0

    def __add__(self, other: ReleaseScore) -> ReleaseScore:
        """Return the counts of both together, under the id of the first."""
        return ReleaseScore(
            self.id,
            {k: v + other.strict[k] for k, v in self.strict.items()},
            {k: v + other.partial[k] for k, v in self.partial.items()},
            {k: v + other.values[k] for k, v in self.values.items()},
            self.anchors + other.anchors,
            self.record + other.record,
            self.core + other.core,
            {k: v + other.fields[k] for k, v in self.fields.items()},
            {k: v + other.flags[k] for k, v in self.flags.items()},
            self.unprojected + other.unprojected,
        )

    def mentions(self, labels: tuple[Label, ...] = SCORED_LABELS, *, partial: bool = False) -> Tally:
        """Return the micro-averaged tally over labels (by default the five that users asked for)."""
        by_label = self.partial if partial else self.strict
        return sum((by_label[label] for label in labels), Tally())

    def value_accuracy(self, labels: tuple[Label, ...] = LABELS) -> float | None:
        """Return the share of strict hits whose normalised value is equal."""
        return sum((self.values[label] for label in labels), Share()).accuracy

    def macro_f1(self, labels: tuple[Label, ...] = SCORED_LABELS) -> float | None:
        """Return the mean of the labels' strict F1, over labels that occur."""
        known = [f1 for label in labels if (f1 := self.strict[label].f1) is not None]
        return sum(known) / len(known) if known else None


def ratio(part: float, whole: float) -> float | None:
    """Return ``part / whole``, or None where the whole is zero and the ratio has no meaning."""
    return part / whole if whole else None


#: The headline figures: what intervals, gate and comparison are about.
HEADLINES: tuple[str, ...] = (
    "mention_f1",
    "mention_f1_six",
    "mention_partial_f1",
    "value_accuracy",
    "record_f1",
    "core_f1",
)


def headline_parts(score: ReleaseScore, name: str) -> tuple[int, int]:
    """Return numerator and denominator of one of `HEADLINES`: both add up over releases."""
    if name == "value_accuracy":
        shares = sum(score.values.values(), Share())
        return shares.equal, shares.of
    tally = {
        "mention_f1": score.mentions(),
        "mention_f1_six": score.mentions(LABELS),
        "mention_partial_f1": score.mentions(partial=True),
        "record_f1": score.record,
        "core_f1": score.core,
    }[name]
    return 2 * tally.tp, 2 * tally.tp + tally.fp + tally.fn


def headline(score: ReleaseScore, name: str) -> float | None:
    """Return one of `HEADLINES`; None where it has no meaning."""
    return ratio(*headline_parts(score, name))
