"""Rows of numbers that ran together when a table lost its cell borders: ``Cheshire118131164209187225``.

The heading row tells how many columns there are, the row of totals which of the many ways to cut the digits is right:
only the true one makes every column add up. A cell may be blank; rows are cut without blanks first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice, pairwise

_HEADING = re.compile(r"(?:[A-Z][A-Za-z ]*)?(?P<years>(?:20\d\d/\d\d){2,})\w*")
_ROW = re.compile(r"(?P<label>[A-Z][A-Za-z&’'. -]*?)\s?(?P<digits>\d[\d,]{3,})")
_TOTAL = re.compile(r"(?:grand\s)?total|all\b|region|overall", re.I)
_NUMBER = re.compile(r"0|[1-9]\d{0,2}(?:,\d{3})+|[1-9]\d{0,4}")
#: Spelt out twice, so that it is found at once by its first digits.
_GLUED_YEARS = re.compile(r"20\d\d/\d\d20\d\d/\d\d")
#: Steps after which the search in one table, and in all tables of a text, is given up: what a hostile text can cost.
_BUDGET, _BUDGET_OF_TEXT = 60_000, 300_000
#: Cuts that fit the totals, of which the one with the most even rows is taken.
_MOST_CUTS = 200
#: The cost of a cell, on average, up to which a cut is taken without a look for blanks.
_EVEN = 1.0
#: Rows and columns that a table may have for its totals to be searched; digits that a row may have for each column.
_MOST_ROWS, _MOST_COLUMNS, _MOST_DIGITS = 60, 16, 7


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a run-together table: its label's span and one span or None (a blank) for each column."""

    label: tuple[int, int]
    cells: tuple[tuple[int, int] | None, ...]


@dataclass(frozen=True, slots=True)
class RunTogether:
    """A run-together table: the spans of its column headings and its rows."""

    headings: tuple[tuple[int, int], ...]
    rows: tuple[Row, ...]


@dataclass(slots=True)
class Budget:
    """Steps that are left for one text."""

    left: int = _BUDGET_OF_TEXT

    def spend(self, steps: int) -> None:
        """Take steps off what is left."""
        self.left -= steps


@lru_cache(maxsize=8)
def find_tables(text: str) -> tuple[RunTogether, ...]:
    """Return the run-together tables of a text, by offset; kept for the few last texts."""
    if _GLUED_YEARS.search(text) is None:
        return ()
    budget = Budget()
    lines = [(m.start(), m.end()) for m in re.finditer(r"[^\n]+", text)]
    tables = []
    for i, (start, end) in enumerate(lines):
        heading = _HEADING.fullmatch(text[start:end].strip())
        if heading is None:
            continue
        found = _rows_below(text, lines, i + 1)
        if len(found) >= 2:
            tables.append(_table(text.index(heading["years"], start), heading["years"], found, budget))
    return tuple(tables)


def _rows_below(text: str, lines: Sequence[tuple[int, int]], first: int) -> list[tuple[int, re.Match[str]]]:
    """Return where each row below a heading starts, and its match."""
    found = []
    for a, b in lines[first:]:
        row = _ROW.fullmatch(text[a:b].strip())
        if row is None:
            break
        found.append((text.index(row[0], a), row))
    return found


def _table(years_at: int, years: str, found: Sequence[tuple[int, re.Match[str]]], budget: Budget) -> RunTogether:
    width = len("2017/18")
    columns = len(years) // width
    headings = tuple((years_at + i * width, years_at + (i + 1) * width) for i in range(columns))
    digits = [m["digits"] for _, m in found]
    total = next((i for i, (_, m) in enumerate(found) if _TOTAL.match(m["label"])), None)
    cut = cut_by_totals(digits, total, columns, budget) if total is not None else None
    cells = cut or [cut_alone(d, columns, budget) for d in digits]
    rows = []
    for (at, match), spans in zip(found, cells, strict=True):
        base = at + match.start("digits") - match.start()
        label = (at, at + len(match["label"]))
        rows.append(Row(label, tuple(None if s is None else (base + s[0], base + s[1]) for s in spans)))
    return RunTogether(headings, tuple(rows))


Cut = list[tuple[int, int] | None]


def cut_by_totals(digits: Sequence[str], total: int, columns: int, budget: Budget | None = None) -> list[Cut] | None:
    """Cut every row so that each column adds up to the total's; None where no way, or too many ways, were tried."""
    budget = budget or Budget()
    if len(digits) > _MOST_ROWS or columns > _MOST_COLUMNS or any(len(d) > _MOST_DIGITS * columns for d in digits):
        return None
    best: tuple[float, list[Cut]] | None = None
    for blanks in (0, 1, 2):
        search = _Search(digits, total, columns, blanks, min(_BUDGET, budget.left))
        for cut in islice(search.run(), _MOST_CUTS):
            cost = sum(_cost(row, spans) for row, spans in zip(digits, cut, strict=True))
            best = (cost, cut) if best is None or cost < best[0] else best
        budget.spend(search.nodes)
        if best is not None and best[0] <= _EVEN * len(digits) * columns:
            break
    return best and best[1]


def _cost(digits: str, cut: Cut) -> float:
    """Return how uneven a row's numbers are; a blank costs as much as one step to a number twice as large."""
    ends = [span[1] for span in cut if span is not None]
    return _unevenness(digits, ends) + 1.5 * (len(cut) - len(ends))


class _Search:
    """Depth-first over the columns: in each, every row takes its next number, and the sum must be the total's."""

    def __init__(self, digits: Sequence[str], total: int, columns: int, blanks: int, most: int) -> None:
        self.digits, self.total, self.columns, self.blanks = digits, total, columns, blanks
        self.most = most
        self.known: dict[tuple[int, int], list[int]] = {}
        self.rows = [i for i in range(len(digits)) if i != total]
        self.nodes = 0

    def run(self) -> Iterator[list[Cut]]:
        yield from self._column(0, [0] * len(self.digits), self.blanks, [[] for _ in self.digits])

    def _column(self, column: int, at: list[int], blanks: int, done: list[Cut]) -> Iterator[list[Cut]]:
        if column == self.columns:
            if all(a == len(d) for a, d in zip(at, self.digits, strict=True)):
                yield done
            return
        left = self.columns - column - 1
        for end in self._ends(self.total, at[self.total], left):
            value = _value(self.digits[self.total][at[self.total] : end])
            for choice, used in self._rows(0, value, at, blanks, left):
                after = list(at)
                after[self.total] = end
                cuts = [list(c) for c in done]
                cuts[self.total].append((at[self.total], end))
                for row, stop in zip(self.rows, choice, strict=True):
                    cuts[row].append(None if stop is None else (at[row], stop))
                    after[row] = at[row] if stop is None else stop
                yield from self._column(column + 1, after, blanks - used, cuts)

    def _rows(
        self, k: int, rest: int, at: Sequence[int], blanks: int, left: int
    ) -> Iterator[tuple[tuple[int | None, ...], int]]:
        """Yield the ends of the rows' next numbers that add up to ``rest``, with the blanks used."""
        self.nodes += 1
        if self.nodes > self.most:
            return
        if k == len(self.rows):
            if rest == 0:
                yield (), 0
            return
        row = self.rows[k]
        for end in self._ends(row, at[row], left + blanks):
            value = _value(self.digits[row][at[row] : end])
            if value <= rest:
                for tail, used in self._rows(k + 1, rest - value, at, blanks, left):
                    yield (end, *tail), used
        if blanks:
            for tail, used in self._rows(k + 1, rest, at, blanks - 1, left):
                yield (None, *tail), used + 1

    def _ends(self, row: int, at: int, left: int) -> list[int]:
        ends = self.known.get((row, at))
        if ends is None:
            ends = self.known[row, at] = _ends(self.digits[row], at)
        return [e for e in ends if len(self.digits[row]) - e <= _MOST_DIGITS * left]


def _ends(digits: str, at: int) -> list[int]:
    """Return where a well-formed number that begins at ``at`` can end."""
    ends = [at + n for n in range(1, 8) if at + n <= len(digits) and _NUMBER.fullmatch(digits[at : at + n])]
    return [e for e in ends if e == len(digits) or digits[e] != ","]


def _value(number: str) -> int:
    return int(number.replace(",", ""))


def cut_alone(digits: str, columns: int, budget: Budget | None = None) -> Cut:
    """Cut one row into so many numbers as even in size as can be; nothing but blanks where that cannot be told."""
    budget = budget or Budget()
    best: tuple[float, list[int]] | None = None
    stack: list[tuple[int, list[int]]] = [(0, [])]
    most = min(_BUDGET, budget.left) if columns <= len(digits) <= _MOST_DIGITS * columns else 0
    nodes = 0
    while stack and nodes < most:
        nodes += 1
        at, ends = stack.pop()
        if len(ends) == columns:
            if at == len(digits):
                cost = _unevenness(digits, ends)
                best = (cost, ends) if best is None or cost < best[0] else best
            continue
        left = columns - len(ends) - 1
        stack.extend((e, [*ends, e]) for e in _ends(digits, at) if left <= len(digits) - e <= _MOST_DIGITS * left)
    budget.spend(nodes)
    if best is None or stack:
        return [None] * columns
    starts = [0, *best[1][:-1]]
    return list(zip(starts, best[1], strict=True))


def _unevenness(digits: str, ends: Sequence[int]) -> float:
    values = [_value(digits[a:b]) for a, b in zip([0, *ends[:-1]], ends, strict=True)]
    return sum(abs((a + 1) / (b + 1) - 1) + abs((b + 1) / (a + 1) - 1) for a, b in pairwise(values))
