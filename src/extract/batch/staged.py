"""Inputs handed out in groups; results come back as records, or as files of which leftovers are taken up first."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import islice
from typing import TypeVar

from extract.batch.inputs import Source
from extract.batch.partition import input_key, partitions, read_partition, remove, tidy, write_partition
from extract.batch.pool import Hands, Lost
from extract.batch.work import Outcome, died, tabulated_group

#: Inputs in one partition: enough that its file costs little, few enough that a lost worker loses little.
GROUP = 16
Group = tuple[Source, ...]
Made = TypeVar("Made")


def by_groups(
    work: Callable[[Group], Made],
    take: Callable[[Made], Iterator[Outcome]],
    sources: Iterable[Source],
    crew: Hands,
    size: int,
    ahead: int | None = None,
) -> Iterator[Outcome]:
    """Yield the outcome of each input, in order.

    Parameters
    ----------
    work
        Makes something of a group of inputs, in a worker.
    take
        Yields the outcomes that are in it.
    crew
        Who works.
    size
        Inputs in a group. Those of one that cost a worker its life are given out one after the other, to tell which
        one it was.
    ahead
        How many groups may be under way; by default what the crew thinks best.
    """
    left = iter(sources)
    groups = iter(lambda: tuple(islice(left, size)), ())
    for group, made in crew.each(work, groups, ahead):
        if not isinstance(made, Lost):
            yield from take(made)
        elif len(group) == 1:
            yield Outcome(group[0], died(group[0]))
        else:
            yield from by_groups(work, take, group, crew, 1, 1)


def recorded(sources: Iterable[Source], crew: Hands, limit: float | None) -> Iterator[Outcome]:
    """Yield the outcome of each input, in order; they come back as records."""
    return by_groups(partial(tabulated_group, limit=limit), iter, sources, crew, crew.sent)


@dataclass(frozen=True, slots=True)
class Staged:
    """The folder or address of the partitions, the version of the pipeline, and the seconds that an input may take."""

    folder: str
    pipeline: str
    limit: float | None = None
    size: int = GROUP

    def outcomes(self, sources: Iterable[Source], crew: Hands) -> Iterator[Outcome]:
        """Yield the outcome of each input: first those that a run before this one left, then in order.

        A partition is removed only when all its outcomes have been taken, so that a driver that is killed finds it
        again.
        """
        left = {input_key(source, self.pipeline): source for source in sources}
        take = partial(self._take_up, left=left)
        for name in list(partitions(self.folder)):
            yield from take(name)
        yield from by_groups(self._work(), take, list(left.values()), crew, self.size)
        tidy(self.folder)

    def _work(self) -> Callable[[Group], str]:
        return partial(write_partition, folder=self.folder, pipeline=self.pipeline, limit=self.limit, root=os.getcwd())

    def _take_up(self, name: str, left: dict[str, Source]) -> Iterator[Outcome]:
        for key, make in read_partition(self.folder, name).items():
            # What another pipeline made, or of files that changed since, is made anew.
            if key in left:
                yield make(left.pop(key))
        remove(self.folder, name)
