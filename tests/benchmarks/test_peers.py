"""What the mappings of other tools share, and the one expression that stands in for a plain attempt."""

import pytest
from benchmarks.peers import PEERS
from benchmarks.peers.peer import printed_year, strip_hedge

from extract.records import Release


@pytest.mark.parametrize(
    ("surface", "period"),
    [
        ("2018", ("2018-01-01", "2018-12-31")),
        ("2017/18", ("2017-04-01", "2018-03-31")),
        ("2017-2018", ("2017-04-01", "2018-03-31")),
        ("2017/19", None),
        ("1,200", None),
    ],
)
def test_a_year_printed_by_itself(surface, period):
    assert printed_year(surface) == period


@pytest.mark.parametrize(
    ("text", "kept"),
    [("more than 1,300", "1,300"), ("the last year", "last year"), ("well over half", "half"), ("the ", "the ")],
)
def test_hedges_are_no_part_of_a_span(text, kept):
    assert text[strip_hedge(text, 0, len(text)) :] == kept


def test_every_peer_says_how_it_is_run_and_mapped():
    assert all(p.name and p.configuration and p.mapping for p in PEERS.values())


def test_the_plain_expression():
    text = "Kent Police recorded 1,300 offences in 2017/18, up 25% in England and Wales; a quarter used Instagram."
    found = [(m.label, m.text) for m in PEERS["plain_regex"].load()(Release("text", text))]
    assert found == [
        ("FORCE", "Kent Police"),
        ("COUNT", "1,300"),
        ("YEAR", "2017/18"),
        ("PERCENTAGE", "25%"),
        ("AREA", "England and Wales"),
        ("PERCENTAGE", "quarter"),
        ("PLATFORM", "Instagram"),
    ]
