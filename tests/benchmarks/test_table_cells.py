"""The tables of the benchmark: what they expect is what they set, and every kind reads nearly all of their cells."""

import pytest
from benchmarks.table_cells import KINDS, cases, cells_of, measure, placed


def test_each_table_fills_its_grid_and_expects_one_of_its_width():
    for case in cases():
        width = max(x + cell.wide for _, x, cell in placed(case))
        covered = sum(cell.wide * cell.high for _, _, cell in placed(case))
        assert covered == width * len(case.rows), case.name
        assert len({len(row) for row in case.expected}) == 1, case.name


def test_a_cell_is_told_by_its_value_and_its_headings():
    found = cells_of([["Force", "2018"], ["Kent", "12"], ["Essex", ""]], heads=1, side=1)
    assert list(found) == [("12", ("Kent",), ("2018",)), ("", ("Essex",), ("2018",))]


@pytest.fixture(scope="module")
def measured():
    return measure()


@pytest.mark.parametrize("kind", KINDS)
def test_nearly_all_cells_are_right(kind, measured):
    right, of = (sum(result[n] for result in measured[kind]) for n in (1, 2))
    assert len(measured[kind]) >= 15
    assert right >= 0.98 * of
