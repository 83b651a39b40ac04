"""The fields ``period`` and ``base``: when, and against when."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from extract.annotate import dates
from extract.lexicon.rules import load_rules
from extract.records import Mention, Period
from extract.relate.attach import Group
from extract.relate.discourse import Topic
from extract.relate.draft import Draft
from extract.relate.frame import Binding, Frame, bind
from extract.relate.masked import mask
from extract.relate.scope import Layout, Sentence

_FROM = re.compile(r"\bfrom\s(?:(?:just|only|about|around|nearly|almost|over|under|some|a|an|the)\s){0,2}<X>", re.I)
_FROM_TO = re.compile(r"\bfrom\s(?:\w+\s){0,2}<[N%]>(?:\s(?:[a-z-]+\s){0,4}(?:in|during|for)?\s?(?:the\s)?<Y>)?,?\s(?:[a-z-]+\s){0,3}?to\s(?:(?:just|only|about|around|nearly|almost|over|under|some|a|an|the)\s){0,2}<X>", re.I)  # noqa: E501
_UP_FROM = re.compile(r"\b(?:up|down|rise|rose|risen|increase[ds]?|fell|fall|fallen|drop(?:ped)?|jump(?:ed)?|climb(?:ed)?|compared\s(?:with|to)|against|than|higher|lower|grew|grown|doubl\w+|doubles)\s(?:[\w<>-]+\s){0,3}?(?:from|the|with|to|against)?\s?(?:(?:just|only|about|around|nearly|almost|over|under|some|the)\s){0,2}<X>", re.I)  # noqa: E501
_NOT_TIME = re.compile(r"\b(?:national|average|likely|boys|girls|any\sother|rate\sof|than\s<G>|as\sin\s<G>|size\sof)\b", re.I)
_SINCE = re.compile(r"\b(?:since|from)\s(?:the\s)?(?:start\sof\s|beginning\sof\s)?$", re.I)
_AVERAGE_YEARLY = re.compile(r"\byear[- ]on[- ]year\b[^.;]{0,20}\baverage\b|\baverage\b[^.;]{0,30}\b(?:a|each|every|per)\syear\b|\bannual\saverage\b|\bon\saverage\b[^.;]{0,20}\b(?:a|each|every)\syear\b", re.I)


@dataclass(frozen=True, slots=True)
class Times:
    """The times of a sentence bound to its figures; ``bases`` are those that others are compared with."""

    binding: Binding
    bases: frozenset[int]

    def is_base(self, mention: Mention) -> bool:
        """Tell whether a time is what something is compared with."""
        return mention.start in self.bases


def bind_times(frame: Frame) -> Times:
    """Bind the times of a sentence to its figures and mark those that are compared with."""
    found = [m for m in frame.sentence.of("YEAR") if m.value is not None]
    bases = frozenset(m.start for m in found if is_compared(frame.layout.text, frame.sentence, m))
    return Times(bind(frame, found), bases)


def is_compared(text: str, sentence: Sentence, mention: Mention) -> bool:
    """Tell whether a time is what a figure is compared with ("than in", "up from 40 in")."""
    masked = mask(text, sentence, mention)
    for rule in load_rules("compared"):
        for match in rule.pattern.finditer(masked.text):
            if match.start() <= masked.at < match.end():
                return True
    return False


def fill(draft: Draft, times: Times, topic: Topic, *, lead: Sequence[Mention], data_year: Period | None) -> None:
    """Fill ``period`` and, for a change or ratio over time, ``base``."""
    twin = draft.twin_of
    if twin is not None:
        draft.put("period", twin.period, "period.restated", own="period" in twin.own)
        draft.put("base", twin.base, "base.restated", own="base" in twin.own)
        draft.period_mentions = twin.period_mentions
        return
    if draft.statistic in ("change", "ratio"):
        _comparison(draft, times, topic, lead, data_year)
    else:
        _single(draft, times, topic, lead, data_year)


def _single(draft: Draft, times: Times, topic: Topic, lead: Sequence[Mention], data_year: Period | None) -> None:
    found, rule = _own_time(draft, times)
    if found is None and _is_earlier(draft):
        earlier = _earlier(draft, times, topic, data_year)
        if earlier is not None:
            draft.put("period", earlier, "period.base-of-comparison", own=True)
            return
    if found is None:
        found, rule = _before(draft, times)
    if found is None and lead:
        found, rule = lead[-1], "period.lead-in"
    if found is not None:
        draft.put("period", since(found, draft, times.binding.frame.layout, data_year), rule, own=True)
        draft.period_mentions = (found,)
        return
    _carry(draft, topic, data_year)


def _own_time(draft: Draft, times: Times) -> tuple[Mention | None, str]:
    dealt = times.binding.dealt_to(draft)
    if dealt is not None:
        return dealt, "period.one-each"
    own = times.binding.own(draft)
    if not own:
        return None, ""
    ordered = sorted(own, key=lambda a: (times.is_base(a.group.members[0]) and not _is_earlier(draft), -a.margin))
    for a in ordered:
        draft.consider("period", f"period.{a.side}", a.group.members[0].value, 0.5 + a.margin / 2)
    best = ordered[0].group.members[0]
    if times.is_base(best) and not _is_earlier(draft) and not _number_of(draft, times, best):
        return None, ""
    return best, "period.with-figure"


def _number_of(draft: Draft, times: Times, mention: Mention) -> bool:
    """Tell whether a time that is compared with dates this very number: "above the 256 of 2012/13"."""
    text = times.binding.frame.layout.text
    between = text[draft.mention.end : mention.start] if mention.start >= draft.mention.end else "…"
    return bool(re.fullmatch(r"(?:\s[\w’'-]+){0,6}\s(?:in|of|for|during|at|the)?\s?(?:the\s)?|\s\(", between)) and not re.search(
        r"\b(?:than|compared|against|from|since|on)\b", between
    )


def _is_earlier(draft: Draft) -> bool:
    """Tell whether a number is the earlier one of a comparison: "from 82", "up from 82", "compared with 82"."""
    return bool(_FROM.search(draft.masked.text) or _UP_FROM.search(draft.masked.text))


def _earlier(draft: Draft, times: Times, topic: Topic, data_year: Period | None) -> Period | None:
    frame = times.binding.frame
    stretch = next((m for m in frame.sentence.of("YEAR") if m.value and dates.months_in(m.value) > 12), None)
    if stretch is not None:
        return ends_of(stretch)[0]
    if topic.comparison is not None and topic.comparison[0] is not None and not frame.sentence.of("YEAR"):
        return topic.comparison[0]
    later = next((m.value for m in frame.sentence.of("YEAR") if m.value and not times.is_base(m)), None)
    period = later or topic.period or data_year
    if period is not None and dates.months_in(period) == 12:
        return dates.shift(period, -12)
    return None


def _before(draft: Draft, times: Times) -> tuple[Mention | None, str]:
    """Return the time that leads the sentence or was last said in it, but not one that is compared with."""
    group = times.binding.before(draft, skip=lambda g: times.is_base(g.members[0]))
    if group is None:
        return None, ""
    if _FROM_TO.search(draft.masked.text) and _stands_in_from(draft, times, group):
        return None, ""
    return group.members[0], "period.before"


def _stands_in_from(draft: Draft, times: Times, group: Group) -> bool:
    """Tell whether the time belongs to the number behind *from* ("from 82 in 2017/18 to 127")."""
    for i, attached in times.binding.attached.items():
        head = times.binding.frame.heads[i]
        if any(a.group.start == group.start for a in attached) and _FROM.search(head.masked.text):
            return True
    return False


def since(mention: Mention, draft: Draft, layout: Layout, data_year: Period | None) -> Period:
    """Return a time's period; "since X" runs from X's start to the end of the data."""
    period: Period = mention.value
    if _SINCE.search(layout.text, max(0, mention.start - 25), mention.start):
        end = data_year[1] if data_year else None
        before = re.search(r"\bfrom\s$", layout.text[max(0, mention.start - 6) : mention.start])
        if end and end > period[1] and not before:
            return period[0], end
    return period


def _carry(draft: Draft, topic: Topic, data_year: Period | None) -> None:
    if topic.period is not None:
        draft.put("period", topic.period, "period.carried")
    elif data_year is not None:
        draft.put("period", data_year, "period.data-year")
    else:
        draft.put("period", None, "period.unknown")


# --- change and ratio --------------------------------------------------------------------------------------------------


def _comparison(draft: Draft, times: Times, topic: Topic, lead: Sequence[Mention], data_year: Period | None) -> None:
    frame = times.binding.frame
    years = [m for m in frame.sentence.of("YEAR") if m.value is not None]
    if draft.statistic == "ratio" and _NOT_TIME.search(draft.masked.text) and not any(times.is_base(m) for m in years):
        _single(draft, times, topic, lead, data_year)
        return
    stretch = _stretch(draft, times, years or list(lead))
    if stretch is not None and _AVERAGE_YEARLY.search(draft.masked.text):
        draft.put("period", stretch.value, "period.average-change", own=True)
        draft.put("base", None, "base.average-change", own=True)
        return
    base = _base_time(draft, times, years)
    period = _later_time(draft, times, years, base)
    if base is None and period is None and stretch is not None:
        first, last = ends_of(stretch)
        draft.put("period", last, "period.end-of-stretch", own=True)
        draft.put("base", first, "base.start-of-stretch", own=True)
        draft.period_mentions = (stretch,)
        return
    if base is None and stretch is not None:
        draft.put("base", ends_of(stretch)[0], "base.start-of-stretch", own=True)
    elif base is not None:
        draft.put("base", _whole(base), "base.compared-with", own=True)
    if period is not None:
        draft.put("period", _whole(period), "period.with-figure", own=True)
        draft.period_mentions = (period,)
    elif stretch is not None and base is not None:
        draft.put("period", ends_of(stretch)[1], "period.end-of-stretch", own=True)
    _complete(draft, times, topic, lead, data_year)


def _whole(mention: Mention) -> Period:
    return mention.value  # type: ignore[no-any-return]


def _stretch(draft: Draft, times: Times, years: Sequence[Mention]) -> Mention | None:
    found = [m for m in years if dates.months_in(m.value) > 12]
    before = [m for m in found if m.end <= draft.mention.start]
    after = [m for m in found if m.start >= draft.mention.end]
    if after and not before:
        return after[0]
    return before[-1] if before else None


def ends_of(stretch: Mention) -> tuple[Period, Period]:
    """Return (base, period) of a change over a stretch of years.

    The stretch that a release states starts with the year compared with; one that is counted back from the data year
    starts the year after it ("up 80% in three years" to 2019/20 compares with 2016/17).
    """
    start, end = stretch.value
    last = dates.ending(end, 12)
    first = start, dates.ending(dates.shift((start, start), 11)[1], 1)[1]
    if stretch.rule.endswith("+counted"):
        first = dates.shift(first, -12)
    return first, last


def _base_time(draft: Draft, times: Times, years: Sequence[Mention]) -> Mention | None:
    marked = [m for m in years if times.is_base(m) and dates.months_in(m.value) <= 12]
    if not marked:
        return None
    own = {m.start for a in times.binding.own(draft) for m in a.group.members}
    attached = [m for m in marked if m.start in own]
    if attached:
        return attached[0]
    after = [m for m in marked if m.start >= draft.mention.end]
    return after[0] if after else marked[-1]


def _later_time(draft: Draft, times: Times, years: Sequence[Mention], base: Mention | None) -> Mention | None:
    plain = [m for m in years if m is not base and not times.is_base(m) and dates.months_in(m.value) <= 12]
    if base is None and len(plain) >= 2:
        # "from 53 in 2017/18 to 97 in 2023/24": the counts' own years, the earlier the base.
        ordered = sorted(plain, key=lambda m: m.value)
        if ordered[0].value != ordered[-1].value and _between_counts(draft, times):
            draft.put("base", ordered[0].value, "base.earlier-count", own=True)
            return ordered[-1]
    own = {m.start for a in times.binding.own(draft) for m in a.group.members}
    attached = [m for m in plain if m.start in own]
    if attached:
        return attached[0]
    before = [m for m in plain if m.end <= draft.mention.start]
    if before:
        return before[-1]
    after = [m for m in plain if m.start >= draft.mention.end]
    return after[0] if after else None


def _between_counts(draft: Draft, times: Times) -> bool:
    heads = times.binding.frame.heads
    return sum(1 for h in heads if h.statistic in ("count", "rate")) >= 2


def _complete(draft: Draft, times: Times, topic: Topic, lead: Sequence[Mention], data_year: Period | None) -> None:
    """Fill what the sentence left open from the lead-in, the last comparison, or the year before."""
    lead_base = next((m for m in lead if m.value and dates.months_in(m.value) <= 12), None)
    if draft.base is None and "base" not in draft.own and lead_base is not None and draft.period is None:
        if data_year is not None and lead_base.value != data_year:
            draft.put("base", lead_base.value, "base.lead-in", own=True)
            draft.put("period", data_year, "period.data-year", own=True)
            return
    if draft.period is None:
        if draft.base is None and topic.comparison is not None:
            draft.put("base", topic.comparison[0], "base.carried")
            draft.put("period", topic.comparison[1], "period.carried")
            return
        carried = _later_than(draft.base, topic.period, data_year)
        draft.put("period", carried, "period.carried")
    if draft.base is None and "base" not in draft.own and draft.period is not None:
        known = topic.comparison
        if known is not None and known[1] == draft.period and not _last_year(draft):
            draft.put("base", known[0], "base.carried")
        elif dates.months_in(draft.period) == 12:
            draft.put("base", dates.shift(draft.period, -12), "base.year-before")


def _later_than(base: Period | None, period: Period | None, data_year: Period | None) -> Period | None:
    if period is not None and dates.months_in(period) <= 12 and (base is None or period[0] > base[0]):
        return period
    return data_year


def _last_year(draft: Draft) -> bool:
    return any(m.rule.startswith("year.last-year") for m in draft.period_mentions)
