"""Opens a store in Datasette: read-only, with descriptions, named queries, full-text search and evidence."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Callable
from contextlib import closing
from importlib.resources import files
from pathlib import Path
from typing import Any

import uvicorn
from datasette.app import Datasette
from datasette.database import Database
from datasette.plugins import pm

from extract.report import plugin
from extract.report.metadata import DATABASE, SEARCH, metadata
from extract.store.database import read_only

_PLUGIN = "nspcc-evidence"
_INDEX = """
CREATE TABLE releases (release_id TEXT PRIMARY KEY, title TEXT, published TEXT, text TEXT);
CREATE VIRTUAL TABLE releases_fts USING fts5 (title, text, content="releases");
CREATE TABLE sentences (observation_id TEXT PRIMARY KEY, release_id TEXT, published TEXT, sentence TEXT);
CREATE VIRTUAL TABLE sentences_fts USING fts5 (sentence, content="sentences");
"""


def write_index(store: Path, path: Path) -> None:
    """Write the full-text index of a store as a database of its own: the store itself is only read."""
    with closing(read_only(store)) as source, closing(sqlite3.connect(path)) as target:
        target.executescript(_INDEX)
        releases = source.execute(
            "SELECT release_id, title, published, text FROM releases JOIN texts USING (release_id)"
        )
        target.executemany("INSERT INTO releases VALUES (?, ?, ?, ?)", (tuple(row) for row in releases))
        sentences = source.execute("SELECT observation_id, release_id, published, sentence FROM observation_latest")
        target.executemany("INSERT INTO sentences VALUES (?, ?, ?, ?)", (tuple(row) for row in sentences))
        target.execute("INSERT INTO releases_fts (releases_fts) VALUES ('rebuild')")
        target.execute("INSERT INTO sentences_fts (sentences_fts) VALUES ('rebuild')")
        target.commit()


def application(store: Path, index: Path) -> Any:
    """Return Datasette on a store and its full-text index, both open for reading only."""
    if not pm.has_plugin(_PLUGIN):
        pm.register(plugin, name=_PLUGIN)
    made = Datasette(
        [],
        metadata=metadata(),
        template_dir=str(files("extract.report") / "datasette_templates"),
        settings={"allow_download": False, "default_page_size": 50, "facet_time_limit_ms": 1000},
    )
    # Datasette opens a database that is not immutable with mode=ro: a writer beside it goes on undisturbed.
    made.add_database(Database(made, path=str(store), is_mutable=True), name=DATABASE)
    made.add_database(Database(made, path=str(index), is_mutable=False), name=SEARCH)
    return made


def serve(store: Path, host: str, port: int, ready: Callable[[str], None]) -> None:
    """Serve a store until it is stopped.

    Parameters
    ----------
    store
        The store's file.
    host, port
        Where to listen.
    ready
        Called with the address before the server starts.

    Raises
    ------
    StoreError
        Where there is no such file.
    """
    with tempfile.TemporaryDirectory(prefix="nspcc-") as folder:
        index = Path(folder) / "search.db"
        write_index(store, index)
        ready(f"http://{host}:{port}/{DATABASE}")
        uvicorn.run(application(store, index).app(), host=host, port=port, log_level="warning")
