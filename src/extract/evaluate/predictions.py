"""Reads system output in the form of section 5 of the definition, so that anything can be scored."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from extract.errors import UsageError
from extract.evaluate.gold import observation_from
from extract.records import LABELS, Annotated, Mention, Release


def read_predictions(path: Path) -> tuple[Annotated, ...]:
    """Return the releases of a JSONL file, one a line.

    Raises
    ------
    UsageError
        Naming the line: no JSON, a missing key, a label or an offset that cannot be, an id given twice.
    """
    try:
        lines = path.read_text("utf-8").splitlines()
    except UnicodeDecodeError as error:
        raise UsageError(path, f"is not UTF-8 ({error})", "write it with `annotate --format jsonl`") from error
    return predictions_from_lines(lines, str(path))


def predictions_from_lines(lines: Iterable[str], where: str = "predictions") -> tuple[Annotated, ...]:
    """Return the releases of JSONL lines; blank lines are passed over. See `read_predictions`."""
    made: dict[str, Annotated] = {}
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        place = f"{where}:{number}"
        try:
            found = annotated_from(json.loads(line), place)
        except (json.JSONDecodeError, KeyError, TypeError) as error:
            problem = f"is not a release in the form of section 5 ({type(error).__name__}: {error})"
            raise UsageError(place, problem, "write it with `annotate --format jsonl`") from error
        if found.release.id in made:
            raise UsageError(place, f"gives the id {found.release.id} a second time", "keep one line a release")
        made[found.release.id] = found
    return tuple(made.values())


def annotated_from(data: Mapping[str, Any], where: str = "prediction") -> Annotated:
    """Return the records that one line of ``annotate --format jsonl`` stands for."""
    text: str = data["text"]
    release = Release(
        id=data["id"],
        text=text,
        title=data.get("title"),
        published=data.get("published"),
        source=data.get("source"),
    )
    for row in (*data["mentions"], *data["observations"]):
        if not 0 <= row["start"] < row["end"] <= len(text):
            raise UsageError(where, f"the span {row['start']} to {row['end']} is not in the text", "mend its offsets")
    mentions = tuple(_mention(row, text, where) for row in data["mentions"])
    observations = tuple(observation_from(row, row["start"], row["end"]) for row in data["observations"])
    return Annotated(release, mentions, observations)


def _mention(row: Mapping[str, Any], text: str, where: str) -> Mention:
    if row["label"] not in LABELS:
        raise UsageError(where, f"the label {row['label']!r} is unknown", f"use one of {LABELS}")
    value = row.get("value")
    plain = tuple(value) if isinstance(value, list) else value
    return Mention(row["label"], row["start"], row["end"], text[row["start"] : row["end"]], plain, row.get("rule", ""))
