"""Measures how cost grows: with a release's length, with the number of releases, with the size of the lexicon."""

from __future__ import annotations

import csv
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from benchmarks.machine import ROOT, table
from benchmarks.process import WorkerError, work
from benchmarks.texts import Writer

FACTORS = (1, 3, 10, 30, 100)
ROUNDS = 2
#: Seconds after which a measurement is given up.
LIMIT = 150.0
#: Texts over which the growth of the lexicon is measured.
TEXTS = 20
#: File, column of the alias, and columns that a new row takes over from the row it is made from.
LEXICON = {"area_names.csv": "name", "force_names.csv": "alias", "platform_names.csv": "alias"}


def exponent(factors: Sequence[float], costs: Sequence[float]) -> float:
    """Return the slope of the least-squares line through the logarithms: 1 is linear.

    >>> round(exponent([1, 10, 100], [2, 20, 200]), 6)
    1.0
    """
    return float(np.polyfit(np.log(factors), np.log(costs), 1)[0])


def _best(job: dict[str, object], path: str | None = None) -> dict[str, float] | None:
    try:
        rounds = [work("pipeline", job, path, LIMIT) for _ in range(ROUNDS)]
    except WorkerError:
        return None
    fastest = min(rounds, key=lambda r: r["seconds"])
    return {**fastest, "load": min(r["load"] for r in rounds)}


def growth_lines() -> list[str]:
    """Return the section on growth."""
    return [
        "## Growth",
        "",
        "Processor time of the whole pipeline, the best of two rounds in fresh processes. The exponent is the slope of "
        "the line through the logarithms (1 is linear); the last one is that of the last step alone, 30× to 100×, "
        f"where no fixed cost hides the growth. What took longer than {LIMIT:.0f} s was given up.",
        "",
        *_length_lines("news"),
        *_length_lines("dense"),
        *_number_lines(),
        *_lexicon_lines(),
    ]


def _summary(rows: list[tuple[int, dict[str, float] | None]], key: str = "seconds") -> list[str]:
    known = [(f, r[key]) for f, r in rows if r is not None]
    cells = [f"{r[key]:.2f} s" if r else "given up" for _, r in rows]
    if len(known) < 2:
        return [*cells, "–", "–"]
    factors, costs = zip(*known, strict=True)
    return [*cells, f"{exponent(factors, costs):.2f}", f"{exponent(factors[-2:], costs[-2:]):.2f}"]


HEADS = [*(f"{f}×" for f in FACTORS), "exponent", "last"]


def _length_lines(mix: str) -> list[str]:
    rows = [(f, _best({"mix": mix, "number": f, "joined": True})) for f in FACTORS]
    peaks = [f"{r['peak']:.0f} MB" if r else "–" for _, r in rows]
    words = [f"{r['words']:,.0f}" if r else "–" for _, r in rows]
    title = f"one release, {mix}, its length"
    return table(
        [title, *HEADS],
        [["words", *words, "", ""], ["time", *_summary(rows)], ["peak memory", *peaks, "", ""]],
    )


def _number_lines() -> list[str]:
    rows = [(f, _best({"mix": "dense", "number": f})) for f in FACTORS]
    peaks = [f"{r['peak']:.0f} MB" if r else "–" for _, r in rows]
    return table(["so many dense releases", *HEADS], [["time", *_summary(rows)], ["peak memory", *peaks, "", ""]])


def _lexicon_lines() -> list[str]:
    rows = []
    names: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        for factor in FACTORS:
            place = Path(folder) / str(factor)
            names.append(f"{enlarged(place, factor):,}")
            rows.append((factor, _best({"mix": "dense", "number": TEXTS}, str(place))))
            shutil.rmtree(place)
    return table(
        ["names in the lexicon", *HEADS],
        [
            ["names of places, forces and platforms", *names, "", ""],
            [f"time over {TEXTS} dense releases", *_summary(rows)],
            ["time to load, first two releases included", *_summary(rows, "load")],
            ["peak memory", *(f"{r['peak']:.0f} MB" if r else "–" for _, r in rows), "", ""],
        ],
    )


def enlarged(place: Path, factor: int) -> int:
    """Copy the package to ``place`` with a lexicon of so many times the names; return how many it then has.

    New rows are copies of the old ones under invented names of one and two words.
    """
    shutil.copytree(ROOT / "src" / "extract", place / "extract", ignore=shutil.ignore_patterns("__pycache__"))
    writer, total = Writer("news", seed=factor), 0
    for file, column in LEXICON.items():
        path = place / "extract" / "lexicon" / file
        with path.open(encoding="utf-8", newline="") as stream:
            rows = list(csv.DictReader(stream))
        taken = {row[column] for row in rows}
        made = list(rows)
        while len(made) < factor * len(rows):
            alias = f"{writer.syllable()}{writer.make_place().lower()}".capitalize()
            alias = alias if writer.rng.random() < 0.5 else f"{alias} {writer.make_place()}"
            if alias not in taken:
                taken.add(alias)
                made.append({**rows[len(made) % len(rows)], column: alias})
        with path.open("w", encoding="utf-8", newline="") as stream:
            out = csv.DictWriter(stream, list(rows[0]))
            out.writeheader()
            out.writerows(made)
        total += len(made)
    return total
