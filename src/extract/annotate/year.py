"""YEAR: expressions of time that name a year, or a stretch of a month or more, with the period they stand for."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from extract.annotate.dateline import dateline
from extract.annotate.dates import month_number
from extract.annotate.layout import Layout
from extract.annotate.months import told_months
from extract.annotate.timeline import Timeline, place, printed_ends
from extract.annotate.times import Expression, parse
from extract.lexicon.needs import Pattern
from extract.lexicon.rules import Rule, likely, load_rules
from extract.records import Mention, Period

#: What every expression of time holds, in small letters; a line without it is not looked at.
_TRIGGER = Pattern(
    r"(?:19\d|20[0-4])\d|year|month|decade|quarter|\bq[1-4]|january|february|march|april|may|june|july|august|"
    r"september|october|november|december|spring|summer|autumn|winter|twelve|[012]\d/[0-3]\d"
)
#: Where a date can start: at a number, a month, a season, or words that go with one.
_DATE = re.compile(
    r"(?<!\d)\d{1,4}|\b(?:FY|start|beginning|end|middle|spring|summer|autumn|winter|"
    r"jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)",
    re.IGNORECASE,
)
_LINE = re.compile(r"[^\n]+")


def find(lay: Layout) -> list[Mention]:
    """Return the YEAR mentions of a text; their values depend on the whole release."""
    return find_in(lay.text, lay.published)


def find_in(text: str, published: str | None) -> list[Mention]:
    """Return the YEAR mentions of a text published on an ISO date (or None)."""
    return list(read_times(text, published).mentions)


@dataclass(frozen=True, slots=True)
class Times:
    """The YEAR mentions of a release, its data year, the last day of its data, the hull of
    all its data, the last days of the periods whose year it prints, and the day it came out."""

    mentions: tuple[Mention, ...]
    data_year: Period | None
    data_end: str | None
    printed_ends: frozenset[str]
    data_span: Period | None
    published: str | None = None


@lru_cache(maxsize=8)
def read_times(text: str, published: str | None) -> Times:
    """Return the times of a text; kept for the few last texts, since annotation and relation both ask."""
    published = published or dateline(text)
    timeline = place(expressions(text), text, published)
    mentions = tuple(
        Mention("YEAR", p.expression.start, p.expression.end, p.expression.text, p.period, p.rule)
        for p in timeline.placed
    )
    ends = [p.period[1] for p in timeline.placed if p.period and p.expression.form in ("range", "ending", "month")]
    ends_printed = frozenset(printed_ends(timeline.placed))
    if timeline.data_year:
        stated = timeline.data_year[1] in ends_printed
        # A year that only publication gives away ends no data where the text prints until when they go.
        printed = bool(ends) and not any(p.expression.kind == "data" for p in timeline.placed)
        if stated or not printed:
            ends = [timeline.data_year[1]] if stated else [*ends, timeline.data_year[1]]
    data_end = max(ends, default=None)
    return Times(mentions, timeline.data_year, data_end, ends_printed, _data_span(timeline), published)


def _data_span(timeline: Timeline) -> Period | None:
    """Return the hull of the periods whose figures the release gives: what the forces were asked for."""
    own = [
        p.period
        for p in timeline.placed
        if p.period is not None
        and p.period[0][5:] == "04-01"
        and (
            (p.expression.form in ("police", "range", "ending", "truncated") and p.period[1][5:] == "03-31")
            or p.rule.endswith("+stated")
        )
    ]
    if timeline.data_year is not None:
        own.append(timeline.data_year)
    return (min(p[0] for p in own), max(p[1] for p in own)) if own else None


@dataclass(frozen=True, slots=True)
class Cued:
    """A rule, how its match is read, what a line in small letters needs for it, and whether it starts at a date."""

    rule: Rule
    read: str
    needs: re.Pattern[str] | None
    at_date: bool


@cache
def _cued(name: str) -> tuple[Cued, ...]:
    out = []
    for rule in load_rules(name):
        value = rule.value or {}
        needs = re.compile(value["needs"]) if "needs" in value else None
        out.append(Cued(rule, value.get("read", ""), needs, value.get("starts") == "date"))
    return tuple(out)


@cache
def _by_id(name: str) -> dict[str, Cued]:
    return {cued.rule.id: cued for cued in _cued(name)}


def _likely(name: str, text: str, start: int, end: int, low: str) -> list[Cued]:
    """Return the rules for which a line, ``low`` in small letters, holds what they need."""
    found = (_by_id(name)[rule.id] for rule in likely(name, text, start, end))
    return [cued for cued in found if cued.needs is None or cued.needs.search(low)]


def expressions(text: str) -> list[Expression]:
    """Return the expressions of time of a text that do not overlap, by offset; the longest wins."""
    found: list[Expression] = []
    for line in _LINE.finditer(text):
        if _TRIGGER.can_match(line[0]) and _TRIGGER.search(low := line[0].lower()):
            found.extend(_in_line(text, line.start(), line.end(), low))
    return _apart([*found, *_told(text)])


def _told(text: str) -> Iterator[Expression]:
    for month in told_months(text):
        n = month_number(month.name)
        yield Expression(month.start, month.end, month.name, "year.month-told", "months", form="month", months=(n, n))


def _in_line(text: str, start: int, end: int, low: str) -> list[Expression]:
    dates = [m.start() for m in _DATE.finditer(text, start, end)]
    found = [
        (a, b, match, cued)
        for cued in _likely("year", text, start, end, low)
        for a, b, match in _spans(cued, text, start, end, dates)
    ]
    if not found:
        return []
    barred = [
        (a, b) for cued in _likely("year_not", text, start, end, low) for a, b, _ in cued.rule.spans(text, start, end)
    ]
    candidates: list[Expression] = []
    for a, b, match, cued in found:
        if not any(x < b and a < y for x, y in barred):
            expression = parse(match, a, b, cued.rule.id, cued.read)
            if expression is not None:
                candidates.append(expression)
    candidates.sort(key=lambda e: (e.start - e.end, e.start, e.rule))
    return _apart(candidates)


def _apart(candidates: list[Expression]) -> list[Expression]:
    """Return the candidates, the best first, that overlap no better one, by offset."""
    chosen: list[Expression] = []
    for e in candidates:
        n = bisect_left(chosen, e.start, key=lambda c: c.start)
        free = (n == 0 or chosen[n - 1].end <= e.start) and (n == len(chosen) or e.end <= chosen[n].start)
        if free:
            chosen.insert(n, e)
    return chosen


def _spans(
    cued: Cued, text: str, start: int, end: int, dates: Sequence[int]
) -> Iterator[tuple[int, int, re.Match[str]]]:
    """Yield what a rule marks in a line, dates only where one can start."""
    if not cued.at_date:
        yield from cued.rule.spans(text, start, end)
        return
    done, pattern = start, cued.rule.pattern
    for at in dates:
        match = pattern.match(text, at, end) if at >= done else None
        if match is not None:
            done = match.end()
            yield match.start(), done, match
