"""Every rule id of the output is a row of a rule file or stands in decisions.csv, and none is listed there in vain."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from extract.batch import Failure, expand, process_all
from extract.lexicon.decisions import decisions, meaning, parts, rule_rows
from extract.records import FIELDS, LABELS

ROOT = Path(__file__).parents[2]
CODE = [path for part in ("annotate", "relate") for path in sorted((ROOT / "src/extract" / part).glob("*.py"))]
ID = re.compile(r"[a-z]+(?:-[a-z]+)*(?:\.[a-z0-9]+(?:-[a-z0-9]+)*)+|[+-][a-z]+")


def literals() -> Iterator[str]:
    """Yield the strings of the code, an f-string as the expression that it matches."""
    for path in CODE:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.JoinedStr):
                pieces = [re.escape(p.value) if isinstance(p, ast.Constant) else ".+" for p in node.values]
                if re.search("[a-z]", "".join(pieces).replace(".+", "")) and " " not in "".join(pieces):
                    yield "".join(pieces)
            elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield re.escape(node.value)


LITERALS = frozenset(literals())
PATTERNS = [re.compile(text) for text in LITERALS if ".+" in text]


@pytest.mark.parametrize("decision", decisions().values(), ids=list(decisions()))
def test_a_decision_stands_in_the_code_and_nowhere_else(decision):
    found = re.escape(decision.id) in LITERALS or any(p.fullmatch(decision.id) for p in PATTERNS)
    assert found, f"{decision.id} is no longer in the code: remove its row from decisions.csv"
    assert ID.fullmatch(decision.id)
    assert decision.id not in rule_rows(), "it is a row of a rule file"
    assert decision.field.removesuffix(" (candidate)") in (*FIELDS, *LABELS)
    assert decision.meaning.endswith(".")


def test_every_id_that_the_code_fills_a_field_with_is_known():
    named = set()
    for path in CODE:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", "") in ("put", "consider"):
                named |= {a.value for a in ast.walk(node) if isinstance(a, ast.Constant) and isinstance(a.value, str)}
    unknown = sorted(i for i in named if ID.fullmatch(i) and parts(i) is None)
    assert not unknown, f"list these in src/extract/lexicon/decisions.csv: {unknown}"


def test_every_id_that_the_corpus_gives_is_known():
    known = set()
    for _, found in process_all(expand([str(ROOT / "corpus")])):
        assert not isinstance(found, Failure)
        known |= {m.rule for m in found.mentions} | {r for o in found.observations for r in o.rules.values()}
    unknown = sorted(i for i in known if parts(i) is None)
    assert not unknown, f"list these in src/extract/lexicon/decisions.csv: {unknown}"


@pytest.mark.parametrize(
    ("rule_id", "said"),
    [
        ("geography.carried", "that of the text it continues"),
        ("measure.offences-counted", "What police record. The noun stands right behind"),
        ("year.last-n+counted", "counted back from the data year"),
        ("no.such-rule", None),
    ],
)
def test_an_id_is_told_in_words(rule_id, said):
    assert said in meaning(rule_id) if said else not meaning(rule_id)
