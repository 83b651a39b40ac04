"""Numbers taken up again: "119 of the 187 went to …" is told of the place, time and harm that the 187 were told of."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from extract.records import Period
from extract.relate.draft import Draft

_WHOLE = re.compile(r"\b(?:of|among|out\sof|for)\s(?:the|these|those|all|its|their|that)\s(?:[a-z]+\s)?(<[NX]>)", re.I)
#: Below this a number is too common to be known again.
_LEAST = 13
_FIELDS = ("geography", "period", "offence")


@dataclass(frozen=True, slots=True)
class Whole:
    """What a number was told of."""

    value: float
    geography: tuple[str, ...]
    period: Period | None
    offence: str | None
    measure: str


class Told:
    """The counts that a text has told, by value: the last of each; and the sums of those that one sentence tells."""

    def __init__(self) -> None:
        self._by_value: dict[float, Whole] = {}

    def add(self, drafts: Sequence[Draft]) -> None:
        """Keep the counts of a sentence."""
        counts = [
            Whole(d.value, d.geography, d.period, d.offence, d.measure)
            for d in drafts
            if d.statistic == "count" and d.value >= _LEAST and d.measure not in ("forces", "platforms")
        ]
        both = _sum_over_places(counts)
        for whole in (*both, *counts):
            self._by_value[whole.value] = whole

    def complete(self, draft: Draft) -> None:
        """Give a part, or the whole that its sentence takes up, what the whole was told of and it does not say itself."""
        whole = self._whole_of(draft)
        if whole is None:
            return
        taken_up = draft.value == whole.value and draft.statistic == "count"
        if draft.statistic == "count" and draft.rules["measure"] == "measure.children-before":
            draft.put("measure", whole.measure, "measure.of-the-whole", own=True)
        for name in (*_FIELDS, "measure") if taken_up else _FIELDS:
            if name not in draft.own or (taken_up and name in ("offence", "measure")):
                draft.put(name, getattr(whole, name), f"{name}.of-the-whole", own=True)

    def _whole_of(self, draft: Draft) -> Whole | None:
        for match in _WHOLE.finditer(draft.masked.text):
            value = draft.value if match[1] == "<X>" else _count_at(draft, match.start(1))
            if value in self._by_value:
                return self._by_value[value]
        return None


def _sum_over_places(counts: Sequence[Whole]) -> list[Whole]:
    """Return the sum of a sentence's counts of several places that differ in nothing else."""
    places = {w.geography for w in counts}
    same = len({(w.period, w.offence, w.measure) for w in counts}) == 1
    if len(counts) < 2 or not same or len(places) != len(counts) or () in places:
        return []
    union = tuple(sorted({i for ids in places for i in ids}))
    first = counts[0]
    return [Whole(sum(w.value for w in counts), union, first.period, first.offence, first.measure)]


def _count_at(draft: Draft, place: int) -> float | None:
    return next((m.value for p, m in draft.masked.places if p == place and m.label == "COUNT"), None)
