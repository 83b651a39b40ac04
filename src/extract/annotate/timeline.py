"""Places the expressions of time of one release on the calendar: what *last year* or *five years* means here.

Absolute expressions come first, then years counted from them, then the **data year** (the latest one-year period
whose figures the release reports as its own), then what is counted from the data year. See "Normalising time" of the
definition.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from extract.annotate import dates
from extract.annotate.times import Expression, part_of
from extract.lexicon.needs import Pattern
from extract.records import Period

#: A year behind one of these is what a figure is compared with, not what it is about.
_COMPARED = re.compile(
    r"(?:\bas\sin|\bwhat\s(?:it|they)\s(?:was|were|had\sbeen)\sin|\bthan(?:\s(?:in|for|during|the|they were in|it was in|was recorded in))?|\bcompared\s(?:with|to)|\bagainst"
    r"|\bfrom|\bsince|\bup on|\bdown on|\bhigher than in|\bon|\bthe\s(?:total|figure|number)\s(?:in|for))"
    r"\s(?:the\s)?(?:financial year\s)?$",
    re.I,
)
#: "from 476 contacts in 2017/18", "twice the 602 of 2019/20", "the 458 recorded in 2017/18" behind a comparison.
_COMPARED_NUMBER = re.compile(
    r"(?:(?<!more )(?<!fewer )(?<!less )\bthan"
    r"|\b(?:(?<!heard\s)(?<!came\s)(?<!come\s)(?<!taken\s)(?<!received\s)from|against|compared\s(?:with|to)|on|double|doubles|doubled|twice|times|above|below|beat|beats|up\son|having\s(?:recorded|had|logged)|after))"
    r"\s(?:the\s|just\s|only\s|some\s|about\s|around\s|almost\s|nearly\s)?"
    r"\d[\d,.]*(?:\s[a-z’'-]+){0,6}?\s(?:in|of|for|during)\s(?:the\s)?$",
    re.I,
)
#: A sum over years, not a change over them.
_TOTAL = re.compile(
    r"\b(?:totals?|total(?:led|ling)|(?:mak|made|mad)e?s?\s(?:a\stotal|\d)|that\smakes|adds?\sup|added\sup|between\sthem|altogether|in\sall|"
    r"sum|combined|together|years[’']?\s(?:of|worth))\b",
    re.I,
)
#: What a change over years is told with.
_CHANGED = re.compile(r"\b(?:up\b|ris|rose|increas|fall|fell|drop|down\b|doubl|trebl|tripl|grow|grew|jump|climb|soar)", re.I)
_SINCE = re.compile(r"\b(?:since|from)\s(?:the\s)?$", re.I)
_FIGURE = re.compile(r"\d|%|per cent|doubled|trebled|tripled|halved|quarter|third|half|fifth", re.I)
_REGISTER = Pattern(r"\bregisters?\b|\bsurvey|\bpoll(?:ed|ing)?\b|\bplans?\b|\bcensus\b|\bpopulation\b", re.I)
_REGISTER_TOPIC = re.compile(r"\bregisters?\b|\bprotection\splans?\b|\bon\s(?:a\s)?plans?\b", re.I)
#: How many characters of a text open it.
_OPENING = 250
_PUBLISHED_LINE = re.compile(r"^\W*(?:published|updated|posted|last\s(?:updated|revised)|date|authors?|by)\b", re.I)
_BULLET = re.compile(r"\s*[•·▪◦*–-]\s")
#: The digits first, then what stands before them: so they are found at once.
_ANY_YEAR = re.compile(r"20[0-4]\d(?<!\d.{4})(?=\d?(?!\d))")
_BREAK = re.compile(r"\n+|[.!?](?<=[a-z0-9%)”\"'’].)\s")
_POLICE_OR_HELPLINE = Pattern(r"\b(?:police|NSPCC|helpline|Childline)\b", re.I)
_PANDEMIC = Pattern(
    r"\b(?:lockdown|coronavirus|covid|pandemic|school\s(?:gates|closures)|schools\s(?:closed|shut))\b", re.I
)
#: How many expressions, or lines of a list, away context is looked for; what a sentence may measure in characters.
_REACH, _SENTENCE = 200, 1500
#: Of how many different periods hulls are tried.
_MOST_PERIODS = 150
#: The pandemic's first spring: months without any printed year in a text about the lockdown are of that year.
_PANDEMIC_YEAR = 2020


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


class _Timeline:
    def __init__(self, expressions: Sequence[Expression], text: str, published: str | None) -> None:
        self.expressions = list(expressions)
        self.text = text
        self.published = published
        self.periods: list[Period | None] = [e.period for e in self.expressions]
        self.rules: list[str] = [e.rule + ("+repaired" if e.repaired else "") for e in self.expressions]
        self.seen: dict[tuple[str, int], bool] = {}
        self.stated: set[tuple[str, str, Period]] = set()
        self.police = self._gives_police_years()
        self._place_year_ranges()
        self._repair()
        self.compared = [self._is_compared(e) for e in self.expressions]
        self._place_counted(final=False)
        self.data_year = self._find_data_year()
        self._place_all()

    def _is_compared(self, e: Expression) -> bool:
        before = self.text[max(0, e.start - 70) : e.start]
        if re.match(r"\s(?:figures?\s)?in\s(?:brackets|parentheses)", self.text[e.end : e.end + 25]):
            return True
        if e.form == "range" or (e.months and e.months[0] != e.months[1]):
            before = re.sub(r"\b(?:from|since)\s$", "", before, flags=re.I)  # "from April to November"
        return bool(_COMPARED.search(before) or _COMPARED_NUMBER.search(before))

    def placed(self) -> list[Placed]:
        return [Placed(e, p, r) for e, p, r in zip(self.expressions, self.periods, self.rules, strict=True)]

    @cached_property
    def breaks(self) -> list[int]:
        """Where sentences and lines end."""
        return [m.end() for m in _BREAK.finditer(self.text)]

    @cached_property
    def lines(self) -> list[int]:
        """Where lines end."""
        return [m.end() for m in re.finditer(r"\n+", self.text)]

    # --- what stands in the text ---------------------------------------------------------------------------------

    def sentence_of(self, offset: int) -> int:
        return bisect_right(self.breaks, offset)

    def line_of(self, offset: int) -> int:
        return bisect_right(self.lines, offset)

    def sentence_text(self, offset: int) -> str:
        n = self.sentence_of(offset)
        start = self.breaks[n - 1] if n else 0
        end = self.breaks[n] if n < len(self.breaks) else len(self.text)
        return self.text[max(start, offset - _SENTENCE) : min(end, offset + _SENTENCE)]

    def _line_has(self, pattern: Pattern, offset: int) -> bool:
        """Tell whether the line at an offset holds a pattern; each line is searched once."""
        key = pattern.pattern, self.line_of(offset)
        if key not in self.seen:
            self.seen[key] = pattern.search(self.text, *self._line_span(offset)) is not None
        return self.seen[key]

    def _gives_police_years(self) -> bool:
        for e in self.expressions:
            if e.form == "police" or (e.form in ("range", "ending") and e.period and _april_to_march(e.period)):
                return True
        pairs = [e for e in self.expressions if e.years and e.years[1] == e.years[0] + 1]
        return bool(pairs) and bool(re.search(r"\bpolice\b|\boffences\b|\bcrimes\b", self.text, re.I))

    def _place_year_ranges(self) -> None:
        for i, e in enumerate(self.expressions):
            if e.years is None:
                continue
            register = _REGISTER.search(self.sentence_text(e.start))
            if self.police and not register:
                self.periods[i] = f"{e.years[0]}-04-01", f"{e.years[1]}-03-31"
            else:
                self.periods[i] = f"{e.years[0]}-01-01", f"{e.years[1]}-12-31"

    def _repair(self) -> None:
        # An impossible year is the one of its two that the context leaves free: 2017/19 beside 2018/19 is 2017/18.
        printed = {p for e, p in zip(self.expressions, self.periods, strict=True) if p and not e.repaired}
        for i, e in enumerate(self.expressions):
            period = self.periods[i]
            if not e.repaired or period is None or e.form != "police":
                continue
            second = int("20" + e.text[-2:])
            other = dates.police_year(second - 1)
            beside = {
                p for x, p in zip(self.expressions, self.periods, strict=True)
                if p and x is not e and self.sentence_of(x.start) == self.sentence_of(e.start)
            }  # fmt: skip
            if period in beside and other not in printed and second - 1 > 2000:
                self.periods[i] = other

    # --- the data year -------------------------------------------------------------------------------------------

    def _own_years(self, compared: bool) -> list[Period]:
        """Return the one-year periods of sentences with figures: those reported as own, or those compared with."""
        found = []
        for i, e in enumerate(self.expressions):
            period = self.periods[i]
            if period is None or self.compared[i] != compared or dates.months_in(period) != 12:
                continue
            if e.form == "calendar" and (self.police or not self._bears_figures(e)):
                continue
            if _PUBLISHED_LINE.match(self.text[self._line_start(e.start) : e.start]):
                continue
            if e.kind in ("previous", "following", "ago") and e.kind != "following":
                continue
            if self._bears_figures(e):
                found.append(period)
        return found

    def _line_start(self, offset: int) -> int:
        n = self.line_of(offset)
        return self.lines[n - 1] if n else 0

    def _bears_figures(self, e: Expression) -> bool:
        sentence = self.sentence_text(e.start)
        if sentence.rstrip().endswith(":"):
            return True  # the lead-in of a list
        return bool(_FIGURE.search(sentence.replace(e.text, " ")))

    def _find_data_year(self) -> Period | None:
        own = self._own_years(compared=False) + [
            dates.ending(p[1], 12)
            for e, p in zip(self.expressions, self.periods, strict=True)
            if p and e.form == "range" and dates.months_in(p) > 12 and dates.months_in(p) % 12 == 0 and self.police
            and _april_to_march(p)
        ]  # fmt: skip
        police = self.police or self._speaks_of_police()
        told = self._counted_to()
        if told is not None:
            return told
        day = self._register_day()
        if day is not None:
            return day
        own = [p for p in own if _april_to_march(p)] or own
        compared = self._own_years(compared=True)
        if compared and self._has_last_year():
            # What last year's figures are compared with is earlier than last year.
            own = [p for p in own if p[1] > max(c[1] for c in compared)]
        if own:
            latest = max(own, key=lambda p: p[1])
            recent = self.published and _last_full_year(self.published, police=True)
            return recent if recent and recent[1] > latest[1] and self._told_as_last_year(latest) else latest
        if self.published:
            return _last_full_year(self.published, police=True)
        if compared:
            latest = max(compared, key=lambda p: p[1])
            return dates.shift(latest, 12 * self._years_since(latest))
        return self._hinted_year(police)

    def _register_day(self) -> Period | None:
        """Return the latest day whose state a release on a register or on plans tells: it is what its figures are for."""
        if not _REGISTER_TOPIC.search(self.text, 0, _OPENING):
            return None
        days = [
            p for e, p in zip(self.expressions, self.periods, strict=True)
            if p and p[0] == p[1] and (self._line_has(_REGISTER, e.start) or p[1][8:] in ("28", "30", "31"))
            and (self._bears_figures(e) or self._captions(e))
            and not _PUBLISHED_LINE.match(self.text[self._line_start(e.start) : e.start])
        ]  # fmt: skip
        return max(days, default=None)

    def _captions(self, e: Expression) -> bool:
        """Tell whether an expression stands in the caption of a table."""
        return bool(re.match(r"\n+[^\n]* \| ", self.text[self._line_span(e.start)[1] - 1 :][:200]))

    def _counted_to(self) -> Period | None:
        """Return the data year that an apposition gives away: "five years ago, in 2011/12" is told in 2016/17."""
        for e, after, period in zip(self.expressions, self.expressions[1:], self.periods[1:], strict=False):
            between = self.text[e.end : after.start]
            if (
                e.kind == "ago"
                and e.n
                and e.unit == "years"
                and period
                and re.fullmatch(r",?\s?(?:\(|in\s|–\s)?", between)
            ):
                return dates.shift(period, 12 * e.n)
        return None

    def _told_as_last_year(self, printed: Period) -> bool:
        """Tell whether the figures come as *last year*'s before the first printed year is named at all."""
        for e, period in zip(self.expressions, self.periods, strict=True):
            if _says_last_year(e):
                return True
            if period == printed:
                return False
        return False

    def _has_last_year(self) -> bool:
        return any(_says_last_year(e) for e in self.expressions)

    def _speaks_of_police(self) -> bool:
        return _POLICE_OR_HELPLINE.search(self.text) is not None

    def _years_since(self, latest: Period) -> int:
        """Return how many years after the comparison year the wording implies: N of "in N years since", else 1."""
        counts = [
            e.n for i, e in enumerate(self.expressions)
            if e.n and e.unit == "years" and e.kind in ("stretch", "ago") and 2 <= e.n <= 12
        ]  # fmt: skip
        stretches = sorted(set(counts))
        since = [
            i for i, e in enumerate(self.expressions)
            if self.periods[i] == latest and _SINCE.search(self.text, max(0, e.start - 20), e.start)
        ]  # fmt: skip
        # "In two years" can count the year compared with; "in four years" goes back four.
        changed = {
            e.n for e in self.expressions
            if e.n in counts and e.unit == "years" and _CHANGED.search(self.sentence_text(e.start))
        }  # fmt: skip
        if not since and len(changed) == 1 and max(changed) > 2:
            return max(changed)
        return stretches[0] if stretches and since else 1

    def _hinted_year(self, police: bool) -> Period | None:
        """Take the latest year named anywhere, also in the name of an event, as that of publication."""
        years = [int(y) for y in _ANY_YEAR.findall(self.text)]
        if not years:
            return None
        latest = max(years)
        return dates.police_year(latest - 1) if police else dates.calendar_year(latest)

    # --- what is counted -----------------------------------------------------------------------------------------

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
                self.periods[i] = self._dated_beside(i) or self.data_year
            elif e.kind in ("previous", "ago", "following"):
                self.periods[i] = self._dated_beside(i) or self.periods[i]
            elif e.kind == "stretch":
                self._place_stretch(i, e)
            elif e.kind == "part" and self.data_year and e.months:
                self.periods[i] = part_of(self.data_year, e.n or 6, e.months[0])
        self._place_counted(final=True)

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
                anchor = self._anchor(i, e, final)
                if anchor is not None:
                    sign = 1 if e.kind == "following" else -1
                    months = (e.n or 1) * (12 if e.unit == "years" else 1)
                    self.periods[i] = dates.shift(anchor, sign * months)
                    if e.form == "adjacent":
                        self.periods[i] = dates.ending(dates.shift((anchor[1], anchor[1]), months)[1], months)

    def _anchor(self, i: int, e: Expression, final: bool) -> Period | None:
        """Return the period that a counted year is counted from."""
        if e.kind == "ago":
            return self.data_year if final else None
        first_line = self._first_line_for(e)
        for j in range(i - 1, max(-1, i - 1 - _REACH), -1):
            other, period = self.expressions[j], self.periods[j]
            line = self.line_of(other.start)
            if line < first_line:
                break
            if line < self.line_of(e.start) and _BULLET.match(self.text, self._line_start(other.start)):
                continue  # another bullet of the same list
            if period is None or not 1 <= dates.months_in(period) <= 12 or other.form == "season":
                continue
            on_register = self._line_has(_REGISTER, other.start) or self._line_has(_REGISTER, 0)
            if period[0] == period[1] and not on_register:
                continue  # a day dates an event, but on a register the state of things
            if e.kind == "following":
                return period
            if e.text.lower().endswith("that"):
                return period
            if other.kind in ("previous", "ago") or self.compared[j]:
                continue
            return period
        return self.data_year if final else None

    def _first_line_for(self, e: Expression) -> int:
        """Return the first line whose expressions a counted year can be set against."""
        line = self.line_of(e.start)
        if e.kind == "following":
            return line - 2
        lowest = max(0, line - _REACH)
        while line > lowest and _BULLET.match(self.text, self.lines[line - 1]):
            line -= 1  # a bullet continues its lead-in
        return line

    def _line_span(self, offset: int) -> tuple[int, int]:
        n = self.line_of(offset)
        return self._line_start(offset), self.lines[n] if n < len(self.lines) else len(self.text)

    def _place_months(self, i: int, e: Expression) -> Period | None:
        assert e.months is not None
        year = self._last_year(e.months[1]) if e.form == "month" and e.n else self._year_for(i, e.months[1])
        if year is None:
            return None
        if e.form == "ending":
            return dates.ending(dates.month(year, e.months[1])[1], e.n or 12)
        last = dates.month(year, e.months[1])
        first = dates.month(year - (e.months[0] > e.months[1]), e.months[0])
        return first[0], last[1]

    def _last_year(self, month: int) -> int | None:
        """Return the year of a month "of last year": the year before publication, else that of the data year."""
        if self.published:
            return int(self.published[:4]) - 1
        if self.data_year is None:
            return self._only_year
        return int(self.data_year[0 if month >= int(self.data_year[0][5:7]) else 1][:4])

    def _year_for(self, i: int, month: int) -> int | None:
        """Return the year of a month printed without one: that of the nearest dated stretch, else of publication."""
        if month >= 3 and self._line_has(_PANDEMIC, self.expressions[i].start):
            return _PANDEMIC_YEAR
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

    def _around(self, i: int) -> range:
        return range(max(0, i - _REACH), min(len(self.periods), i + _REACH))

    @cached_property
    def _only_year(self) -> int | None:
        """The latest year named anywhere, or that of the pandemic where the text speaks of it."""
        hinted = [int(y) for y in _ANY_YEAR.findall(self.text)]
        if hinted:
            return max(hinted)
        return _PANDEMIC_YEAR if _PANDEMIC.search(self.text) else None

    def _place_stretch(self, i: int, e: Expression) -> None:
        started = self._from_start(e)
        if started is not None:
            self.periods[i] = started
            self.rules[i] += "+stated"
            return
        if e.n is None or self.data_year is None:
            if e.n and e.unit == "months":
                self.periods[i] = self._stated_months(e.n)
            return
        if e.unit == "months":
            stated = self._stated_months(e.n)
            self.periods[i] = stated or dates.ending(self.data_year[1], e.n)
            self.rules[i] += "+stated" if stated else "+counted"
            return
        first = self._stated_first_year(e.n, total=bool(_TOTAL.search(self.sentence_text(e.start))))
        if first is not None:
            self.periods[i] = first[0], self.data_year[1]
            self.rules[i] += "+stated"
        else:
            self.periods[i] = dates.ending(self.data_year[1], 12 * e.n)
            self.rules[i] += "+counted"

    def _from_start(self, e: Expression) -> Period | None:
        """Return the first months of what began on a day or in a month of the text: "the six months after …"."""
        if e.unit != "months" or e.n is None or self._stated_months(e.n):
            return None
        after = self.text[e.end : e.end + 60]
        if not (e.text.lower().startswith("first") or re.match(r"\s(?:after|since|from|that\sfollowed)\b", after)):
            return None
        starts = [p for _, form, p in self.stated if form in ("day", "month")]
        if not starts:
            return None
        first = min(starts)[0][:8] + "01"
        return first, dates.ending(dates.shift((first, first), e.n - 1)[0], 1)[1]

    def _stated_first_year(self, n: int, *, total: bool) -> Period | None:
        """Return the year that the release itself compares the data year with, N or N - 1 years before it.

        A total over N years holds just these; a change over N years can have begun the year before the first.
        """
        assert self.data_year is not None
        stated = {p for kind, _, p in self.stated if kind in ("fixed", "years")}
        firsts = stated | {_first_year(p) for p in stated if dates.months_in(p) > 12}
        for back in (n - 1, n) if total else (n, n - 1):
            year = dates.shift(self.data_year, -12 * back)
            if back and year in firsts:
                return year
        return None

    def _stated_months(self, n: int) -> Period | None:
        """Return the stretch of N months that the release dates: one expression, or the hull of two."""
        stated = sorted({p for kind, _, p in self.stated if kind in ("fixed", "months") and p[0] != p[1]})
        single = [p for p in stated if dates.months_in(p) == n]
        if single:
            return max(single, key=lambda p: p[1])
        hulls = {dates.hull(a, b) for a in stated for b in stated} if len(stated) <= _MOST_PERIODS else set()
        fitting = [p for p in hulls if dates.months_in(p) == n]
        return max(fitting, key=lambda p: p[1]) if fitting else None


def _says_last_year(e: Expression) -> bool:
    """Tell whether an expression is *last year*, or months of it."""
    return e.kind == "data" or (e.kind == "months" and e.form == "month" and e.n is not None)


def _april_to_march(period: Period) -> bool:
    return period[0][5:] == "04-01" and period[1][5:] == "03-31"


def _first_year(period: Period) -> Period:
    return period[0], dates.shift((period[0], dates.ending(period[0], 1)[1]), 11)[1]


def _last_full_year(published: str, *, police: bool) -> Period:
    """Return the last police year that had ended by the day of publication."""
    year, month = int(published[:4]), int(published[5:7])
    first = year - 1 if month >= dates.POLICE_YEAR_START else year - 2
    return dates.police_year(first) if police else dates.calendar_year(year - 1)


def printed_ends(placed: Iterable[Placed]) -> set[str]:
    """Return the last days of all periods whose year the text prints or counts from a printed one."""
    return {p.period[1] for p in placed if p.period and p.expression.kind not in ("data", "stretch", "ago", "part")}
