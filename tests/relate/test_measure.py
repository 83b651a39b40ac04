"""The measure of a release: what it names first and most."""

import pytest

from extract.relate.measure_topic import topic_of


@pytest.mark.parametrize(
    ("headline", "measure"),
    [("Contacts and referrals rose", "contacts"), ("Referrals and contacts rose", "referrals")],
)
def test_of_measures_named_as_often_the_first_is_the_topic(headline, measure):
    assert topic_of([headline]) == measure
