"""The gold gate: scores may rise, and fall only with a reason that stays on record.

``gold/gate.toml`` pins a floor for each headline figure and split, and the hashes of the gold files and of the inputs
that the floors were measured on. A changed file, like a fallen score, fails the gate until it is set anew.
"""

from __future__ import annotations

import hashlib
import json
import math
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from extract.errors import GoldError
from extract.evaluate.scores import Scores
from extract.evaluate.tally import HEADLINES, headline

#: Split to headline figure to the least value that passes.
Floors = Mapping[str, Mapping[str, float]]
# Floors are cut to so many decimals: a score never fails its own floor by rounding.
_DECIMALS = 4


@dataclass(frozen=True, slots=True)
class Lowering:
    """A floor that was lowered, and why."""

    split: str
    name: str
    before: float
    after: float
    reason: str


@dataclass(frozen=True, slots=True)
class Gate:
    """The pinned hashes and floors, with every lowering so far."""

    hashes: Mapping[str, str] = field(default_factory=dict)
    floors: Floors = field(default_factory=dict)
    lowered: tuple[Lowering, ...] = ()


def hash_files(paths: Iterable[Path]) -> str:
    """Return the SHA-256, in hex, of files by name and content; neither order nor folder matters."""
    digest = hashlib.sha256()
    for path in sorted(paths, key=lambda p: p.name):
        digest.update(f"{path.name}\0{hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    return digest.hexdigest()


def check_gate(gate: Gate, scores: Mapping[str, Scores], hashes: Mapping[str, str]) -> list[str]:
    """Return what keeps the gate shut, a line each; an empty list means it is open.

    Parameters
    ----------
    gate
        What is pinned.
    scores
        The scores of this run by split.
    hashes
        The hashes of what this run was given, under the names that the gate uses (``gold``, ``inputs``).
    """
    problems = []
    for name in sorted({*gate.hashes, *hashes}):
        if gate.hashes.get(name) != hashes.get(name):
            problems.append(f"{name}: files differ from those that the floors were measured on; set the gate anew")
    for split, floors in gate.floors.items():
        for name, floor in floors.items():
            value = headline(scores[split].total, name) if split in scores else None
            if value is None or value < floor:
                shown = "no score" if value is None else f"{value:.4f}"
                problems.append(f"{split} {name}: {shown} is below the floor {floor:.4f}")
    return problems


def set_gate(
    gate: Gate, scores: Mapping[str, Scores], hashes: Mapping[str, str], *, lower: bool = False, reason: str = ""
) -> Gate:
    """Return the gate with floors at this run's scores.

    Parameters
    ----------
    gate, scores, hashes
        As for `check_gate`.
    lower, reason
        Both are needed where a floor would fall; each lowering is recorded with the reason.

    Raises
    ------
    GoldError
        A floor would fall without leave or reason.
    """
    floors: dict[str, dict[str, float]] = {}
    fallen: list[Lowering] = []
    for split, score in scores.items():
        floors[split] = {}
        for name in HEADLINES:
            value = headline(score.total, name)
            if value is not None:
                floors[split][name] = math.floor(value * 10**_DECIMALS) / 10**_DECIMALS
            before, after = gate.floors.get(split, {}).get(name, 0.0), floors[split].get(name, 0.0)
            if after < before:
                fallen.append(Lowering(split, name, before, after, reason))
    if fallen and not (lower and reason.strip()):
        named = ", ".join(f"{f.split} {f.name} {f.before:.4f} to {f.after:.4f}" for f in fallen)
        raise GoldError(None, f"would lower {named}", "ask for it and give a reason, or mend what made it fall")
    # A split that was not scored keeps its floors.
    kept = {split: dict(old) for split, old in gate.floors.items() if split not in floors}
    return Gate(dict(hashes), {**kept, **floors}, (*gate.lowered, *fallen))


def read_gate(path: Path) -> Gate:
    """Return the gate of a TOML file; an empty gate where there is none yet.

    Raises
    ------
    GoldError
        The file is no TOML or has unknown or missing keys.
    """
    if not path.exists():
        return Gate()
    try:
        data = tomllib.loads(path.read_text("utf-8"))
        lowered = tuple(Lowering(**row) for row in data.pop("lowered", []))
        gate = Gate(data.pop("hashes"), data.pop("floors"), lowered)
    except (tomllib.TOMLDecodeError, TypeError, KeyError) as error:
        raise GoldError(path, f"is no gate file ({error})", "restore it from version control") from error
    unknown = {n for floors in gate.floors.values() for n in floors} - set(HEADLINES)
    if data or unknown:
        raise GoldError(path, f"has unknown keys {sorted({*data, *unknown})}", f"use the floors {HEADLINES}")
    return gate


def write_gate(gate: Gate, path: Path) -> None:
    """Write a gate as TOML, in an order of its own, so that a change is a small difference."""
    path.write_text(gate_toml(gate), "utf-8")


def gate_toml(gate: Gate) -> str:
    """Return the TOML text of a gate; `read_gate` gives the same gate back."""
    lines = ["# Set by `nspcc-extract evaluate`, never by hand; see docs/evaluation.md.", "", "[hashes]"]
    lines += [f"{name} = {json.dumps(value)}" for name, value in sorted(gate.hashes.items())]
    for split, floors in sorted(gate.floors.items()):
        lines += ["", f"[floors.{split}]", *(f"{name} = {value}" for name, value in floors.items())]
    for row in gate.lowered:
        lines += ["", "[[lowered]]", *(f"{k} = {_toml(getattr(row, k))}" for k in Lowering.__slots__)]
    if not gate.floors:
        lines += ["", "[floors]"]
    return "\n".join(lines) + "\n"


def _toml(value: Any) -> str:
    # JSON strings and numbers are TOML strings and numbers.
    return json.dumps(value, ensure_ascii=False)
