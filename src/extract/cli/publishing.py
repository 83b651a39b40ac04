"""The commands that publish: ``dataset`` and ``reconcile``."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from contextlib import closing
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from extract.cli.extracting import Inputs, Limit, Ocr, Workers, progress
from extract.cli.printing import complain, plain, safe

#: The database that `run` leaves in its folder.
_DATABASE_ENDING = ".db"


class Format(StrEnum):
    """Forms that ``dataset`` writes beside CSV."""

    jsonl = "jsonl"
    parquet = "parquet"
    excel = "excel"


def dataset(
    inputs: Inputs,
    out: Annotated[Path, typer.Option(help="Folder for the data package; made where it is missing.")],
    corrections: Annotated[
        Path | None, typer.Option(help="CSV: observation_id, field, old, new, reason, source.")
    ] = None,
    population: Annotated[Path | None, typer.Option(help="CSV: geography, year, children, source.")] = None,
    form: Annotated[list[Format] | None, typer.Option("--format", help="Write this beside CSV.")] = None,
    workers: Workers = 1,
    limit: Limit = 600.0,
    ocr: Ocr = False,
) -> int:
    """Build the data package: CSV tables, the force and year series, and datapackage.json.

    INPUT is releases, or the nspcc.db that run has made. The same inputs give the same bytes.

    Example: nspcc-extract dataset corpus/ --out data/
    """
    from extract import batch
    from extract.store import Store, export_excel, export_jsonl, export_parquet, write_package
    from extract.tabulate.tables_in import read_corrections, read_population

    fixes = read_corrections(corrections) if corrections else []
    people = read_population(population) if population else []
    made_before = len(inputs) == 1 and inputs[0].endswith(_DATABASE_ENDING)
    sources = [] if made_before else batch.expand(inputs, ocr=ocr)
    out.mkdir(parents=True, exist_ok=True)
    failures: list[batch.Failure] = []
    with tempfile.TemporaryDirectory(prefix="nspcc-") as folder:
        path = Path(folder) / "nspcc.db"
        if made_before:
            _copy(Path(inputs[0]), path)
        with Store(path) as store:
            if sources:
                with progress(len(sources)) as step:
                    failures = batch.run(sources, store, workers=workers, limit=limit, progress=step).failures
            applied = store.prepare_dataset(fixes, people)
            files = write_package(store.connection, out)
            exports = {Format.jsonl: export_jsonl, Format.parquet: export_parquet, Format.excel: export_excel}
            for one in form or ():
                files += exports[one](store.connection, out)
    for failure in failures:
        complain(str(failure))
    if fixes:
        typer.echo(f"{applied} of {len(fixes)} corrections applied; the table corrections lists all")
    typer.echo(f"Wrote {len(files)} files to {safe(str(out))}; datapackage.json describes them")
    return 1 if failures else 0


def _copy(source: Path, target: Path) -> None:
    """Copy a store as it stands, so that corrections do not touch it."""
    import sqlite3

    from extract.store.database import read_only

    with closing(read_only(source)) as found, closing(sqlite3.connect(target)) as copy:
        found.backup(copy)


def reconcile(
    database: Annotated[Path, typer.Argument(metavar="DB", help="The nspcc.db that run has made.")],
    official: Annotated[Path, typer.Option(help="CSV: force, year, offence, value, source.")],
    out: Annotated[Path | None, typer.Option(help="Write a CSV file rather than a table.")] = None,
) -> int:
    """List where releases and official statistics agree, differ, or only one of them speaks.

    Example: nspcc-extract reconcile out/nspcc.db --official recorded-crime.csv
    """
    from extract.store.database import read_only
    from extract.store.export import table_rows, write_csv
    from extract.tabulate.reconcile import COLUMNS
    from extract.tabulate.reconcile import reconcile as compare
    from extract.tabulate.schema import SCHEMA
    from extract.tabulate.tables_in import read_official

    figures = read_official(official)
    with closing(read_only(database)) as connection:
        rows = compare(table_rows(connection, SCHEMA["force_year"]), figures)
    if out is not None:
        write_csv(out, COLUMNS, ([row[name] for name in COLUMNS] for row in rows))
        typer.echo(f"Wrote {len(rows)} rows to {safe(str(out))}")
        return 0
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(title=f"{len(rows)} cells of force, year and offence", title_justify="left")
    for name in COLUMNS:
        table.add_column(name, overflow="fold")
    for row in rows:
        table.add_row(*(Text(plain(row[name])) for name in COLUMNS))
    Console(width=shutil.get_terminal_size((160, 24)).columns).print(table)
    return 0


COMMANDS: tuple[Callable[..., int], ...] = (dataset, reconcile)
