"""Runs the work over inputs by any executor, in order, a few at a time, and streams the results to the store."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from extract.batch.inputs import Source, drained
from extract.batch.pool import Given, Hands, Lost, hands
from extract.batch.remote import read_file
from extract.batch.staged import Staged, recorded
from extract.batch.work import Failure, Outcome, died, pipeline_version, process
from extract.errors import ReadError, StoreError
from extract.records import Annotated
from extract.store import Export, Store
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
    files: list[Path] = field(default_factory=list)


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
    with hands(executor, workers) as crew:
        for source, result in crew.each(partial(process, limit=limit), sources, ahead):
            yield source, died(source) if isinstance(result, Lost) else result


def run(
    sources: Iterable[Source],
    store: Store,
    executor: Executor | Given | None = None,
    *,
    workers: int = 1,
    limit: float | None = LIMIT,
    verify: bool = False,
    partitions: str | None = None,
    tables: Path | None = None,
    progress: Callable[[Source, Failure | None], None] | None = None,
) -> Summary:
    """Process what is new or changed, write the releases a few at a time, fold the figures, and export the tables.

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
    tables
        A folder for a CSV file of each table, written where something changed; without one, none are. The workers of
        this machine share the files out among them.
    progress
        Called with each input, and with its failure where it is one.
    """
    pipeline, summary, progress = pipeline_version(), Summary(), progress or _silent
    todo = _todo(sources, store, pipeline, verify, progress, summary)
    number = store.start_run(_now(), pipeline, summary.inputs, summary.skipped)
    with hands(None, workers) as local, hands(local if executor is None else executor, workers) as crew:
        staged = Staged(partitions, pipeline, limit) if partitions is not None else None
        outcomes = staged.outcomes(drained(todo), crew) if staged else recorded(drained(todo), crew, limit)
        for outcome in _written(outcomes, store, pipeline, summary):
            progress(outcome.source, outcome.result if isinstance(outcome.result, Failure) else None)
        export = Export(store, tables, partial(_shared, local)) if tables is not None else None
        store.refresh()
        store.finish_run(number, _now(), summary.done, len(summary.failures))
        summary.files = export.finish() if export else []
    return summary


def _written(outcomes: Iterable[Outcome], store: Store, pipeline: str, summary: Summary) -> Iterator[Outcome]:
    """Write outcomes to the store, a few in one transaction, and yield each when it stands there."""
    for group in _grouped(outcomes):
        with store.transaction():
            for outcome in group:
                _commit(store, outcome, pipeline, summary)
        yield from group


def _silent(source: Source, failure: Failure | None) -> None:
    """Show nothing."""


def _todo(
    sources: Iterable[Source],
    store: Store,
    pipeline: str,
    verify: bool,
    progress: Callable[[Source, Failure | None], None],
    summary: Summary,
) -> list[Source]:
    """Return what is new or changed; what is not counts as done."""
    todo = []
    for source in sources:
        summary.inputs += 1
        if _unchanged(source, store.input(source.path), pipeline, verify):
            summary.skipped += 1
            progress(source, None)
        else:
            todo.append(source)
    return todo


def _shared(local: Hands, work: Callable[[str], Path], names: Sequence[str]) -> Iterator[Path]:
    """Have files written side by side, begun at once, and yield them."""
    return (_whole(name, made) for name, made in local.each(work, names))


def _whole(name: str, made: Path | Lost) -> Path:
    if isinstance(made, Lost):
        raise StoreError(name, "could not be written, since the process that did was ended", "run the same call again")
    return made


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
    if source.ocr and row["pages_unread"]:
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
