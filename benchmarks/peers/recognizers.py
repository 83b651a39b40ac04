"""Recognizers-Text's numbers, percentages and dates as mentions."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from typing import Any

from benchmarks.peers.peer import Finder, Peer, is_printed_year, mention, printed_year, strip_hedge, without_overlaps
from extract.records import Mention, Release

_LONG = ("date", "daterange", "duration")
#: A time that names neither a year nor a stretch of a month or more is no mention.
_SHORT = re.compile(r"(?:P\d+[DHMS]|PT.*|XXXX-WXX-\d|XXXX-\d\d-\d\d|\d{4}-W.*)")
_FRACTION = re.compile(r"\b(?:half|thirds?|quarters?|\w+ths?|in)\b", re.I)
Recognise = Callable[..., list[Any]]


def load() -> Finder:
    """Return a finder over the recognisers of numbers, percentages, dates, ages, money and measures, in English."""
    from recognizers_date_time import recognize_datetime
    from recognizers_number import recognize_number, recognize_percentage
    from recognizers_number_with_unit import recognize_age, recognize_currency, recognize_dimension
    from recognizers_text import Culture

    english = Culture.English
    others: tuple[Recognise, ...] = (recognize_age, recognize_currency, recognize_dimension)

    def find(release: Release) -> list[Mention]:
        text = release.text
        day = datetime.fromisoformat(release.published) if release.published else None
        shares = list(_shares(release, recognize_percentage(text, english)))
        times = list(_times(release, recognize_datetime(text, english, reference=day)))
        taken = [(m.start, m.end) for m in (*shares, *times)]
        taken += [(r.start, r.end + 1) for recognise in others for r in recognise(text, english)]
        free = [r for r in recognize_number(text, english) if all(r.end < a or r.start >= b for a, b in taken)]
        return without_overlaps((*shares, *times, *_numbers(release, free)))

    return find


def _shares(release: Release, results: list[Any]) -> Iterator[Mention]:
    for result in results:
        start = strip_hedge(release.text, result.start, result.end + 1)
        value = float(result.resolution["value"].rstrip("%"))
        yield mention(release, "PERCENTAGE", start, result.end + 1, (value, "percent"))


def _numbers(release: Release, results: list[Any]) -> Iterator[Mention]:
    for result in results:
        start, end = result.start, result.end + 1
        surface, value = release.text[start:end], float(result.resolution["value"])
        if is_printed_year(surface):
            yield mention(release, "YEAR", start, end, printed_year(surface))
        elif 0 < value < 1 and _FRACTION.search(surface):
            start += 2 if surface.lower().startswith("a ") else 0
            yield mention(release, "PERCENTAGE", start, end, (round(100 * value, 2), "percent"))
        else:
            yield mention(release, "COUNT", start, end, value)


def _times(release: Release, results: list[Any]) -> Iterator[Mention]:
    for result in results:
        kind = result.type_name.removeprefix("datetimeV2.")
        values = (result.resolution or {}).get("values") or [{}]
        if kind not in _LONG or _SHORT.fullmatch(values[-1].get("timex", "")):
            continue
        start, end = strip_hedge(release.text, result.start, result.end + 1), result.end + 1
        start, end = _widened(release.text, start, end)
        surface = release.text[start:end]
        period = printed_year(surface) if is_printed_year(surface) else _period(kind, values[-1])
        yield mention(release, "YEAR", start, end, period)


def _widened(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the span of a year with the short second year that the recogniser cuts off: ``2017`` in 2017/18."""
    more = re.match(r"\s?[/–-]\s?\d{2,4}\b", text[end : end + 8])
    whole = end + more.end() if more else end
    return (start, whole) if is_printed_year(text[start:whole]) else (start, end)


def _period(kind: str, value: dict[str, str]) -> tuple[str, str] | None:
    if kind == "date" and "value" in value:
        return value["value"], value["value"]
    try:
        first, after = date.fromisoformat(value["start"]), date.fromisoformat(value["end"])
    except (KeyError, ValueError):
        return None
    return first.isoformat(), (after - timedelta(days=1)).isoformat()


PEER = Peer(
    "recognizers",
    "Recognizers-Text",
    ("recognizers-text-number", "recognizers-text-number-with-unit", "recognizers-text-date-time", "emoji"),
    "the Python packages for numbers, numbers with units and dates, in English, with the day of publication as the "
    "documented reference date (it needs emoji before 2.0)",
    "Percentages are `PERCENTAGE`, also numbers below one that are written as fractions (`one in five`, `a quarter` "
    "without its article); dates, date ranges and durations of a month or more `YEAR`, its exclusive ends made "
    "inclusive, `2017/18` read as the police year; numbers that are part of none of these, nor of an age, money or a measure, `COUNT`. "
    "It knows no names: `FORCE`, `AREA` and `PLATFORM` stay empty.",
    load,
)
