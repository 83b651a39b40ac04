"""Short ways to write hand-counted cases."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from extract.evaluate.gold import GoldRelease, locate
from extract.records import Annotated, Label, Mention, Observation, Release

BASE = Observation(
    0,
    1,
    statistic="count",
    value=1.0,
    unit="number",
    bound="=",
    measure="offences",
    offence="online-child-sexual-offences",
    geography=(),
    period=None,
)


def mention(text: str, label: Label, surface: str, value: Any = None, occurrence: int = 1) -> Mention:
    start = locate(text, surface, occurrence)
    assert start is not None
    return Mention(label, start, start + len(surface), surface, value)


def observation(text: str, surface: str, occurrence: int = 1, **fields: Any) -> Observation:
    start = locate(text, surface, occurrence)
    assert start is not None
    return replace(BASE, start=start, end=start + len(surface), **fields)


def gold(
    id: str, text: str, mentions: tuple[Mention, ...] = (), observations: tuple[Observation, ...] = (), **more: Any
) -> GoldRelease:
    return GoldRelease(id, text, mentions, observations, **more)


def predicted(
    id: str, text: str, mentions: tuple[Mention, ...] = (), observations: tuple[Observation, ...] = ()
) -> Annotated:
    return Annotated(Release(id, text), mentions, observations)
