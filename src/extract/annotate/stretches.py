"""Stretches of years or months that say only how long they are: "in five years", "the first six months", lockdown's."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.annotate import dates
from extract.annotate.data_year import CHANGED
from extract.annotate.set_against import SetAgainst
from extract.annotate.times import Expression
from extract.lexicon.vocabulary import in_force
from extract.records import Period

#: The pandemic's first spring: months without any printed year in a text about the lockdown are of that year.
PANDEMIC_YEAR = 2020
#: A sum over years, not a change over them.
_TOTAL = re.compile(
    r"\b(?:totals?|total(?:led|ling)|(?:mak|made|mad)e?s?\s(?:a\stotal|\d)|that\smakes|adds?\sup|added\sup|between\sthem|altogether|in\sall|"
    r"sum|combined|together|years[’']?\s(?:of|worth))\b",
    re.I,
)
#: Of how many different periods hulls are tried.
_MOST_PERIODS = 150
#: Fewer months than these are not all that an offence has been in force for.
_LEAST_MONTHS = 6
#: Half a year is told of a month more or less.
_AND_HALF = re.compile(r"½|\ba\shalf\b", re.I)
_PREVIOUS = re.compile(r"(?:previous|preceding|prior)\s", re.I)
_ASIDE = re.compile(
    r"\s?[,(–—-]\s?(?:in\s)?(?:the\sspace\sof\s|a\speriod\sof\s)?(?:just\s|only\s|a\smere\s|a\s)?", re.I
)
_FIRST = re.compile(r"first|opening", re.I)
#: The day on which sexual communication with a child became an offence.
LAW_CAME = in_force("sexual-communication-with-a-child")
COMMUNICATION = re.compile(r"\bsexual\scommunication\swith\sa\schild\b", re.I)
_LAW_CAME = re.compile(
    r"\s(?:after|since|from\swhen|that\sfollowed)\s(?:the|this)\s(?:new\s)?"
    r"(?:law|offence|legislation|crime)\s(?:came|was|took|became)\b",
    re.I,
)


class Stretches(SetAgainst):
    """Places stretches that end with the data of a text, or begin with what it says began."""

    def __init__(self, expressions: Sequence[Expression], text: str, published: str | None) -> None:
        super().__init__(expressions, text, published)
        #: Kind, form and period of the expressions that have a place by themselves.
        self.stated: set[tuple[str, str, Period]] = set()

    def _place_stretch(self, i: int, e: Expression) -> None:
        started = self._lockdown(e) or self._from_start(e)
        if started is not None:
            self.periods[i] = started
            self.rules[i] += "+stated"
            return
        before = self._named_beside(i, e) or self._before_told(i, e)
        if before is not None:
            self.periods[i] = before
            self.rules[i] += "+before-told"
            return
        if e.n is None or self.data_year is None:
            if e.n and e.unit == "months":
                self.periods[i] = self._stated_months(e.n)
            return
        if e.unit == "months":
            rounded = (e.n, e.n + 1, e.n - 1) if _AND_HALF.search(e.text) else (e.n,)
            opens = _FIRST.match(e.text) is not None
            stated = next((p for n in rounded if (p := self._stated_months(n, first=opens))), None)
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

    def _named_beside(self, i: int, e: Expression) -> Period | None:
        """Return the dated stretch that an aside counts: "between April and December 2017, in just eight months,"."""
        if i == 0 or self.periods[i - 1] is None or self.expressions[i - 1].form != "range":
            return None
        return self.periods[i - 1] if _ASIDE.fullmatch(self.text, self.expressions[i - 1].end, e.start) else None

    def _before_told(self, i: int, e: Expression) -> Period | None:
        """Return the years right before the time told in the sentence: "37%, against 29% in the previous two years"."""
        if e.n is None or not _PREVIOUS.match(e.text):
            return None
        told = zip(self.expressions[:i], self.periods[:i], strict=True)
        here = [p for other, p in told if p and self.sentence_of(other.start) == self.sentence_of(e.start)]
        if not here or here[-1][0] == here[-1][1] or dates.months_in(here[-1]) > 12:
            return None
        last = dates.shift((here[-1][0], here[-1][0]), -1)[0]
        return dates.ending(dates.ending(last, 1)[1], e.n * (1 if e.unit == "months" else 12))

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
            return self._since_law(e.n)
        starts = [p[0] for _, form, p in self.stated if form in ("day", "month")]
        if _LAW_CAME.match(after) and COMMUNICATION.search(self.text):
            starts = [LAW_CAME]
        if not starts:
            return None
        first = min(starts)[:8] + "01"
        return first, dates.ending(dates.shift((first, first), e.n - 1)[0], 1)[1]

    def _since_law(self, n: int) -> Period | None:
        """Return the first months of the law on sexual messages where a text that dates its start counts so many.

        An odd number of months, which is no whole number of years, is what an offence that new has had until now.
        """
        begun = LAW_CAME[:8] + "01"
        dated = any(form in ("day", "month") and p[0][:7] == begun[:7] for _, form, p in self.stated)
        if (
            not dated
            or n % 12 == 0
            or n < _LEAST_MONTHS
            or any(p[0] > begun and _is_year(p) for _, _, p in self.stated)
        ):
            return None
        period = begun, dates.ending(dates.shift((begun, begun), n - 1)[0], 1)[1]
        return period if self.published is None or period[1] < self.published else None

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
        begin = f"{PANDEMIC_YEAR}-04-01"
        stated = [p for _, _, p in self.stated if p[0] >= f"{PANDEMIC_YEAR}-03-15" and dates.months_in(p) == e.n]
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


def _is_year(period: Period) -> bool:
    return dates.months_in(period) == 12


def _first_year(period: Period) -> Period:
    return period[0], dates.shift((period[0], dates.ending(period[0], 1)[1]), 11)[1]
