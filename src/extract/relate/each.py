"""Figures told of each of several: "Cumbria and Warwickshire had two each", "300 in each of the past two years"."""

from __future__ import annotations

import re
from dataclasses import replace

from extract.annotate import dates
from extract.lexicon.needs import Pattern
from extract.relate.draft import Draft
from extract.relate.times import Times

_EACH = Pattern(r"<X>(?:\s[\w’'-]+){0,3}?\s(?:each|apiece)\b(?!\s(?:day|week|month|year|hour|of))", re.I)
_BOTH_HAD = Pattern(
    r"\b(?:each|both)\s(?:had|recorded|logged|saw|reported|registered|took|counted)\s(?:[\w]+\s){0,2}<X>", re.I
)
_EACH_YEAR = Pattern(r"<X>(?:\s[\w’'-]+){0,5}?\sin\s(?:each|both|every\sone)\sof\s(?:the|those|these)?", re.I)


def split(draft: Draft, times: Times) -> list[Draft]:
    """Return one draft for each place or year that a figure is told of, the draft itself where it is told of one."""
    text = draft.masked.text
    if len(draft.geography) > 1 and (_EACH.search(text) or _BOTH_HAD.search(text)):
        return [_part(draft, geography=(place,)) for place in draft.geography]
    if len(draft.platforms) > 1 and _EACH.search(text):
        return [_part(draft, platforms=(service,)) for service in draft.platforms]
    if draft.period is not None and _EACH_YEAR.search(text) and dates.months_in(draft.period) in (24, 36, 48, 60):
        years = dates.months_in(draft.period) // 12
        last = dates.ending(draft.period[1], 12)
        return [_part(draft, period=dates.shift(last, -12 * back)) for back in reversed(range(years))]
    return [draft]


def _part(draft: Draft, **fields: object) -> Draft:
    part = replace(
        draft, flags=set(draft.flags), notes=list(draft.notes), rules=dict(draft.rules), own=set(draft.own),
        candidates=dict(draft.candidates),
    )  # fmt: skip
    for name, value in fields.items():
        part.put(name, value, f"{name}.of-each", own=True)
    return part
