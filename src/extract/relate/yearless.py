"""Days without a year that bound a stretch of figures: "between 23 March and 10 May", "Christmas Eve to January 4".

They are no YEAR mentions, but they say when. The year is that of the first lockdown in a text of that time on it, else
the last in which the stretch was over when the text came out.
"""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

from extract.annotate.dates import month_number, span
from extract.lexicon.needs import Pattern
from extract.records import Period

_MONTH = "January|February|March|April|May|June|July|August|September|October|November|December"
_NO_YEAR = r"(?!\d|,?\s(?:of\s)?(?:19|20)\d\d)"
#: Days of the turn of the year that have names, by month and day.
_FEASTS = {
    "christmas eve": (12, 24),
    "christmas day": (12, 25),
    "boxing day": (12, 26),
    "new year’s eve": (12, 31),
    "new year’s day": (1, 1),
}
_FEAST = "|".join(name.title().replace("’S ", "[’']s ").replace(" ", r"\s") for name in _FEASTS)


def _day(name: str) -> str:
    """Return the pattern of a day and its month in either order or of a feast, in groups that begin with a name."""
    first = rf"(?P<{name}1>\d{{1,2}})(?:st|nd|rd|th)?\s(?:of\s)?(?P<{name}2>{_MONTH})"
    return rf"(?:{first}|(?P<{name}3>{_MONTH})\s(?P<{name}4>\d{{1,2}})(?:st|nd|rd|th)?|(?P<{name}5>{_FEAST}))"


_STRETCH = Pattern(
    rf"\b(?:(?P<prefix>[Bb]etween|[Ff]rom)\s(?:the\s)?)?{_day('a')}{_NO_YEAR}(?:,[^,.;\n]{{0,40}},)?\s(?(prefix)(?:and|to|until|till|up\sto)|"
    rf"(?:to|until|till|up\sto))\s(?:the\s)?"
    rf"{_day('b')}{_NO_YEAR}(?!\s(?:of\s)?last\syear)"
)
_LOCKDOWN = Pattern(r"\b(?:lockdown|coronavirus|covid|pandemic)\b", re.I)
#: The year of the first lockdown; a text that came out later than this speaks of it as past.
_FIRST, _LAST = 2020, 2021


@lru_cache(maxsize=8)
def stretches(text: str, published: str | None) -> tuple[tuple[int, Period], ...]:
    """Return (offset, period) of each stretch of days without a year, by offset; none where nothing tells the year."""
    found = []
    for match in _STRETCH.finditer(text):
        period = _placed(match, text, published)
        if period is not None:
            found.append((match.start(), period))
    return tuple(found)


def _placed(match: re.Match[str], text: str, published: str | None) -> Period | None:
    ends = [_month_and_day(match, name) for name in "ab"]
    out = date.fromisoformat(published) if published else None
    if _LOCKDOWN.search(text) and (out is None or _FIRST <= out.year <= _LAST):
        year = _FIRST
    elif out is not None:
        year = out.year - (ends[1] > (out.month, out.day))
    else:
        return None
    try:
        return span(date(year - (ends[0] > ends[1]), *ends[0]), date(year, *ends[1]))
    except ValueError:
        return None


def _month_and_day(match: re.Match[str], name: str) -> tuple[int, int]:
    feast = match[f"{name}5"]
    if feast:
        return _FEASTS[feast.lower().replace("'", "’")]
    month = match[f"{name}2"] or match[f"{name}3"]
    return month_number(month), int(match[f"{name}1"] or match[f"{name}4"])
