"""What a worker does with one input: read, annotate, relate. Importable, so that any executor can send it.

Inputs are paths and outputs plain records; the pipeline is made once in each process, by the modules it lives in.
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import TypeVar

from extract import __version__
from extract.batch.inputs import Source
from extract.batch.limit import time_limit
from extract.batch.remote import read_file
from extract.errors import ExtractError
from extract.records import Annotated
from extract.tabulate.rows import packed, release_rows
from extract.tabulate.schema import Packed

#: What decides about the output, beside the input: a change in any of these is a new version of the pipeline.
_PIPELINE = ("read", "lexicon", "annotate", "relate", "tabulate", "records.py")
BUG = "report this as a bug with the file"
Made = TypeVar("Made")


@dataclass(frozen=True, slots=True)
class Failure:
    """An input that gave nothing: what is wrong and what can be done; ``unexpected`` where the program is at fault."""

    source: str
    release_id: str
    problem: str
    mend: str
    unexpected: bool = False

    def __str__(self) -> str:
        """Return the failure in one line."""
        head = "unexpected error, " if self.unexpected else ""
        return f"{self.source}: {head}{self.problem}; {self.mend}"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an input: the rows of its release, or a failure; and the hash of the bytes that were read."""

    source: Source
    result: Packed | Failure
    sha256: str | None = None


def process(source: Source, limit: float | None = None) -> Annotated | Failure:
    """Read, annotate and relate one input.

    Parameters
    ----------
    source
        The input.
    limit
        Seconds after which it is given up; None for no limit.

    Returns
    -------
    Annotated or Failure
        A failure never stops the batch: it is named, and one that the program did not foresee says so.
    """
    return _guarded(source, lambda: _pipeline()(source, read_file(source.path)), limit)


def tabulated(source: Source, limit: float | None = None, root: str = "") -> Outcome:
    """Do as `process` does, and make the rows of the release as well: what the store takes.

    Parameters
    ----------
    source, limit
        As for `process`.
    root
        The folder that a relative path is meant from, where that is not the one that this process runs in.
    """
    sha256 = None

    def make() -> Packed:
        nonlocal sha256
        data = read_file(source.path, root)
        sha256 = hashlib.sha256(data).hexdigest()
        return packed(release_rows(_pipeline()(source, data)))

    result = _guarded(source, make, limit)
    return Outcome(source, result, sha256)


def tabulated_group(sources: Sequence[Source], limit: float | None = None) -> list[Outcome]:
    """Do as `tabulated` does, with several inputs."""
    return [tabulated(source, limit) for source in sources]


#: One document at a time in each process: spaCy's vocabulary is not made for several threads.
_ONE = threading.Lock()


def _guarded(source: Source, make: Callable[[], Made], limit: float | None) -> Made | Failure:
    """Return what is made of an input, or why nothing is."""
    # A pipeline that cannot be loaded, or Tesseract that is not there, is no fault of the input, and ends the run.
    with _ONE:
        _pipeline()
        if source.ocr:
            _require_ocr()
        try:
            with time_limit(source.path, limit):
                return make()
        except ExtractError as error:
            return Failure(source.path, source.id, error.problem, error.mend)
        except (MemoryError, RecursionError) as error:
            problem = f"is too large or too deeply nested ({type(error).__name__})"
            return Failure(source.path, source.id, problem, "split it or simplify it")
        except Exception as error:
            # One bad document must not end a run over thousands: it is named, and said to be the program's fault.
            return Failure(source.path, source.id, _fault(error), BUG, unexpected=True)


def died(source: Source) -> Failure:
    """Return the failure of an input that ended the process that worked on it."""
    return Failure(source.path, source.id, "ended the process that read it", BUG, unexpected=True)


def _fault(error: BaseException) -> str:
    """Return an unforeseen error in one line: its first cause, and the line of code that raised it."""
    while error.__cause__ is not None:
        error = error.__cause__
    last = error.__traceback__
    while last is not None and last.tb_next is not None:
        last = last.tb_next
    place = f"{last.tb_frame.f_globals.get('__name__')}:{last.tb_lineno}" if last else "unknown place"
    return f"{type(error).__name__} in {place}: {' '.join(str(error).split())}"


@cache
def _pipeline() -> Callable[[Source, bytes], Annotated]:
    """Return what makes an annotated release of an input's bytes; loaded once in each process that is given one."""
    # Not loaded with this module: a run that skips every input starts without.
    from extract import read
    from extract.annotate import find_mentions
    from extract.relate import relate

    def annotate(source: Source, data: bytes) -> Annotated:
        found = read.read_bytes(data, source.path, ocr=source.ocr)
        release = replace(
            found,
            id=source.id,
            source=source.path,
            url=source.url or found.url,
            published=source.published or found.published,
            publisher=source.publisher or found.publisher,
        )
        mentions = find_mentions(release)
        return Annotated(release, tuple(mentions), tuple(relate(release, mentions)))

    return annotate


def _require_ocr() -> None:
    from extract.read.ocr import require

    require()


@cache
def pipeline_version() -> str:
    """Return the package's version and a hash of the code and rules that decide about the output."""
    digest = hashlib.sha256()
    for name in _PIPELINE:
        for path, item in sorted(_files(files("extract") / name, name)):
            digest.update(f"{path}\0".encode() + item.read_bytes())
    return f"{__version__}+{digest.hexdigest()[:12]}"


def _files(item: Traversable, path: str) -> Iterator[tuple[str, Traversable]]:
    if item.is_file():
        if not path.endswith((".pyc", ".pyo")):
            yield path, item
        return
    for child in item.iterdir():
        if child.name != "__pycache__":
            yield from _files(child, f"{path}/{child.name}")
