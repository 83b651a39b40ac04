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
    r"\b(?:to|or|(?:bring|brought|bringing)\sin|alert\w*|inform\w*|call(?:ed|ing)?|contact(?:ed|ing)?)\s(?:(?:a|an|the|by|social|work|department|council|councils|agencies|services|children[’']s|workers)\s){0,5}(?:(?:or|and)\s(?:the\s|to\s)?)?$",
    re.I,
)


_RECEIVED = re.compile(r"\s(?:received|got|(?:was|were)\s(?:sent|handed|alerted|told|called|informed))\b", re.I)


@lru_cache(maxsize=64)  # asked for each figure of a sentence
def of_text(text: str, start: int, end: int) -> Source | None:
    """Return the source that a stretch of text names; None where it names none. The first row of the rules rules."""
    for rule in likely("source", text, start, end):
        spans = [(a, b) for a, b, _ in rule.spans(text, start, end)]
        if rule.value == "police" and any(_RECEIVED.match(text, b) for _, b in spans):
            continue  # "Kent Police was sent 14, Essex Police 11"
        if spans and (rule.value != "police" or any(not _is_recipient(text, start, a) for a, _ in spans)):
            return rule.value  # type: ignore[no-any-return]
    return None


def _is_recipient(text: str, start: int, at: int) -> bool:
    return _RECIPIENT.search(text, max(start, at - 40), at) is not None


def of_measure(measure: str) -> Source | None:
    """Return the source that a measure belongs to, None for those of several."""
    if measure in POLICE_MEASURES:
        return "police"
    return "helpline" if measure in SERVICE_MEASURES else None
