"""Reads publication dates: as machines write them and as releases print them."""

from __future__ import annotations

import datetime
import re

_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_SHORT = ("jan", "feb", "mar", "apr", "jun", "jul", "aug", "sept", "sep", "oct", "nov", "dec")
_MONTH = rf"(?P<month>{'|'.join((*_MONTHS, *_SHORT))})"
_DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_ISO = re.compile(r"(?P<year>(?:19|20)\d\d)-(?P<month>[01]\d)-(?P<day>[0-3]\d)(?!\d)")
_COMPACT = re.compile(r"(?P<year>(?:19|20)\d\d)(?P<month>[01]\d)(?P<day>[0-3]\d)(?:T\d|\b)")
_WORDS = re.compile(rf"\b{_DAY}\s+(?:of\s+)?{_MONTH}\.?,?\s+{_YEAR}\b", re.IGNORECASE)
_US_WORDS = re.compile(rf"\b{_MONTH}\.?\s+{_DAY},?\s+{_YEAR}\b", re.IGNORECASE)
_SLASHES = re.compile(rf"\b{_DAY}[/.](?P<month>[01]?\d)[/.]{_YEAR}\b")
_ANY = (_ISO, _WORDS, _US_WORDS, _SLASHES)

_LABEL = re.compile(
    r"(?:date\s+)?(?:first\s+|last\s+)?(?:published|posted|issued|released?|created|date|press\s+release|news\s+release|updated)"
    r"(?:\s+(?:date|on|at|in))?\s*[:\-–—|,]?\s*",
    re.IGNORECASE,
)
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?,?\s+)?"
_TIME = r"(?:[,\s]*(?:at\s+)?\d{1,2}[:.]\d\d(?:[:.]\d\d)?\s*(?:am|pm)?\s*(?:GMT|BST|UTC)?)?"
_READING_TIME = re.compile(r"\d{1,2}\s*min(?:ute)?s?(?:\s+read)?", re.IGNORECASE)
_AUTHOR = r"\bby\s+[A-Z][\w'’.-]+(?:\s+[A-Z][\w'’.-]+){0,3}"
#: How many lines at the head of a printed release may carry its date.
_HEAD_LINES = 8


def iso_date(value: str | None) -> str | None:
    """Return the ISO date that a machine-readable or printed value opens with; None where there is none.

    Day comes before month in ``5/11/2019``: these are British releases.

    >>> iso_date("2019-11-05T00:01:00+00:00"), iso_date("5 Nov 2019"), iso_date("05/11/2019")
    ('2019-11-05', '2019-11-05', '2019-11-05')
    """
    for pattern in (*_ANY, _COMPACT):
        match = pattern.search((value or "")[:200])
        date = _date(match) if match else None
        if date:
            return date
    return None


def is_date_line(line: str) -> bool:
    """Say whether a line says nothing but when something was published: a label, a date, a time of day."""
    return bool(_whole(line))


def is_byline(line: str) -> bool:
    """Say whether a short line says nothing but when, by whom and how long to read.

    >>> is_byline("5 min read2019-11-05"), is_byline("By Jane Doe | Published 5 November 2019"), is_byline("In 2019")
    (True, True, False)
    """
    rest, dates = line, 0
    for pattern in (*_ANY, _READING_TIME):
        rest, found = pattern.subn(" ", rest)
        dates += found
    rest = re.sub(rf"{_TIME}|(?:{_LABEL.pattern})|{_WEEKDAY}|{_AUTHOR}", " ", rest, flags=re.IGNORECASE)
    return dates > 0 and not any(c.isalnum() for c in rest)


def labelled_date(line: str) -> str | None:
    """Return the date of a line that says, with a label, when the release was published."""
    match = _LABEL.match(line.strip())
    return _whole(line.strip()[match.end() :]) if match and match.end() else None


def printed_date(text: str) -> str | None:
    """Return the date that the first lines print as their own line or after a label; None where none does."""
    lines = [line.strip() for line in text[:4000].split("\n") if line.strip()][:_HEAD_LINES]
    labelled = (labelled_date(line) for line in lines)
    return next((d for d in labelled if d), None) or next((d for d in map(_whole, lines) if d), None)


def _whole(line: str) -> str | None:
    bare = line.strip()
    label = _LABEL.match(bare)
    if label:
        bare = bare[label.end() :]
    for pattern in _ANY:
        match = re.compile(rf"{_WEEKDAY}{pattern.pattern}{_TIME}", re.IGNORECASE).match(bare)
        if match and re.fullmatch(r"[\s.|,;–—-]*", bare[match.end() :]):
            return _date(match)
    return None


def _date(match: re.Match[str]) -> str | None:
    month = match["month"].lower()
    number = int(month) if month.isdigit() else 1 + next(i for i, m in enumerate(_MONTHS) if m.startswith(month[:3]))
    try:
        return datetime.date(int(match["year"]), number, int(match["day"])).isoformat()
    except ValueError:
        return None  # 31 June and the like are no dates
