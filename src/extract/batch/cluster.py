"""A Dask cluster as an executor: ``dask scheduler`` and ``dask worker`` processes, on one machine or many."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import CancelledError
from contextlib import contextmanager
from importlib.util import find_spec
from typing import Any

from extract.batch.pool import Given
from extract.batch.work import pipeline_version
from extract.errors import ExtractError, UsageError

#: Partitions that a worker's thread has under way or waiting, and the least that are handed out: more may join.
_AHEAD, _LEAST = 4, 32
#: Seconds within which the scheduler and its first worker must be there.
PATIENCE = 30.0


class ClusterError(ExtractError):
    """A cluster that cannot be reached, or goes away."""


@contextmanager
def connected(address: str, patience: float = PATIENCE) -> Iterator[Given]:
    """Connect to a scheduler and give what `extract.batch.run.run` takes as its executor.

    Workers may come and go while it runs: what one had under way is given to another. A document that ends the
    process of its worker again and again is named as a failure.

    Parameters
    ----------
    address
        Of the scheduler: ``tcp://host:8786``.
    patience
        Seconds to wait for the scheduler and for its first worker.

    Raises
    ------
    UsageError
        Where distributed is not installed, or a worker has no nspcc-extract or another version of it.
    ClusterError
        Where no scheduler answers, no worker is there, or the scheduler goes away.
    """
    if find_spec("distributed") is None or find_spec("pyarrow") is None:
        problem = "needs distributed and pyarrow, which are not installed"
        raise UsageError("--scheduler", problem, "pip install 'nspcc-extract[cluster]'")
    from distributed import KilledWorker

    with _client(address, patience) as client:
        threads = _check(client, address)
        executor = client.get_executor()
        try:
            yield Given(executor, max(_LEAST, _AHEAD * threads), (KilledWorker,))
        except CancelledError as error:
            problem = "went away, and with it what was under way"
            raise ClusterError(address, problem, "start it again; the same call goes on from there") from error
        finally:
            executor.shutdown(wait=False)


@contextmanager
def _client(address: str, patience: float) -> Iterator[Any]:
    import distributed

    try:
        # Without a type of its own, since the package is checked with and without the extra.
        make: Any = distributed.Client
        client = make(address, timeout=patience, set_as_default=False)
    except (TimeoutError, OSError, ValueError) as error:
        mend = "start one with: dask scheduler, and give its address as tcp://host:8786"
        raise ClusterError(address, "is no scheduler that answers", mend) from error
    try:
        try:
            client.wait_for_workers(1, timeout=patience)
        except TimeoutError as error:
            mend = f"start some with: dask worker {address} --nthreads 1"
            raise ClusterError(address, "has no workers", mend) from error
        yield client
    finally:
        client.close()


def _check(client: Any, address: str) -> int:
    """Return how many threads the workers have, all of the driver's version."""
    for worker, version in client.run(_version, on_error="return").items():
        if version != pipeline_version():
            problem = f"has {version or 'no version'} of nspcc-extract where the run has {pipeline_version()}"
            raise UsageError(worker, problem, "install the same version on every worker")
    return sum(client.nthreads().values())


def _version() -> str:
    return pipeline_version()


__all__ = ["PATIENCE", "ClusterError", "connected"]
