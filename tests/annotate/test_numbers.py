"""Numbers and fractions in words against those that num2words spells."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from num2words import num2words

from extract.annotate import find_mentions
from extract.annotate.numbers import parse
from extract.records import Release

numbers = st.integers(2, 99) | st.integers(100, 9_999) | st.integers(10_000, 999_999_999)


def spelt(number):
    return num2words(number, lang="en_GB").replace(",", "")


def mentions(text, label):
    return [(m.text, m.value) for m in find_mentions(Release("x", text)) if m.label == label]


@settings(max_examples=300, deadline=None)
@given(numbers)
def test_a_number_in_words_has_the_value_that_it_was_spelt_from(number):
    assert parse(spelt(number)) == number
    assert parse(f"{number:,}") == number


@pytest.mark.slow
@settings(max_examples=2000, deadline=None)
@given(numbers)
def test_a_number_in_words_is_found_whole(number):
    words = spelt(number)
    assert mentions(f"Police recorded {words} offences.", "COUNT") == [(words, number)]


@pytest.mark.parametrize("whole", [3, 4, 5, 6, 7, 8, 9, 10])
def test_fractions_in_words_have_the_value_that_they_were_spelt_from(whole):
    ordinal = "quarter" if whole == 4 else num2words(whole, to="ordinal", lang="en_GB")
    for part in range(2, whole):
        words = f"{num2words(part)} {ordinal}s"
        assert mentions(f"Girls made up {words} of the victims.", "PERCENTAGE") == [
            (words, (round(100 * part / whole, 2), "percent"))
        ]
