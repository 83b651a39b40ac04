"""docs/schema.md says what the tables are: held both ways against the schema, the frames and a real database."""

import re
import sqlite3
from pathlib import Path

from extract.store import Store
from extract.tabulate.describe import schema_markdown
from extract.tabulate.schema import SCHEMA

PAGE = Path(__file__).parents[2] / "docs" / "schema.md"
SQL = {"text": "TEXT", "date": "TEXT", "integer": "INTEGER", "real": "REAL", "boolean": "INTEGER"}


def documented():
    """Return table to column to (type, may be empty), as the page's tables say."""
    found, table = {}, None
    for line in PAGE.read_text("utf-8").splitlines():
        heading = re.fullmatch(r"### `(\w+)`", line)
        if heading:
            table = found.setdefault(heading[1], {})
        row = re.match(r"\| `(\w+)` \| (\w+) \| [^|]* \| (may be|never) \|", line)
        if row:
            table[row[1]] = (row[2], row[3] == "may be")
    return found


def test_the_page_is_the_one_that_the_schema_gives():
    assert PAGE.read_text("utf-8") == schema_markdown(), "docs/schema.md is stale: run make docs"


def test_every_table_and_column_of_the_database_stands_on_the_page_and_the_other_way_round(tmp_path):
    with Store(tmp_path / "nspcc.db") as store:
        connection = store.connection
        names = {row[0] for row in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
        page = documented()
        assert names - {"meta"} == {name for name in page if not SCHEMA[name].view}
        views = {row[0] for row in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'view'")}
        assert {name for name in page if SCHEMA[name].view} <= views
        for name, columns in page.items():
            info = connection.execute(f"PRAGMA table_info({name})").fetchall()
            assert [row["name"] for row in info] == list(columns)
            if SCHEMA[name].view:
                continue
            for row in info:
                kind, empty = columns[row["name"]]
                assert row["type"] == SQL[kind]
                assert bool(row["notnull"]) is not empty


def test_tables_are_strict_where_sqlite_can(tmp_path):
    if sqlite3.sqlite_version_info < (3, 37):
        return
    with Store(tmp_path / "nspcc.db") as store:
        loose = store.connection.execute(
            "SELECT name FROM pragma_table_list WHERE type = 'table' AND schema = 'main'"
            " AND name NOT LIKE 'sqlite%' AND NOT strict"
        ).fetchall()
    assert [row[0] for row in loose] == []


def test_every_reference_points_at_a_table_with_a_key_of_one_column():
    for table in SCHEMA.values():
        for column in table.columns:
            if column.ref:
                assert len(SCHEMA[column.ref].key) == 1
                assert column.name in (SCHEMA[column.ref].key[0], "taken_id")
