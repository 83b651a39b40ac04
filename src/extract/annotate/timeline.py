"""Places the expressions of time of one release on the calendar: what *last year* or *five years* means here.

Absolute expressions come first, then years counted from them, then the **data year** (the latest one-year period
whose figures the release reports as its own), then what is counted from the data year. See "Normalising time" of the
definition.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from extract.annotate import dates
from extract.annotate.data_year import ANY_YEAR, CHANGED
from extract.annotate.set_against import REACH, SetAgainst
from extract.annotate.times import Expression, part_of
from extract.lexicon.needs import Pattern
from extract.lexicon.vocabulary import in_force
from extract.records import Period

#: A sum over years, not a change over them.
_TOTAL = re.compile(
    r"\b(?:totals?|total(?:led|ling)|(?:mak|made|mad)e?s?\s(?:a\stotal|\d)|that\smakes|adds?\sup|added\sup|between\sthem|altogether|in\sall|"
    r"sum|combined|together|years[’']?\s(?:of|worth))\b",
    re.I,
)
_PANDEMIC = Pattern(
    r"\b(?:lockdown|coronavirus|covid|pandemic|school\s(?:gates|closures)|schools\s(?:closed|shut))\b", re.I
)
_SURVEY = Pattern(r"\b(?:survey(?:ed)?|poll(?:ed)?|YouGov|fieldwork)\b", re.I)
#: Of how many different periods hulls are tried.
_MOST_PERIODS = 150
#: The pandemic's first spring: months without any printed year in a text about the lockdown are of that year.
_PANDEMIC_YEAR = 2020
#: How many expressions of time open a text.
_FEW = 4
_FIRST = re.compile(r"first|opening", re.I)
#: A month of the year in which the release came out.
_THIS = re.compile(r"^this\s|\sthis\syear$", re.I)
_COMMUNICATION = re.compile(r"\bsexual\scommunication\swith\sa\schild\b", re.I)
_LAW_CAME = re.compile(
    r"\s(?:after|since|from\swhen|that\sfollowed)\s(?:the|this)\s(?:new\s)?"
    r"(?:law|offence|legislation|crime)\s(?:came|was|took|became)\b",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Placed:
    """An expression with its place on the calendar and how it was found: the rule's id with what was decided."""

    expression: Expression
    period: Period | None
    rule: str


@dataclass(frozen=True, slots=True)
class Timeline:
    """The expressions of a release on the calendar, by offset, and its data year (None where nothing tells it)."""

    placed: tuple[Placed, ...]
    data_year: Period | None


def place(expressions: Sequence[Expression], text: str, published: str | None) -> Timeline:
    """Place the expressions of one text (by offset); ``published`` is an ISO date or None."""
    builder = _Timeline(expressions, text, published)
    return Timeline(tuple(builder.placed()), builder.data_year)


class _Timeline(SetAgainst):
    def __init__(self, expressions: Sequence[Expression], text: str, published: str | None) -> None:
        super().__init__(expressions, text, published)
        self.stated: set[tuple[str, str, Period]] = set()
        self._place_counted(final=False)
        self.data_year = self._find_data_year()
        self._place_all()

    def placed(self) -> list[Placed]:
        return [Placed(e, p, r) for e, p, r in zip(self.expressions, self.periods, self.rules, strict=True)]

    def _place_all(self) -> None:
        for i, e in enumerate(self.expressions):
            if e.kind == "months":
                self.periods[i] = self._place_months(i, e)
        self.stated = {
            (e.kind, e.form, p)
            for e, p in zip(self.expressions, self.periods, strict=True)
            if p and (e.kind in ("fixed", "months", "years") or e.form in ("day", "month"))
        }
        for i, e in enumerate(self.expressions):
            if e.kind == "data":
                self.periods[i] = self._dated_beside(i) or self._same_last_year(i) or self._year_told(e)
            elif e.kind in ("previous", "ago", "following"):
                self.periods[i] = self._dated_beside(i) or self.periods[i]
            elif e.kind == "stretch":
                self._place_stretch(i, e)
            elif e.kind == "part" and e.months and (year := self._year_of_part(e)) is not None:
                self.periods[i] = part_of(year, e.n or 6, e.months[0])
        self._place_counted(final=True)

    def _year_of_part(self, e: Expression) -> Period | None:
        """Return the year that "the first three months of the year" are of, which need not be the data year.

        In a text without any police year it is the calendar year that its times are of; "this financial year" is the
        one in which it was published.
        """
        text = e.text.lower()
        if text.endswith("this financial year") and self.published:
            return dates.police_year(int(self.published[:4]) - (int(self.published[5:7]) < dates.POLICE_YEAR_START))
        told = zip(self.expressions, self.periods, strict=True)
        printed = [p for other, p in told if p is not None and other.kind == "fixed" and other.start < e.start]
        police = any(form == "police" for _, form, _ in self.stated)
        if text.endswith((" the year", "this year")) and printed and not police:
            return dates.calendar_year(int(printed[-1][1][:4]))
        return self.data_year

    def _dated_beside(self, i: int) -> Period | None:
        # "last year (2023/24)"
        if i + 1 < len(self.expressions):
            e, after = self.expressions[i], self.expressions[i + 1]
            if after.kind == "fixed" and re.fullmatch(r"\s?[(,–—-]\s?(?:in\s)?", self.text[e.end : after.start]):
                return self.periods[i + 1]
        return None

    def _place_counted(self, *, final: bool) -> None:
        for i, e in enumerate(self.expressions):
            if self.periods[i] is not None and not (final and e.kind in ("previous", "following", "ago")):
                continue
            if final and self._dated_beside(i) is not None:
                continue
            if e.kind in ("previous", "following", "ago"):
                anchor = (final and self._same_stretch(i)) or self._anchor(i, e, final)
                if anchor is not None:
                    sign = 1 if e.kind == "following" else -1
                    months = (e.n or 1) * (12 if e.unit == "years" else 1)
                    self.periods[i] = dates.shift(anchor, sign * months)
                    if e.form == "adjacent":
                        self.periods[i] = dates.ending(dates.shift((anchor[1], anchor[1]), months)[1], months)

    def _place_months(self, i: int, e: Expression) -> Period | None:
        assert e.months is not None
        year = self._last_year(e.months[1]) if e.form == "month" and e.n else None
        year = year or self._this_year(e) or self._year_for(i, e.months[1])
        if year is None:
            return None
        if e.form == "ending":
            told = self.data_year
            if told is not None and int(told[1][5:7]) == e.months[1] and not self.compared[i] and e.n in (None, 12):
                return dates.ending(told[1], 12)  # the year that the figures are of, whichever was said last
            return dates.ending(dates.month(year, e.months[1])[1], e.n or 12)
        last = dates.month(year, e.months[1])
        if e.text.lower().startswith("end of"):
            told = self.data_year
            counted = told is not None and int(told[1][5:7]) == e.months[1] and not self.compared[i]
            day = told[1] if counted and told is not None else last[1]
            return day, day
        first = dates.month(year - (e.months[0] > e.months[1]), e.months[0])
        return first[0], last[1]

    def _last_year(self, month: int) -> int | None:
        """Return the year of a month "of last year": the year before publication, else that of the data year."""
        if self.published:
            return int(self.published[:4]) - 1
        if self.data_year is None:
            return self._only_year
        return int(self.data_year[0 if month >= int(self.data_year[0][5:7]) else 1][:4])

    def _this_year(self, e: Expression) -> int | None:
        """Return the year of publication for months "of this year" and "this January"."""
        assert e.months is not None
        if not self.published or not _THIS.search(e.text):
            return None
        year = int(self.published[:4])
        return year if e.months[1] <= int(self.published[5:7]) else year - 1

    def _year_for(self, i: int, month: int) -> int | None:
        """Return the year of a month printed without one: that of the nearest dated stretch, else of publication."""
        later = self.published is not None and int(self.published[:4]) > _PANDEMIC_YEAR + 1
        if month >= 3 and not later and self._line_has(_PANDEMIC, self.expressions[i].start):
            return _PANDEMIC_YEAR
        if self.published and self._line_has(_SURVEY, self.expressions[i].start):
            year = int(self.published[:4])
            return year if month <= int(self.published[5:7]) else year - 1
        if self.published and self._tells_latest(i):
            year = int(self.published[:4])
            return year if month < int(self.published[5:7]) else year - 1
        near = sorted(
            (j for j in self._around(i) if self.periods[j] and j != i and self.expressions[j].form != "day"),
            key=lambda j: (self.compared[j], j > i, abs(j - i)),
        )
        for j in near:
            period = self.periods[j]
            assert period is not None
            later = self.compared[j] and not (dates.months_in(period) < 12 and month > int(period[1][5:7]))
            year = int(period[0][:4]) + later
            if dates.months_in(period) >= 12:
                return year if month >= int(period[0][5:7]) else year + 1
            return year if month >= int(period[0][5:7]) or month <= int(period[1][5:7]) else year + 1
        if self.published:
            year = int(self.published[:4])
            return year if month < int(self.published[5:7]) else year - 1
        return self._only_year

    def _tells_latest(self, i: int) -> bool:
        """Tell whether a range of months opens a text, before any time that the text dates: then it is the latest."""
        months = self.expressions[i].months
        dated = any(e.period or e.years for e in self.expressions[:i] if not self._publishes(e))
        return months is not None and 0 < months[0] < months[1] and not dated and i < _FEW

    def _around(self, i: int) -> range:
        return range(max(0, i - REACH), min(len(self.periods), i + REACH))

    @cached_property
    def _only_year(self) -> int | None:
        """The latest year named anywhere, or that of the pandemic where the text speaks of it."""
        hinted = [int(y) for y in ANY_YEAR.findall(self.text)]
        if hinted:
            return max(hinted)
        return _PANDEMIC_YEAR if _PANDEMIC.search(self.text) else None

    def _place_stretch(self, i: int, e: Expression) -> None:
        started = self._lockdown(e) or self._from_start(e)
        if started is not None:
            self.periods[i] = started
            self.rules[i] += "+stated"
            return
        if e.n is None or self.data_year is None:
            if e.n and e.unit == "months":
                self.periods[i] = self._stated_months(e.n)
            return
        if e.unit == "months":
            stated = self._stated_months(e.n, first=_FIRST.match(e.text) is not None)
            self.periods[i] = stated or dates.ending(self._last_told(), e.n)
            self.rules[i] += "+stated" if stated else "+counted"
            return
        first = self._stated_first_year(e.n, total=self._is_total(e))
        if first is not None:
            self.periods[i] = first[0], self.data_year[1]
            self.rules[i] += "+stated"
        else:
            self.periods[i] = dates.ending(self.data_year[1], 12 * e.n)
            self.rules[i] += "+counted"

    def _last_told(self) -> str:
        """Return the last day of the data year, or of the stretch that goes beyond it ("18 months to September")."""
        assert self.data_year is not None
        ends = [p[1] for _, form, p in self.stated if form in ("range", "ending") and dates.months_in(p) != 12]
        return max([self.data_year[1], *ends])

    def _is_total(self, e: Expression) -> bool:
        """Tell whether a stretch is that of a sum: said to be one, or told without any word of change."""
        sentence = self.sentence_text(e.start)
        return bool(_TOTAL.search(sentence)) or not CHANGED.search(sentence)

    def _from_start(self, e: Expression) -> Period | None:
        """Return the first months of what began on a day or in a month of the text: "the six months after …"."""
        if e.n == 1 and _FIRST.match(e.text):
            return self._first_year_told()
        if e.unit != "months" or e.n is None or self._stated_months(e.n):
            return None
        after = self.text[e.end : e.end + 60]
        if not (e.text.lower().startswith("first") or re.match(r"\s(?:after|since|from|that\sfollowed)\b", after)):
            return None
        starts = [p[0] for _, form, p in self.stated if form in ("day", "month")]
        if _LAW_CAME.match(after) and _COMMUNICATION.search(self.text):
            starts = [in_force("sexual-communication-with-a-child")]
        if not starts:
            return None
        first = min(starts)[:8] + "01"
        return first, dates.ending(dates.shift((first, first), e.n - 1)[0], 1)[1]

    def _first_year_told(self) -> Period | None:
        """Return the year from the day or month in which a law or a count began, else the first year told."""
        starts = [p[0][:8] + "01" for _, form, p in self.stated if form in ("day", "month")]
        starts = starts or [p[0] for kind, _, p in self.stated if kind == "fixed" and dates.months_in(p) >= 12]
        return dates.ending(dates.shift((min(starts), min(starts)), 11)[0], 12) if starts else None

    def _stated_first_year(self, n: int, *, total: bool) -> Period | None:
        """Return the year that the release itself compares the data year with, N or N - 1 years before it.

        A total over N years holds just these; a change over N years can have begun the year before the first.
        """
        assert self.data_year is not None
        stated = {p for kind, _, p in self.stated if kind in ("fixed", "years")}
        told = zip(self.expressions, self.periods, strict=True)
        counted = {p for e, p in told if p and e.kind in ("previous", "ago") and dates.months_in(p) == 12}
        firsts = stated | counted | {_first_year(p) for p in stated if dates.months_in(p) > 12}
        for back in (n - 1, n) if total else (n, n - 1):
            year = dates.shift(self.data_year, -12 * back)
            if back and year in firsts:
                return year
        return None

    def _lockdown(self, e: Expression) -> Period | None:
        """Return the months of lockdown: those that the release dates, else from April 2020 on."""
        if e.n is None or not e.text.lower().endswith("lockdown"):
            return None
        begin = f"{_PANDEMIC_YEAR}-04-01"
        stated = [p for _, _, p in self.stated if p[0] >= f"{_PANDEMIC_YEAR}-03-15" and dates.months_in(p) == e.n]
        return min(stated, default=(begin, dates.ending(dates.shift((begin, begin), e.n - 1)[0], 1)[1]))

    def _stated_months(self, n: int, *, first: bool = False) -> Period | None:
        """Return the stretch of N months that the release dates, the last or the first: one expression, or a hull."""
        stated = sorted(
            {
                p for kind, form, p in self.stated
                if kind in ("fixed", "months") and p[0] != p[1] and not (form == "calendar" and self.police)
            }
        )  # fmt: skip
        single = [p for p in stated if dates.months_in(p) == n]
        if single:
            return min(single) if first else max(single, key=lambda p: p[1])
        hulls = {dates.hull(a, b) for a in stated for b in stated} if len(stated) <= _MOST_PERIODS else set()
        fitting = [p for p in hulls if dates.months_in(p) == n]
        return max(fitting, key=lambda p: p[1]) if fitting else None


def _first_year(period: Period) -> Period:
    return period[0], dates.shift((period[0], dates.ending(period[0], 1)[1]), 11)[1]


def printed_ends(placed: Iterable[Placed]) -> set[str]:
    """Return the last days of all periods whose year the text prints or counts from a printed one."""
    return {p.period[1] for p in placed if p.period and p.expression.kind not in ("data", "stretch", "ago", "part")}
