"""What a year is counted from: the period that "a year earlier" or "the same period last year" is set against."""

from __future__ import annotations

import re

from extract.annotate import dates
from extract.annotate.data_year import DataYear
from extract.annotate.printed_years import REGISTER
from extract.annotate.times import Expression
from extract.records import Period

#: How many expressions, or lines of a list, away context is looked for.
REACH = 200
_BULLET = re.compile(r"\s*[•·▪◦●‣*○■□►–-]\s")
#: A bullet that takes up the one before.
_GOES_ON = re.compile(r"\s*[•·▪◦●‣*○■□►–-]\s(?:That|This|It)\s")
#: A stretch told before, of another year.
_SAME = re.compile(r"\bsame\s(?:period|months?|quarter|half[\s-]year|stretch|weeks|spell)\b", re.IGNORECASE)
_OF_THE_SAME = re.compile(_SAME.pattern + r"\s(?:of\s|in\s|the\s)*$", re.IGNORECASE)
#: How far before a year "the same period" of it is looked for, in characters.
_NEAR = 30


class SetAgainst(DataYear):
    """Finds the periods from which years of a text are counted."""

    data_year: Period | None

    def _anchor(self, i: int, e: Expression, final: bool) -> Period | None:
        """Return the period that a counted year is counted from."""
        if e.kind == "ago":
            return self.data_year if final else None
        first_line = self._first_line_for(e)
        for j in range(i - 1, max(-1, i - 1 - REACH), -1):
            other, period = self.expressions[j], self.periods[j]
            if self.line_of(other.start) < first_line:
                break
            if period is None or not self._can_be_counted_from(other, period, e):
                continue
            if e.kind == "following" or e.text.lower().endswith("that"):
                return period
            if other.kind in ("previous", "ago") or self.compared[j] or self._in_closed_brackets(other, e):
                continue
            return period
        return self.data_year if final else None

    def _can_be_counted_from(self, other: Expression, period: Period, e: Expression) -> bool:
        """Tell whether a year can be counted from an expression before it."""
        line, own = self.line_of(other.start), self.line_of(e.start)
        apart = not _GOES_ON.match(self.text, self._line_start(e.start)) and not (
            e.kind == "following" and line == own - 1
        )
        if apart and line < own and _BULLET.match(self.text, self._line_start(other.start)):
            return False  # another bullet of the same list
        if not 1 <= dates.months_in(period) <= 12 or other.form == "season":
            return False
        return period[0] != period[1] or self._counts_a_day(other, period, e)

    def _counts_a_day(self, other: Expression, period: Period, e: Expression) -> bool:
        """Tell whether a day tells the state of things, as on a register, where others only date an event."""
        if self._line_has(REGISTER, other.start) or self._line_has(REGISTER, 0):
            return True
        last = period == (period[1], dates.ending(period[1], 1)[1])
        beside = self.sentence_of(other.start) == self.sentence_of(e.start)
        return last and beside and re.search(r"\d", self.text[other.end : e.start]) is not None

    def _in_closed_brackets(self, other: Expression, e: Expression) -> bool:
        """Tell whether an expression stands in brackets that are closed before another."""
        before = self.text[self._line_start(other.start) : other.start]
        return before.rfind("(") > before.rfind(")") and ")" in self.text[other.end : e.start]

    def _first_line_for(self, e: Expression) -> int:
        """Return the first line whose expressions a counted year can be set against."""
        line = self.line_of(e.start)
        if e.kind == "following":
            return line - 2
        lowest = max(0, line - REACH)
        while line > lowest and _BULLET.match(self.text, self.lines[line - 1]):
            line -= 1  # a bullet continues its lead-in
        return line

    def _same_stretch(self, i: int) -> Period | None:
        """Return the months last told before a year in whose sentence "the same period" takes them up."""
        if not _SAME.search(self.sentence_text(self.expressions[i].start)):
            return None
        for j in range(i - 1, max(-1, i - 1 - REACH), -1):
            period = self.periods[j]
            if period and period[0] != period[1] and dates.months_in(period) < 12 and not self.compared[j]:
                return period
        return None

    def _same_last_year(self, i: int) -> Period | None:
        """Return what "the same period last year" is: the months told before, a year earlier."""
        e = self.expressions[i]
        if not e.text.lower().startswith("last") or not _OF_THE_SAME.search(
            self.text, max(0, e.start - _NEAR), e.start
        ):
            return None
        months = self._same_stretch(i)
        return months and dates.shift(months, -12)

    def _year_told(self, e: Expression) -> Period | None:
        """Return the data year, or the rolling year beyond it that "the latest twelve months" name."""
        if "month" not in e.text.lower():
            return self.data_year
        told = zip(self.expressions, self.periods, strict=True)
        rolling = [p for other, p in told if p and other.form == "ending" and dates.months_in(p) == 12]
        if self.data_year is not None:
            rolling.append(self.data_year)
        return max(rolling, key=lambda p: p[1], default=None)
