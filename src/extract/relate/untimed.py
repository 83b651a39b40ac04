"""The period of a figure that says no time: that of a survey, a service, a whole or an event, else carried on."""

from __future__ import annotations

import re

from extract.annotate import dates
from extract.annotate.times import number
from extract.lexicon.needs import Pattern
from extract.records import Period
from extract.relate import yearless
from extract.relate.carry import Context
from extract.relate.draft import Draft
from extract.relate.earlier import HEDGE, is_earlier
from extract.relate.since import in_lockdown, of_lockdown, of_service
from extract.relate.times import Times, is_extent

RISEN_TO = Pattern(
    rf"\b(?:up|rose|risen|rising|gone|grown|grew|climbed|soared|jumped|fell|fallen|down|dropped)\b[^;.]{{0,80}}\bto\s{HEDGE}<X>|"
    rf"\b(?:rise|increase|fall|drop|dip|jump)\b[^;.<]{{0,40}},\sto\s{HEDGE}<X>",
    re.I,
)
SAME = Pattern(
    r"\b(?:over|in|during|for|across|within|throughout)\s(?:the|that|this)\s(?:same\s)?(?:period|time|stretch|span|years)\b|"
    r"\b(?:the|that|this)\s(?:same\s)(?:period|time|stretch|span|years)\b|\bin\sthat\stime\b|\bthose\s(?:\w+\s)?years\b|"
    r"\bin\sthe\sintervening\s(?:years|time)\b",
    re.I,
)
#: "Its 61 compares with 58 at the start", "17 per cent up on the starting point"
AT_START = Pattern(
    r"(?:<X>|<X>\sthe\s<N>)\s(?:\w+\s)?(?:at\sthe\s(?:start|outset|beginning)(?=[\s.,;])(?!\sof\b)|with\swhich\s(?:it|they|the\s\w+)\s(?:started|began)\b)|"
    r"\b(?:opened|started|began)\s(?:with|on|at)\s<X>|<X>\s(?:up|down|above|below|higher|lower)\s[^<>.;]{0,12}\bthe\sstarting\spoint\b",
    re.I,
)
#: "climbed from 61 to 149 over that time"
_FROM_TO_SAME = Pattern(
    rf"\bfrom\s{HEDGE}<X>\s(?:[a-z]+\s){{0,2}}to\s{HEDGE}<N>\s(?:{SAME.pattern})|"
    rf"(?:{SAME.pattern})[^;.]{{0,60}}\bfrom\s{HEDGE}<X>\s(?:[a-z]+\s){{0,2}}to\b",
    re.I,
)
#: "has doubled since 2012/13: 7,956 then, 16,939 now"
_THEN = Pattern(r"<X>\s(?:back\s)?then(?=[,.;])")
#: "the three-year total stands at 10,019"
_BACK_THEN = re.compile(
    r"\W*(?:Back\sthen|Then\s(?:there\swere|it\swas|the\s\w+\s(?:was|were))|At\sthat\stime|That\searlier\s(?:year|figure|period)|In\sthat\searlier\s(?:year|period))\b",
    re.I,
)
_N_YEAR_TOTAL = Pattern(
    r"\b(?P<n>two|three|four|five|six|seven|eight|nine|ten|\d)-year\s(?:total|tally|sum|count|figure)\b", re.I
)
_CHANGED = Pattern(
    r"\b(?:up|down|rose|risen|rise|went|gone|grown|grew|climb\w+|soar\w+|jump\w+|fell|fallen|drop\w*|increas\w+|reach\w*|doubl\w+|trebl\w+)\b",
    re.I,
)
#: "in the same financial year", told after the state on its last day.
_SAME_YEAR = re.compile(r"\b(?:the\ssame|that)\s(?:financial\s)?year\b", re.I)
_THAT_YEAR = Pattern(r"\b(?:that|the\ssame|those\stwelve\smonths)\s(?:year|twelve\smonths)\b", re.I)
#: "Measured from 2017/18 the growth is 50%. There were only 1,042 in that year": the year told last.
_IN_THAT_YEAR = Pattern(r"\b(?:in|during|for)\sthat\syear(?=[.,;]|$)", re.I)
_IN_SAME_YEAR = Pattern(r"\b(?:in|during|over)\sthe\ssame\s(?:financial\s)?year(?=[.,;]|$)", re.I)
#: "Since the offence was introduced, 73% of the crimes …": all years that the release tells of.
_SINCE_LAW = Pattern(
    r"\bsince\s(?:the|this)\s(?:new\s)?(?:offence|law|legislation|crime)\s(?:was|came|took|became|has\sbeen|went)\b|"
    r"\bsince\sit\s(?:became|was\smade)\s(?:a\scrime|an\soffence|illegal|law|against\sthe\slaw)\b|"
    r"\bsince\s(?:ministers|the\s(?:government|charity|NSPCC)|calls|campaigners|peers|we|it)\s(?:first\s)?(?:promised|called|asked|began|"
    r"started|pledged|proposed|were\s(?:first\s)?made|said)\b",
    re.I,
)
#: "since the law came in, in April 2017"
_IN_FORCE_IN = Pattern(
    r"\bsince\sthe\s(?:[a-z]+\s){1,3}(?:in|into\s(?:force|effect)|introduced|created|changed|effect),?\s(?:in|on)\s<Y>",
    re.I,
)
#: "22,728 offences were recorded by 43 forces": the forces of that figure.
_BY_FORCES = re.compile(
    r"<N>\s[^.;]{0,60}\b(?:recorded|logged|counted|registered|reported)\s(?:\w+\s)?by\s(?:all\s)?<X>|"
    r"\b(?:figure|total)\sof\s<N>,\sfrom\s(?:all\s)?<X>",
    re.I,
)
_SAME_DATE = Pattern(r"\b(?:same|that)\s(?:date|day)\b", re.I)
_OTHER_SOURCE = Pattern(
    r"\b(?:NHS|NSPCC\sresearch|(?:studies|research|estimates?|experts)\s(?:shows?|suggests?|found|puts?|reckons?)|(?:earlier|previous)\sresearch|\bbefore\s(?:they|the\sage)\b[^.;]{0,20}\bgrow|survey(?:ed)?|poll(?:ed)?|study|YouGov|respondents?)\b",
    re.I,
)
#: "Of the 1,824 offences where …, Snapchat made up half": the part goes with its whole.
_OPENS_WHOLE = re.compile(r"\W*(?:Of|Among|Out\sof)\s(?:the\s|these\s|those\s|its\s|all\s)?<X>", re.I)
#: "One in 20 children in the UK has been sexually abused": at any time of their lives.
_EVER = re.compile(
    r"<X>\s(?:of\s)?(?:children|young\speople|adults|women|men|girls|boys)\s(?:in\s(?:the\s)?<G>\s)?"
    r"(?:has|have)\s(?:been|experienced|suffered)\b"
)
_SURVEY = Pattern(r"\b(?:the|its|our|this)\s(?:survey|poll|questionnaire)\b", re.I)
_UNDATED = Pattern(
    r"\ban\sestimated\s<X>\s(?:children|young\speople)\b[^.;]{0,40}\b(?:each|every)\syear\b|\b[Ee]ven\sbefore\sthe\s(?:pandemic|lockdown|coronavirus)\b|\b(?:months|weeks|days)\sago\b|\blast\s(?:week|month)\b|\brecent(?:ly)?\b|\bearlier\sthis\s(?:year|month|week)\b",
    re.I,
)


def fill(draft: Draft, times: Times, context: Context) -> None:
    """Fill ``period`` of a figure with whose sentence no time stands."""
    if draft.measure == "forces" and _of_coverage(draft, times, context):
        return
    if (stretch := days(draft, times, context)) is not None:
        draft.put("period", stretch, "period.days", own=True)
        return
    if _since(draft, times, context) or _taken_up(draft, context):
        return
    if (months := in_lockdown(draft, context, times.binding.frame.layout.text)) is not None:
        draft.put("period", months[0], "period.lockdown", own=True)
        return
    told_of_survey = draft.measure in ("children", "people") and _SURVEY.search(draft.masked.text)
    if (draft.source == "survey" or told_of_survey) and context.fieldwork is not None:
        draft.put("period", context.fieldwork, "period.fieldwork")
        return
    if draft.source == "survey" and not _of_dated_survey(context):
        draft.put("period", None, "period.undated-survey")
        return
    goes_on = context.continues and context.topic.measure == draft.measure
    previous = context.previous
    if previous is not None and previous.base is not None and _THEN.search(draft.masked.text):
        draft.put("period", previous.base, "period.back-then", own=True)
        return
    if previous is not None and previous.statistic in ("change", "ratio") and previous.period is not None:
        draft.put("period", previous.period, "period.of-change")
        return
    elsewhere = draft.source != "police" and _OTHER_SOURCE.search(draft.masked.text)
    if not goes_on and (draft.measure in ("other", "people") or elsewhere):
        draft.put("period", None, "period.other-source")
        return
    if (
        _EVER.search(draft.masked.text)
        or _UNDATED.search(draft.masked.text)
        or draft.rules["measure"] == "measure.children-at-risk"
    ):
        draft.put("period", None, "period.undated")
        return
    if previous is not None and previous.period is not None and _OPENS_WHOLE.match(previous.masked.text):
        draft.put("period", previous.period, "period.of-whole")
        return
    value, rule = context.carried(draft.source)
    draft.put("period", value, rule)


def days(draft: Draft, times: Times, context: Context) -> Period | None:
    """Return the stretch that days without a year bound in a figure's sentence, the last before it."""
    here = draft.sentence
    told = yearless.stretches(times.binding.frame.layout.text, context.calendar.published)
    return next((p for at, p in reversed(told) if here.start <= at < here.end), None)


def _since(draft: Draft, times: Times, context: Context) -> bool:
    """Fill ``period`` of what is told since a law, an opening or a lockdown; tell whether it is."""
    spans = [p for p in (context.topic.stretch, context.calendar.data_span) if p is not None]
    if _SINCE_LAW.search(draft.masked.text) and spans:
        stretch = max(spans, key=dates.months_in)
        dated = _IN_FORCE_IN.search(draft.masked.text) and len(times.all) == 1
        start = times.all[0].value[0] if dated else stretch[0]
        draft.put("period", (min(start, stretch[1]), stretch[1]), "period.since-the-law", own=True)
    elif (life := of_service(draft, context, times.binding.frame.layout.text)) is not None:
        draft.put("period", life, "period.since-opening", own=True)
    elif (lockdown := of_lockdown(draft, context, times.binding.frame.layout.text)) is not None:
        draft.put("period", lockdown, "period.since-lockdown", own=True)
    else:
        return False
    return True


def _taken_up(draft: Draft, context: Context) -> bool:
    """Fill ``period`` where words take up a time told before ("that time", "the same date"); tell whether they do."""
    text, told = draft.masked.text, context.topic.period
    if told is not None and told[0] == told[1] and _SAME_YEAR.search(text):
        draft.put("period", dates.ending(told[1], 12), "period.year-of-the-day")
    elif told is not None and _SAME_DATE.search(text):
        draft.put("period", told, "period.same-date")
    elif _BACK_THEN.match(text) and (value := _earlier_told(context)) is not None:
        draft.put("period", value, "period.back-then", own=True)
    elif (value := _n_year_total(text, context)) is not None:
        draft.put("period", value, "period.n-year-total", own=True)
    elif _IN_THAT_YEAR.search(text) and (last := context.topic.last) is not None and last.period is not None:
        measured = last.base is not None and "base" in last.own and "period" not in last.own
        draft.put("period", last.base if measured else last.period, "period.that-year", own=True)
    elif _IN_SAME_YEAR.search(text) and told is not None and dates.months_in(told) > 12:
        draft.put("period", context.data_year, "period.that-year")
    elif not SAME.search(text):
        return False
    elif not _CHANGED.search(text) and (value := _compared_stretch(context)) is not None:
        draft.put("period", value, "period.compared-stretch")
    elif (value := _same_extent(draft, context)) is not None:
        draft.put("period", value, "period.same-stretch")
    else:
        return False
    return True


def start_of_same(draft: Draft, context: Context) -> Period | None:
    """Return the first year of the stretch that "from 61 to 149 over that time" takes up, or of all; else None."""
    span = context.calendar.data_span
    if span is not None and dates.months_in(span) > 12 and AT_START.search(draft.masked.text):
        return first_year(span)
    stretch = context.topic.stretch
    if stretch is None or dates.months_in(stretch) <= 12 or not _FROM_TO_SAME.search(draft.masked.text):
        return None
    return first_year(stretch)


def first_year(stretch: Period) -> Period:
    """Return the first twelve months of a stretch."""
    return stretch[0], dates.ending(dates.shift((stretch[0], stretch[0]), 11)[1], 1)[1]


def _of_coverage(draft: Draft, times: Times, context: Context) -> bool:
    """Fill ``period`` of a number of forces: its sentence's, else that of the data; tell whether one is known."""
    if len(times.all) == 1 and is_extent(times.all[0]) and not times.is_base(times.all[0]):
        draft.put("period", times.all[0].value, "period.of-sentence", own=True)
    elif context.previous is not None and context.previous.period is not None and _BY_FORCES.search(draft.masked.text):
        draft.put("period", context.previous.period, "period.of-count", own=True)
    elif _THAT_YEAR.search(draft.masked.text):
        draft.put("period", context.carried()[0], "period.that-year")
    elif context.calendar.data_span is not None:
        draft.put("period", context.calendar.data_span, "period.data-asked-for")
    else:
        return False
    return True


def _of_dated_survey(context: Context) -> bool:
    """Tell whether the last figure was a survey's whose time is known."""
    last = context.topic.last
    return last is not None and last.source == "survey" and last.period is not None


def _earlier_told(context: Context) -> Period | None:
    """Return the earlier year that the sentence before told or compared with."""
    told = [p for d in context.topic.recent for p in (d.period, d.base) if p is not None and dates.months_in(p) == 12]
    return min(told, default=None)


def _n_year_total(text: str, context: Context) -> Period | None:
    """Return the stretch of as many years that the text told, where a number is its total: "the three-year total"."""
    found = _N_YEAR_TOTAL.search(text)
    n = number(found["n"].lower()) if found else None
    told = [m.value for m in context.calendar.mentions if m.value is not None]
    return next((p for p in reversed(told) if n is not None and dates.months_in(p) == 12 * n), None)


def _compared_stretch(context: Context) -> Period | None:
    """Return all the years from the one to the other that the sentence before compared, where more lie between."""
    told = [d.period for d in context.topic.recent if d.statistic == "count" and d.period is not None]
    first, last = context.topic.comparison or (None, None)
    if first is None or last is None or len(set(told)) < len(told) or not {first, last} <= set(told):
        return None
    apart = int(last[0][:4]) - int(first[0][:4])
    return (first[0], last[1]) if apart > 1 else None


def _same_extent(draft: Draft, context: Context) -> Period | None:
    """Return the time that "over the same period" takes up: the stretch told, its last year where a rise ends there."""
    stretch = context.topic.stretch
    ends = RISEN_TO.search(draft.masked.text)
    if stretch is None:
        return None if ends or is_earlier(draft) else context.topic.period
    return dates.ending(stretch[1], 12) if ends and dates.months_in(stretch) > 12 else stretch
