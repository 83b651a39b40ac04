"""Measures start-up times, peak memory and the size of the package."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from benchmarks.machine import ROOT, table
from benchmarks.process import processor_seconds
from benchmarks.texts import Writer

ROUNDS = 9
PROGRAM = str(Path(sys.executable).parent / "nspcc-extract")


def startup_lines(best: Mapping[tuple[str, str], Mapping[str, float]]) -> list[str]:
    """Return the sections on start-up and size; ``best`` holds the pipeline's peak memory."""
    with tempfile.TemporaryDirectory() as folder:
        text = Path(folder) / "release.txt"
        text.write_text(Writer("dense").text(), "utf-8")
        commands = {
            'python -c "import typer"': [sys.executable, "-c", "import typer"],
            "nspcc-extract --help": [PROGRAM, "--help"],
            "nspcc-extract --version": [PROGRAM, "--version"],
            'python -c "import spacy"': [sys.executable, "-c", "import spacy"],
            "nspcc-extract annotate (one dense release)": [PROGRAM, "annotate", str(text), "--format", "jsonl"],
        }
        times = {name: processor_seconds(command, ROUNDS) for name, command in commands.items()}
    floor, spacy = times['python -c "import typer"'], times['python -c "import spacy"']
    rows = [[f"`{name}`", f"{1000 * t:.0f} ms", f"{t / floor:.1f}", f"{t / spacy:.2f}"] for name, t in times.items()]
    peaks = ", ".join(f"{best['pipeline', mix]['peak']:.0f} MB on {mix}" for mix in ("news", "dense", "corpus"))
    return [
        "## Start-up",
        "",
        f"Processor time of a fresh process, the best of {ROUNDS}; the files are in the system's cache.",
        "",
        *table(["command", "time", "times `import typer`", "times `import spacy`"], rows),
        "## Memory and size",
        "",
        f"- Peak memory of the whole pipeline over a mix: {peaks}.",
        *_size_lines(),
    ]


def _size_lines() -> list[str]:
    package = ROOT / "src" / "extract"
    files = [p for p in package.rglob("*") if p.is_file() and "__pycache__" not in p.parts]
    data = [p for p in files if p.suffix != ".py"]
    unpacked, of_data = (sum(p.stat().st_size for p in some) / 1024 for some in (files, data))
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "-w", folder]
        subprocess.run([*command, str(ROOT)], check=True, capture_output=True)
        wheel = next(Path(folder).glob("*.whl")).stat().st_size / 1024
    return [
        f"- The wheel has {wheel:.0f} KB; unpacked {unpacked:.0f} KB in {len(files)} files, {of_data:.0f} KB of it "
        "data (lexicon, templates).",
    ]
