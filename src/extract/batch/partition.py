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
from itertools import accumulate, pairwise
from typing import Any

from extract.batch.inputs import Source
from extract.batch.remote import file_system
from extract.batch.work import Failure, Outcome, pipeline_version, tabulated
from extract.errors import StoreError, UsageError
from extract.tabulate.rows import RELEASE_TABLES
from extract.tabulate.schema import SCHEMA, Packed

ENDING = ".parquet"
_UNFINISHED = ".part"


def input_key(source: Source, pipeline: str) -> str:
    """Return what says that a result is that of an input as it is now, read by this version of the pipeline."""
    parts = (source.path, source.id, source.facts, source.size, source.modified, source.ocr, pipeline)
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
    _put(folder, name, _parquet(keys, [work(source, limit, root) for source in sources]))
    return name


#: What a partition says of an input, beside its tables.
_TOLD = ("input", "sha256", "problem", "mend", "unexpected")


def _parquet(keys: Sequence[str], outcomes: Sequence[Outcome]) -> bytes:
    # Column by column on both sides: rows as mappings would cost more time than all else that is done with them.
    import pyarrow as pa
    from pyarrow import parquet

    told = [(key, outcome.sha256, *_failure(outcome)) for key, outcome in zip(keys, outcomes, strict=True)]
    types = (*[pa.string()] * 4, pa.bool_())
    arrays = [pa.array(values, kind) for values, kind in zip(_columns(told, len(_TOLD)), types, strict=True)]
    for name in RELEASE_TABLES:
        lists = [[] if isinstance(o.result, Failure) else o.result[name] for o in outcomes]
        arrays.append(_nested(name, lists))
    buffer = io.BytesIO()
    table = pa.Table.from_arrays(arrays, names=[*_TOLD, *RELEASE_TABLES])
    parquet.write_table(table, buffer, compression="zstd", use_dictionary=False, write_statistics=False)
    return buffer.getvalue()


def _failure(outcome: Outcome) -> tuple[str | None, str | None, bool | None]:
    if not isinstance(outcome.result, Failure):
        return None, None, None
    problem, mend = (text.encode("utf-8", "replace").decode() for text in (outcome.result.problem, outcome.result.mend))
    return problem, mend, outcome.result.unexpected


def _columns(rows: Sequence[tuple[Any, ...]], width: int) -> Sequence[Sequence[Any]]:
    """Return rows, which may be none, as columns."""
    return list(zip(*rows, strict=True)) if rows else [()] * width


def _nested(name: str, lists: Sequence[list[tuple[Any, ...]]]) -> Any:
    """Return the rows of a table, a list of them for each input, as one column."""
    import pyarrow as pa

    types = {"text": pa.string(), "date": pa.string(), "real": pa.float64()}
    fields = [pa.field(c.name, types.get(c.type, pa.int64())) for c in SCHEMA[name].columns]
    rows = [row for some in lists for row in some]
    columns = [pa.array(values, f.type) for values, f in zip(_columns(rows, len(fields)), fields, strict=True)]
    offsets = pa.array([0, *accumulate(map(len, lists))], pa.int32())
    return pa.ListArray.from_arrays(offsets, pa.StructArray.from_arrays(columns, fields=fields))


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
        # Of files this small all that read_table prepares for costs more than the reading.
        table = parquet.ParquetFile(io.BytesIO(system.cat_file(f"{inside}/{name}"))).read(use_threads=False)
    except FileNotFoundError as error:
        mend = "name a folder or address with --partitions that the workers share with this machine"
        raise StoreError(where, "was written by a worker and is not to be seen here", mend) from error
    except ArrowInvalid as error:
        raise StoreError(where, f"is no partition ({error})", "remove it; its inputs are read again") from error
    told = zip(*(table[column].to_pylist() for column in _TOLD), strict=True)
    tables = zip(*(_lists(table[one]) for one in RELEASE_TABLES), strict=True)
    return {
        key: _maker(sha256, failure, dict(zip(RELEASE_TABLES, lists, strict=True)))
        for (key, sha256, *failure), lists in zip(told, tables, strict=True)
    }


def _lists(column: Any) -> list[list[tuple[Any, ...]]]:
    """Return the rows in a column, a list of them for each input: the inverse of `_nested`."""
    lengths = column.combine_chunks().value_lengths().to_pylist()
    rows = list(zip(*(values.to_pylist() for values in column.combine_chunks().flatten().flatten()), strict=True))
    return [rows[start:end] for start, end in pairwise([0, *accumulate(lengths)])]


def _maker(sha256: str | None, told: Sequence[Any], rows: Packed) -> Callable[[Source], Outcome]:
    problem, mend, unexpected = told

    def make(source: Source) -> Outcome:
        if problem is None:
            return Outcome(source, rows, sha256)
        return Outcome(source, Failure(source.path, source.id, problem, mend, unexpected), sha256)

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
