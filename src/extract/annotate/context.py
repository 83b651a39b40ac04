"""Looks for rules right before, right after and around a span."""

from __future__ import annotations

from functools import cache

from extract.lexicon.rules import Rule, load_rules

#: How far before a span a rule that ends at it may begin, in characters.
REACH = 80


@cache
def rules(name: str, place: str) -> tuple[Rule, ...]:
    """Return the rules of a file whose ``value`` is the given place."""
    return tuple(rule for rule in load_rules(name) if rule.value == place)


def after(found: tuple[Rule, ...], text: str, end: int) -> Rule | None:
    """Return the first rule that matches right after a span's end."""
    return next((rule for rule in found if rule.pattern.match(text, end)), None)


def before(found: tuple[Rule, ...], text: str, start: int, reach: int = REACH) -> Rule | None:
    """Return the first rule with a match that ends right before a span's start, on its line."""
    begin = max(text.rfind("\n", 0, start) + 1, start - reach)
    for rule in found:
        if any(match.end() == start for match in rule.pattern.finditer(text, begin, start)):
            return rule
    return None
