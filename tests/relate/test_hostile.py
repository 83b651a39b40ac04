"""Texts that nobody would write: the cost of the whole pipeline grows with their length and no faster."""

import gc
import time

import pytest

from extract.annotate import find_mentions
from extract.records import Annotated, Release
from extract.relate import relate
from extract.tabulate.rows import release_rows

SENTENCE = "Kent Police recorded 1,300 offences in 2017/18, 34% of them on Snapchat in Essex."
UNITS = [
    "1,", "1 ", "one ", "one two ", "Kent, ", "Facebook 1, ", "(", "((1) [2] ", "X/", "aged 12, ", "- ", "1.1.", "£1 ",
    "2017/18/", "2017 to ", "12 months to ", "the year before ", "January ", "since April 2017, when ", "www.", "’s ",
    "was 13 when and ", "rise of 3% from 2 to 3 ", "Kent and Essex and ", "Mr. ", "million ", "of the ", "<X> <N> ",
    "\u200f1 ", "1\u200b2 ", "\u0661\u0662 ", "1\u0301 ", "e\u0301", "İ", "\ud800", "\n", "\t",
    "a | 1 | 2\n", "% | 1 | 2\n", "A 12 B 13 | ", "Head 1\n", "Contents\nHead 1\n", "Cleveland 97\n",
    "Cleveland 97 134\n",
    "Kent: 3, 4\n", "- 12 offences in Kent\n", "Cheshire118131164209187225\n", "Kent Police had 3. Essex had 4. ",
    "The number rose from 3 in 2016/17 to 4 in 2017/18.\n", SENTENCE + " ", SENTENCE + "\n",
    "Kent recorded 61 grooming crimes in 2012/13, compared to 124 in 2016/17. ",
    "On Facebook, Instagram and Snapchat, 3% and 4% and ", "12% of girls and 13% of boys aged 12 to 15 (3) ",
]  # fmt: skip


def seconds(text):
    """Return the processor time of the pipeline over a text, the better of two runs."""
    times = []
    for n in range(2):
        release = Release(id=str(n), text=text + " " * n)
        start = time.process_time()
        relate(release, find_mentions(release))
        times.append(time.process_time() - start)
    return min(times)


@pytest.fixture(autouse=True)
def _own_garbage_alone():
    """Keep what earlier tests left behind out of the collector's rounds, which else cost the longer text more."""
    gc.collect()
    gc.freeze()
    yield
    gc.unfreeze()


@pytest.mark.slow
@pytest.mark.parametrize("unit", UNITS)
def test_time_grows_with_the_length_of_a_text_and_no_faster(unit):
    seconds(SENTENCE)
    short, long = 3_000 // len(unit), 24_000 // len(unit)
    # Eight times the length may take sixteen times as long, not sixty-four: the short one stays below some bounds.
    # Measured up to three times, since other work on the machine can only make a round longer.
    rounds = (seconds(unit * long) / max(seconds(unit * short), 0.02) for _ in range(3))
    assert any(ratio < 16 for ratio in rounds)


def row_seconds(sentences):
    """Return the processor time that the rows of a release of so many sentences take, the better of three runs."""
    release = Release(id="x", text="Kent Police recorded 200 offences in 2018/19, and 14 in 2017/18. " * sentences)
    mentions = find_mentions(release)
    annotated = Annotated(release, mentions, relate(release, mentions))
    times = []
    for _ in range(3):
        start = time.process_time()
        release_rows(annotated)
        times.append(time.process_time() - start)
    return min(times)


@pytest.mark.slow
def test_the_rows_of_a_long_release_take_as_long_as_it_is_long():
    # Eight times the length may take sixteen times as long, not sixty-four.
    assert any(row_seconds(1600) / row_seconds(200) < 16 for _ in range(3))


@pytest.mark.slow
@pytest.mark.parametrize("text", ["word " * 1_000_000, "7" * 1_000_000, "2017/18/" * 100_000, "(" * 1_000_000])
def test_megabytes_on_one_line_without_a_figure_are_passed_over(text):
    release = Release(id="x", text=text)
    start = time.process_time()
    relate(release, find_mentions(release))
    assert time.process_time() - start < 60
