"""Tables that users give: corrections, population, official statistics. Read, checked, never guessed at."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Sequence
from pathlib import Path

from extract.errors import UsageError
from extract.lexicon import vocabulary
from extract.tabulate.schema import SCHEMA, Row

#: Columns of observations that can be corrected, beside the lists.
CORRECTABLE: tuple[str, ...] = (
    "statistic",
    "value",
    "unit",
    "bound",
    "measure",
    "offence",
    "period_start",
    "period_end",
    "base_start",
    "base_end",
    "gender",
    "age_min",
    "age_max",
)
CORRECTABLE_LISTS: tuple[str, ...] = ("geographies", "platforms")


def read_corrections(path: Path) -> list[Row]:
    """Return corrections: observation_id, field, old, new, reason, source.

    Raises
    ------
    UsageError
        Naming the line: a field that cannot be corrected, no reason or source, a cell corrected twice.
    """
    rows = _read(path, ("observation_id", "field", "old", "new", "reason", "source"))
    seen: set[tuple[str, str]] = set()
    for where, row in rows:
        if row["field"] not in (*CORRECTABLE, *CORRECTABLE_LISTS):
            known = ", ".join((*CORRECTABLE, *CORRECTABLE_LISTS))
            raise UsageError(where, f"corrects {row['field']!r}, which cannot be corrected", f"use one of {known}")
        if not row["reason"] or not row["source"]:
            raise UsageError(where, "gives no reason or no source", "say why, and where the correction comes from")
        if (row["observation_id"], row["field"]) in seen:
            raise UsageError(where, "corrects the same field again", "keep one row for it")
        seen.add((row["observation_id"], row["field"]))
    return [row for _, row in rows]


def read_population(path: Path) -> list[Row]:
    """Return children by force and year: geography, year (2018 or 2018/19), children, source."""
    rows = []
    for where, row in _read(path, ("geography", "year", "children", "source")):
        _known_force(row["geography"], where)
        if not re.fullmatch(r"\d{4}(?:/\d\d)?", row["year"]):
            raise UsageError(where, f"has the year {row['year']!r}", "write 2018 or 2018/19")
        rows.append({**row, "children": _number(row["children"], where)})
    return _unique(rows, ("geography", "year"), path)


def read_official(path: Path) -> list[Row]:
    """Return official figures: force, year (2018/19), offence, value, source."""
    rows = []
    for where, row in _read(path, ("force", "year", "offence", "value", "source")):
        _known_force(row["force"], where)
        if row["offence"] not in vocabulary.ids("offences"):
            raise UsageError(where, f"has the offence {row['offence']!r}", "use an id of offences.csv")
        if not re.fullmatch(r"\d{4}/\d\d", row["year"]):
            raise UsageError(where, f"has the year {row['year']!r}", "write a police year as 2018/19")
        rows.append({**row, "value": _number(row["value"], where)})
    return _unique(rows, ("force", "year", "offence"), path)


def converter(field: str) -> Callable[[str], object]:
    """Return what turns a correction's text into a value of the field; an empty text is a missing value."""
    column = next(c for c in SCHEMA["observations"].columns if c.name == field)
    kind: Callable[[str], object] = {"real": float, "integer": int}.get(column.type, str)
    return lambda text: kind(text) if text else None


def _read(path: Path, names: Sequence[str]) -> list[tuple[str, Row]]:
    if not path.is_file():
        raise UsageError(path, "does not exist", "name a CSV file")
    with path.open(encoding="utf-8-sig", newline="") as stream:
        reader = csv.DictReader(stream)
        missing = set(names) - set(reader.fieldnames or ())
        if missing:
            raise UsageError(path, f"lacks the columns {', '.join(sorted(missing))}", f"give {', '.join(names)}")
        rows = []
        for row in reader:
            where = f"{path}:{reader.line_num}"
            if any(row[name] is None for name in names):
                raise UsageError(where, "has too few cells", "match the heading row")
            rows.append((where, {name: row[name].strip() for name in names}))
    return rows


def _unique(rows: list[Row], key: Sequence[str], path: Path) -> list[Row]:
    seen = set()
    for row in rows:
        name = tuple(row[column] for column in key)
        if name in seen:
            raise UsageError(path, f"gives {', '.join(name)} twice", "keep one row for it")
        seen.add(name)
    return rows


def _known_force(identity: str, where: str) -> None:
    if identity not in vocabulary.force_ids():
        raise UsageError(where, f"has the force {identity!r}", "use an id of geographies.csv of kind force")


def _number(text: str, where: str) -> float:
    try:
        return float(text)
    except ValueError as error:
        raise UsageError(where, f"has {text!r} as a number", "write digits without separators") from error
