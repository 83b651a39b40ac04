"""The SQLite store: one writer, many readers, one transaction a release, superseded rows kept."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from operator import itemgetter
from pathlib import Path
from types import TracebackType
from typing import Self

from extract.errors import StoreError
from extract.store import ddl
from extract.store.corrections import correct
from extract.store.history import archive
from extract.store.migrations import SCHEMA_VERSION, steps
from extract.store.trouble import trouble
from extract.tabulate.figures import FIGURE_KEY, FIGURE_TABLES, FOLDED, fold_figures
from extract.tabulate.rows import RELEASE_TABLES, code_rows, pack
from extract.tabulate.schema import SCHEMA, Packed, Row, Rows

#: Rows handed to SQLite at once while figures are folded.
_BATCH = 2000
#: How many KiB of pages are held in memory, and pages of the log after which it is folded into the file. Rows are keyed
#: by hashes, so that a release touches pages all over the file: with SQLite's 2 MB most would be written many times.
_CACHE, _LOG = 32_768, 8000
#: What is folded: what `extract.tabulate.figures.flatten` makes of rows in memory.
_STATEMENTS = f"""
SELECT {", ".join(f"o.{name}" for name in FOLDED if name != "coverage")}, (
    SELECT max(c.forces) FROM coverage c WHERE c.release_id = o.release_id
    AND (c.period_start IS NULL OR (c.period_start <= o.period_start AND o.period_end <= c.period_end))) AS coverage
FROM observation_latest o
WHERE o.observation_id NOT IN (
    SELECT n.observation_id FROM former_names n JOIN force_history h USING (name) WHERE h.change = 'merged')
"""  # noqa: S608


class Store:
    """A dataset in one SQLite file, opened for writing and made where it is missing.

    Parameters
    ----------
    path
        The file. Its folder must exist.

    Raises
    ------
    StoreError
        Where the file is no database of this program, or of a later version of it, or cannot be written.
    """

    def __init__(self, path: str | Path) -> None:
        self.path = Path(path)
        try:
            self.connection = sqlite3.connect(self.path, isolation_level=None, timeout=60)
        except sqlite3.Error as error:
            raise StoreError(
                self.path, f"cannot be opened ({error})", "check that its folder can be written"
            ) from error
        try:
            self.connection.row_factory = sqlite3.Row
            self._prepare()
        except StoreError:
            self.connection.close()
            raise
        except sqlite3.Error as error:
            self.connection.close()
            other = StoreError(self.path, f"cannot be opened as a dataset ({error})", "name another file")
            raise trouble(self.path, error) or other from error

    def __enter__(self) -> Self:
        """Return the store itself; it is closed where the ``with`` ends."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        """Close the file; say it in words where a full disk, a lock or a permission ended what stands inside.

        Raises
        ------
        StoreError
            In the place of SQLite's own error, where that is no fault of the program's.
        """
        if error is None:
            self.close()
            return
        self.connection.close()
        known = trouble(self.path, error) if isinstance(error, sqlite3.Error) else None
        if known is not None:
            raise known from error

    def close(self) -> None:
        """Close the file; the write-ahead log is folded into it, so that it can be copied by itself.

        Raises
        ------
        StoreError
            Where there is no room for that: nothing is lost, the log stays beside the file and is read with it.
        """
        try:
            self.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        except sqlite3.OperationalError as error:
            known = trouble(self.path, error)
            if known is None:
                raise
            raise known from error
        finally:
            self.connection.close()

    def _prepare(self) -> None:
        settings = ("journal_mode = WAL", "foreign_keys = ON", "synchronous = NORMAL")
        for pragma in (*settings, f"cache_size = -{_CACHE}", f"wal_autocheckpoint = {_LOG}"):
            self.connection.execute(f"PRAGMA {pragma}")
        with self.transaction():
            found = int(self.connection.execute("PRAGMA user_version").fetchone()[0])
            if found > SCHEMA_VERSION:
                problem = f"was written by a later version of the program (tables version {found})"
                raise StoreError(self.path, problem, "update nspcc-extract or name another file")
            self._migrate(found)

    def _migrate(self, found: int) -> None:
        if found == 0 and self.connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]:
            raise StoreError(self.path, "is a database of something else", "name another file")
        lifting = ddl.create_all() if found == 0 else steps(found)
        for view in self.connection.execute("SELECT name FROM sqlite_schema WHERE type = 'view'").fetchall():
            self.connection.execute(f"DROP VIEW {ddl.quote(view['name'])}")
        for statement in [*lifting, *ddl.create_views(), f"PRAGMA user_version = {SCHEMA_VERSION}"]:
            self.connection.execute(statement)
        for name, rows in code_rows().items():
            self._upsert(name, rows)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Run what stands inside as one transaction: all of it is kept, or nothing; one in another is part of it."""
        if self.connection.in_transaction:
            yield
            return
        self.connection.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            if self.connection.in_transaction:  # SQLite itself takes back what a full disk cut short
                self.connection.execute("ROLLBACK")
            raise
        self.connection.execute("COMMIT")

    def write(self, rows: Packed, pipeline: str, source: Row | None = None) -> None:
        """Write one release's rows, all or none, in place of what an earlier reading of it gave.

        Parameters
        ----------
        rows
            What `extract.tabulate.rows.release_rows` makes of it, packed.
        pipeline
            Version of the pipeline. Where the release stands there from another text or version, its rows are moved
            to the ``superseded_`` tables first.
        source
            Its row of ``inputs``, where it was read from a file.
        """
        # The first columns of the table: its key, and the hash.
        release, text_hash = rows["releases"][0][:2]
        try:
            with self.transaction():
                self._forget(source, release, pipeline)
                archive(self.connection, release, text_hash, pipeline)
                self.connection.execute("DELETE FROM releases WHERE release_id = ?", (release,))
                for name in RELEASE_TABLES:
                    self.connection.executemany(ddl.insert(name), rows[name])
                self.connection.execute(ddl.insert("readings"), (release, text_hash, pipeline))
                if source is not None:
                    self._upsert("inputs", [source])
                    self.connection.execute("DELETE FROM failures WHERE source = ?", (source["source"],))
                self.mark("stale", "1")
                self.mark("exported", "")
        except sqlite3.Error as error:
            problem = f"release {release} does not fit the tables ({error})"
            other = StoreError(self.path, problem, "report this as a bug with the release")
            raise trouble(self.path, error) or other from error

    def _forget(self, source: Row | None, release: str, pipeline: str) -> None:
        """Supersede the release that a file gave before under another id, unless another file still gives it."""
        if source is None:
            return
        query = "SELECT release_id FROM inputs WHERE source = ? AND release_id <> ?"
        before = self.connection.execute(query, (source["source"], release)).fetchone()
        query = "SELECT count(*) FROM inputs WHERE release_id = ?"
        if before is not None and self.connection.execute(query, (before[0],)).fetchone()[0] == 1:
            archive(self.connection, before[0], "", pipeline)
            self.connection.execute("DELETE FROM releases WHERE release_id = ?", (before[0],))

    def fail(self, failure: Row) -> None:
        """Record an input that could not be read; what an earlier run read from it stays."""
        with self.transaction():
            self._upsert("failures", [failure])
            self.mark("exported", "")
            self.connection.execute("DELETE FROM inputs WHERE source = ?", (failure["source"],))

    def input(self, source: str) -> Row | None:
        """Return what was read from a source, with the pages that were not; None where nothing was."""
        query = "SELECT i.*, r.pages_unread FROM inputs i LEFT JOIN releases r USING (release_id) WHERE i.source = ?"
        row = self.connection.execute(query, (source,)).fetchone()
        return None if row is None else dict(row)

    def refresh(self) -> bool:
        """Fold the statements into figures anew where releases were written since; return whether that was needed."""
        if self.marked("stale") != "1":
            return False
        query = f"{_STATEMENTS} ORDER BY {', '.join(FIGURE_KEY)}"
        # Sorted by a reader of its own, whose small cache bounds what is held for it: the rest waits in a file.
        with closing(read_only(self.path)) as reader, self.transaction():
            self.connection.execute("DELETE FROM figures")
            pending: Rows = {name: [] for name in FIGURE_TABLES}
            for _, details in fold_figures(dict(row) for row in reader.execute(query)):
                for name, more in details.items():
                    pending[name] += more
                if len(pending["figure_sources"]) >= _BATCH:
                    self._flush(pending)
            self._flush(pending)
            self.mark("stale", "0")
            self.mark("exported", "")
        return True

    def prepare_dataset(self, corrections: list[Row], population: list[Row]) -> int:
        """Apply corrections, take up the population, fold anew; return how many corrections took hold."""
        with self.transaction():
            applied = correct(self.connection, corrections)
            self.connection.execute("DELETE FROM population")
            self._insert("population", population)
            self.mark("stale", "1")
        self.refresh()
        return applied

    def start_run(self, started: str, pipeline: str, inputs: int, skipped: int) -> int:
        """Record that a run begins and return its number."""
        row = (started, pipeline, inputs, skipped)
        query = "INSERT INTO runs (started, pipeline, inputs, skipped, done, failed) VALUES (?, ?, ?, ?, 0, 0)"
        return int(self.connection.execute(query, row).lastrowid or 0)

    def finish_run(self, run: int, finished: str, done: int, failed: int) -> None:
        """Record that a run has ended."""
        query = "UPDATE runs SET finished = ?, done = ?, failed = ? WHERE run_id = ?"
        self.connection.execute(query, (finished, done, failed, run))

    def marked(self, name: str) -> str | None:
        """Return a value of the table ``meta``."""
        row = self.connection.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
        return None if row is None else str(row["value"])

    def mark(self, name: str, value: str) -> None:
        """Set a value of the table ``meta``."""
        self.connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (name, value))

    def _flush(self, pending: Rows) -> None:
        for name in FIGURE_TABLES:
            # What was folded came out of the store, so that it can go into it as it is.
            self.connection.executemany(ddl.insert(name), map(itemgetter(*SCHEMA[name].names), pending[name]))
            pending[name].clear()

    def _insert(self, name: str, rows: list[Row]) -> None:
        self.connection.executemany(ddl.insert(name), pack(name, rows))

    def _upsert(self, name: str, rows: list[Row]) -> None:
        self.connection.executemany(ddl.upsert(name), pack(name, rows))


def read_only(path: str | Path) -> sqlite3.Connection:
    """Open a dataset for reading, beside any writer.

    Raises
    ------
    StoreError
        Where there is no such file.
    """
    if not Path(path).is_file():
        raise StoreError(path, "does not exist", "make it with nspcc-extract run INPUT... --out FOLDER")
    connection = sqlite3.connect(f"{Path(path).resolve().as_uri()}?mode=ro", uri=True, timeout=60)
    connection.row_factory = sqlite3.Row
    return connection
