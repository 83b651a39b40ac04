"""The audit over small releases of its own, and the rules of rounding that it rests on."""

import tomllib
from pathlib import Path

import pytest

from extract.annotate import find_mentions
from extract.records import Release
from extract.relate import relate

CASES = tomllib.loads(Path(__file__).with_name("audit_cases.toml").read_text("utf-8"))["case"]


def expected(case):
    """Return the offsets of the figures that a case says are to be flagged."""
    offsets = set()
    for figure in case["flagged"]:
        form, _, nth = figure.partition("#")
        at = -1
        for _ in range(int(nth or 1)):
            at = case["text"].index(form, at + 1)
        offsets.add(at)
    return offsets


def flagged(case):
    """Return the flagged observations of a case by offset, read by the real pipeline."""
    release = Release(case["id"], case["text"])
    found = relate(release, find_mentions(release))
    return {o.start: o for o in found if "arithmetic_mismatch" in o.flags}


def scores():
    """Return hits, false alarms and misses with their cases."""
    hits, alarms, misses = [], [], []
    for case in CASES:
        want, got = expected(case), flagged(case)
        hits += [(case["id"], got[at].notes) for at in want & set(got)]
        alarms += [(case["id"], got[at].notes) for at in set(got) - want]
        misses += [case["id"] for _ in want - set(got)]
    return hits, alarms, misses
