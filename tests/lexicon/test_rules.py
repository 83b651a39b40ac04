"""Every rule row's examples are run; the loader refuses what is not valid."""

import pytest

from extract.errors import LexiconError
from extract.lexicon.rules import load_rules, parse_rules, rule_files, unmark

ROWS = [(name, rule) for name in rule_files() for rule in load_rules(name)]
YES = [pytest.param(rule, text, id=f"{rule.id}-{n}") for _, rule in ROWS for n, text in enumerate(rule.yes)]
NO = [pytest.param(rule, text, id=f"{rule.id}-{n}") for _, rule in ROWS for n, text in enumerate(rule.no)]


@pytest.mark.parametrize(("rule", "example"), YES)
def test_yes_example_matches_exactly_the_marked_span(rule, example):
    text, span = unmark(example)
    assert [(start, end) for start, end, _ in rule.spans(text)] == [span]


@pytest.mark.parametrize(("rule", "text"), NO)
def test_no_example_matches_nothing(rule, text):
    assert rule.pattern.search(text) is None


GOOD = "[[rule]]\nid='a'\npattern='x+'\nyes=['[[xx]]']\nno=['y']\n"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (GOOD + GOOD, "given twice"),
        (GOOD + "colour='red'", "unknown keys"),
        (GOOD.replace("x+", "a|"), "empty string"),
        (GOOD.replace("x+", "(a||b)"), "empty alternative"),
        (GOOD.replace("x+", "(a|)b"), "empty alternative"),
        (GOOD.replace("x+", "(a"), "does not compile"),
        (GOOD.replace("x+", "(?&month) x"), "not defined"),
        (GOOD.replace("['y']", "[]"), "lacks an example"),
        (GOOD.replace("[[xx]]", "[[xx"), "one pair"),
        (GOOD.replace("[[xx]]", "]]xx[["), "one pair"),
        ("[rules]\n", "unknown table"),
        ("[[rule]\n", "is not TOML"),
    ],
)
def test_a_rule_file_that_is_not_valid_is_refused(text, problem):
    with pytest.raises(LexiconError, match=problem):
        parse_rules(text, "rules/x.toml")


def test_parts_are_put_together():
    text = "[parts]\nd='[0-9]'\ndd='(?&d)(?&d)'\n" + GOOD.replace("x+", "(?&dd)-x").replace("xx", "12-x")
    (rule,) = parse_rules(text, "rules/x.toml")
    assert rule.pattern.search("a 12-x")
