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
    for other in ("geography", "period", "offence"):
        if other != name and other in draft.own and other in source.own:
            if getattr(draft, other) != getattr(source, other):
                return False
    return True
