"""A run by way of partitions: work goes out in groups, results come back as files, and leftovers are taken up first."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from extract.batch.inputs import Source
from extract.batch.partition import input_key, partitions, read_partition, remove, tidy, write_partition
from extract.batch.pool import Given, Lost, each
from extract.batch.work import Outcome, died

#: Inputs in one partition: enough that its file costs little, few enough that a lost worker loses little.
GROUP = 16
Group = tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Staged:
    """The folder or address of the partitions, the version of the pipeline, and the seconds that an input may take."""

    folder: str
    pipeline: str
    limit: float | None = None
    size: int = GROUP

    def outcomes(self, sources: Sequence[Source], given: Given | None, workers: int = 1) -> Iterator[Outcome]:
        """Yield the outcome of each input: first those that a run before this one left, then in order.

        A partition is removed only when all its outcomes have been taken, so that a driver that is killed finds it
        again.
        """
        left = {input_key(source, self.pipeline): source for source in sources}
        for name in list(partitions(self.folder)):
            yield from self._take_up(name, left)
        todo = list(left.values())
        groups = (tuple(todo[n : n + self.size]) for n in range(0, len(todo), self.size))
        for group, made in each(self._work(), groups, given, workers=workers):
            yield from self._singly(group, given) if isinstance(made, Lost) else self._take_up(made, left)
        tidy(self.folder)

    def _work(self) -> Callable[[Group], str]:
        return partial(write_partition, folder=self.folder, pipeline=self.pipeline, limit=self.limit, root=os.getcwd())

    def _singly(self, group: Group, given: Given | None) -> Iterator[Outcome]:
        """Give out the inputs of a group that cost a worker its life one after the other, to tell which one it was."""
        alone = Given(given.executor, 1, given.lost) if given else None
        for (source,), made in each(self._work(), ((source,) for source in group), alone, workers=1 if alone else 2):
            if isinstance(made, Lost):
                yield Outcome(source, died(source))
            else:
                yield from self._take_up(made, {input_key(source, self.pipeline): source})

    def _take_up(self, name: str, left: dict[str, Source]) -> Iterator[Outcome]:
        for key, make in read_partition(self.folder, name).items():
            # What another pipeline made, or of files that changed since, is made anew.
            if key in left:
                yield make(left.pop(key))
        remove(self.folder, name)
