"""The day of publication as the text itself prints it: a line near the top that holds nothing but a date."""

from __future__ import annotations

import re

from extract.annotate.dates import month_number

_MONTH = (
    r"(?P<month>Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|"
    r"Nov(?:ember)?|Dec(?:ember)?)"
)
_LINE = re.compile(
    r"\W*(?:By\s[^|\n]{3,60}[|–-]\s?)?(?:(?:first\s)?(?:published|posted|date|updated)(?:\son)?:?\s)?"
    r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s)?"
    rf"(?:(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s)?{_MONTH}\s|"
    rf"{_MONTH.replace('month', 'first')}\s(?P<later>\d{{1,2}})(?:st|nd|rd|th)?,?\s)"
    r"(?P<year>20[0-4]\d)(?:,?\s(?:at\s)?\d\d?[:.]\d\d(?:\s?[ap]m)?)?(?:\s*[|•·–-]\s.{0,60})?\W*",
    re.IGNORECASE,
)
#: How many lines with words from the top a dateline is looked for.
_TOP = 8


def is_dateline(line: str) -> bool:
    """Tell whether a line holds nothing but a date, and perhaps by whom or what was published then."""
    return _LINE.fullmatch(line.strip()) is not None


def dateline(text: str) -> str | None:
    """Return the ISO date that a line near the top prints (the middle of a month without a day), or None."""
    for line in [line for line in text[:3000].split("\n") if line.strip()][1 : _TOP + 1]:
        found = _LINE.fullmatch(line.strip())
        if found is not None:
            month = month_number(found["month"] or found["first"])
            return f"{found['year']}-{month:02d}-{int(found['day'] or found['later'] or 15):02d}"
    return None
