"""How many forces the figures of a release are from, where it says so."""

from __future__ import annotations

from collections.abc import Iterable

from extract.lexicon.rules import first_match, load_rules
from extract.records import Annotated, Observation
from extract.tabulate.schema import Row


def coverage_rows(annotated: Annotated, keys: list[str]) -> list[Row]:
    """Return the rows that a release adds to ``coverage``; ``keys`` are the ids of its observations."""
    rows = []
    for key, o in zip(keys, annotated.observations, strict=True):
        rule = _rule(o, annotated.release.text[o.start : o.end])
        if rule is not None:
            start, end = o.period or (None, None)
            rows.append(
                {
                    "observation_id": key,
                    "release_id": annotated.release.id,
                    "forces": float(o.value),
                    "bound": o.bound,
                    "period_start": start,
                    "period_end": end,
                    "rule": rule,
                }
            )
    return rows


def _rule(o: Observation, figure: str) -> str | None:
    """Return the rule by which an observation is a coverage: a count of forces that are said to give data."""
    if o.measure != "forces" or o.statistic != "count" or not figure:
        return None
    # Each place where the figure is printed in its sentence may be the one meant.
    pieces = o.sentence.split(figure)
    for n in range(1, len(pieces)):
        masked = figure.join(pieces[:n]) + "FIGURE" + figure.join(pieces[n:])
        found = first_match(load_rules("coverage"), masked)
        if found is not None:
            return found[0].id
    return None


def covered(rows: Iterable[Row], start: str | None, end: str | None) -> float | None:
    """Return over how many forces a figure of a period is: the largest number that its release gives for it.

    Parameters
    ----------
    rows
        The release's rows of ``coverage``. A number without a period is for all periods.
    start, end
        The figure's period.
    """
    return max((row["forces"] for row in rows if _holds(row, start, end)), default=None)


def _holds(row: Row, start: str | None, end: str | None) -> bool:
    if row["period_start"] is None:
        return True
    return start is not None and end is not None and row["period_start"] <= start and end <= row["period_end"]
