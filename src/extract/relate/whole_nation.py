"""Whole nations: figures of forces at large, of all places together, or too large for the place that is carried."""

from __future__ import annotations

import re
from collections.abc import Callable

from extract.lexicon.needs import Pattern
from extract.relate import discourse
from extract.relate.discourse import Ids, Topic
from extract.relate.draft import Draft
from extract.relate.frame import Binding
from extract.relate.scope import Layout
from extract.relate.taken_up import first_nation, nation_of_forces

#: Tells the largest count so far of a place and measure.
Largest = Callable[[Ids, str], float]

#: "Across 39 forces it found over 5,000", "22,654, from 41 forces", "forces logged 4,373"
_FORCES_AT_LARGE = Pattern(
    r"\b(?:across|in|at|among|from)\s(?:the\s|all\s|those\s)?<[NX]>\s(?:police\s)?forces\b(?!\s(?:in|of|across|throughout)\s)"
    r"|<X>[^<>.;]{0,40}\b(?:from|by|across|at)\s<N>\s(?:police\s)?forces\b(?!\s(?:in|of|across|throughout)\s)"
    r"|\bforces\s(?:everywhere|up\sand\sdown\sthe\scountry)\b"
    r"|(?:^\W*|[,;:]\s|<Y>\s|\b(?:that|which|and|but|where|when|said|as)\s)(?:police\s)?forces\s(?:have\s|had\s|could\s|together\s)?"
    r"(?:logged|recorded|noted|registered|counted|received|gave|named|took\sdown|say\sso)\b",
    re.I,
)
#: "In all - 1,092"
_IN_ALL = re.compile(r"\W*(?:In\sall|Totals?|Altogether|All\sforces)\s?(?:[:–—-]|,)?\s?<X>")
#: A number without a place is outgrown from this on.
_LEAST_OUTGROWN = 500
#: What a service's figures are of that are of no part of the country.
_WHOLES: frozenset[Ids] = frozenset({(), ("uk",), ("great-britain",), ("england-and-wales",), ("england",)})
#: No force records as many offences against children a day; the Metropolitan Police, the largest, comes close.
_MOST_A_DAY = 16
#: How many times the largest count of a place a number without a place must be to be that of a whole nation.
_OUTGROWN = 8


def by_words(draft: Draft, topic: Topic, layout: Layout, headline: Ids) -> tuple[Ids, str] | None:
    """Return (place, rule) where words tell of forces without a name or of all places together, else None."""
    text = draft.masked.text
    if _IN_ALL.match(text) and topic.parts:
        return headline or topic.whole, "geography.in-all"
    if _FORCES_AT_LARGE.search(text) and topic.geography and not discourse.is_national(topic.geography):
        return topic.covered or topic.told_nation or nation_of_forces(layout), "geography.forces-at-large"
    return None


def by_size(draft: Draft, topic: Topic, layout: Layout, largest: Largest) -> Ids | None:
    """Return the nation that a figure too large for the place carried to it is of; None where it is not too large."""
    if not _outgrows(draft, largest):
        return None
    if draft.source == "police":
        return topic.covered or topic.told_nation or first_nation(layout)
    return topic.told_nation if topic.told_nation in _WHOLES else ()


def goes_on(draft: Draft, binding: Binding) -> Draft | None:
    """Return the figure before in the sentence that was told of a nation for its size or its forces, else None."""
    index = binding.frame.index(draft)
    before = binding.frame.heads[index - 1] if index else None
    rules = ("geography.outgrown", "geography.forces-at-large", "geography.in-all")
    return before if before is not None and before.rules.get("geography") in rules else None


def _outgrows(draft: Draft, largest: Largest) -> bool:
    """Tell whether a count is far too large for the place that it would be carried on to: it is a nation's."""
    local = len(draft.geography) == 1 and discourse.kind_of(draft.geography[0]) in ("force", "area")
    if draft.source == "helpline" and draft.statistic == "count" and draft.geography not in _WHOLES:
        told = largest(draft.geography, draft.measure)
        return draft.value >= 2 * _LEAST_OUTGROWN and 0 < 2 * _OUTGROWN * told < draft.value
    if not local or draft.measure != "offences" or draft.source != "police":
        return False
    if draft.statistic == "rate":
        return draft.unit == "per_day" and draft.value >= _MOST_A_DAY
    if draft.statistic != "count" or draft.value < _LEAST_OUTGROWN:
        return False
    told = largest(draft.geography, draft.measure)
    return 0 < _OUTGROWN * told < draft.value
