"""What a peer is, and what the mappings to the five labels share."""

from __future__ import annotations

import re
import tomllib
from calendar import monthrange
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from extract.lexicon.vocabulary import geographies, read_rows
from extract.records import Label, Mention, Release

Finder = Callable[[Release], Sequence[Mention]]

#: What stands before a number or a time and is no part of its span by the definition.
_HEDGE = re.compile(
    r"(?:the|a total of|no (?:fewer|less|more) than|(?:well|a little|just|slightly) (?:over|under|below|above)"
    r"|close to|more than|fewer than|less than|at least|at most|up to|over|under|nearly|almost|about|around"
    r"|roughly|approximately|some|only|just|an estimated|as many as|in|since|between|from|during)\s+",
    re.I,
)
_POLICE_YEAR = re.compile(r"((?:19|20)\d\d)\s?[/–-]\s?(\d\d|(?:19|20)\d\d)")
_YEAR = re.compile(r"(?:19|20)\d\d")

#: Numbers that the definition counts as no mention, whatever finds them.
VAGUE = frozenset({"one", "hundred", "hundreds", "thousand", "thousands", "dozen", "dozens", "million", "millions"})


@dataclass(frozen=True)
class Peer:
    """A tool with how it is run and how its output is read, as ``peers.toml`` says.

    ``load`` brings the tool into memory and returns what finds mentions.
    """

    key: str
    name: str
    packages: tuple[str, ...]
    configuration: str
    mapping: str
    load: Callable[[], Finder]


def peer(key: str, load: Callable[[], Finder]) -> Peer:
    """Return the peer that ``peers.toml`` describes under ``key``."""
    facts = tomllib.loads((Path(__file__).parent / "peers.toml").read_text("utf-8"))[key]
    text = {name: facts[name].strip() for name in ("name", "configuration", "mapping")}
    return Peer(key, packages=tuple(facts["packages"]), load=load, **text)


def mention(release: Release, label: Label, start: int, end: int, value: Any) -> Mention:
    """Return a mention of a release's text."""
    return Mention(label, start, end, release.text[start:end], value, "peer")


def strip_hedge(text: str, start: int, end: int) -> int:
    """Return where a span starts once leading articles, prepositions and hedges are left out.

    >>> strip_hedge("more than 1,300", 0, 15)
    10
    """
    while match := _HEDGE.match(text, start, end):
        if match.end() >= end:
            break
        start = match.end()
    return start


def printed_year(surface: str) -> tuple[str, str] | None:
    """Return the period of a year printed by itself: ``2018`` the calendar year, ``2017/18`` the police year.

    >>> printed_year("2017/18")
    ('2017-04-01', '2018-03-31')
    """
    if match := _POLICE_YEAR.fullmatch(surface):
        first, last = int(match[1]), int(match[2][-2:])
        return (f"{first}-04-01", f"{first + 1}-03-31") if (first + 1) % 100 == last else None
    return (f"{surface}-01-01", f"{surface}-12-31") if _YEAR.fullmatch(surface) else None


def is_printed_year(surface: str) -> bool:
    """Tell whether a surface form is a year written by itself."""
    return bool(_YEAR.fullmatch(surface) or _POLICE_YEAR.fullmatch(surface))


def month(year: int, number: int) -> tuple[str, str]:
    """Return the first and last day of a month."""
    return f"{year}-{number:02d}-01", f"{year}-{number:02d}-{monthrange(year, number)[1]}"


@cache
def platform_names() -> dict[str, str]:
    """Return the platforms' names, in lower case, with their ids: the names of the published code list."""
    return {row["name"].lower(): row["id"] for row in read_rows("vocabulary/platforms.csv")}


@cache
def place_names() -> dict[str, tuple[str, str]]:
    """Return the code list's names of places and forces, in lower case, with kind and id; police nouns left out."""
    names: dict[str, tuple[str, str]] = {}
    for place in geographies().values():
        bare = re.sub(r"\s(?:police|constabulary|police service).*$", "", place.name, flags=re.I)
        for name in (place.name, bare):
            names.setdefault(name.lower(), (place.kind, place.id))
    return names


def force_id(surface: str) -> str | None:
    """Return the id of the force that a name ending in a police noun names, None where the list has none."""
    bare = re.sub(r"^the\s|\s(?:police|constabulary|police service)\b.*$", "", surface, flags=re.I)
    for name in (surface, bare):
        kind, found = place_names().get(name.lower(), ("", ""))
        if kind == "force":
            return found
    return None


def without_overlaps(mentions: Iterable[Mention]) -> list[Mention]:
    """Return mentions by start, of overlapping ones the longest."""
    kept: list[Mention] = []
    for found in sorted(mentions, key=lambda m: (m.start - m.end, m.start)):
        if all(found.end <= k.start or k.end <= found.start for k in kept):
            kept.append(found)
    return sorted(kept, key=lambda m: m.start)
