"""Hands items to whoever works on them, a few ahead, and yields the results in the order of the items."""

from __future__ import annotations

import multiprocessing
import os
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from itertools import islice
from multiprocessing.process import BaseProcess
from typing import Generic, Protocol, Self, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")
#: How many items are under way or done and waiting, for each worker; more than this is never held.
AHEAD = 8
#: Releases that are handed over as one: to send each by itself takes the driver as long as to write half of it.
TOGETHER = 4


@dataclass(frozen=True, slots=True)
class Lost:
    """The result of an item that ended the process that worked on it."""


LOST = Lost()


class Hands(Protocol):
    """Whoever works on items: this process, processes of this machine, or an executor that the caller made."""

    @property
    def sent(self) -> int:
        """How many small items are best handed over as one."""
        ...

    def each(
        self, work: Callable[[Item], Result], items: Iterable[Item], ahead: int | None = None
    ) -> Iterator[tuple[Item, Result | Lost]]:
        """Yield each item with its result, in the order of the items. What others do is begun at once.

        Parameters
        ----------
        work
            An importable function (or a ``partial`` of one).
        items
            Plain records.
        ahead
            How many items may be held at once.
        """
        ...


class Here:
    """This process itself, which works on an item when its result is asked for."""

    sent = 1

    def each(
        self, work: Callable[[Item], Result], items: Iterable[Item], ahead: int | None = None
    ) -> Iterator[tuple[Item, Result | Lost]]:
        """Do as `Hands.each` does."""
        return ((item, work(item)) for item in items)


@dataclass(frozen=True, slots=True)
class Given:
    """An executor that the caller made.

    Parameters
    ----------
    executor
        Any ``concurrent.futures.Executor``.
    ahead
        How many items it may hold at once.
    lost
        What it raises for an item whose process ended too often, where it goes on itself with the others.
    """

    executor: Executor
    ahead: int = AHEAD
    lost: tuple[type[Exception], ...] = ()

    @property
    def sent(self) -> int:
        """How many small items are handed over as one."""
        return TOGETHER

    def each(
        self, work: Callable[[Item], Result], items: Iterable[Item], ahead: int | None = None
    ) -> Iterator[tuple[Item, Result | Lost]]:
        """Do as `Hands.each` does."""
        return _Line(work, iter(items), self.executor, ahead or self.ahead, self.lost).results()


class Processes:
    """Processes of this machine, started with their first work and kept until the end of the ``with``.

    A process that dies takes nothing with it but the item that killed it.
    """

    def __init__(self, workers: int) -> None:
        self.workers, self.sent = workers, TOGETHER
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> Self:
        """Return what has `each`."""
        return self

    def __exit__(self, *_: object) -> None:
        """End the processes; what was not begun is dropped."""
        self._end()

    def _end(self) -> None:
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)
            self._pool = None

    def _line(self, work: Callable[[Item], Result], items: Iterator[Item], ahead: int) -> _Line[Item, Result]:
        self._pool = self._pool or _pool(self.workers)
        return _Line(work, items, self._pool, ahead)

    def each(
        self, work: Callable[[Item], Result], items: Iterable[Item], ahead: int | None = None
    ) -> Iterator[tuple[Item, Result | Lost]]:
        """Do as `Hands.each` does."""
        left, ahead = iter(items), ahead or AHEAD * self.workers
        return self._results(work, left, ahead, self._line(work, left, ahead))

    def _results(
        self, work: Callable[[Item], Result], items: Iterator[Item], ahead: int, line: _Line[Item, Result]
    ) -> Iterator[tuple[Item, Result | Lost]]:
        while True:
            try:
                yield from line.results()
                return
            except BrokenExecutor:
                self._end()
            # One of these ended its process; each by itself, so that it is the only one to fail.
            for item, _ in line.pending:
                yield item, alone(work, item)
            line = self._line(work, items, ahead)


def hands(executor: Executor | Hands | None, workers: int) -> AbstractContextManager[Hands]:
    """Return what works on items: the executor, where one is given, else so many processes; 1 is this one."""
    if executor is not None:
        return nullcontext(Given(executor, AHEAD * workers) if isinstance(executor, Executor) else executor)
    return nullcontext(Here()) if workers == 1 else Processes(workers)


class _Line(Generic[Item, Result]):
    """The items that an executor holds, oldest first; ``pending`` keeps those of an executor that broke."""

    def __init__(
        self,
        work: Callable[[Item], Result],
        items: Iterator[Item],
        executor: Executor,
        ahead: int,
        lost: tuple[type[Exception], ...] = (),
    ) -> None:
        self.work, self.items, self.executor, self.ahead, self.lost = work, items, executor, ahead, lost
        self.pending: deque[tuple[Item, Future[Result] | None]] = deque()
        self._fill()

    def _fill(self) -> None:
        for item in islice(self.items, self.ahead - len(self.pending)):
            # Noted before it is handed over, so that no item is lost with an executor that takes no more.
            self.pending.append((item, None))
            try:
                self.pending[-1] = (item, self.executor.submit(self.work, item))
            except BrokenExecutor:
                return

    def results(self) -> Iterator[tuple[Item, Result | Lost]]:
        while self.pending:
            item, future = self.pending[0]
            if future is None:
                raise BrokenExecutor("the executor took no more work")
            result: Result | Lost
            try:
                result = future.result()
            except self.lost:
                result = LOST
            self.pending.popleft()
            self._fill()
            yield item, result


def _pool(workers: int) -> ProcessPoolExecutor:
    # Spawned, since a forked copy of a process with threads (a progress bar is one) may hang.
    return ProcessPoolExecutor(workers, multiprocessing.get_context("spawn"), initializer=end_with_parent)


def end_with_parent() -> None:
    """See to it that this process ends with the one that made it, also where that one is killed."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_outlive, args=(parent,), daemon=True).start()


def _outlive(parent: BaseProcess) -> None:
    parent.join()
    # Its queues are held open by its siblings, so that a worker would wait for work for ever.
    os._exit(1)


def alone(work: Callable[[Item], Result], item: Item) -> Result | Lost:
    """Return the result of an item in a process of its own."""
    with _pool(1) as pool:
        try:
            return pool.submit(work, item).result()
        except BrokenExecutor:
            return LOST
