"""Shows scores: as a table for the terminal, as JSON, as Markdown, and errors as text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from rich.console import Group
from rich.table import Table
from rich.text import Text

from extract.evaluate.differences import Difference
from extract.evaluate.scores import Scores
from extract.evaluate.tally import HEADLINES, ReleaseScore, Tally, headline
from extract.records import FIELDS, FLAGS, LABELS, SCORED_LABELS, Label

HEADLINE_NAMES = {
    "mention_f1": "Mentions, micro F1 over five labels",
    "mention_f1_six": "Mentions, micro F1 over six labels",
    "mention_partial_f1": "Mentions, micro F1 over five, partial",
    "value_accuracy": "Value accuracy of strict hits",
    "record_f1": "Observations, record F1",
    "core_f1": "Observations, core F1",
}
Row = list[str]
#: Title, headings and rows of one part of a report.
Section = tuple[str, Row, list[Row]]


def headline_rows(scores: Scores) -> list[Row]:
    """Return one row a headline figure: name, value, 95% interval."""
    rows = []
    for name in HEADLINES:
        interval = scores.intervals.get(name)
        shown = f"{show(interval.low)} to {show(interval.high)}" if interval else "–"
        rows.append([HEADLINE_NAMES[name], show(headline(scores.total, name)), shown])
    return rows


def mention_rows(score: ReleaseScore) -> list[Row]:
    """Return one row a label and two micro-averages: strict P, R, F1, partial F1, value accuracy, gold count."""
    rows = [_mention_row(score, label, (label,)) for label in LABELS]
    rows.append(_mention_row(score, "micro, five", SCORED_LABELS))
    rows.append(_mention_row(score, "micro, six", LABELS))
    return rows


def _mention_row(score: ReleaseScore, name: str, labels: tuple[Label, ...]) -> Row:
    tally = score.mentions(labels)
    partial = score.mentions(labels, partial=True)
    return [name, *_prf(tally), show(partial.f1), show(score.value_accuracy(labels)), str(tally.tp + tally.fn)]


def record_rows(score: ReleaseScore) -> list[Row]:
    """Return the rows of observations: anchors found, core and record, then flags; P, R, F1, gold count."""
    tallies = {"anchor found": score.anchors, "core record": score.core, "record": score.record}
    tallies |= {f"flag {flag}": score.flags[flag] for flag in FLAGS}
    return [[name, *_prf(tally), str(tally.tp + tally.fn)] for name, tally in tallies.items()]


def field_rows(score: ReleaseScore) -> list[Row]:
    """Return one row a field: accuracy over aligned pairs, and how many of how many."""
    shares = score.fields
    return [[f, show(shares[f].accuracy), f"{shares[f].equal}/{shares[f].of}"] for f in FIELDS]


def release_rows(releases: Sequence[ReleaseScore]) -> list[Row]:
    """Return one row a release: mention F1, core F1, record F1, labels that could not be projected."""
    return [[r.id, show(r.mentions().f1), show(r.core.f1), show(r.record.f1), str(r.unprojected)] for r in releases]


def sections(scores: Scores, *, per_release: bool = True) -> list[Section]:
    """Return title, headings and rows of each part of a report."""
    made = [
        (f"Scores over {len(scores.releases)} releases", ["", "score", "95% interval"], headline_rows(scores)),
        ("Mentions", ["label", "P", "R", "F1", "partial F1", "value", "gold"], mention_rows(scores.total)),
        ("Observations", ["", "P", "R", "F1", "gold"], record_rows(scores.total)),
        ("Fields over aligned pairs", ["field", "accuracy", "equal"], field_rows(scores.total)),
    ]
    if per_release:
        headings = ["release", "mention F1", "core F1", "record F1", "unprojected"]
        made.append(("Releases", headings, release_rows(scores.releases)))
    return made


def side_by_side(scores: Mapping[str, Scores]) -> Section:
    """Return the headline figures of several splits beside each other, each with its interval."""
    title = ", ".join(f"{name}: {len(s.releases)} releases" for name, s in scores.items())
    headings = [""] + [h for name in scores for h in (name, "95% interval")]
    columns = [headline_rows(s) for s in scores.values()]
    rows = [[same[0][0], *(cell for row in same for cell in row[1:])] for same in zip(*columns, strict=True)]
    return title, headings, rows


def as_table(scores: Scores, *, per_release: bool = True) -> Group:
    """Return the report for a Rich console."""
    return tables(sections(scores, per_release=per_release), remarks(scores))


def as_markdown(scores: Scores, *, per_release: bool = True) -> str:
    """Return the report as Markdown."""
    return markdown(sections(scores, per_release=per_release), remarks(scores))


def tables(parts: Sequence[Section], lines: Sequence[str] = ()) -> Group:
    """Return sections as tables for a Rich console, remarks below them."""
    made: list[Table | Text] = []
    for title, headings, rows in parts:
        table = Table(title=title, title_justify="left")
        for index, heading in enumerate(headings):
            table.add_column(heading, justify="right" if index else "left")
        for row in rows:
            table.add_row(*row)
        made.append(table)
    made += [Text(line, style="yellow") for line in lines]
    return Group(*made)


def markdown(parts: Sequence[Section], remarks: Sequence[str] = ()) -> str:
    """Return sections as Markdown tables, remarks below them."""
    lines: list[str] = []
    for title, headings, rows in parts:
        lines += [f"### {title}", "", _line(headings), _line(["---", *["---:"] * (len(headings) - 1)])]
        lines += [*map(_line, rows), ""]
    return "\n".join([*lines, *remarks]).rstrip() + "\n"


def as_data(scores: Scores, *, per_release: bool = True) -> dict[str, Any]:
    """Return the report as what ``json`` writes."""
    made: dict[str, Any] = {
        "releases": len(scores.releases),
        "headline": {name: headline(scores.total, name) for name in HEADLINES},
        "intervals": {name: [i.low, i.high] for name, i in scores.intervals.items()},
        "total": score_data(scores.total),
        "missing": list(scores.missing),
        "ignored": list(scores.ignored),
    }
    if per_release:
        made["per_release"] = {r.id: score_data(r) for r in scores.releases}
    return made


def score_data(score: ReleaseScore) -> dict[str, Any]:
    """Return counts and what is computed from them as what ``json`` writes."""
    return {
        "mentions": {
            label: {"strict": _tally_data(score.strict[label]), "partial": _tally_data(score.partial[label])}
            | {"value_accuracy": score.values[label].accuracy}
            for label in LABELS
        },
        "macro_f1": score.macro_f1(),
        "anchors": _tally_data(score.anchors),
        "core": _tally_data(score.core),
        "record": _tally_data(score.record),
        "fields": {name: {"equal": s.equal, "of": s.of, "accuracy": s.accuracy} for name, s in score.fields.items()},
        "flags": {name: _tally_data(tally) for name, tally in score.flags.items()},
        "unprojected": score.unprojected,
    }


def remarks(scores: Scores) -> list[str]:
    """Return what a reader of the scores must know besides: releases without a counterpart, lost labels."""
    made = []
    if scores.missing:
        made.append(f"Without a prediction, so all missed: {', '.join(scores.missing)}.")
    if scores.ignored:
        made.append(f"Predictions for {len(scores.ignored)} releases that are not scored here were left aside.")
    if scores.total.unprojected:
        made.append(f"Labels with no place in the text that was read, so missed: {scores.total.unprojected}.")
    return made


def error_lines(found: Sequence[Difference]) -> list[str]:
    """Return differences as plain text: the sentence with the span marked, gold against predicted, rules."""
    lines: list[str] = []
    for d in found:
        lines.append(f"\n{d.release} @{d.start} {d.layer} {d.kind} {d.label}{' (core)' if d.core else ''}")
        lines.append(f"  {d.before}[[{d.span}]]{d.after}")
        if d.kind == "wrong" and d.gold and d.predicted:
            names = d.fields if d.layer == "observation" else ("label", "text", "value")
            for name in names:
                rule = d.rules.get(name, "")
                lines.append(f"    {name}: gold {d.gold[name]!r}, predicted {d.predicted[name]!r}  {rule}".rstrip())
        else:
            side = d.gold or d.predicted or {}
            lines.append("    " + ", ".join(f"{k}={v!r}" for k, v in side.items() if v not in (None, [], "")))
        if d.rules:
            lines.append("    rules: " + ", ".join(f"{k}={v}" for k, v in d.rules.items()))
    return lines


def show(value: float | None) -> str:
    """Return a score with three decimals, or a dash where it has no meaning."""
    return "–" if value is None else f"{value:.3f}"


def _prf(tally: Tally) -> Row:
    return [show(tally.precision), show(tally.recall), show(tally.f1)]


def _tally_data(tally: Tally) -> dict[str, Any]:
    counts = {"tp": tally.tp, "fp": tally.fp, "fn": tally.fn}
    return counts | {"precision": tally.precision, "recall": tally.recall, "f1": tally.f1}


def _line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cells) + " |"
