"""The command ``show``: one release with its mentions in colour and its observations."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from extract.cli.extracting import Ocr
from extract.cli.pointing import point
from extract.cli.printing import COLOURS, plain, safe
from extract.errors import UsageError

if TYPE_CHECKING:
    from rich.table import Table
    from rich.text import Text

    from extract import records

File = Annotated[Path, typer.Argument(metavar="FILE", help="One release: .html, .pdf, .txt or .json.")]
_COLUMNS = ("statistic", "value", "unit", "measure", "offence", "geography", "period", "base", "platforms")


def show(
    file: File,
    width: Annotated[int | None, typer.Option(min=40, help="Columns to write in; by default the terminal's.")] = None,
    ocr: Ocr = False,
    source: Annotated[
        bool, typer.Option("--source", help="Say where its figures stand; draw them on the pages of a PDF.")
    ] = False,
    at: Annotated[int | None, typer.Option(min=0, help="With --source: the offset of one figure.")] = None,
    out: Annotated[Path | None, typer.Option(metavar="PNG", help="With --source: the image to write.")] = None,
) -> int:
    """Show one release with its mentions in colour, a legend, and its observations as a table.

    With --source it says instead where each figure stands, and draws the pages of a PDF with the figures framed.

    Example: nspcc-extract show release.pdf --source --at 812 --out figure.png
    """
    from rich.console import Console

    if not source and (at is not None or out is not None):
        raise UsageError("--at" if at is not None else "--out", "means nothing by itself", "give --source with it")
    annotated = annotated_file(file, ocr=ocr)
    if source:
        for line in point(file, annotated, at, out):
            typer.echo(line)
        return 0
    console = Console(width=width)
    release = annotated.release
    about = (release.published, release.publisher, release.url, release.source)
    console.print(" · ".join(safe(part) for part in about if part), style="dim", highlight=False, markup=False)
    console.print(legend())
    console.print()
    console.print(coloured(release.text, annotated.mentions))
    console.print()
    console.print(observation_table(annotated))
    return 0


def legend() -> Text:
    """Return the labels in their colours."""
    from rich.text import Text

    return Text("  ").join(Text(label, style=f"{colour} reverse") for label, colour in COLOURS.items())


def coloured(text: str, mentions: tuple[records.Mention, ...], offset: int = 0) -> Text:
    """Return a stretch of text that begins at ``offset`` of the release, with its mentions in colour."""
    from rich.text import Text

    made = Text(safe(text))
    for mention in mentions:
        start, end = max(mention.start - offset, 0), min(mention.end - offset, len(text))
        if start < end:
            made.stylize(COLOURS[mention.label], start, end)
    return made


def observation_table(annotated: records.Annotated) -> Table:
    """Return a release's observations, one a row, with the offset to ask `explain` about."""
    from rich.table import Table
    from rich.text import Text

    table = Table(title=f"{len(annotated.observations)} observations", title_justify="left", pad_edge=False)
    for heading in ("at", "figure", *_COLUMNS, "victims", "flags"):
        table.add_column(heading, overflow="fold")
    for o in annotated.observations:
        figure = ("" if o.bound == "=" else f"{o.bound} ") + annotated.release.text[o.start : o.end]
        victims = " ".join(filter(None, (o.gender, age(o.age))))
        cells = [plain(getattr(o, name)) for name in _COLUMNS]
        row = [str(o.start), safe(figure), *cells, victims, ", ".join(o.flags)]
        table.add_row(*map(Text, row))
    return table


def age(value: records.AgeRange | None) -> str:
    """Return an age range in words: ``12 to 15``, ``up to 11``, ``from 16``."""
    if value is None or value == (None, None):
        return ""
    youngest, oldest = value
    if youngest is None:
        return f"up to {oldest}"
    return f"from {youngest}" if oldest is None else f"{youngest} to {oldest}"


def annotated_file(file: Path, *, ocr: bool = False) -> records.Annotated:
    """Return one release with its mentions and observations; with ``ocr``, also of pages that are images.

    Raises
    ------
    UsageError
        A path that names no file or several.
    ReadError
        A file that cannot be read.
    """
    from extract.batch import Failure, expand, process
    from extract.errors import ReadError

    sources = expand([str(file)], ocr=ocr)
    if len(sources) != 1:
        raise UsageError(file, f"names {len(sources)} inputs", "name one file")
    result = process(sources[0])
    if isinstance(result, Failure):
        raise ReadError(result.source, result.problem, result.mend)
    return result


COMMANDS: tuple[Callable[..., int], ...] = (show,)
