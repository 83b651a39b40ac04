"""What the text is about where a figure stands: the topic that a sentence without place, time or noun goes on with.

``Topic`` is the state; `after` says what a figure changes about it. A heading or a new paragraph changes nothing by
itself: a figure without a place has that of the text it continues.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from extract.annotate import dates
from extract.annotate.data_year import MOST_MONTHS
from extract.lexicon.needs import Pattern
from extract.lexicon.vocabulary import force_ids, forces_in, geographies
from extract.records import Period
from extract.relate.draft import Draft
from extract.relate.hierarchy import POLICE_MEASURES
from extract.relate.source import Source
from extract.relate.times import COUNTED_BACK

Ids = tuple[str, ...]


class Topic(NamedTuple):
    """The topic after a sentence: whose, when, what.

    Attributes
    ----------
    geography, local, region, forces, national
        The last place said, the last below a nation, the last region, the last force or forces, the last nation.
    told_nation, covered
        The last nation that had a figure; the nation whose forces answered.
    whole, parts, broken, several
        The place that is being broken down, the parts told since, whether the last sentence was a breakdown, and
        whether it named several local places.
    spoken, section
        The places below a region in the order of their last mention; the place of the last heading.
    period, stretch, theme, comparison
        The last period, the last longer than a year, that of its paragraph's first figures, the last (base, period).
    offence, measure, platforms, services, source, teller
        What the last figure was about, all platforms of its paragraph, whose figures the text is on, and whose the
        last figure was.
    told
        The place of the last sentence's figures, () where they have none, None where they have several.
    recent
        The figures of the last sentence.
    times
        The different times of the last counts that said theirs, in the order of telling.
    unit
        The unit in which the last figure stood.
    said
        The unit of the last sentence that named a place and had no figure, and that place.
    at_large
        Whether the last figures were of forces at large, of no place that the text names.
    """

    geography: Ids = ()
    local: Ids = ()
    region: Ids = ()
    forces: Ids = ()
    told_nation: Ids = ()
    national: Ids = ()
    period: Period | None = None
    stretch: Period | None = None
    theme: Period | None = None
    comparison: tuple[Period | None, Period | None] | None = None
    offence: str | None = None
    measure: str | None = None
    platforms: Ids = ()
    services: Ids = ()
    source: Source | None = None
    teller: Source | None = None
    spoken: Ids = ()
    whole: Ids = ()
    parts: Ids = ()
    covered: Ids = ()
    broken: bool = False
    several: bool = False
    section: Ids = ()
    told: Ids | None = None
    recent: tuple[Draft, ...] = ()
    times: tuple[Period, ...] = ()
    unit: int = -1
    said: tuple[int, Ids] = (-1, ())
    at_large: bool = False

    @property
    def recent_period(self) -> Period | None:
        """The period of the last sentence's last count."""
        return next((d.period for d in reversed(self.recent) if d.statistic == "count"), None)

    @property
    def last(self) -> Draft | None:
        """The last figure of the last sentence."""
        return self.recent[-1] if self.recent else None

    @property
    def gives_shares(self) -> bool:
        """Whether the last figure was a share of people or children."""
        return self.last is not None and self.last.statistic == "share" and self.measure in ("people", "children")

    def after(self, drafts: Sequence[Draft]) -> Topic:
        """Return the topic after a sentence with figures."""
        topic = self._place_after(drafts)
        changes: dict[str, Any] = {"unit": drafts[-1].sentence.unit.index, "teller": drafts[-1].source}
        places = {d.geography for d in drafts if d.measure != "forces"}
        changes["told"] = places.pop() if len(places) == 1 else None
        counted = [d for d in drafts if d.measure not in ("forces", "platforms")]
        wholes = [d for d in counted if not _OF_WHICH.search(d.masked.text)] or counted
        if counted:
            changes["measure"] = wholes[-1].counted
        named = [d for d in (wholes or drafts) if d.offence is not None]
        if named:
            changes["offence"] = named[-1].offence
        times = [
            d.period for d in counted
            if d.period is not None and "base" not in d.rules.get("period", "")
            and not _of_its_life(d, self.period) and not _looks_back(d, self.period)
            and not _is_history(d, self.stretch)
        ]  # fmt: skip
        partly = self.period is not None and _SO_FAR.search(drafts[0].masked.text)
        passing = {d.period for d in counted if d.rules.get("period") in _TOLD_IN_PASSING or _sums_up(d, self.period)}
        goes_on = [p for p in times if p not in passing]
        if goes_on and not partly and not _COMPARISON.match(drafts[0].masked.text):
            changes["period"] = max(goes_on, key=lambda p: p[1])
        if changes["unit"] != self.unit:
            changes["theme"] = changes.get("period", self.period)
        long = [p for p in times if dates.months_in(p) > 6 and dates.months_in(p) != 12]
        if long:
            changes["stretch"] = long[-1]
        compared = [d for d in drafts if d.statistic in ("change", "ratio") and d.base is not None]
        evident = [d for d in compared if "base" in d.own]
        guessed = compared and self.comparison is not None and self.comparison[1] == compared[-1].period
        if evident or (compared and not guessed):
            latest_told = (evident or compared)[-1]
            changes["comparison"] = (latest_told.base, latest_told.period)
        elif (years := _two_years(counted) or _two_years([*self.recent, *counted])) is not None:
            changes["comparison"] = years
        changes["recent"] = tuple(counted)
        said = [d.period for d in counted if d.statistic == "count" and "period" in d.own and d.period is not None]
        changes["times"] = tuple(dict.fromkeys([*self.times, *said]))[-_MOST_TIMES:]
        platforms = [d.platforms for d in drafts if d.platforms]
        if platforms:
            changes["platforms"] = platforms[-1]
            told = () if drafts[-1].sentence.unit.index != self.unit else self.services
            changes["services"] = tuple(sorted({*told, *(i for ids in platforms for i in ids)}))
        return topic._replace(**changes)

    def _place_after(self, drafts: Sequence[Draft]) -> Topic:
        """Return the topic's place after a sentence: a breakdown by place leaves the whole as the topic."""
        said = [d.geography for d in drafts if d.geography and (d.measure != "forces" or is_national(d.geography))]
        if not said:
            last = drafts[-1]
            return self._replace(at_large=self.at_large or (last.geography == () and "geography" in last.own))
        distinct = list(dict.fromkeys(said))
        topic = self
        for ids in distinct:
            topic = topic.with_geography(ids)
        if _set_beside(drafts, distinct):
            topic = topic.with_geography(distinct[0])
        inner = [ids for ids in distinct if ids != topic.whole]
        topic = topic._replace(broken=len(inner) > 1 and bool(topic.whole) and contains_all(topic.whole, inner))
        locals_said = {i for ids in distinct for i in ids if kind_of(i) in ("force", "area")}
        if locals_said:
            topic = topic._replace(several=len(locals_said) > 1)
        told = [d.geography for d in drafts if d.measure == "forces" and is_national(d.geography)]
        if told:
            topic = topic._replace(covered=told[-1])
        stated = next(
            (d.geography for d in drafts if is_national(d.geography) and kind_of(d.geography[0]) == "nation"), None
        )
        return topic._replace(told_nation=stated) if stated else topic

    def at(self, unit: int, bullet: bool) -> Ids:
        """Return the place that a figure without one carries on with: after a breakdown, outside it, the whole."""
        if len(self.whole) == 1 and self.geography != self.whole:
            unlisted = all(i not in geographies() for i in self.geography)
            new = unit != self.unit and not bullet
            if self.broken or (new and (unlisted or len(self.parts) > 1)):
                return self.whole
        return self.geography

    def said_before(self, unit: int) -> Ids:
        """Return the nation that a sentence of a paragraph named before the paragraph's first figure, else ()."""
        where, place = self.said
        return place if where == unit and self.unit != unit and is_national(place) else ()

    def _whole_and_parts(self, ids: Ids) -> Topic:
        if self.whole and ids != self.whole and contains_all(self.whole, [ids]):
            parts = (*self.parts, *(i for i in ids if i not in self.parts))
            return self._replace(geography=ids, parts=parts)
        return self._replace(geography=ids, whole=ids, parts=())

    def with_geography(self, ids: Ids) -> Topic:
        """Return the topic after a place was said."""
        kinds = {kind_of(i) for i in ids}
        topic = self._whole_and_parts(ids)._replace(at_large=False)
        if kinds <= {"nation"}:
            return topic._replace(national=ids)
        if kinds <= {"region"}:
            return topic._replace(region=ids, local=ids)
        topic = topic._replace(spoken=(*(i for i in self.spoken if i not in ids), *ids))
        if kinds <= {"force"}:
            return topic._replace(forces=ids, local=ids)
        return topic._replace(local=ids)


def opening(drafts: Sequence[Draft]) -> Topic:
    """Return what a headline without place or time means: what the first figures of the body are about."""
    topic = Topic()
    for draft in reversed(drafts[:6]):
        topic = topic.after([draft])
    return topic._replace(unit=-1, several=True)


def _set_beside(drafts: Sequence[Draft], distinct: Sequence[Ids]) -> bool:
    """Tell whether a place's figure is only set beside that of what it lies in: the text goes on with the place.

    "The force recorded 1,934, while across the North West there were 9,121."
    """
    if len(distinct) != 2 or len(distinct[1]) != 1 or not contains_all(distinct[1], distinct[:1]):
        return False
    wider = [d for d in drafts if d.geography == distinct[1]]
    return drafts[-1] is wider[-1] and _BESIDE.search(wider[0].masked.before()) is not None


def _looks_back(draft: Draft, topic: Period | None) -> bool:
    """Tell whether a figure is of a time counted back from that of the text: what comes after is not on it."""
    back = any(m.rule.startswith(COUNTED_BACK) for m in draft.period_mentions)
    return back and topic is not None and draft.period is not None and draft.period[1] < topic[1]


def _is_history(draft: Draft, stretch: Period | None) -> bool:
    """Tell whether a figure is of more years than any release reports, told in passing: what comes after is not."""
    long = draft.period is not None and dates.months_in(draft.period) > MOST_MONTHS
    return long and draft.period != stretch


def _sums_up(draft: Draft, topic: Period | None) -> bool:
    """Tell whether a figure only adds up the years told one by one: what comes after is on the year told last."""
    year = topic is not None and dates.months_in(topic) == 12
    long = draft.period is not None and dates.months_in(draft.period) > 12
    return year and long and _THAT_GIVES.match(draft.masked.text) is not None


def _of_its_life(draft: Draft, topic: Period | None) -> bool:
    """Tell whether a service's figure is for all its life, in a text on a year: what comes after is on the year."""
    year = topic is not None and dates.months_in(topic) <= 12
    long = draft.period is not None and dates.months_in(draft.period) > 24
    return year and long and draft.source == "helpline" and bool(_LIFE.search(draft.masked.text))


def _two_years(drafts: Sequence[Draft]) -> tuple[Period, Period] | None:
    """Return the two years whose numbers a sentence tells of each of its places: what comes after compares them."""
    told = [d for d in drafts if d.statistic in ("count", "rate") and d.period is not None]
    counts = [d for d in told if d.period is not None and dates.months_in(d.period) == 12]
    of_each: dict[tuple[object, ...], set[Period]] = {}
    for d in counts:
        if d.period is not None:
            of_each.setdefault((d.unit, d.geography, d.offence, d.measure, d.platforms, d.gender, d.age), set()).add(
                d.period
            )
    spans = {(min(years), max(years)) for years in of_each.values()}
    first, last = next(iter(spans)) if len(spans) == 1 else (None, None)
    return (first, last) if first is not None and last is not None and first != last else None


def contains_all(whole: Ids, parts: Iterable[Ids]) -> bool:
    """Tell whether one nation or region contains all the places of a breakdown."""
    if len(whole) > 1:
        return all(set(ids) < set(whole) for ids in parts)
    if not whole:
        return False
    nations = {"uk", "great-britain", "england-and-wales"}
    inner = forces_in(whole[0])
    if kind_of(whole[0]) not in ("nation", "region") and whole[0] not in force_ids():
        return False
    return all(
        all(
            i in inner or i in whole or i not in geographies() or (whole[0] in nations and kind_of(i) in _BELOW)
            for i in ids
        )
        for ids in parts
    )


#: What lies in the kingdom or in England and Wales, whichever of their forces it holds.
_BELOW = ("nation", "region")


def kind_of(identifier: str) -> str:
    """Return force, nation, region or area; Scotland and Northern Ireland are forces, an unlisted place an area."""
    found = geographies().get(identifier)
    return found.kind if found else "area"


def is_national(ids: Ids) -> bool:
    """Tell whether a geography is a nation's (Scotland and Northern Ireland included)."""
    return bool(ids) and all(kind_of(i) == "nation" or i in ("scotland", "northern-ireland") for i in ids)


#: A sentence that only gives what the one before is compared with.
_COMPARISON = re.compile(
    r"\W*(?:By\s(?:way\sof\s)?(?:comparison|contrast)|In\scomparison|For\scomparison|(?:This|That|It|"
    r"Which)\scompares?\b|Compare\sthat|Back\sin|As\s(?:recently|late)\sas|"
    r"(?:Just\s|Only\s)?(?:An?|One|Two|Three|Four|Five|Six|Ten|Twelve)\s(?:[a-z]+\s)?(?:years?|months|decade)\s(?:before|"
    r"earlier|previously|ago|back)\b|It\shad\sbeen\b|(?:For|In)\s(?:[\w/–-]+\s){1,3}(?:it|the\s(?:total|figure|number|count|tally))\shad\sbeen\b)",
    re.I,
)
#: A clause that sets a figure beside the one before it.
_BESIDE = re.compile(r"\b(?:while|whereas|against|(?:compared|set\sbeside)\s(?:with|to))\s(?:[^<>.;]|<[GY]>)*$", re.I)
#: What a year still running has brought so far.
_SO_FAR = Pattern(r"\b(?:already|so\sfar)\b", re.I)
#: "That gives a county total over six years of 3,931."
_THAT_GIVES = re.compile(
    r"\W*(?:That|This|It|Which|Altogether\sthat)\s(?:gives|makes|means|brings|adds\sup|comes)\b[^.;]*\btotal\b", re.I
)
_LIFE = re.compile(
    r"\bsince\s(?:it|they|the\s\w+)\s(?:was|were|began|opened|started|launched)\b|\bsince\s(?:its|"
    r"their)\s(?:launch|start|opening)\b",
    re.I,
)
#: "1,804 contacts, of which 766 led to a referral": what comes behind goes on with the whole.
_OF_WHICH = Pattern(r"<N>[^;]*,\s(?:and\s)?of\s(?:which|whom)\s(?:[a-z]+\s){0,3}<X>", re.I)
#: Totals told in passing and the years of a stretch one by one date nothing that comes behind them.
_TOLD_IN_PASSING = frozenset({"period.compared-stretch", "period.nth-year"})
#: How many different times told are kept for figures that take them up in order.
_MOST_TIMES = 8
_DATASET = Pattern(
    r"\b(?:where|when)\s(?:the\s)?(?:\w+\s){1,6}(?:known|recorded|provided|disclosed|noted|given|logged|stated)\b|\bknown\b",
    re.I,
)


def of_dataset(draft: Draft) -> bool:
    """Tell whether a figure breaks down a whole dataset: shares of platforms, genders and ages, counts of platforms."""
    if draft.measure not in POLICE_MEASURES or draft.source != "police":
        return False
    if draft.measure == "platforms":
        return True
    if draft.statistic == "ratio":
        return bool(draft.gender and _DATASET.search(draft.masked.text))
    if draft.statistic == "share":
        return bool(draft.platforms or draft.gender or draft.age or _DATASET.search(draft.masked.text))
    return draft.age is not None and draft.statistic == "count"
