"""The texts that speed is measured on: fixed, varied, and as rich in mentions as they say."""

import pytest
from benchmarks.texts import WORDS, Writer

from extract.annotate import find_mentions
from extract.records import Release


def mentions_in_100_words(texts):
    found = sum(len(find_mentions(Release("text", text))) for text in texts)
    return 100 * found / sum(len(text.split()) for text in texts)


@pytest.mark.parametrize("mix", ["news", "dense"])
def test_the_same_seed_gives_the_same_texts_and_no_two_alike(mix):
    texts = Writer(mix).texts(20)
    assert texts == Writer(mix).texts(20)
    assert texts != Writer(mix, seed=1).texts(20)
    assert len(set(texts)) == 20
    assert all(WORDS <= len(text.split()) < WORDS + 50 for text in texts)


def test_news_has_at_most_one_mention_in_100_words():
    assert 0.3 < mentions_in_100_words(Writer("news").texts(30)) <= 1


def test_dense_texts_are_as_dense_as_the_corpus():
    assert 11 < mentions_in_100_words(Writer("dense").texts(15)) < 16
