"""Gold to and from brat standoff: ``ID.txt``, ``ID.ann`` and, for what brat has no place for, ``ID.meta.json``.

A mention is a text-bound annotation (T) with its value in a note; a figure is an event (E) whose trigger is its
anchor and whose type is its statistic, with the other fields in a note. Offsets are code points.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from extract.errors import GoldError
from extract.evaluate.exchange.codec import field_text, field_value, mention_text, mention_value_of
from extract.evaluate.gold import GoldRelease, occurrence_of, parse_gold
from extract.evaluate.goldfile import gold_data
from extract.records import FIELDS, LABELS, STATISTICS, Label

_HEAD = ("id", "split", "title", "published", "publisher")
_TEXT_BOUND = re.compile(r"(T\d+)\t(\w+) ([\d ;]+)\t.*")
_EVENT = re.compile(r"(E\d+)\t(\w+):(T\d+)\s*")
_NOTE = re.compile(r"#\d+\tAnnotatorNotes ([TE]\d+)\t(.*)")


def to_brat(release: GoldRelease) -> dict[str, str]:
    """Return the names and contents of a release's three files."""
    data = gold_data(release)
    meta = {key: data[key] for key in _HEAD if key in data}
    return {
        f"{release.id}.txt": release.text,
        f"{release.id}.ann": "".join(f"{line}\n" for line in _lines(release)),
        f"{release.id}.meta.json": json.dumps(meta, ensure_ascii=False, indent=1) + "\n",
    }


def from_brat(text: str, annotations: str, meta: Mapping[str, Any], where: str = "brat") -> GoldRelease:
    """Return a release from the contents of its three files.

    Raises
    ------
    GoldError
        A line of a kind that is not used here, a figure without note, a value that cannot be read; and what
        `parse_gold` refuses.
    """
    bound: dict[str, tuple[str, int, int]] = {}
    events: dict[str, tuple[str, str]] = {}
    notes: dict[str, str] = {}
    for number, line in enumerate(annotations.split("\n"), 1):
        if match := _TEXT_BOUND.fullmatch(line):
            numbers = [int(n) for n in re.findall(r"\d+", match[3])]
            bound[match[1]] = (match[2], min(numbers), max(numbers))
        elif match := _EVENT.fullmatch(line):
            events[match[1]] = (match[2], match[3])
        elif match := _NOTE.fullmatch(line):
            notes[match[1]] = match[2]
        elif line.strip():
            raise GoldError(f"{where}:{number}", f"is a line of unknown kind: {line!r}", "use T, E and AnnotatorNotes")
    # Brat gives a trigger a text-bound annotation of its own; ours are the mentions themselves.
    mentions = [_mention(key, *bound[key], notes, text, where) for key in bound if bound[key][0] in LABELS]
    observations = [
        _observation(key, kind, bound, trigger, notes, text, where) for key, (kind, trigger) in events.items()
    ]
    return parse_gold({**meta, "text": text, "mentions": mentions, "observations": observations}, where)


def annotation_conf() -> str:
    """Return the ``annotation.conf`` of a brat collection for these files."""
    events = "\n".join(STATISTICS)
    return "[entities]\n" + "\n".join(LABELS) + f"\n[relations]\n[events]\n{events}\n[attributes]\n"


def _lines(release: GoldRelease) -> Iterator[str]:
    triggers: dict[tuple[int, int], str] = {}
    note = 0
    for number, mention in enumerate(release.mentions, 1):
        triggers[mention.start, mention.end] = f"T{number}"
        covered = release.text[mention.start : mention.end].replace("\n", " ")
        yield f"T{number}\t{mention.label} {_fragments(release.text, mention.start, mention.end)}\t{covered}"
        value = mention_text(mention)
        if value is not None:
            note += 1
            yield f"#{note}\tAnnotatorNotes T{number}\t{value}"
    for number, observation in enumerate(release.observations, 1):
        trigger = triggers[observation.start, observation.end]
        yield f"E{number}\t{observation.statistic}:{trigger}"
        filled = {n: field_text(observation, n) for n in (*FIELDS, "flags") if n != "statistic"}
        note += 1
        shown = "; ".join(f"{name}={value}" for name, value in filled.items() if value is not None)
        yield f"#{note}\tAnnotatorNotes E{number}\t{shown}"


def _fragments(text: str, start: int, end: int) -> str:
    """Return a span as brat writes it: one that runs over a line break is in pieces."""
    pieces = [(m.start() + start, m.end() + start) for m in re.finditer(r"[^\n]+", text[start:end])]
    return ";".join(f"{a} {b}" for a, b in pieces)


def _mention(key: str, label: str, start: int, end: int, notes: Mapping[str, str], text: str, where: str) -> list[Any]:
    known: Label = next(x for x in LABELS if x == label)
    value = mention_value_of(known, notes.get(key), f"{where}, {key}")
    return [label, text[start:end], occurrence_of(text, start, end), value]


def _observation(
    key: str,
    statistic: str,
    bound: Mapping[str, tuple[str, int, int]],
    trigger: str,
    notes: Mapping[str, str],
    text: str,
    where: str,
) -> dict[str, Any]:
    if key not in notes or trigger not in bound:
        raise GoldError(f"{where}, {key}", "has no note or no trigger", "write its fields as `value=12; unit=number`")
    written = dict(part.split("=", 1) for part in notes[key].split("; ") if "=" in part)
    written["statistic"] = statistic
    fields = {name: field_value(name, written.get(name), f"{where}, {key}") for name in (*FIELDS, "flags")}
    _, start, end = bound[trigger]
    return {"at": [text[start:end], occurrence_of(text, start, end)], **fields}
