"""Figures that are given again: a headline or a key point takes from the body what it does not say itself."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import cached_property

from extract.annotate import dates
from extract.records import Period
from extract.relate.draft import Draft

_FIELDS = ("period", "base", "geography", "offence", "measure")
#: Below this a number is too common for two of it to be one figure.
_LEAST = 150
#: A place carried on from the sentence before stands firmer than that of a restatement elsewhere.
_CONTINUED = frozenset({"geography.carried", "geography.section"})
#: How far a rounded figure may stand from the exact one.
_ROUNDING = 0.06
#: How far in points a rounded change may stand from the exact one: "by more than 60%" of 62%.
_POINTS = 4.0
#: Of how many statements of about one value, on either side, a figure is compared with each.
_MOST_TWINS = 30
#: How many figures away the counts may stand that a change is computed from, and in what steps that stretch moves on.
_FAR, _STEP = 300, 100
#: How many counts of one thing a change is tried on, and from what count or rate on.
_MOST_COUNTS, _LEAST_COMPARED = 100, {"count": 20, "rate": 10}


def complete(drafts: Sequence[Draft]) -> None:
    """Fill what a figure carried from elsewhere, or guessed, with what its restatement says of itself."""
    statements = _Statements(drafts)
    for n, draft in enumerate(drafts):
        headline = draft.sentence.unit.kind == "headline"
        small = draft.statistic in ("count", "rate") and draft.value < _LEAST
        if small and not headline:
            continue
        twins = statements.twins(draft, n)
        for name in _FIELDS:
            if name in draft.own or (name == "geography" and draft.rules.get(name) in _CONTINUED and not headline):
                continue
            sources = [d for d in twins if name in d.own and (headline or not _other_share(draft, d))]
            if sources and _agrees(draft, sources[0], name):
                source = min(sources, key=lambda d: abs(d.mention.start - draft.mention.start))
                draft.put(name, getattr(source, name), f"{name}.restatement")


def _other_share(draft: Draft, other: Draft) -> bool:
    """Tell whether two shares of one value are two facts: a half of callers and a half of parents asked."""
    return draft.statistic == "share" and (draft.source != other.source or draft.measure != other.measure)


class _Statements:
    """The figures of a release by kind and value, so that one finds the others that may restate it."""

    def __init__(self, drafts: Sequence[Draft]) -> None:
        self.by_kind: dict[tuple[object, ...], list[tuple[float, int, Draft]]] = {}
        for n, draft in enumerate(drafts):
            self.by_kind.setdefault(_kind(draft), []).append((draft.value, n, draft))
        for found in self.by_kind.values():
            found.sort(key=lambda s: s[:2])

    def twins(self, draft: Draft, n: int) -> list[Draft]:
        """Return the other statements of the figure at place ``n``, in order; of many those near in value."""
        found = self.by_kind[_kind(draft)]
        reach = {"count": 2 * _ROUNDING * abs(draft.value), "change": _POINTS}.get(draft.statistic, 0.0)
        at = bisect_left(found, (draft.value, n), key=lambda s: s[:2])
        first = max(at - _MOST_TWINS, bisect_left(found, draft.value - reach, key=lambda s: s[0]))
        last = min(at + _MOST_TWINS, bisect_right(found, draft.value + reach, key=lambda s: s[0]))
        near = found[first:last]
        if draft.bound == "=":  # of two exact numbers neither is the other's rounding: most go here, unsorted
            near = [s for s in near if s[0] == draft.value or s[2].bound != "="]
        near = sorted(near, key=lambda s: s[1])
        return [d for _, _, d in near if d is not draft and _same_value(draft, d)]


def _kind(draft: Draft) -> tuple[object, ...]:
    """Return what two statements of one figure share whatever their values."""
    return draft.statistic, draft.unit, draft.platforms, draft.gender, draft.age


def _same_value(a: Draft, b: Draft) -> bool:
    """Tell whether two figures of one kind can be one: with one value, or one the rounding of the other."""
    if a.value == b.value:
        return True
    rounded = a if a.bound != "=" else b if b.bound != "=" else None
    if rounded is None or a.statistic not in ("count", "change"):
        return False
    exact = b if rounded is a else a
    if a.statistic == "change":
        off = abs(exact.value) - abs(rounded.value)
        same_way = exact.value * rounded.value > 0 and exact.unit == "percent"
        return same_way and {">": 0 < off <= _POINTS, "<": -_POINTS <= off < 0, "~": abs(off) <= _POINTS}[rounded.bound]
    if max(a.value, b.value) < 100:
        return False
    off = (exact.value - rounded.value) / rounded.value
    return {">": 0 < off < _ROUNDING, "<": -_ROUNDING < off < 0, "~": abs(off) < _ROUNDING}[rounded.bound]


def _agrees(draft: Draft, source: Draft, name: str) -> bool:
    """Refuse a source that differs in what the draft says of itself."""
    for other in ("geography", "period", "offence", "measure"):
        both = other != name and other in draft.own and other in source.own
        if both and getattr(draft, other) != getattr(source, other):
            return False
    return True


def compare(drafts: Sequence[Draft]) -> None:
    """Give a change or ratio that says no years the two counts of the release that it is computed from.

    Numbers identify the years better than any wording: "has nearly doubled" in a headline compares the two counts of
    the same thing whose quotient is nearly two.
    """
    near, counts = range(0), list[_Counts]()
    for n, draft in enumerate(drafts):
        if draft.statistic not in ("change", "ratio") or draft.twin_of is not None:
            continue
        reach = range(max(0, n - n % _STEP - _FAR), min(len(drafts), n - n % _STEP + _FAR))
        if reach != near:
            near, counts = reach, _counts(drafts[reach.start : reach.stop])
        compared = [p for alike in counts if _on_the_same(draft, alike.counts[0]) for p in alike.pairs_for(draft)]
        pairs = [(a, b) for a, b in compared if _explains(draft, a, b)]
        if pairs and ("base" not in draft.own or _refuted(draft, compared)):
            a, b = _nearest(draft, pairs)
            draft.put("base", a.period, "base.computed-from")
            draft.put("period", b.period, "period.computed-from")
    for draft in drafts:
        if draft.twin_of is not None and draft.statistic in ("change", "ratio"):
            draft.base, draft.period = draft.twin_of.base, draft.twin_of.period


class _Counts:
    """The counts of one thing, and their pairs of an earlier and a later one, which many changes are tried on."""

    def __init__(self, counts: Sequence[Draft]) -> None:
        self.counts = counts

    def pairs_for(self, draft: Draft) -> Sequence[tuple[Draft, Draft]]:
        """Return the pairs that a change can be computed from: for its period, if it says one."""
        return self._by_later.get(draft.period, ()) if "period" in draft.own else self._pairs

    @cached_property
    def _pairs(self) -> list[tuple[Draft, Draft]]:
        firsts = [d for d in self.counts if d.value >= _LEAST_COMPARED[d.statistic]]
        return [
            (a, b) for a in firsts for b in self.counts if a.period and b.period and a.period[1] < b.period[0]
        ]  # fmt: skip

    @cached_property
    def _by_later(self) -> dict[Period | None, list[tuple[Draft, Draft]]]:
        found: dict[Period | None, list[tuple[Draft, Draft]]] = {}
        for pair in self._pairs:
            found.setdefault(pair[1].period, []).append(pair)
        return found


def _counts(drafts: Sequence[Draft]) -> list[_Counts]:
    """Return the counts that say their time, those of one thing together; a number told again stands once."""
    groups: dict[tuple[object, ...], dict[object, Draft]] = {}
    for d in drafts:
        if d.statistic in ("count", "rate") and d.period is not None and "period" in d.own:
            for unit in _units(d):
                key = (unit, d.measure, d.offence, d.geography, d.platforms, d.gender, d.age)
                groups.setdefault(key, {}).setdefault((d.period, d.value, d.bound), d)
    return [_Counts(list(group.values())[:_MOST_COUNTS]) for group in groups.values()]


def _units(draft: Draft) -> Sequence[str]:
    """Return in what a number can be compared: a month's count also with so many a month."""
    if draft.statistic == "count" and draft.period is not None and dates.months_in(draft.period) == 1:
        return draft.unit, "per_month"
    return (draft.unit,)


def _refuted(draft: Draft, compared: Sequence[tuple[Draft, Draft]]) -> bool:
    """Tell whether the release gives the numbers of both years that a change was taken to compare, and they differ.

    The years of "for 2014/15 it had been just 52, so the caseload has more than trebled" are those of other numbers.
    """
    said = [(a, b) for a, b in compared if (a.period, b.period) == (draft.base, draft.period)]
    return bool(said) and not any(_explains(draft, a, b) for a, b in said)


def _on_the_same(draft: Draft, count: Draft) -> bool:
    """Tell whether a change can be one of the counts of a thing: on its platforms, and of its place if it says one."""
    place = "geography" not in draft.own or count.geography == draft.geography
    return place and count.platforms == draft.platforms


def _nearest(draft: Draft, pairs: Sequence[tuple[Draft, Draft]]) -> tuple[Draft, Draft]:
    """Return the pair of counts whose change comes nearest to the one told; of those about as near the latest."""
    least = min(_distance(draft, a, b) for a, b in pairs)
    as_near = [p for p in pairs if _distance(draft, *p) <= least + _AS_NEAR]
    return max(as_near, key=lambda p: (p[1].period or ("", ""), p[0].period or ("", "")))


def _distance(draft: Draft, a: Draft, b: Draft) -> float:
    """Return how far, as a part of it, the change from one count to another is from the one told."""
    said = draft.value if draft.statistic == "ratio" else 1 + draft.value / 100
    return abs(b.value / a.value / said - 1)


def _explains(draft: Draft, a: Draft, b: Draft) -> bool:
    """Tell whether a change is that from one count to another, within what its hedge and rounding allow."""
    if a.bound != "=" or b.bound != "=":
        return False
    said = draft.value if draft.statistic == "ratio" else 1 + draft.value / 100
    true = b.value / a.value
    if said <= 0:
        return False
    loose = 0.08 if draft.statistic == "ratio" else 0.0
    off = true / said - 1
    if draft.statistic == "change" and draft.bound == "=":
        return abs(100 * (true - said)) <= _POINT
    return {"=": abs(off) <= loose, ">": -0.005 <= off <= 0.3, "<": -0.15 <= off <= 0.005, "~": abs(off) <= 0.12}[
        draft.bound
    ]


#: Of two pairs whose changes differ by less neither is the better one.
_AS_NEAR = 0.03
#: A percentage in digits is rounded to whole points.
_POINT = 1.0
