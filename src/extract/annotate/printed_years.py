"""The years and days that a text prints, with what stands around them: the ground on which others are counted.

Absolute expressions have their place; an impossible form is repaired from its surroundings.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import cached_property

from extract.annotate import dates
from extract.annotate.times import Expression
from extract.lexicon.needs import Pattern
from extract.records import Period

#: A year behind one of these is what a figure is compared with, not what it is about.
_COMPARED = re.compile(
    r"(?:\b(?:year\s(?:before|earlier)|previous\syear)\sand\s(?:just\s|only\s)?\d[\d,]*\s(?:[a-z]+\s)?in"
    r"|\bas\sin|\bwhat\s(?:it|they)\s(?:was|were|had\sbeen)\sin|\bthan(?:\s(?:in|for|during|the|they were in|"
    r"it was in|was recorded in))?|\bcompare[ds]?\s(?:with|to)|\bagainst"
    r"|\bfrom|\bsince|\bup on|\bdown on|\bhigher than in|\bon|\bthe\s(?:total|figure|number)\s(?:in|for))"
    r"\s(?:the\s)?(?:financial year\s)?$",
    re.I,
)
#: "The cases from 2021/22", and "the total for 2019/20 was 471": a figure's own year.
_SOURCE_OF = re.compile(
    r"\b(?:cases|offences|crimes|incidents|figures|data|records|files|contacts|those|statistics)\sfrom\s(?:the\s)?$",
    re.I,
)
_FIGURE_OF = re.compile(
    r"(?<!than\s)(?<!on\s)(?<!double\s)(?<!twice\s)(?<!times\s)\bthe\s(?:total|figure|number)\s(?:in|for)\s(?:the\s)?$",
    re.I,
)
_ON_A_DAY = re.compile(r"(?<!up\s)(?<!down\s)\bon\s$", re.I)
#: "a jump of 28%: in 2015/16 the region had 323"
_CHANGE_OF = re.compile(
    r"\b(?:jump|rise|increase|growth|leap|fall|drop)\sof\s(?:[a-z]+\s){0,2}[\d.]+(?:\s?%|\sper\scent):\s(?:in|for)\s(?:the\s)?$",
    re.I,
)
_HAD_NUMBER = re.compile(r",?\s(?:[\w’'-]+\s){1,4}(?:had|recorded|was|were|logged|saw)\s(?:[a-z]+\s){0,2}\d")
#: "In 2015/16 it had been 82"
_HAD_BEEN = re.compile(
    r",?\s(?:it|they|the\s(?:total|figure|number|count|tally))\shad\s(?:been|done|stood|come|reached)\s"
)
#: "more than double the 2013/14 figure"
_MULTIPLE_OF = re.compile(r"\b(?:double|twice|treble|triple|quadruple|times|half|above|below)\sthe\s$", re.I)
_FIGURE_BEHIND = re.compile(r"(?:[’']s?)?\s(?:figure|total|number|tally|level|count)\b", re.I)
#: "from 200 to 260 between 2017/18 and last year"
_BETWEEN = re.compile(r"\bbetween\s$", re.I)
_AND_LAST_YEAR = re.compile(r"\sand\s(?:the\s)?(?:last|past|latest)\s(?:financial\s)?year\b", re.I)
_SAID = re.compile(
    r"\s(?:at|is|was|were|stood\sat|came\sto|reached|had\sbeen)\s(?:just\s|only\s|some\s|about\s|over\s)?(?:\d|(?:up|down|higher|lower|more|almost|nearly|double|the\shighest)\b)"
)
#: "from 476 contacts in 2017/18", "twice the 602 of 2019/20", "the 458 recorded in 2017/18" behind a comparison.
_COMPARED_NUMBER = re.compile(
    r"(?:(?<!more )(?<!fewer )(?<!less )\bthan|\bthan(?=\sthe\s\d)"
    r"|\b(?:(?<!heard\s)(?<!came\s)(?<!come\s)(?<!taken\s)(?<!received\s)from|against|compare[ds]?\s(?:with|to)|(?<!handing\s)(?<!handed\s)(?<!passed\s)(?<!passing\s)(?<!sent\s)(?<!sending\s)on|double|doubles|doubled|twice|times|above|below|beat|beats|up\son|having\s(?:recorded|had|logged)|after))"
    r"\s(?:the\s|just\s|only\s|some\s|about\s|around\s|almost\s|nearly\s)?"
    r"\d[\d,.]*(?:\s[a-z’'-]+){0,6}?\s(?:in|of|for|during)\s(?:the\s)?$",
    re.I,
)
_FIGURE = re.compile(r"\d|%|per cent|doubled|trebled|tripled|halved|quarter|third|half|fifth", re.I)
REGISTER = Pattern(r"\bregisters?\b|\bsurvey|\bpoll(?:ed|ing)?\b|\bplans?\b|\bcensus\b|\bpopulation\b", re.I)
#: What no police record: it is told in calendar years.
_COMPLAINTS = Pattern(r"\bcomplaints?\b|\ballegations\sto\b", re.I)
_BREAK = re.compile(r"\n+|[.!?](?<=[a-z0-9%)”\"'’].)\s")
#: Two numbers set side by side, whichever is the later.
_SET_BESIDE = re.compile(r"\b(?:compared|opposed)\s(?:to|with)\b[^.;]{0,40}$", re.I)
#: How many characters either side of an expression its sentence is looked for.
_SENTENCE = 1500


class PrintedYears:
    """The expressions of a text with the periods that they print by themselves.

    Parameters
    ----------
    expressions
        By offset.
    text, published
        The text, and the ISO date of its publication or None.
    """

    def __init__(self, expressions: Sequence[Expression], text: str, published: str | None) -> None:
        self.expressions = list(expressions)
        self.text = text
        self.published = published
        self.periods: list[Period | None] = [e.period for e in self.expressions]
        self.rules: list[str] = [e.rule + ("+repaired" if e.repaired else "") for e in self.expressions]
        self.seen: dict[tuple[str, int], bool] = {}
        self.police = self._gives_police_years()
        self._place_year_ranges()
        self._repair()
        self.compared = [self._is_compared(e) for e in self.expressions]
        self._turn_round()

    def _turn_round(self) -> None:
        """Take for a figure's own year what an earlier one is compared to: "61 in 2012/13, compared to 124 in …"."""
        for i, (e, period) in enumerate(zip(self.expressions, self.periods, strict=True)):
            if not self.compared[i] or period is None or dates.months_in(period) != 12:
                continue
            if not _SET_BESIDE.search(self.text, max(0, e.start - 60), e.start):
                continue
            beside = [
                p for j in self.by_sentence[self.sentence_of(e.start)]
                if (p := self.periods[j]) and not self.compared[j] and dates.months_in(p) == 12
            ]  # fmt: skip
            if beside and all(p < period for p in beside):
                self.compared[i] = False

    def _is_compared(self, e: Expression) -> bool:
        before = self.text[max(0, e.start - 70) : e.start]
        if re.match(r"\s(?:figures?\s)?in\s(?:brackets|parentheses)", self.text[e.end : e.end + 25]):
            return True
        if e.form == "range" or (e.months and e.months[0] != e.months[1]):
            before = re.sub(r"\b(?:from|since)\s$", "", before, flags=re.I)  # "from April to November"
        if e.form == "day":
            before = _ON_A_DAY.sub("", before)
        after = self.text[e.end : e.end + 30]
        if _HAD_BEEN.match(after) or (_CHANGE_OF.search(before) and _HAD_NUMBER.match(self.text[e.end : e.end + 40])):
            return True
        if _MULTIPLE_OF.search(before) and _FIGURE_BEHIND.match(after):
            return True
        if _BETWEEN.search(before) and _AND_LAST_YEAR.match(after):
            return True
        if _SOURCE_OF.search(before) or (_FIGURE_OF.search(before) and _SAID.match(self.text, e.end)):
            return False
        return bool(_COMPARED.search(before) or _COMPARED_NUMBER.search(before))

    @cached_property
    def breaks(self) -> list[int]:
        """Where sentences and lines end."""
        return [m.end() for m in _BREAK.finditer(self.text)]

    @cached_property
    def lines(self) -> list[int]:
        """Where lines end."""
        return [m.end() for m in re.finditer(r"\n+", self.text)]

    @cached_property
    def by_sentence(self) -> dict[int, list[int]]:
        """The places of the expressions in their list, by the sentence that they stand in."""
        found: dict[int, list[int]] = {}
        for i, e in enumerate(self.expressions):
            found.setdefault(self.sentence_of(e.start), []).append(i)
        return found

    # --- what stands in the text ---------------------------------------------------------------------------------

    def sentence_of(self, offset: int) -> int:
        """Return the index of the sentence at an offset."""
        return bisect_right(self.breaks, offset)

    def line_of(self, offset: int) -> int:
        """Return the index of the line at an offset."""
        return bisect_right(self.lines, offset)

    def sentence_text(self, offset: int) -> str:
        """Return the sentence at an offset, cut where it is very long."""
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
            if e.form == "police" or (e.form in ("range", "ending") and e.period and april_to_march(e.period)):
                return True
        pairs = [e for e in self.expressions if e.years and e.years[1] == e.years[0] + 1]
        return bool(pairs) and bool(re.search(r"\bpolice\b|\boffences\b|\bcrimes\b", self.text, re.I))

    def _place_year_ranges(self) -> None:
        for i, e in enumerate(self.expressions):
            if e.years is None:
                continue
            sentence = self.sentence_text(e.start)
            register = REGISTER.search(sentence) or _COMPLAINTS.search(sentence)
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
            others = (j for j in self.by_sentence[self.sentence_of(e.start)] if j != i)
            beside = {self.periods[j] for j in others}
            same = e.text[2:4] == e.text[-2:]  # "2019/19" is the year that another line prints, or that is not told yet
            elsewhere = other in printed and period not in printed
            if (same and elsewhere) or (period in beside and other not in printed and second - 1 > 2000):
                self.periods[i] = other

    def _line_start(self, offset: int) -> int:
        n = self.line_of(offset)
        return self.lines[n - 1] if n else 0

    def _line_span(self, offset: int) -> tuple[int, int]:
        n = self.line_of(offset)
        return self._line_start(offset), self.lines[n] if n < len(self.lines) else len(self.text)

    def _bears_figures(self, e: Expression) -> bool:
        sentence = self.sentence_text(e.start)
        if sentence.rstrip().endswith(":"):
            return True  # the lead-in of a list
        return bool(_FIGURE.search(sentence.replace(e.text, " ")))


def april_to_march(period: Period) -> bool:
    """Tell whether a period begins and ends as police years do."""
    return period[0][5:] == "04-01" and period[1][5:] == "03-31"
