"""Which figures belong in the series of what each force recorded in each police year."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from extract.lexicon.vocabulary import force_ids
from extract.records import Observation, Period


def police_year(period: Period | None) -> str | None:
    """Return ``2018/19`` for 1 April 2018 to 31 March 2019, and None for any other period.

    Examples
    --------
    >>> police_year(("2018-04-01", "2019-03-31"))
    '2018/19'
    >>> police_year(("2018-04-01", "2018-12-31")) is None
    True
    """
    if period is None:
        return None
    first, last = int(period[0][:4]), int(period[1][:4])
    if (period[0][4:], period[1][4:], last) != ("-04-01", "-03-31", first + 1):
        return None
    return f"{first}/{last % 100:02d}"


def why_not_in_series(o: Observation) -> str | None:
    """Return the first reason for which an observation is no figure of ``force_year``, or None where it is one.

    The series holds counts of offences that one force recorded in one police year, of all victims and over all
    platforms. A joint figure, a figure over several years and a figure of a part stay out: splitting them or adding
    them up would make numbers that nobody stated.
    """
    return first_reason(
        statistic=o.statistic,
        measure=o.measure,
        offence=o.offence,
        geographies=o.geography,
        period=o.period,
        platforms=o.platforms,
        gender=o.gender,
        age=o.age,
    )


def first_reason(
    *,
    statistic: str,
    measure: str,
    offence: str | None,
    geographies: Sequence[str],
    period: Period | None,
    platforms: Sequence[str],
    gender: str | None,
    age: object,
) -> str | None:
    """Return `why_not_in_series` for the fields that it depends on."""
    reasons = (
        ("statistic", statistic != "count"),
        ("measure", measure != "offences"),
        ("offence", offence is None),
        ("no geography", not geographies),
        ("joint geography", len(geographies) > 1),
        ("not a force", not set(geographies) <= force_ids()),
        ("no period", period is None),
        ("not a police year", police_year(period) is None),
        ("platform", bool(platforms)),
        ("gender", gender is not None),
        ("age", age is not None),
    )
    return next((reason for reason, holds in reasons if holds), None)


def wide(force_year: Iterable[Mapping[Any, Any]]) -> tuple[list[str], list[list[object]]]:
    """Return ``force_year`` as a wide table: its columns, and a row a force and offence with a value a police year.

    None is a figure that no release gives; a 0 is a force that recorded none.
    """
    found: dict[tuple[str, str], dict[str, object]] = {}
    for row in force_year:
        found.setdefault((row["force"], row["offence"]), {})[row["year"]] = row["value"]
    years = sorted({year for values in found.values() for year in values})
    lines = [[*key, *map(values.get, years)] for key, values in sorted(found.items())]
    return ["force", "offence", *years], lines
