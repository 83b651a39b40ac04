"""Reads annotated releases back from a store: the inverse of `extract.tabulate.rows.release_rows`."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from extract.records import FLAGS, Annotated, Mention, Observation, Release

_ORDER = "ORDER BY span_start, span_end"


def stored_releases(connection: sqlite3.Connection) -> Iterator[Annotated]:
    """Yield the releases of a store, by id, one at a time. Blocks and the owners of groups are not kept in a store."""
    query = "SELECT * FROM releases JOIN texts USING (release_id) ORDER BY release_id"
    for row in connection.execute(query):
        key = row["release_id"]
        facts = {name: row[name] for name in ("title", "published", "url", "publisher", "source", "reader", "unread")}
        recognised, images = _pages(row["pages_recognised"]), _pages(row["pages_unread"])
        release = Release(key, row["text"], **facts, recognised=recognised, images=images)
        yield Annotated(release, _mentions(connection, key), _observations(connection, key))


def _pages(stored: str | None) -> tuple[int, ...]:
    return tuple(map(int, stored.split("; "))) if stored else ()


def _mentions(connection: sqlite3.Connection, release: str) -> tuple[Mention, ...]:
    platforms = _lists(connection, "mention_platforms", "platform", "mentions", release)
    rows = connection.execute(f"SELECT * FROM mentions WHERE release_id = ? {_ORDER}", (release,))  # noqa: S608
    return tuple(
        Mention(m["label"], m["span_start"], m["span_end"], m["text"], _value(m, platforms), m["rule"]) for m in rows
    )


def _value(row: sqlite3.Row, platforms: dict[str, list[Any]]) -> Any:
    match row["label"]:
        case "FORCE" | "AREA":
            return row["geography"]
        case "COUNT":
            number = row["number"]
            return int(number) if number.is_integer() else number
        case "PERCENTAGE":
            return row["number"], row["unit"]
        case "PLATFORM":
            return tuple(platforms[row["mention_id"]])
    return _pair(row, "period")


def _observations(connection: sqlite3.Connection, release: str) -> tuple[Observation, ...]:
    geographies, platforms, flags, notes = (
        _lists(connection, f"observation_{table}", column, "observations", release)
        for table, column in (
            ("geographies", "geography"),
            ("platforms", "platform"),
            ("flags", "flag"),
            ("notes", "note"),
        )
    )
    rules: dict[str, dict[str, str]] = defaultdict(dict)
    query = """SELECT observation_id, field, rule FROM observation_rules JOIN observations USING (observation_id)
        WHERE release_id = ?"""
    for key, field, rule in connection.execute(query, (release,)):
        rules[key][field] = rule
    query = f"SELECT * FROM observations WHERE release_id = ? {_ORDER}, rowid"  # noqa: S608
    made = []
    for row in connection.execute(query, (release,)):
        key = row["observation_id"]
        plain = ("statistic", "value", "unit", "bound", "measure", "offence", "gender", "sentence", "margin")
        ages = (row["age_min"], row["age_max"])
        made.append(
            Observation(
                row["span_start"],
                row["span_end"],
                **{name: row[name] for name in plain},
                geography=tuple(geographies[key]),
                platforms=tuple(platforms[key]),
                period=_pair(row, "period"),
                base=_pair(row, "base"),
                age=None if ages == (None, None) else ages,
                flags=tuple(flag for flag in FLAGS if flag in flags[key]),
                notes=tuple(notes[key]),
                rules=rules[key],
            )
        )
    return tuple(made)


def _pair(row: sqlite3.Row, name: str) -> tuple[str, str] | None:
    start, end = row[f"{name}_start"], row[f"{name}_end"]
    return None if start is None or end is None else (start, end)


def _lists(connection: sqlite3.Connection, table: str, column: str, owner: str, release: str) -> dict[str, list[Any]]:
    """Return the values of a link table by the row that they belong to, in their order."""
    key = "mention_id" if owner == "mentions" else "observation_id"
    order = "position" if column == "note" else column
    query = (
        f"SELECT {key}, t.{column} FROM {table} t JOIN {owner} USING ({key}) WHERE release_id = ? ORDER BY t.{order}"  # noqa: S608
    )
    made: dict[str, list[Any]] = defaultdict(list)
    for one, value in connection.execute(query, (release,)):
        made[one].append(value)
    return made
