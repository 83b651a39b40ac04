"""quantulum3's quantities as mentions."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import Any

from benchmarks.peers.peer import (
    VAGUE,
    Finder,
    is_printed_year,
    mention,
    peer,
    printed_year,
    strip_hedge,
    without_overlaps,
)
from extract.records import Mention, Release

_PERCENT = ("percentage", "per cent", "percent")


def load() -> Finder:
    """Return a finder with the disambiguation classifier, which the extra ``classifier`` switches on."""
    from quantulum3 import parser

    logging.getLogger("quantulum3").setLevel(logging.ERROR)
    parser.parse("two litres of milk and 5 m of rope")
    return lambda release: without_overlaps(_mentions(release, parser.parse(release.text)))


def _mentions(release: Release, quantities: list[Any]) -> Iterator[Mention]:
    for quantity in quantities:
        found = _one(release, quantity, *quantity.span)
        if found is not None and found.start < found.end:
            yield found


def _one(release: Release, quantity: Any, start: int, end: int) -> Mention | None:
    unit, entity = quantity.unit.name, quantity.unit.entity.name
    end = start + len(release.text[start:end].rstrip())
    surface = release.text[start:end]
    if unit in _PERCENT or "per cent" in unit or "percent" in unit:
        return mention(release, "PERCENTAGE", strip_hedge(release.text, start, end), end, (quantity.value, "percent"))
    if entity == "time" and unit in ("year", "month", "decade"):
        return mention(release, "YEAR", start, end, None)
    if unit != "dimensionless":
        return None
    if is_printed_year(surface):
        return mention(release, "YEAR", start, end, printed_year(surface))
    if 0 < quantity.value < 1 and surface[-1].isalpha():
        start = start + 2 if surface.lower().startswith("a ") else start
        return mention(release, "PERCENTAGE", start, end, (round(100 * quantity.value, 2), "percent"))
    if surface.lower() in VAGUE or not any(c.isalnum() for c in surface):
        return None
    return mention(release, "COUNT", start, end, quantity.value)


PEER = peer("quantulum", load)
