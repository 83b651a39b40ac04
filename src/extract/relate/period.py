"""The field ``period``: when; for a change or ratio over time see `base`, which fills both."""

from __future__ import annotations

import re

from extract.annotate import dates
from extract.lexicon.needs import Pattern
from extract.records import Mention, Period
from extract.relate import ordinal, untimed
from extract.relate.attach import Group
from extract.relate.carry import Context
from extract.relate.draft import Draft
from extract.relate.earlier import HEDGE, earlier_period, is_earlier
from extract.relate.frame import Binding
from extract.relate.since import EVENT, UP_TO, said_since, since
from extract.relate.times import COUNTED_BACK, Times, gapped, is_extent, one_a_year
from extract.relate.untimed import RISEN_TO, SAME

#: "jumped from 655 to 1,003 since 2020/21"
_FROM_TO_SINCE = re.compile(rf"\bfrom\s{HEDGE}<[NX]>\sto\s{HEDGE}<[NX]>\s(?:[a-z]+\s){{0,2}}since\s(?:the\s)?<Y>", re.I)
#: "well down on 2014/15 with its 727", "almost double the number for 2011/12, 140"
_ITS_NUMBER = re.compile(
    r"(?:\b(?:on|to|against|with|than)\s(?P<year><Y>)\s(?:with|and)\sits\s(?:\w+\s)?|\b(?:number|figure|total)\s(?:for|in|of)\s(?P<other><Y>),\s)$"
)
#: "taking the total since then to 412"
_SINCE_THEN = Pattern(
    rf"\b(?:total|number|tally|count|sum)\s(?:[a-z]+\s){{0,2}}since\s(?:then|that\stime)\s(?:up\s)?to\s{HEDGE}<X>", re.I
)
_RUNNING = Pattern(r"\b(?:running|cumulative|overall\srunning)\stotal\b[^.;]*<X>", re.I)
#: "After that came a dip, to 149": the year after the one last told.
_NEXT = re.compile(
    r"\W*(?:After\sthat|Then|Next)\s(?:came|followed)\s(?:an?|the)\s(?:[a-z]+\s)?(?:dip|fall|rise|drop|jump|"
    r"leap|slump|increase|year|surge|decline)\b",
    re.I,
)
#: "455 crimes in 2017-18 were succeeded by 512"
_SUCCEEDED = Pattern(
    rf"<N>[^<>.;]{{0,25}}(?:(?:in|of|for)\s<Y>\s)?(?:were|was)\s(?:succeeded|followed)\sby\s{HEDGE}<X>"
    r"(?!\s(?:in|for)\s(?:the\s)?<[YG]>)",
    re.I,
)
_FROM_TO = Pattern(
    r"\bfrom\s(?:\w+\s){0,2}<[N%]>(?:\s(?:[a-z-]+\s){0,4}(?:in|during|for)?\s?(?:the\s)?<Y>)?,?\s(?:[a-z-]+\s){0,3}?to\s"
    rf"{HEDGE}<X>",
    re.I,
)
_SINCE = Pattern(r"\bsince\s(?:the\s)?<Y>", re.I)
#: In a bracket behind a year: "in 2020/21 (1,097 in 2019/20)", "(300, compared with …)".
_OF_OTHER_TIME = re.compile(r",?\s(?:(?:compared|against|up|down|from)\b|(?:in|for|during|the)\s(?:the\s)?<Y>\))")
_WHEN = Pattern(
    r"<Y>,?\s(?:when|in\swhich|for\swhich|which\s(?:had|saw)|a\syear\s(?:when|in\swhich|which|that|"
    r"with))\b(?:(?!<[N%]>[^<>;.]{0,40},\s(?:and|but|while)\s)(?:[^<>;.]|<[GPN%]>))*$",
    re.I,
)
_FIGURE_OF = re.compile(
    r"(?:[’']s?)?\s(?:figure|total|number|tally|peak|level|count|high|low|record|sum)\sof\s(?:(?:just|only|about|around|nearly|almost|over|under|some)\s)?",
    re.I,
)
#: "2018/19's 40", "as 2018/19 had brought 191", "in 2015/16 the region had 323"
_HAD = re.compile(
    r"[’']s\s|\s(?:with|and)\sits\s|\shad\s(?:brought|seen|produced|had)\s(?:just\s|only\s)?|"
    r",?\s(?:the\s\w+|it|they|there)\s(?:had|recorded|was|were|saw|logged)\s(?:been\s)?(?:just\s|only\s)?"
)
#: "the highest since comparable records began in 2016/17"
_RECORD_SINCE = re.compile(
    r"\b(?:highest|lowest|most|biggest|largest|record|peak|worst|busiest)\b[^,.;<>]{0,25}\bsince\b[^,.;]{0,40}$", re.I
)
#: "unheard of before 2019/20", "a crime here since 2015"
_BEFORE = re.compile(
    r"\b(?:of|heard|seen|known|named|existed|launched|recorded|counted)\sbefore\s(?:the\s)?$|,\san?\s(?:crime|offence)\b[^,.;]*\bsince\s$",
    re.I,
)
_SINCE_EVENT = re.compile(r"\bsince\b[^,.;]{0,50}$", re.I)
#: "The jump of 57% brings the number recorded since 2014/15 to 1,025."
_SINCE_TO = re.compile(rf"\bsince\s(?:the\s)?<Y>\sto\s{HEDGE}$", re.I)
#: A clause of its own with its own number: "251, having had 198 in 2019/20", "261; in 2019/20 they had 229".
_OTHER_CLAUSE = re.compile(
    r"[;]|:\s|\b(?:whereas|while|whilst|but|having|where|when|since|after|before|against|compared|than|from|"
    r"up\son|down\son)\b",
    re.I,
)
_RELATIVE_TO_NOW = ("year.last", "year.past", "year.previous", "year.n-ago")
_RELATIVE = re.compile(r",\s(?:which|who)\b")
#: "Of its 138, Norfolk had 61": the total of the place that follows.
OF_ITS = re.compile(r"\W*(?:Of|Out\sof)\s(?:its|their)\s<X>,\s(?:the\s)?<G>", re.I)
#: Measures of a state of things, which a single day can date: children on a register.
_STATES = frozenset({"children", "other"})
_NOW = Pattern(
    r"<X>(?:[^<>.;]|<[GY]>){0,40}\b(?:of|in)\sthe\slatest\s(?:figure|total|count|tally)\b|\bthe\slatest\s(?:figure|total|count|tally)\s[^<>.;]{0,20}<X>|\bnow\s(?:on|at|has|had|up\sto|totals)?\s?(?:\w+\s)?<X>|\b(?:there\sare|it\sis|stands\sat|it\sstands)\b[^.;]{0,40}\bnow\b|\bnow\s(?:stands|is|numbers|totals)\b",
    re.I,
)


def fill(draft: Draft, times: Times, context: Context, where: Binding) -> None:
    """Fill ``period`` of a figure that is no comparison over time; ``where`` binds the places of its sentence."""
    if _by_structure(draft, times, context, where):
        return
    found, rule = _own_time(draft, times)
    if found is None and is_earlier(draft):
        earlier = untimed.start_of_same(draft, context) or earlier_period(draft, times, context)
        if earlier is not None:
            draft.put("period", earlier, "period.base-of-comparison", own=True)
            return
    if found is None and RISEN_TO.search(draft.masked.text):
        stretch = next((m for m in times.all if dates.months_in(m.value) > 12), None)
        if stretch is not None:
            draft.put("period", dates.ending(stretch.value[1], 12), "period.risen-to", own=True)
            return
        if _SINCE.search(draft.masked.before()) and context.data_year is not None:
            draft.put("period", context.data_year, "period.risen-since")
            return
    stretch_told = any(dates.months_in(m.value) > 12 for m in times.all)
    if (
        found is None
        and not stretch_told
        and _NOW.search(draft.masked.text)
        and context.data_year is not None
        and draft.source == "police"
    ):
        draft.put("period", context.data_year, "period.now")
        return
    same = SAME.search(draft.masked.text) and context.topic.stretch is not None and not _told_here(draft, times)
    if found is None and not same:
        found, rule = _before(draft, times)
    if found is None and not same:
        found, rule = _lone_after(draft, times)
    days = untimed.days(draft, times, context)
    if days is not None and found is not None and found.rule.startswith(_RELATIVE_TO_NOW) and not is_earlier(draft):
        draft.put("period", days, "period.days", own=True)  # "last year" tells only of which year they are
        return
    if found is None and context.lead and is_extent(context.lead[-1]):
        found, rule = context.lead[-1], "period.lead-in"
    if draft.source == "survey" and found is not None and found.rule.startswith(_RELATIVE_TO_NOW):
        found = None  # "in the past year": what was asked about, not when
    changed = rule == "period.only-one" and found is not None and _dates_change(times, found)
    if found is not None and dates.months_in(found.value) > 12 and (changed or _FROM_TO.search(draft.masked.text)):
        draft.put("period", dates.ending(found.value[1], 12), "period.risen-to", own=True)
        return
    if found is not None:
        draft.put("period", since(found, rule, times, context), rule, own=True)
        draft.period_mentions = (found,)
        return
    untimed.fill(draft, times, context)


def _by_structure(draft: Draft, times: Times, context: Context, where: Binding) -> bool:
    """Fill ``period`` where the place of the number among others tells it; tell whether it does."""
    text = draft.masked.text
    told, span = context.topic.period, context.calendar.data_span
    if (value := gapped(times, where, draft)) is not None:
        rule = "period.gapped"
    elif (value := ordinal.nth_year(draft, times, context)) is not None:
        rule = "period.nth-year"
    elif (value := ordinal.one_each(times, draft, context.topic.times)) is not None:
        rule = "period.one-each-told"
    elif context.bracketed is not None and draft.masked.before().rstrip().endswith("("):
        value, rule = context.bracketed.value, "period.in-brackets"
    elif (value := one_a_year(times, draft)) is not None:
        rule = "period.one-a-year"
    elif (value := _of_year_before(draft)) is not None:
        rule = "period.base-number"
    elif _FROM_TO_SINCE.search(text) and len(times.all) == 1 and context.data_year is not None:
        value, rule = times.all[0].value if is_earlier(draft) else context.data_year, "period.from-to-since"
    elif not times.all and _NEXT.match(text) and told is not None:
        value, rule = dates.shift(told, dates.months_in(told)), "period.next"
    elif (value := _since_then(draft, times, context)) is not None:
        rule = "period.since-then"
    elif context.previous is not None and context.previous.period is not None and _SUCCEEDED.search(text):
        value, rule = dates.shift(context.previous.period, dates.months_in(context.previous.period)), "period.next"
    elif not times.all and _RUNNING.search(text) and span is not None:
        value, rule = span, "period.running-total"
    else:
        return False
    draft.put("period", value, rule, own=True)
    return True


def _of_year_before(draft: Draft) -> Period | None:
    """Return the year whose number stands behind it: "on 2014/15 and its 1,752", "the number for 2011/12, 140"."""
    found = _ITS_NUMBER.search(draft.masked.before())
    places = (found.start("year"), found.start("other")) if found else ()
    return next((m.value for p, m in draft.masked.places if p in places), None)


def _since_then(draft: Draft, times: Times, context: Context) -> Period | None:
    """Return the years from the last told before a figure up to the end of the data: "the total since then"."""
    told = [m.value for m in times.all if m.end <= draft.mention.start]
    told += [context.topic.period] if context.topic.period is not None else []
    end = context.calendar.data_end
    if not _SINCE_THEN.search(draft.masked.text) or not told or end is None or end <= min(told)[1]:
        return None
    return min(told)[0], end


def _told_here(draft: Draft, times: Times) -> bool:
    """Tell whether "over the same period" takes up a time of its own sentence."""
    return any(m.end <= draft.mention.start and is_extent(m) and not times.is_base(m) for m in times.all)


def _own_time(draft: Draft, times: Times) -> tuple[Mention | None, str]:
    bracket = _year_before_bracket(draft)
    if bracket is not None:
        return bracket, "period.base-number" if times.is_base(bracket) else "period.bracket"
    when = _year_of_clause(draft)
    follows = [a for a in times.binding.own(draft) if a.side == "left" and not _dates_event(times, a.group.members[0])]
    if when is not None and not follows:
        return when, "period.base-number" if times.is_base(when) else "period.when-clause"
    dealt = times.binding.dealt_to(draft)
    if dealt is not None:
        return dealt, "period.one-each"
    own = [a for a in times.binding.own(draft) if not _dates_event(times, a.group.members[0])]
    own = [a for a in own if is_extent(a.group.members[0]) or _dates_state(draft, times, a.group)]
    if not own:
        return None, ""
    earlier = is_earlier(draft)
    ordered = sorted(own, key=lambda a: (times.is_base(a.group.members[0]) and not earlier, a.cost))
    for a in ordered:
        draft.consider("period", f"period.{a.side}", a.group.members[0].value, max(0.0, 0.9 - a.cost / 4))
    best = ordered[0].group.members[0]
    if times.is_base(best):
        if not earlier and not _number_of(draft, times, best):
            return None, ""
        return best, "period.base-number"
    return best, "period.base-number" if earlier and best.start not in times.turned else "period.with-figure"


def _year_before_bracket(draft: Draft) -> Mention | None:
    """Return the time whose number stands in a bracket behind it: "as in 2002 (27,900)"."""
    masked = draft.masked
    if not masked.before().endswith("<Y> (") or _OF_OTHER_TIME.match(masked.after()):
        return None
    place = masked.at - len("<Y> (")
    return next((m for p, m in masked.places if p == place and m.value is not None), None)


def _year_of_clause(draft: Draft) -> Mention | None:
    """Return the time whose relative clause tells the number: "on 2015/16, when 1,731 were logged"."""
    found = list(_WHEN.finditer(draft.masked.before()))
    if not found:
        return None
    place = found[-1].start()
    return next((m for p, m in draft.masked.places if p == place and m.value is not None), None)


def _dates_event(times: Times, mention: Mention) -> bool:
    """Tell whether a time dates an event: "which starts in 2017", "the offence came into force on 3 April 2017"."""
    text = times.binding.frame.layout.text
    before = text[max(times.binding.frame.sentence.start, mention.start - 60) : mention.start]
    if _RECORD_SINCE.search(before) or _BEFORE.search(before):
        return True
    return bool(EVENT.search(before)) and not _SINCE_EVENT.search(before)


def _dates_state(draft: Draft, times: Times, group: Group) -> bool:
    """Tell whether a day dates the state of things that a figure tells: children on a register."""
    first, text = group.members[0], times.binding.frame.layout.text
    counted_until = UP_TO.search(text, max(0, first.start - 20), first.start) is not None
    return draft.measure in _STATES or counted_until or first.rule.startswith("year.month")


def _number_of(draft: Draft, times: Times, mention: Mention) -> bool:
    """Tell whether a time that is compared with dates this very number: "above the 256 of 2012/13"."""
    text = times.binding.frame.layout.text
    if mention.end <= draft.mention.start:
        between = text[mention.end : draft.mention.start]
        return bool(_FIGURE_OF.fullmatch(between) or _HAD.fullmatch(between))
    between = times.binding.frame.layout.text[draft.mention.end : mention.start]
    plain = re.fullmatch(r"(?:\s[\w’'-]+){0,6}\s(?:in|of|for|during|at|the)?\s?(?:the\s)?|\s\(", between)
    return bool(plain) and not re.search(r"\b(?:than|compared|against|from|since|on)\b", between)


def _before(draft: Draft, times: Times) -> tuple[Mention | None, str]:
    """Return the time that leads the sentence or was last said in it, but not one that is compared with."""

    taken_up = SAME.search(draft.masked.text) or _SINCE_TO.search(draft.masked.before())

    def skip(group: Group) -> bool:
        mention = group.members[0]
        usable = is_extent(mention) or draft.measure in _STATES
        if (
            _of_change(times, group)
            and (dates.months_in(mention.value) > 12 or said_since(times.binding.frame.layout.text, mention))
            and not taken_up
        ):
            return True
        text = times.binding.frame.layout.text
        if _in_closed_bracket(text, group, draft):
            return True
        own_clause = ";" in text[group.end : draft.mention.start]
        if own_clause and mention.rule.startswith(COUNTED_BACK) and _of_another(times, group, draft):
            return True
        return times.is_base(mention) or not usable or _of_earlier(times, group)

    group = times.binding.before(draft, skip=skip)
    return (group.members[0], "period.before") if group is not None else (None, "")


def _in_closed_bracket(text: str, group: Group, draft: Draft) -> bool:
    """Tell whether a time stands with a number in a closed bracket: "35 (40 the year before), and 28 in Hove"."""
    opened = text.rfind("(", max(0, group.start - 60), group.start)
    if opened < 0 or ")" in text[opened : group.start]:
        return False
    closed = text.find(")", group.end, draft.mention.start)
    return closed >= 0 and re.search(r"\d", text[opened : group.start]) is not None


def _dates_change(times: Times, mention: Mention) -> bool:
    """Tell whether a stretch stands with a change: "7,412 crimes, an 86% rise over six years"."""
    return any(_of_change(times, g) for g in times.binding.groups if g.start == mention.start)


def _of_change(times: Times, group: Group) -> bool:
    """Tell whether a stretch is that of a change: "a rise of 57% in five years, the equivalent of 200 a day"."""
    heads = times.binding.frame.heads
    return any(
        heads[i].statistic in ("change", "ratio") and any(a.group.start == group.start for a in attached)
        for i, attached in times.binding.attached.items()
    )


def _of_another(times: Times, group: Group, draft: Draft) -> bool:
    """Tell whether a time stands with another figure of the sentence."""
    mine = times.binding.frame.index(draft)
    return any(
        i != mine and any(a.group.start == group.start for a in attached)
        for i, attached in times.binding.attached.items()
    )


def _of_earlier(times: Times, group: Group) -> bool:
    """Tell whether a time belongs to the earlier number of a comparison ("from 82 in 2017/18 to 127")."""
    for i, attached in times.binding.attached.items():
        head = times.binding.frame.heads[i]
        if any(a.group.start == group.start for a in attached) and is_earlier(head):
            return True
    return False


def _lone_after(draft: Draft, times: Times) -> tuple[Mention | None, str]:
    """Return the only time of a sentence where it stands behind several figures: "… 30 calls and 20 emails in May"."""
    plain = [m for m in times.all if not times.is_base(m) and is_extent(m) and not m.rule.startswith(COUNTED_BACK)]
    if len(times.all) == 1 and len(plain) == 1 and plain[0].start > draft.mention.end:
        group = times.binding.after(draft)
        text = times.binding.frame.layout.text
        if (
            "(" in text[draft.mention.end : plain[0].start]
            or (draft.measure == "forces" and _RELATIVE.search(text[draft.mention.end : plain[0].start]))
            or _OTHER_CLAUSE.search(text[draft.mention.end : plain[0].start])
            or _dates_event(times, plain[0])
            or OF_ITS.match(draft.masked.text)
        ):
            return None, ""
        if group is not None and not _of_earlier(times, group):
            return plain[0], "period.only-one"
    return None, ""
