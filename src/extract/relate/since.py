"""Times that say only part of what they mean: "since X", "up to X", "the same months of X"."""

from __future__ import annotations

import re

from extract.annotate import dates
from extract.lexicon.needs import Pattern
from extract.records import Mention, Period
from extract.relate import yearless
from extract.relate.carry import Context
from extract.relate.draft import Draft
from extract.relate.times import Times

EVENT = re.compile(
    r"\bsince\s(?:the|its|their)\s(?:launch|start|opening|introduction|creation)\sof\s[^,.;]{0,50}\b(?:in|on)\s$|\b(?:starts?|started|began|begins?|introduc\w+|came\s(?:in|into\s(?:force|effect))|took\seffect|in\sforce|opened|launched|went\slive|set\sup|established|formed|created|became|changed|founded|(?:went|goes|go|dat\w+|stretch\w*|reach\w*)\sback)"
    r"\b(?:[^,.;]{0,30}\b|,\s)(?:in|on|from|to)\s(?:the\s)?$|"
    r"\b(?:took\seffect|came\sinto\s(?:force|effect)|was\sintroduced|became\slaw)\s$",
    re.I,
)
#: "By the end of March 2014 it had dealt with …": all that was counted until then.
UP_TO = re.compile(r"\b(?:by|up\sto|until|till)\s(?:the\s)?$", re.I)
#: The first day on which people in the United Kingdom had to stay at home.
_LOCKDOWN = "2020-03-23"
#: Data that end before this hold no month of it.
_NEXT_MONTHS_END = "2020-04-30"
_SINCE_LOCKDOWN = re.compile(
    r"\bsince\s(?:the\s(?:start|beginning)\sof\s(?:the\s)?(?:first\s)?lockdown|(?:the\s)?lockdown\s(?:began|started|was)|"
    r"schools\s(?:were\s)?(?:closed|shut)|people\swere\s(?:first\s)?told\sto\sstay)\b",
    re.I,
)
#: "tripled under lockdown", "while the country was locked down", "Lockdown, meanwhile, saw calls triple"
_IN_LOCKDOWN = Pattern(
    r"\b(?:during|under|in|throughout)\s(?:the\s)?(?:first\s|spring\s)?lockdown\b(?![’'])|^\W*(?:The\s)?[Ll]ockdown(?:,\smeanwhile,)?\s(?:saw|brought|has)\b|\blocked\sdown\b",
)
_ITS_LIFE = Pattern(
    r"\bsince\s(?:it|they|the\s[\w-]+)\s(?:was\s|were\s|first\s)?(?:opened|launched|set\sup|began|started|established|went\slive)\b|"
    r"\bsince\s(?:its|the)\s(?:launch|start|opening)\b|\b(?:so\sfar|to\sdate)\b|\bover\sthe\s(?:whole\s|entire\s)?life\sof\s(?:the|our|its)\s(?:service|line|helpline)\b|\b(?:over|in|throughout)\sits\s(?:whole\s)?life\b",
    re.I,
)
_WHEN_OPENED = re.compile(
    r",?\swhen\s(?:it|the\s[\w-]+)\s(?:first\s|was\s)?(?:opened|launched|set\sup|began|started|went\slive)\b", re.I
)
#: "It became an offence in April 2017. From then until last September there were 563."
_THEN_UNTIL = re.compile(
    r"\b[Ff]rom\s(?:then|that\s(?:time|day|month))\s(?:until|till|to|up\sto)\s(?:the\send\sof\s|last\s)?$"
)
_SAID_SINCE = re.compile(r"\bsince\s(?:the\s)?$", re.I)
_SAME_DAY = re.compile(r"\bthe\ssame\s(?:day|date)\s(?:in|of)\s$", re.I)
#: "a rise on the same period in 2020", "the same weeks of 2010"
_SAME_MONTHS = re.compile(
    r"\b(?:(?:the|these|those)\ssame|those|these)\s(?:[a-z-]+\s)?(?:period|stretch|months|weeks|quarter|half|time)\s(?:in|of|during|for)\s$"
)
#: "In 2019 the same months had 15,183"
_SAME_BEHIND = re.compile(
    r",?\s(?:(?:in|over|during)\s)?(?:the|these|those)\ssame\s(?:[a-z-]+\s)?(?:period|stretch|months|weeks|quarter|half)\b"
)


def said_since(text: str, mention: Mention) -> bool:
    """Tell whether a time is the one since when something is told: "an 18% rise since 2017-18"."""
    return _SAID_SINCE.search(text, max(0, mention.start - 12), mention.start) is not None


def of_service(draft: Draft, context: Context, text: str) -> Period | None:
    """Return how long a service has run, where a figure is for all that time: "2,387 calls since it opened"."""
    if draft.source != "helpline" or not _ITS_LIFE.search(draft.masked.text):
        return None
    end = context.calendar.data_end
    opened = next((m.value[0] for m in context.calendar.mentions if m.value and _is_opening(m, text)), None)
    return (opened, end) if opened is not None and end is not None and opened < end else None


def of_lockdown(draft: Draft, context: Context, text: str) -> Period | None:
    """Return the time since people were first told to stay at home, where a figure is told since then."""
    if not _SINCE_LOCKDOWN.search(draft.masked.text):
        return None
    told = [m.value[1] for m in context.calendar.mentions if m.value is not None]
    told += [p[1] for _, p in yearless.stretches(text, context.calendar.published)]
    end = max((e for e in told if e >= _NEXT_MONTHS_END and e[:4] == _LOCKDOWN[:4]), default=None)
    return (_LOCKDOWN, end) if end is not None else None


def in_lockdown(draft: Draft, context: Context, text: str) -> tuple[Period | None] | None:
    """Return the months of the first lockdown that a text dates, (None,) where it dates none; None for other figures.

    Only where a sentence tells of the lockdown and of no time, in a text whose data year ended before it.
    """
    year = context.data_year
    if not _IN_LOCKDOWN.search(draft.masked.text) or "<Y>" in draft.masked.text:
        return None
    headline = draft.sentence.unit.kind == "headline"  # what the body explains
    if (
        headline
        or (year is not None and year[1] > _NEXT_MONTHS_END)
        or yearless.stretches(text, context.calendar.published)
    ):
        return None
    told = [m.value for m in context.calendar.mentions if m.value is not None and m.rule.startswith("year.month")]
    told += [
        m.value
        for m in context.calendar.mentions
        if m.value is not None and dates.months_in(m.value) in (2, 3, 4, 5, 6)
    ]
    spring = [p for p in told if _LOCKDOWN[:7] <= p[0][:7] <= "2020-05" and dates.months_in(p) > 1]
    return (min(spring, default=None),)


def _is_opening(mention: Mention, text: str) -> bool:
    """Tell whether a day or month is that on which something opened."""
    exact = mention.value[0] == mention.value[1] or dates.months_in(mention.value) == 1
    before = EVENT.search(text, max(0, mention.start - 60), mention.start)
    return exact and bool(before or _WHEN_OPENED.match(text, mention.end))


def _begun(last: Mention, times: Times, context: Context) -> str | None:
    """Return when what is counted up to a day began: the day of an event told before, else that of the data."""
    text = times.binding.frame.layout.text
    events = [
        m for m in context.calendar.mentions
        if m.value is not None and m.end <= last.start and m.value[1] < last.value[0]
        and (m.value[0] == m.value[1] or _is_event_month(m, text))
    ]  # fmt: skip
    if events:
        day: str = events[-1].value[0]
        return day
    span = context.calendar.data_span
    return span[0] if span is not None and span[0] < last.value[0] else None


def _is_event_month(mention: Mention, text: str) -> bool:
    return (
        dates.months_in(mention.value) == 1
        and EVENT.search(text, max(0, mention.start - 60), mention.start) is not None
    )


def since(mention: Mention, rule: str, times: Times, context: Context) -> Period:
    """Return a time's period; "since X" runs from X's start to the end of the data."""
    period: Period = mention.value
    text = times.binding.frame.layout.text
    part = same_part(mention, times, context)
    if part is not None:
        return part
    then_until = _THEN_UNTIL.search(text, max(0, mention.start - 30), mention.start)
    if then_until or (period[0] == period[1] and UP_TO.search(text, max(0, mention.start - 20), mention.start)):
        begun = _begun(mention, times, context)
        return (begun, period[1]) if begun is not None else period
    own = times.binding.frame.sentence.start
    first = own if mention.start >= own else 0  # a lead-in's time stands in another sentence
    before = text[max(first, mention.start - 25) : mention.start]
    end = context.calendar.data_end
    if end and context.main is not None and context.main[1] > end:
        end = context.main[1]  # the figures go on beyond the last year told
    if rule.endswith(("when-clause", "base-number")):
        return period
    span = context.calendar.data_span
    bare = dates.months_in(period) == 12 and period[0][5:] == "01-01"
    if (
        bare
        and end
        and span is not None
        and span[0][:4] == period[0][:4]
        and EVENT.search(text[max(first, mention.start - 60) : mention.start])
    ):
        period = span[0], period[1]  # what began in 2017 is counted from the first police year told
    said = re.search(r"\bsince\s(?:the\s)?(?:start\sof\s|beginning\sof\s)?$", before, re.I)
    event = EVENT.search(text[max(first, mention.start - 60) : mention.start])
    if (said or event) and end and end > period[1]:
        return period[0], end
    return period


def same_part(mention: Mention, times: Times, context: Context) -> Period | None:
    """Return the day or months of an earlier year that are those told of: "on the same period in 2020"; else None."""
    text = times.binding.frame.layout.text
    before = text[max(0, mention.start - 40) : mention.start]
    same_day = _SAME_DAY.search(before)
    same_months = _SAME_MONTHS.search(before) or _SAME_BEHIND.match(text, mention.end)
    if not (same_day or same_months) or dates.months_in(mention.value) != 12:
        return None
    told: list[Period] = [m.value for m in reversed(times.all) if m.end <= mention.start]
    told += [context.topic.period] if context.topic.period is not None else []
    state = next((p for p in told if (p[0] == p[1] if same_day else _some_months(p))), None)
    if state is None or state[0][:4] <= mention.value[0][:4]:
        return None
    return dates.shift(state, -12 * (int(state[0][:4]) - int(mention.value[0][:4])))


def _some_months(period: Period) -> bool:
    return period[0] != period[1] and dates.months_in(period) < 12
