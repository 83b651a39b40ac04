"""Figures told in the order of times named before: "the first year", "41, 55 and 72 in turn"."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from extract.annotate import dates
from extract.records import Period
from extract.relate.carry import Context
from extract.relate.draft import Draft
from extract.relate.frame import IN_ORDER
from extract.relate.times import Times

_NTH = r"(?P<nth>first|second|third|fourth|fifth|next|last|final|latest|start|outset|beginning|end|close)"
#: "204 in the first year", "167 in the second", "1,461 in the first of those years"
_BEHIND = re.compile(
    rf"(?:\s[a-z]+){{0,2}}\s(?:in|during|for|at)\s(?:the|its)\s{_NTH}(?:\s(?:year|of\s(?:these|those|them))\b|(?=[,.;]|$|\sand\s|\sto\s))",
    re.I,
)
#: "The first year accounted for 118 of those, the second for 152"
_SUBJECT = re.compile(
    rf"\b(?:the|its)\s{_NTH}(?:\s(?:year|of\s(?:these|those|them)(?:\syears)?))?(?:\s(?:accounted|accounts)\sfor|\s(?:brought|saw|had|produced|yielded)|\sfor|\swith)"
    r"\s(?:[a-z]+\s){0,2}$",
    re.I,
)
#: "the 71 with which it started"
_STARTED = re.compile(
    r"(?:\s[a-z]+){0,2}\s(?:with|from)\swhich\s(?:the\s\w+|it|they)\s(?:begins?|began|starts?|started|opens?|opened|set\sout)\b",
    re.I,
)
_PLACES = {"first": 0, "start": 0, "outset": 0, "beginning": 0, "second": 1, "third": 2, "fourth": 3, "fifth": 4}
_ENDS = frozenset({"last", "final", "latest", "end", "close"})
#: So many figures in a row are one for each time told before, though nothing says "respectively".
_MANY = 3


def nth_year(draft: Draft, times: Times, context: Context) -> Period | None:
    """Return the year of "204 in the first year and 167 in the second": of the stretch told, or of the two compared."""
    if len(times.all) > 1 or any(dates.months_in(m.value) <= 12 for m in times.all):
        return None
    stretch = times.all[0].value if times.all else context.topic.stretch
    if _STARTED.match(draft.masked.after()) and stretch is not None and (years := _years(stretch)):
        return years[0]
    found = _BEHIND.match(draft.masked.after()) or _SUBJECT.search(draft.masked.before())
    if found is None:
        return None
    word = found["nth"].lower()
    previous = context.previous
    if word == "next":
        before = previous.period if previous is not None and "nth-year" in previous.rules.get("period", "") else None
        return dates.shift(before, 12) if before is not None else None
    if stretch is not None and (years := _years(stretch)):
        at = len(years) - 1 if word in _ENDS else _PLACES[word]
        return years[at] if at < len(years) else None
    if context.topic.comparison is None:
        return None
    first, second = context.topic.comparison
    return first if _PLACES.get(word) == 0 else second


def _years(stretch: Period) -> list[Period]:
    """Return the years of a stretch of whole years, [] for any other."""
    count, rest = divmod(dates.months_in(stretch), 12)
    last = dates.ending(stretch[1], 12)
    return [dates.shift(last, -12 * back) for back in reversed(range(count))] if not rest and count > 1 else []


def one_each(times: Times, draft: Draft, told: tuple[Period, ...]) -> Period | None:
    """Return a figure's time in a run that gives one for each of as many times before: "41, 55 and 72 in turn"."""
    frame = times.binding.frame
    run = frame.run_of(draft)
    if run is None or times.all or len(told) < len(run):
        return None
    if len(frame.sentence.of("FORCE", "AREA")) >= len(run) or frame.sentence.of("PLATFORM"):
        return None
    if len(run) < _MANY and not IN_ORDER.search(draft.masked.text):
        return None
    of_run = told[-len(run) :]
    return of_run[run.index(frame.index(draft))] if _is_chain(of_run) else None


def _is_chain(periods: Sequence[Period]) -> bool:
    """Tell whether stretches of one length follow each other without a gap."""
    months = dates.months_in(periods[0])
    return months > 0 and all(dates.shift(a, months) == b for a, b in itertools.pairwise(periods))
