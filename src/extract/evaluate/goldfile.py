"""Writes gold files: the inverse of `extract.evaluate.gold`, and drafts that a person then confirms."""

from __future__ import annotations

import json
from typing import Any

from extract.evaluate.gold import GoldRelease, Split, occurrence_of
from extract.records import FIELDS, Annotated, Mention, Observation, as_json


def gold_data(gold: GoldRelease) -> dict[str, Any]:
    """Return a gold release in the form of section 3 of the definition; `parse_gold` gives the same release back."""
    head = {"id": gold.id, "split": gold.split, "title": gold.title, "published": gold.published}
    if gold.publisher is not None:
        head["publisher"] = gold.publisher
    return head | {
        "text": gold.text,
        "mentions": [_mention_row(m, gold.text) for m in gold.mentions],
        "observations": [_observation_row(o, gold.text) for o in gold.observations],
    }


def draft(found: Annotated, split: Split = "dev") -> dict[str, Any]:
    """Return a gold file filled with what the pipeline found, as a draft: the scorer refuses it until confirmed."""
    release = found.release
    gold = GoldRelease(
        release.id,
        release.text,
        found.mentions,
        found.observations,
        split,
        release.title,
        release.published,
        release.publisher,
    )
    data = gold_data(gold)
    return {"id": data.pop("id"), "status": "draft", **data}


def gold_json(data: dict[str, Any]) -> str:
    """Return a gold file's text: one line a key, a mention, an observation, so that a change is a line."""

    def dump(value: Any) -> str:
        return json.dumps(value, ensure_ascii=False)

    lines = []
    for key, value in data.items():
        rows = ",\n".join(f"  {dump(row)}" for row in value) if isinstance(value, list) else ""
        lines.append(f" {dump(key)}: " + (f"[\n{rows}\n ]" if isinstance(value, list) else dump(value)))
    return "{\n" + ",\n".join(lines) + "\n}\n"


def _mention_row(mention: Mention, text: str) -> list[Any]:
    surface = text[mention.start : mention.end]
    return [mention.label, surface, occurrence_of(text, mention.start, mention.end), as_json(mention.value)]


def _observation_row(observation: Observation, text: str) -> dict[str, Any]:
    start, end = observation.start, observation.end
    fields = {name: as_json(getattr(observation, name)) for name in (*FIELDS, "flags")}
    return {"at": [text[start:end], occurrence_of(text, start, end)], **fields}
