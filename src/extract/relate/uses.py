"""Uses of a means of contact: what a share or count is of once its platforms, gender and age are known."""

from __future__ import annotations

import re

from extract.lexicon.needs import Pattern
from extract.relate.draft import Draft
from extract.relate.source import Source

#: "where the platform was known", "officers noted which app was used"
_MEANS = Pattern(
    r"\b(?:means|method|mode|channel|platform|app|site|service|way)s?(?:\s(?:of|that|which|was|used|children|they|offenders|perpetrators|"
    r"groomers|contact|communication)){0,6}\b[^<>.;]{0,40}\b(?:known|recorded|provided|disclosed|noted|given|logged|stated|named|identified|released|established|(?:written|taken|put)\sdown)\b"
    r"|\bhow\s(?:the\s)?(?:child(?:ren)?|contact|offenders?|abusers?|victims?|groomers?)\b[^<>.;]{0,40}\b(?:known|recorded|noted|stated|established)\b"
    r"|\b(?:say|says|said|tell|told|identif(?:y|ied)|name|establish|determine|showed?)\s(?:which|what|the)\s(?:platform|app|(?:web)?site|means|method|channel|service)\b"
    r"|\bput\s(?:a|the)\s(?:name|platform|app|site)\sto\b"
    r"|\b(?:knew|gave(?:\saway)?|give|given|supplied|provided|known|recorded|noted|disclosed|logged|named|identified|wrote\sdown|written\sdown|note\sof)\s(?:the\s|which\s|a\s|what\s)?"
    r"(?:platform|means|method|app|site|service|channel|how\s(?:contact|the\s(?:child|contact|offender)|they|children|offenders|groomers))",
    re.I,
)


def of_share(draft: Draft, source: Source) -> None:
    """Give a share the whole that it is of, once its platforms, gender and age are known."""
    if draft.statistic != "share" or draft.twin_of is not None:
        return
    if draft.measure == "suspects":
        return
    asked = source in ("survey", "health")
    if (draft.platforms or _MEANS.search(draft.masked.text)) and not asked and not draft.gender:
        draft.put("measure", "instances", "measure.share-of-uses", own=True)
    elif (draft.gender or draft.age) and not asked and not _OF_THEIR_SESSIONS.search(draft.masked.text):
        draft.put("measure", "victims", "measure.share-of-victims", own=True)


#: "In a third of the boys' sessions a woman was named": a share of sessions, not of boys.
_OF_THEIR_SESSIONS = Pattern(
    r"<X>\s(?:of\s)?(?:the\s|their\s|its\s)?(?:boys|girls)[’'](?:s)?\s(?:counselling\s)?(?:sessions|contacts|calls|cases|referrals)\b",
    re.I,
)


def _own_words(draft: Draft) -> str:
    """Return the words behind a count up to the next figure; nothing where they say that no means is known."""
    words = re.split(r"<[N%]>", draft.masked.after())[0]
    return "" if _NONE_KNOWN.search(words) else words


#: "Snapchat was flagged in 44% of cases (4,205)"
_IN_BRACKET = re.compile(
    r"<%>(?:\sof\s(?:the\s|these\s|all\s)?(?:\w+\s){0,2}(?:cases|instances|offences|crimes|incidents))?\s\($"
)
_NONE_KNOWN = re.compile(
    r"\b(?:no|without\s(?:a|any))\s(?:[a-z]+\s){0,2}(?:platform|means|method|app|site|channel)\b", re.I
)


#: "Of the 6,156 offences recorded, a means of contact was logged in 4,121": the first are all offences.
_WHOLE_OF_KNOWN = re.compile(
    r"\W*(?:Of|Out\sof|Among)\s(?:the|those|these|all|its|their)\s(?:[a-z]+\s)?<X>[^<>.;,]*,\s[^.;]*"
    r"\b(?:known|recorded|provided|noted|given|logged|stated|named|identified|disclosed)\s(?:in|for)\s(?:[a-z]+\s){0,3}<N>"
)


def of_platform(draft: Draft) -> None:
    """Count uses where a change or ratio is about a platform's uses."""
    if (
        draft.statistic == "count"
        and draft.measure == "offences"
        and not draft.platforms
        and not _WHOLE_OF_KNOWN.match(draft.masked.text)
        and (_MEANS.search(_own_words(draft)) or _MEANS.search(draft.masked.before()[-60:]))
    ):
        draft.put("measure", "instances", "measure.means-known", own=True)
    if (
        draft.platforms
        and draft.statistic == "count"
        and draft.measure == "offences"
        and _IN_BRACKET.search(draft.masked.before())
    ):
        draft.put("measure", "instances", "measure.uses-in-bracket", own=True)
    told_of_uses = "measure" not in draft.own or re.search(r"\b(?:use|uses|used|using)\b", draft.masked.text)
    if draft.platforms and draft.statistic in ("change", "ratio") and draft.measure == "offences" and told_of_uses:
        draft.put("measure", "instances", "measure.uses-of-platform", own=True)
