"""The pipeline as a whole: components by name, overlaps, offsets, and texts that nobody would write."""

import subprocess
import sys
import time
from itertools import pairwise

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.annotate import annotate, build_pipeline, find_mentions
from extract.annotate.pipeline import COMPONENTS
from extract.annotate.resolve import resolve
from extract.records import LABELS, Mention, Release

SENTENCE = "Kent Police recorded 1,300 offences in 2017/18, 34% of them on Snapchat in Essex."


def mention(label, start, end, rule="a"):
    return Mention(label, start, end, "x" * (end - start), None, rule)


def test_all_components_are_in_the_pipeline_and_it_is_built_once():
    assert tuple(build_pipeline().pipe_names) == COMPONENTS
    assert build_pipeline() is build_pipeline()


def test_each_label_is_found_once():
    found = find_mentions(Release(id="x", text=SENTENCE))
    assert sorted(m.label for m in found) == sorted(LABELS)
    assert [m.start for m in found] == sorted(m.start for m in found)


def test_spans_of_the_doc_stand_for_the_mentions():
    doc = annotate(Release(id="x", text=SENTENCE))
    mentions = doc.user_data["nspcc.mentions"]
    assert [(s.label_, s.text) for s in doc.spans["nspcc"]] == [(m.label, m.text) for m in mentions]


def test_a_component_works_by_itself_in_another_pipeline():
    nlp = spacy.blank("en")
    for name in ("nspcc_platform", "nspcc_mentions"):
        nlp.add_pipe(name)
    doc = nlp("Groomed on WhatsApp and X too.")
    assert [s.text for s in doc.spans["nspcc"]] == ["WhatsApp", "X"]


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("in 2017/18", ["in", "2017/18"]),
        ("in 2017–18", ["in", "2017–18"]),
        ("a third (44%)of", ["a", "third", "(", "44", "%", ")", "of"]),
        ("over 38,0001 crimes", ["over", "38,000", "1", "crimes"]),
        ("offences2 rose", ["offences", "2", "rose"]),
    ],
)
def test_tokens_fall_on_the_borders_of_what_is_named(text, tokens):
    assert [t.text for t in build_pipeline().make_doc(text)] == tokens


def test_mentions_keep_their_characters_where_tokens_are_wider():
    text = "Returns from Kent118 and 5991 referrals, 38,0001 in all."
    assert all(text[m.start : m.end] == m.text for m in find_mentions(Release(id="x", text=text)))


def test_the_longer_candidate_wins_then_the_label_then_the_start():
    long, short = mention("COUNT", 0, 9), mention("YEAR", 4, 8)
    assert resolve([short, long])[0] == (long,)
    year, count = mention("YEAR", 0, 4), mention("COUNT", 0, 4)
    kept, lost = resolve([count, year])
    assert kept == (year,)
    assert [(x.candidate, x.winner) for x in lost] == [(count, year)]
    first, second = mention("COUNT", 0, 4, "z"), mention("COUNT", 2, 6, "a")
    assert resolve([second, first])[0] == (first,)
    assert resolve([mention("COUNT", 0, 4, "b"), mention("COUNT", 0, 4, "a")])[0][0].rule == "a"


PIECES = ["Kent ", "Police", " and ", ", ", "one ", "12", "%", " per cent", "Meta", "X", "\n", "| "]
PIECES += [
    "2017/18 ",
    "aged ",
    "(",
    ")",
    "quarter",
    "was ",
    "when ",
    "Contents",
    "Total",
    "0,",
    ".",
    "half past ",
    "Force",
]
PIECES += ["year ", "before ", "months to ", "April ", "followed ", "; ", "İ", "\u2028", "\ud800", "٣", "²", "½"]


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=4), max_size=25).map("".join))
def test_any_text_gives_mentions_in_order_that_do_not_overlap(text):
    mentions = find_mentions(Release(id="x", text=text))
    assert all(text[m.start : m.end] == m.text for m in mentions)
    assert all(a.end <= b.start for a, b in pairwise(mentions))


@settings(max_examples=50, deadline=None)
@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=4), max_size=25).map("".join))
def test_the_spacy_pipeline_finds_the_same(text):
    release = Release(id="x", text=text, published="2020-06-01")
    assert annotate(release).user_data["nspcc.mentions"] == find_mentions(release)


def test_mentions_are_found_without_spacy():
    code = (
        "import sys; from extract.annotate import find_mentions; from extract.records import Release;"
        "print(len(find_mentions(Release('x', sys.argv[1]))), 'spacy' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code, SENTENCE], capture_output=True, text=True, check=True)
    assert done.stdout.split() == [str(len(LABELS)), "False"]


@pytest.mark.slow
@pytest.mark.parametrize(
    "unit",
    [
        "1,",
        "1 ",
        "one ",
        "North ",
        "a" * 50,
        "Kent, ",
        "Facebook 1, ",
        "(",
        "=",
        "X/",
        "quarter ",
        "aged 12, ",
        "www.",
        "- ",
        SENTENCE + " ",
        "1",
        "2017/18/",
        "2017 to ",
        "12 months to ",
        "the year before ",
        "in the last 18 months ",
        "one two ",
        "was 13 when and ",
        "a | 1 | 2\n",
        "% | 1 | 2\n",
        "Head 1\n",
        "Contents\nHead 1\n",
        "Cleveland 97\n",
        "Kent Police had 3. Essex had 4. ",
        "@",
    ],
)
def test_time_grows_with_the_length_of_a_text_and_no_faster(unit):
    def seconds(times):
        start = time.process_time()
        find_mentions(Release(id="x", text=unit * times))
        return time.process_time() - start

    seconds(10)
    assert seconds(6000) < 30 * max(seconds(1000), 0.02)
