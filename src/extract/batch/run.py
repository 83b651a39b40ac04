"""Runs the work over inputs by any executor, in order, a few at a time, and streams the results to the store."""

from __future__ import annotations

import hashlib
import multiprocessing
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

from extract.batch.inputs import Source
from extract.batch.work import BUG, Failure, pipeline_version, process
from extract.records import Annotated
from extract.store import Store
from extract.tabulate.rows import release_rows
from extract.tabulate.schema import Row

Result = tuple[Source, Annotated | Failure]
#: How many inputs are under way or done and waiting, for each worker; more than this is never held.
AHEAD = 8
#: Seconds that one input may take.
LIMIT = 600.0


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
    executor: Executor | None = None,
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
    if executor is not None:
        yield from _ahead(iter(sources), executor, ahead or AHEAD * workers, limit, deque())
    elif workers == 1:
        for source in sources:
            yield source, process(source, limit)
    else:
        yield from _pooled(iter(sources), workers, ahead or AHEAD * workers, limit)


def _ahead(
    sources: Iterator[Source],
    executor: Executor,
    ahead: int,
    limit: float | None,
    pending: deque[tuple[Source, Future[Annotated | Failure] | None]],
) -> Iterator[Result]:
    def fill() -> None:
        for source in islice(sources, ahead - len(pending)):
            pending.append((source, None))
            pending[-1] = (source, executor.submit(process, source, limit))

    fill()
    while pending:
        source, future = pending[0]
        if future is None:
            raise BrokenExecutor("the executor took no more work")
        result = future.result()
        pending.popleft()
        fill()
        yield source, result


def _pool(workers: int) -> ProcessPoolExecutor:
    # Spawned, since a forked copy of a process with threads (a progress bar is one) may hang.
    return ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn"))


def _pooled(sources: Iterator[Source], workers: int, ahead: int, limit: float | None) -> Iterator[Result]:
    while True:
        pending: deque[tuple[Source, Future[Annotated | Failure] | None]] = deque()
        with _pool(workers) as pool:
            try:
                yield from _ahead(sources, pool, ahead, limit, pending)
                return
            except BrokenExecutor:
                left = [source for source, _ in pending]
        # One of these ended its process; each by itself, so that it is the only one to fail.
        for source in left:
            yield source, _alone(source, limit)


def _alone(source: Source, limit: float | None) -> Annotated | Failure:
    with _pool(1) as pool:
        try:
            return pool.submit(process, source, limit).result()
        except BrokenExecutor:
            return Failure(source.path, source.id, "ended the process that read it", BUG, unexpected=True)


def run(
    sources: Sequence[Source],
    store: Store,
    executor: Executor | None = None,
    *,
    workers: int = 1,
    limit: float | None = LIMIT,
    verify: bool = False,
    progress: Callable[[Source, Annotated | Failure | None], None] | None = None,
) -> Summary:
    """Process what is new or changed, write each release in a transaction of its own, and fold the figures.

    A run that is cut off at any moment loses at most the release it was writing: the next one goes on from there.

    Parameters
    ----------
    sources, executor, workers, limit
        As for `process_all`.
    store
        Where the rows go.
    verify
        Compare the hash of each file with that of its last reading, rather than its size and time.
    progress
        Called with each input and its result; with None for one that was skipped.
    """
    pipeline = pipeline_version()
    known = store.inputs()
    summary = Summary(inputs=len(sources))
    todo = []
    for source in sources:
        if _unchanged(source, known.get(source.path), pipeline, verify):
            summary.skipped += 1
            if progress:
                progress(source, None)
        else:
            todo.append(source)
    number = store.start_run(_now(), pipeline, summary.inputs, summary.skipped)
    for source, result in process_all(todo, executor, workers=workers, limit=limit):
        _keep(store, source, result, pipeline, summary)
        if progress:
            progress(source, result)
    store.refresh()
    store.finish_run(number, _now(), summary.done, len(summary.failures))
    return summary


def _keep(store: Store, source: Source, result: Annotated | Failure, pipeline: str, summary: Summary) -> None:
    if isinstance(result, Failure):
        store.fail({**asdict(result), "unexpected": int(result.unexpected)})
        summary.failures.append(result)
        return
    store.write(release_rows(result), pipeline, _input_row(source, pipeline))
    summary.done += 1
    summary.mentions += len(result.mentions)
    summary.observations += len(result.observations)


def _unchanged(source: Source, row: Row | None, pipeline: str, verify: bool) -> bool:
    if row is None or (row["release_id"], row["facts"], row["pipeline"]) != (source.id, source.facts, pipeline):
        return False
    if verify:
        return bool(row["sha256"] == _sha256(source.path))
    return (row["size"], row["modified"]) == (source.size, source.modified)


def _input_row(source: Source, pipeline: str) -> Row:
    return {
        "source": source.path,
        "release_id": source.id,
        "size": source.size,
        "modified": source.modified,
        "sha256": _sha256(source.path),
        "facts": source.facts,
        "pipeline": pipeline,
    }


def _sha256(path: str) -> str | None:
    if not Path(path).is_file():
        return None
    with Path(path).open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
