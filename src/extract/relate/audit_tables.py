"""Total rows of tables against the rows above them, column by column."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extract.lexicon.vocabulary import forces_in
from extract.relate.audit_ledger import Ledger
from extract.relate.audit_sums import short
from extract.relate.audit_terms import Finding, is_count
from extract.relate.discourse import kind_of
from extract.relate.draft import Draft

#: A label that says no more than that the column is added up.
_BARE = re.compile(
    r"^\W*(?:(?:grand|overall)\s)?(?:totals?|sum|all|combined|together|overall|region(?:al\stotal)?)\W*$", re.I
)
_TOTAL = re.compile(r"\b(?:totals?|overall|combined)\b|^\W*(?:all|region)\b", re.I)
_PART_OF_ROW = re.compile(r"\b(?:of\swhich|including|of\sthese|per\scent|average|median|change|rate)\b|%", re.I)
_CELL = re.compile(r"<[XN%]>|\bn/?a\b|(?<=\s)(?:[-–—]|\.\.)(?=\s|$)", re.I)


@dataclass(frozen=True, slots=True)
class Row:
    """A table row with figures: its label and the counts by column; ``width`` is how many cells it has."""

    index: int
    label: str
    cells: dict[int, Draft]
    width: int


def find(drafts: Ledger) -> Iterator[Finding]:
    """Yield the printed totals that are not the sums of their columns."""
    for table in tables(drafts):
        if len({row.width for row in table}) != 1 or any(_PART_OF_ROW.search(row.label) for row in table):
            continue
        for column in sorted({j for row in table for j in row.cells}):
            yield from _column(table, column)


def tables(drafts: Ledger) -> list[list[Row]]:
    """Return the tables of a release: runs of rows that follow each other; a row without figures breaks a table off."""
    by_row: dict[int, list[Draft]] = {}
    for draft in drafts:
        if draft.sentence.unit.kind == "row":
            by_row.setdefault(draft.sentence.unit.index, []).append(draft)
    runs: list[list[Row]] = []
    for index, found in sorted(by_row.items()):
        if runs and runs[-1][-1].index == index - 1:
            runs[-1].append(_row(index, found))
        else:
            runs.append([_row(index, found)])
    broken = {i for i, run in enumerate(runs[1:], 1) if run[0].index - runs[i - 1][-1].index == 2}
    return [run for i, run in enumerate(runs) if i not in broken and i + 1 not in broken]


def _row(index: int, found: Sequence[Draft]) -> Row:
    text = found[0].masked.text
    piped = "|" in text
    label = text.strip().lstrip("|").split("|")[0] if piped else re.split(r"<[XN%]>", text)[0]
    cells: dict[int, Draft] = {}
    crowded: set[int] = set()
    for draft in found:
        column = _column_of(draft, piped)
        if column in cells:
            crowded.add(column)
        cells[column] = draft
    width = text.count("|") if piped else len(_CELL.findall(text))
    return Row(index, label.strip(), {j: d for j, d in cells.items() if j not in crowded and is_count(d)}, width)


def _column_of(draft: Draft, piped: bool) -> int:
    before = draft.masked.before()
    return before.count("|") if piped else len(_CELL.findall(before))


def _column(table: Sequence[Row], column: int) -> Iterator[Finding]:
    """Check each total of a column against the rows above it, or, where it comes first, against those below."""
    for at, row in enumerate(table):
        if column not in row.cells or not _is_total(row, table, column):
            continue
        readings = [r for r in _readings(table, at) if len(r) >= 2]
        if not readings:
            continue
        found = [_disagrees(row, rows, column) for rows in readings]
        if all(found) and found[0] is not None:
            yield found[0]


def _is_total(row: Row, table: Sequence[Row], column: int) -> bool:
    if _TOTAL.search(row.label):
        return True
    place = row.cells[column].geography
    if len(place) != 1 or kind_of(place[0]) != "region":
        return False
    others = [r.cells[column].geography for r in table if r is not row and column in r.cells]
    return all(len(o) == 1 and o[0] in forces_in(place[0]) for o in others)


def _readings(table: Sequence[Row], at: int) -> list[Sequence[Row]]:
    """Return the sets of rows that a total may be the sum of: all plain rows, those of its block, the block totals."""
    above, below = table[:at], table[at + 1 :]
    totals = [i for i, r in enumerate(above) if _TOTAL.search(r.label)]
    plain = [r for r in above if not _TOTAL.search(r.label)]
    readings: list[Sequence[Row]] = [plain, above[totals[-1] + 1 :] if totals else [], [above[i] for i in totals]]
    if not plain:
        following = next((i for i, r in enumerate(below) if _TOTAL.search(r.label)), len(below))
        readings += [list(below[:following]), [r for r in below if not _TOTAL.search(r.label)]]
    return readings


def _disagrees(total: Row, rows: Sequence[Row], column: int) -> Finding | None:
    draft = total.cells[column]
    parts = [r.cells[column] for r in rows if column in r.cells]
    if len(parts) < 2 or any((p.measure, p.statistic) != (parts[0].measure, parts[0].statistic) for p in parts):
        return None
    complete = len(parts) == len(rows) and (bool(_BARE.match(total.label)) or _covers(draft, parts))
    overlapping = any(p.platforms for p in parts) and not complete
    return None if overlapping else short(draft, parts, complete=complete)


def _covers(total: Draft, parts: Sequence[Draft]) -> bool:
    """Tell whether the rows are all the forces of the total's place."""
    inner = forces_in(total.geography[0]) if len(total.geography) == 1 else frozenset(total.geography)
    return len(inner) > 1 and {g for p in parts for g in p.geography} == set(inner)
