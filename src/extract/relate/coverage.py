"""The period of a coverage count ("data from 43 forces"): that of all the data which the forces were asked for."""

from __future__ import annotations

from collections.abc import Sequence

from extract.records import Period
from extract.relate.draft import Draft
from extract.relate.hierarchy import POLICE_MEASURES

#: The rule whose guess, the years printed, gives way to the years of the figures.
GUESSED = "period.data-asked-for"


def complete(drafts: Sequence[Draft]) -> None:
    """Give each undated coverage count the stretch from the first to the last police figure of its release."""
    told = _asked_for(drafts)
    for draft in drafts:
        if told is not None and draft.measure == "forces" and draft.rules.get("period") == GUESSED:
            draft.put("period", told, "period.of-all-figures")


def _asked_for(drafts: Sequence[Draft]) -> Period | None:
    figures = [d for d in drafts if d.measure in POLICE_MEASURES and d.source == "police"]
    periods = [p for d in figures for p in (d.period, d.base) if p is not None]
    return (min(p[0] for p in periods), max(p[1] for p in periods)) if periods else None
