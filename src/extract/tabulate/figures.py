"""Statements to figures: groups observations by what they measure, folds each group, and lists what disagrees."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import itemgetter
from typing import Any

from extract.tabulate.comparability import marked
from extract.tabulate.coverage import covered
from extract.tabulate.fold import Folded, Statement, fold
from extract.tabulate.history import formers
from extract.tabulate.ids import row_id
from extract.tabulate.schema import SEPARATOR, Row, Rows

#: What makes two observations statements of one figure.
FIGURE_KEY: tuple[str, ...] = (
    "geographies",
    "measure",
    "offence",
    "statistic",
    "unit",
    "period_start",
    "period_end",
    "base_start",
    "base_end",
    "platforms",
    "gender",
    "age_min",
    "age_max",
)
#: What folding looks at in an observation in the form of `flatten`.
FOLDED: tuple[str, ...] = (
    *FIGURE_KEY,
    *("observation_id", "release_id", "published", "span_start", "figure_text", "value", "bound", "flags", "coverage"),
)
#: The tables that folding fills.
FIGURE_TABLES: tuple[str, ...] = ("figures", "figure_sources", "revisions", "conflicts", "comparability")


def flatten(rows: Rows) -> list[Row]:
    """Return observations with their lists in one cell each and their release's date, sorted by `FIGURE_KEY`.

    Those of a force that is a part of a later one are left out: they are no figures of that later force.
    """
    published = {row["release_id"]: row["published"] for row in rows["releases"]}
    links = {
        "geographies": _joined(rows["observation_geographies"], "geography"),
        "platforms": _joined(rows["observation_platforms"], "platform"),
        "flags": _joined(rows["observation_flags"], "flag"),
    }
    merged = {former.name for former in formers().values() if former.change == "merged"}
    parts = {row["observation_id"] for row in rows["former_names"] if row["name"] in merged}
    over: defaultdict[str, list[Row]] = defaultdict(list)
    for row in rows["coverage"]:
        over[row["release_id"]].append(row)
    flat = [
        {
            **row,
            "published": published[row["release_id"]],
            "coverage": covered(over[row["release_id"]], row["period_start"], row["period_end"]),
            **{name: SEPARATOR.join(lists[row["observation_id"]]) for name, lists in links.items()},
        }
        for row in rows["observations"]
        if row["observation_id"] not in parts
    ]
    return sorted(flat, key=_sort_key)


def _joined(links: Iterable[Row], column: str) -> defaultdict[str, list[str]]:
    lists: defaultdict[str, list[str]] = defaultdict(list)
    for link in sorted(links, key=lambda row: str(row[column])):
        lists[link["observation_id"]].append(link[column])
    return lists


_key = itemgetter(*FIGURE_KEY)


def _sort_key(row: Row) -> tuple[Any, ...]:
    return tuple((value is not None, value) if value is not None else (False,) for value in _key(row))


def fold_figures(flat: Iterable[Row]) -> Iterator[tuple[Row, Rows]]:
    """Yield each figure with its rows of `FIGURE_TABLES`.

    Parameters
    ----------
    flat
        Observations in the form of `flatten`, of which only `FOLDED` is looked at, those of one figure beside each
        other. Only the figures of one place and measure are held at a time, so that a store of any size can be folded.
    """
    yield from marked(_folded(flat))


def _folded(flat: Iterable[Row]) -> Iterator[tuple[Row, Rows]]:
    for key, group in groupby(flat, key=_key):
        members = list(group)
        if members[0]["period_start"] is None:
            continue
        folded = fold(_statement(row) for row in members)
        by_id = {row["observation_id"]: row for row in members}
        figure = _figure(row_id(*key), key, folded, by_id[folded.taken.observation_id])
        yield figure, _details(figure, folded)


def figure_rows(rows: Rows) -> Rows:
    """Return the rows of `FIGURE_TABLES` and of ``force_year`` for rows of releases."""
    made: Rows = {name: [] for name in (*FIGURE_TABLES, "force_year")}
    reasons = {row["observation_id"]: row["not_in_series"] for row in rows["observations"]}
    for figure, details in fold_figures(flatten(rows)):
        for name, more in details.items():
            made[name] += more
        if reasons[figure["observation_id"]] is None:
            made["force_year"].append(force_year_row(figure))
    return made


def force_year_row(figure: Row) -> Row:
    """Return a figure that belongs in the series as a row of ``force_year``."""
    same = ("offence", "value", "bound", "sources", "releases", "statements", "flags", "revised", "conflicting")
    marks = {"comparability": figure["comparability"]}
    year = f"{figure['period_start'][:4]}/{figure['period_end'][2:4]}"
    ids = {name: figure[name] for name in ("observation_id", "figure_id")}
    return {"force": figure["geographies"], "year": year, **{name: figure[name] for name in same}, **ids, **marks}


def _statement(row: Row) -> Statement:
    words = not any(character.isdigit() for character in row["figure_text"])
    return Statement(
        observation_id=row["observation_id"],
        release_id=row["release_id"],
        published=row["published"],
        start=row["span_start"],
        value=row["value"],
        bound=row["bound"],
        unit=row["unit"],
        words=words,
    )


def _figure(figure_id: str, key: tuple[Any, ...], folded: Folded, taken: Row) -> Row:
    standing = [s.release_id for s in folded.agreeing]
    counted = ("taken", "restated", "rounded")
    return {
        "figure_id": figure_id,
        **dict(zip(FIGURE_KEY, key, strict=True)),
        "months": months(key[FIGURE_KEY.index("period_start")], key[FIGURE_KEY.index("period_end")]),
        "value": folded.taken.value,
        "bound": folded.taken.bound,
        "observation_id": folded.taken.observation_id,
        "sources": len(standing),
        "releases": SEPARATOR.join(standing),
        "statements": sum(role in counted for role in folded.roles.values()),
        "flags": taken["flags"],
        "revised": int(folded.revised),
        "conflicting": int(bool(folded.disagreeing)),
        "coverage": taken["coverage"],
        "comparability": "",
    }


def months(start: str, end: str) -> int:
    """Return how many months a period touches.

    Examples
    --------
    >>> months("2018-04-01", "2019-03-31"), months("2017-04-03", "2017-12-31")
    (12, 9)
    """
    years = int(end[:4]) - int(start[:4])
    return 12 * years + int(end[5:7]) - int(start[5:7]) + 1


def _details(figure: Row, folded: Folded) -> Rows:
    figure_id = figure["figure_id"]
    agreeing = {s.release_id for s in folded.agreeing}
    revisions = [
        {
            "figure_id": figure_id,
            "rank": rank,
            "release_id": s.release_id,
            "published": s.published,
            "observation_id": s.observation_id,
            "value": s.value,
            "bound": s.bound,
            "stands": int(s.release_id in agreeing),
        }
        for rank, s in enumerate(folded.by_release, 1)
        if folded.revised
    ]
    conflicts = [
        {
            "figure_id": figure_id,
            "release_id": s.release_id,
            "observation_id": s.observation_id,
            "value": s.value,
            "bound": s.bound,
            "taken_id": chosen.observation_id,
            "taken_value": chosen.value,
        }
        for s, chosen in folded.disagreeing
    ]
    sources = [{"figure_id": figure_id, "observation_id": o, "role": role} for o, role in folded.roles.items()]
    return {"figures": [figure], "figure_sources": sources, "revisions": revisions, "conflicts": conflicts}
