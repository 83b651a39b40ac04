"""The command that builds a corpus: ``fetch``."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from extract.cli.printing import complain, interactive, safe
from extract.errors import UsageError
from extract.fetch.job import WAYBACK, Job, Limits

if TYPE_CHECKING:
    from extract.fetch.job import Summary

#: What is searched where a call names no source.
_DEFAULT_SITE = "nspcc"
#: The words for outcomes, in the order in which they are told.
_OUTCOMES = {
    "new": "releases and attachments that were not kept before",
    "changed": "that differ from what was kept; the older version stays",
    "same": "that are kept as they are",
    "skipped": "pages that were not wanted or not allowed",
    "listed": "listings, sitemaps and feeds",
    "retried": "attempts that failed and were made again",
    "failed": "that could not be had or read",
}


def fetch(
    corpus: Annotated[Path, typer.Argument(metavar="CORPUS", help="Folder of the corpus; made where it is missing.")],
    contact: Annotated[str, typer.Option(help="Your e-mail address or page, which the sites are told. Required.")] = "",
    site: Annotated[list[str] | None, typer.Option(help="Search this site by its adapter (nspcc).")] = None,
    url: Annotated[list[str] | None, typer.Option(help="Begin at this page and follow links of its host.")] = None,
    sitemap: Annotated[list[str] | None, typer.Option(help="Fetch the pages of this sitemap.")] = None,
    feed: Annotated[list[str] | None, typer.Option(help="Fetch the entries of this RSS or Atom feed.")] = None,
    urls: Annotated[Path | None, typer.Option(help="Fetch the addresses in this file, one a line.")] = None,
    wayback: Annotated[list[str] | None, typer.Option(help="Fetch the archived snapshots of this page.")] = None,
    warc: Annotated[list[Path] | None, typer.Option(help="Take pages from this WARC file.")] = None,
    adapter: Annotated[list[Path] | None, typer.Option(help="An adapter file of your own.")] = None,
    keep_all: Annotated[
        bool, typer.Option("--all", help="Keep pages without the charity's name or a figure, too.")
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="List what would be fetched; write nothing.")] = False,
    pages: Annotated[int, typer.Option(min=1, help="Ask for no more pages than this.")] = 5000,
    depth: Annotated[int, typer.Option(min=0, help="Follow links from --url this many times.")] = 3,
    size: Annotated[float, typer.Option(min=0.001, help="Megabytes that one document may have.")] = 25.0,
    minutes: Annotated[float, typer.Option(min=0.01, help="Minutes that the call may take.")] = 360.0,
    delay: Annotated[float, typer.Option(min=0.0, help="Seconds between two requests to one host.")] = 2.0,
    timeout: Annotated[float, typer.Option(min=0.1, help="Seconds that one response may take.")] = 60.0,
    retries: Annotated[int, typer.Option(min=0, max=10, help="Times that a failed request is made again.")] = 2,
    allow_private: Annotated[
        bool, typer.Option("--allow-private", help="Fetch from addresses of private networks, too.")
    ] = False,
    wayback_server: Annotated[str, typer.Option(help="The web archive that --wayback asks.")] = WAYBACK,
) -> int:
    """Fetch new releases into a corpus, politely, with their provenance.

    Without a source, the charity's own news is searched. The same call later fetches only what is new or has changed;
    one that was cut off goes on from there.

    Example: nspcc-extract fetch corpus/ --contact me@example.org
    """
    limits = Limits(pages, depth, int(size * 1_000_000), minutes * 60, delay, timeout, retries)
    named = any((site, url, sitemap, feed, urls, wayback, warc))
    job = Job(
        corpus=corpus,
        contact=contact.strip(),
        sites=tuple(site or ()) if named else (_DEFAULT_SITE,),
        urls=tuple(url or ()),
        pages=_addresses(urls) if urls else (),
        sitemaps=tuple(sitemap or ()),
        feeds=tuple(feed or ()),
        wayback=tuple(wayback or ()),
        warcs=tuple(warc or ()),
        adapters=tuple(adapter or ()),
        limits=limits,
        keep_all=keep_all,
        allow=("0.0.0.0/0", "::/0") if allow_private else (),
        dry_run=dry_run,
        wayback_server=wayback_server,
    )
    job.check()
    work = _crawler()
    with _progress() as step:
        summary = work(job, progress=step)
    _report(summary, job)
    return 1 if summary.failures else 0


def _crawler() -> Callable[..., Summary]:
    try:
        from extract.fetch.crawl import fetch as work
    except ModuleNotFoundError as error:
        problem = f"fetch needs {error.name}, which is not installed"
        raise UsageError(None, problem, "install the extra: pip install 'nspcc-extract[fetch]'") from error
    return work


def _addresses(path: Path) -> tuple[str, ...]:
    try:
        lines = [line.strip() for line in path.read_text("utf-8-sig").splitlines()]
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(path, f"cannot be read ({error})", "name a text file with one address a line") from error
    found = tuple(line for line in lines if line and not line.startswith("#"))
    if not found:
        raise UsageError(path, "holds no address", "write one address a line")
    return found


@contextmanager
def _progress() -> Iterator[Callable[[Summary], None] | None]:
    """Show pages seen, new, same and failed, and the rate, where standard error is a terminal."""
    if not interactive():
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn

    begun = time.monotonic()
    with Progress(
        SpinnerColumn(), TextColumn("{task.description}"), console=Console(stderr=True), transient=True
    ) as bar:
        task = bar.add_task("0 pages seen", total=None)

        def step(summary: Summary) -> None:
            bar.update(task, description=progress_line(summary, time.monotonic() - begun))

        yield step


def progress_line(summary: Summary, seconds: float) -> str:
    """Return the state of a crawl in one line."""
    parts = [f"{summary.seen} pages seen"]
    parts += [f"{summary.outcomes[name]} {name}" for name in ("new", "changed", "same", "failed")]
    return ", ".join(parts) + f"  {summary.seen / max(seconds, 0.001):.1f}/s"


def _report(summary: Summary, job: Job) -> None:
    for warning in summary.warnings:
        complain(f"warning: {warning}")
    for url, why in summary.failures:
        complain(f"{url}: {why}")
    if job.dry_run:
        for planned in summary.planned:
            typer.echo(safe(planned))
        typer.echo(f"{len(summary.planned)} pages would be fetched; nothing was written", err=True)
    else:
        _table(summary, job)
    if summary.ended:
        complain(f"not at its end: {summary.ended}")


def _table(summary: Summary, job: Job) -> None:
    from rich.console import Console
    from rich.table import Table

    rows: list[tuple[Any, ...]] = [
        (name, f"{summary.outcomes[name]:,}", words) for name, words in _OUTCOMES.items() if summary.outcomes[name]
    ]
    table = Table(title=f"Fetched into {safe(str(job.corpus))}", title_justify="left", show_header=False)
    for row in rows or [("nothing", "0", "no page was found")]:
        table.add_row(*row)
    console = Console()
    console.print(table)
    console.print(f"{summary.received / 1e6:.1f} MB received; fetch-log.csv lists every attempt", highlight=False)


COMMANDS: tuple[Callable[..., int], ...] = (fetch,)
