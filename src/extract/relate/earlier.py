"""The earlier number of a comparison: "up from 82", "has doubled, from 48", "874 turned into 1,013"; and its year."""

from __future__ import annotations

import re
from functools import lru_cache

from extract.annotate import dates
from extract.lexicon.needs import Pattern
from extract.records import Period
from extract.relate.carry import Context
from extract.relate.draft import Draft
from extract.relate.times import Times, ends_of

HEDGE = r"(?:(?:just|only|about|around|nearly|almost|over|under|above|more\sthan|some|a|an|the)\s){0,3}"
_FROM = Pattern(rf"\bfrom\s{HEDGE}<X>", re.I)
_EARLIER = Pattern(
    r"(?:\b|(?=<))(?:(?:up|down|rise|rose|risen|increase[ds]?|fell|fall|fallen|drop(?:ped)?|jump(?:ed)?|climb(?:ed)?|grew|grown)\s(?:[\w<>%-]+\s){0,4}?from"
    r"|compared\s(?:with|to)|against|set\sagainst|(?:than|<%>|above|below|beat(?:s|en|ing)?|on)\sthe(?:\s(?:previous|earlier|prior))?|(?:up|down|<%>)\son)"
    rf"\s(?:{HEDGE}<N>\sand\s)?{HEDGE}<X>|\bto\s{HEDGE}<N>,?\s(?:up\s|down\s)?from\s{HEDGE}<X>|<N>,?\safter\s{HEDGE}<X>(?=[,.;:]|\sand\sin\b|$)|\bwhere\s(?:it|they|there)\shad\s(?:been\s)?<X>\sbefore\b",
    re.I,
)
#: "has doubled, from 48", "an increase of 61% from 152": an earlier number behind a change that was told.
_CHANGED_FROM = Pattern(
    rf"(?:<%>|\b(?:doubl|trebl|tripl|quadrupl|halv)\w+|\b(?:ris|rose|fall|fell|increas|drop|declin|grow|grew|climb|jump|soar)\w*|\b(?:gone|went|come|came|moved))"
    rf"(?:[^<>;.]|<Y>){{0,50}}\bfrom\s{HEDGE}<X>(?=\s?(?:[.,;)]|$|and\s<G>\sfrom\b|in\s<Y>|<Y>|the\s<Y>|a\syear|to\s))",
    re.I,
)
#: "went up from 41,457 to 49,950 in a year"
_IN_A_YEAR = re.compile(
    r"^\sto\s(?:\w+\s){0,3}?<N>(?:\s\w+){0,2}\s(?:in|over|within)\s(?:just\s)?(?:a|one|a\ssingle)\syear\b", re.I
)
#: "1,406 against 469 males", "double the 189 in Derry": compared with another group or place, not another time.
_BESIDE = Pattern(
    r"\b(?:than|as)\s(?:girls|boys|females|males)\b[^.;]*<[N%]>(?:\s\w+)?\s(?:against|to|compared\s(?:with|to))\s<X>|"
    r"\(<%>\s(?:against|to|v|versus)\s<X>\)|"
    r"<X>\s(?:(?:to|for|with|from|by|among|about|against|of)\s(?:the\s)?)?(?:boys|girls|males?|females?|men|women)\b|<X>\s(?:in|for|at|across|among|throughout)\s(?:the\s)?<G>(?!\s(?:in|for|during|the|a)\s(?:the\s)?<Y>)",
    re.I,
)
#: "Cheshire's total had gone up from 260, Merseyside's from 342": the second goes on with the first.
_GONE_ON = re.compile(
    rf"\b(?:up|down|risen|rose|increased?|fell|fallen|dropped|jumped|climbed|grown|grew|gone|went)\b[^;.]{{0,40}}\bfrom\s{HEDGE}<N>(?:,|\sand|,\sand|\swhile|,\swhile)\s(?:(?:that|the\sfigure)\s(?:of|for|in)\s)?<G>(?:[’']s?)?"
    rf"(?:\s(?:figure|total|number|count))?,?\sfrom\s{HEDGE}$"
)
#: "Avon and Somerset 1,688 (up from 1,511), Dorset 702 (644)"
_BRACKET_GOES_ON = re.compile(
    rf"(?:\(|,\s)(?:up|down|compared\s(?:with|to)|from)(?:\sfrom)?\s{HEDGE}<N>(?:\s(?:in\s)?(?:the\s)?<Y>)?[),].*<G>(?:,|:|\s[–-]|\s[a-z]+)?\s<N>\s\($"
)
_TURNED_INTO = re.compile(
    rf"(?:\s[a-z]+){{0,2}}\s(?:turned\sinto|became|becoming|having\sbecome|giving\sway\sto|gave\sway\sto)\s{HEDGE}<N>",
    re.I,
)


def is_earlier(draft: Draft) -> bool:
    """Tell whether a number is the earlier one of a comparison: "from 82", "up from 82", "compared with 82"."""
    return draft.measure not in ("forces", "platforms") and _told_as_earlier(draft.masked.text, draft.masked.at)


@lru_cache(maxsize=64)  # asked again for each time of a sentence
def _told_as_earlier(text: str, at: int) -> bool:
    if _BESIDE.search(text):
        return False
    before, after = text[:at], text[at + 3 :]
    if _EARLIER.search(text) or _CHANGED_FROM.search(text) or _GONE_ON.search(before):
        return True
    if _BRACKET_GOES_ON.search(before) and after.startswith(")"):
        return True
    if _TURNED_INTO.match(after):
        return True
    if _FROM.search(text) and re.search(r"\bto\b", after):
        return True
    return bool(re.match(r"\sto\s(?:\w+\s){0,2}<N>", after) and re.search(r"\bfrom\b", before))


def earlier_period(draft: Draft, times: Times, context: Context) -> Period | None:
    """Return the period of an earlier number that has no time of its own: what the text last compared with."""
    stretch = next((m for m in times.all if dates.months_in(m.value) > 12), None)
    if stretch is not None:
        return ends_of(stretch)[0]
    compared = [h for h in times.binding.frame.heads if h.mention.end <= draft.mention.start and h.base is not None]
    if compared:
        return compared[-1].base
    numbers = [
        h.period for h in times.binding.frame.heads
        if h.mention.end <= draft.mention.start and h.rules.get("period") == "period.base-number" and "period" in h.own
    ]  # fmt: skip
    if numbers and numbers[-1] is not None:
        return numbers[-1]
    if _IN_A_YEAR.search(draft.masked.after()):
        told = context.carried()[0]
        return dates.shift(told, -12) if told is not None and dates.months_in(told) == 12 else None
    previous = context.previous
    if previous is not None and previous.statistic in ("change", "ratio") and previous.base is not None:
        return previous.base
    known = context.topic.comparison
    if known is not None and known[0] is not None and not times.all and known[1] == context.carried()[0]:
        return known[0]
    later = next((m.value for m in times.all if not times.is_base(m) and dates.months_in(m.value) == 12), None)
    period = later or context.carried()[0]
    if period is not None and dates.months_in(period) == 12:
        return dates.shift(period, -12)
    return None
