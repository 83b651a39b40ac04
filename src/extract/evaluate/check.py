"""Looks through a gold file for what a validator cannot refuse but a person should look at."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from extract.evaluate.align import same_value
from extract.evaluate.gold import GoldRelease
from extract.lexicon.vocabulary import ids
from extract.records import FIELDS, Mention, Observation

_NUMBER = re.compile(
    r"\d[\d,./–-]*"
    r"|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty|sixty|seventy|eighty"
    r"|ninety|hundred|thousand|million|half|third|thirds|quarter|quarters|fifth|fifths|tenth|twice|double[ds]?|trebled?"
    r"|tripled?|halved|\w+fold)\b",
    re.IGNORECASE,
)
_CONTEXT = 30


@dataclass(frozen=True, slots=True)
class Remark:
    """Something to look at: where, and why."""

    release: str
    start: int
    why: str
    context: str

    def __str__(self) -> str:
        """Return the remark in one line."""
        return f"{self.release} @{self.start}: {self.why}: {self.context!r}"


def check(gold: GoldRelease) -> list[Remark]:
    """Return what to look at in a gold file, in the order of the text.

    Every number of the text is accounted for: it stands in a mention or is remarked. Further: places outside the
    vocabulary, observations given twice, values that do not follow from their anchor, periods that end before they
    are compared with what is later.
    """
    found = [*_unlabelled(gold), *_places(gold), *_twice(gold), *_values(gold), *_bases(gold)]
    return sorted(found, key=lambda r: (r.start, r.why))


def _remark(gold: GoldRelease, start: int, end: int, why: str) -> Remark:
    context = gold.text[max(0, start - _CONTEXT) : end + _CONTEXT].replace("\n", " ")
    return Remark(gold.id, start, why, context)


def _unlabelled(gold: GoldRelease) -> Iterator[Remark]:
    for match in _NUMBER.finditer(gold.text):
        if not any(m.start < match.end() and match.start() < m.end for m in gold.mentions):
            yield _remark(gold, *match.span(), f"number {match[0]!r} is no mention")


def _places(gold: GoldRelease) -> Iterator[Remark]:
    for mention in gold.mentions:
        if mention.label == "AREA" and mention.value not in ids("geographies"):
            yield _remark(gold, mention.start, mention.end, f"place {mention.value!r} is not in the vocabulary")


def _twice(gold: GoldRelease) -> Iterator[Remark]:
    seen: list[Observation] = []
    for observation in gold.observations:
        if observation in seen:
            yield _remark(gold, observation.start, observation.end, "the same observation stands twice")
        seen.append(observation)


def _values(gold: GoldRelease) -> Iterator[Remark]:
    anchors = {(m.start, m.end): m for m in gold.mentions}
    for observation in gold.observations:
        anchor = anchors.get((observation.start, observation.end))
        if anchor is not None and not _follows(observation, anchor):
            why = f"value {observation.value:g} {observation.unit} on an anchor of value {anchor.value!r}"
            yield _remark(gold, observation.start, observation.end, why)


def _follows(observation: Observation, anchor: Mention) -> bool:
    number, unit = anchor.value if isinstance(anchor.value, tuple) else (anchor.value, "number")
    # A fall is negative, whatever sign was printed; a rate and a count carry plain numbers.
    fitting = observation.unit == unit or (unit == "number" and observation.unit.startswith("per_"))
    return fitting and same_value(abs(observation.value), abs(number))


def _bases(gold: GoldRelease) -> Iterator[Remark]:
    for observation in gold.observations:
        period, base = observation.period, observation.base
        if base is not None and observation.statistic not in ("change", "ratio"):
            yield _remark(gold, observation.start, observation.end, f"a {observation.statistic} with a base")
        if period and base and base[0] >= period[1]:
            yield _remark(gold, observation.start, observation.end, "the base is later than the period")


def unfilled(gold: GoldRelease) -> dict[str, int]:
    """Return how many observations leave each field empty: a quick look at how thoroughly a file was labelled."""
    return {name: sum(getattr(o, name) in (None, ()) for o in gold.observations) for name in FIELDS}
