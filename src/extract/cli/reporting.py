"""The commands for looking in a browser: ``report`` writes a static site, ``serve`` opens Datasette."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import closing
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated, Any

import typer

from extract.cli.printing import safe
from extract.errors import UsageError

Database = Annotated[Path, typer.Argument(metavar="DB", help="The nspcc.db that run has made.")]


def report(
    database: Database,
    out: Annotated[Path, typer.Option(help="Folder for the site; made where it is missing.")],
    excerpts: Annotated[
        bool, typer.Option("--excerpts", help="Show of every release only the sentences that carry figures.")
    ] = False,
    full_text: Annotated[
        bool, typer.Option("--full-text", help="Show every release whole: for your own use, the texts are others'.")
    ] = False,
    accuracy: Annotated[Path | None, typer.Option(help="Scores to show, as evaluate --json writes them.")] = None,
) -> int:
    """Write a static site in which every figure leads back to its sentence.

    It needs no server and no network: open site/index.html. By default releases of the NSPCC are shown whole, those
    of other or unknown publishers as excerpts. Written again, only what changed is written.

    Example: nspcc-extract report out/nspcc.db --out site/
    """
    _needed("jinja2", "altair", "vl_convert", "PIL", "pypdfium2")
    from extract.report import Texts, build_site
    from extract.store.database import read_only

    if excerpts and full_text:
        raise UsageError(None, "--excerpts and --full-text exclude each other", "give one of them")
    texts = Texts.excerpts if excerpts else Texts.full if full_text else Texts.auto
    scores = _scores(accuracy) if accuracy else None
    with closing(read_only(database)) as connection:
        built = build_site(connection, out, texts, scores)
    typer.echo(f"{built.files} files, {built.written} of them written; open {safe(str(out / 'index.html'))}")
    if built.undrawn:
        releases = "release has" if built.undrawn == 1 else "releases have"
        typer.echo(f"{built.undrawn} PDF {releases} no image of their pages; each page says why", err=True)
    return 0


def serve(
    database: Database,
    host: Annotated[str, typer.Option(help="Address to listen at; the default is open to this machine only.")] = (
        "127.0.0.1"
    ),
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port to listen at.")] = 8001,
) -> int:
    """Open the dataset in Datasette, to filter and query it: read-only, on this machine only unless --host says more.

    Example: nspcc-extract serve out/nspcc.db
    """
    _needed("datasette", "uvicorn")
    from extract.report.serving import serve as run

    run(database, host, port, lambda address: typer.echo(f"Datasette at {address} (Ctrl-C ends it)"))
    return 0


def _needed(*packages: str) -> None:
    missing = [name for name in packages if find_spec(name) is None]
    if missing:
        raise UsageError(None, f"{', '.join(missing)} is missing", "pip install 'nspcc-extract[report]'")


def _scores(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_text("utf-8"))
        return {
            split: {"releases": s["releases"], "headline": s["headline"], "intervals": s["intervals"]}
            for split, s in found.items()
        }
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        problem = f"holds no scores ({type(error).__name__}: {error})"
        raise UsageError(path, problem, "make it with nspcc-extract evaluate --json") from error


COMMANDS: tuple[Callable[..., int], ...] = (report, serve)
