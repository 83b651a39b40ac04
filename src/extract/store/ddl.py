"""The database's definition, made from the schema of the tables."""

from __future__ import annotations

import sqlite3
from functools import cache
from importlib.resources import files

from extract.tabulate.schema import SCHEMA, Column, Table

SQL_TYPES = {"text": "TEXT", "date": "TEXT", "integer": "INTEGER", "real": "REAL", "boolean": "INTEGER"}
#: Since SQLite 3.37 a table can hold its columns to their types.
STRICT = " STRICT" if sqlite3.sqlite_version_info >= (3, 37) else ""
#: Columns that are searched by, beside the keys.
INDEXES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("mentions", ("release_id", "span_start")),
    ("mention_platforms", ("platform",)),
    ("observations", ("release_id", "span_start")),
    ("observations", ("measure", "offence", "period_start")),
    ("observation_geographies", ("geography",)),
    ("observation_platforms", ("platform",)),
    ("observation_flags", ("flag",)),
    ("figures", ("observation_id",)),
    ("figures", ("measure", "offence", "period_start")),
    ("figure_sources", ("observation_id",)),
    ("revisions", ("observation_id",)),
    ("revisions", ("release_id",)),
    ("conflicts", ("observation_id",)),
    ("conflicts", ("taken_id",)),
    ("conflicts", ("release_id",)),
    ("superseded_observations", ("release_id",)),
    ("superseded_mentions", ("release_id",)),
    ("inputs", ("release_id",)),
    ("coverage", ("release_id",)),
    ("former_names", ("name",)),
)


def quote(name: str) -> str:
    """Return an identifier quoted for SQL."""
    return '"' + name.replace('"', '""') + '"'


def create_table(table: Table) -> str:
    """Return the statement that makes a table."""
    lines = [_column(column) for column in table.columns]
    lines.append(f"PRIMARY KEY ({', '.join(map(quote, table.key))})")
    lines += [_foreign_key(column) for column in table.columns if column.ref]
    body = ",\n    ".join(lines)
    return f"CREATE TABLE {quote(table.name)} (\n    {body}\n){STRICT}"


def _column(column: Column) -> str:
    parts = [quote(column.name), SQL_TYPES[column.type]]
    if not column.null:
        parts.append("NOT NULL")
    if column.values:
        allowed = ", ".join("'" + value.replace("'", "''") + "'" for value in column.values)
        parts.append(f"CHECK ({quote(column.name)} IN ({allowed}))")
    if column.type == "boolean":
        parts.append(f"CHECK ({quote(column.name)} IN (0, 1))")
    if column.type == "date":
        parts.append(f"CHECK ({quote(column.name)} GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]')")
    return " ".join(parts)


def _foreign_key(column: Column) -> str:
    target = SCHEMA[str(column.ref)]
    # A release's rows go with it, and what was folded from them goes too; code lists are only pointed at.
    action = "" if target.kind == "code" else " ON DELETE CASCADE"
    return f"FOREIGN KEY ({quote(column.name)}) REFERENCES {quote(target.name)} ({quote(target.key[0])}){action}"


def create_index(name: str, columns: tuple[str, ...]) -> str:
    """Return the statement that makes an index."""
    index = quote(f"{name}_by_{'_'.join(columns)}")
    return f"CREATE INDEX {index} ON {quote(name)} ({', '.join(map(quote, columns))})"


def create_all() -> list[str]:
    """Return the statements that make every table and index; views are in `create_views`."""
    # Code lists first, so that what points at them finds them; SQLite itself does not mind the order.
    tables = sorted((t for t in SCHEMA.values() if not t.view), key=lambda t: t.kind != "code")
    statements = [create_table(table) for table in tables]
    statements += [create_index(name, columns) for name, columns in INDEXES]
    statements.append("CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL)" + STRICT)
    return statements


def create_views() -> list[str]:
    """Return the statements that make the views of ``views.sql``."""
    text = (files("extract.store") / "views.sql").read_text("utf-8")
    code = "\n".join(line for line in text.splitlines() if not line.startswith("--"))
    return [statement.strip() for statement in code.split(";\n") if statement.strip()]


@cache
def insert(name: str) -> str:
    """Return the statement that adds a row, given as a tuple in the order of the columns, to a table."""
    names = SCHEMA[name].names
    values = ", ".join("?" * len(names))
    return f"INSERT INTO {quote(name)} ({', '.join(map(quote, names))}) VALUES ({values})"  # noqa: S608


@cache
def upsert(name: str) -> str:
    """Return the statement that adds a row to a table, or puts it in the place of the one with its key."""
    table = SCHEMA[name]
    rest = [quote(column) for column in table.names if column not in table.key]
    update = ", ".join(f"{column} = excluded.{column}" for column in rest)
    return f"{insert(name)} ON CONFLICT ({', '.join(map(quote, table.key))}) DO UPDATE SET {update}"
