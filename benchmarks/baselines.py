"""Scores the mentions of other tools on the gold set beside ours: writes ``baselines.md`` and ``baselines.json``."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from benchmarks.machine import FOLDER, ROOT, header, table, write
from benchmarks.peers import PEERS, Peer
from extract.evaluate.gold import SPLITS, GoldRelease, load_gold
from extract.evaluate.scores import Scores, evaluate
from extract.records import LABELS, SCORED_LABELS, Annotated, Label, Release

#: The labels that can be found without knowing any name.
NUMERIC: tuple[Label, ...] = ("YEAR", "COUNT", "PERCENTAGE")


def predictions(peer: Peer, gold: Iterable[GoldRelease]) -> list[Annotated]:
    """Return what a peer finds in the texts that the gold labels."""
    find = peer.load()
    made = []
    for item in gold:
        release = Release(item.id, item.text, title=item.title, published=item.published)
        made.append(Annotated(release, tuple(find(release)), ()))
    return made


def as_json(scores: Scores) -> dict[str, Any]:
    """Return the sums over all releases: for each label and two micro-averages P, R, F1, partial F1, value accuracy."""
    groups: dict[str, tuple[Label, ...]] = {label: (label,) for label in LABELS}
    groups |= {"micro_five": SCORED_LABELS, "micro_numeric": NUMERIC}
    made: dict[str, Any] = {}
    for name, labels in groups.items():
        strict, partial = scores.total.mentions(labels), scores.total.mentions(labels, partial=True)
        made[name] = {
            "precision": strict.precision,
            "recall": strict.recall,
            "f1": strict.f1,
            "partial_f1": partial.f1,
            "value_accuracy": scores.total.value_accuracy(labels),
            "gold": strict.tp + strict.fn,
            "found": strict.tp + strict.fp,
        }
    interval = scores.intervals["mention_f1"]
    made["micro_five"]["interval"] = [interval.low, interval.high]
    return made


def main() -> None:
    """Score every peer on both splits and write the results."""
    results: dict[str, dict[str, Any]] = {}
    for split in SPLITS:
        gold = load_gold(ROOT / "gold", split)
        results[split] = {"releases": len(gold), "tools": {}}
        for peer in PEERS.values():
            results[split]["tools"][peer.key] = as_json(evaluate(predictions(peer, gold), gold))
    packages = sorted({p for peer in PEERS.values() for p in peer.packages})
    (FOLDER / "baselines.json").write_text(json.dumps(results, indent=1, sort_keys=True) + "\n", "utf-8")
    write("baselines.md", [*header("Mentions: this package and other tools", "baselines", packages), *_page(results)])


def _page(results: Mapping[str, Any]) -> list[str]:
    lines = [
        "Every tool is run on the texts of `gold/` and scored by `extract.evaluate` against the same labels: strict "
        "(same span, same label), F1 in percent. The tools were made for other ends, and none of them knows police "
        "forces or the definition; what each one finds is mapped to the labels as favourably as its output allows, as "
        "said below. The same figures, with precision and recall, stand in `baselines.json`. `dev` is what our rules "
        "were written on, `test` is not.",
        "",
    ]
    for split in reversed(SPLITS):
        lines += [f"## {split}, {results[split]['releases']} releases", "", *_table(results[split]["tools"])]
    lines += ["## How each tool was run and mapped", ""]
    for peer in PEERS.values():
        lines.append(f"- **{peer.name}**, run {peer.configuration} Mapping: {peer.mapping}")
    return lines


def _table(tools: Mapping[str, Any]) -> list[str]:
    heads = ["tool", *LABELS, "micro F1 of five", "95% interval", "the same, partial", "F1 of numbers alone", "values"]
    return table(heads, [_row(PEERS[key].name, found) for key, found in tools.items()])


def _row(name: str, found: Mapping[str, Any]) -> Sequence[str]:
    five = found["micro_five"]
    labels = [percent(found[label]["f1"]) if found[label]["found"] else "–" for label in LABELS]
    interval = " to ".join(percent(v) for v in five["interval"])
    numeric = found["micro_numeric"]
    return [
        name,
        *labels,
        percent(five["f1"]),
        interval,
        percent(five["partial_f1"]),
        percent(numeric["f1"]),
        percent(five["value_accuracy"]),
    ]


def percent(value: float | None) -> str:
    """Return a share as a percentage with one decimal; a dash where there is none."""
    return "–" if value is None else f"{100 * value:.1f}"
