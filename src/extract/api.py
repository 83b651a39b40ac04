"""What ``extract.extract`` and ``extract.annotated`` do; `extract` loads this module when it is first needed."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from concurrent.futures import Executor
from dataclasses import asdict
from typing import Literal

import pandas as pd

from extract.batch import Failure, expand, process_all
from extract.errors import ReadError, UsageError
from extract.records import Annotated
from extract.tabulate import SCHEMA, tables
from extract.tabulate.frames import frame

Path = str | os.PathLike[str]


def tables_of(
    paths: Path | Iterable[Path],
    *,
    workers: int,
    executor: Executor | None,
    limit: float | None,
    ocr: bool,
    failures: Literal["raise", "keep"],
) -> dict[str, pd.DataFrame]:
    """Return the tables of releases; see `extract.extract`."""
    if failures not in ("raise", "keep"):
        raise UsageError(None, f"failures={failures!r} means nothing", 'give "raise" or "keep"')
    kept: list[Failure] = []
    found = _results(paths, workers, executor, limit, ocr)
    made = tables(_good(found, kept if failures == "keep" else None))
    return made | {"failures": frame(SCHEMA["failures"], [asdict(failure) for failure in kept])}


def annotated(
    paths: Path | Iterable[Path], *, workers: int, executor: Executor | None, limit: float | None, ocr: bool
) -> Iterator[Annotated]:
    """Yield annotated releases; see `extract.annotated`."""
    return _good(_results(paths, workers, executor, limit, ocr), None)


def _results(
    paths: Path | Iterable[Path], workers: int, executor: Executor | None, limit: float | None, ocr: bool
) -> Iterator[Annotated | Failure]:
    given = [paths] if isinstance(paths, str | os.PathLike) else list(paths)
    # Paths are looked up at once, so that a wrong one is told before anything is read.
    sources = expand([os.fspath(path) for path in given], ocr=ocr)
    return (result for _, result in process_all(sources, executor, workers=workers, limit=limit))


def _good(results: Iterator[Annotated | Failure], kept: list[Failure] | None) -> Iterator[Annotated]:
    """Yield what was read; a failure is kept where a list is given, else raised."""
    for result in results:
        if isinstance(result, Annotated):
            yield result
        elif kept is None:
            raise ReadError(result.source, result.problem, result.mend)
        else:
            kept.append(result)
