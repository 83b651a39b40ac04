"""Lists told in columns: a column whose numbers add up to a total that the text tells is of that total's period.

"918 in 2013/14 … Kent – 640 (281), Dorset – 702 (344) …": where the numbers in brackets make 918 they are of 2013/14.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from extract.annotate import dates
from extract.relate.draft import Draft

#: The total of a month is none of places told without a time.
_LEAST_MONTHS = 6
#: How many numbers behind a total its parts are looked for.
_FAR = 12
#: Fewer lines than these are no list; a smaller sum could meet a total by chance.
_LEAST_LINES = 3
_LEAST_SUM = 50


def complete(drafts: Sequence[Draft]) -> None:
    """Give each column of a list the period of the one total that it adds up to."""
    counts = [d for d in drafts if d.statistic == "count" and d.sentence.unit.kind != "headline"]
    for lines in _lists(counts):
        listed = {id(d) for line in lines for d in line}
        for column in zip(*lines, strict=True):
            total = sum(d.value for d in column)
            same = [d for d in counts if d.value == total and id(d) not in listed and d.measure == column[0].measure]
            periods = {d.period for d in same if d.period is not None}
            if total >= _LEAST_SUM and len(periods) == 1 and not _each_dated(column):
                _date(column, same[0])


def add_up(drafts: Sequence[Draft]) -> None:
    """Give the numbers of places, told one after the other, the period of the total before them that they make.

    "1,321 crimes in Wales from 2013 to 2015 … South Wales had 480, Dyfed-Powys 412, North Wales 320 and Gwent 109"
    """
    counts = [d for d in drafts if d.statistic == "count" and d.sentence.unit.kind != "headline"]
    for n, total in enumerate(counts):
        times = {d.period for d in counts if d.value == total.value and d.measure == total.measure}
        long = total.period is not None and dates.months_in(total.period) >= _LEAST_MONTHS
        if long and total.value >= 2 * _LEAST_SUM and len(times) == 1:
            parts = _parts_of(total, counts[n + 1 : n + 1 + _FAR])
            _date((d for d in parts if "period" not in d.own), total)


def _parts_of(total: Draft, after: Sequence[Draft]) -> Sequence[Draft]:
    """Return the first run of numbers, each of another place and of the total's measure, that make a total."""
    for first in range(len(after)):
        run: list[Draft] = []
        for draft in after[first:]:
            told = {d.geography for d in run} | {total.geography}
            if len(draft.geography) != 1 or draft.geography in told or draft.measure != total.measure:
                break
            run.append(draft)
            if len(run) >= _LEAST_LINES and sum(d.value for d in run) == total.value:
                return run
    return ()


def _each_dated(column: Sequence[Draft]) -> bool:
    """Tell whether each line says a time of its own: the years of a series, which a total is the sum of."""
    return len({d.period for d in column}) == len(column) and all("period" in d.own for d in column)


def _date(column: Iterable[Draft], total: Draft) -> None:
    for draft in column:
        if draft.period != total.period:
            draft.put("period", total.period, "period.adds-up", own=True)


def _lists(counts: Sequence[Draft]) -> Iterable[list[list[Draft]]]:
    """Yield runs of units that follow each other, each of another place and with as many counts."""
    run: list[list[Draft]] = []
    for line in _units(counts):
        last = run[-1] if run else None
        follows = last is not None and line[0].sentence.unit.index == last[0].sentence.unit.index + 1
        if not (follows and last is not None and len(line) == len(last)):
            if len(run) >= _LEAST_LINES:
                yield run
            run = []
        run.append(line)
    if len(run) >= _LEAST_LINES:
        yield run


def _units(counts: Sequence[Draft]) -> Iterable[list[Draft]]:
    by_unit: dict[int, list[Draft]] = {}
    for draft in counts:
        by_unit.setdefault(draft.sentence.unit.index, []).append(draft)
    return by_unit.values()
