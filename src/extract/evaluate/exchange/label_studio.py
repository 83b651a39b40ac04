"""Gold to and from Label Studio: one task a release, a region for each mention and one for each figure.

Regions of figures lie over the region of their anchor. Offsets are code points, as Label Studio counts them since
October 2021.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from xml.sax.saxutils import quoteattr

from extract.errors import GoldError
from extract.evaluate.exchange.codec import (
    CHOSEN,
    WRITTEN,
    field_text,
    field_value,
    mention_text,
    mention_value_of,
)
from extract.evaluate.gold import GoldRelease, occurrence_of, parse_gold
from extract.evaluate.goldfile import gold_data
from extract.lexicon.vocabulary import read_rows
from extract.records import BOUNDS, FIELDS, FLAGS, LABELS, STATISTICS, UNITS

FIGURE = "FIGURE"
_HEAD = ("id", "split", "title", "published", "publisher")
_COLOURS = ("#1f77b4", "#17becf", "#9467bd", "#2ca02c", "#ff7f0e", "#e377c2", "#7f7f7f")


def to_label_studio(releases: Sequence[GoldRelease]) -> str:
    """Return the JSON file that Label Studio imports: tasks with their annotations."""
    return json.dumps([task(release) for release in releases], ensure_ascii=False, indent=1) + "\n"


def from_label_studio(text: str, where: str = "label-studio.json") -> tuple[GoldRelease, ...]:
    """Return the releases of a Label Studio export (JSON, not JSON-MIN).

    Raises
    ------
    GoldError
        No JSON, a task without annotation or with several, a value that cannot be read; and what `parse_gold` refuses.
    """
    try:
        tasks = json.loads(text)
    except json.JSONDecodeError as error:
        raise GoldError(where, f"is not JSON ({error})", "export the project as JSON") from error
    return tuple(_release(task_, f"{where}, task {number}") for number, task_ in enumerate(tasks, 1))


def task(release: GoldRelease) -> dict[str, Any]:
    """Return one task; a model's output is imported for review by moving ``annotations`` to ``predictions``."""
    data = gold_data(release)
    head = {key: data[key] for key in _HEAD if key in data}
    return {"data": {**head, "text": release.text}, "annotations": [{"result": list(_regions(release))}]}


def _regions(release: GoldRelease) -> Iterator[dict[str, Any]]:
    for number, mention in enumerate(release.mentions, 1):
        region = _Region(f"m{number}", mention.start, mention.end)
        yield region.labels(release.text, mention.label)
        value = mention_text(mention)
        if value is not None:
            yield region.text("normalised", value)
    for number, observation in enumerate(release.observations, 1):
        region = _Region(f"o{number}", observation.start, observation.end)
        yield region.labels(release.text, FIGURE)
        for name in (*FIELDS, "flags"):
            value = field_text(observation, name)
            if value is not None:
                yield region.choices(name, value.split(", ")) if name in CHOSEN else region.text(name, value)


class _Region:
    """Writes the results that belong to one region."""

    def __init__(self, id_: str, start: int, end: int) -> None:
        self._id, self._span = id_, {"start": start, "end": end}

    def labels(self, text: str, label: str) -> dict[str, Any]:
        covered = text[self._span["start"] : self._span["end"]]
        return self._result("label", "labels", {"text": covered, "labels": [label]})

    def text(self, name: str, value: str) -> dict[str, Any]:
        return self._result(name, "textarea", {"text": [value]})

    def choices(self, name: str, values: list[str]) -> dict[str, Any]:
        return self._result(name, "choices", {"choices": values})

    def _result(self, name: str, kind: str, value: dict[str, Any]) -> dict[str, Any]:
        return {
            "id": self._id,
            "from_name": name,
            "to_name": "text",
            "type": kind,
            "value": {**self._span, **value},
        }


def _release(task_: Mapping[str, Any], where: str) -> GoldRelease:
    annotations = [a for a in task_.get("annotations", ()) if not a.get("was_cancelled")]
    if len(annotations) != 1:
        raise GoldError(where, f"has {len(annotations)} annotations", "leave one, the adjudicated one")
    data = task_["data"]
    text: str = data["text"]
    regions: dict[str, dict[str, Mapping[str, Any]]] = {}
    for result in annotations[0]["result"]:
        regions.setdefault(result["id"], {})[result["from_name"]] = result["value"]
    mentions, observations = [], []
    for parts in regions.values():
        label, at = parts["label"]["labels"][0], parts["label"]
        place = [text[at["start"] : at["end"]], occurrence_of(text, at["start"], at["end"])]
        if label == FIGURE:
            fields = {name: _field(name, parts.get(name), f"{where}, {place}") for name in (*FIELDS, "flags")}
            observations.append({"at": place, **fields})
        else:
            written = parts["normalised"]["text"][0] if "normalised" in parts else None
            mentions.append([label, *place, mention_value_of(label, written, f"{where}, {place}")])
    head = {key: data[key] for key in _HEAD if key in data}
    return parse_gold({**head, "text": text, "mentions": mentions, "observations": observations}, where)


def _field(name: str, value: Mapping[str, Any] | None, where: str) -> Any:
    if value is None:
        return field_value(name, None, where)
    text = ", ".join(value["choices"]) if name in CHOSEN else value["text"][0]
    return field_value(name, text, where)


def labelling_config() -> str:
    """Return the labelling interface (XML) that these tasks need: paste it into the project's settings."""
    options = {
        "statistic": STATISTICS,
        "unit": UNITS,
        "bound": BOUNDS,
        "measure": [row["id"] for row in read_rows("vocabulary/measures.csv")],
        "offence": [row["id"] for row in read_rows("vocabulary/offences.csv")],
        "gender": ("female", "male"),
        "flags": FLAGS,
    }
    lines = ["<View>", "  <Style>.htx-text { white-space: pre-wrap; }</Style>", '  <Labels name="label" toName="text">']
    for label, colour in zip((*LABELS, FIGURE), _COLOURS, strict=True):
        lines.append(f'    <Label value="{label}" background="{colour}"/>')
    lines += ["  </Labels>", '  <Text name="text" value="$text" granularity="symbol"/>']
    lines.append('  <TextArea name="normalised" toName="text" perRegion="true" maxSubmissions="1" editable="true"/>')
    shown = f'perRegion="true" visibleWhen="region-selected" whenTagName="label" whenLabelValue="{FIGURE}"'
    for name in WRITTEN:
        lines.append(
            f'  <Header value={quoteattr(name)}/><TextArea name="{name}" toName="text" maxSubmissions="1" {shown}/>'
        )
    for name, values in options.items():
        many = "multiple" if name == "flags" else "single"
        lines.append(f'  <Header value="{name}"/><Choices name="{name}" toName="text" choice="{many}" {shown}>')
        lines += [f"    <Choice value={quoteattr(value)}/>" for value in values]
        lines.append("  </Choices>")
    return "\n".join([*lines, "</View>"]) + "\n"
