"""Runs workers and commands in processes of their own, one at a time."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
from collections.abc import Mapping, Sequence
from typing import Any

from benchmarks.machine import ROOT

#: Seconds after which a worker is given up.
LIMIT = 600.0
#: One thread, whatever a library would like.
_ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1", "PYTHONHASHSEED": "0"}


class WorkerError(Exception):
    """A tool that could not be run; its message is the last line of what it said."""


def work(tool: str, job: Mapping[str, Any], path: str | None = None, limit: float = LIMIT) -> dict[str, float]:
    """Return what one worker measured; ``path`` goes before all others on its module search path.

    Raises
    ------
    WorkerError
        Where it failed or took longer than ``limit`` seconds.
    """
    found = os.pathsep.join(p for p in (path, str(ROOT)) if p)
    environment = {**os.environ, **_ONE_THREAD, "PYTHONPATH": found}
    command = [sys.executable, "-m", "benchmarks.worker", tool, json.dumps(job)]
    try:
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=limit)
    except subprocess.TimeoutExpired as error:
        raise WorkerError(f"took longer than {limit:.0f} s") from error
    if done.returncode:
        raise WorkerError((done.stderr.strip().splitlines() or ["no message"])[-1])
    result: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return result


def processor_seconds(command: Sequence[str], rounds: int) -> float:
    """Return the least processor time (user and system) that a command took in so many rounds."""
    times = []
    for _ in range(rounds):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        times.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return min(times)
