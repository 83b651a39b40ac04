"""Parses one expression of time into what it says by itself; what depends on context is left to the timeline."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from extract.annotate import dates
from extract.records import Period

Kind = Literal["fixed", "years", "months", "data", "previous", "following", "ago", "stretch", "part"]

_WORDS = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty",
)  # fmt: skip
_SMALL = {word: n for n, word in enumerate(_WORDS)}
_MONTH = (
    r"(?P<month>jan(?:uary|\.)?|feb(?:ruary|\.)?|mar(?:ch|\.)?|apr(?:il|\.)?|may|june?\.?|july?\.?|aug(?:ust|\.)?|"
    r"sept?(?:ember|\.)?|oct(?:ober|\.)?|nov(?:ember|\.)?|dec(?:ember|\.)?)"
)
_POLICE = re.compile(r"(?:fy[ -]?)?(?P<y1>\d{4})\s?(?P<sep>[/–—-])\s?(?P<y2>(?:20)?\d\d)", re.I)
_DAY_FIRST = re.compile(rf"(?P<day>\d\d?)(?:st|nd|rd|th)?\s(?:of\s)?{_MONTH}(?:,?\s(?:of\s)?(?P<year>\d{{4}}))?", re.I)
_MONTH_DAY = re.compile(rf"{_MONTH}\s(?P<day>\d\d?)(?:st|nd|rd|th)?(?:,?\s(?P<year>\d{{4}}))?(?!\d)", re.I)
_MONTH_YEAR = re.compile(
    rf"(?:(?P<edge>start|beginning|end|middle)\sof\s)?(?:the\s)?{_MONTH}(?:,?\s(?:of\s)?(?P<year>\d{{4}}))?(?!\d)", re.I
)
_YEAR = re.compile(r"\d{4}")


@dataclass(frozen=True, slots=True)
class Expression:
    """What an expression of time says by itself.

    ``period`` is known for ``fixed``; ``months`` hold (first, last) month numbers without a year; ``n`` and ``unit``
    count years or months; ``repaired`` says that the printed form is impossible or cut off; ``form`` is how it is
    printed: police, calendar, month, day, range, ending, truncated.
    """

    start: int
    end: int
    text: str
    rule: str
    kind: Kind
    form: str = ""
    period: Period | None = None
    years: tuple[int, int] | None = None
    months: tuple[int, int] | None = None
    n: int | None = None
    unit: str = "years"
    repaired: bool = False


Parser = Callable[[Expression, dict[str, str]], Expression | None]


def parse(match: re.Match[str], start: int, end: int, rule: str, parser: str) -> Expression | None:
    """Parse what a rule of ``year.toml`` matched; None where it is no time after all (``2019/47``)."""
    text = match.string[start:end]
    groups = {k: v for k, v in match.groupdict().items() if v is not None}
    blank = Expression(start, end, text, rule, "fixed")
    return _PARSERS[parser](blank, groups)


def number(text: str) -> int | None:
    """Return a small number in digits or words; a decade is ten; None for a vague one (*few*)."""
    low = text.lower()
    if low.endswith("decade"):
        return 5 if low.startswith("half") else 10
    return int(low) if low.isdigit() else _SMALL.get(low)


def point(text: str) -> Expression | None:
    """Parse a day, month, police year or calendar year that stands alone."""
    blank = Expression(0, len(text), text, "", "fixed")
    text = text.strip()
    if found := _POLICE.fullmatch(text):
        return _police(blank, int(found["y1"]), found["y2"], found["sep"])
    for pattern in (_DAY_FIRST, _MONTH_DAY):
        if found := pattern.fullmatch(text):
            return _day(blank, found)
    if found := _MONTH_YEAR.fullmatch(text):
        return _month(blank, found)
    edge, _, bare = text.rpartition(" of ")
    if _YEAR.fullmatch(bare):
        period = dates.calendar_year(int(bare))
        if edge:
            day = period[1] if edge.lower().endswith("end") else period[0]
            return replace(blank, form="day", period=(day, day))
        return replace(blank, form="calendar", period=period)
    return None


def _police(blank: Expression, first: int, second_text: str, sep: str) -> Expression | None:
    second = int(second_text) if len(second_text) == 4 else first // 100 * 100 + int(second_text)
    if second == first + 1:
        return replace(blank, form="police", period=dates.police_year(first))
    if sep in "-–—" and first < second <= first + 15:
        return replace(blank, kind="years", form="range", years=(first, second))
    if len(second_text) == 2 and second < first and second_text == "00" and first % 100 == 99:
        return replace(blank, form="police", period=dates.police_year(first))
    if sep == "/" and abs(second - first) <= 12:
        return replace(blank, form="police", period=dates.police_year(first), repaired=True)
    return None


def _day(blank: Expression, found: re.Match[str]) -> Expression | None:
    number_of_month, day = dates.month_number(found["month"]), int(found["day"])
    if found["year"] is None:
        return replace(blank, kind="months", form="day", months=(number_of_month, number_of_month), n=day)
    try:
        when = date(int(found["year"]), number_of_month, day).isoformat()
    except ValueError:
        return None
    return replace(blank, form="day", period=(when, when))


def _month(blank: Expression, found: re.Match[str]) -> Expression:
    number_of_month = dates.month_number(found["month"])
    if found["year"] is None:
        return replace(blank, kind="months", form="month", months=(number_of_month, number_of_month))
    period = dates.month(int(found["year"]), number_of_month)
    edge = (found["edge"] or "").lower()
    if edge == "end":
        period = (period[1], period[1])
    elif edge in ("start", "beginning"):
        period = (period[0], period[0])
    return replace(blank, form="month", period=period)


def _point(blank: Expression, groups: dict[str, str]) -> Expression | None:
    found = point(blank.text)
    return found and replace(found, start=blank.start, end=blank.end, rule=blank.rule)


def _days(blank: Expression, groups: dict[str, str]) -> Expression | None:
    last = point(groups["b"])
    if last is None or last.period is None:
        return None
    first = int(re.sub(r"\D", "", groups["a"]))
    day = last.period[0]
    return replace(blank, form="range", period=(f"{day[:8]}{first:02d}", day)) if 0 < first < int(day[8:]) else None


def _short(blank: Expression, groups: dict[str, str]) -> Expression | None:
    first, second = int(groups["a"]), int(groups["b"])
    return replace(blank, form="police", period=dates.police_year(2000 + first)) if second == first + 1 else None


def _truncated(blank: Expression, groups: dict[str, str]) -> Expression:
    return replace(blank, form="truncated", period=dates.police_year(int(blank.text[:4])), repaired=True)


def _range(blank: Expression, groups: dict[str, str]) -> Expression | None:
    a, b = point(groups["a"]), point(groups["b"])
    if a is None or b is None:
        return None
    if a.form == b.form == "calendar" and a.period and b.period:
        first, last = int(a.period[0][:4]), int(b.period[0][:4])
        return replace(blank, kind="years", form="range", years=(first, last)) if first < last else None
    if b.period is None and b.months and a.period:
        year = int(a.period[0][:4])
        b = replace(b, period=dates.month(year + (b.months[0] <= int(a.period[0][5:7])), b.months[0]))
    if b.period is None:
        return None
    if a.months:
        a = _with_year_before(a, b.period)
    if a.period is None or a.period[0] > b.period[1]:
        return None
    last_day = b.period[1]
    if _to_april(a, b):
        last_day = dates.day_before(b.period[0])
    return replace(blank, form="range", period=(a.period[0], last_day), repaired=a.repaired or b.repaired)


def _to_april(a: Expression, b: Expression) -> bool:
    # "Between April 2017 and April 2018" is the year to 31 March in such releases.
    if a.form != "month" or b.form != "month" or a.period is None or b.period is None:
        return False
    return a.period[0][5:7] == b.period[0][5:7] == "04" and b.period[0][:4] > a.period[0][:4]


def _with_year_before(a: Expression, end: Period) -> Expression:
    assert a.months is not None
    year = int(end[1][:4]) - (a.months[0] > int(end[1][5:7]))
    if a.form == "day":
        when = date(year, a.months[0], a.n or 1).isoformat()
        return replace(a, period=(when, when))
    return replace(a, period=dates.month(year, a.months[0]))


def _pair(blank: Expression, groups: dict[str, str]) -> Expression | None:
    first, second = int(groups["a"]), int(groups["b"])
    return replace(blank, kind="years", form="range", years=(first, second)) if second == first + 1 else None


def _months(blank: Expression, groups: dict[str, str]) -> Expression:
    first = dates.month_number(groups["a"])
    last = dates.month_number(groups.get("b", groups["a"]))
    last_year = groups.get("rel", "").lower().startswith("last")
    return replace(blank, kind="months", form="month", months=(first, last), n=1 if last_year else None)


def _ending(blank: Expression, groups: dict[str, str]) -> Expression | None:
    end = point(groups["b"].removesuffix(groups.get("rel", "")).removesuffix(" of ").strip())
    length = number(groups["n"]) if "n" in groups else 10 if "dec" in groups else 1
    if end is None or length is None:
        return None
    half, quarter = "half" in groups, "q" in groups
    by_months = groups.get("unit", "").startswith("month")
    months = 6 if half else 3 if quarter else length if by_months else 12 * length
    if end.months:
        return replace(blank, kind="months", form="ending", months=(0, end.months[1]), n=months)
    assert end.period is not None or end.years
    if end.period is None:
        return None
    last_day = end.period[1]
    if end.form == "month" and last_day[5:7] == "04" and months % 12 == 0:
        last_day = dates.day_before(end.period[0])  # "the year to April" ends on 31 March
    return replace(blank, form="ending", period=dates.ending(last_day, months), repaired=end.repaired)


def _part(blank: Expression, groups: dict[str, str]) -> Expression | None:
    base = point(groups["b"])
    size = groups.get("size", "quarter").lower()
    length = {"half": 6, "quarter": 3}.get(size) or number(groups.get("n", "")) or 3
    index = int(groups["q"]) if "q" in groups else _ORDINALS[groups["ord"].lower()]
    if base is None:
        return replace(blank, kind="part", n=length, months=(index, 0))
    if base.period is None:
        return None
    return replace(blank, form="part", period=part_of(base.period, length, index))


_ORDINALS = {"first": 1, "opening": 1, "second": 2, "third": 3, "fourth": 4, "last": -1, "final": -1, "latter": -1}


def part_of(period: Period, length: int, index: int) -> Period:
    """Return the ``index``-th stretch of ``length`` months of a period; -1 is the last."""
    if index < 0:
        return dates.ending(period[1], length)
    first = dates.shift((period[0], period[0]), length * (index - 1))[0]
    return first, dates.ending(dates.shift((first, first), length - 1)[0], 1)[1]


def _season(blank: Expression, groups: dict[str, str]) -> Expression:
    year, season = int(groups["b"]), groups["season"].lower()
    first = {"spring": 3, "summer": 6, "autumn": 9, "winter": 12}[season]
    start = dates.month(year, first)
    return replace(blank, form="season", period=(start[0], dates.shift(start, 2)[1]))


def _counted(blank: Expression, groups: dict[str, str], kind: Kind) -> Expression:
    unit = "months" if groups.get("unit", "").lower().startswith("month") else "years"
    n = number(groups["n"]) if "n" in groups else None
    if "half" in groups:
        n, unit = 6, "months"
    elif "plus" in groups and n is not None:
        n, unit = 12 * n + 6, "months"
    elif "first" in groups:
        n = 1
    if kind == "ago" and groups.get("dir", "").lower() in ("later", "on"):
        return replace(blank, kind="following", n=n, unit=unit)
    if kind == "ago" and not blank.text.lower().endswith("ago"):
        return replace(blank, kind="previous", n=n, unit=unit)
    return replace(blank, kind=kind, n=n, unit=unit)


def _following(blank: Expression, groups: dict[str, str]) -> Expression:
    if length := next((n for name, n in (("half", 6), ("quarter", 3), ("month", 1)) if name in groups), None):
        return replace(blank, kind="following", n=length, unit="months", form="adjacent")
    count, unit = groups.get("n", groups.get("n2")), groups.get("unit", groups.get("unit2", ""))
    if count is not None:
        unit = "years" if unit.lower().startswith("year") else "months"
        return replace(blank, kind="following", n=number(count), unit=unit, form="adjacent")
    return replace(blank, kind="following", n=1)


#: By the `value` of a rule row.
_PARSERS: dict[str, Parser] = {
    "point": _point,
    "days": _days,
    "short": _short,
    "truncated": _truncated,
    "range": _range,
    "pair": _pair,
    "months": _months,
    "ending": _ending,
    "part": _part,
    "season": _season,
    "data": lambda blank, groups: replace(blank, kind="data", n=1),
    "previous": lambda blank, groups: replace(
        blank, kind="previous", n=3 if "q" in groups else 1, unit="months" if "q" in groups else "years"
    ),
    "following": _following,
    "ago": lambda blank, groups: _counted(blank, groups, "ago"),
    "stretch": lambda blank, groups: _counted(blank, groups, "stretch"),
}
