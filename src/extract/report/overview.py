"""The first page, the doubts, the rules."""

from __future__ import annotations

from typing import Any

from extract.lexicon.rules import load_rules
from extract.report import charts, links, words
from extract.report.paging import paged
from extract.report.reading import Reading
from extract.report.series import years_between
from extract.report.writing import Writer
from extract.tabulate.schema import Row

#: Scores as ``nspcc-extract evaluate --json`` writes them, and what each one means.
SCORES = (
    ("mention_f1", "Mentions found", "words marked with the right label and exact ends (macro-F1 over labels)"),
    ("value_accuracy", "Values of mentions", "of the mentions found, those with the right value"),
    ("core_f1", "Observations, core fields", "figures with value, measure, place and period all right (F1)"),
    ("record_f1", "Observations, all fields", "figures with every field right (F1)"),
)


def write_overview(reading: Reading, writer: Writer, accuracy: dict[str, Any] | None) -> None:
    """Write ``index.html``: what is in the dataset, coverage, accuracy, what to look at."""
    rows = reading.rows("SELECT force, year, count(DISTINCT offence) AS n FROM force_year GROUP BY 1, 2 ORDER BY 1, 2")
    years = years_between(row["year"] for row in rows)
    writer.page(
        "index.html",
        "overview.html",
        title="Figures on child abuse in press releases",
        counts=_counts(reading),
        coverage=_coverage(reading, writer, rows, years) if rows else None,
        years=[{"name": year, "href": links.year(year)} for year in years],
        table=_table(reading, rows, years),
        accuracy=_accuracy(accuracy),
        offences=_offences(reading),
        flags=_flags(reading),
    )


def _counts(reading: Reading) -> list[Row]:
    def row(name: str, query: str, href: str) -> Row:
        return {"name": name, "number": reading.count(query), "href": href}

    return [
        row("releases", "SELECT count(*) FROM releases", "releases/index.html"),
        row("figures stated", "SELECT count(*) FROM observations", "search.html"),
        row("forces with a series", "SELECT count(DISTINCT force) FROM force_year", "places/index.html"),
        row("police years", "SELECT count(DISTINCT year) FROM force_year", "years/index.html"),
        row("offences and harms", "SELECT count(DISTINCT offence) FROM observations", "offences/index.html"),
        row("platforms", "SELECT count(DISTINCT platform) FROM observation_platforms", "platforms/index.html"),
    ]


def _coverage(reading: Reading, writer: Writer, rows: list[Row], years: list[str]) -> Row:
    points = [
        {
            "place": reading.place_name(row["force"]),
            "year": row["year"],
            "value": row["n"],
            "said": str(row["n"]),
            "href": f"{links.place(row['force'])}#series",
        }
        for row in rows
    ]
    forces = len({row["force"] for row in rows})
    said = (
        f"{forces} forces have figures for police years between {years[0]} and {years[-1]}: each cell says for how "
        "many offences. Empty cells are years for which no release gives a figure of the force."
    )
    return charts.chart(
        writer,
        "coverage",
        "Offences with a figure, by force and police year",
        said,
        charts.heat(points, years, "Offences with a figure"),
    )


def _table(reading: Reading, rows: list[Row], years: list[str]) -> list[Row]:
    found: dict[str, dict[str, int]] = {}
    for row in rows:
        found.setdefault(row["force"], {})[row["year"]] = row["n"]
    return [
        {"name": reading.place_name(force), "href": links.place(force), "cells": [cells.get(y) for y in years]}
        for force, cells in found.items()
    ]


def _accuracy(scores: dict[str, Any] | None) -> list[Row]:
    made = []
    given = scores or {}
    # Both splits together say nothing that each by itself does not, and hide how far they lie apart.
    for split, found in given.items() if len(given) == 1 else ((s, f) for s, f in given.items() if s != "all"):
        for key, name, meaning in SCORES:
            low, high = found["intervals"][key]
            values = {"score": found["headline"][key], "low": low, "high": high}
            said = {k: "–" if v is None else f"{100 * v:.1f}%" for k, v in values.items()}
            made.append({"split": split, "releases": found["releases"], "name": name, "meaning": meaning, **said})
    return made


def _offences(reading: Reading) -> list[Row]:
    query = """SELECT offence, count(*) AS figures, count(DISTINCT force) AS forces, min(year) AS first,
        max(year) AS last FROM force_year GROUP BY 1 ORDER BY 2 DESC, 1"""
    return [
        {**row, "name": reading.offence_name(row["offence"]), "href": links.offence(row["offence"])}
        for row in reading.rows(query)
    ]


def _flags(reading: Reading) -> list[Row]:
    found = {r["flag"]: r["n"] for r in reading.rows("SELECT flag, count(*) AS n FROM observation_flags GROUP BY 1")}
    return [
        {"flag": flag, "name": words.FLAGS[flag][0], "meaning": words.FLAGS[flag][1], "number": number}
        for flag, number in sorted(found.items(), key=lambda item: -item[1])
    ]


def write_doubts(reading: Reading, writer: Writer) -> None:
    """Write the lists of conflicts, of revisions and of each flag."""
    conflicts = """SELECT c.*, o.figure_text, o.sentence, o.statistic, o.unit, t.figure_text AS taken_text,
        t.sentence AS taken_sentence FROM conflicts c JOIN observations o USING (observation_id)
        JOIN observations t ON t.observation_id = c.taken_id ORDER BY c.release_id, o.span_start"""
    _doubts(
        reading,
        writer,
        "conflicts",
        "Conflicts",
        words.FLAGS["conflicting"][1],
        [
            [_said(row, "taken_id", "taken_value", "taken_sentence"), _said(row, "observation_id", "value", "sentence")]
            for row in reading.rows(conflicts)
        ],
    )
    revisions = """SELECT v.*, o.sentence, o.statistic, o.unit FROM revisions v
        JOIN observations o USING (observation_id) ORDER BY v.figure_id, v.rank, o.span_start"""
    groups: dict[str, list[Row]] = {}
    for row in reading.rows(revisions):
        groups.setdefault(row["figure_id"], []).append(_said(row, "observation_id", "value", "sentence"))
    _doubts(reading, writer, "revisions", "Revisions", words.FLAGS["revised"][1], list(groups.values()))
    for flag in ("period_repaired", "period_inferred", "conflicting_geography", "arithmetic_mismatch"):
        query = """SELECT o.* FROM observations o JOIN observation_flags f USING (observation_id)
            WHERE f.flag = ? ORDER BY o.release_id, o.span_start"""
        rows = [[_said(row, "observation_id", "value", "sentence")] for row in reading.rows(query, (flag,))]
        name, meaning = words.FLAGS[flag]
        _doubts(reading, writer, flag, name.capitalize(), meaning, rows)


def _said(row: Row, key: str, value: str, sentence: str) -> Row:
    return {
        "text": words.figure(row[value], row["unit"], row["statistic"], row["bound"] if value == "value" else "="),
        "href": links.evidence(row["release_id"], row[key]),
        "sentence": row[sentence],
        "release": row["release_id"],
        "published": row.get("published"),
    }


def _doubts(reading: Reading, writer: Writer, name: str, title: str, meaning: str, groups: list[list[Row]]) -> None:
    titles = {
        r["release_id"]: r["title"] or r["release_id"] for r in reading.rows("SELECT release_id, title FROM releases")
    }
    for path, part in paged(f"doubts/{name}.html", groups, 60):
        used = {one["release"]: titles[one["release"]] for group in part["rows"] for one in group}
        writer.page(path, "doubts.html", title=title, meaning=meaning, part=part, titles=used)


def write_rules(reading: Reading, writer: Writer) -> None:
    """Write a page for each rule file, and their index."""
    names = sorted(set(reading.rule_files.values()))
    listed = []
    for name in names:
        rules = [
            {"id": rule.id, "why": rule.why, "yes": rule.yes, "no": rule.no, "value": str(rule.value or "")}
            for rule in load_rules(name)
        ]
        listed.append({"name": name, "href": f"rules/{name}.html", "number": len(rules)})
        writer.page(f"rules/{name}.html", "rules.html", title=f"Rules: {name}", rules=rules)
    writer.page("rules/index.html", "rule_files.html", title="Rules", listed=listed)
