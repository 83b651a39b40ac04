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
from extract.annotate.data_year import ANY_YEAR, says_last_year
from extract.annotate.set_against import REACH
from extract.annotate.stretches import COMMUNICATION, LAW_CAME, PANDEMIC_YEAR, Stretches
from extract.annotate.times import Expression, part_of
from extract.lexicon.needs import Pattern
from extract.records import Period

_PANDEMIC = Pattern(
    r"\b(?:lockdown|coronavirus|covid|pandemic|school\s(?:gates|closures)|schools\s(?:closed|shut))\b", re.I
)
_SURVEY = Pattern(r"\b(?:survey(?:ed)?|poll(?:ed)?|YouGov|fieldwork)\b", re.I)
#: How many expressions of time open a text.
_FEW = 4
#: A month of the year in which the release came out.
_THIS = re.compile(r"^this\s|\sthis\syear$", re.I)
_LAST = re.compile(r"\blast\s$", re.I)
_RELATIVE = re.compile(r"\s(?:this|last)\syear$", re.I)


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


class _Timeline(Stretches):
    def __init__(self, expressions: Sequence[Expression], text: str, published: str | None) -> None:
        super().__init__(expressions, text, published)
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
        if self._is_start_of_law(e):
            return dates.month(int(LAW_CAME[:4]), int(LAW_CAME[5:7]))
        year = self._last_year(e.months[1]) if says_last_year(e) and e.kind == "months" else None
        year = year or self._this_year(e) or self._year_for(i, e.months[1])
        if year is None:
            return None
        if e.form == "ending":
            told = self.data_year
            own = not self.compared[i] and not _RELATIVE.search(e.text)
            if told is not None and int(told[1][5:7]) == e.months[1] and own and e.n in (None, 12):
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

    def _is_start_of_law(self, e: Expression) -> bool:
        """Tell whether "last April" is that of the law on sexual messages, in a text of its first two years on it."""
        last = _LAST.search(self.text, max(0, e.start - 5), e.start)
        soon = self.published is not None and LAW_CAME < self.published < f"{int(LAW_CAME[:4]) + 2}{LAW_CAME[4:]}"
        return bool(last and soon and e.months == (4, 4) and COMMUNICATION.search(self.text))

    def _last_year(self, month: int) -> int | None:
        """Return the year of a month "of last year": that before publication, else as printed or of the data year."""
        if self.published:
            return int(self.published[:4]) - 1
        ends = [p[1][:4] for e, p in zip(self.expressions, self.periods, strict=True) if p and _ends_in(e, p, month)]
        if ends:
            return int(max(ends))
        if self.data_year is None:
            return self._only_year
        return int(self.data_year[0 if month >= int(self.data_year[0][5:7]) else 1][:4])

    def _this_year(self, e: Expression) -> int | None:
        """Return the year of publication for months "of this year" and "this January"."""
        assert e.months is not None
        if not _THIS.search(e.text):
            return None
        if not self.published:
            return self._year_after_data(e.months[0] or e.months[1])
        year = int(self.published[:4])
        return year if e.months[1] <= int(self.published[5:7]) else year - 1

    def _year_after_data(self, month: int) -> int | None:
        """Return the year of the first such month behind the data year: where that is told, *this year* is after it."""
        told: Period | None = getattr(self, "data_year", None)
        return int(told[1][:4]) + (month <= int(told[1][5:7])) if told is not None else None

    def _year_for(self, i: int, month: int) -> int | None:
        """Return the year of a month printed without one: that of the nearest dated stretch, else of publication."""
        later = self.published is not None and int(self.published[:4]) > PANDEMIC_YEAR + 1
        if month >= 3 and not later and self._line_has(_PANDEMIC, self.expressions[i].start):
            return PANDEMIC_YEAR
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
        before = zip(self.expressions[:i], self.compared, strict=False)
        dated = any((e.period or e.years) and not against and not self._publishes(e) for e, against in before)
        return months is not None and 0 < months[0] < months[1] and not dated and i < _FEW

    def _around(self, i: int) -> range:
        return range(max(0, i - REACH), min(len(self.periods), i + REACH))

    @cached_property
    def _only_year(self) -> int | None:
        """The latest year named anywhere, or that of the pandemic where the text speaks of it."""
        hinted = [int(y) for y in ANY_YEAR.findall(self.text)]
        if hinted:
            return max(hinted)
        return PANDEMIC_YEAR if _PANDEMIC.search(self.text) else None


def _ends_in(e: Expression, period: Period, month: int) -> bool:
    """Tell whether an expression prints a stretch that ends in a month: "between April 2017 and October 2019"."""
    return e.kind == "fixed" and e.form in ("range", "ending") and int(period[1][5:7]) == month


def printed_ends(placed: Iterable[Placed]) -> set[str]:
    """Return the last days of all periods whose year the text prints or counts from a printed one."""
    return {p.period[1] for p in placed if p.period and p.expression.kind not in ("data", "stretch", "ago", "part")}
