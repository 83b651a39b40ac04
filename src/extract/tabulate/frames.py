"""Annotated releases as pandas tables with the columns, types and order of the schema."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from extract.records import Annotated
from extract.tabulate.figures import FIGURE_TABLES, figure_rows
from extract.tabulate.rows import RELEASE_TABLES, code_rows, release_rows
from extract.tabulate.schema import SCHEMA, Row, Rows, Table
from extract.tabulate.series import wide

if TYPE_CHECKING:
    import pandas as pd

#: The pandas type of each column type; dates stay ISO text, which sorts as it should and exports as it stands.
DTYPES: dict[str, Any] = {
    "text": "string",
    "date": "string",
    "integer": "Int64",
    "real": "Float64",
    "boolean": "boolean",
}


def tables(annotated: Iterable[Annotated]) -> dict[str, pd.DataFrame]:
    """Return the tables of kind data and code for annotated releases.

    Returns
    -------
    dict
        `releases`, `texts`, `mentions`, `observations` and their link tables; `figures` with restatements folded,
        `revisions`, `conflicts`; the series `force_year`; the code lists. ``docs/schema.md`` has every column.
    """
    rows: Rows = {name: [] for name in RELEASE_TABLES}
    for one in annotated:
        for name, more in release_rows(one).items():
            rows[name] += more
    rows |= figure_rows(rows)
    rows |= code_rows()
    return {name: frame(SCHEMA[name], rows[name]) for name in SCHEMA if name in rows}


def frame(table: Table, rows: list[Row]) -> pd.DataFrame:
    """Return rows as a frame with the table's columns, types and order."""
    # Not loaded with this module: a worker, and a run that has nothing to do, make rows and no frames.
    import pandas as pd

    columns = {c.name: pd.Series([row[c.name] for row in rows], dtype=DTYPES[c.type]) for c in table.columns}
    return pd.DataFrame(columns).sort_values(list(table.order), ignore_index=True, na_position="first")


def panel(force_year: pd.DataFrame) -> pd.DataFrame:
    """Return ``force_year`` as a wide table: one row a force and offence, one column a police year.

    An empty cell is a figure that no release gives; a 0 is a force that recorded none.
    """
    import pandas as pd

    names, lines = wide(force_year.to_dict("records"))
    types = ("string", "string", *(["Float64"] * (len(names) - 2)))
    columns = zip(*lines, strict=True) if lines else ((),) * len(names)
    return pd.DataFrame({name: pd.Series(list(c), dtype=t) for name, c, t in zip(names, columns, types, strict=True)})


__all__ = ["DTYPES", "FIGURE_TABLES", "frame", "panel", "tables"]
