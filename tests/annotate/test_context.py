"""A rule with cues is tried only near one of them: each of its examples must hold one."""

import re

import pytest

from extract.annotate.context import cued
from extract.lexicon.rules import load_rules, unmark

FILES = ("area_not", "count_not", "force_context", "platform_context")
CASES = [(c.rule.id, c.cues, c.rule.yes) for name in FILES for c in cued(name) if c.cues]
CASES += [
    (rule.id, frozenset(rule.value["cues"].split()), rule.yes)
    for rule in load_rules("percentage")
    if "cues" in rule.value
]


@pytest.mark.parametrize(("cues", "examples"), [pytest.param(c, e, id=i) for i, c, e in CASES])
def test_each_example_of_a_rule_with_cues_holds_one(cues, examples):
    for example in examples:
        text, _ = unmark(example)
        assert cues & set(re.findall(r"[^\W\d_]+", text.lower())), example
