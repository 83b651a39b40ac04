"""Numbers and fractions in words against those that num2words spells."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from num2words import num2words

from extract.annotate import find_mentions
from extract.annotate.layout import Layout
from extract.annotate.numbers import Number, find_numbers, parse
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


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("It took five and ten calls.", [("five", 5), ("ten", 10)]),
        ("It took two three times.", [("two", 2), ("three", 3)]),
        ("It took twenty and five calls.", [("twenty", 20), ("five", 5)]),
        ("It took twenty five calls.", [("twenty five", 25)]),
        ("It took twenty-five calls.", [("twenty-five", 25)]),
        ("It took one hundred and fifty calls.", [("one hundred and fifty", 150)]),
        ("It took one hundred five calls.", [("one hundred five", 105)]),
        ("It took two thousand and ten calls.", [("two thousand and ten", 2010)]),
        ("It took two thousand two hundred calls.", [("two thousand two hundred", 2200)]),
        ("It took three hundred thousand and six calls.", [("three hundred thousand and six", 300_006)]),
        ("It took a hundred, a thousand, many Million, several billion calls.", []),
        ("It took half a million and a child and five calls.", [("half a million", 500_000), ("five", 5)]),
        ("It took a Quarter of a million calls.", [("Quarter of a million", 250_000)]),
        ("It took A million calls.", [("A million", 1_000_000)]),
        ("It raised half a million pounds from nine people.", [("nine", 9)]),
        ("It took 1.3 million and 40 calls.", [("1.3 million", 1_300_000), ("40", 40)]),
        ("It took 5 hundred and twenty calls.", [("5 hundred", 500)]),
        ("Five calls of the post-five - and six.", [("Five", 5), ("six", 6)]),
        ("six", [("six", 6)]),
        ("six -", [("six", 6)]),
        ("- six", [("six", 6)]),
    ],
)
def test_numbers_of_a_text(text, numbers):
    assert [(n.text, n.value) for n in Layout(text).numbers] == numbers


def test_a_number_tells_where_it_stands_and_how_it_is_printed():
    assert find_numbers("a million", [(0, "a"), (2, "million")]) == [Number(0, 9, "a million", 1e6, False)]
    assert find_numbers("12 or twelve", [(3, "or"), (6, "twelve")]) == [
        Number(0, 2, "12", 12.0, True),
        Number(6, 12, "twelve", 12.0, False),
    ]


def test_a_row_of_digits_too_long_for_a_number_is_none_and_hides_no_other():
    assert [n.text for n in find_numbers("1" * 30 + " " + "2" * 31 + " 3", [])] == ["1" * 30, "3"]


@pytest.mark.parametrize(
    ("spelt", "value"),
    [
        ("1.25", 1.25),
        ("2.3 million", 2_300_000),
        ("0.0000014 million", 1.4),
        ("30K", 30_000),
        ("2mn", 2_000_000),
        ("5 bn", 5_000_000_000),
        ("12\u202f345", 12_345),
        ("Two Million and Six", 2_000_006),
        ("3,400,", 3400),
        ("hundred", 100),
        ("a hundred", 100),
        ("thousand and six", 1006),
        ("two hundred thousand one hundred", 200_100),
    ],
)
def test_the_value_of_a_number(spelt, value):
    assert parse(spelt) == value
