"""Clauses that tell the same of another place or time: "girls were 81% of victims; in the West Midlands they were 77%".

Such a clause says only what differs. What else the figure before it is about (whose share, which platform, whose age)
holds for it too.
"""

from __future__ import annotations

import re

from extract.lexicon.needs import Pattern
from extract.relate.draft import Draft
from extract.relate.earlier import HEDGE

_PLACE = (
    r"(?:<G>(?:[’']s(?:\s(?:force|police|total|share|figure))?)?|region|county|city|country|force|capital|"
    r"(?:our|its)\s(?:\w+\s)?(?:counties|area|patch))"
)
_WHERE = (
    rf"(?:(?:[Ii]n|[Ff]or|[Oo]n|[Aa]t|[Aa]cross|[Bb]y)\s(?:the\s|our\s|its\s)?(?:\w+\s)?(?:{_PLACE}|<Y>)(?:\sas\sa\swhole|\sitself)?,?\s|"
    rf"<G>(?:[’']s\s(?:\w+\s)?(?:share|figure|proportion))?\s|[Hh]ere,?\s|(?:[Nn]ationally|[Ll]ocally),?\s)"
)
_SAID = r"(?:the\s(?:force|charity|NSPCC)\ssays?,\s)?"
_IT_WAS = (
    r"(?:(?:it|they|there|that|(?:its?|the|that|this)\s(?:share|figure|proportion|rate|percentage))\s"
    r"(?:was|were|is|are|had\sbeen|has\sbeen|stood\sat|came\sto)\s)?"
)
_HEDGE = rf"(?:in\s)?{HEDGE}"
#: From the end of the clause before to the figure: where or when, and nothing else.
_TAIL = re.compile(
    rf"(?:;|,|\s[–-])\s(?:(?:and|but|while|whereas|against|when)\s)?(?:{_WHERE}){{1,2}}{_SAID}{_IT_WAS}{_HEDGE}$"
)
_ALONE = re.compile(r"(?:\s(?:were|was|did|had))?\s?(?=[.,;)”\"]|$)")
#: "in 77% of the offences in 2018/19, and in 71% in the year before"
_AND_IN = re.compile(rf",\s(?:and|but)\s{_HEDGE}$")
_WHEN_BEHIND = re.compile(r"\s(?:in|for|during)\s(?:the\s)?(?:<Y>|<G>)\s?(?=[.,;)]|$)")
#: "687 offences, of which 512 involved girls and 139 boys"
_OF_ONE_SEX = re.compile(
    rf"\s(?:involved|concerned|were\s(?:against|on)|against|on)\s(?:girls|boys|females|males),?\s(?:and|while|with)\s{HEDGE}"
)
_OF_OTHER_SEX = re.compile(r"\s(?:girls|boys|females|males)\b")
#: "57% of victims were under 18: 1,286 out of 2,234"
_COLON = re.compile(rf"(?::|\s\(|\s[–-])\s?{HEDGE}$")
_OUT_OF = re.compile(r"\s(?:out\s)?of\s(?:a\stotal\sof\s|the\s|all\s)?<N>")
_OUT_OF_THIS = re.compile(r"\s(?:out\s)?of\s(?:a\stotal\sof\s|the\s|all\s)?")
#: "For Birmingham's force that share was 55%"
_THAT_SHARE = Pattern(
    rf"^\W*(?:{_WHERE})?(?:[Tt]hat|[Tt]he|[Tt]his|[Ii]ts)\s(?:share|proportion|percentage)\s(?:was|is|stood\sat|had\sbeen|came\sto|rose\sto|fell\sto)\s{_HEDGE}<X>"
)


def goes_on_with(draft: Draft, previous: Draft | None, told: Draft | None) -> Draft | None:
    """Return the figure that a clause tells of another place or time; None where the clause says more than that.

    ``previous`` is the figure before it in the sentence, ``told`` the last of the sentence before.
    """
    if previous is not None and _is_share_in_numbers(draft, previous):
        return previous
    if previous is not None and draft.mention.label == previous.mention.label and draft.twin_of is None:
        between = draft.masked.before()[_end_of_last(draft) :]
        after = draft.masked.after()
        alone = _TAIL.search(between) and _ALONE.match(after)
        others = _OF_ONE_SEX.fullmatch(between) and _OF_OTHER_SEX.match(after) and previous.gender is not None
        if alone or others or (_AND_IN.search(between) and _WHEN_BEHIND.match(after)):
            return previous
    if previous is None and told is not None and told.statistic == draft.statistic == "share":
        return told if _THAT_SHARE.search(draft.masked.text) else None
    return None


def _is_share_in_numbers(draft: Draft, previous: Draft) -> bool:
    """Tell whether two counts are a share told in numbers: "57% of victims were under 18: 1,286 out of 2,234"."""
    if draft.statistic != "count":
        return False
    between, after = draft.masked.before()[_end_of_last(draft) :], draft.masked.after()
    if previous.statistic == "share":
        return bool(_COLON.search(between) and _OUT_OF.match(after))
    return previous.rules.get("measure") == "measure.parallel" and _OUT_OF_THIS.fullmatch(between) is not None


def _end_of_last(draft: Draft) -> int:
    """Return where the last number before a figure ends in its masked sentence."""
    before = draft.masked.before()
    return max(before.rfind("<N>"), before.rfind("<%>")) + 3


def inherit(draft: Draft, source: Draft) -> None:
    """Take from the figure gone on with what the clause does not say itself."""
    whole = _OUT_OF_THIS.fullmatch(draft.masked.before()[_end_of_last(draft) :])
    for name in () if whole else ("gender", "age", "platforms"):
        if name not in draft.own and not getattr(draft, name):
            draft.put(name, getattr(source, name), f"{name}.parallel", own=True)
    rule = draft.rules.get("measure", "")
    if "measure" not in draft.own or rule.endswith("-before") or rule == "measure.children-counted":
        draft.put("measure", source.measure, "measure.parallel", own="measure" in source.own)
        draft.counted = source.counted
