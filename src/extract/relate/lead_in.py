"""What the lead-in of a list gives to its bullets: places, times, offences, platforms, and what is counted."""

from __future__ import annotations

import re
from dataclasses import dataclass

from extract.records import Mention
from extract.relate import geography, measure_topic, offence
from extract.relate.discourse import Ids
from extract.relate.scope import Layout, Unit

_IN_BRACKETS = re.compile(r"\s(?:figures?\s)?in\s(?:brackets|parentheses)")


@dataclass(frozen=True, slots=True)
class Lead:
    """What a lead-in says; ``bracketed`` is the time whose numbers the bullets put in brackets."""

    places: Ids = ()
    times: tuple[Mention, ...] = ()
    offences: tuple[Mention, ...] = ()
    platforms: tuple[Mention, ...] = ()
    measure: str | None = None
    bracketed: Mention | None = None


def of_unit(layout: Layout, unit: Unit) -> Lead:
    """Return what the last sentence of a unit's lead-in says."""
    sentences = layout.sentences_of(layout.units[unit.lead]) if unit.lead is not None else []
    if not sentences:
        return Lead()
    last = sentences[-1]
    bracketed = next((m for m in last.of("YEAR") if m.value and _IN_BRACKETS.match(layout.text, m.end)), None)
    bracketed = bracketed or _bracketed_first(layout, unit)
    return Lead(
        places=geography.ids_of(geography.places(layout, last)),
        times=tuple(m for m in last.of("YEAR") if m.value is not None and m is not bracketed),
        bracketed=bracketed,
        offences=tuple(offence.cues(layout.text, last.start, last.end)),
        platforms=tuple(last.of("PLATFORM")) if unit.lead else (),  # key points are not all on a headline's platform
        measure=measure_topic.of_lead_in(layout.text[last.start : last.end]),
    )


def _bracketed_first(layout: Layout, unit: Unit) -> Mention | None:
    """Return the time that the first item of a list prints in its bracket and the others leave out."""
    first = next((u for u in layout.units[unit.lead or 0 :] if u.lead == unit.lead), None)
    for sentence in layout.sentences_of(first) if first is not None and first is not unit else ():
        for m in sentence.of("YEAR"):
            if m.value and layout.text[m.start - 1] == "(" and layout.text.startswith(":", m.end):
                return m
    return None
