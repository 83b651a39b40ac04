"""Grooming, as the law names it: the offence of it that a release says it counts, and since when there is one."""

from __future__ import annotations

import re
from functools import lru_cache

from extract.lexicon.needs import Pattern
from extract.lexicon.rules import Rule, load_rules
from extract.lexicon.vocabulary import forces_in, in_force
from extract.relate.draft import Draft

#: Sexual communication with a child became an offence of its own on 3 April 2017; a release that dates it so means it.
_IN_FORCE = Pattern(r"\b(?:April\s3(?:rd)?,?\s2017|3(?:rd)?\sApril,?\s2017)\b|\bmessages?\sof\sa\ssexual\b", re.I)
#: Where the law of England and Wales does not hold.
_OTHER_LAW = Pattern(r"\b(?:Scotland|Scottish|Scots|Northern\sIreland|PSNI)\b")


def settle(offence: str, text: str, source: str = "police") -> str:
    """Take grooming for the offence of it, communication or meeting, that a release says it counts."""
    if offence != "grooming" or source != "police":
        return offence
    if _counts_communication(text):
        return "sexual-communication-with-a-child"
    return "meeting-a-child-following-grooming" if _counts_meeting(text) else offence


@lru_cache(maxsize=8)  # the whole text is searched, for each figure on grooming
def _counts_communication(text: str) -> bool:
    """Tell whether a release speaks of the offence of sexual communication with a child."""
    return bool(_rule("offence.sexual-communication").pattern.search(text) or _IN_FORCE.search(text))


@lru_cache(maxsize=8)
def _counts_meeting(text: str) -> bool:
    """Tell whether a release speaks of the offence of meeting a child after grooming, and of it again and again."""
    return len(_rule("offence.meeting").pattern.findall(text)) > 1


def check_in_force(draft: Draft, text: str) -> None:
    """Leave grooming what a text settles it for where that was no offence yet: figures of England and Wales before it.

    A release of 2018 on sexual communication with a child can tell grooming offences of 2015/16 too, or those of
    meeting a child after it where it names that offence.
    """
    if draft.offence != "sexual-communication-with-a-child" or draft.period is None:
        return
    here = bool(draft.geography) and set(draft.geography) <= forces_in("england-and-wales")
    if draft.period[1] < in_force(draft.offence) and (here or not _OTHER_LAW.search(text)):
        other = _rule("offence.meeting").pattern.search(text)
        value = "meeting-a-child-following-grooming" if other else "grooming"
        draft.put("offence", value, "offence.not-yet-in-force", own="offence" in draft.own)


def _rule(wanted: str) -> Rule:
    return next(rule for rule in load_rules("offence") if rule.id == wanted)
