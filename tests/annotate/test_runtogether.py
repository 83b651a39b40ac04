"""Tables whose rows ran together: cut by their totals, with blanks, alone, and within a bounded time."""

import time

import pytest

from extract.annotate import find_mentions
from extract.annotate.runtogether import Budget, cut_alone, cut_by_totals, find_tables
from extract.records import Release


def cells(text):
    return [
        [None if span is None else text[slice(*span)] for span in row.cells]
        for table in find_tables(text)
        for row in table.rows
    ]


TOTALS = "Force2017/182018/192019/20\nKent118131164\nEssex314629\nSurrey2963411,402\nTotal4455181,595"


def test_totals_tell_where_the_digits_are_cut():
    assert cells(TOTALS) == [
        ["118", "131", "164"],
        ["31", "46", "29"],
        ["296", "341", "1,402"],
        ["445", "518", "1,595"],
    ]


def test_the_headings_are_the_printed_years():
    (table,) = find_tables("Text.\n" + TOTALS)
    text = "Text.\n" + TOTALS
    assert [text[a:b] for a, b in table.headings] == ["2017/18", "2018/19", "2019/20"]
    assert [text[slice(*row.label)] for row in table.rows] == ["Kent", "Essex", "Surrey", "Total"]


def test_a_blank_cell_is_found_where_only_it_makes_the_sums_right():
    text = "Force2017/182018/192019/20\nKent118131164\nEssex4629\nTotal118177193"
    assert cells(text) == [["118", "131", "164"], [None, "46", "29"], ["118", "177", "193"]]


def test_rows_without_totals_are_cut_evenly():
    text = "Force2017/182018/19\nKent118131\nEssex4639"
    assert cells(text) == [["118", "131"], ["46", "39"]]


@pytest.mark.parametrize(("digits", "columns"), [("12", 3), ("1" * 40, 3), ("0" * 4, 2 * 8)])
def test_digits_that_cannot_fill_the_columns_are_no_cells(digits, columns):
    assert cut_alone(digits, columns) == [None] * columns


def test_without_steps_left_nothing_is_cut():
    assert cut_by_totals(["118131", "118131"], 1, 2, Budget(0)) is None
    assert cut_alone("118131", 2, Budget(0)) == [None, None]


@pytest.mark.parametrize(
    "text",
    ["Force2017/18\nKent118", "Force2017/182018/19\nKent118131", "Force 2017/18 2018/19\nKent118131\nEssex4639", ""],
)
def test_no_table_where_there_are_not_two_columns_and_rows(text):
    assert find_tables(text) == ()


def test_the_cells_are_counts_and_the_labels_forces():
    found = [(m.label, m.text) for m in find_mentions(Release(id="x", text="See how your force did:\n" + TOTALS))]
    assert [t for label, t in found if label == "FORCE"] == ["Kent", "Essex", "Surrey"]
    assert [t for label, t in found if label == "COUNT"] == [c for row in cells(TOTALS) for c in row]
    assert len([1 for label, _ in found if label == "YEAR"]) == 3


@pytest.mark.parametrize(
    "text",
    [
        "Force" + "2017/18" * 12 + "\n" + "Kent" + "1" * 60 + "\n" + "Essex" + "1" * 60 + "\nTotal" + "2" * 60,
        ("Force2017/182018/192019/20\nKent111111111\nEssex111111111\nTotal22222222\n\n") * 2000,
        "Force" + "2017/18" * 100_000 + "\nKent1111\nEssex1111",
        "Force2017/182018/19\n" + "Kent118131\n" * 20_000,
        "Force2017/182018/19\n" + "Kent" + "1" * 1_000_000 + "\nEssex1181",
    ],
    ids=["ambiguous", "many tables", "many columns", "many rows", "many digits"],
)
def test_time_is_bounded(text):
    start = time.process_time()
    find_tables.cache_clear()
    find_tables(text)
    assert time.process_time() - start < 5
