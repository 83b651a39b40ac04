"""Recognizers-Text's numbers, percentages and dates as mentions."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from typing import Any

from benchmarks.peers.peer import (
    VAGUE,
    Finder,
    is_printed_year,
    mention,
    peer,
    printed_year,
    strip_hedge,
    without_overlaps,
)
from extract.records import Mention, Release

_LONG = ("date", "daterange", "duration")
#: A time that names neither a year nor a stretch of a month or more is no mention.
_SHORT = re.compile(r"(?:P\d+[DHMS]|PT.*|XXXX-WXX-\d|XXXX-\d\d-\d\d|\d{4}-W.*)")
#: What a mention of time has in it: a printed year, or years, months or a decade as units (no age: "17-year").
_LONG_ENOUGH = re.compile(r"\b(?:19|20)\d\d\b|\S+ (?:years?|months|decades?)\b|\bdecade\b", re.I)
_FRACTION = re.compile(r"\b(?:half|thirds?|quarters?|\w+ths?|in)\b", re.I)
Recognise = Callable[..., list[Any]]


def load() -> Finder:
    """Return a finder over the recognisers of numbers, percentages, dates, ages, money and measures, in English."""
    from recognizers_date_time import recognize_datetime
    from recognizers_number import recognize_number, recognize_percentage
    from recognizers_number_with_unit import recognize_age, recognize_currency, recognize_dimension
    from recognizers_sequence import recognize_phone_number
    from recognizers_text import Culture

    english = Culture.English
    others: tuple[Recognise, ...] = (recognize_age, recognize_currency, recognize_dimension, recognize_phone_number)

    def find(release: Release) -> list[Mention]:
        text = release.text
        day = datetime.fromisoformat(release.published) if release.published else None
        shares = list(_shares(release, _placed(text, recognize_percentage(text, english))))
        times = list(_times(release, _placed(text, recognize_datetime(text, english, reference=day))))
        taken = [(m.start, m.end) for m in (*shares, *times)]
        taken += [(r.start, r.end + 1) for recognise in others for r in _others(text, recognise(text, english))]
        free = [
            r
            for r in _placed(text, recognize_number(text, english))
            if all(r.end < a or r.start >= b for a, b in taken)
        ]
        return without_overlaps((*shares, *times, *_numbers(release, free)))

    return find


def _placed(text: str, results: list[Any]) -> Iterator[Any]:
    """Yield the results with their offsets set right: they slip where the recogniser drops a character of the text."""
    for result in results:
        found = text.lower().find(result.text.lower(), max(0, result.start - 3), result.end + 9)
        if found >= 0:
            result.start, result.end = found, found + len(result.text) - 1
        yield result


def _others(text: str, results: list[Any]) -> Iterator[Any]:
    """Yield ages, money, measures and telephone numbers, without the inches that it reads into "402 in 2016/17"."""
    return (r for r in _placed(text, results) if not r.text.lower().endswith(" in"))


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
        elif surface.lower() not in VAGUE:
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
        if not _LONG_ENOUGH.search(surface):
            continue
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


PEER = peer("recognizers", load)
