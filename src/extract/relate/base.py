"""The field ``base`` with its ``period``: what a change or a ratio compares with what."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.annotate import dates
from extract.lexicon.needs import Pattern
from extract.records import Mention, Period
from extract.relate import period as single
from extract.relate import untimed, yearless
from extract.relate.carry import Context
from extract.relate.draft import Draft
from extract.relate.earlier import is_earlier
from extract.relate.frame import Binding
from extract.relate.since import in_lockdown, of_lockdown, said_since, same_part, since
from extract.relate.times import COUNTED_BACK, Times, ends_of, is_extent

_NOT_TIME = Pattern(
    r"\b(?:national(?!\s(?:total|figure|number|count|tally)\b)|(?<!on\s)(?<!an\s)average|likely|(?:than|as)\s(?:many\s)?(?:girls|boys)|(?:as\s)?against\s(?:girls|boys)|any\sother|outnumber\w*|rate\sof|(?:than|as)\s(?:in\s|many\sas\s)?<G>|size\sof|<X>[^.;]{0,40}\bpopulation|(?:girls|boys)\b[^.;]{0,20}<X>\sas\smany|(?:girls|boys)\b[^.;]{0,60}<X>\sthe\snumber|<X>\sas\smany\sas\sthe\s<N>\s(?:with|for|against|among)\s(?:boys|girls))\b|<X>\s(?:the|those|that)\s(?:of\s)?<N>\s(?:in|for|at)\s<G>",
    re.I,
)
_YEARLY = Pattern(
    r"<X>\s(?:\w+\s){0,3}?(?:year[- ]on[- ]year|a\syear|each\syear|every\syear|annually|per\syear)\b", re.I
)
#: "fell by 4% over the year"
_OVER_YEAR = re.compile(
    r"\b(?:over|in|within)\s(?:the|a|one|just\sa|a\ssingle)\s(?:year\b(?!\s(?:to|ending))|(?<=\sa\s)<Y>)"
    r"|\byear[- ]on[- ]year\b",
    re.I,
)
_AS_MANY = re.compile(r"\sas\s(?:many|much)\s?(?=[.,;)]|$)")
_AVERAGE = Pattern(r"\b(?:on\saverage|average)\b", re.I)
#: "The typical annual rise works out at 13 per cent."
_ANNUAL = Pattern(
    r"\b(?:typical|average|mean)\s(?:annual|yearly)\s(?:rise|increase|change|growth|fall|drop)\b[^<>;.]{0,40}<X>", re.I
)
_NUMBER_NEXT = re.compile(
    r"^\s(?:(?:as\smany|as|on|from|than|those|its|of|in|with|to|offences|crimes|cases|increase|rise|more|fewer|recorded|up|down|the|just|only|against|compared|<Y>|figure|total|number)\s){0,6}<N>",
    re.I,
)
_YEARS_FIGURE = re.compile(
    r"\s(?:the|those)\s<Y>(?:[’']s?)?\s(?:figure|total|number|tally|peak|level|count)\sof\s(?:\w+\s)?<N>", re.I
)
_BRACKET = re.compile(r"\s?\([^()]*\)|^[^()]{0,12}\)")
#: "In 2015/16 it had 221, so its number has risen by 44 per cent": the year said is that of the comparison.
#: "They numbered 4,541 in 2015/16, so there has been an increase of …"
_SO = re.compile(r",\s(?:and\s)?(?:so|which\smeans|meaning|hence)\b", re.I)
#: "When the law was new, in 2017/18, it was 378: growth of 80%"
_THE_GROWTH = re.compile(r":\s(?:an?\s|the\s)?(?:growth|rise|increase|jump|leap)\s(?:is\s|of\s)")
#: "By 2022/23 the total had gone up by 62%": since the number told before.
_BY_THEN = Pattern(r"^\W*By\s(?:the\s(?:end\sof\s)?)?<Y>,?\s(?:[^<>.;]){0,50}\bhad\b", re.I)
#: A clause with a subject and a verb of its own.
_NEW_CLAUSE = re.compile(r"[;,]\s(?:and|but|while)\s(?:[\w’'-]+\s){1,5}(?:has|have|had)\s")
_LAST_YEAR = ("last year", "the last year")
_SINCE_THEN = re.compile(r"\b(?:has|have|since|now|thus|so|meaning|which\s(?:means|makes|is)|making)\b", re.I)


def fill(draft: Draft, times: Times, context: Context, where: Binding) -> None:
    """Fill ``period`` and ``base``; ``where`` binds the places of the sentence."""
    twin = draft.twin_of
    if twin is not None:
        draft.put("period", twin.period, "period.restated", own="period" in twin.own)
        draft.put("base", twin.base, "base.restated", own="base" in twin.own)
        draft.period_mentions = twin.period_mentions
    elif draft.statistic in ("change", "ratio"):
        _comparison(draft, times, context, where)
    else:
        single.fill(draft, times, context, where)


def _comparison(draft: Draft, times: Times, context: Context, where: Binding) -> None:
    years = times.all
    beside = _NOT_TIME.search(draft.masked.text) or _more_than_elsewhere(draft, where, context)
    if draft.statistic == "ratio" and beside and not any(times.is_base(m) for m in years):
        single.fill(draft, times, context, where)
        draft.put("base", None, "base.not-over-time", own=True)
        return
    span = context.calendar.data_span
    if span is not None and not years and _ANNUAL.search(draft.masked.text):
        draft.put("period", span, "period.average-change", own=True)
        draft.put("base", None, "base.average-change", own=True)
        return
    if span is not None and untimed.AT_START.search(draft.masked.text) and "base" not in draft.own:
        draft.put("base", untimed.first_year(span), "base.starting-point", own=True)
    text = times.binding.frame.layout.text
    if _dated_without_year(draft, times, context, years):
        return
    stretch = _stretch(draft, years or list(context.lead), text)
    if stretch is not None and _AVERAGE.search(draft.masked.text) and _YEARLY.search(draft.masked.text):
        draft.put("period", stretch.value, "period.average-change", own=True)
        draft.put("base", None, "base.average-change", own=True)
        draft.period_mentions = (stretch,)
        return
    if stretch is not None and (days := _same_days(draft, stretch, context)) is not None:
        draft.put("base", days[0], "base.same-day", own=True)
        draft.put("period", days[1], "period.register-day", own=True)
        return
    base = _base_time(draft, times, years)
    later = _later_time(draft, times, years, base)
    if base is None and later is not None and _is_past(draft, later, times, context):
        base, later = later, None
        draft.put("period", _now(base, context), "period.since-then", own=True)
    if base is not None:
        told = same_part(base, times, context) or base.value
        if later is None and told == context.data_year and base.text.lower() in _LAST_YEAR:
            told = dates.shift(told, -12)  # "15% more than last year", told of the year that the figures are of
        draft.put("base", told, "base.compared-with", own=True)
    elif stretch is not None and "base" not in draft.own:
        draft.put("base", ends_of(stretch)[0], "base.start-of-stretch", own=True)
    if later is not None:
        since_then = said_since(text, later) and not _is_since(draft, later, times)
        told = since(later, "period.with-figure", times, context) if since_then else later.value
        draft.put("period", told, "period.with-figure", own=True)
        draft.period_mentions = (later,)
    elif stretch is not None and "period" not in draft.own:
        draft.put("period", ends_of(stretch)[1], "period.end-of-stretch", own=True)
        draft.period_mentions = (stretch,)
    _complete(draft, context)


def _dated_without_year(draft: Draft, times: Times, context: Context, years: Sequence[Mention]) -> bool:
    """Fill a change since or in the first lockdown, or over days without a year; tell whether it is one."""
    text = times.binding.frame.layout.text
    if not years:
        dated = yearless.stretches(text, context.calendar.published)
        lockdown = of_lockdown(draft, context, text) if dated else None
        months = in_lockdown(draft, context, text) if lockdown is None else None
        if lockdown is not None or months is not None:
            value, rule = (lockdown, "period.since-lockdown") if months is None else (months[0], "period.lockdown")
            draft.put("period", value, rule, own=True)
            draft.put("base", None, "base.before-lockdown", own=True)
            return True
    days = untimed.days(draft, times, context)
    if days is None or not all(m.value == context.data_year or m.rule == "year.last-year" for m in years):
        return False
    draft.put("period", days, "period.days", own=True)
    draft.put("base", dates.shift(days, -12), "base.same-days", own=True)
    return True


def _more_than_elsewhere(draft: Draft, where: Binding, context: Context) -> bool:
    """Tell whether a ratio sets a place's count beside the one before: "Lancashire had 342, four times as many"."""
    previous, told = context.previous, context.topic.last
    if previous is None or previous.statistic != "count" or told is None or where.before(draft) is None:
        return False
    of_other_place = previous.geography == draft.geography != told.geography
    return of_other_place and _AS_MANY.match(draft.masked.after()) is not None


def _same_days(draft: Draft, stretch: Mention, context: Context) -> tuple[Period, Period] | None:
    """Return the day of a register and the same day so many years before: "up by a third in five years"."""
    day, years = context.data_year, dates.months_in(stretch.value) // 12
    if draft.measure != "children" or day is None or day[0] != day[1] or not years:
        return None
    return dates.shift(day, -12 * years), day


def _is_past(draft: Draft, later: Mention, times: Times, context: Context) -> bool:
    """Tell whether the year said is the earlier one, the change being told in the perfect: "has since doubled"."""
    year = _now(later, context)
    if year is None or later.end > draft.mention.start:
        return False
    whole = times.binding.frame.layout.text
    if re.search(r"\bback\sin\s$", whole[max(0, later.start - 10) : later.start], re.I):
        return True
    text = whole[later.end : draft.mention.start]
    counted = any(
        a.group.start == later.start and times.binding.frame.heads[i].mention.end <= later.start
        for i, attached in times.binding.attached.items()
        for a in attached
    )
    if counted and (_SO.match(text) or _THE_GROWTH.search(text)):
        return True
    return bool(_SINCE_THEN.search(text) and re.search(r"\d", text))


def _now(earlier: Mention, context: Context) -> Period | None:
    """Return the period that a change up to now ends with: the topic's or the data year, if later; else None."""
    for period in (context.topic.period, context.data_year):
        if (
            period is not None
            and period[1] > earlier.value[1]
            and dates.months_in(period) == dates.months_in(earlier.value)
        ):
            return period
    return None


def _stretch(draft: Draft, years: Sequence[Mention], text: str) -> Mention | None:
    """Return the stretch of years nearest to a change, unless a single year is nearer: "13% in a year and 88% …"."""
    found = [
        m for m in years
        if dates.months_in(m.value) > 12
        or (m.rule.startswith("year.one-year") and " and " not in text[m.end : draft.mention.start])
    ]  # fmt: skip
    if not found:
        return None
    nearest = min(found, key=lambda m: min(abs(m.start - draft.mention.end), abs(m.end - draft.mention.start)))
    return nearest if dates.months_in(nearest.value) > 12 else None


def _base_time(draft: Draft, times: Times, years: Sequence[Mention]) -> Mention | None:
    short = [m for m in years if dates.months_in(m.value) <= 12 and (is_extent(m) or draft.measure == "children")]
    number = _number_compared_with(draft, times)
    if number is not None:
        own = [a.group.members[0] for a in times.binding.attached.get(number, [])]
        if own:
            return own[0]
    marked = [m for m in short if times.is_base(m) or m.rule.startswith(COUNTED_BACK) or _is_since(draft, m, times)]
    if not marked:
        return None
    own_starts = {m.start for a in times.binding.own(draft) for m in a.group.members}
    attached = [m for m in marked if m.start in own_starts]
    after = [m for m in marked if m.start >= draft.mention.end and not _of_later_change(draft, m, times)]
    if not attached and not after and marked[-1].start >= draft.mention.end:
        return None
    return (attached or after or marked[-1:])[0]


def _of_later_change(draft: Draft, base: Mention, times: Times) -> bool:
    """Tell whether a base stands with a change told in a clause of its own behind this one."""
    frame = times.binding.frame
    behind = [h for h in frame.heads[frame.index(draft) + 1 :] if h.mention.end <= base.start]
    text = frame.layout.text
    return any(
        h.statistic in ("change", "ratio") and _NEW_CLAUSE.search(text, draft.mention.end, h.mention.start)
        for h in behind
    )


def _is_since(draft: Draft, mention: Mention, times: Times) -> bool:
    """Tell whether a change is told since a time; one that dates a count of its own is that count's extent."""
    text = times.binding.frame.layout.text
    if not said_since(text, mention):
        return False
    if re.match(r",?\s(?:when|in\swhich)\b", text[mention.end : mention.end + 12]):
        return True
    heads = times.binding.frame.heads
    owners = [
        heads[i]
        for i, attached in times.binding.attached.items()
        if any(a.group.start == mention.start for a in attached)
    ]
    return not any(
        h.statistic in ("count", "rate") and h is not draft and h.mention.end <= draft.mention.start for h in owners
    )


def _number_compared_with(draft: Draft, times: Times) -> int | None:
    """Return the index of the figure that follows as what is compared with: "double the 258 of 2015/16"."""
    after = _BRACKET.sub("", draft.masked.after())
    if not _NUMBER_NEXT.match(after):
        return None
    heads = times.binding.frame.heads
    first = times.binding.frame.index(draft) + 1
    index = next((i for i in range(first, len(heads)) if heads[i].statistic == "count"), None)
    if index is None:
        return None
    told = _YEARS_FIGURE.match(after) or re.match(r"\s(?:the|those)\s<N>", after)
    return index if told or is_earlier(heads[index]) else None


def _later_time(draft: Draft, times: Times, years: Sequence[Mention], base: Mention | None) -> Mention | None:
    plain = [
        m for m in years
        if m is not base and not times.is_base(m) and dates.months_in(m.value) <= 12
        and (is_extent(m) or draft.measure == "children")
        and not m.rule.startswith((*COUNTED_BACK, "year.one-year")) and not _is_since(draft, m, times)
    ]  # fmt: skip
    beside = _year_beside(draft, times, plain)
    if base is None and beside is not None:
        earlier = [m for m in plain if m.value < beside.value and dates.months_in(m.value) == 12]
        if earlier and _between_counts(times):
            draft.put("base", max(earlier, key=lambda m: m.value).value, "base.earlier-count", own=True)
        return beside
    if base is None and len({m.value for m in plain}) >= 2 and _between_counts(times):
        # "from 53 in 2017/18 to 97 in 2023/24": the counts' own years, the earlier the base.
        ordered = sorted(plain, key=lambda m: m.value)
        draft.put("base", ordered[0].value, "base.earlier-count", own=True)
        return ordered[-1]
    if base is not None:
        plain = [m for m in plain if m.value[0] > base.value[0]]
    own = {m.start for a in times.binding.own(draft) for m in a.group.members}
    attached = [m for m in plain if m.start in own]
    before = [m for m in plain if m.end <= draft.mention.start]
    after = [m for m in plain if m.start >= draft.mention.end]
    for found in (attached, before[-1:], after):
        if found:
            return found[0]
    return None


def _year_beside(draft: Draft, times: Times, plain: Sequence[Mention]) -> Mention | None:
    """Return the year of the number that a change is added to in a bracket: "81 in 2012/13 (a fall of 12%)"."""
    text = times.binding.frame.layout.text
    earliest = min((m.value for m in plain), default=None)
    for mention in plain:
        if len({m.value for m in plain}) > 1 and mention.value == earliest and _between_counts(times):
            continue  # "118 in 2022/23, 84 in 2017/18 (+40%)"
        between = text[mention.end : draft.mention.start]
        if mention.end <= draft.mention.start and re.fullmatch(r"\s?(?:\(|[–-]\s|,\s)(?:[a-z-]+\s){0,5}", between):
            return mention
    return None


def _between_counts(times: Times) -> bool:
    return sum(1 for h in times.binding.frame.heads if h.statistic in ("count", "rate")) >= 2


def _complete(draft: Draft, context: Context) -> None:
    """Fill what the sentence left open: from the lead-in, the change before, or the year before."""
    lead = next((m for m in context.lead if is_extent(m) and dates.months_in(m.value) <= 12), None)
    year = context.data_year
    if (
        draft.base is None
        and "base" not in draft.own
        and _OVER_YEAR.search(draft.masked.text)
        and not draft.own & {"period"}
    ):
        year = context.carried(draft.source)[0] or year
        if year is not None and (dates.months_in(year) == 12 or year[0] == year[1]):
            draft.put("period", year, "period.carried")
            draft.put("base", dates.shift(year, -12), "base.over-the-year", own=True)
            return
    if draft.base is None and draft.period is None and "base" not in draft.own:
        told = context.previous is not None and context.previous.period == (lead.value if lead else None)
        if lead is not None and year is not None and lead.value[1] < year[1] and not told:
            draft.put("base", lead.value, "base.lead-in", own=True)
            draft.put("period", year, "period.data-year", own=True)
            return
        known = _last_comparison(context)
        if known is not None:
            draft.put("base", known[0], "base.carried")
            draft.put("period", known[1], "period.carried")
            return
    if (
        draft.period is None
        and context.previous is not None
        and context.previous.period is not None
        and "base" not in context.previous.rules.get("period", "")
        and (draft.base is None or context.previous.period[0] > draft.base[0])
    ):
        draft.put("period", context.previous.period, "period.of-count")
    if draft.period is None:
        draft.put("period", _later_than(draft.base, context, draft.source), "period.carried")
    if draft.base is None and "base" not in draft.own and draft.period is not None:
        known = _last_comparison(context)
        if known is not None and known[1] == draft.period and not _said_as_last_year(draft):
            draft.put("base", known[0], "base.carried")
        elif _BY_THEN.search(draft.masked.text, 0, draft.masked.at) and _is_before(
            context.topic.recent_period, draft.period
        ):
            draft.put("base", context.topic.recent_period, "base.told-before", own=True)
        elif dates.months_in(draft.period) == 12:
            draft.put("base", dates.shift(draft.period, -12), "base.year-before")
        elif context.topic.period is not None and context.topic.period[1] < draft.period[0]:
            draft.put("base", context.topic.period, "base.period-before")


def _is_before(earlier: Period | None, later: Period) -> bool:
    return earlier is not None and earlier[1] < later[0]


def _last_comparison(context: Context) -> tuple[Period | None, Period | None] | None:
    previous = context.previous
    if previous is not None and previous.statistic in ("change", "ratio") and previous.base is not None:
        return previous.base, previous.period
    return context.topic.comparison


def _later_than(base: Period | None, context: Context, source: str) -> Period | None:
    period = context.carried(source)[0]
    if period is not None and dates.months_in(period) <= 12 and (base is None or period[0] > base[0]):
        return period
    return context.data_year or period


def _said_as_last_year(draft: Draft) -> bool:
    return any(m.rule.startswith("year.last-year") for m in draft.period_mentions)
