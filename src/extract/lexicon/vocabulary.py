"""The code lists of the definition: geographies, offences, measures, platforms."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from extract.errors import LexiconError


@dataclass(frozen=True, slots=True)
class Geography:
    """A row of ``geographies.csv``; ``kind`` is force, nation, region or area."""

    id: str
    name: str
    kind: str
    ons_code: str
    nation: str
    region: str


def read_rows(name: str) -> list[dict[str, str]]:
    """Return the rows of a CSV file of the lexicon (``vocabulary/offences.csv``)."""
    rows = list(csv.DictReader((files("extract.lexicon") / name).read_text("utf-8").splitlines()))
    seen: set[str] = set()
    for row in rows:
        if None in row or None in row.values():
            raise LexiconError(f"lexicon/{name}", f"row {row} has the wrong number of cells", "match the heading row")
        if "id" in row and row["id"] in seen:
            raise LexiconError(f"lexicon/{name}", f"id {row['id']} is given twice", "remove one of the rows")
        seen.add(row.get("id", ""))
    return rows


@cache
def geographies() -> dict[str, Geography]:
    """Return the geographies by id, in the order of the file."""
    return {row["id"]: Geography(**row) for row in read_rows("vocabulary/geographies.csv")}


@cache
def ids(name: str) -> frozenset[str]:
    """Return the ids of a code list: geographies, offences, measures or platforms."""
    return frozenset(row["id"] for row in read_rows(f"vocabulary/{name}.csv"))


@cache
def force_ids() -> frozenset[str]:
    """Return the ids of all police forces."""
    return frozenset(g.id for g in geographies().values() if g.kind == "force")


@cache
def forces_in(area: str) -> frozenset[str]:
    """Return the territorial forces in a region or nation (also ``england-and-wales``, ``uk``)."""
    nations = {
        "uk": {"england", "wales", "scotland", "northern-ireland"},
        "great-britain": {"england", "wales", "scotland"},
        "england-and-wales": {"england", "wales"},
    }.get(area, {area})
    return frozenset(
        g.id for g in geographies().values() if g.kind == "force" and (g.region == area or g.nation in nations)
    )


@cache
def in_force(offence: str) -> str:
    """Return the day since which an offence is one of its own as ``offence_families.csv`` has it."""
    return next(row["in_force"] for row in read_rows("offence_families.csv") if row["offence"] == offence)
