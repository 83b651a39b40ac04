"""Shares and estimates of the population: children and adults of whom nobody recorded an offence."""

from __future__ import annotations

import re

from extract.lexicon.needs import Pattern
from extract.relate.draft import Draft

#: "An estimated 23,000 girls could be in danger": children of whom nobody has counted one.
_AT_RISK = re.compile(
    r"\b(?:estimated|thought|believed)\b[^.;]*<X>[^.;]*\b(?:(?:could|may|might)\sbe|(?:are|is|were|to\sbe)\s(?:(?:living|thought\sto\sbe)\s)?(?:at\srisk|in\sdanger))\b",
    re.I,
)
#: Adults whom a survey asks, not those who call a helpline.
_ADULTS = re.compile(
    r"(?:\s\(<%>\))?\s(?:of\s)?(?:(?:all|the|those|<G>|local|British|Scottish|Welsh|Irish)\s)*"
    r"(?:parents|mothers|fathers|mums|dads|adults|teachers|nurses|grown-ups|women|men|(?:the\s)?public)\b",
    re.I,
)
_VICTIMS = Pattern(r"\b(?:victims?|target(?:s|ed)?|offences?|crimes?|cases|abused|groomed)\b", re.I)
_OF_GROUP = re.compile(r"(?:\s\([^)]*\))?\sof\s(?:the|them|those|these)\b", re.I)


def of_population(draft: Draft) -> bool:
    """Take a share of children or adults, told of no offence, for one of the population; tell whether it is."""
    counted = draft.measure in ("victims", "children") or draft.rules["measure"] == "measure.children-counted"
    if draft.statistic == "count" and counted and _AT_RISK.search(draft.masked.text):
        draft.put("measure", "children", "measure.children-at-risk", own=True)
        return True
    if draft.statistic != "share":
        return False
    rule, after = draft.rules["measure"], draft.masked.after()
    if rule == "measure.people-counted" and _ADULTS.match(after):
        draft.put("measure", "people", "measure.people-of-population", own=True)
        return True
    if rule == "measure.children-counted" and not _OF_GROUP.match(after) and not _VICTIMS.search(draft.masked.text):
        draft.put("measure", "children", "measure.children-of-population", own=True)
        return True
    return False
