"""Calendar arithmetic: months by name, periods moved, ended and joined, over leap days and turns of the year."""

import pytest

from extract.annotate import dates

NAMES = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
]  # fmt: skip


@pytest.mark.parametrize(("number", "name"), list(enumerate(NAMES, 1)))
def test_a_month_by_its_name_and_by_its_abbreviation(number, name):
    assert [dates.month_number(form) for form in (name, name.upper(), f"{name[:3]}.", f" {name[:3]} ")] == [number] * 4


def test_september_has_two_abbreviations_and_no_other_word_is_a_month():
    assert dates.month_number("sept.") == 9
    assert dates.month_number("Smarch") == 0


@pytest.mark.parametrize(
    ("year", "number", "period"),
    [
        (2019, 2, ("2019-02-01", "2019-02-28")),
        (2020, 2, ("2020-02-01", "2020-02-29")),
        (2020, 12, ("2020-12-01", "2020-12-31")),
    ],
)
def test_a_month_runs_to_its_last_day(year, number, period):
    assert dates.month(year, number) == period


@pytest.mark.parametrize(
    ("a", "b", "joined"),
    [
        (("2017-04-01", "2018-03-31"), ("2019-04-01", "2020-03-31"), ("2017-04-01", "2020-03-31")),
        (("2019-04-01", "2020-03-31"), ("2017-04-01", "2018-03-31"), ("2017-04-01", "2020-03-31")),
        (("2017-04-01", "2020-03-31"), ("2018-04-01", "2018-04-30"), ("2017-04-01", "2020-03-31")),
    ],
)
def test_two_periods_are_joined_from_the_first_start_to_the_last_end(a, b, joined):
    assert dates.hull(a, b) == joined


@pytest.mark.parametrize(
    ("period", "months"),
    [
        (("2020-03-31", "2020-03-31"), 1),
        (("2020-03-31", "2020-04-01"), 2),
        (("2019-04-01", "2020-03-31"), 12),
        (("2019-12-01", "2021-01-31"), 14),
    ],
)
def test_how_many_months_a_period_touches(period, months):
    assert dates.months_in(period) == months


@pytest.mark.parametrize(
    ("period", "months", "moved"),
    [
        (("2019-04-01", "2020-03-31"), 12, ("2020-04-01", "2021-03-31")),
        (("2019-04-01", "2020-03-31"), -12, ("2018-04-01", "2019-03-31")),
        (("2019-12-01", "2019-12-31"), 1, ("2020-01-01", "2020-01-31")),
        (("2020-01-01", "2020-01-31"), -1, ("2019-12-01", "2019-12-31")),
        (("2019-11-01", "2019-11-30"), 1, ("2019-12-01", "2019-12-31")),
        (("2020-02-01", "2020-02-29"), -12, ("2019-02-01", "2019-02-28")),
        (("2019-02-01", "2019-02-28"), 12, ("2020-02-01", "2020-02-29")),
        (("2020-01-31", "2020-01-31"), 1, ("2020-02-29", "2020-02-29")),
        (("2020-05-04", "2020-05-17"), -12, ("2019-05-04", "2019-05-17")),
        (("2020-05-30", "2020-05-30"), -3, ("2020-02-29", "2020-02-29")),
    ],
)
def test_a_period_moved_by_months(period, months, moved):
    assert dates.shift(period, months) == moved


@pytest.mark.parametrize(
    ("end", "months", "period"),
    [
        ("2020-03-31", 12, ("2019-04-01", "2020-03-31")),
        ("2020-02-05", 1, ("2020-02-01", "2020-02-29")),
        ("2020-01-31", 2, ("2019-12-01", "2020-01-31")),
        ("2020-12-31", 24, ("2019-01-01", "2020-12-31")),
    ],
)
def test_so_many_whole_months_to_the_end_of_one(end, months, period):
    assert dates.ending(end, months) == period


def test_the_years_that_forces_report():
    assert dates.police_year(1999) == ("1999-04-01", "2000-03-31")
    assert dates.calendar_year(1999) == ("1999-01-01", "1999-12-31")


@pytest.mark.parametrize(("day", "before"), [("2020-03-01", "2020-02-29"), ("2020-01-01", "2019-12-31")])
def test_the_day_before(day, before):
    assert dates.day_before(day) == before
