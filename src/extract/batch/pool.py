"""Hands items to any executor, a few ahead, and yields the results in the order of the items."""

from __future__ import annotations

import multiprocessing
import os
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor
from dataclasses import dataclass
from itertools import islice
from multiprocessing.process import BaseProcess
from typing import Generic, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")
#: How many items are under way or done and waiting, for each worker; more than this is never held.
AHEAD = 8


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


@dataclass(frozen=True, slots=True)
class Lost:
    """The result of an item that ended the process that worked on it."""


LOST = Lost()


def each(
    work: Callable[[Item], Result],
    items: Iterable[Item],
    given: Given | None = None,
    *,
    workers: int = 1,
    ahead: int | None = None,
) -> Iterator[tuple[Item, Result | Lost]]:
    """Yield each item with its result, in the order of the items.

    Parameters
    ----------
    work
        An importable function (or a ``partial`` of one).
    items
        Plain records.
    given
        An executor; without one, 1 worker works here and more in so many processes of their own. A process that dies
        takes nothing with it but the item that killed it.
    workers, ahead
        How many processes, and how many items they may hold: by default `AHEAD` for each.
    """
    if given is not None:
        yield from _Line(work, iter(items), given).results()
    elif workers == 1:
        for item in items:
            yield item, work(item)
    else:
        yield from _pooled(work, iter(items), workers, ahead or AHEAD * workers)


class _Line(Generic[Item, Result]):
    """The items that an executor holds, oldest first; ``pending`` keeps those of an executor that broke."""

    def __init__(self, work: Callable[[Item], Result], items: Iterator[Item], given: Given) -> None:
        self.work, self.items, self.given = work, items, given
        self.pending: deque[tuple[Item, Future[Result] | None]] = deque()

    def _fill(self) -> None:
        for item in islice(self.items, self.given.ahead - len(self.pending)):
            # Noted before it is handed over, so that no item is lost with an executor that takes no more.
            self.pending.append((item, None))
            self.pending[-1] = (item, self.given.executor.submit(self.work, item))

    def results(self) -> Iterator[tuple[Item, Result | Lost]]:
        self._fill()
        while self.pending:
            item, future = self.pending[0]
            if future is None:
                raise BrokenExecutor("the executor took no more work")
            result: Result | Lost
            try:
                result = future.result()
            except self.given.lost:
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


def _pooled(
    work: Callable[[Item], Result], items: Iterator[Item], workers: int, ahead: int
) -> Iterator[tuple[Item, Result | Lost]]:
    while True:
        with _pool(workers) as pool:
            line = _Line(work, items, Given(pool, ahead))
            try:
                yield from line.results()
                return
            except BrokenExecutor:
                left = [item for item, _ in line.pending]
        # One of these ended its process; each by itself, so that it is the only one to fail.
        for item in left:
            yield item, alone(work, item)


def alone(work: Callable[[Item], Result], item: Item) -> Result | Lost:
    """Return the result of an item in a process of its own."""
    with _pool(1) as pool:
        try:
            return pool.submit(work, item).result()
        except BrokenExecutor:
            return LOST
