"""Writes each table as a CSV file: UTF-8, one order, safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

from extract.store.database import Store, read_only
from extract.store.ddl import quote
from extract.tabulate.figures import FIGURE_TABLES
from extract.tabulate.schema import SCHEMA, Column, Row, Table
from extract.tabulate.series import wide

#: A text cell that begins so is taken for a formula by spreadsheet programs.
FORMULA = ("=", "+", "-", "@", "\t", "\r")
_PANEL = "force_year_panel"
#: Files that wait for the figures and for the end of the run.
_LAST = (*(t.name for t in SCHEMA.values() if t.view or t.name in (*FIGURE_TABLES, "runs")), _PANEL)
#: All others; the long ones first, so that those who share them out end together.
_LONG = ("observation_rules", "observations", "mentions", "texts")
_FIRST = (*_LONG, *(name for name in SCHEMA if name not in (*_LAST, *_LONG)))
#: Has files written, by whoever: given what writes the file of a name, and names.
Share = Callable[[Callable[[str], Path], Sequence[str]], Iterable[Path]]


def export_csv(connection: sqlite3.Connection, folder: Path, kinds: Sequence[str] | None = None) -> list[Path]:
    """Write every table (of the kinds given) and the wide ``force_year_panel`` to ``folder/TABLE.csv``.

    The files have a heading row, commas, line feeds, no byte-order mark; empty cells are missing values; rows are in
    the table's order. Text that a spreadsheet would take for a formula gets a leading apostrophe, numbers and cells
    of a closed list (such as the bound ``=``) stay as they are.
    """
    chosen = [table for table in SCHEMA.values() if kinds is None or table.kind in kinds]
    paths = [write_table(connection, table, folder) for table in chosen]
    return [*paths, write_panel(connection, folder)]


class Export:
    """The files of `export_csv`, written where the store was written to since they were; else the list of runs only.

    Those of the tables that releases fill are begun here and may be under way while the figures are folded, for which
    this waits; the others are written by `finish`, after that.

    Parameters
    ----------
    store
        Their store.
    folder
        Where they go.
    share
        Has them written; by default here, one after the other.
    """

    def __init__(self, store: Store, folder: Path, share: Share = map) -> None:
        self._store, self._folder = store, folder
        self._share = partial(share, partial(write_file, store.path, folder))
        there = all(path.is_file() for path in self._paths())
        self._needed = store.marked("stale") == "1" or store.marked("exported") != "1" or not there
        self._begun = self._share(_FIRST) if self._needed else ()

    def _paths(self) -> list[Path]:
        return [self._folder / f"{name}.csv" for name in (*SCHEMA, _PANEL)]

    def finish(self) -> list[Path]:
        """Write what is left to write, and return all files that are there."""
        if self._needed:
            for written in (self._begun, self._share(_LAST)):
                list(written)
            self._store.mark("exported", "1")
        else:
            write_table(self._store.connection, SCHEMA["runs"], self._folder)
        return self._paths()


def write_file(database: Path, folder: Path, name: str) -> Path:
    """Write the file of a table, or the panel, from a store that others may have open: what a worker does."""
    with closing(read_only(database)) as connection:
        return write_panel(connection, folder) if name == _PANEL else write_table(connection, SCHEMA[name], folder)


def write_table(connection: sqlite3.Connection, table: Table, folder: Path) -> Path:
    """Write one table as ``folder/TABLE.csv``."""
    return write_csv(
        folder / f"{table.name}.csv",
        table.names,
        _select(connection, table, [_cell(c, table.view) for c in table.columns]),
    )


def write_panel(connection: sqlite3.Connection, folder: Path) -> Path:
    """Write ``folder/force_year_panel.csv``."""
    names, lines = wide(table_rows(connection, SCHEMA["force_year"]))
    return write_csv(folder / f"{_PANEL}.csv", names, ([_plain(value) for value in line] for line in lines))


def table_rows(connection: sqlite3.Connection, table: Table) -> Iterator[Row]:
    """Yield a table's rows in its order."""
    names = table.names
    for row in _select(connection, table, map(quote, names)):
        yield dict(zip(names, row, strict=True))


def _select(connection: sqlite3.Connection, table: Table, cells: Iterable[str]) -> Iterator[Sequence[Any]]:
    order = ", ".join(map(quote, table.order))
    rows = connection.execute(f"SELECT {', '.join(cells)} FROM {quote(table.name)} ORDER BY {order}")  # noqa: S608
    # Not handed on to the cursor: it could not be closed once its database is.
    for row in rows:  # noqa: UP028
        yield row


def _cell(column: Column, view: bool) -> str:
    """Return the expression for a column's values as they stand in CSV cells: `cell`, said to the database."""
    name = quote(column.name)
    if column.type == "text" and not column.values:
        begins = ", ".join(f"char({ord(one)})" for one in FORMULA)
        return f"CASE WHEN substr({name}, 1, 1) IN ({begins}) THEN char(39) || {name} ELSE {name} END"
    # A view has types of its own, so that a whole number may come as a real one.
    if column.type == "real" or (view and column.type == "integer"):
        whole = f"CAST({name} AS INTEGER)"
        return f"CASE WHEN {name} = {whole} THEN {whole} ELSE {name} END"
    return name


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
