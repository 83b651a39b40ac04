"""Measures a run as it grows: memory, workers, a cluster, a second run, and kills. Writes ``scale.md``.

Run: ``make bench-scale``, or ``python -m benchmarks.scale [memory] [kills] [workers] [--small 5000] [--large 50000]
[--job 2400] [--rounds 5] [--kills 10]``; what is not named stays as it was measured last, since all of it takes hours
on two cores.
The releases are made by `benchmarks.generate`; nothing here says how well they are read.
"""

from __future__ import annotations

import argparse
import contextlib
import json
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
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks import generate, machine
from benchmarks.watch import COMMAND, ENVIRONMENT, Measured, below, measure

_DASK = Path(sys.executable).with_name("dask")
_KEPT = machine.FOLDER / "scale.json"
#: What differs between two runs by its nature: their numbers and times.
_NOT_COMPARED = ("runs",)


def memory(folder: Path, given: argparse.Namespace) -> list[str]:
    """Run more and more releases with two workers, each twice."""
    rows, peaks = [], []
    for size in (given.small, given.large):
        place, out = folder / f"m{size}", folder / f"out{size}"
        generate.write(size, place)
        first = measure(["run", place, "--out", out, "--workers", 2])
        again = measure(["run", place, "--out", out, "--workers", 2])
        if f"0 read, {size} unchanged" not in again.said:
            raise SystemExit(f"the second run read something: {again.said.splitlines()[0]}")
        rows.append(_memory_row(size, first, again, (out / "nspcc.db").stat().st_size / 2**20))
        peaks.append((first.driver, first.worker))
        shutil.rmtree(place)
        shutil.rmtree(out)
    version = measure(["--version"])
    headings = (
        "releases", "driver, peak MB", "worker, peak MB", "seconds", "a processor second", "second run, s",
        "of the processor, s", "store, MB", "others' processors"
    )  # fmt: skip
    grown = [f"{large / small:.2f}" for small, large in zip(*peaks, strict=True)]
    return [
        "## Memory, and a second run",
        "",
        "`run --workers 2` over a folder, and once more over the same folder unchanged (no document is read: what it "
        f"takes is to look at each file and to start: `--version` alone takes {version.seconds:.1f} s, "
        f"{version.processor:.1f} s of the processor).",
        "",
        *machine.table(headings, rows),
        f"The peak over {given.large:,} releases is {grown[0]} times that over {given.small:,} in the driver and "
        f"{grown[1]} times in a worker; the goal is at most 1.2.",
        "",
    ]


def _memory_row(size: int, first: Measured, again: Measured, megabytes: float) -> tuple[str, ...]:
    return (
        f"{size:,}",
        f"{first.driver:.0f}",
        f"{first.worker:.0f}",
        f"{first.seconds:.0f}",
        f"{size / first.processor:.1f}",
        f"{again.seconds:.1f}",
        f"{again.processor:.1f}",
        f"{megabytes:.0f}",
        f"{first.others:.1f}",
    )


def workers(folder: Path, given: argparse.Namespace) -> list[str]:
    """Compare one worker with two, in processes and on a cluster, one after the other in each round."""
    place = folder / "job"
    generate.write(given.job, place)
    found: dict[str, list[Measured]] = {}
    apart: list[float] = []
    for turn in range(given.rounds):
        apart.append(_apart(place, folder))
        for count in (1, 2):
            out = folder / f"w{turn}{count}"
            run = ["run", place, "--out", out]
            found.setdefault(f"processes, {count}", []).append(measure([*run, "--workers", count]))
            shutil.rmtree(out)
            with _cluster(folder, count) as (address, pids):
                found.setdefault(f"Dask, {count}", []).append(measure([*run, "--scheduler", address], beside=pids))
            shutil.rmtree(out)
    return [
        "## One worker and two",
        "",
        f"{given.job:,} releases, median of {given.rounds}, the kinds in turn. With one process the driver does the "
        "work itself; a cluster's workers are there before the clock starts, as on a cluster that stands. Start-up and "
        "the tables at the end are in the times. The driver's own seconds are of the processor: what workers cannot "
        "share. Goals: two processes at least 1.8 times one, two of Dask at least 1.6 times one of it, on a machine "
        "that has nothing else to do.",
        "",
        *machine.table(
            (
                *("workers", "seconds", "times one of its kind", "releases a second", "processor, s"),
                *("driver's own, s", "others' processors"),
            ),
            [_workers_row(name, found, given.job) for name in found],
        ),
        _ceiling(statistics.median(v.seconds for v in found["processes, 1"]), statistics.median(apart)),
        "",
    ]


def _apart(place: Path, folder: Path) -> float:
    """Return the seconds of two runs of one process each, side by side, each over the whole job."""
    outs = [folder / "apart1", folder / "apart2"]
    with ThreadPoolExecutor(len(outs)) as pool:
        seconds = [one.seconds for one in pool.map(lambda out: measure(["run", place, "--out", out]), outs)]
    for out in outs:
        shutil.rmtree(out)
    return statistics.mean(seconds)


def _ceiling(alone: float, apart: float) -> str:
    return (
        f"Two runs of one process each that share nothing, side by side over the whole job, took {apart:.1f} s, "
        f"{apart / alone:.2f} times as long as one by itself: together they did {2 * alone / apart:.2f} times its "
        "work, which is what this machine's second processor has to give, and no second worker can win more."
    )


def _workers_row(name: str, found: dict[str, list[Measured]], size: int) -> tuple[str, ...]:
    values, one = found[name], found[f"{name.partition(',')[0]}, 1"]
    median = statistics.median(v.seconds for v in values)
    return (
        name,
        f"{median:.1f}",
        f"{statistics.median(v.seconds for v in one) / median:.2f}",
        f"{size / median:.1f}",
        f"{statistics.median(v.processor for v in values):.1f}",
        "" if name == "processes, 1" else f"{statistics.median(v.driving for v in values):.1f}",
        f"{statistics.median(v.others for v in values):.1f}",
    )


@contextlib.contextmanager
def _cluster(folder: Path, count: int) -> Iterator[tuple[str, list[int]]]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"tcp://127.0.0.1:{port}"
    quiet: dict[str, Any] = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "start_new_session": True}
    quiet |= {"cwd": folder, "env": ENVIRONMENT}
    started = [subprocess.Popen([_DASK, "scheduler", "--host", "127.0.0.1", "--port", str(port)], **quiet)]
    command = [_DASK, "worker", address, "--nthreads", "1", "--host", "127.0.0.1", "--no-nanny"]
    started += [subprocess.Popen(command, **quiet) for _ in range(count)]
    try:
        _await(address, count)
        yield address, [process.pid for process in started]
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


def kills(folder: Path, given: argparse.Namespace, size: int = 200) -> list[str]:
    """Kill the driver or a worker at random moments, run again, and compare with a run that was left alone."""
    place, whole, cut = folder / "kill", folder / "whole", folder / "cut"
    generate.write(size, place)
    alone = measure(["run", place, "--out", whole, "--workers", 2])
    rng, hit = random.Random(1), {"driver": 0, "worker": 0}
    for _ in range(given.kills):
        with subprocess.Popen(
            [COMMAND, "run", place, "--out", cut, "--workers", "2"], stdout=subprocess.DEVNULL
        ) as run:
            time.sleep(rng.uniform(0.3, max(1.0, alone.seconds / 3)))
            processes = below(run.pid)
            if processes and rng.random() < 0.5:
                hit["worker"] += 1
                os.kill(rng.choice(processes), signal.SIGKILL)
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
        f"{size:,} releases; {given.kills} runs killed with `kill -9` at random moments ({hit['worker']} of them after "
        f"one of their workers), then one that was left alone: its store and that of an uninterrupted run {result} "
        f"(all {len(_dump(whole))} tables but the list of runs).",
        "",
    ]


def _dump(out: Path) -> dict[str, list[tuple[object, ...]]]:
    with closing(sqlite3.connect(out / "nspcc.db")) as connection:
        query = "SELECT name FROM sqlite_schema WHERE type = 'table'"
        names = [name for (name,) in connection.execute(query) if name not in _NOT_COMPARED]
        return {name: sorted(connection.execute(f"SELECT * FROM {name}"), key=repr) for name in names}


PARTS: dict[str, Callable[[Path, argparse.Namespace], list[str]]] = {
    "memory": memory,
    "kills": kills,
    "workers": workers,
}


def keep(name: str, lines: list[str], began: float) -> None:
    """Keep what a part measured, and write the page of all that is kept."""
    kept = json.loads(_KEPT.read_text("utf-8")) if _KEPT.exists() else {}
    when = f"Measured on {datetime.now(UTC):%Y-%m-%d} with `python -m benchmarks.scale {name}`"
    loads = f"the load average was {began:.1f} when it began and {os.getloadavg()[0]:.1f} (its own in it) at its end."
    kept[name] = [*lines, f"{when}; {loads}", ""]
    _KEPT.write_text(json.dumps(kept, indent=1) + "\n", "utf-8")
    head = machine.header("Scale", "scale", ("nspcc-extract", "distributed", "pyarrow"), "bench-scale")
    told = (
        f"`benchmarks/generate.py` makes the releases from a fixed seed, out of {_templates()} templates, as long and "
        "as dense in figures as those of the corpus. *Others' processors* is how many of them other work took on "
        "average while a row was measured: where it is not near 0, times by the clock are those of a part of the "
        "machine only, and a second worker finds less room than the first. Memory does not depend on it."
    )
    machine.write("scale.md", [*head, told, "", *(line for part in PARTS for line in kept.get(part, []))])


def _templates() -> int:
    return sum(len(one) for one in generate.sentences().values())


def main(arguments: Sequence[str] = ()) -> None:
    """Measure what is named, all where nothing is, and write ``scale.md``."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"any of {', '.join(PARTS)}")
    for name, default in (("small", 5000), ("large", 50_000), ("job", 2400), ("rounds", 5), ("kills", 10)):
        parser.add_argument(f"--{name}", type=int, default=default)
    given = parser.parse_args(arguments)
    for name in given.parts or PARTS:
        began = os.getloadavg()[0]
        with tempfile.TemporaryDirectory(prefix="nspcc-scale-") as folder:
            keep(name, PARTS[name](Path(folder), given), began)


if __name__ == "__main__":
    main(sys.argv[1:])
