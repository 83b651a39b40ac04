"""What a pattern needs, read off the pattern: never a text that it would match is left unsearched."""

import re
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.lexicon import needs
from extract.lexicon.needs import Pattern, needs_of
from extract.lexicon.rules import likely, load_rules, rule_files, unmark

RULES = [(name, rule) for name in rule_files() for rule in load_rules(name)]
EXAMPLES = [unmark(yes)[0] for _, rule in RULES for yes in rule.yes] + [no for _, rule in RULES for no in rule.no]


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        (r"\bforces?\b", [{"=force", "=forces"}]),
        (r"\bforce\w*", [{"force"}]),
        (r"\b(?:use|uses)\sof\b", [{"=use", "=uses"}, {"=of"}]),
        (r"\b[Tt]he\s(?:police|helpline)\b", [{"=police", "=helpline"}, {"=the"}]),
        (r"per\s?cent|%", []),
        (r"(?:mak(?:e|es|ing)|made)\sup", [{"made", "make", "making"}]),
        (r"girls.{0,20}\bboys", [{"girls"}, {"boys"}]),
        (r"(?:\w+\s){1,3}of", []),
        (r"(?!not)(?<!never\s)told", [{"told"}]),
        (r"<X>\s(?:of\s)?<N>", [{"<n>"}]),
        (r"in\s\d{4}", [{"0"}]),
        (r"[²³]", []),
    ],
)
def test_needs_are_read_off_a_pattern(pattern, expected):
    assert sorted(map(sorted, needs_of(pattern, re.IGNORECASE))) == sorted(map(sorted, expected))


def test_every_example_of_every_rule_holds_what_the_rule_needs():
    for name, rule in RULES:
        for yes in rule.yes:
            assert rule in likely(name, unmark(yes)[0]), rule.id


def test_letters_that_match_in_any_case_are_known():
    folds = [c for c in map(chr, range(128, sys.maxunicode + 1)) if re.fullmatch("[a-z]", c, re.IGNORECASE)]
    assert folds
    assert all(needs.held(f"x{c}y") == needs.ANYTHING for c in folds)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from(EXAMPLES) | st.text(max_size=5), max_size=4).map(" ".join))
def test_the_rules_left_out_match_nothing(text):
    for name in rule_files():
        kept = {rule.id for rule in likely(name, text)}
        assert not [r.id for r in load_rules(name) if r.id not in kept and r.pattern.search(text)]


def test_a_pattern_finds_what_re_finds():
    pattern = r"\b(?:girls|boys)\b"
    ours, theirs = Pattern(pattern, re.IGNORECASE), re.compile(pattern, re.IGNORECASE)
    for text in ("Girls and boys", "no one", ""):
        assert [m.span() for m in ours.finditer(text)] == [m.span() for m in theirs.finditer(text)]
        assert (ours.search(text, 3) is None) == (theirs.search(text, 3) is None)
        assert ours.sub("x", text) == theirs.sub("x", text)


def test_pieces_that_come_later_are_not_missed_in_texts_seen_before():
    text = "Quokkas and numbats"
    assert Pattern("platypus").search(text) is None
    assert Pattern("quokka", re.IGNORECASE).search(text)


def test_a_word_that_a_stretch_cuts_off_is_found():
    pattern = Pattern(r"\buse\b", re.IGNORECASE)
    assert pattern.search("One user", 0, 7)
    assert pattern.search("One user") is None
