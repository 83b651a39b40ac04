"""What stands between a figure and the others of its series: another number of forces, period, definition or force."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import groupby
from operator import itemgetter

from extract.lexicon import vocabulary
from extract.tabulate.history import merged_before
from extract.tabulate.schema import SEPARATOR, Row, Rows
from extract.tabulate.series import police_year

#: What the police count, and what is therefore given by police years.
_POLICE = frozenset({"offences", "instances", "victims", "suspects"})
#: Figures that differ in nothing else are of one series.
_SERIES = itemgetter("offence", "statistic", "unit", "platforms", "gender", "age_min", "age_max")
#: Figures of one kind, which may be of several offences.
_KIND = itemgetter("statistic", "unit")
#: Days by which a period may begin before an offence came into force: 2017/18 holds all of one of 3 April 2017.
_SLACK = 31
Pair = tuple[Row, Rows]


@dataclass(frozen=True, slots=True)
class Family:
    """An offence that is taken for others of its family; ``in_force`` and ``where`` say since when it is one."""

    offence: str
    family: str
    in_force: str
    where: str
    note: str


@cache
def families() -> dict[str, Family]:
    """Return the offences that are taken for each other, by id."""
    return {row["offence"]: Family(**row) for row in vocabulary.read_rows("offence_families.csv")}


def marked(pairs: Iterable[Pair]) -> Iterator[Pair]:
    """Give each figure its marks: the table ``comparability``, and their names in the figure's own row.

    Parameters
    ----------
    pairs
        Figures with their rows, in the order of ``FIGURE_KEY``: those of one place and measure stand together, and
        only they are held at a time.
    """
    for _, group in groupby(pairs, key=lambda pair: (pair[0]["geographies"], pair[0]["measure"])):
        members = list(group)
        figures = [figure for figure, _ in members]
        by_series, by_kind = _grouped(figures, _SERIES), _grouped(figures, _KIND)
        for figure, rows in members:
            series, kind = by_series[_SERIES(figure)], by_kind[_KIND(figure)]
            marks = list(_marks(figure, series, kind))
            figure["comparability"] = SEPARATOR.join(mark for mark, _ in marks)
            made = [{"figure_id": figure["figure_id"], "mark": mark, "detail": detail} for mark, detail in marks]
            yield figure, {**rows, "comparability": made}


def _grouped(figures: list[Row], key: Callable[[Row], Hashable]) -> dict[Hashable, list[Row]]:
    groups: dict[Hashable, list[Row]] = {}
    for figure in figures:
        groups.setdefault(key(figure), []).append(figure)
    return groups


def _marks(figure: Row, series: list[Row], kind: list[Row]) -> Iterator[tuple[str, str]]:
    found = {
        "coverage": coverage(figure, series),
        "definition": definition(figure, kind),
        "force": force(figure),
        "period": period(figure),
    }
    yield from ((mark, detail) for mark, detail in found.items() if detail)


def coverage(figure: Row, series: list[Row]) -> str | None:
    """Return over how many forces a figure is, where others of its series are over another number."""
    own = figure["coverage"]
    others = {(o["coverage"], _span(o)) for o in series if o["coverage"] is not None and o["coverage"] != own}
    if own is None or not others or figure["measure"] == "forces":
        return None
    told = ", ".join(f"over {number:g} for {span}" for number, span in sorted(others, key=lambda pair: pair[::-1])[:3])
    return f"over {own:g} forces; {told}"


def definition(figure: Row, kind: list[Row]) -> str | None:
    """Return what else than a figure's offence others of its place count, and whether it was an offence then."""
    own = families().get(figure["offence"] or "")
    if own is None:
        return None
    told = []
    if own.in_force and _within(figure, own.where) and _days(figure["period_start"], own.in_force) > _SLACK:
        told.append(f"the offence came into force on {own.in_force}")
    others = {o["offence"] for o in kind} - {own.offence}
    alike = sorted(o for o in others if o in families() and families()[o].family == own.family)
    if alike:
        told.append(f"other figures count {', '.join(alike)}")
    return "; ".join(told) or None


def force(figure: Row) -> str | None:
    """Return what a figure's force was before it was merged, where the period begins before that."""
    for geography in str(figure["geographies"]).split(SEPARATOR):
        parts = merged_before(geography)
        if parts and figure["period_start"] <= max(part.until for part in parts):
            return f"until {parts[0].until} there were {', '.join(part.name for part in parts)}"
    return None


def period(figure: Row) -> str | None:
    """Return the length of a police figure's period, where it is no police year."""
    if figure["measure"] not in _POLICE or police_year((figure["period_start"], figure["period_end"])):
        return None
    return f"{figure['months']} months, {_span(figure)}: not a police year"


def _span(figure: Row) -> str:
    year = police_year((figure["period_start"], figure["period_end"]))
    return year or f"{figure['period_start']} to {figure['period_end']}"


def _within(figure: Row, area: str) -> bool:
    """Return whether some of a figure's forces, or of those in its places, lie in an area."""
    places = str(figure["geographies"]).split(SEPARATOR)
    return any((vocabulary.forces_in(place) | {place}) & vocabulary.forces_in(area) for place in places)


def _days(start: str, later: str) -> int:
    return (date.fromisoformat(later) - date.fromisoformat(start)).days
