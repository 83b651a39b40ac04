"""Results as Parquet files: written by workers wherever they run, taken up by the one process that writes the store.

A partition has one row an input: its key, the hash of its bytes, what went wrong, and for each table of a release a
list of rows. It is complete or not there, and any number of them may be taken up again: the commit replaces.
"""

from __future__ import annotations

import hashlib
import io
import json
import uuid
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from extract.batch.inputs import Source
from extract.batch.remote import file_system
from extract.batch.work import Failure, Outcome, pipeline_version, tabulated
from extract.errors import StoreError, UsageError
from extract.tabulate.rows import RELEASE_TABLES, storable
from extract.tabulate.schema import SCHEMA, Row

ENDING = ".parquet"
_UNFINISHED = ".part"


def input_key(source: Source, pipeline: str) -> str:
    """Return what says that a result is that of an input as it is now, read by this version of the pipeline."""
    parts = (source.path, source.id, source.facts, source.size, source.modified, pipeline)
    return hashlib.sha256(json.dumps(parts).encode("ascii")).hexdigest()


def write_partition(
    sources: Sequence[Source],
    *,
    folder: str,
    pipeline: str,
    limit: float | None = None,
    root: str = "",
    work: Callable[..., Outcome] = tabulated,
) -> str:
    """Process inputs and write their results as one Parquet file; return its name.

    The name is made from the inputs, so that a piece of work that is handed out twice gives one file.

    Parameters
    ----------
    sources
        The inputs.
    folder
        A folder or an fsspec address that the worker and the driver share.
    pipeline
        The version of the pipeline that the driver has.
    limit, root
        As for `extract.batch.work.tabulated`.

    Raises
    ------
    UsageError
        Where this process has another version of the pipeline.
    """
    if pipeline_version() != pipeline:
        problem = f"has version {pipeline_version()} of the pipeline, the run {pipeline}"
        raise UsageError("worker", problem, "install the same version of nspcc-extract on every worker")
    keys = [input_key(source, pipeline) for source in sources]
    name = hashlib.sha256("".join(keys).encode("ascii")).hexdigest()[:32] + ENDING
    rows = [_row(key, work(source, limit, root)) for key, source in zip(keys, sources, strict=True)]
    _put(folder, name, _parquet(rows))
    return name


def _row(key: str, outcome: Outcome) -> Row:
    row: Row = {"input": key, "sha256": outcome.sha256, "problem": None, "mend": None, "unexpected": None}
    if isinstance(outcome.result, Failure):
        failure = outcome.result
        told = {"problem": failure.problem, "mend": failure.mend, "unexpected": failure.unexpected}
        return row | storable(told) | dict.fromkeys(RELEASE_TABLES)
    return row | {name: [storable(one) for one in outcome.result[name]] for name in RELEASE_TABLES}


def _parquet(rows: list[Row]) -> bytes:
    import pyarrow as pa
    from pyarrow import parquet

    types = {"text": pa.string(), "date": pa.string(), "real": pa.float64()}
    fields = [pa.field(name, pa.string()) for name in ("input", "sha256", "problem", "mend")]
    fields.append(pa.field("unexpected", pa.bool_()))
    for name in RELEASE_TABLES:
        columns = [pa.field(c.name, types.get(c.type, pa.int64())) for c in SCHEMA[name].columns]
        fields.append(pa.field(name, pa.list_(pa.struct(columns))))
    buffer = io.BytesIO()
    parquet.write_table(pa.Table.from_pylist(rows, schema=pa.schema(fields)), buffer, compression="zstd")
    return buffer.getvalue()


def _put(folder: str, name: str, data: bytes) -> None:
    """Write a file under another name first, so that no half of it is ever taken for the whole."""
    system, inside = file_system(folder)
    system.makedirs(inside, exist_ok=True)
    part = f"{inside}/{uuid.uuid4().hex}{_UNFINISHED}"
    system.pipe_file(part, data)
    system.mv(part, f"{inside}/{name}")


def read_partition(folder: str, name: str) -> dict[str, Callable[[Source], Outcome]]:
    """Return the results of a partition: for each input's key what makes an outcome of the input.

    Raises
    ------
    StoreError
        Where the file is not there or cannot be read.
    """
    from pyarrow import ArrowInvalid, parquet

    system, inside = file_system(folder)
    where = f"{folder}/{name}"
    try:
        rows = parquet.read_table(io.BytesIO(system.cat_file(f"{inside}/{name}"))).to_pylist()
    except FileNotFoundError as error:
        mend = "name a folder or address with --partitions that the workers share with this machine"
        raise StoreError(where, "was written by a worker and is not to be seen here", mend) from error
    except ArrowInvalid as error:
        raise StoreError(where, f"is no partition ({error})", "remove it; its inputs are read again") from error
    return {row["input"]: _maker(row) for row in rows}


def _maker(row: Row) -> Callable[[Source], Outcome]:
    def make(source: Source) -> Outcome:
        if row["problem"] is None:
            return Outcome(source, {name: row[name] for name in RELEASE_TABLES}, row["sha256"])
        failure = Failure(source.path, source.id, row["problem"], row["mend"], row["unexpected"])
        return Outcome(source, failure, row["sha256"])

    return make


def partitions(folder: str) -> Iterator[str]:
    """Yield the names of the partitions that stand in a folder, sorted."""
    system, inside = file_system(folder)
    for path in sorted(system.ls(inside, detail=False)) if system.isdir(inside) else ():
        if path.endswith(ENDING):
            yield path.rpartition("/")[2]


def remove(folder: str, name: str) -> None:
    """Remove a partition that is taken up."""
    system, inside = file_system(folder)
    system.rm_file(f"{inside}/{name}")


def tidy(folder: str) -> None:
    """Remove what workers that were killed left half written, and the folder where nothing else is in it."""
    system, inside = file_system(folder)
    if not system.isdir(inside):
        return
    left: list[Any] = system.ls(inside, detail=False)
    for path in left:
        if path.endswith((_UNFINISHED, ENDING)):
            system.rm_file(path)
    if all(path.endswith((_UNFINISHED, ENDING)) for path in left):
        system.rmdir(inside)


__all__ = ["input_key", "partitions", "read_partition", "remove", "tidy", "write_partition"]
