"""Applies corrections by hand to a store, and lists each with whether it took hold."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable

from extract.errors import UsageError
from extract.store.ddl import insert, quote
from extract.tabulate.rows import pack
from extract.tabulate.schema import SEPARATOR, Row
from extract.tabulate.series import first_reason
from extract.tabulate.tables_in import CORRECTABLE_LISTS, converter

_LINKS = {"geographies": ("observation_geographies", "geography"), "platforms": ("observation_platforms", "platform")}


def correct(connection: sqlite3.Connection, corrections: Iterable[Row]) -> int:
    """Apply corrections and fill the table ``corrections``; return how many took hold.

    One takes hold where the observation is there and still has the old value: a correction of what a later pipeline
    reads rightly does no harm, and shows as not applied.
    """
    connection.execute("DELETE FROM corrections")
    applied = 0
    for row in corrections:
        took = _apply(connection, row)
        connection.executemany(insert("corrections"), pack("corrections", [{**row, "applied": int(took)}]))
        applied += took
    return applied


def _apply(connection: sqlite3.Connection, row: Row) -> bool:
    key, field = row["observation_id"], row["field"]
    query = "SELECT * FROM observation_latest WHERE observation_id = ?"
    found = connection.execute(query, (key,)).fetchone()
    convert = _list if field in CORRECTABLE_LISTS else converter(field)
    try:
        old, new = convert(row["old"]), convert(row["new"])
        if found is None or found[field] != old:
            return False
        _set(connection, key, field, new)
    except (ValueError, sqlite3.IntegrityError) as error:
        problem = f"cannot be corrected to {row['new']!r} ({error})"
        raise UsageError(f"{key}, {field}", problem, "give a value that docs/schema.md allows") from error
    _judge_anew(connection, connection.execute(query, (key,)).fetchone())
    return True


def _set(connection: sqlite3.Connection, key: str, field: str, new: object) -> None:
    if field not in CORRECTABLE_LISTS:
        query = f"UPDATE observations SET {quote(field)} = ? WHERE observation_id = ?"  # noqa: S608
        connection.execute(query, (new, key))
        return
    table, column = _LINKS[field]
    connection.execute(f"DELETE FROM {table} WHERE observation_id = ?", (key,))  # noqa: S608
    for item in str(new).split(SEPARATOR) if new else ():
        connection.execute(f"INSERT INTO {table} (observation_id, {column}) VALUES (?, ?)", (key, item))  # noqa: S608


def _list(text: str) -> str:
    return SEPARATOR.join(sorted(item.strip() for item in text.split(SEPARATOR.strip()) if item.strip()))


def _judge_anew(connection: sqlite3.Connection, row: sqlite3.Row) -> None:
    """Say anew whether a corrected observation belongs in the series."""
    split: Callable[[str], list[str]] = lambda text: text.split(SEPARATOR) if text else []  # noqa: E731
    ages = (row["age_min"], row["age_max"])
    reason = first_reason(
        statistic=row["statistic"],
        measure=row["measure"],
        offence=row["offence"],
        geographies=split(row["geographies"]),
        period=(row["period_start"], row["period_end"]) if row["period_start"] and row["period_end"] else None,
        platforms=split(row["platforms"]),
        gender=row["gender"],
        age=None if ages == (None, None) else ages,
    )
    query = "UPDATE observations SET not_in_series = ? WHERE observation_id = ?"
    connection.execute(query, (reason, row["observation_id"]))
