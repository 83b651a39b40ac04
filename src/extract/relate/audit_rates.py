"""Rates ("22 a day") against the counts of the same stretch of time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from extract.annotate import dates
from extract.records import Period
from extract.relate.audit_ledger import Ledger
from extract.relate.audit_terms import (
    ABOUT,
    ALMOST,
    Finding,
    Interval,
    is_almost,
    is_count,
    number,
    overlap,
    said,
    truth_of,
)
from extract.relate.draft import Draft

_DAYS = {"per_hour": 1 / 24, "per_day": 1.0, "per_week": 7.0}
_MONTHS = {"per_month": 1.0, "per_year": 12.0}


def find(drafts: Ledger) -> Iterator[Finding]:
    """Yield the rates that no count of their period comes near."""
    for draft in drafts:
        if draft.statistic != "rate" or draft.period is None:
            continue
        units = _units_in(draft.period, draft.unit)
        if units <= 1:
            continue
        alike = [d for d in drafts.alike(draft) if is_count(d) and d.period is not None]
        totals = [d for d in alike if d.period == draft.period]
        # A count of another stretch as long may be the one meant: a rate seldom says its own time.
        readings = [d for d in alike if d.period and abs(_units_in(d.period, draft.unit) - units) < 0.02 * units]
        if totals and not any(overlap(_admitted(draft), _per(truth_of(d), units)) for d in readings):
            total = max(totals, key=lambda d: d.value)
            hedge = "more than " if total.bound == ">" else ""
            average = f"{hedge}{number(round(total.value / units, 1))} {draft.unit.replace('per_', 'a ')}"
            yield Finding(draft, f"{hedge}{number(total.value)} is {average}, not {said(draft)}")


def _units_in(period: Period, unit: str) -> float:
    if unit in _MONTHS:
        return dates.months_in(period) / _MONTHS[unit]
    days = (date.fromisoformat(period[1]) - date.fromisoformat(period[0])).days + 1
    return days / _DAYS[unit]


def _per(total: Interval, units: float) -> Interval:
    return total[0] / units, total[1] / units


def _admitted(rate: Draft) -> Interval:
    """Return what true rates a printed one admits: rates are rounded either way, and often down."""
    value = rate.value
    off = max(1.0, value * 0.03) if value >= 5 else 0.6
    if rate.bound == ">":
        return value - off / 2, value * 1.3 + off
    if rate.bound == "<":
        return value * 0.7 - off, value + off / 2
    if is_almost(rate):
        return value * (1 - ALMOST) - off, value + off / 2
    if rate.bound == "~":
        return value * (1 - ABOUT) - off, value * (1 + ABOUT) + off
    return value - off, value + off
