"""Loads gold files: one JSON file a release, the text with the labels made on it, checked against the definition."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any, Literal

from extract.errors import GoldError
from extract.lexicon.vocabulary import force_ids, ids
from extract.records import BOUNDS, FIELDS, FLAGS, LABELS, Label, Mention, Observation

Split = Literal["dev", "test"]
SPLITS: tuple[Split, ...] = ("dev", "test")
#: The units that each statistic may carry.
UNITS_OF: Mapping[str, frozenset[str]] = {
    "count": frozenset({"number"}),
    "share": frozenset({"percent"}),
    "change": frozenset({"percent"}),
    "ratio": frozenset({"multiple"}),
    "rate": frozenset({"per_hour", "per_day", "per_week", "per_month", "per_year"}),
}
_REQUIRED = {"id", "text", "mentions", "observations"}
_OPTIONAL = {"title", "published", "url", "publisher", "split", "status"}
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_OBSERVATION_KEYS = {"at", *FIELDS, "flags"}


@dataclass(frozen=True, slots=True)
class GoldRelease:
    """A release's text with the labels that hold for it.

    ``unprojected_mentions`` and ``unprojected_observations`` are labels that have no place in ``text`` because it is
    another rendering's: they count as misses.
    """

    id: str
    text: str
    mentions: tuple[Mention, ...]
    observations: tuple[Observation, ...]
    split: Split = "dev"
    title: str | None = None
    published: str | None = None
    publisher: str | None = None
    unprojected_mentions: tuple[Mention, ...] = ()
    unprojected_observations: tuple[Observation, ...] = ()


def load_gold(folder: Path, split: Split | None = None) -> tuple[GoldRelease, ...]:
    """Return the gold releases of a folder (``*.json``), in the order of their ids.

    Raises
    ------
    GoldError
        Naming file and row; also where the folder holds no gold file of that split.
    """
    releases = tuple(read_gold(path) for path in sorted(folder.glob("*.json")))
    chosen = tuple(r for r in releases if split is None or r.split == split)
    if not chosen:
        kind = f"{split} " if split else ""
        raise GoldError(folder, f"holds no {kind}gold file", "name the folder that holds the label files (gold/)")
    return chosen


def read_gold(path: Path) -> GoldRelease:
    """Return one gold file; see `parse_gold` for what is checked."""
    try:
        data = json.loads(path.read_text("utf-8"))
    except (UnicodeDecodeError, json.JSONDecodeError) as error:
        raise GoldError(path, f"is not JSON in UTF-8 ({error})", "mend it at the place named") from error
    release = parse_gold(data, str(path))
    if release.id != path.stem:
        raise GoldError(path, f"holds the id {release.id!r}", "give the file its id as name")
    return release


def parse_gold(data: Any, where: str, *, drafts: bool = False) -> GoldRelease:
    """Check a gold file's content and resolve its surface forms to spans.

    Parameters
    ----------
    data
        The decoded JSON: the form of section 3 of the definition with ``text`` beside it.
    where
        What errors call the file.
    drafts
        Whether a file whose ``status`` is ``draft`` is taken; the scorer refuses it.

    Raises
    ------
    GoldError
        Unknown or missing keys, a draft, a surface form that is not there so often, overlapping mentions, an id
        outside the vocabulary, an anchor that is no ``COUNT`` or ``PERCENTAGE``, a value of the wrong form.
    """
    split = _checked_head(data, where, drafts=drafts)
    text = data["text"]
    mentions = tuple(_mention(row, text, f"{where}, mention {n}") for n, row in enumerate(data["mentions"], 1))
    _refuse_overlaps(mentions, where)
    anchors = {(m.start, m.end): m for m in mentions}
    observations = tuple(
        _observation(row, text, anchors, f"{where}, observation {n}") for n, row in enumerate(data["observations"], 1)
    )
    return GoldRelease(
        id=data["id"],
        text=text,
        mentions=tuple(sorted(mentions, key=lambda m: m.start)),
        observations=observations,
        split=split,
        title=data.get("title"),
        published=data.get("published"),
        publisher=data.get("publisher"),
    )


def _checked_head(data: Any, where: str, *, drafts: bool) -> Split:
    if not isinstance(data, dict) or not set(data) >= _REQUIRED or set(data) - _REQUIRED - _OPTIONAL:
        raise GoldError(where, "has missing or unknown keys", f"use {sorted(_REQUIRED)}; {sorted(_OPTIONAL)} may stand")
    if not all(isinstance(data[key], str) for key in ("id", "text")):
        raise GoldError(where, "has an id or a text that is no string", "write both in quotation marks")
    if not all(isinstance(data[key], list) for key in ("mentions", "observations")):
        raise GoldError(where, "has mentions or observations that are no list", "write them in square brackets")
    if data.get("status") == "draft" and not drafts:
        raise GoldError(where, "is a draft", "confirm each record, then remove `status`")
    split = next((name for name in SPLITS if name == data.get("split", "dev")), None)
    if split is None:
        raise GoldError(where, f"has the split {data['split']!r}", "use dev or test")
    return split


def locate(text: str, surface: str, occurrence: int) -> int | None:
    """Return where the n-th occurrence of a surface form starts, overlapping ones counted; None where there are fewer.

    >>> locate("1,111 and 111", "11", 3)
    10
    """
    at = -1
    for _ in range(occurrence):
        at = text.find(surface, at + 1)
        if at < 0:
            return None
    return at


def occurrence_of(text: str, start: int, end: int) -> int:
    """Return which occurrence of its own surface form, counted from 1, the span is: the inverse of `locate`."""
    surface, number, at = text[start:end], 0, -1
    while at < start:
        at = text.find(surface, at + 1)
        number += 1
    return number


def _span(at: Any, text: str, where: str) -> tuple[int, int]:
    surface, occurrence = at
    if not isinstance(surface, str) or not surface or not isinstance(occurrence, int) or occurrence < 1:
        raise GoldError(where, f"names no occurrence: {at!r}", "give a surface form and a number from 1")
    start = locate(text, surface, occurrence)
    if start is None:
        raise GoldError(where, f"{surface!r} does not occur {occurrence} times", "count its occurrences again")
    return start, start + len(surface)


def _mention(row: Any, text: str, where: str) -> Mention:
    if not isinstance(row, list) or len(row) != 4 or row[0] not in LABELS:
        raise GoldError(where, f"is not [label, surface, occurrence, value]: {row!r}", f"use a label of {LABELS}")
    label: Label = row[0]
    start, end = _span(row[1:3], text, where)
    return Mention(label, start, end, row[1], mention_value(label, row[3], where), "gold")


def mention_value(label: Label, value: Any, where: str) -> Any:
    """Return a mention's JSON value as the records hold it, checked against the definition."""
    known: Callable[[Any], bool] = {
        "FORCE": lambda v: v in force_ids(),
        "AREA": lambda v: isinstance(v, str) and _SLUG.fullmatch(v) is not None,
        "YEAR": lambda v: v is None or _is_period(v),
        "COUNT": _is_number,
        "PERCENTAGE": lambda v: len(v) == 2 and _is_number(v[0]) and v[1] in ("percent", "multiple"),
        "PLATFORM": lambda v: bool(v) and set(v) <= ids("platforms"),
    }[label]
    plain = [value] if label == "PLATFORM" and isinstance(value, str) else value
    try:
        good = known(plain)
    except TypeError:
        good = False
    if not good:
        raise GoldError(where, f"the value {value!r} does not suit {label}", "see section 1 of the definition")
    if label == "PLATFORM":
        return tuple(sorted(plain))
    return tuple(plain) if isinstance(plain, list) else plain


def _refuse_overlaps(mentions: Iterable[Mention], where: str) -> None:
    ordered = sorted(mentions, key=lambda m: (m.start, m.end))
    for left, right in pairwise(ordered):
        if right.start < left.end:
            problem = f"{left.label} {left.text!r} and {right.label} {right.text!r} overlap at {right.start}"
            raise GoldError(where, problem, "remove one or mend its occurrence")


def _observation(row: Any, text: str, anchors: Mapping[tuple[int, int], Mention], where: str) -> Observation:
    if not isinstance(row, dict) or set(row) != _OBSERVATION_KEYS:
        raise GoldError(where, "has missing or unknown keys", f"use exactly {sorted(_OBSERVATION_KEYS)}")
    start, end = _span(row["at"], text, where)
    anchor = anchors.get((start, end))
    if anchor is None or anchor.label not in ("COUNT", "PERCENTAGE"):
        raise GoldError(where, f"is anchored on {row['at']!r}, no COUNT or PERCENTAGE", "label its anchor")
    for name, good in _CHECKS.items():
        if not good(row[name]):
            raise GoldError(where, f"{name} is {row[name]!r}", "see section 2 of the definition")
    if row["unit"] not in UNITS_OF[row["statistic"]]:
        raise GoldError(where, f"a {row['statistic']} in {row['unit']}", "give the statistic a unit of its own")
    return observation_from(row, start, end)


def observation_from(row: Mapping[str, Any], start: int, end: int) -> Observation:
    """Return a record from the JSON fields of an observation (sections 3 and 5 write them alike)."""
    made: dict[str, Any] = {name: _tuple(row.get(name)) for name in FIELDS}
    made["value"] = float(made["value"])
    return Observation(
        start,
        end,
        **made,
        flags=tuple(row.get("flags") or ()),
        notes=tuple(row.get("notes") or ()),
        sentence=row.get("sentence") or "",
        rules=dict(row.get("rules") or {}),
        margin=float(row.get("margin", 1.0)),
    )


def _tuple(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _is_period(value: Any) -> bool:
    if not isinstance(value, list) or len(value) != 2 or not all(isinstance(v, str) for v in value):
        return False
    try:
        first, last = (date.fromisoformat(v) for v in value)
    except ValueError:
        return False
    return first <= last


def _is_sorted_set(value: Any) -> bool:
    return isinstance(value, list) and value == sorted(set(value)) and all(_SLUG.fullmatch(v) for v in value)


def _is_age(value: Any) -> bool:
    return value is None or (
        isinstance(value, list) and len(value) == 2 and all(v is None or isinstance(v, int) for v in value)
    )


_CHECKS: Mapping[str, Callable[[Any], bool]] = {
    "statistic": lambda v: v in UNITS_OF,
    "value": _is_number,
    "unit": lambda v: isinstance(v, str),
    "bound": lambda v: v in BOUNDS,
    "measure": lambda v: v in ids("measures"),
    "offence": lambda v: v is None or v in ids("offences"),
    "geography": _is_sorted_set,
    "period": lambda v: v is None or _is_period(v),
    "base": lambda v: v is None or _is_period(v),
    "platforms": lambda v: _is_sorted_set(v) and set(v) <= ids("platforms"),
    "gender": lambda v: v in (None, "female", "male"),
    "age": _is_age,
    "flags": lambda v: isinstance(v, list) and set(v) <= set(FLAGS) and len(v) == len(set(v)),
}
