"""A rule of time is tried only where its line holds what it needs: each of its examples must hold that."""

import pytest

from extract.annotate.year import _DATE, _TRIGGER, _cued, _spans
from extract.lexicon.rules import unmark

CASES = [
    pytest.param(cued, example, id=f"{cued.rule.id}-{n}")
    for name in ("year", "year_not")
    for cued in _cued(name)
    for n, example in enumerate(cued.rule.yes)
]


@pytest.mark.parametrize(("cued", "example"), CASES)
def test_each_example_is_found_where_its_rule_is_looked_for(cued, example):
    text, span = unmark(example)
    dates = [m.start() for m in _DATE.finditer(text)]
    assert [(a, b) for a, b, _ in _spans(cued, text, 0, len(text), dates)] == [span]
    assert _TRIGGER.search(text.lower())
    assert cued.needs is None or cued.needs.search(text.lower())


def test_a_rule_of_time_says_how_it_is_read():
    assert all(cued.read for cued in _cued("year"))
