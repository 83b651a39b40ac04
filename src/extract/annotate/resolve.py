"""Overlapping candidates become mentions by a total order; the losers stay listed with the winner."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable
from dataclasses import dataclass

from extract.records import Label, Mention

#: Which label wins between candidates of one length.
PRIORITY: tuple[Label, ...] = ("YEAR", "PERCENTAGE", "FORCE", "AREA", "PLATFORM", "COUNT")
_RANK = {label: rank for rank, label in enumerate(PRIORITY)}


@dataclass(frozen=True, slots=True)
class Lost:
    """A candidate that overlapped a better one."""

    candidate: Mention
    winner: Mention


def order(mention: Mention) -> tuple[int, int, int, str]:
    """Return the key of the total order: the longest first, then label, start and rule id."""
    return (mention.start - mention.end, _RANK[mention.label], mention.start, mention.rule)


def resolve(candidates: Iterable[Mention]) -> tuple[tuple[Mention, ...], tuple[Lost, ...]]:
    """Return the mentions that stand, by start, and the candidates that lost with their winners."""
    kept: list[Mention] = []
    lost: list[Lost] = []
    for candidate in sorted(set(candidates), key=order):
        rival = _overlapping(kept, candidate)
        if rival is None:
            insort(kept, candidate, key=lambda m: m.start)
        else:
            lost.append(Lost(candidate, rival))
    return tuple(kept), tuple(lost)


def _overlapping(kept: list[Mention], candidate: Mention) -> Mention | None:
    n = bisect_left(kept, candidate.start, key=lambda m: m.start)
    for rival in kept[max(0, n - 1) : n + 1]:
        if rival.start < candidate.end and candidate.start < rival.end:
            return rival
    return None
