"""Exports beside CSV: Parquet, Excel with a sheet for each table, JSON lines."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from extract.errors import UsageError
from extract.store.export import table_rows
from extract.store.package import packaged
from extract.tabulate.frames import frame


def export_jsonl(connection: sqlite3.Connection, folder: Path) -> list[Path]:
    """Write each table as ``folder/TABLE.jsonl``, one row a line."""
    paths = []
    for table in packaged():
        path = folder / f"{table.name}.jsonl"
        with path.open("w", encoding="utf-8", newline="\n") as stream:
            for row in table_rows(connection, table):
                stream.write(json.dumps(row, ensure_ascii=False) + "\n")
        paths.append(path)
    return paths


def export_parquet(connection: sqlite3.Connection, folder: Path) -> list[Path]:
    """Write each table as ``folder/TABLE.parquet``, with the types of the schema.

    Raises
    ------
    UsageError
        Where pyarrow is not installed.
    """
    _need("pyarrow", "parquet")
    paths = []
    for table in packaged():
        path = folder / f"{table.name}.parquet"
        frame(table, list(table_rows(connection, table))).to_parquet(path, engine="pyarrow", index=False)
        paths.append(path)
    return paths


def export_excel(connection: sqlite3.Connection, folder: Path) -> list[Path]:
    """Write ``folder/nspcc.xlsx`` with a sheet for each table; text stays text, also where it looks like a formula.

    Raises
    ------
    UsageError
        Where openpyxl is not installed.
    """
    _need("openpyxl", "excel")
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    for table in packaged():
        sheet = book.create_sheet(table.name)
        sheet.append(table.names)
        for row in table_rows(connection, table):
            sheet.append(list(_cells(sheet, row)))
    path = folder / "nspcc.xlsx"
    book.save(path)
    return [path]


#: What a cell of a sheet can hold.
_CELL = 32_767


def _cells(sheet: Any, row: dict[str, Any]) -> Iterator[Any]:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    for value in row.values():
        if isinstance(value, str):
            cell = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub("�", value)[:_CELL])
            cell.data_type = "s"
            yield cell
        else:
            yield value


def _need(module: str, extra: str) -> None:
    from importlib.util import find_spec

    if find_spec(module) is None:
        raise UsageError(extra, f"needs {module}, which is not installed", f"pip install 'nspcc-extract[{extra}]'")
