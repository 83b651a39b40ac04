"""What a call names, as a list of files: folders searched through, globs, and what a manifest says of each."""

from __future__ import annotations

import csv
import glob
import io
import json
import os
import posixpath
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TextIO

from extract.batch.remote import is_url, read_file, search
from extract.errors import UsageError

#: The endings that are looked for in a folder; a file named by itself may have any.
SUFFIXES = frozenset({".html", ".htm", ".xhtml", ".pdf", ".txt", ".json", ".docx", ".eml"})
MANIFEST = "manifest.csv"
#: A file's manifest may stand in its own folder or in one of so many above it.
_LEVELS = 3
#: What a manifest says of a file: id, url, published, publisher.
Row = tuple[str, str | None, str | None, str | None]


@dataclass(frozen=True, slots=True)
class Source:
    """One input file, the id of its release and what the manifest says of it.

    ``modified`` is in nanoseconds; for a file at an address a number that changes with it. ``ocr`` says whether pages
    that are images are recognised.
    """

    path: str
    id: str
    url: str | None = None
    published: str | None = None
    publisher: str | None = None
    size: int = -1
    modified: int = -1
    ocr: bool = False

    @property
    def facts(self) -> str:
        """What the manifest says, as one text, so that a changed manifest counts as a changed input."""
        return json.dumps([self.url, self.published, self.publisher])


def expand(inputs: Iterable[str], *, ocr: bool = False) -> list[Source]:
    """Return the files that inputs name, each once: as they are given, and inside a folder in sorted order.

    Parameters
    ----------
    inputs
        Files, folders (searched through) and globs (``corpus/*.pdf``, ``corpus/**/*.html``), also as addresses of an
        fsspec file system (``s3://bucket/releases``); of those, manifests are found inside the address only.
    ocr
        Whether pages that are images are to be recognised.

    Raises
    ------
    UsageError
        An input that names nothing, a manifest that is not valid, two files with one id.
    """
    try:
        found = _distinct(source for given in inputs for source in _named(given))
        return [replace(source, ocr=True) for source in found] if ocr else found
    finally:
        _manifest.cache_clear()
        _above.cache_clear()


def drained(sources: list[Source]) -> Iterator[Source]:
    """Yield what is in a list, in its order, and take it out: tens of thousands are not held until the last is done."""
    sources.reverse()
    while sources:
        yield sources.pop()


def _named(given: str) -> Iterator[Source]:
    return _remote(given) if is_url(given) else map(_source, _paths(given))


def _distinct(found: Iterable[Source]) -> list[Source]:
    """Return each file once, and no two with one id."""
    sources: dict[str, Source] = {}
    for source in found:
        sources.setdefault(_real(source.path), source)
    by_id: dict[str, Source] = {}
    for source in sources.values():
        other = by_id.setdefault(source.id, source)
        if other is not source:
            problem = f"has the id {source.id}, as {other.path} has"
            raise UsageError(source.path, problem, f"rename one of them or give it an id in {MANIFEST}")
    return list(sources.values())


def _real(path: str) -> str:
    """Return the one name of a file that may be reached by several."""
    # Each folder is looked up once, and only links beside: a batch may have tens of thousands of files.
    if is_url(path):
        return path
    folder, name = os.path.split(path)
    return os.path.realpath(path) if os.path.islink(path) else os.path.join(_real_folder(folder), name)


@lru_cache(maxsize=64)
def _real_folder(folder: str) -> str:
    return os.path.realpath(folder)


def _remote(given: str) -> Iterator[Source]:
    files = {found.url: found for found in search(given)}
    listed: dict[str, Row] = {}
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


def _paths(given: str) -> Iterator[str]:
    path = Path(given)
    if path.is_dir():
        found = _search(str(path))
        if not found:
            raise UsageError(given, "holds no release", f"name a folder with files ending in {', '.join(_endings())}")
        yield from found
    elif path.exists():
        yield str(path)
    else:
        matches = [Path(match) for match in sorted(glob.glob(given, recursive=True))]
        if not matches:
            raise UsageError(given, "does not exist", "name a file, a folder or a glob that matches something")
        for match in matches:
            yield from _search(str(match)) if match.is_dir() else (str(match),)


def _endings() -> list[str]:
    return sorted(SUFFIXES)


def _search(folder: str) -> list[str]:
    found, listed = [], set()
    for path in _walk("" if folder == "." else folder):
        if os.path.splitext(path)[1].lower() in SUFFIXES:
            found.append(path)
        elif os.path.basename(path) == MANIFEST:
            listed |= {os.path.join(os.path.dirname(path), file) for file in _manifest(path)}
    # What a manifest lists and is not there is an input that fails, not one that is passed over.
    more = [path for path in listed.difference(found) if not os.path.isdir(path)]
    return sorted([*found, *more], key=lambda path: path.split(os.sep)) if more else found


def _walk(folder: str) -> Iterator[str]:
    """Yield the files below a folder, sorted, but for hidden ones and those in hidden folders."""
    with os.scandir(folder or ".") as entries:
        here = sorted((entry.name, entry.is_dir(follow_symlinks=False)) for entry in entries)
    for name, is_folder in here:
        if not name.startswith("."):
            path = os.path.join(folder, name)
            yield from _walk(path) if is_folder else (path,)


def _source(path: str) -> Source:
    size, modified = -1, -1
    with suppress(FileNotFoundError, NotADirectoryError):
        status = os.stat(path)
        size, modified = status.st_size, status.st_mtime_ns
    stem = os.path.splitext(os.path.basename(path))[0]
    return _described(path, stem, _listed(path), size, modified)


def _described(path: str, stem: str, row: Row | None, size: int, modified: int) -> Source:
    return Source(path, *(row or (stem, None, None, None)), size=size, modified=modified)


def _listed(path: str) -> Row | None:
    """Return the manifest row of a file, from the nearest manifest that lists it."""
    folder, name = os.path.split(path)
    return next((rows[inside + name] for inside, rows in _above(folder) if inside + name in rows), None)


@lru_cache(maxsize=64)
def _above(folder: str) -> list[tuple[str, dict[str, Row]]]:
    """Return the manifests of a folder and of those above it, each with the way from there into the folder."""
    place = Path(folder)
    places = [place, *place.parents][:_LEVELS]
    ways = [(p, "" if p == place else f"{place.relative_to(p).as_posix()}/") for p in places]
    return [(way, _manifest(str(p / MANIFEST))) for p, way in ways if (p / MANIFEST).is_file()]


@lru_cache(maxsize=16)
def _manifest(path: str) -> dict[str, Row]:
    """Return the rows of a manifest by file."""
    with open(path, encoding="utf-8-sig", newline="") as stream:
        return _rows(stream, path)


def _rows(stream: TextIO, path: str) -> dict[str, Row]:
    reader = csv.DictReader(stream)
    missing = {"id", "file"} - set(reader.fieldnames or ())
    if missing:
        raise UsageError(path, f"lacks the columns {sorted(missing)}", "add them: id, file, url, published")
    rows: dict[str, Row] = {}
    for row in reader:
        where = f"{path}:{reader.line_num}"
        if not row["id"] or not row["file"] or row["file"] in rows:
            raise UsageError(where, "lacks an id or file, or repeats a file", "give each file one row and one id")
        _check_date(row.get("published"), where)
        url, published, publisher = (row.get(name) or None for name in ("url", "published", "publisher"))
        rows[row["file"]] = (row["id"], url, published, publisher)
    return rows


def _check_date(value: str | None, where: str) -> None:
    try:
        date.fromisoformat(value or "2000-01-01")
    except ValueError as error:
        problem = f"has {value!r} as the day of publication"
        raise UsageError(where, problem, "write it as 2019-11-05 or leave it empty") from error
