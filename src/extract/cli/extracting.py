"""The commands that extract: ``annotate`` and ``run``."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from extract.cli.printing import complain, interactive, safe
from extract.errors import ExtractError

if TYPE_CHECKING:
    from extract.batch import Summary

Inputs = Annotated[list[str], typer.Argument(metavar="INPUT...", help="Files, folders (searched through) and globs.")]
Workers = Annotated[int, typer.Option(min=1, help="Processes that work side by side.")]
Ocr = Annotated[bool, typer.Option("--ocr", help="Recognise pages that are images; needs Tesseract.")]
Limit = Annotated[float, typer.Option(min=0.1, help="Seconds that one input may take.")]


class Format(StrEnum):
    """Forms that ``annotate`` writes."""

    jsonl = "jsonl"


def annotate(
    inputs: Inputs,
    form: Annotated[
        Format, typer.Option("--format", help="One JSON object a line, one line a release.")
    ] = Format.jsonl,
    out: Annotated[Path | None, typer.Option(help="Write to this file rather than to standard output.")] = None,
    workers: Workers = 1,
    limit: Limit = 600.0,
    ocr: Ocr = False,
) -> int:
    """Annotate releases: mentions and observations of each, with offsets and evidence.

    Example: nspcc-extract annotate corpus/*.html --format jsonl --out annotated.jsonl
    """
    from extract.batch import Failure, expand, process_all

    sources = expand(inputs, ocr=ocr)
    failed = 0
    with _output(out) as stream, progress(len(sources)) as step:
        for source, result in process_all(sources, workers=workers, limit=limit):
            step(source, result)
            if isinstance(result, Failure):
                complain(str(result))
                failed += 1
            else:
                stream.write(json.dumps(result.to_json(), ensure_ascii=False) + "\n")
    return 1 if failed else 0


@contextmanager
def _output(path: Path | None) -> Iterator[Any]:
    if path is None:
        # The form is UTF-8 with line feeds whatever the terminal's own encoding is.
        sys.stdout.reconfigure(encoding="utf-8", errors="replace", newline="\n")  # type: ignore[union-attr]
        yield sys.stdout
        return
    try:
        with path.open("w", encoding="utf-8", errors="replace", newline="\n") as stream:
            yield stream
    except OSError as error:
        raise ExtractError(path, f"cannot be written ({error.strerror})", "name another file") from error


@contextmanager
def progress(total: int) -> Iterator[Callable[..., None]]:
    """Show a bar with rate and time left where standard error is a terminal."""
    if not interactive():
        yield lambda *_: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[rate]}"), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("releases", total=total, rate="")

        def step(*_: object) -> None:
            speed = bar.tasks[0].speed
            bar.update(task, advance=1, rate=f"{speed:.1f}/s" if speed else "")

        yield step


def run(
    inputs: Inputs,
    out: Annotated[Path, typer.Option(help="Folder for nspcc.db and the CSV files; made where it is missing.")],
    workers: Workers = 1,
    limit: Limit = 600.0,
    ocr: Ocr = False,
    verify: Annotated[
        bool, typer.Option("--verify", help="Tell changed inputs by hash, not by size and time.")
    ] = False,
    scheduler: Annotated[
        str | None, typer.Option(metavar="ADDRESS", help="Work on the Dask cluster of this scheduler.")
    ] = None,
    partitions: Annotated[
        str | None,
        typer.Option(metavar="PLACE", help="Folder or address that its workers share with this machine."),
    ] = None,
) -> int:
    """Extract releases into a dataset: FOLDER/nspcc.db and a CSV file of each table.

    Inputs that have not changed since the last run into the same folder are not read again.

    Example: nspcc-extract run corpus/ --out out/ --workers 2
    """
    from extract import batch
    from extract.store import Store

    sources = batch.expand(inputs, ocr=ocr)
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ExtractError(out, f"cannot be made ({error.strerror})", "name another folder") from error
    with Store(out / "nspcc.db") as store:
        with progress(len(sources)) as step, _executor(scheduler) as executor:
            place = partitions or (str(out.resolve() / "partitions") if scheduler else None)
            options: dict[str, Any] = {
                "workers": workers,
                "limit": limit,
                "verify": verify,
                "progress": step,
                "partitions": place,
                "tables": out,
            }
            summary = batch.run(batch.drained(sources), store, executor, **options)
        counts = {name: _count(store.connection, name) for name in _COUNTED}
    for failure in summary.failures:
        complain(str(failure))
    _report(out, summary, counts)
    return 1 if summary.failures else 0


@contextmanager
def _executor(scheduler: str | None) -> Iterator[Any]:
    from extract.batch import connected

    if scheduler is None:
        yield None
        return
    with connected(scheduler) as given:
        yield given


#: What the summary counts, with the words for it.
_COUNTED = {
    "releases": "releases",
    "mentions": "mentions",
    "observations": "observations",
    "figures": "figures, restatements folded",
    "force_year": "figures of one force, offence and police year",
    "revisions": "values of figures that were revised",
    "conflicts": "statements at odds with their own release",
    "failures": "inputs that could not be read",
}


def _count(connection: Any, table: str) -> int:
    return int(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])  # noqa: S608


def _report(out: Path, summary: Summary, counts: dict[str, int]) -> None:
    from rich.console import Console
    from rich.table import Table

    console = Console()
    done = f"{summary.done} read, {summary.skipped} unchanged, {len(summary.failures)} failed"
    console.print(f"Inputs: {summary.inputs} ({done})", highlight=False)
    table = Table(title=f"In {safe(str(out / 'nspcc.db'))}", title_justify="left", show_header=False)
    for name, number in counts.items():
        table.add_row(name, f"{number:,}", _COUNTED[name])
    console.print(table)
    if summary.failures:
        listing = Table(title="Failed", title_justify="left")
        for heading in ("input", "problem", "mend"):
            listing.add_column(heading, overflow="fold")
        for failure in summary.failures:
            listing.add_row(safe(failure.source), safe(failure.problem), safe(failure.mend))
        console.print(listing)
    console.print(f"Wrote {safe(str(out / 'nspcc.db'))} and {len(summary.files)} CSV files beside it", highlight=False)


COMMANDS: tuple[Callable[..., int], ...] = (annotate, run)
__all__ = ["COMMANDS", "Format", "annotate", "run"]
