"""What holds for any text: nothing out of range, the same twice, and changes of a text that must change nothing."""

from dataclasses import replace
from itertools import groupby, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.annotate import find_mentions
from extract.lexicon.vocabulary import geographies
from extract.records import FIELDS, LABELS, Release
from extract.relate import relate

EXAMPLES = 2000
thorough = settings(max_examples=EXAMPLES, deadline=None)

FIGURES = [
    "Kent Police recorded 1,300 sexual offences against children in 2017/18, up from 980 the year before.",
    "In 2018/19 there were 412 grooming crimes in Norfolk.",
    "Of the 1,300 offences, 34% took place on Snapchat or Instagram.",
    "Girls made up 83 per cent of victims.",
    "Essex Police logged 97 crimes in 2019/20 and 143 in 2020/21.",
    "Across England and Wales police recorded 6,350 such offences in 2022/23.",
    "Our helpline received 8,500 contacts about neglect in 2021/22.",
    "Offences have risen by a quarter in five years.",
]
PLAIN = [
    "Volunteers baked cakes and sold them at the gate.",
    "The choir sang, and everybody went home happy.",
    "A spokeswoman said that the team was grateful to all who had helped.",
    "The hall was painted green by a local artist.",
]
PIECES = [
    *FIGURES, *PLAIN, "Kent ", "12", "%", " per cent", "\n", "\n\n", "| ", "2017/18 ", "(", ")", "Total", "- ", "• ",
    "Meta", "X", "one ", "a third ", "aged ", "\u200f", "\u200b", "1\u200b2", "e\u0301", "İ", "ſ",
    "\u2028", "\ud800", "٣", "²",
    "½", "０", "𝟏",
    "Ｋent",
]  # fmt: skip
ANYTHING = st.lists(st.sampled_from(PIECES) | st.text(max_size=6), max_size=14).map("".join)


def observed(text):
    release = Release(id="x", text=text, published="2023-06-01")
    return relate(release, find_mentions(release))


def values(observations):
    return [{name: getattr(o, name) for name in FIELDS} for o in observations]


@pytest.mark.slow
@thorough
@given(ANYTHING)
def test_any_text_gives_the_same_twice_and_nothing_out_of_range(text):
    release = Release(id="x", text=text)
    mentions = find_mentions(release)
    assert all(m.label in LABELS and m.text == text[m.start : m.end] for m in mentions)
    assert all(0 <= m.start < m.end <= len(text) for m in mentions)
    assert all(a.end <= b.start for a, b in pairwise(mentions))
    observations = relate(release, mentions)
    spans = {(m.start, m.end) for m in mentions}
    assert all((o.start, o.end) in spans and 0 <= o.margin <= 1 for o in observations)
    assert [o.start for o in observations] == sorted(o.start for o in observations)
    again = replace(release, id="y")
    assert relate(again, find_mentions(again)) == observations


@pytest.mark.slow
@thorough
@given(st.lists(st.sampled_from(FIGURES), min_size=1, max_size=5), st.sampled_from(PLAIN), st.integers(0, 5))
def test_a_paragraph_without_figures_changes_no_figure(paragraphs, plain, place):
    headline = "Police figures on offences against children"
    longer = [*paragraphs[:place], plain, *paragraphs[place:]]
    before = values(observed("\n\n".join([headline, *paragraphs])))
    assert values(observed("\n\n".join([headline, *longer]))) == before


@pytest.mark.slow
@thorough
@given(st.lists(st.integers(11, 99_999), min_size=2, max_size=4), st.integers(1, 8))
def test_footnotes_may_be_numbered_anew(numbers, earlier):
    def text(first):
        """Return a text whose figures' footnotes are numbered from ``first``, behind others of no matter."""
        plain = [f"Volunteers sang in the hall{n}." for n in range(1, first)]
        told = [f"Kent Police recorded {n:,} crimes{first + i} in 2017/18." for i, n in enumerate(numbers)]
        notes = [f"{n} Freedom of Information request." for n in range(1, first + len(numbers))]
        return "\n\n".join(["Police figures on offences against children", *plain, *told, *notes])

    assert values(observed(text(1 + earlier))) == values(observed(text(1)))


FORCES = [g for g in geographies().values() if g.kind == "force" and g.region and g.name.endswith("Police")]
PAIRS = [
    (a, b)
    for _, region in groupby(sorted(FORCES, key=lambda g: g.region), key=lambda g: g.region)
    for a, b in pairwise(region)
]


@pytest.mark.slow
@thorough
@given(st.sampled_from(PAIRS), st.integers(2, 9_999), st.integers(2010, 2023), st.sampled_from(FIGURES[3:4] + PLAIN))
def test_another_force_of_the_region_takes_the_place_of_one(pair, number, year, rest):
    a, b = pair
    text = f"{a.name} recorded {number:,} offences in {year}/{(year + 1) % 100:02d}. {rest}"
    first, second = values(observed(text)), values(observed(text.replace(a.name, b.name)))
    swap = {a.id: b.id}
    for one in first:
        one["geography"] = tuple(sorted(swap.get(i, i) for i in one["geography"]))
    assert first
    assert first == second
