"""What a worker does with one input: read, annotate, relate. Importable, so that any executor can send it.

Inputs are paths and outputs plain records; the pipeline is made once in each process, by the modules it lives in.
"""

from __future__ import annotations

import hashlib
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from types import FrameType

from extract import __version__
from extract.batch.inputs import Source
from extract.errors import ExtractError, ReadError
from extract.records import Annotated

#: What decides about the output, beside the input: a change in any of these is a new version of the pipeline.
_PIPELINE = ("read", "lexicon", "annotate", "relate", "tabulate", "records.py")
BUG = "report this as a bug with the file"


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


def process(source: Source, limit: float | None = None) -> Annotated | Failure:
    """Read, annotate and relate one input.

    Parameters
    ----------
    source
        The input.
    limit
        Seconds after which it is given up; None for no limit. Holds in the main thread of a process only.

    Returns
    -------
    Annotated or Failure
        A failure never stops the batch: it is named, and one that the program did not foresee says so.
    """
    # A pipeline that cannot be loaded is no fault of the input, and ends the run.
    annotate = _pipeline()
    try:
        with _time_limit(source, limit):
            return annotate(source)
    except ExtractError as error:
        return Failure(source.path, source.id, error.problem, error.mend)
    except (MemoryError, RecursionError) as error:
        problem = f"is too large or too deeply nested ({type(error).__name__})"
        return Failure(source.path, source.id, problem, "split it or simplify it")
    except Exception as error:
        # One bad document must not end a run over thousands: it is named, and said to be the program's fault.
        return Failure(source.path, source.id, _fault(error), BUG, unexpected=True)


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
def _pipeline() -> Callable[[Source], Annotated]:
    """Return what makes an annotated release of an input; loaded once in each process that is given one."""
    # Not loaded with this module: a run that skips every input starts without.
    from extract import read
    from extract.annotate import find_mentions
    from extract.relate import relate

    def annotate(source: Source) -> Annotated:
        found = read.read_file(Path(source.path))
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


@contextmanager
def _time_limit(source: Source, limit: float | None) -> Iterator[None]:
    if limit is None or not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return

    def give_up(number: int, frame: FrameType | None) -> None:
        raise ReadError(source.path, f"took longer than {limit:g} s", "raise --limit or leave it out")

    before = signal.signal(signal.SIGALRM, give_up)
    signal.setitimer(signal.ITIMER_REAL, limit)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


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
