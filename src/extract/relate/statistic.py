"""The field ``statistic`` with its unit and signed value: count, share, change, ratio or rate, by the wording."""

from __future__ import annotations

import re

from extract.lexicon.needs import Pattern
from extract.lexicon.rules import Rule, likely
from extract.relate.draft import Draft

_SAME_KIND = re.compile(
    r"(?:\s\(<?[^()]{1,20}\))?\s?(?:(?:in|for|at|on|by|throughout|across|over)\s(?:the\s|a\s|just\s)?(?:<[GPY]>(?:\s(?:and|&)\s<[GPY]>)*(?:\spolice)?|"
    r"region|county|city|country|force|capital|town|borough|nation)(?:\s(?:itself|alone|as\sa\swhole))?)?\s?,?\s?(?:and|while|to|but|with|or|then|ahead\sof|followed\sby|next\scame)?"
    r"(?:\s(?:in|for|at|by|on|of|that\sof|a|an|another|about|around|almost|nearly|more\sthan|over|under|just)){0,4}\s?(?:<[GP]>(?:[’']s?)?(?:\sby)?\s?)?\s?(?:a\s|by\s)?$|\s(?:\w+\s)?on\s<Y>,\s(?:the\s)?<G>\s$"
)
_HALF = re.compile(r"<X>\s(?:as\smany|as\smuch)(?:\sagain)?\b", re.I)
_UNITS = {"hour": "per_hour", "day": "per_day", "week": "per_week", "month": "per_month", "year": "per_year"}
_ADVERBS = {"hourly": "hour", "daily": "day", "weekly": "week", "monthly": "month", "yearly": "year", "annual": "year"}


#: "an increase of 445%, set against one of 89%"
_ONE_OF = re.compile(r"\b(?:or|and)\sby\s(?:[\w]+\s){0,2}$|\b(?:one|that|rises?|falls?)\sof\s(?:[a-z]+\s){0,2}$")
#: How many times a rate another can be that it is compared with; what is more is no rate.
_MOST_TIMES = 10
_AGAINST = Pattern(
    r"\b(?:against|compared\s(?:with|to)|up\sfrom|down\sfrom|from)\s(?:\w+\s){0,2}<X>(?!\s[a-z]+s\b)", re.I
)


#: "In the first three months the average was 16": in the unit of the rate told before.
_AVERAGE_WAS = Pattern(
    r"\b(?:average|(?:daily|weekly|monthly)\s(?:figure|number|total)|rate)\s(?:was|were|is|had\sbeen|has\sbeen|stood\sat|rose\sto|"
    r"fell\sto|climbed\sto|dropped\sto|went\sup\sto)\s(?:[a-z]+\s){0,2}<X>|"
    r"^\W*(?:By|In|During)\s(?:the\s)?<Y>,?\sit\s(?:was|had\sbeen|is|stood\sat|had\s(?:risen|fallen|grown)\sto)\s(?:[a-z]+\s){0,2}<X>(?=[.,;]|$)|"
    r"(?:[;,]|\bwhile|\band|\bbut)\s(?:prior\sto|before|until)\s(?:(?!in\b)[\w’'-]+\s|<Y>,?\s){1,5}it\s(?:was|had\sbeen|averaged|stood\sat)\s"
    r"(?:[a-z]+\s){0,2}<X>(?=[.,;]|$)",
    re.I,
)


def fill(draft: Draft, previous: Draft | None, told: Draft | None = None) -> None:
    """Fill ``statistic``, ``unit``, ``value`` and the sign.

    ``previous`` is the figure before it in the sentence, ``told`` the last of the sentence before.
    """
    if draft.mention.label == "COUNT":
        _count(draft)
        if draft.statistic == "count" and (rate := _rate_taken_up(draft, previous, told)) is not None:
            draft.put("statistic", "rate", "statistic.rate-compared", own=True)
            draft.unit = rate.unit
        return
    number, unit = draft.mention.value
    draft.value = float(number)
    if unit == "multiple":
        draft.put("statistic", "ratio", "statistic.multiple", own=True)
        draft.unit = "multiple"
        return
    draft.unit = "percent"
    _percent(draft, previous)
    if draft.statistic == "change" and draft.value > 0:
        draft.value *= draft.sign


def _rate_taken_up(draft: Draft, previous: Draft | None, told: Draft | None) -> Draft | None:
    """Return the rate before whose unit a number has: "25 a day, against 16", "The average before was 16"."""
    average = _AVERAGE_WAS.search(draft.masked.text)
    before = previous if previous is not None else told if average else None
    if before is None or before.statistic != "rate" or draft.value >= _MOST_TIMES * before.value:
        return None
    return before if average or _AGAINST.search(draft.masked.text) else None


def _count(draft: Draft) -> None:
    draft.value = float(draft.mention.value)
    for rule in _rules("rate", draft):
        match = _covering(rule, draft)
        if match:
            word = match["unit"].lower()
            draft.put("statistic", "rate", rule.id, own=True)
            draft.unit = _UNITS[_ADVERBS.get(word, word)]
            return
    draft.put("statistic", "count", "statistic.number", own=True)


def _percent(draft: Draft, previous: Draft | None) -> None:
    twin = draft.twin_of
    if twin is not None and twin.statistic == "ratio":
        draft.put("statistic", "change", "statistic.percentage-of-ratio", own=True)
        draft.sign = -1 if twin.value < 1 else 1
        return
    if twin is not None:
        draft.put("statistic", twin.statistic, "statistic.restated", own=True)
        draft.sign = twin.sign
        return
    if draft.mention.text[0] in "+-−–":
        draft.put("statistic", "change", "statistic.signed", own=True)
        draft.sign = 1 if draft.mention.text[0] == "+" else -1
        return
    for rule in _rules("change", draft):
        match = _covering(rule, draft)
        if match:
            draft.put("statistic", "change", rule.id, own=True)
            draft.sign = rule.value[1]
            return
    if previous is not None and previous.statistic == "change" and _continues(draft, previous):
        draft.put("statistic", "change", "statistic.continued", own=True)
        draft.sign = previous.sign
        return
    draft.put("statistic", "share", "statistic.part", own=True)


def _rules(kind: str, draft: Draft) -> list[Rule]:
    return [rule for rule in likely("statistic", draft.masked.text) if rule.value[0] == kind]


def _covering(rule: Rule, draft: Draft) -> re.Match[str] | None:
    for match in rule.pattern.finditer(draft.masked.text):
        if match.start() <= draft.masked.at < match.end():
            return match
    return None


def _continues(draft: Draft, previous: Draft) -> bool:
    """Tell whether a percentage goes on with the one before it: "by 53% in Dorset and 34% in Kent"."""
    at = next((p for p, m in draft.masked.places if m is previous.mention), None)
    if at is None:
        return False
    between = draft.masked.text[at + 3 : draft.masked.at]
    return bool(_SAME_KIND.fullmatch(between) or _ONE_OF.search(between))
