"""Writes each table as a CSV file: UTF-8, one order, safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import os
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from extract.store.ddl import quote
from extract.tabulate.frames import frame, panel
from extract.tabulate.schema import SCHEMA, Column, Row, Table

if TYPE_CHECKING:
    from extract.store.database import Store

#: A text cell that begins so is taken for a formula by spreadsheet programs.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def export_csv(connection: sqlite3.Connection, folder: Path, kinds: Sequence[str] | None = None) -> list[Path]:
    """Write every table (of the kinds given) and the wide ``force_year_panel`` to ``folder/TABLE.csv``.

    The files have a heading row, commas, line feeds, no byte-order mark; empty cells are missing values; rows are in
    the table's order. Text that a spreadsheet would take for a formula gets a leading apostrophe, numbers and cells
    of a closed list (such as the bound ``=``) stay as they are.
    """
    chosen = [table for table in SCHEMA.values() if kinds is None or table.kind in kinds]
    paths = [write_table(connection, table, folder) for table in chosen]
    return [*paths, write_panel(connection, folder)]


def export_changed(store: Store, folder: Path) -> list[Path]:
    """Do as `export_csv` does where the store was written to since it was last exported; else add the last run only.

    A run that found nothing new, over however many releases, has no table to write but the list of runs.
    """
    paths = [folder / f"{name}.csv" for name in (*SCHEMA, "force_year_panel")]
    if store.marked("exported") == "1" and all(path.is_file() for path in paths):
        write_table(store.connection, SCHEMA["runs"], folder)
        return paths
    export_csv(store.connection, folder)
    store.mark("exported", "1")
    return paths


def write_table(connection: sqlite3.Connection, table: Table, folder: Path) -> Path:
    """Write one table as ``folder/TABLE.csv``."""
    return write_csv(folder / f"{table.name}.csv", table.names, _lines(table, _tuples(connection, table)))


def write_panel(connection: sqlite3.Connection, folder: Path) -> Path:
    """Write ``folder/force_year_panel.csv``."""
    wide = panel(frame(SCHEMA["force_year"], list(table_rows(connection, SCHEMA["force_year"]))))
    there = wide.astype(object).where(wide.notna(), None)
    cells = ([_plain(value) for value in row] for row in there.itertuples(index=False, name=None))
    return write_csv(folder / "force_year_panel.csv", list(wide.columns), cells)


def table_rows(connection: sqlite3.Connection, table: Table) -> Iterator[Row]:
    """Yield a table's rows in its order."""
    names = table.names
    for row in _tuples(connection, table):
        yield dict(zip(names, row, strict=True))


def _tuples(connection: sqlite3.Connection, table: Table) -> Iterator[Sequence[Any]]:
    names, order = ", ".join(map(quote, table.names)), ", ".join(map(quote, table.order))
    yield from connection.execute(f"SELECT {names} FROM {quote(table.name)} ORDER BY {order}")  # noqa: S608


def _lines(table: Table, rows: Iterable[Sequence[Any]]) -> Iterator[list[Any]]:
    # Only these can differ from what the csv module makes of a value (nothing of None); a view has types of its own.
    looked_at = [
        (n, c) for n, c in enumerate(table.columns) if table.view or (c.type in ("real", "text") and not c.values)
    ]
    for row in rows:
        line = list(row)
        for n, column in looked_at:
            line[n] = cell(line[n], column)
        yield line


def cell(value: Any, column: Column) -> Any:
    """Return a value as it stands in a CSV cell."""
    if isinstance(value, str) and not column.values and value.startswith(FORMULA):
        return "'" + value
    return _plain(value)


def _plain(value: Any) -> Any:
    if value is None:
        return ""
    return int(value) if isinstance(value, float) and value.is_integer() else value


def write_csv(path: Path, names: Sequence[str], rows: Iterable[Sequence[Any]]) -> Path:
    """Write a CSV file beside its place and then move it there, so that no reader ever sees half of it."""
    part = path.with_name(f".{path.name}.part")
    with part.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(names)
        writer.writerows(rows)
    os.replace(part, path)
    return path
