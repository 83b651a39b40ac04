"""Forces that were merged, replaced or renamed: where a release uses a former name, the table says so."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from functools import cache
from operator import attrgetter

from extract.errors import LexiconError
from extract.lexicon import vocabulary
from extract.records import Annotated, Mention, Observation
from extract.tabulate.schema import Row

_FILE = "force_history.csv"
#: merged: a part of the later force; replaced, renamed: another force or name for the same area.
CHANGES = ("merged", "replaced", "renamed")


@dataclass(frozen=True, slots=True)
class Former:
    """A row of ``force_history.csv``: the last day on which the force or its name was in use."""

    name: str
    geography: str
    change: str
    until: str
    successor: str
    note: str


@cache
def formers() -> dict[str, Former]:
    """Return former forces and names, by their name folded.

    Raises
    ------
    LexiconError
        A row with a force or a change that is not known.
    """
    made = {}
    for row in vocabulary.read_rows(_FILE):
        if row["geography"] not in vocabulary.force_ids() or row["change"] not in CHANGES:
            where = f"lexicon/{_FILE}"
            raise LexiconError(where, f"row {row['name']} has an unknown force or change", f"use one of {CHANGES}")
        made[_folded(row["name"])] = Former(**row)
    return made


@cache
def merged_before(geography: str) -> tuple[Former, ...]:
    """Return the forces that a force was merged from."""
    return tuple(f for f in formers().values() if f.geography == geography and f.change == "merged")


def former_rows(annotated: Annotated, keys: list[str]) -> list[Row]:
    """Return the rows that a release adds to ``former_names``; ``keys`` are the ids of its observations."""
    named = _by_force(annotated.mentions)
    found = [(key, _former(o, named)) for key, o in zip(keys, annotated.observations, strict=True)]
    return [{"observation_id": key, "geography": f.geography, "name": f.name} for key, f in found if f]


def former_named(o: Observation, mentions: tuple[Mention, ...]) -> Former | None:
    """Return the former force by whose name an observation's force is called, None where it is by today's.

    That is the name last used for the force before the figure, else the first one after it.
    """
    return _former(o, _by_force(mentions))


def _by_force(mentions: tuple[Mention, ...]) -> dict[str, list[Mention]]:
    named: dict[str, list[Mention]] = {}
    for mention in mentions:
        if mention.label == "FORCE" and isinstance(mention.value, str):
            named.setdefault(mention.value, []).append(mention)
    return named


def _former(o: Observation, named: dict[str, list[Mention]]) -> Former | None:
    here = named.get(o.geography[0], []) if len(o.geography) == 1 else []
    if not here:
        return None
    last = bisect_right(here, o.start, key=attrgetter("start")) - 1
    return formers().get(_folded(here[max(last, 0)].text))


def _folded(name: str) -> str:
    return " ".join(name.casefold().replace("&", "and").removeprefix("the ").split())
