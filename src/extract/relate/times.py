"""The times of a sentence as they stand to its figures: bound to them, or what others are compared with."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from extract.annotate import dates
from extract.lexicon.rules import likely
from extract.records import Mention, Period
from extract.relate.draft import Draft
from extract.relate.frame import Binding, Frame, bind
from extract.relate.masked import mask
from extract.relate.scope import Sentence

#: Two numbers set side by side, whichever is the later.
_SET_BESIDE = re.compile(r"\b(?:compared|opposed)\s(?:to|with)\b[^.;]{0,40}$", re.I)
#: "Newham, which had led the way in 2020/21, managed …": a time told in passing about another matter.
_PAST_ASIDE = re.compile(r",\s(?:which|who)\shad\s(?:[a-z]+\s){1,5}(?:in|during)\s(?:the\s)?$")

#: "went up from 190 to 402": two numbers in an order of their own.
_FROM = re.compile(r"\bfrom\s(?:[a-z]+\s){0,2}(?:<X>\sto\b|<N>\sto\s(?:[a-z]+\s){0,2}<X>)", re.I)
#: Rules of times that are counted back; they are compared with, unless a figure of their own says more.
COUNTED_BACK = ("year.previous", "year.n-ago", "year.decade-ago")


@dataclass(frozen=True, slots=True)
class Times:
    """The times of a sentence bound to its figures: ``bases`` others are compared with, ``all`` are on the calendar.

    ``turned`` are those that an earlier year is compared with.
    """

    binding: Binding
    bases: frozenset[int]
    all: tuple[Mention, ...]
    turned: frozenset[int] = frozenset()

    def is_base(self, mention: Mention) -> bool:
        """Tell whether a time is what something is compared with."""
        return mention.start in self.bases


def bind_times(frame: Frame) -> Times:
    """Bind the times of a sentence to its figures and mark those that are compared with."""
    found = _placed(frame)
    bases = {m.start for m in found if is_compared(frame.layout.text, frame.sentence, m)}
    text = frame.layout.text
    turned = frozenset(
        m.start for m in found
        if m.start in bases and _is_later(m, found, bases) and _SET_BESIDE.search(text, frame.sentence.start, m.start)
    )  # fmt: skip
    return Times(bind(frame, found), frozenset(bases - turned), tuple(found), turned)


def _is_later(mention: Mention, found: Sequence[Mention], bases: set[int]) -> bool:
    """Tell whether a year compared with is the later one: "61 in 2012/13, compared to 124 in 2016/17"."""
    others = [m.value for m in found if m.start not in bases and dates.months_in(m.value) == 12]
    return dates.months_in(mention.value) == 12 and bool(others) and all(p < mention.value for p in others)


def _placed(frame: Frame) -> list[Mention]:
    """Return the times of a sentence on the calendar, but for those of a clause about another matter."""
    text, start = frame.layout.text, frame.sentence.start
    return [
        m
        for m in frame.sentence.of("YEAR")
        if m.value is not None and not (_PAST_ASIDE.search(text[start : m.start]) and text[m.end : m.end + 1] == ",")
    ]


def is_compared(text: str, sentence: Sentence, mention: Mention) -> bool:
    """Tell whether a time is what a figure is compared with ("than in", "up from 40 in")."""
    if not is_extent(mention) and re.search(r"\bon\s$", text[max(0, mention.start - 4) : mention.start], re.I):
        return False  # "on 31 March 2015" is a date
    masked = mask(text, sentence, mention)
    for rule in likely("compared", masked.text):
        for match in rule.pattern.finditer(masked.text):
            if match.start() <= masked.at < match.end():
                return True
    return False


def one_a_year(times: Times, draft: Draft) -> Period | None:
    """Return a figure's year where a run of figures is told for a stretch of as many years.

    "88, 97 and 103 in the next three years" tells one number a year, unless as many places or services stand there
    for them.
    """
    frame = times.binding.frame
    index = frame.index(draft)
    run = frame.run_of(draft)
    if run is None or any(len(frame.sentence.of(*labels)) >= len(run) for labels in (("FORCE", "AREA"), ("PLATFORM",))):
        return None
    stretch = next((m for m in times.all if dates.months_in(m.value) == 12 * len(run)), None)
    if stretch is None or any(dates.months_in(m.value) == 12 and _between(frame, run, m) for m in times.all):
        return None
    first = stretch.value[0]
    nth = run.index(index)
    year = dates.shift((first, first), 12 * nth)[0]
    return year, dates.ending(dates.shift((year, year), 11)[1], 1)[1]


def gapped(times: Times, where: Binding, draft: Draft) -> Period | None:
    """Return the year that a figure leaves out because the clause before told them in the same order.

    "Kent logged 121 in 2017/18 and 83 in 2018/19, Essex 52 and 46": as many numbers for each place, the years once.
    """
    clauses = _clauses(times, where)
    index = times.binding.frame.index(draft)
    mine = next((c for c in clauses if index in c), None)
    if mine is None or mine is clauses[0] or len(clauses[0]) < 2 or _FROM.search(draft.masked.text):
        return None
    alone = len(mine) == 1 and len(clauses[0]) == len(clauses[1]) == 2  # "Dorset 690 (not available)"
    if len(mine) != len(clauses[0]) and not alone:
        return None
    heads = times.binding.frame.heads
    years = [_own_year(times, i) or heads[i].period for i in clauses[0]]
    told = any(_own_year(times, i) for i in clauses[0])
    if not told or None in years or len(set(years)) < len(years) or any(_own_year(times, i) for i in mine):
        return None
    return years[mine.index(index)]


def _clauses(times: Times, where: Binding) -> list[list[int]]:
    """Return the figures of a sentence by the place that stands before them, in order."""
    frame = times.binding.frame
    starts = [m.start for g in where.groups for m in g.members]
    out: dict[int, list[int]] = {}
    for i, head in enumerate(frame.heads):
        before = [s for s in starts if s < head.mention.start]
        if before and head.mention.label == "COUNT":
            out.setdefault(before[-1], []).append(i)
    return list(out.values()) or [[]]


def _own_year(times: Times, index: int) -> Period | None:
    found = times.binding.attached.get(index, [])
    return found[0].group.members[0].value if found else None


def _between(frame: Frame, run: Sequence[int], mention: Mention) -> bool:
    """Tell whether a time stands among the figures of a run."""
    return frame.extents[run[0]][0] < mention.start < frame.extents[run[-1]][1]


def is_extent(mention: Mention) -> bool:
    """Tell whether a time is an extent that figures can be for, not the day of an event."""
    return mention.value is not None and mention.value[0] != mention.value[1]


def ends_of(stretch: Mention) -> tuple[Period, Period]:
    """Return (base, period) of a change over a stretch of years.

    The stretch that a release states starts with the year compared with; one that is counted back from the data year
    starts the year after it ("up 80% in three years" to 2019/20 compares with 2016/17).
    """
    start, end = stretch.value
    last = dates.ending(end, 12)
    first = start, dates.ending(dates.shift((start, start), 11)[1], 1)[1]
    if stretch.rule.endswith("+counted"):
        first = dates.shift(first, -12)
    return first, last
