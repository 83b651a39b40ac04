"""Runs a command and watches it: seconds, memory, and how much of the machine other work took meanwhile."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

COMMAND = Path(sys.executable).with_name("nspcc-extract")
#: What is measured keeps its bytecode, as it does where it is installed, whatever this shell has set.
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
_SAMPLE = 0.2
_TICK = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Measured:
    """One call: seconds by the clock, of the processors and of the driver; peaks of the driver and a worker, MB.

    ``others`` is how many processors other work took on average.
    """

    seconds: float
    processor: float
    driving: float
    driver: float
    worker: float
    others: float
    said: str


def measure(arguments: Sequence[object], done: int = 0, beside: Iterable[int] = ()) -> Measured:
    """Run nspcc-extract and watch its memory (resident, at its highest).

    Parameters
    ----------
    arguments
        What it is called with.
    done
        The exit code expected.
    beside
        Processes that work for it without being its children.
    """
    helpers, peaks, driving = list(beside), dict[int, float](), 0.0
    before, busy, begun = _spent(helpers), _busy(), time.perf_counter()
    command = [COMMAND, *map(str, arguments)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=ENVIRONMENT) as process:
        while process.poll() is None:
            for pid in (process.pid, *below(process.pid)):
                peaks[pid] = max(peaks.get(pid, 0.0), _peak(pid))
            driving = max(driving, _used(process.pid))
            time.sleep(_SAMPLE)
        said = process.stdout.read() if process.stdout else ""
    seconds = time.perf_counter() - begun
    if process.returncode != done:
        raise SystemExit(f"{arguments[0]} ended with {process.returncode}: {said}")
    used = _spent(helpers) - before
    others = max(0.0, (_busy() - busy - used) / seconds)
    driver = peaks.pop(process.pid, 0.0)
    return Measured(seconds, used, driving, driver, max(peaks.values(), default=0.0), others, said)


def below(pid: int) -> list[int]:
    """Return the processes that a process started, and those that they started."""
    found = []
    with contextlib.suppress(OSError):
        for task in Path(f"/proc/{pid}/task").iterdir():
            found += [int(one) for one in (task / "children").read_text().split()]
    return found + [deeper for one in found for deeper in below(one)]


def _spent(helpers: Sequence[int]) -> float:
    """Return the processor seconds of this process, its children that ended, and the helpers."""
    times = os.times()
    return sum(times[:4]) + sum(_used(pid) for pid in helpers)


def _busy() -> float:
    """Return the processor seconds that the machine has worked: all but idling and waiting."""
    user, nice, system, _, _, interrupts, soft, *_ = map(int, Path("/proc/stat").read_text().split()[1:9])
    return (user + nice + system + interrupts + soft) / _TICK


def _used(pid: int) -> float:
    """Return the processor seconds of a process itself, without its children."""
    with contextlib.suppress(OSError):
        fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / _TICK
    return 0.0


def _peak(pid: int) -> float:
    with contextlib.suppress(OSError):
        for line in Path(f"/proc/{pid}/status").read_text().splitlines():
            if line.startswith("VmHWM"):
                return int(line.split()[1]) / 1024
    return 0.0
