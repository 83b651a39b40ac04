"""Holds what releases say against official statistics."""

from __future__ import annotations

from collections.abc import Iterable

from extract.tabulate.fold import Statement, agree
from extract.tabulate.schema import Row

#: The columns that `reconcile` gives, in their order.
COLUMNS: tuple[str, ...] = (
    "force",
    "year",
    "offence",
    "verdict",
    "value",
    "bound",
    "official",
    "difference",
    "percent",
    "releases",
    "official_source",
)


def reconcile(force_year: Iterable[Row], official: Iterable[Row]) -> list[Row]:
    """Return one row for each cell that either side gives, sorted by force, year and offence.

    Parameters
    ----------
    force_year
        Rows of the series.
    official
        Rows with force, year, offence, value, source.

    Returns
    -------
    list of rows
        ``verdict`` is `agrees` (a hedged value agrees with an official one that it can be a form of), `differs`,
        `official only` or `releases only`; ``difference`` is the releases' value less the official one.
    """
    ours = {(row["force"], row["year"], row["offence"]): row for row in force_year}
    theirs = {(row["force"], row["year"], row["offence"]): row for row in official}
    return [_row(key, ours.get(key), theirs.get(key)) for key in sorted({*ours, *theirs})]


def _row(key: tuple[str, str, str], ours: Row | None, theirs: Row | None) -> Row:
    value, official = (ours or {}).get("value"), (theirs or {}).get("value")
    difference = None if value is None or official is None else value - official
    return {
        **dict(zip(COLUMNS[:3], key, strict=True)),
        "verdict": _verdict(ours, theirs),
        "value": value,
        "bound": (ours or {}).get("bound"),
        "official": official,
        "difference": difference,
        "percent": None if difference is None or not official else round(100 * difference / official, 1),
        "releases": (ours or {}).get("releases"),
        "official_source": (theirs or {}).get("source"),
    }


def _verdict(ours: Row | None, theirs: Row | None) -> str:
    if ours is None:
        return "official only"
    if theirs is None:
        return "releases only"
    stated = Statement("", "release", None, 0, ours["value"], ours["bound"])
    return "agrees" if agree(stated, Statement("", "official", None, 0, theirs["value"], "=")) else "differs"
