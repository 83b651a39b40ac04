"""What the text is about where a figure stands: the topic that a sentence without place, time or noun goes on with.

``Topic`` is the state; `after` says what a figure changes about it. A heading or a new paragraph changes nothing by
itself: a figure without a place has that of the text it continues.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from extract.lexicon.rules import load_rules
from extract.lexicon.vocabulary import force_ids, geographies
from extract.records import Period
from extract.relate.draft import Draft
from extract.relate.hierarchy import POLICE_MEASURES
from extract.relate.scope import Layout, Sentence

Ids = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Topic:
    """The topic after a sentence: whose, when, what.

    ``local`` is the last place below a nation, ``forces`` the last force or forces, ``national`` the last nation;
    ``comparison`` the last (base, period); ``unit`` the unit in which each was last said.
    """

    geography: Ids = ()
    local: Ids = ()
    region: Ids = ()
    forces: Ids = ()
    national: Ids = ()
    period: Period | None = None
    comparison: tuple[Period | None, Period | None] | None = None
    offence: str | None = None
    measure: str | None = None
    platforms: Ids = ()
    unit: int = -1

    def after(self, draft: Draft) -> Topic:
        """Return the topic after a figure."""
        topic = self.with_geography(draft.geography) if draft.geography else self
        changes: dict[str, object] = {"unit": draft.sentence.unit.index}
        if draft.measure not in ("forces", "platforms"):
            changes["measure"] = draft.measure
        if draft.offence is not None:
            changes["offence"] = draft.offence
        if draft.period is not None and "base" not in draft.rules.get("period", ""):
            changes["period"] = draft.period
        if draft.statistic in ("change", "ratio") and draft.base is not None:
            changes["comparison"] = (draft.base, draft.period)
        if draft.platforms:
            changes["platforms"] = draft.platforms
        return replace(topic, **changes)  # type: ignore[arg-type]

    def with_geography(self, ids: Ids) -> Topic:
        """Return the topic after a place was said."""
        kinds = {kind_of(i) for i in ids}
        topic = replace(self, geography=ids)
        if kinds <= {"nation"}:
            return replace(topic, national=ids)
        if kinds <= {"region"}:
            return replace(topic, region=ids, local=ids)
        if kinds <= {"force"}:
            return replace(topic, forces=ids, local=ids)
        return replace(topic, local=ids)


def kind_of(identifier: str) -> str:
    """Return force, nation, region or area; Scotland and Northern Ireland are forces, an unlisted place an area."""
    found = geographies().get(identifier)
    return found.kind if found else "area"


def is_national(ids: Ids) -> bool:
    """Tell whether a geography is a nation's (Scotland and Northern Ireland included)."""
    return bool(ids) and all(kind_of(i) == "nation" or i in ("scotland", "northern-ireland") for i in ids)


def taken_up(topic: Topic, layout: Layout, sentence: Sentence) -> tuple[Ids, str] | None:
    """Return the place that a word without a name takes up ("the force", "nationally"), with the rule's id."""
    for rule in load_rules("discourse"):
        if not rule.pattern.search(layout.text, sentence.start, sentence.end):
            continue
        ids = _meant(topic, layout, rule.value)
        if ids:
            return ids, rule.id
    return None


def _meant(topic: Topic, layout: Layout, what: str) -> Ids:
    if what == "national":
        return topic.national or first_nation(layout) or ("uk",)
    if what == "force":
        return topic.forces if len(topic.forces) == 1 else topic.local if len(topic.local) == 1 else first_force(layout)
    if what == "forces":
        return topic.forces if len(topic.forces) > 1 else ()
    if what == "region":
        return topic.region or _first(layout, "region")
    return topic.local or first_local(layout)


def first_nation(layout: Layout) -> Ids:
    """Return the first nation that the release names, or ()."""
    return _first(layout, "nation")


def first_force(layout: Layout) -> Ids:
    """Return the first force, or area that is a force's, that the release names."""
    for mention in layout.mentions:
        if mention.label in ("FORCE", "AREA") and mention.value in force_ids():
            return (mention.value,)
    return ()


def first_local(layout: Layout) -> Ids:
    """Return the first place below a nation or region that the release names, or ()."""
    for mention in layout.mentions:
        if mention.label in ("FORCE", "AREA") and kind_of(mention.value) in ("force", "area"):
            return (mention.value,)
    return ()


def _first(layout: Layout, kind: str) -> Ids:
    for mention in layout.mentions:
        if mention.label == "AREA" and kind_of(mention.value) == kind:
            return (mention.value,)
    return ()


_DATASET = re.compile(r"\b(?:where|when)\s(?:the\s)?(?:\w+\s){1,6}(?:known|recorded|provided|disclosed|noted|given|logged|stated)\b|\bknown\b", re.I)


def of_dataset(draft: Draft) -> bool:
    """Tell whether a figure breaks down a whole dataset: shares of platforms, genders and ages, counts of platforms."""
    if draft.measure not in POLICE_MEASURES:
        return False
    if draft.measure == "platforms":
        return True
    if draft.statistic == "share":
        return bool(draft.platforms or draft.gender or draft.age or _DATASET.search(draft.masked.text))
    return draft.age is not None and draft.statistic == "count"
