"""Values, periods, places and flags in words, as the pages say them."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

#: What a page says where the releases say nothing.
UNKNOWN = "not known"
BOUNDS = {"=": "", ">": "more than ", "<": "fewer than ", "~": "about "}
STATISTICS = {
    "count": "number",
    "share": "share",
    "change": "change",
    "ratio": "multiple",
    "rate": "rate",
}
_RATES = {
    "per_hour": "an hour",
    "per_day": "a day",
    "per_week": "a week",
    "per_month": "a month",
    "per_year": "a year",
}
#: Each flag: a few words, and a sentence.
FLAGS = {
    "period_repaired": ("period repaired", "The period as printed is impossible or cut off; it was read as what fits."),
    "period_inferred": ("period inferred", "The year is printed nowhere near the figure; it was worked out."),
    "conflicting_geography": ("places conflict", "The release contradicts itself on whose figure this is."),
    "arithmetic_mismatch": (
        "sums do not agree",
        "The figure disagrees with others of its release by more than rounding explains.",
    ),
    "revised": ("revised", "Another release gives a value that does not agree."),
    "conflicting": ("conflict", "One release gives values that do not agree."),
}
#: Why an observation is no part of the series of forces and years.
NOT_IN_SERIES = {
    "statistic": "it is no count",
    "measure": "it does not count recorded offences",
    "offence": "its offence is not known",
    "no geography": "no place is known for it",
    "joint geography": "it is about several places together",
    "not a force": "its place is no police force area",
    "no period": "its period is not known",
    "not a police year": "its period is no police year",
    "platform": "it is about single platforms",
    "gender": "it is about girls or boys only",
    "age": "it is about one age group only",
}
#: Each label: its name, and the letter that stands beside the marked words.
LABELS = {
    "FORCE": ("Police force", "F"),
    "AREA": ("Area", "A"),
    "YEAR": ("Period", "Y"),
    "COUNT": ("Number", "N"),
    "PERCENTAGE": ("Percentage or multiple", "P"),
    "PLATFORM": ("Platform", "S"),
}
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def number(value: float, places: int = 2) -> str:
    """Return a number with thousands separated.

    Examples
    --------
    >>> number(1234.0), number(2.5), number(-7.0)
    ('1,234', '2.5', '−7')
    """
    text = f"{abs(value):,.{places}f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return f"−{text}" if value < 0 and text != "0" else text


def figure(value: float, unit: str, statistic: str, bound: str = "=") -> str:
    """Return a figure as a reader would say it.

    Examples
    --------
    >>> figure(34.0, "percent", "change"), figure(1200.0, "number", "count", ">"), figure(2.0, "multiple", "ratio")
    ('+34%', 'more than 1,200', '2 times')
    """
    said = number(value)
    if unit == "percent":
        said += "%"
        if statistic == "change" and value > 0:
            said = f"+{said}"
    elif unit == "multiple":
        said += " times"
    elif unit in _RATES:
        said += f" {_RATES[unit]}"
    return BOUNDS[bound] + said


def period(start: str | None, end: str | None) -> str:
    """Return a period in words; police years (April to March) as ``2018/19``.

    Examples
    --------
    >>> period("2018-04-01", "2019-03-31"), period("2018-01-01", "2018-12-31"), period("2018-04-01", "2018-12-31")
    ('2018/19', '2018', 'April to December 2018')
    >>> period("2017-04-01", "2022-03-31"), period(None, None)
    ('2017/18 to 2021/22', 'not known')
    """
    if not start or not end:
        return UNKNOWN
    first, last = date.fromisoformat(start), date.fromisoformat(end)
    if start.endswith("-04-01") and end.endswith("-03-31") and last.year > first.year:
        years = police_year(first.year)
        return years if last.year == first.year + 1 else f"{years} to {police_year(last.year - 1)}"
    if start.endswith("-01-01") and end.endswith("-12-31"):
        return start[:4] if first.year == last.year else f"{first.year} to {last.year}"
    if first.day == 1 and _next_day_is_first(last):
        return _months(first, last)
    return day(start) if start == end else f"{day(start)} to {day(end)}"


def police_year(first: int) -> str:
    """Return the police year that begins in a calendar year: ``2018/19``."""
    return f"{first}/{(first + 1) % 100:02d}"


def _next_day_is_first(one: date) -> bool:
    return date.fromordinal(one.toordinal() + 1).day == 1


def _months(first: date, last: date) -> str:
    start, end = _MONTHS[first.month - 1], f"{_MONTHS[last.month - 1]} {last.year}"
    if first.year == last.year:
        return end if first.month == last.month else f"{start} to {end}"
    return f"{start} {first.year} to {end}"


def day(iso: str | None) -> str:
    """Return a date in words: ``5 November 2019``."""
    if not iso:
        return UNKNOWN
    one = date.fromisoformat(iso)
    return f"{one.day} {_MONTHS[one.month - 1]} {one.year}"


def victims(gender: str | None, youngest: int | None, oldest: int | None) -> str:
    """Return whom a figure is about: ``girls, 12 to 15 years``; empty where it is about all.

    Examples
    --------
    >>> victims("female", 12, 15), victims(None, None, 11), victims(None, None, None)
    ('girls, 12 to 15 years', 'up to 11 years', '')
    """
    who = {"female": "girls", "male": "boys"}.get(gender or "", "")
    ages = ""
    if youngest is not None and oldest is not None:
        ages = f"{youngest} years" if youngest == oldest else f"{youngest} to {oldest} years"
    elif youngest is not None:
        ages = f"{youngest} years and older"
    elif oldest is not None:
        ages = f"up to {oldest} years"
    return ", ".join(filter(None, (who, ages)))


def place_from_slug(slug: str) -> str:
    """Return a readable name of a place that no code list has: ``isle-of-wight`` is ``Isle of Wight``."""
    small = {"of", "and", "the", "upon", "on", "in", "under", "by"}
    parts = [p if p in small and i else p.capitalize() for i, p in enumerate(slug.split("-"))]
    return " ".join(parts)


def web_address(url: Any) -> str | None:
    """Return an address that a page may link to: one of the web, and no other scheme.

    Examples
    --------
    >>> web_address("https://example.org/a"), web_address("javascript:alert(1)")
    ('https://example.org/a', None)
    """
    return url if isinstance(url, str) and re.match(r"https?://[^\s\"'<>]+\Z", url) else None
