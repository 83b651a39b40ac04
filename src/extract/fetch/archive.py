"""The corpus folder: files named by their content, manifest.csv, fetch-log.csv, and what is hidden beside them.

::

    manifest.csv            one row a release: what `run` and `dataset` read
    fetch-log.csv           one row an attempt
    files/SHA256.html       releases and attachments
    .fetch/older/           versions that a newer one has replaced
    .fetch/pages/           listings and pages that are not kept, for conditional requests
    .fetch/signatures.csv   what near-duplicates are found by

Every file takes its name when it is whole, a row of the log follows what it speaks of, and a file that no row of
the manifest names is put aside: so a crash at any moment leaves a corpus that the next run continues.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from filelock import FileLock, Timeout

from extract.errors import ExtractError
from extract.fetch.judge import ENDINGS
from extract.fetch.ledger import TEMPORARY, Ledger, Row, read_rows, whole, write_rows

MANIFEST = "manifest.csv"
LOG = "fetch-log.csv"
MANIFEST_COLUMNS = (
    *("id", "file", "url", "published", "publisher", "split"),
    *("title", "fetched", "sha256", "reason", "duplicate_of", "attachment_of", "older"),
)
LOG_COLUMNS = (
    *("time", "url", "final_url", "kind", "status", "type", "bytes", "sha256", "etag", "last_modified"),
    *("outcome", "why", "id"),
)
_NAMED = re.compile(r"([0-9a-f]{64})(\.[a-z]+)")


class Archive:
    """A corpus folder that one crawler at a time writes to; used as a context.

    Raises
    ------
    ExtractError
        The folder is in use, cannot be written, or holds a manifest or log that is not valid.
    """

    def __init__(self, folder: Path, *, write: bool = True) -> None:
        self.folder = folder
        self._files, hidden = folder / "files", folder / ".fetch"
        self._pages, self._older = hidden / "pages", hidden / "older"
        self._lock: FileLock | None = None
        if write:
            self._take(hidden)
        columns, self.rows = read_rows(folder / MANIFEST)
        self._columns = [*columns, *(c for c in MANIFEST_COLUMNS if c not in columns)]
        self._log = Ledger(folder / LOG, LOG_COLUMNS)
        self.signatures = Ledger(hidden / "signatures.csv", ("sha256", "hashes", "numbers"))
        self._last: dict[str, Row] = {}
        for row in self._log.rows:
            self._remember(row)
        if write:
            for place in (folder, self._files, self._pages, self._older):
                for left in place.glob(f"{TEMPORARY}*"):
                    left.unlink()
            self.tidy()

    def _take(self, hidden: Path) -> None:
        try:
            hidden.mkdir(parents=True, exist_ok=True)
            lock = FileLock(hidden / "lock")
            lock.acquire(timeout=0)
        except Timeout as error:
            raise ExtractError(self.folder, "is being fetched into by another call", "wait for its end") from error
        except OSError as error:
            problem = f"cannot be written ({error.strerror or error})"
            raise ExtractError(self.folder, problem, "name a folder that may be written") from error
        self._lock = lock

    def __enter__(self) -> Archive:
        """Return the archive itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Let the folder go."""
        if self._lock is not None:
            self.tidy()
            self._lock.release()

    def _remember(self, row: Row) -> None:
        if row["sha256"] and row["outcome"] != "failed":
            self._last[row["final_url"]] = row

    def last(self, url: str) -> Row | None:
        """Return the log's last row of a document that came whole from an address."""
        return self._last.get(url)

    def manifest_row(self, **cells: str) -> Row | None:
        """Return the first row of the manifest that has all these cells."""
        return next((row for row in self.rows if all(row.get(k) == v for k, v in cells.items())), None)

    def body(self, sha256: str) -> bytes | None:
        """Return the document with a hash; None where it is missing or damaged."""
        names = [f"{sha256}{ending}" for ending in ENDINGS.values()]
        places = [self._pages / sha256, *(folder / name for folder in (self._files, self._older) for name in names)]
        for path in places:
            if path.is_file():
                data = path.read_bytes()
                if hashlib.sha256(data).hexdigest() == sha256:
                    return data
        return None

    def put_page(self, body: bytes) -> str:
        """Keep a document that is no release, and return its hash."""
        name = hashlib.sha256(body).hexdigest()
        _put(self._pages / name, body)
        return name

    def put_file(self, body: bytes, ending: str) -> str:
        """Keep a release, and return its path in the corpus. A version that was put aside comes back."""
        name = hashlib.sha256(body).hexdigest() + ending
        aside = self._older / name
        if aside.exists() and not (self._files / name).exists():
            self._files.mkdir(exist_ok=True)
            os.replace(aside, self._files / name)
        _put(self._files / name, body)
        return f"files/{name}"

    def put_older(self, body: bytes, ending: str) -> None:
        """Keep a version that is older than the one that the manifest names."""
        _put(self._older / (hashlib.sha256(body).hexdigest() + ending), body)

    def save(self, row: Row) -> None:
        """Put a row into the manifest, in place of the one with its id, and write it in one step."""
        same = next((n for n, other in enumerate(self.rows) if other["id"] == row["id"]), None)
        if same is None:
            self.rows.append(row)
        else:
            self.rows[same] = {**self.rows[same], **row}
        write_rows(self.folder / MANIFEST, self._columns, self.rows)
        self.tidy(f"{other}*" for other in row.get("older", "").split())

    def log(self, row: Mapping[str, str]) -> None:
        """Write one attempt."""
        self._remember(self._log.append(row))

    def tidy(self, patterns: Iterable[str] = ("*",)) -> None:
        """Put aside every file of a content's name that the manifest does not list."""
        listed = {row["file"] for row in self.rows}
        for pattern in patterns:
            for path in list(self._files.glob(pattern)):
                if _NAMED.fullmatch(path.name) and f"files/{path.name}" not in listed:
                    self._older.mkdir(parents=True, exist_ok=True)
                    os.replace(path, self._older / path.name)


def _put(path: Path, body: bytes) -> None:
    if not (path.exists() and path.read_bytes() == body):  # a damaged copy is mended
        with whole(path) as stream:
            stream.write(body)
