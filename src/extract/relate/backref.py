"""Numbers taken up again: "119 of the 187 went to …" is told of the place, time and harm that the 187 were told of."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from extract.lexicon.needs import Pattern
from extract.records import Period
from extract.relate.discourse import contains_all
from extract.relate.draft import Draft

_WHOLE = Pattern(r"\b(?:of|among|out\sof|for)\s(?:the|these|those|all|its|their|that)\s(?:[a-z]+\s)?(<[NX]>)", re.I)
_SUMS_UP = Pattern(
    r"\b(?:makes?|made|making|comes?\sto|came\sto|adds?\sup|added\sup|brings?|bringing|totals?|totall?ed|total|in\sall|altogether|sum|together|overall)\b",
    re.I,
)
#: How many counts back a sum is looked for.
_MOST_SUMMED = 10
#: "He suspects that the 58 is nearer the truth", "behind each of those 466 crimes"
_THE_NUMBER = Pattern(
    r"\b(?:the|those|these|that)\s<X>(?:\s(?:is|was|are|were|represents?)\b|\s(?:offences|crimes|cases|children|"
    r"contacts|victims)\b)",
    re.I,
)
_NOT_COMMON = 50
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
        self._recent: list[Whole] = []
        self._here: list[Whole] = []

    def add(self, drafts: Sequence[Draft]) -> None:
        """Keep the counts of a sentence."""
        counts = [w for d in drafts if (w := _whole(d)) is not None]
        self._here = []
        self._recent = [*self._recent, *counts][-_MOST_SUMMED:]
        both = _sum_over_places(counts)
        for whole in (*both, *counts):
            self._by_value[whole.value] = whole

    def largest(self, place: tuple[str, ...], measure: str) -> float:
        """Return the largest count told so far of a place and measure, 0 for none."""
        told = (w.value for w in self._by_value.values() if w.geography == place and w.measure == measure)
        return max(told, default=0.0)

    def complete(self, draft: Draft, over: tuple[str, ...] = ()) -> None:
        """Give a part, or a whole taken up, what the whole was told of and it does not say itself.

        ``over`` is the place that the text breaks down.
        """
        summed = draft.statistic == "count" and _SUMS_UP.search(draft.masked.text) and self._sum_up(draft, over)
        here = None if summed else _whole(draft)
        self._here += [here] if here is not None else []
        if summed:
            return
        whole = self._whole_of(draft)
        if whole is None:
            return
        taken_up = draft.value == whole.value and draft.statistic == "count"
        if draft.statistic == "count" and draft.rules["measure"] == "measure.children-before":
            draft.put("measure", whole.measure, "measure.of-the-whole", own=True)
        for name in (*_FIELDS, "measure") if taken_up else _FIELDS:
            passing = taken_up and (name in ("offence", "measure") or draft.rules.get(name) == "geography.before")
            if name not in draft.own or passing:
                draft.put(name, getattr(whole, name), f"{name}.of-the-whole", own=True)

    def _sum_up(self, draft: Draft, over: tuple[str, ...]) -> bool:
        """Give a sum over years or places what its parts cover together: "58, 51 and 49 … That makes 192"."""
        told = [*self._recent, *self._here]
        for n in range(2, min(len(told), _MOST_SUMMED) + 1):
            parts = told[-n:]
            if sum(p.value for p in parts) != draft.value:
                continue
            if n > 2 and _sum_places(draft, parts, over):
                return True
            periods = [p.period for p in parts if p.period is not None]
            apart = len(periods) == n and len(set(periods)) == n
            one = len({(p.geography, p.offence, p.measure) for p in parts}) == 1
            same_place = "geography" not in draft.own or draft.geography == parts[0].geography
            if apart and one and same_place:
                hull = min(p[0] for p in periods), max(p[1] for p in periods)
                draft.put("period", hull, "period.of-the-parts", own=True)
                if "geography" not in draft.own:
                    draft.put("geography", parts[0].geography, "geography.of-the-parts", own=True)
                return True
        return False

    def _whole_of(self, draft: Draft) -> Whole | None:
        for match in _WHOLE.finditer(draft.masked.text):
            value = draft.value if match[1] == "<X>" else _count_at(draft, match.start(1))
            if value in self._by_value:
                return self._by_value[value]
        if draft.value >= _NOT_COMMON and draft.value in self._by_value and _THE_NUMBER.search(draft.masked.text):
            return self._by_value[draft.value]
        return None


def _whole(draft: Draft) -> Whole | None:
    if draft.statistic != "count" or draft.value < _LEAST or draft.measure in ("forces", "platforms"):
        return None
    return Whole(draft.value, draft.geography, draft.period, draft.offence, draft.measure)


def _sum_places(draft: Draft, parts: Sequence[Whole], over: tuple[str, ...]) -> bool:
    """Give a sum over places the place that is broken down, or all of them: "446 in A and 398 in B, a total of …"."""
    places = [p.geography for p in parts]
    same = len({(p.period, p.offence, p.measure) for p in parts}) == 1
    if not same or len(set(places)) != len(places) or () in places:
        return False
    union = tuple(sorted({i for ids in places for i in ids}))
    if "geography" not in draft.own or not contains_all(draft.geography, places):
        draft.put("geography", over if contains_all(over, places) else union, "geography.of-the-parts", own=True)
    if "period" not in draft.own:
        draft.put("period", parts[0].period, "period.of-the-parts", own=True)
    return True


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
