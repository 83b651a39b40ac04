"""Builds the static site from a store: page by page, in bounded memory, only what changed."""

from __future__ import annotations

import sqlite3
from importlib.resources import files
from pathlib import Path
from typing import Any, NamedTuple

from extract.report import charts
from extract.report.overview import write_doubts, write_overview, write_rules
from extract.report.places import write_places
from extract.report.reading import Reading
from extract.report.releases import Texts, write_releases
from extract.report.things import write_offences, write_platforms, write_years
from extract.report.writing import Writer


class Built(NamedTuple):
    """What a build came to: files of the site, those of them written, PDF releases without an image of their pages."""

    files: int
    written: int
    undrawn: int


def build_site(
    connection: sqlite3.Connection,
    folder: Path,
    texts: Texts = Texts.auto,
    accuracy: dict[str, Any] | None = None,
) -> Built:
    """Write the site of a store.

    Parameters
    ----------
    connection
        The store, opened by `extract.store.database.read_only`.
    folder
        Where the site goes. A site that is there is brought up to date; files that changed nothing stay untouched.
    texts
        How much of each release's text is shown.
    accuracy
        Scores as ``nspcc-extract evaluate --json`` writes them.

    Returns
    -------
    Built
        How many files the site has, how many of them were written, and how many PDFs have no image.

    Raises
    ------
    UsageError
        Where the folder holds something that is no report.
    """
    writer = Writer(folder)
    reading = Reading(connection)
    for name in ("site.css", "site.js", "chart.js", "search.js"):
        writer.file(f"assets/{name}", (files("extract.report") / "static" / name).read_bytes())
    charts.write_script(writer)
    write_overview(reading, writer, accuracy)
    write_places(reading, writer)
    write_offences(reading, writer)
    write_platforms(reading, writer)
    write_years(reading, writer)
    undrawn = write_releases(reading, writer, texts)
    write_doubts(reading, writer)
    write_rules(reading, writer)
    writer.finish()
    return Built(len(writer.now), writer.written, undrawn)


__all__ = ["Built", "Texts", "build_site"]
