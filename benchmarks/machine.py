"""Says where and when something was measured, and lays out Markdown."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

FOLDER = Path(__file__).parent
ROOT = FOLDER.parent
#: A load average below this means that the machine was this run's own.
QUIET = 0.5


def processor() -> str:
    """Return the processor's model name."""
    try:
        lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
    except OSError:
        return platform.processor() or "unknown"
    return next((line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")), "unknown")


def memory() -> str:
    """Return the size of the main memory."""
    return f"{os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / 2**30:.0f} GB"


@cache
def load_before() -> float:
    """Return the load average of the last minute when this was first called: at the start of the run."""
    return os.getloadavg()[0]


def installed(package: str) -> str | None:
    """Return the version of an installed package, None where it is not there."""
    try:
        return version(package)
    except PackageNotFoundError:
        return None


def header(title: str, part: str, packages: Iterable[str], target: str = "bench") -> list[str]:
    """Return the head of a result file: what writes it, where, when and with which versions of ``packages``."""
    versions = ", ".join(f"{p} {installed(p) or '(not installed)'}" for p in packages)
    shared = "other work shared the machine" if load_before() > QUIET else "nothing else of weight was running"
    return [
        f"# {title}",
        "",
        f"Written by `make {target}` (this file alone: `python -m benchmarks {part}`) on {datetime.now(UTC):%Y-%m-%d}; "
        "nothing in it is filled in by hand.",
        "",
        f"- Machine: {processor()}, {os.cpu_count()} cores, {memory()}, {platform.system()} {platform.machine()}, "
        f"Python {platform.python_version()}. Load average when the run began: {load_before():.2f} ({shared}).",
        f"- Versions: {versions}.",
        "",
    ]


def table(headings: Sequence[str], rows: Iterable[Sequence[object]]) -> list[str]:
    """Return a Markdown table, its first column set left and the others right."""
    lines = ["| " + " | ".join(headings) + " |", "| --- " + "| ---: " * (len(headings) - 1) + "|"]
    lines += ["| " + " | ".join(str(c) for c in row) + " |" for row in rows]
    return [*lines, ""]


def write(name: str, lines: Sequence[str]) -> None:
    """Write a result file beside this module."""
    (FOLDER / name).write_text("\n".join(lines).rstrip() + "\n", "utf-8")
    print(f"written: benchmarks/{name}")
