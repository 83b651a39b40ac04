"""Looks for rules right before, right after and around a span, where a word stands that they need.

A rule's ``value`` in its file says where it is looked for, either as a word or as a table ``{ where = "before", cues =
"aged ages" }``. A rule with cues is tried only where one of them stands among the words near the span: that is what
makes a long list of rules cheap.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from extract.annotate.layout import Layout
from extract.lexicon.rules import Rule, load_rules

#: How far before and after a span a rule may reach, in characters and in words.
BEFORE, AFTER = 80, 60
WORDS_BEFORE, WORDS_AFTER = 14, 9


@dataclass(frozen=True, slots=True)
class Cued:
    """A rule, where it is looked for, and the words one of which it needs (none: it is always tried)."""

    rule: Rule
    where: str
    cues: frozenset[str]


@cache
def cued(name: str) -> tuple[Cued, ...]:
    """Return the rules of a file with what their values say."""
    out = []
    for rule in load_rules(name):
        value = rule.value if isinstance(rule.value, dict) else {"where": rule.value}
        out.append(Cued(rule, value["where"], frozenset(value.get("cues", "").split())))
    return tuple(out)


@cache
def _at(name: str, where: str) -> tuple[Cued, ...]:
    return tuple(c for c in cued(name) if c.where == where)


@cache
def _cues(name: str, where: str) -> frozenset[str] | None:
    """Return the cues of all rules for a place, or None where one of them has none."""
    found = [c.cues for c in _at(name, where)]
    return frozenset().union(*found) if all(found) else None


def rules(name: str, where: str) -> tuple[Rule, ...]:
    """Return the rules of a file for a place."""
    return tuple(c.rule for c in _at(name, where))


def candidates(name: str, where: str, near: frozenset[str]) -> Iterator[Rule]:
    """Yield the rules for a place whose cues are among the words near the span."""
    every = _cues(name, where)
    if every is not None and every.isdisjoint(near):
        return
    for c in _at(name, where):
        if not c.cues or not c.cues.isdisjoint(near):
            yield c.rule


def after(lay: Layout, name: str, where: str, end: int) -> Rule | None:
    """Return the first rule that matches right after a span's end."""
    near = lay.words_after(end, WORDS_AFTER)
    return next((rule for rule in candidates(name, where, near) if rule.pattern.match(lay.text, end)), None)


def before(lay: Layout, name: str, where: str, start: int) -> Rule | None:
    """Return the first rule with a match that ends right before a span's start, on its line."""
    near = lay.words_before(start, WORDS_BEFORE)
    begin = -1
    for rule in candidates(name, where, near):
        if begin < 0:
            begin = max(lay.text.rfind("\n", 0, start) + 1, start - BEFORE)
        if any(match.end() == start for match in rule.pattern.finditer(lay.text, begin, start)):
            return rule
    return None
