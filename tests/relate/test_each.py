"""Figures told of each of several places, services or years: one observation for each, with all else alike."""

import pytest

from builders import period_of
from extract.annotate import find_mentions
from extract.records import Release
from extract.relate import drafts_of


def told(text):
    """Return value, places, services, period and the rules of what was split, of each figure of a text."""
    release = Release("case", f"Grooming in the south\n\n{text}")
    found = drafts_of(release, find_mentions(release))
    return [
        (d.value, d.geography, d.platforms, d.period, {r for r in d.rules.values() if r.endswith(".of-each")})
        for d in found
    ]


@pytest.mark.parametrize(
    ("text", "places", "split"),
    [
        ("Kent and Essex police had 12 crimes each in 2018/19.", [("essex",), ("kent",)], True),
        ("Kent, Surrey and Essex police each had 12 crimes in 2018/19.", [("essex",), ("kent",), ("surrey",)], True),
        ("Kent and Essex police had 12 crimes in 2018/19.", [("essex", "kent")], False),
        ("Kent Police had 12 crimes in 2018/19, and one for each school.", [("kent",)], False),
        ("Kent Police had 12 crimes in each town in 2018/19.", [("kent",)], False),
    ],
)
def test_of_each_place(text, places, split):
    rules = {"geography.of-each"} if split else set()
    found = [f for f in told(text) if f[0] == 12]
    assert sorted(f[1] for f in found) == places
    assert all((f[2], f[3], f[4]) == ((), period_of("2018/19"), rules) for f in found)


@pytest.mark.parametrize(
    ("text", "services", "split"),
    [
        ("Snapchat and Kik were named 12 times each by Kent Police in 2018/19.", [("kik",), ("snapchat",)], True),
        ("Snapchat and Kik were named 12 times by Kent Police in 2018/19.", [("kik", "snapchat")], False),
        ("Snapchat was named 12 times each by Kent Police in 2018/19.", [("snapchat",)], False),
    ],
)
def test_of_each_service(text, services, split):
    rules = {"platforms.of-each"} if split else set()
    found = told(text)
    assert sorted(tuple(sorted(f[2])) for f in found) == services
    assert all((f[1], f[3], f[4]) == (("kent",), period_of("2018/19"), rules) for f in found)


@pytest.mark.parametrize(("years", "first"), [("two", 2017), ("three", 2016), ("four", 2015), ("five", 2014)])
def test_of_each_year(years, first):
    found = told(f"Kent Police recorded 300 crimes in each of the {years} years to 2018/19.")
    assert [f[3] for f in found] == [period_of(f"{year}/") for year in range(first, 2019)]
    assert all(f[4] == {"period.of-each"} for f in found)


def test_of_each_of_more_years_than_a_release_tells_singly():
    found = told("Kent Police recorded 300 crimes in each of the six years to 2018/19.")
    assert [(f[3], f[4]) for f in found] == [(period_of("2013-04-01..2019-03-31"), set())]


def test_the_parts_share_nothing_that_is_filled_later():
    release = Release("case", "Grooming in the south\n\nKent and Essex police had 12 crimes each in 2018/19.")
    first, second = drafts_of(release, find_mentions(release))
    for name in ("flags", "notes", "rules", "own", "candidates"):
        assert getattr(first, name) is not getattr(second, name)
    assert first.candidates
    assert first.candidates == second.candidates
    assert first.own == second.own >= {"geography", "period"}
