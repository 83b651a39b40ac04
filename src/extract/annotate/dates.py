"""Calendar arithmetic on periods: pairs of ISO dates, both inclusive."""

from __future__ import annotations

import calendar
from datetime import date, timedelta
from functools import lru_cache

from extract.records import Period

#: The month in which a police (financial) year begins.
POLICE_YEAR_START = 4

MONTHS = {name: n for n, name in enumerate(calendar.month_abbr) if name}


def month_number(name: str) -> int:
    """Return 1 to 12 for a month's name or abbreviation, in any case; 0 for another word."""
    return MONTHS.get(name.strip()[:3].capitalize(), 0)


def span(start: date, end: date) -> Period:
    """Return a period from two dates."""
    return start.isoformat(), end.isoformat()


def month(year: int, number: int) -> Period:
    """Return the period of one month."""
    return span(date(year, number, 1), date(year, number, calendar.monthrange(year, number)[1]))


def calendar_year(year: int) -> Period:
    """Return 1 January to 31 December."""
    return f"{year:04d}-01-01", f"{year:04d}-12-31"


def police_year(year: int) -> Period:
    """Return the police year that begins in April of ``year``."""
    return f"{year:04d}-04-01", f"{year + 1:04d}-03-31"


def hull(a: Period, b: Period) -> Period:
    """Return the period from the earlier start to the later end."""
    return min(a[0], b[0]), max(a[1], b[1])


@lru_cache(maxsize=4096)  # releases speak of few periods, and often
def months_in(period: Period) -> int:
    """Return how many calendar months a period touches."""
    start, end = date.fromisoformat(period[0]), date.fromisoformat(period[1])
    return (end.year - start.year) * 12 + end.month - start.month + 1


@lru_cache(maxsize=4096)
def shift(period: Period, months: int) -> Period:
    """Move a period by whole months; an end on a month's last day stays on a last day."""
    return _shift_day(period[0], months, last=False), _shift_day(period[1], months, last=_is_last(period[1]))


@lru_cache(maxsize=4096)
def ending(end: str, months: int) -> Period:
    """Return the period of ``months`` whole months that ends on the last day of the month of ``end``."""
    last = date.fromisoformat(end)
    last = last.replace(day=calendar.monthrange(last.year, last.month)[1])
    first = date.fromisoformat(_shift_day(last.isoformat(), 1 - months, last=False)).replace(day=1)
    return span(first, last)


def day_before(day: str) -> str:
    """Return the ISO date before ``day``."""
    return (date.fromisoformat(day) - timedelta(days=1)).isoformat()


def _is_last(day: str) -> bool:
    return (date.fromisoformat(day) + timedelta(days=1)).day == 1


def _shift_day(day: str, months: int, *, last: bool) -> str:
    old = date.fromisoformat(day)
    total = old.year * 12 + old.month - 1 + months
    year, number = divmod(total, 12)
    longest = calendar.monthrange(year, number + 1)[1]
    return date(year, number + 1, longest if last else min(old.day, longest)).isoformat()
