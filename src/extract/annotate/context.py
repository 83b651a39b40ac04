"""Looks for rules right before, right after and around a span, where a word stands that they need.

A rule's ``value`` in its file says where it is looked for, either as a word or as a table ``{ where = "before", cues =
"aged ages" }``. A rule with cues is tried only where one of them stands among the words near the span: that is what
makes a long list of rules cheap.
"""

from __future__ import annotations

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
def _index(name: str, where: str | None) -> tuple[tuple[int, ...], dict[str, tuple[int, ...]], frozenset[str]]:
    """Return the rows of rules without cues, those of the rules with each cue, and all cues; of one place or of all."""
    always: list[int] = []
    by_cue: dict[str, list[int]] = {}
    for row, c in enumerate(cued(name)):
        if where not in (None, c.where):
            continue
        if not c.cues:
            always.append(row)
        for cue in c.cues:
            by_cue.setdefault(cue, []).append(row)
    return tuple(always), {cue: tuple(rows) for cue, rows in by_cue.items()}, frozenset(by_cue)


def rules(name: str, where: str) -> tuple[Rule, ...]:
    """Return the rules of a file for a place."""
    return tuple(c.rule for c in _at(name, where))


def near_rules(name: str, near: frozenset[str], where: str | None = None) -> list[Cued]:
    """Return the rules, of one place or of all, whose cues are among the words near the span, in their order."""
    always, by_cue, cues = _index(name, where)
    every = cued(name)
    if near.isdisjoint(cues):
        return [every[row] for row in always]
    rows = set(always)
    for word in near & cues:
        rows.update(by_cue[word])
    return [every[row] for row in sorted(rows)]


def after(lay: Layout, name: str, where: str, end: int) -> Rule | None:
    """Return the first rule that matches right after a span's end."""
    near = lay.words_after(end, WORDS_AFTER)
    found = (c.rule for c in near_rules(name, near, where))
    return next((rule for rule in found if rule.pattern.match(lay.text, end)), None)


def before(lay: Layout, name: str, where: str, start: int) -> Rule | None:
    """Return the first rule with a match that ends right before a span's start, on its line."""
    near = lay.words_before(start, WORDS_BEFORE)
    begin = -1
    for rule in (c.rule for c in near_rules(name, near, where)):
        if begin < 0:
            begin = max(lay.text.rfind("\n", 0, start) + 1, start - BEFORE)
        if any(match.end() == start for match in rule.pattern.finditer(lay.text, begin, start)):
            return rule
    return None
