"""CSV files that survive a crash at any moment: rows appended in one write, tables replaced by a rename."""

from __future__ import annotations

import csv
import io
import os
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from extract.errors import ExtractError

Row = dict[str, str]
#: What a half-written file is called until it is whole.
TEMPORARY = ".tmp-"


@contextmanager
def whole(path: Path) -> Iterator[IO[bytes]]:
    """Open a file that takes its name only once it is complete and on the disk."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=TEMPORARY, dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        os.chmod(name, 0o644)
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def read_rows(path: Path) -> tuple[list[str], list[Row]]:
    """Return the columns and rows of a CSV file; nothing where it is missing.

    Raises
    ------
    ExtractError
        It is not UTF-8 or has a row with more cells than columns.
    """
    if not path.exists():
        return [], []
    rows = []
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            reader = csv.DictReader(stream, restval="")
            for row in reader:
                if None in row:
                    problem = "has a row with more cells than columns"
                    raise ExtractError(f"{path}:{reader.line_num}", problem, "mend that row")
                rows.append(dict(row))
            return list(reader.fieldnames or ()), rows
    except (UnicodeDecodeError, csv.Error) as error:
        raise ExtractError(path, f"is no CSV in UTF-8 ({error})", "mend it or move it away") from error


def write_rows(path: Path, columns: Sequence[str], rows: Iterable[Mapping[str, str]]) -> None:
    """Replace a CSV file in one step."""
    with whole(path) as stream:
        stream.write(_text(columns, rows, heading=True))


def _text(columns: Sequence[str], rows: Iterable[Mapping[str, str]], heading: bool = False) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, columns, restval="", lineterminator="\n")
    if heading:
        writer.writeheader()
    # One line a row, so that a torn one can be told by its missing end.
    writer.writerows({name: " ".join(str(cell).split()) for name, cell in row.items()} for row in rows)
    return text.getvalue().encode("utf-8", "replace")


class Ledger:
    """A CSV file that only grows; a last row that a crash tore is dropped when it is opened.

    Parameters
    ----------
    path
        The file.
    columns
        Its columns; a file with fewer is given the missing ones.
    """

    def __init__(self, path: Path, columns: Sequence[str]) -> None:
        self.path = path
        found, self.rows = self._whole_rows()
        self.columns = [*found, *(c for c in columns if c not in found)]
        self._rewrite = self.columns != found or self._torn

    def _whole_rows(self) -> tuple[list[str], list[Row]]:
        data = self.path.read_bytes() if self.path.exists() else b""
        self._torn = bool(data) and not data.endswith(b"\n")
        columns, rows = read_rows(self.path) if b"\n" in data else ([], [])
        return columns, rows[:-1] if self._torn and rows else rows

    def append(self, row: Mapping[str, str]) -> Row:
        """Write one row and return it as it will be read again."""
        if self._rewrite:
            write_rows(self.path, self.columns, self.rows)
            self._rewrite = False
        line = _text(self.columns, [row])
        handle = os.open(self.path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)
        try:
            os.write(handle, line)
        finally:
            os.close(handle)
        kept = {name: " ".join(str(row.get(name, "")).split()) for name in self.columns}
        self.rows.append(kept)
        return kept
