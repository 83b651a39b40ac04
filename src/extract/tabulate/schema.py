"""The tables of the dataset, read from ``schema.toml``: the one place that names tables, columns, types and units."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal

ColumnType = Literal["text", "integer", "real", "date", "boolean"]
Kind = Literal["data", "code", "history", "log"]
#: One row as a mapping from column to value.
Row = dict[str, Any]
#: Rows by table.
Rows = dict[str, list[Row]]
#: Rows by table, each as a tuple of its values in the order of the table's columns.
Packed = dict[str, list[tuple[Any, ...]]]


@dataclass(frozen=True, slots=True)
class Column:
    """One column.

    ``ref`` names the table whose key it points at, ``values`` are the only ones it may have, ``null`` says that a
    value may be missing and ``blank`` that a text may be empty.
    """

    name: str
    type: ColumnType
    doc: str
    unit: str | None = None
    null: bool = False
    blank: bool = False
    ref: str | None = None
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """One table: ``key`` names its rows, ``order`` sorts them in exports, ``view`` says that a query makes it."""

    name: str
    kind: Kind
    doc: str
    key: tuple[str, ...]
    order: tuple[str, ...]
    columns: tuple[Column, ...]
    view: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        """The columns' names in their order."""
        return tuple(column.name for column in self.columns)


@cache
def load_schema() -> Mapping[str, Table]:
    """Return all tables by name, in the order of ``schema.toml``."""
    raw = tomllib.loads((files("extract.tabulate") / "schema.toml").read_text("utf-8"))
    return {name: _table(name, row) for name, row in raw.items()}


def _table(name: str, row: dict[str, Any]) -> Table:
    columns = tuple(Column(**{**c, "values": tuple(c.get("values", ()))}) for c in row["columns"])
    key = tuple(row["key"])
    return Table(name, row["kind"], row["doc"], key, tuple(row.get("order", key)), columns, row.get("view", False))


#: All tables by name.
SCHEMA: Mapping[str, Table] = load_schema()
#: What separates the items of a list in one cell.
SEPARATOR = "; "
