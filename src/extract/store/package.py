"""The dataset as a Frictionless Data Package: CSV files with a description that machines can hold them to."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from extract.store.export import table_rows, write_panel, write_table
from extract.tabulate.schema import SCHEMA, Column, Table

#: Texts are in the corpus, and how tables were made is no part of what they say.
_LEFT_OUT = ("texts",)
#: Tables that are filled only where something was given for them.
_OPTIONAL = ("population", "force_year_rate")
_TYPES = {"text": "string", "date": "date", "integer": "integer", "real": "number", "boolean": "boolean"}
_ABOUT = {
    "profile": "tabular-data-package",
    "name": "nspcc-figures",
    "title": "Figures on child abuse stated in press releases of the NSPCC",
    "description": (
        "Every figure that the releases state about abuse, its victims, its reporting and the services that answer "
        "it, with the sentence that states it; restatements folded, revisions and conflicts listed; and the series of "
        "what each police force recorded in each police year. Extracted by rules; docs/schema.md has the columns."
    ),
    "licenses": [{"name": "MIT", "title": "MIT License", "path": "https://opensource.org/license/mit"}],
    "sources": [{"title": "NSPCC news and press releases", "path": "https://www.nspcc.org.uk/about-us/news-opinion/"}],
}


def packaged() -> list[Table]:
    """Return the tables that the package holds."""
    return [t for t in SCHEMA.values() if t.kind in ("data", "code") and t.name not in _LEFT_OUT]


def write_package(connection: sqlite3.Connection, folder: Path) -> list[Path]:
    """Write the tables and ``datapackage.json``: for the same rows the same bytes, with no date of its making.

    Tables that hold nothing because nothing was given for them (`population` and its rates) are left out.
    """
    filled = [t for t in packaged() if t.name not in _OPTIONAL or next(table_rows(connection, t), None) is not None]
    paths = {table.name: write_table(connection, table, folder) for table in filled}
    panel_path = write_panel(connection, folder)
    columns = panel_path.read_text("utf-8").partition("\n")[0].split(",")
    resources = [_resource(table, paths[table.name], set(paths)) for table in filled]
    resources.append(_panel_resource(columns, panel_path))
    text = json.dumps({**_ABOUT, "resources": resources}, indent=1, ensure_ascii=False) + "\n"
    path = folder / "datapackage.json"
    path.write_text(text, "utf-8")
    return [*paths.values(), panel_path, path]


def _resource(table: Table, path: Path, there: set[str]) -> dict[str, Any]:
    keys = [_foreign_key(c, table) for c in table.columns if c.ref and c.ref in there]
    schema = {
        "fields": [_field(column, table) for column in table.columns],
        "missingValues": [""],
        "primaryKey": list(table.key),
    }
    if keys:
        schema["foreignKeys"] = keys
    return {**_file(table.name, path), "description": table.doc, "schema": schema}


def _file(name: str, path: Path) -> dict[str, Any]:
    data = path.read_bytes()
    return {
        "profile": "tabular-data-resource",
        "name": name.replace("_", "-"),
        "path": path.name,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(data),
        "hash": f"sha256:{hashlib.sha256(data).hexdigest()}",
    }


def _field(column: Column, table: Table) -> dict[str, Any]:
    constraints: dict[str, Any] = {}
    if not column.null and not column.blank:
        constraints["required"] = True
    if column.values:
        constraints["enum"] = list(column.values)
    if table.key == (column.name,):
        constraints["unique"] = True
    made: dict[str, Any] = {"name": column.name, "type": _TYPES[column.type], "description": column.doc}
    if column.type == "boolean":
        made |= {"trueValues": ["1"], "falseValues": ["0"]}
    if column.unit:
        made["unit"] = column.unit
    return made | ({"constraints": constraints} if constraints else {})


def _foreign_key(column: Column, table: Table) -> dict[str, Any]:
    target = SCHEMA[str(column.ref)]
    # A reference into the table itself is written with an empty name.
    name = "" if target.name == table.name else target.name.replace("_", "-")
    return {"fields": [column.name], "reference": {"resource": name, "fields": [target.key[0]]}}


def _panel_resource(names: Sequence[str], path: Path) -> dict[str, Any]:
    fields = [
        {"name": name, "type": "string" if place < 2 else "number", **({} if place < 2 else {"unit": "offences"})}
        for place, name in enumerate(names)
    ]
    about = (
        "force_year as a wide table: an empty cell is a figure that no release gives, a 0 a force that recorded none"
    )
    schema = {"fields": fields, "missingValues": [""], "primaryKey": list(names[:2])}
    return {**_file("force_year_panel", path), "description": about, "schema": schema}
