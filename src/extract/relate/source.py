"""Whose figures a sentence tells: police, helpline, register, survey or health; it decides what *children* or *cases* are."""

from __future__ import annotations

from typing import Literal

from extract.lexicon.rules import load_rules
from extract.relate.hierarchy import POLICE_MEASURES, SERVICE_MEASURES

Source = Literal["police", "helpline", "register", "survey", "health"]


def of_text(text: str, start: int, end: int) -> Source | None:
    """Return the source that a stretch of text names; None where it names none. The first row of the rules rules."""
    for rule in load_rules("source"):
        if rule.pattern.search(text, start, end):
            return rule.value  # type: ignore[no-any-return]
    return None


def of_measure(measure: str) -> Source | None:
    """Return the source that a measure belongs to, None for those of several."""
    if measure in POLICE_MEASURES:
        return "police"
    return "helpline" if measure in SERVICE_MEASURES else None
