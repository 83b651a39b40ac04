"""What SQLite says when the disk, another program or a permission stands in the way, in words with a mend."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from extract.errors import StoreError

_AGAIN = "run the same call again: it goes on from there"
#: Of SQLite's primary codes those that are no fault of the program's: the problem, and the mend.
_TROUBLE = {
    sqlite3.SQLITE_FULL: ("finds no more room on its disk", f"make room, and {_AGAIN}"),
    sqlite3.SQLITE_BUSY: ("is being written by another program", f"wait until that has ended, and {_AGAIN}"),
    sqlite3.SQLITE_LOCKED: ("is being written by another program", f"wait until that has ended, and {_AGAIN}"),
    sqlite3.SQLITE_READONLY: ("may not be written", "check the permissions of the file and its folder"),
    sqlite3.SQLITE_CANTOPEN: ("cannot be opened", "check that its folder exists and can be written"),
    sqlite3.SQLITE_IOERR: ("cannot be read or written", f"check its disk, and {_AGAIN}"),
    sqlite3.SQLITE_CORRUPT: ("is damaged", "put a copy of it in its place, or name another file"),
}


def trouble(path: Path, error: sqlite3.Error) -> StoreError | None:
    """Return what stands in the way of a database, None where the error is of another kind."""
    found = _TROUBLE.get(getattr(error, "sqlite_errorcode", 0) & 0xFF)  # the extended codes keep the primary one there
    return StoreError(path, f"{found[0]} ({error})", found[1]) if found is not None else None
