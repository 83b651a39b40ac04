"""Writes the schema down for readers: ``docs/schema.md`` is made by this, and a test holds it against the tables."""

from __future__ import annotations

from extract.tabulate.schema import SCHEMA, Column, Table

_KINDS = {
    "data": "What releases say",
    "code": "Code lists",
    "history": "History",
    "log": "How the tables were made",
}
_INTRODUCTION = """\
# Tables

`nspcc-extract run INPUT... --out FOLDER` writes these tables to `FOLDER/nspcc.db` (SQLite) and each one to
`FOLDER/TABLE.csv`; `force_year` is also there as a wide table, `force_year_panel.csv`, one column a police year.
This page is made from `src/extract/tabulate/schema.toml` by `make docs`; change it there.

- Dates are ISO 8601 text, periods inclusive at both ends. Offsets are half-open and count characters of `texts.text`.
- Booleans are 0 or 1. A missing value is NULL in the database and an empty cell in CSV; a 0 is a stated number.
- CSV files are UTF-8 without a byte-order mark, with a heading row, commas and line feeds. A text that begins with
  `=`, `+`, `-` or `@` gets a leading apostrophe, so that no spreadsheet takes it for a formula; numbers and the closed
  lists below (such as the bound `=`) stay as they are.
- Row ids are made from what names the row (release, text, place), not from what was read there: a row keeps its id
  in every rebuild, and can be cited.
- Beside the tables the database has views: `observation_latest` (observations with their lists in one cell each and
  their release's date), `platform_share`, `restatements`, `force_year` and `force_year_rate`. `docs/dataset.md` says
  what to ask of them, with queries.
"""


def schema_markdown() -> str:
    """Return ``docs/schema.md``."""
    parts = [_INTRODUCTION]
    for kind, title in _KINDS.items():
        parts.append(f"## {title}\n")
        parts += [_table(table) for table in SCHEMA.values() if table.kind == kind]
    return "\n".join(parts).rstrip() + "\n"


def _table(table: Table) -> str:
    lines = [f"### `{table.name}`", "", table.doc]
    lines += [f"Key: {', '.join(f'`{name}`' for name in table.key)}." + (" A view." if table.view else ""), ""]
    lines += ["| column | type | unit | empty | meaning |", "| --- | --- | --- | --- | --- |"]
    lines += [_column(column) for column in table.columns]
    return "\n".join(lines) + "\n"


def _column(column: Column) -> str:
    meaning = column.doc
    if column.values:
        meaning += f". One of {', '.join(f'`{value}`' for value in column.values)}"
    if column.ref:
        meaning += f" → `{column.ref}`"
    cells = (f"`{column.name}`", column.type, column.unit or "", "may be" if column.null else "never", meaning)
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"
