"""Gold to and from JSONL for Prodigy and doccano, one release a line.

Both tools read the same line: Prodigy takes ``spans`` (with keys of its own kept) and ``meta``, doccano ``label`` and
keeps all other keys as metadata. On the way back ``spans`` or, where a tool left only that, ``label`` gives the
mentions; figures and values that no mention lost are taken over by their spans.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from extract.errors import GoldError
from extract.evaluate.gold import GoldRelease, occurrence_of, parse_gold
from extract.evaluate.goldfile import gold_data
from extract.records import as_json

_HEAD = ("id", "split", "title", "published", "publisher")


def to_jsonl(releases: Sequence[GoldRelease]) -> str:
    """Return one line a release."""
    return "".join(json.dumps(_row(release), ensure_ascii=False) + "\n" for release in releases)


def from_jsonl(text: str, where: str = "annotations.jsonl") -> tuple[GoldRelease, ...]:
    """Return the releases of a Prodigy or doccano export.

    Raises
    ------
    GoldError
        A line that is no JSON or lacks the text; a mention without value that is new; what `parse_gold` refuses.
    """
    made = []
    # Not splitlines: JSON strings may hold line separators other than the newline.
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            place = f"{where}:{number}"
            try:
                made.append(_release(json.loads(line), place))
            except (json.JSONDecodeError, KeyError, TypeError) as error:
                problem = f"is no annotated release ({type(error).__name__}: {error})"
                raise GoldError(place, problem, "export JSONL with spans or labels") from error
    return tuple(made)


def _row(release: GoldRelease) -> dict[str, Any]:
    data = gold_data(release)
    spans = [{"start": m.start, "end": m.end, "label": m.label, "value": as_json(m.value)} for m in release.mentions]
    return {
        "text": release.text,
        "spans": spans,
        "label": [[m.start, m.end, m.label] for m in release.mentions],
        "observations": [
            {"start": o.start, "end": o.end, **{k: v for k, v in row.items() if k != "at"}}
            for o, row in zip(release.observations, data["observations"], strict=True)
        ],
        "meta": {key: data[key] for key in _HEAD if key in data},
    }


def _release(row: Mapping[str, Any], where: str) -> GoldRelease:
    text: str = row["text"]
    meta = row.get("meta") or {key: row[key] for key in _HEAD if key in row}
    spans: list[Mapping[str, Any]] = row.get("spans") or []
    known = {(s["start"], s["end"], s["label"]): s["value"] for s in spans if "value" in s}
    # Doccano edits `label` and leaves `spans` as it was imported.
    labels = row.get("label", row.get("labels"))
    wanted = [(s["start"], s["end"], s["label"]) for s in spans] if labels is None else [tuple(x) for x in labels]
    mentions = []
    for start, end, label in wanted:
        if (start, end, label) not in known:
            problem = f"{label} {text[start:end]!r} at {start} has no value"
            raise GoldError(where, problem, "add it to `spans` with its `value`")
        mentions.append([label, *_at(text, start, end), known[start, end, label]])
    observations = [
        {"at": _at(text, o["start"], o["end"]), **{k: v for k, v in o.items() if k not in ("start", "end")}}
        for o in row.get("observations", ())
    ]
    return parse_gold({**meta, "text": text, "mentions": mentions, "observations": observations}, where)


def _at(text: str, start: int, end: int) -> list[Any]:
    return [text[start:end], occurrence_of(text, start, end)]
