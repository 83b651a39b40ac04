"""Tables of what was recorded, and of the changes that releases claim beside those that the counts give."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from extract.report import words
from extract.tabulate.schema import Row


def years_between(years: Iterable[str]) -> list[str]:
    """Return all police years from the first to the last one given.

    Examples
    --------
    >>> years_between(["2017/18", "2019/20"])
    ['2017/18', '2018/19', '2019/20']
    """
    first = sorted({int(year[:4]) for year in years})
    return [words.police_year(year) for year in range(first[0], first[-1] + 1)] if first else []


def grid(figures: Iterable[Row], row: str, column: str, columns: Sequence[str]) -> list[Row]:
    """Return a table: ``key`` of each row and its ``cells``, None where no release gives a figure."""
    found: dict[str, dict[str, Row]] = {}
    for figure in figures:
        found.setdefault(figure[row], {})[figure[column]] = figure
    return [{"key": key, "cells": [cells.get(c) for c in columns]} for key, cells in sorted(found.items())]


def changes(figures: Sequence[Row]) -> list[Row]:
    """Return the changes and multiples of recorded offences that releases claim, beside what the counts give.

    Each has ``claimed`` (a figure), ``before`` and ``after`` (counts of the same thing, or None) and ``computed``
    (words, or None where a count is missing or is 0 before).
    """
    counts = {(_subject(f), f["period_start"], f["period_end"]): f for f in figures if f["statistic"] == "count"}
    made = []
    for claimed in figures:
        if claimed["statistic"] not in ("change", "ratio") or not claimed["base_start"] or not claimed["period_start"]:
            continue
        subject = _subject(claimed)
        before = counts.get((subject, claimed["base_start"], claimed["base_end"]))
        after = counts.get((subject, claimed["period_start"], claimed["period_end"]))
        made.append(
            {"claimed": claimed, "before": before, "after": after, "computed": computed(claimed, before, after)}
        )
    return made


def _subject(figure: Row) -> tuple[object, ...]:
    people = (figure["gender"], figure["age_min"], figure["age_max"])
    lists = (tuple(figure["geographies"]), tuple(figure["platforms"]))
    return (figure["measure"], figure["offence"], *lists, *people)


def computed(claimed: Row, before: Row | None, after: Row | None) -> str | None:
    """Return the change or multiple that two counts give, in words."""
    if before is None or after is None or before["value"] == 0:
        return None
    ratio = after["value"] / before["value"]
    exact = before["bound"] == after["bound"] == "="
    value = round(ratio, 2) if claimed["statistic"] == "ratio" else round(100 * (ratio - 1), 1)
    return words.figure(value, claimed["unit"], claimed["statistic"], "=" if exact else "~")


def said_of_series(figures: Sequence[Row]) -> str:
    """Return what a series shows, in words: its first, its highest and its last figure."""
    if not figures:
        return "No figure is known."
    ordered = sorted(figures, key=lambda f: f["year"])
    first, last, most = ordered[0], ordered[-1], max(ordered, key=lambda f: f["value"])
    if len(ordered) == 1:
        return f"{first['text']} in {first['year']}, the only year known."
    return (
        f"{first['text']} in {first['year']} and {last['text']} in {last['year']}; "
        f"the highest is {most['text']} in {most['year']}; {len(ordered)} years are known.{_loose(ordered)}"
    )


def _loose(figures: Sequence[Row]) -> str:
    said = [f"{f['text']} in {f['year']}" for f in figures if f["bound"] != "="]
    return f" Not exact: {'; '.join(said)}." if said else ""
