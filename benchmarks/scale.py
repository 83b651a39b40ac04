"""Measures a run as it grows: memory, workers, a cluster, a second run, and kills. Writes ``scale.md``.

Run: ``python -m benchmarks.scale [--small 5000] [--large 50000] [--job 1500] [--rounds 5] [--kills 10]``.
The releases are made by `benchmarks.generate`; nothing here says how well they are read.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import random
import shutil
import signal
import socket
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from benchmarks import generate, machine

_COMMAND = Path(sys.executable).with_name("nspcc-extract")
_DASK = Path(sys.executable).with_name("dask")
_SAMPLE = 0.2
#: What differs between two runs by its nature: their numbers and times.
_NOT_COMPARED = ("runs",)


@dataclass(frozen=True, slots=True)
class Measured:
    """One call: seconds by the clock, of the processors and of the driver; peaks of the driver and a worker, MB."""

    seconds: float
    processor: float
    driving: float
    driver: float
    worker: float
    said: str


def measure(arguments: Sequence[object], done: int = 0) -> Measured:
    """Run the command and watch its memory (MB, resident, at its highest); ``done`` is the exit code expected."""
    peaks: dict[int, float] = {}
    driving = 0.0
    before = os.times()
    begun = time.perf_counter()
    with subprocess.Popen([_COMMAND, *map(str, arguments)], stdout=subprocess.PIPE, text=True) as process:
        while process.poll() is None:
            for pid in (process.pid, *_below(process.pid)):
                peaks[pid] = max(peaks.get(pid, 0.0), _peak(pid))
            driving = max(driving, _used(process.pid))
            time.sleep(_SAMPLE)
        said = process.stdout.read() if process.stdout else ""
    seconds, after = time.perf_counter() - begun, os.times()
    if process.returncode != done:
        raise SystemExit(f"{arguments[0]} ended with {process.returncode}: {said}")
    used = after.children_user + after.children_system - before.children_user - before.children_system
    driver = peaks.pop(process.pid, 0.0)
    return Measured(seconds, used, driving, driver, max(peaks.values(), default=0.0), said)


def _below(pid: int) -> list[int]:
    found = []
    with contextlib.suppress(OSError):
        for task in Path(f"/proc/{pid}/task").iterdir():
            found += [int(one) for one in (task / "children").read_text().split()]
    return found + [deeper for one in found for deeper in _below(one)]


def _used(pid: int) -> float:
    """Return the processor seconds of a process itself, without its children."""
    with contextlib.suppress(OSError):
        fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return 0.0


def _peak(pid: int) -> float:
    with contextlib.suppress(OSError):
        for line in Path(f"/proc/{pid}/status").read_text().splitlines():
            if line.startswith("VmHWM"):
                return int(line.split()[1]) / 1024
    return 0.0


def memory(folder: Path, sizes: Sequence[int]) -> list[str]:
    """Run more and more releases with two workers, each twice."""
    rows = []
    for size in sizes:
        place, out = folder / f"m{size}", folder / f"out{size}"
        generate.write(size, place)
        first = measure(["run", place, "--out", out, "--workers", 2])
        again = measure(["run", place, "--out", out, "--workers", 2])
        if f"0 read, {size} unchanged" not in again.said:
            raise SystemExit(f"the second run read something: {again.said.splitlines()[0]}")
        megabytes = (out / "nspcc.db").stat().st_size / 2**20
        peaks = (f"{first.driver:.0f}", f"{first.worker:.0f}")
        times = (
            f"{first.seconds:.0f}",
            f"{size / first.processor:.1f}",
            f"{again.seconds:.1f}",
            f"{again.processor:.1f}",
        )
        rows.append((f"{size:,}", *peaks, *times, f"{megabytes:.0f}"))
        shutil.rmtree(place)
        shutil.rmtree(out)
    version = measure(["--version"])
    headings = (
        "releases", "driver, peak MB", "worker, peak MB", "seconds", "a processor second", "second run, s",
        "of the processor, s", "store, MB"
    )  # fmt: skip
    return [
        "## Memory, and a second run",
        "",
        "`run --workers 2` over a folder, and once more over the same folder unchanged (no document is read: what it "
        f"takes is to look at each file and to start: `--version` alone takes {version.seconds:.1f} s, "
        f"{version.processor:.1f} s of the processor).",
        "",
        *machine.table(headings, rows),
    ]


def workers(folder: Path, size: int, rounds: int) -> list[str]:
    """Compare one worker with two, in processes and on a cluster, one after the other in each round."""
    place = folder / "job"
    generate.write(size, place)
    found: dict[str, list[Measured]] = {}
    for turn in range(rounds):
        for count in (1, 2):
            out = folder / f"w{turn}{count}"
            given = ["run", place, "--out", out]
            found.setdefault(f"processes, {count}", []).append(measure([*given, "--workers", count]))
            shutil.rmtree(out)
            with _cluster(folder, count) as address:
                found.setdefault(f"Dask, {count}", []).append(measure([*given, "--scheduler", address]))
            shutil.rmtree(out)
    rows = []
    for name, values in found.items():
        kind = name.partition(",")[0]
        median = statistics.median(v.seconds for v in values)
        one = statistics.median(v.seconds for v in found[f"{kind}, 1"])
        own = statistics.median(v.driving for v in values)
        speeds = (f"{median:.1f}", f"{one / median:.2f}", f"{size / median:.1f}")
        rows.append((name, *speeds, "" if name == "processes, 1" else f"{own:.1f}"))
    return [
        "## One worker and two",
        "",
        f"{size:,} releases, median of {rounds}, the kinds in turn. With one process the driver does the work itself; "
        "a cluster's workers are there before the clock starts, as on a cluster that stands. Start-up and the tables "
        "at the end are in the times. The driver's own seconds are of the processor: what workers cannot share.",
        "",
        *machine.table(("workers", "seconds", "times one of its kind", "releases a second", "driver's own, s"), rows),
    ]


@contextlib.contextmanager
def _cluster(folder: Path, count: int) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"tcp://127.0.0.1:{port}"
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": folder, "start_new_session": True}
    started = [subprocess.Popen([_DASK, "scheduler", "--host", "127.0.0.1", "--port", str(port)], **quiet)]
    command = [_DASK, "worker", address, "--nthreads", "1", "--host", "127.0.0.1", "--no-nanny"]
    started += [subprocess.Popen(command, **quiet) for _ in range(count)]
    try:
        _await(address, count)
        yield address
    finally:
        for process in started:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _await(address: str, count: int) -> None:
    from distributed import Client

    with Client(address, timeout=60) as client:
        client.wait_for_workers(count, timeout=60)
        # Each worker has its pipeline before the clock starts, as it has after its first release.
        client.run(_warm)


def _warm() -> None:
    from extract.annotate.pipeline import build_pipeline

    build_pipeline()


def kills(folder: Path, size: int, times: int) -> list[str]:
    """Kill the driver or a worker at random moments, run again, and compare with a run that was left alone."""
    place, whole, cut = folder / "kill", folder / "whole", folder / "cut"
    generate.write(size, place)
    alone = measure(["run", place, "--out", whole, "--workers", 2])
    rng, hit = random.Random(1), {"driver": 0, "worker": 0}
    for _ in range(times):
        with subprocess.Popen(
            [_COMMAND, "run", place, "--out", cut, "--workers", "2"], stdout=subprocess.DEVNULL
        ) as run:
            time.sleep(rng.uniform(0.3, max(1.0, alone.seconds / 3)))
            workers = _below(run.pid)
            if workers and rng.random() < 0.5:
                hit["worker"] += 1
                os.kill(rng.choice(workers), signal.SIGKILL)
                time.sleep(rng.uniform(0.1, 2.0))
            else:
                hit["driver"] += 1
            run.kill()
    measure(["run", place, "--out", cut, "--workers", 2])
    differing = [name for name, rows in _dump(whole).items() if rows != _dump(cut)[name]]
    result = f"differ in {', '.join(differing)}" if differing else "are equal, row for row"
    return [
        "## Kills",
        "",
        f"{size:,} releases; {times} runs killed with `kill -9` at random moments ({hit['worker']} of them after one "
        f"of their workers), then one that was left alone: its store and that of an uninterrupted run {result} (all "
        f"{len(_dump(whole))} tables but the list of runs).",
        "",
    ]


def _dump(out: Path) -> dict[str, list[tuple[object, ...]]]:
    with closing(sqlite3.connect(out / "nspcc.db")) as connection:
        query = "SELECT name FROM sqlite_schema WHERE type = 'table'"
        names = [name for (name,) in connection.execute(query) if name not in _NOT_COMPARED]
        return {name: sorted(connection.execute(f"SELECT * FROM {name}"), key=repr) for name in names}


def main(arguments: Sequence[str] = ()) -> None:
    """Measure all of it and write ``scale.md``."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    for name, default in (("small", 5000), ("large", 50_000), ("job", 1500), ("rounds", 5), ("kills", 10)):
        parser.add_argument(f"--{name}", type=int, default=default)
    given = parser.parse_args(arguments)
    lines = machine.header("Scale", "scale", ("nspcc-extract", "spacy", "distributed", "pyarrow"))
    with tempfile.TemporaryDirectory(prefix="nspcc-scale-") as folder:
        lines += memory(Path(folder), (given.small, given.large))
        lines += kills(Path(folder), 200, given.kills)
        lines += workers(Path(folder), given.job, given.rounds)
    machine.write("scale.md", lines)


if __name__ == "__main__":
    main(sys.argv[1:])
