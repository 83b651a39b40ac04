"""Every sentence with inline markup, one test each, against the complete list of its labels."""

import re
from pathlib import Path

import pytest
from tests.markup import MarkupError, found, parse

from extract.annotate import find_mentions
from extract.lexicon.decisions import parts
from extract.records import Release

HERE = Path(__file__).parent
LABELS = {
    "force_area": ("FORCE", "AREA"),
    "count": ("COUNT",),
    "percentage": ("PERCENTAGE",),
    "platform": ("PLATFORM",),
    "year": ("YEAR",),
}
#: The day of publication that opens a line.
PUBLISHED = re.compile(r"@(\d{4}-\d\d-\d\d) ")


def sentences(name):
    lines = (HERE / f"sentences_{name}.txt").read_text("utf-8").splitlines()
    return [line.replace("\\n", "\n") for line in lines if line and not line.startswith("#")]


CASES = [
    pytest.param(labels, marked, id=f"{name}-{n}")
    for name, labels in LABELS.items()
    for n, marked in enumerate(sentences(name), 1)
]


@pytest.mark.parametrize(("labels", "marked"), CASES)
def test_sentence_has_exactly_the_marked_mentions(labels, marked):
    published = PUBLISHED.match(marked)
    text, expected = parse(marked[published.end() :] if published else marked)
    mentions = find_mentions(Release(id="x", text=text, published=published and published[1]))
    assert found(mentions, labels) == expected
    assert all(text[m.start : m.end] == m.text and parts(m.rule) for m in mentions)


@pytest.mark.parametrize("name", LABELS)
def test_each_label_has_enough_sentences(name):
    assert len(sentences(name)) >= 25


@pytest.mark.parametrize(
    "marked",
    [
        "{COUNT 3|three",
        "three}",
        "{COUNT 3|{COUNT 3|three}}",
        "{COUNT three}",
        "{COUNT 3|}",
        "{COUNT 3| three}",
        "{NUMBER 3|three}",
        "{}",
    ],
)
def test_markup_that_is_malformed_is_refused(marked):
    with pytest.raises(MarkupError):
        parse(marked)


def test_markup_gives_text_and_spans():
    assert parse("a {COUNT 3|three} b {PERCENTAGE x2|twice}") == (
        "a three b twice",
        [("COUNT", 2, 7, 3.0), ("PERCENTAGE", 10, 15, (2.0, "multiple"))],
    )
