"""nspcc-extract: press releases of the NSPCC as a longitudinal dataset with its evidence.

``extract.read(path)`` reads one document; ``extract.extract(paths)`` gives the tables of many as pandas frames;
``extract.annotated(paths)`` yields each release with its mentions and observations. Importing loads nothing heavy.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib import import_module
from os import PathLike
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from concurrent.futures import Executor

    import pandas as pd

    from extract.records import Annotated

__version__ = "0.1.0"
__all__ = ["annotated", "extract", "read"]

_Paths = str | PathLike[str] | Iterable[str | PathLike[str]]


def extract(
    paths: _Paths,
    *,
    workers: int = 1,
    executor: Executor | None = None,
    limit: float | None = 600.0,
    ocr: bool = False,
    failures: Literal["raise", "keep"] = "raise",
) -> dict[str, pd.DataFrame]:
    """Return the tables of releases: what each says, restatements folded, what each force recorded in each year.

    Parameters
    ----------
    paths
        A file, folder (searched through) or glob, or several of them.
    workers
        Processes that work side by side.
    executor
        Any ``concurrent.futures.Executor`` to work in instead: that of a Dask client, for one.
    limit
        Seconds that one input may take; None for no limit.
    ocr
        Whether pages of a PDF that are images are recognised by Tesseract (extra ``ocr``); `pages_recognised` in
        `releases` lists them.
    failures
        Whether an input that cannot be read raises, or is kept in the table ``failures`` while the rest is done.

    Returns
    -------
    dict
        Frames by name, their columns and types as in ``docs/schema.md``: `releases`, `mentions`, `observations`,
        `figures`, `force_year` and the others, with `failures`.

    Raises
    ------
    extract.errors.UsageError
        Where ``paths`` name nothing, or two files of one id.
    extract.errors.ReadError
        Where an input cannot be read, unless ``failures`` is ``keep``.
    """
    made: dict[str, pd.DataFrame] = _api().tables_of(
        paths, workers=workers, executor=executor, limit=limit, ocr=ocr, failures=failures
    )
    return made


def annotated(
    paths: _Paths,
    *,
    workers: int = 1,
    executor: Executor | None = None,
    limit: float | None = 600.0,
    ocr: bool = False,
) -> Iterator[Annotated]:
    """Yield each release with its mentions and observations, in the order of the inputs, one at a time.

    Parameters and errors are those of `extract`; an input that cannot be read raises.
    """
    made: Iterator[Annotated] = _api().annotated(paths, workers=workers, executor=executor, limit=limit, ocr=ocr)
    return made


def _api() -> Any:
    # By name: an import statement would make everything below depend on everything above.
    return import_module("extract.api")


def __getattr__(name: str) -> Any:
    """Load the package `extract.read`, which can be called, when it is first asked for."""
    if name == "read":
        return import_module("extract.read")
    raise AttributeError(f"module 'extract' has no attribute {name!r}")
