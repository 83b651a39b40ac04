"""The **data year**: the latest one-year period whose figures a release reports as its own, and so *last year*."""

from __future__ import annotations

import re

from extract.annotate import dates
from extract.annotate.dateline import is_dateline
from extract.annotate.printed_years import REGISTER, PrintedYears, april_to_march
from extract.annotate.times import Expression
from extract.lexicon.needs import Pattern
from extract.records import Period

#: What a change over years is told with.
CHANGED = re.compile(
    r"\b(?:up\b|ris|rose|increas|fall|fell|drop|down\b|doubl|trebl|tripl|grow|grew|jump|climb|soar)", re.I
)
_SINCE = re.compile(r"\b(?:since|from)\s(?:the\s)?$", re.I)
_REGISTER_TOPIC = re.compile(r"\bregisters?\b|\bprotection\splans?\b|\bon\s(?:a\s)?plans?\b", re.I)
_ASKED = re.compile(r"\b(?:Freedom\sof\sInformation|FOI)\b|\basked\s(?:every|each|all)\b", re.I)
_THE_YEAR_BEFORE = re.compile(r",\sthe\s(?:year\s(?:before|earlier)|previous\syear),", re.I)
_AND_IN = re.compile(
    r"\b(?:year\s(?:before|earlier)|previous\syear)\sand\s(?:just\s|only\s)?\d[\d,]*\s(?:[a-z]+\s)?in\s$", re.I
)
_NUMBER = re.compile(r"(?<![\w/.,–-])\d[\d,]*(?![\d/]|[–-]\d)")
_UNIT = re.compile(r"\s?(?:%|per\scent)")
_YEAR_LIKE = re.compile(r"(?:19|20)\d\d")
#: A smaller number is an age or a day.
_LEAST = 20
_LAST_YEAR = re.compile(r"(?:in\s)?(?:the\s)?(?:last|past)\s(?:financial\s)?year", re.I)
#: "In 2020/21 the force logged 71", "The 2019/20 total was 92": the number of a whole year.
_WHOLE_YEAR = re.compile(
    r"^\W*(?:(?:In|During)\s(?P<y>20\d\d[/–-]\d{2,4}),?\s(?:the\s\w+|it|they|there|police|officers)\s(?:had\s)?"
    r"(?:logged|recorded|had|were|was|saw|dealt\swith|counted|received)\s(?:just\s|only\s)?(?P<n>\d[\d,]*)(?!\s?%|\sper\scent|\sof\s(?:them|these|those))"
    r"|The\s(?P<y2>20\d\d[/–-]\d{2,4})\s(?:total|figure|number)\swas\s(?:just\s|only\s)?(?P<n2>\d[\d,]*)(?!\s?%|\sper\scent))"
)
_OF_LAST_YEAR = re.compile(r"\blast\syear$", re.I)
_IN_BRACKET = re.compile(r"\s?\((?:in\s)?")
#: "in force since April 3, 2017", "became law in April 2017"
_LAW_BEGAN = re.compile(
    r"\b(?:in\s(?:force|effect|place)|came\s(?:in|into\s(?:force|effect|law))|took\seffect|"
    r"became\s(?:law|illegal|a\scrime|an\soffence)|introduced|created|changed)\s(?:[a-z]+\s){0,3}?(?:in|on|from|since)\s"
    r"(?:the\s)?$",
    re.I,
)
#: More months than a release reports, ten years and one: told in passing.
MOST_MONTHS = 132
#: How many characters of a text open it.
_OPENING = 250
_PUBLISHED_LINE = re.compile(r"^\W*(?:published|updated|posted|last\s(?:updated|revised)|date|authors?|by)\b", re.I)
#: The digits first, then what stands before them: so they are found at once.
ANY_YEAR = re.compile(r"20[0-4]\d(?<!\d.{4})(?=\d?(?!\d))")
_POLICE_OR_HELPLINE = Pattern(r"\b(?:police|NSPCC|helpline|Childline)\b", re.I)


class DataYear(PrintedYears):
    """Finds the data year of a text."""

    def _own_years(self, compared: bool) -> list[Period]:
        """Return the one-year periods of sentences with figures: those reported as own, or those compared with."""
        found = []
        for i, e in enumerate(self.expressions):
            period = self.periods[i]
            if period is None or self.compared[i] != compared or dates.months_in(period) != 12:
                continue
            if self.published and period[0] > self.published:
                continue  # a plan or an event to come
            if e.form == "calendar" and (self.police or not self._bears_figures(e)):
                continue
            if self._publishes(e):
                continue
            if e.kind in ("previous", "ago"):
                continue
            if self._bears_figures(e) or (not compared and self._asked_for(e)):
                found.append(period)
        return found

    def _publishes(self, e: Expression) -> bool:
        """Tell whether an expression stands in a line that says when the release came out."""
        start, end = self._line_span(e.start)
        return bool(_PUBLISHED_LINE.match(self.text[start : e.start])) or is_dateline(self.text[start:end])

    def _asked_for(self, e: Expression) -> bool:
        """Tell whether a police year is that which the forces were asked about."""
        asked = e.form == "police" and _ASKED.search(self.sentence_text(e.start))
        return bool(asked)

    def _find_data_year(self) -> Period | None:
        own = self._own_years(compared=False) + [
            dates.ending(p[1], 12)
            for e, p in zip(self.expressions, self.periods, strict=True)
            if p and e.form == "range" and dates.months_in(p) > 12 and dates.months_in(p) % 12 == 0 and self.police
            and april_to_march(p)
        ]  # fmt: skip
        police = self.police or self._speaks_of_police()
        told = self._counted_to()
        if told is not None:
            return told
        day = self._register_day()
        if day is not None:
            return day
        own = [p for p in own if april_to_march(p)] or own or self._last_of_calendar_years()
        compared = self._own_years(compared=True)
        if compared and self._has_last_year():
            # What last year's figures are compared with is earlier than last year.
            own = [p for p in own if p[1] > max(c[1] for c in compared)]
        if own:
            latest = max(own, key=lambda p: p[1])
            if self._last_year_differs(latest):
                return dates.shift(latest, 12)
            recent = self.published and last_full_year(self.published, police=latest[0][5:] != "01-01")
            return recent if recent and recent[1] > latest[1] and self._told_as_last_year(latest) else latest
        begun = self._first_year_of_law()
        if begun is not None:
            return begun
        if self.published:
            return last_full_year(self.published, police=True)
        if compared:
            latest = max(compared, key=lambda p: p[1])
            return dates.shift(latest, 12 * self._years_since(latest))
        return self._hinted_year(police)

    def _last_of_calendar_years(self) -> list[Period]:
        """Return the last years of the stretches of calendar years that figures are told for: "from 2011 to 2015"."""
        told = zip(self.expressions, self.periods, strict=True)
        return [
            dates.ending(p[1], 12) for e, p in told
            if p and e.years and not april_to_march(p) and 12 < dates.months_in(p) <= MOST_MONTHS
            and self._bears_figures(e)
        ]  # fmt: skip

    def _first_year_of_law(self) -> Period | None:
        """Return the year from the day on which a law came in, where the text tells of its first year alone."""
        starts = [p[0] for e, p in zip(self.expressions, self.periods, strict=True) if p and e.form in ("day", "month")]
        first = any(e.kind == "stretch" and e.n == 1 and e.unit == "years" for e in self.expressions)
        if not first or not starts or self._has_last_year():
            return None
        begun = min(starts)[:8] + "01"
        return dates.ending(dates.shift((begun, begun), 11)[0], 12)

    def _register_day(self) -> Period | None:
        """Return the latest day whose state a release on a register or on plans tells."""
        if not _REGISTER_TOPIC.search(self.text, 0, _OPENING):
            return None
        days = [
            p for e, p in zip(self.expressions, self.periods, strict=True)
            if p and p[0] == p[1] and (self._line_has(REGISTER, e.start) or p[1][8:] in ("28", "30", "31"))
            and (self._bears_figures(e) or self._captions(e))
            and not _PUBLISHED_LINE.match(self.text[self._line_start(e.start) : e.start])
        ]  # fmt: skip
        return max(days, default=None)

    def _captions(self, e: Expression) -> bool:
        """Tell whether an expression stands in the caption of a table."""
        return bool(re.match(r"\n+[^\n]* \| ", self.text[self._line_span(e.start)[1] - 1 :][:200]))

    def _counted_to(self) -> Period | None:
        """Return the data year that an apposition gives away: "five years ago, in 2011/12" is told in 2016/17.

        "In 2018/19, the year before, it was 655" is told in 2019/20; "last year (2010-11)" is told in 2010/11.
        """
        pairs = zip(self.expressions, self.expressions[1:], self.periods, self.periods[1:], strict=False)
        for e, after, own, period in pairs:
            between = self.text[e.end : after.start]
            if (
                e.kind == "ago"
                and e.n
                and e.unit == "years"
                and period
                and re.fullmatch(r",?\s?(?:\(|in\s|–\s)?", between)
            ):
                return dates.shift(period, 12 * e.n)
            if _LAST_YEAR.fullmatch(e.text) and period and after.form == "police" and _IN_BRACKET.fullmatch(between):
                return period
            year = own if e.kind == "fixed" and own is not None and dates.months_in(own) == 12 else None
            if year and after.kind == "previous" and _THE_YEAR_BEFORE.fullmatch(self.text[e.end : after.end + 1]):
                return dates.shift(year, 12)
        return None

    def _last_year_differs(self, printed: Period) -> bool:
        """Tell whether *last year*'s number is told first, and then that of the latest printed year, another one.

        "The force logged 80 crimes last year. In 2020/21 it logged 71": last year is the year after.
        """
        told = list(zip(self.expressions, self.periods, strict=True))
        first = next((i for i, (e, _) in enumerate(told) if e.kind == "data" and _LAST_YEAR.fullmatch(e.text)), None)
        dated = [i for i, (_, period) in enumerate(told) if period == printed]
        if first is None or not dated or dated[0] < first:
            return False
        counts = _counts(self.sentence_text(told[first][0].start))
        for i in dated:
            total = _WHOLE_YEAR.search(self.sentence_text(told[i][0].start))
            if total is not None and (total["y"] or total["y2"]) == told[i][0].text:
                number = _counts(total["n"] or total["n2"])
                if number and counts and all(0.4 <= n / x <= 2.5 and n != x for n in number for x in counts):
                    return True
        return False

    def _told_as_last_year(self, printed: Period) -> bool:
        """Tell whether the figures come as *last year*'s before the first printed year is named at all."""
        dated = zip(self.expressions, self.periods, strict=True)
        if any(period == printed and self._asked_for(e) for e, period in dated):
            return False
        for e, period in zip(self.expressions, self.periods, strict=True):
            if says_last_year(e):
                return True
            if period == printed:
                return False
        return False

    def _has_last_year(self) -> bool:
        return any(says_last_year(e) for e in self.expressions)

    def _speaks_of_police(self) -> bool:
        return _POLICE_OR_HELPLINE.search(self.text) is not None

    def _years_since(self, latest: Period) -> int:
        """Return how many years after the comparison year the wording implies: N of "in N years since", else 1."""
        counts = [
            e.n for i, e in enumerate(self.expressions)
            if e.n and e.unit == "years" and e.kind in ("stretch", "ago") and 2 <= e.n <= 12
        ]  # fmt: skip
        stretches = sorted(set(counts))
        if any(self.periods[i] == latest and self._beside_year_before(e) for i, e in enumerate(self.expressions)):
            return max([2, *stretches[:1]])
        since = [
            i for i, e in enumerate(self.expressions)
            if self.periods[i] == latest and _SINCE.search(self.text, max(0, e.start - 20), e.start)
        ]  # fmt: skip
        # "In two years" can count the year compared with; "in four years" goes back four.
        changed = {
            e.n for e in self.expressions
            if e.n in counts and e.unit == "years" and CHANGED.search(self.sentence_text(e.start))
        }  # fmt: skip
        if not since and len(changed) == 1 and max(changed) > 2:
            return max(changed)
        return stretches[0] if stretches and since else 1

    def _beside_year_before(self, e: Expression) -> bool:
        """Tell whether a year is told behind the one before the data year: "1,900 the year before and 60 in 2013"."""
        return _AND_IN.search(self.text, max(0, e.start - 60), e.start) is not None

    def _hinted_year(self, police: bool) -> Period | None:
        """Take the latest year named anywhere, also in the name of an event, as that of publication."""
        years = [int(y) for y in ANY_YEAR.findall(self.text)]
        if not years:
            return None
        latest = max(years)
        begun = [
            p[0] for e, p in zip(self.expressions, self.periods, strict=True)
            if p and e.form in ("day", "month") and _LAW_BEGAN.search(self.text, max(0, e.start - 60), e.start)
        ]  # fmt: skip
        if police and max(begun, default="")[:4] == str(latest):
            latest += 1  # what is counted since then is of the year that begins with it
        return dates.police_year(latest - 1) if police else dates.calendar_year(latest)


def _counts(text: str) -> list[float]:
    """Return the numbers in digits of a text that can be counts of a year: no years, no percentages."""
    found = (m for m in _NUMBER.finditer(text) if not _UNIT.match(text, m.end()))
    return [n for m in found if (n := float(m[0].replace(",", ""))) >= _LEAST and not _YEAR_LIKE.fullmatch(m[0])]


def says_last_year(e: Expression) -> bool:
    """Tell whether an expression is *last year*, or months of it."""
    a_year = e.text.lower() in ("year", "one year", "single year")  # "in a year": whichever the figures are of
    return (e.kind == "data" and not a_year) or (e.kind == "months" and _OF_LAST_YEAR.search(e.text) is not None)


def last_full_year(published: str, *, police: bool) -> Period:
    """Return the last police year that had ended by the day of publication."""
    year, month = int(published[:4]), int(published[5:7])
    first = year - 1 if month >= dates.POLICE_YEAR_START else year - 2
    return dates.police_year(first) if police else dates.calendar_year(year - 1)
