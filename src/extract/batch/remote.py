"""Files at addresses (``s3://bucket/releases``): listed and read through fsspec; local paths without it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from extract.errors import ReadError, UsageError

#: What file systems call the things that change with a file.
_VERSION = ("mtime", "LastModified", "ETag", "md5", "updated", "created")
_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]+://", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Found:
    """A file at an address; ``modified`` is whatever its file system says of its version, as a number."""

    url: str
    size: int
    modified: int


def is_url(path: str) -> bool:
    """Return whether a path is the address of a file system.

    Examples
    --------
    >>> is_url("s3://bucket/releases"), is_url("corpus/a.html"), is_url("C:/corpus")
    (True, False, False)
    """
    return _ADDRESS.match(path) is not None


def file_system(url: str) -> tuple[Any, str]:
    """Return the fsspec file system of an address and the path in it.

    Raises
    ------
    UsageError
        Where fsspec, or what it needs for that kind of address, is not installed.
    """
    if find_spec("fsspec") is None:
        raise UsageError(url, "needs fsspec, which is not installed", "pip install 'nspcc-extract[cluster]'")
    import fsspec

    try:
        system, path = fsspec.core.url_to_fs(url)
    except (ImportError, ValueError) as error:
        raise UsageError(url, f"cannot be opened ({error})", "install what fsspec needs for it") from error
    return system, path


def read_file(path: str, root: str = "") -> bytes:
    """Return the bytes of a local path (below ``root`` where it is relative) or of an address.

    Raises
    ------
    ReadError
        Where it cannot be opened.
    """
    try:
        if not is_url(path):
            return Path(root, path).read_bytes()
        system, inside = file_system(path)
        data: bytes = system.cat_file(inside)
    except OSError as error:
        problem = f"cannot be opened ({error.strerror or error})"
        raise ReadError(path, problem, "check that it exists and may be read") from error
    return data


def search(url: str) -> Iterator[Found]:
    """Yield the files that an address names, sorted: itself, what is in the folder, or what the glob matches."""
    system, inside = file_system(url)
    if "*" in inside:
        found = system.glob(inside, detail=True)
    elif system.isdir(inside):
        found = system.find(inside, detail=True)
    else:
        found = {inside: system.info(inside)} if system.exists(inside) else {}
    for path, facts in sorted(found.items()):
        if facts["type"] == "file":
            yield Found(system.unstrip_protocol(path), facts["size"] or 0, _version(facts))


def _version(facts: dict[str, Any]) -> int:
    """Return a number that changes with the file, of what its file system happens to say of it."""
    said = [str(facts[name]) for name in _VERSION if facts.get(name)]
    return int.from_bytes(hashlib.sha256("\0".join(said).encode()).digest()[:7]) if said else 0
