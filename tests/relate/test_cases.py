"""Whole sentences and small texts through the whole pipeline, field by field."""

import tomllib
from pathlib import Path

import pytest

from builders import period_of
from extract.annotate import find_mentions
from extract.records import Release
from extract.relate import relate

FILES = ("cases.toml", "cases_coverage.toml", "cases_newsroom.toml")
CASES = [c for f in FILES for c in tomllib.loads(Path(__file__).with_name(f).read_text("utf-8"))["case"]]
FIELDS = {
    "at", "nth", "statistic", "value", "unit", "bound", "measure", "offence", "geography", "period", "base",
    "platforms", "gender", "age", "flags",
}  # fmt: skip


def expected_value(name, value):
    if name in ("period", "base"):
        return period_of(value)
    if name == "age":
        if not value:
            return None
        return tuple(None if v == "" else v for v in value)
    return tuple(value) if isinstance(value, list) else value


def offset(text, surface, nth):
    at = -1
    for _ in range(nth):
        at = text.index(surface, at + 1)
    return at


def observe(case):
    text = case["text"].strip("\n")
    release = Release("case", text, published=case.get("published"))
    return text, relate(release, find_mentions(release))


@pytest.mark.parametrize("case", CASES, ids=[c["name"] for c in CASES])
def test_a_text_yields_its_figures(case):
    text, observations = observe(case)
    assert not [key for row in case["expect"] for key in row if key not in FIELDS]
    found = {}
    for o in observations:
        found.setdefault(o.start, []).append(o)
    wrong = []
    for row in case["expect"]:
        at = offset(text, row["at"], row.get("nth", 1))
        o = found.get(at, [None])[0]
        if o is None:
            wrong.append(f"{row['at']}: no observation")
            continue
        for name, value in row.items():
            if name in ("at", "nth"):
                continue
            want, got = expected_value(name, value), getattr(o, name)
            if want != got and not (name == "value" and abs(want - got) <= 0.01):
                wrong.append(f"{row['at']}: {name} should be {want!r}, is {got!r} by {o.rules.get(name)}")
    starts = sorted(offset(text, row["at"], row.get("nth", 1)) for row in case["expect"])
    surplus = [text[o.start : o.end] for o in observations if o.start not in starts]
    assert not wrong
    assert not surplus
