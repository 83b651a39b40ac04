"""Whose figures a sentence tells: police, helpline, register, survey or health; so what *children* or *cases* are."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

from extract.lexicon.rules import likely
from extract.relate.hierarchy import POLICE_MEASURES, SERVICE_MEASURES

Source = Literal["police", "helpline", "register", "survey", "health"]


#: Police to whom a helpline passes something on are not those whose figures are told.
_RECIPIENT = re.compile(
    r"\b(?:to|or|alert\w*|inform\w*|call(?:ed|ing)?|contact(?:ed|ing)?)\s(?:(?:a|an|the|by|social|work|department|council|councils|agencies|services|children[’']s|workers)\s){0,5}(?:(?:or|and)\s(?:the\s|to\s)?)?$",
    re.I,
)


_RECEIVED = re.compile(r"\s(?:received|got|(?:was|were)\s(?:sent|handed|alerted|told|called|informed))\b", re.I)


@lru_cache(maxsize=64)  # asked for each figure of a sentence
def of_text(text: str, start: int, end: int) -> Source | None:
    """Return the source that a stretch of text names; None where it names none. The first row of the rules rules."""
    for rule in likely("source", text, start, end):
        for a, b, _ in rule.spans(text, start, end):
            received = _RECEIVED.match(text, b) or _RECIPIENT.search(text, max(start, a - 40), a)
            if rule.value != "police" or not received:
                return rule.value  # type: ignore[no-any-return]
    return None


def of_measure(measure: str) -> Source | None:
    """Return the source that a measure belongs to, None for those of several."""
    if measure in POLICE_MEASURES:
        return "police"
    return "helpline" if measure in SERVICE_MEASURES else None
