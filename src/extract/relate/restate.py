"""Figures that are given again: a headline or a key point takes from the body what it does not say itself."""

from __future__ import annotations

from collections.abc import Sequence

from extract.relate.draft import Draft

_FIELDS = ("period", "base", "geography", "offence", "measure")
#: Below this a number is too common for two of it to be one figure.
_LEAST = 150
#: A place carried on from the sentence before stands firmer than that of a restatement elsewhere.
_CONTINUED = frozenset({"geography.carried", "geography.section"})
#: How far a rounded figure may stand from the exact one.
_ROUNDING = 0.06


def complete(drafts: Sequence[Draft]) -> None:
    """Fill what a figure carried from elsewhere, or guessed, with what its restatement says of itself."""
    for draft in drafts:
        headline = draft.sentence.unit.kind == "headline"
        small = draft.statistic in ("count", "rate") and draft.value < _LEAST
        if small and not headline:
            continue
        twins = [d for d in drafts if d is not draft and same_figure(draft, d)]
        for name in _FIELDS:
            if name in draft.own or (name == "geography" and draft.rules.get(name) in _CONTINUED and not headline):
                continue
            sources = [d for d in twins if name in d.own]
            if sources and _agrees(draft, sources[0], name):
                source = min(sources, key=lambda d: abs(d.mention.start - draft.mention.start))
                draft.put(name, getattr(source, name), f"{name}.restatement")


def same_figure(a: Draft, b: Draft) -> bool:
    """Tell whether two figures can be one: same kind, platforms and victims, and one value or its rounding."""
    if (a.statistic, a.unit, a.platforms, a.gender, a.age) != (b.statistic, b.unit, b.platforms, b.gender, b.age):
        return False
    if a.value == b.value:
        return True
    rounded = a if a.bound != "=" else b if b.bound != "=" else None
    if rounded is None or a.statistic not in ("count",):
        return False
    exact = b if rounded is a else a
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
    counts = [d for d in drafts if d.statistic == "count" and d.period is not None and "period" in d.own]
    for draft in drafts:
        if draft.statistic not in ("change", "ratio") or "base" in draft.own or draft.twin_of is not None:
            continue
        pairs = [(a, b) for a in counts for b in counts if _comparable(draft, a, b) and _explains(draft, a, b)]
        if pairs:
            a, b = max(pairs, key=lambda p: (p[1].period or ("", ""), p[0].period or ("", "")))
            draft.put("base", a.period, "base.computed-from")
            draft.put("period", b.period, "period.computed-from")
    for draft in drafts:
        if draft.twin_of is not None and draft.statistic in ("change", "ratio"):
            draft.base, draft.period = draft.twin_of.base, draft.twin_of.period


def _comparable(draft: Draft, a: Draft, b: Draft) -> bool:
    alike = [(d.measure, d.offence, d.geography, d.platforms, d.gender, d.age) for d in (a, b)]
    if alike[0] != alike[1] or a.period is None or b.period is None or a.period[1] >= b.period[0] or a.value < 20:
        return False
    if "period" in draft.own and draft.period != b.period:
        return False
    return (a.geography, a.platforms) == (draft.geography, draft.platforms) or (
        "geography" not in draft.own and a.platforms == draft.platforms
    )


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


#: A percentage in digits is rounded to whole points.
_POINT = 1.0
