"""What a call names, as a list of files: folders searched through, globs, and what a manifest says of each."""

from __future__ import annotations

import csv
import glob
import io
import json
import os
import posixpath
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import TextIO

from extract.batch.remote import is_url, read_file, search
from extract.errors import UsageError

#: The endings that are looked for in a folder; a file named by itself may have any.
SUFFIXES = frozenset({".html", ".htm", ".xhtml", ".pdf", ".txt", ".json", ".docx", ".eml"})
MANIFEST = "manifest.csv"
#: A file's manifest may stand in its own folder or in one of so many above it.
_LEVELS = 3


@dataclass(frozen=True, slots=True)
class Source:
    """One input file, the id of its release and what the manifest says of it.

    ``modified`` is in nanoseconds; for a file at an address a number that changes with it.
    """

    path: str
    id: str
    url: str | None = None
    published: str | None = None
    publisher: str | None = None
    size: int = -1
    modified: int = -1

    @property
    def facts(self) -> str:
        """What the manifest says, as one text, so that a changed manifest counts as a changed input."""
        return json.dumps([self.url, self.published, self.publisher])


def expand(inputs: Iterable[str]) -> list[Source]:
    """Return the files that inputs name, each once: as they are given, and inside a folder in sorted order.

    Parameters
    ----------
    inputs
        Files, folders (searched through) and globs (``corpus/*.pdf``, ``corpus/**/*.html``), also as addresses of an
        fsspec file system (``s3://bucket/releases``); of those, manifests are found inside the address only.

    Raises
    ------
    UsageError
        An input that names nothing, a manifest that is not valid, two files with one id.
    """
    _manifest.cache_clear()
    sources: dict[str, Source] = {}
    for given in inputs:
        found = _remote(given) if is_url(given) else map(_source, _paths(given))
        for source in found:
            # The real path as text: a file may be reached by two names, and path objects weigh many times as much.
            name = source.path if is_url(source.path) else os.path.realpath(source.path)
            sources.setdefault(name, source)
    by_id: dict[str, Source] = {}
    for source in sources.values():
        other = by_id.setdefault(source.id, source)
        if other is not source:
            problem = f"has the id {source.id}, as {other.path} has"
            raise UsageError(source.path, problem, f"rename one of them or give it an id in {MANIFEST}")
    return list(sources.values())


def _remote(given: str) -> Iterator[Source]:
    files = {found.url: found for found in search(given)}
    listed: dict[str, dict[str, str]] = {}
    for url in [url for url in files if posixpath.basename(url) == MANIFEST]:
        rows = _rows(io.StringIO(read_file(url).decode("utf-8-sig"), newline=""), url)
        listed |= {posixpath.join(posixpath.dirname(url), file): row for file, row in rows.items()}
    wanted = sorted({url for url in files if posixpath.splitext(url)[1].lower() in SUFFIXES} | set(listed))
    # A file named by itself may have any ending.
    wanted = list(files) if len(files) == 1 and not wanted else wanted
    if not wanted:
        raise UsageError(given, "holds no release", f"name a place with files ending in {', '.join(_endings())}")
    for url in wanted:
        found = files.get(url)
        size, modified = (found.size, found.modified) if found else (-1, -1)
        yield _described(url, posixpath.splitext(posixpath.basename(url))[0], listed.get(url), size, modified)


def _paths(given: str) -> Iterator[Path]:
    path = Path(given)
    if path.is_dir():
        found = list(_search(path))
        if not found:
            raise UsageError(given, "holds no release", f"name a folder with files ending in {', '.join(_endings())}")
        yield from found
    elif path.exists():
        yield path
    else:
        matches = [Path(match) for match in sorted(glob.glob(given, recursive=True))]
        if not matches:
            raise UsageError(given, "does not exist", "name a file, a folder or a glob that matches something")
        for match in matches:
            yield from _search(match) if match.is_dir() else (match,)


def _endings() -> list[str]:
    return sorted(SUFFIXES)


def _search(folder: Path) -> Iterator[Path]:
    found = {path for path in folder.rglob("*") if path.suffix.lower() in SUFFIXES and _shown(path, folder)}
    # What a manifest lists and is not there is an input that fails, not one that is passed over.
    for manifest in folder.rglob(MANIFEST):
        found |= {manifest.parent / file for file in _manifest(manifest)}
    yield from sorted(path for path in found if not path.is_dir())


def _shown(path: Path, folder: Path) -> bool:
    return not any(part.startswith(".") for part in path.relative_to(folder).parts)


def _source(path: Path) -> Source:
    row = _listed(path)
    size, modified = -1, -1
    if path.exists():
        status = path.stat()
        size, modified = status.st_size, status.st_mtime_ns
    return _described(str(path), path.stem, row, size, modified)


def _described(path: str, stem: str, row: dict[str, str] | None, size: int, modified: int) -> Source:
    if row is None:
        return Source(path, stem, size=size, modified=modified)
    known = {name: row.get(name) or None for name in ("url", "published", "publisher")}
    return Source(path, row["id"], size=size, modified=modified, **known)


def _listed(path: Path) -> dict[str, str] | None:
    """Return the manifest row of a file, from the nearest manifest that lists it."""
    for folder in list(path.parents)[:_LEVELS]:
        manifest = folder / MANIFEST
        if manifest.is_file():
            row = _manifest(manifest).get(path.relative_to(folder).as_posix())
            if row is not None:
                return row
    return None


@cache
def _manifest(path: Path) -> dict[str, dict[str, str]]:
    """Return the rows of a manifest by file."""
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return _rows(stream, path)


def _rows(stream: TextIO, path: str | Path) -> dict[str, dict[str, str]]:
    reader = csv.DictReader(stream)
    missing = {"id", "file"} - set(reader.fieldnames or ())
    if missing:
        raise UsageError(path, f"lacks the columns {sorted(missing)}", "add them: id, file, url, published")
    rows: dict[str, dict[str, str]] = {}
    for row in reader:
        where = f"{path}:{reader.line_num}"
        if not row["id"] or not row["file"] or row["file"] in rows:
            raise UsageError(where, "lacks an id or file, or repeats a file", "give each file one row and one id")
        _check_date(row.get("published"), where)
        rows[row["file"]] = row
    return rows


def _check_date(value: str | None, where: str) -> None:
    try:
        date.fromisoformat(value or "2000-01-01")
    except ValueError as error:
        problem = f"has {value!r} as the day of publication"
        raise UsageError(where, problem, "write it as 2019-11-05 or leave it empty") from error
