"""Runs the work over inputs by any executor, in order, a few at a time, and streams the results to the store."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from functools import partial

from extract.batch.inputs import Source
from extract.batch.pool import AHEAD, Given, Lost, each
from extract.batch.remote import read_file
from extract.batch.staged import Staged
from extract.batch.work import Failure, Outcome, died, pipeline_version, process, tabulated
from extract.errors import ReadError
from extract.records import Annotated
from extract.store import Store
from extract.tabulate.schema import Row

Result = tuple[Source, Annotated | Failure]
#: Seconds that one input may take.
LIMIT = 600.0
#: Releases that are written in one transaction, and the seconds after which fewer are.
_TOGETHER, _WAITING = 32, 0.5


@dataclass(slots=True)
class Summary:
    """What a run did."""

    inputs: int = 0
    skipped: int = 0
    done: int = 0
    mentions: int = 0
    observations: int = 0
    failures: list[Failure] = field(default_factory=list)


def process_all(
    sources: Iterable[Source],
    executor: Executor | Given | None = None,
    *,
    workers: int = 1,
    limit: float | None = LIMIT,
    ahead: int | None = None,
) -> Iterator[Result]:
    """Yield each input with its result, in the order of the inputs.

    Parameters
    ----------
    sources
        The inputs.
    executor
        Any ``concurrent.futures.Executor``; `process` and plain records are all that it has to send.
    workers
        Without an executor: 1 works here, more in so many processes of their own. A process that dies takes nothing
        with it but the input that killed it.
    limit
        Seconds that one input may take.
    ahead
        How many inputs an executor may hold; by default `AHEAD` for each worker.
    """
    work = partial(process, limit=limit)
    for source, result in each(work, sources, _given(executor, workers, ahead), workers=workers, ahead=ahead):
        yield source, died(source) if isinstance(result, Lost) else result


def _given(executor: Executor | Given | None, workers: int, ahead: int | None) -> Given | None:
    return Given(executor, ahead or AHEAD * workers) if isinstance(executor, Executor) else executor


def run(
    sources: Sequence[Source],
    store: Store,
    executor: Executor | Given | None = None,
    *,
    workers: int = 1,
    limit: float | None = LIMIT,
    verify: bool = False,
    partitions: str | None = None,
    progress: Callable[[Source, Failure | None], None] | None = None,
) -> Summary:
    """Process what is new or changed, write the releases a few at a time, and fold the figures.

    A run that is cut off at any moment loses at most the releases under way and the few that wait to be written: the
    next one goes on from there.

    Parameters
    ----------
    sources, executor, workers, limit
        As for `process_all`; `extract.batch.cluster.connected` gives the executor of a Dask cluster.
    store
        Where the rows go.
    verify
        Compare the hash of each file with that of its last reading, rather than its size and time.
    partitions
        A folder or fsspec address into which the workers write their results as Parquet, to be taken up from there;
        without one, results come back through the executor.
    progress
        Called with each input, and with its failure where it is one.
    """
    pipeline = pipeline_version()
    summary = Summary(inputs=len(sources))
    todo = []
    for source in sources:
        if not _unchanged(source, store.input(source.path), pipeline, verify):
            todo.append(source)
        elif progress:
            progress(source, None)
    summary.skipped = len(sources) - len(todo)
    number = store.start_run(_now(), pipeline, summary.inputs, summary.skipped)
    if partitions is None:
        outcomes = _outcomes(todo, executor, workers, limit)
    else:
        staged = Staged(partitions, pipeline, limit)
        outcomes = staged.outcomes(todo, _given(executor, workers, None), workers)
    for group in _grouped(outcomes):
        with store.transaction():
            for outcome in group:
                _commit(store, outcome, pipeline, summary)
        if progress:
            for outcome in group:
                progress(outcome.source, outcome.result if isinstance(outcome.result, Failure) else None)
    store.refresh()
    store.finish_run(number, _now(), summary.done, len(summary.failures))
    return summary


def _outcomes(
    sources: Iterable[Source], executor: Executor | Given | None, workers: int, limit: float | None
) -> Iterator[Outcome]:
    work = partial(tabulated, limit=limit)
    for source, result in each(work, sources, _given(executor, workers, None), workers=workers):
        yield Outcome(source, died(source)) if isinstance(result, Lost) else result


def _grouped(outcomes: Iterable[Outcome]) -> Iterator[list[Outcome]]:
    """Yield outcomes in groups to be written together: a page that several touch is written once."""
    group: list[Outcome] = []
    begun = time.monotonic()
    for outcome in outcomes:
        group.append(outcome)
        # Where releases come slowly, each is written as it comes.
        if len(group) >= _TOGETHER or time.monotonic() - begun > _WAITING:
            yield group
            group, begun = [], time.monotonic()
    if group:
        yield group


def _commit(store: Store, outcome: Outcome, pipeline: str, summary: Summary) -> None:
    """Write one outcome in place of any earlier one of the same input: the only step that fills the store."""
    if isinstance(outcome.result, Failure):
        store.fail({**asdict(outcome.result), "unexpected": int(outcome.result.unexpected)})
        summary.failures.append(outcome.result)
        return
    store.write(outcome.result, pipeline, _input_row(outcome, pipeline))
    summary.done += 1
    summary.mentions += len(outcome.result["mentions"])
    summary.observations += len(outcome.result["observations"])


def _unchanged(source: Source, row: Row | None, pipeline: str, verify: bool) -> bool:
    if row is None or (row["release_id"], row["facts"], row["pipeline"]) != (source.id, source.facts, pipeline):
        return False
    if verify:
        return bool(row["sha256"] == _sha256(source.path))
    return (row["size"], row["modified"]) == (source.size, source.modified)


def _input_row(outcome: Outcome, pipeline: str) -> Row:
    source = outcome.source
    return {
        "source": source.path,
        "release_id": source.id,
        "size": source.size,
        "modified": source.modified,
        "sha256": outcome.sha256,
        "facts": source.facts,
        "pipeline": pipeline,
    }


def _sha256(path: str) -> str | None:
    try:
        return hashlib.sha256(read_file(path)).hexdigest()
    except ReadError:
        # What cannot be read now is no unchanged input: the reading names what is wrong with it.
        return None


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
