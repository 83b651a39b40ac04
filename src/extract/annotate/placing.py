"""A name of a place on its way to a label, and what stands around it: figures, prepositions."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass

from extract.annotate.layout import Span
from extract.lexicon.gazetteer import Hit

_SPELT = r"two|three|four|five|six|seven|eight|nine|ten|half|third|quarter|fifth|tenth|doubled|tripled"
FIGURE = re.compile(rf"\d|\b(?:{_SPELT})\b")
_RANK = r"first|second|fourth|sixth|seventh|eighth|ninth|eleventh|twelfth|last"
_NUMBER = rf"(?:\d[\d,.]*%?|\b(?:{_SPELT}|{_RANK}|(?:the\s)?(?:most|fewest|highest|lowest))\b)"
_PARENTHESIS = r",\s[a-z]+(?:\s[a-z]+){0,3},"
FIGURE_AFTER = re.compile(
    rf"(?:['’]s)?(?:{_PARENTHESIS}|,|\s?[(:–—|-])?(?:\s[a-z’'-]+){{0,8}}?\s?"
    rf"(?:[(–—-]\s?(?:(?:by|to|at|with|on|up|down)\s)*|,\s(?:by|at|on|with|from|to|up|down)\s)?\s?{_NUMBER}"
)
FIGURE_BEFORE = re.compile(rf"{_NUMBER}(?:\sper\scent)?(?:\s(?!of\b|on\b)[a-z-]+){{0,4}}?\s(?:the\s)?\Z")
PREPOSITION = re.compile(
    r"\b(?:in|across|around|within|throughout|(?<!ahead )of|for|from|at|to|near|outside)\s(?:the\s)?\Z", re.IGNORECASE
)
#: "While in Sussex it was 84" sets a force against the one before.
_IN = re.compile(r"(?<!while\s)(?<!whereas\s)\b(?:in|across|around|within|throughout|on)\s(?:the\s)?\Z", re.IGNORECASE)
NATIONS = frozenset({"england", "wales", "scotland", "northern-ireland", "england-and-wales", "uk", "great-britain"})
#: How far a figure may stand from a name that it belongs to in a list of figures.
_NEAR = 45


@dataclass(slots=True)
class Place:
    """A name on its way to a label; ``noun_end`` ends a police noun that touches it, ``rule`` says why a force."""

    hit: Hit
    noun_end: int | None = None
    rule: str = ""

    @property
    def end(self) -> int:
        """Where the name ends, its noun included."""
        return self.noun_end or self.hit.end

    @property
    def able(self) -> bool:
        """Whether the name can stand for a force."""
        return bool(self.hit.name.force_id)

    @property
    def telling(self) -> bool:
        """Whether the name is a force by itself: it exists only as one or carries a police noun."""
        return self.rule.startswith(("force.name", "force.noun", "force.plural"))


def mark(group: Iterable[Place], rule: str) -> None:
    """Make names forces by a rule, those that no rule has made one before."""
    for place in group:
        place.rule = place.rule or rule


def within(found: list[Place], span: Span) -> list[Place]:
    """Return the names that start inside a span."""
    low = bisect_left(found, span.start, key=lambda p: p.hit.start)
    return found[low : bisect_left(found, span.end, key=lambda p: p.hit.start)]


def has_figure(text: str, place: Place, sentence: Span) -> bool:
    """Tell whether a figure stands next to the name, as in "105 to Kent", "Kent (105)", "in Kent there were 105"."""
    begin = max(sentence.start, place.hit.start - _NEAR)
    ahead = FIGURE_AFTER.match(text, place.end, sentence.end)
    return ahead is not None or FIGURE_BEFORE.search(text, begin, place.hit.start) is not None


def inside_of(text: str, place: Place) -> bool:
    """Tell whether the name follows *in* or the like: then something happened there."""
    return _IN.search(text, max(0, place.hit.start - 15), place.hit.start) is not None


def located(text: str, place: Place) -> bool:
    """Tell whether the name is where something happened or a nation, not who recorded it ("Kent logged 9, Essex 7")."""
    begin = max(0, place.hit.start - 15)
    return place.hit.name.area_id in NATIONS or PREPOSITION.search(text, begin, place.hit.start) is not None
