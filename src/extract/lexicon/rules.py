"""Loads and validates rule files: one row a rule, each with examples that must and must not match.

A rule file is TOML under ``lexicon/rules/``. ``[parts]`` names small expressions; a pattern uses one by
``(?&name)``. In a ``yes`` example ``[[...]]`` encloses what the rule must mark: its whole match, or the group
``span`` where the pattern names one (the rest of the match is context); in a ``no`` example it must match nothing.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, reduce
from importlib.resources import files
from importlib.resources.abc import Traversable
from operator import or_
from typing import Any

from extract.errors import LexiconError
from extract.lexicon.needs import bits, held, needs_of

_KEYS = {"id", "pattern", "value", "yes", "no", "case", "why"}
_PART = re.compile(r"\(\?&([a-z][a-z0-9_]*)\)")
#: For how many different findings it is remembered which rules of a file they call for.
_MOST_KNOWN = 5_000
_EMPTY_ALTERNATIVE = re.compile(r"(?<!\\)\((?:\?:|\?P<\w+>)?\|(?!\))|(?<!\\)\|\||(?<!\\)\|\)")


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule row: a compiled pattern, what it stands for, and the examples that prove it.

    ``value`` is whatever the consuming module defines (an id, a sign, a table);
    ``why`` says what truth the rule states.
    """

    id: str
    pattern: re.Pattern[str]
    value: Any
    yes: tuple[str, ...]
    no: tuple[str, ...]
    why: str = ""

    def spans(self, text: str, start: int = 0, end: int | None = None) -> Iterator[tuple[int, int, re.Match[str]]]:
        """Yield (start, end, match) of what the rule marks in ``text[start:end]``, in order."""
        group = "span" if "span" in self.pattern.groupindex else 0
        for match in self.pattern.finditer(text, start, len(text) if end is None else end):
            yield match.start(group), match.end(group), match


def rules_folder() -> Traversable:
    """Return the folder of the rule files inside the package."""
    return files("extract.lexicon") / "rules"


def rule_files() -> list[str]:
    """Return the names, without ending, of all rule files, sorted."""
    return sorted(p.name.removesuffix(".toml") for p in rules_folder().iterdir() if p.name.endswith(".toml"))


@cache
def load_rules(name: str) -> tuple[Rule, ...]:
    """Return the rules of ``lexicon/rules/NAME.toml`` in their order.

    Raises
    ------
    LexiconError
        Naming the file and row: an unknown key, an id given twice, a part that is not defined, an empty
        alternative, a pattern that does not compile or matches the empty string, a missing example.
    """
    path = f"lexicon/rules/{name}.toml"
    return parse_rules((rules_folder() / f"{name}.toml").read_text("utf-8"), path)


def parse_rules(text: str, path: str) -> tuple[Rule, ...]:
    """Parse and validate one rule file's text; ``path`` is used in errors only. See `load_rules`."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise LexiconError(path, f"is not TOML ({error})", "mend the line it names") from error
    unknown = set(data) - {"parts", "rule"}
    if unknown:
        raise LexiconError(path, f"unknown table {sorted(unknown)}", "use [parts] and [[rule]] only")
    parts = _expand_parts(data.get("parts", {}), path)
    rules: dict[str, Rule] = {}
    for row in data.get("rule", []):
        rule = _rule(row, parts, path)
        if rule.id in rules:
            raise LexiconError(path, f"rule {rule.id} is given twice", "give each rule an id of its own")
        rules[rule.id] = rule
    return tuple(rules.values())


def _expand_parts(raw: Mapping[str, str], path: str) -> dict[str, str]:
    parts: dict[str, str] = {}
    for name, pattern in raw.items():
        parts[name] = _expand(pattern, parts, f"{path}, part {name}")
    return parts


def _expand(pattern: str, parts: Mapping[str, str], where: str) -> str:
    def put(match: re.Match[str]) -> str:
        if match[1] not in parts:
            raise LexiconError(where, f"uses the part {match[1]}, which is not defined above it", "define it first")
        return f"(?:{parts[match[1]]})"

    if _EMPTY_ALTERNATIVE.search(pattern):
        raise LexiconError(where, "has an empty alternative", "remove the bar that stands alone")
    return _PART.sub(put, pattern)


def _rule(row: Mapping[str, Any], parts: Mapping[str, str], path: str) -> Rule:
    where = f"{path}, rule {row.get('id', '(no id)')}"
    unknown = set(row) - _KEYS
    if unknown or "id" not in row or "pattern" not in row:
        raise LexiconError(where, f"has unknown keys {sorted(unknown)} or lacks id or pattern", f"use {sorted(_KEYS)}")
    if not row.get("yes") or not row.get("no"):
        raise LexiconError(where, "lacks an example", "give at least one `yes` and one `no`")
    try:
        compiled = re.compile(_expand(row["pattern"], parts, where), 0 if row.get("case") else re.IGNORECASE)
    except re.error as error:
        raise LexiconError(where, f"does not compile ({error})", "mend its pattern") from error
    if compiled.search("") is not None:
        raise LexiconError(where, "matches the empty string", "make part of its pattern required")
    for example in row["yes"]:
        unmark(example, where)
    return Rule(row["id"], compiled, row.get("value"), tuple(row["yes"]), tuple(row["no"]), row.get("why", ""))


def unmark(example: str, where: str = "example") -> tuple[str, tuple[int, int]]:
    """Return an example's text and the span that its ``[[...]]`` encloses; exactly one pair must stand in it."""
    pieces = re.split(r"(\[\[|\]\])", example)
    if [p for p in pieces if p in ("[[", "]]")] != ["[[", "]]"]:
        raise LexiconError(where, f"example {example!r} does not hold one pair of [[ ]]", "mark the span that matches")
    before, _, inside, _, after = pieces
    return before + inside + after, (len(before), len(before) + len(inside))


def likely(name: str, text: str, start: int = 0, end: int | None = None) -> tuple[Rule, ...]:
    """Return the rules of ``lexicon/rules/NAME.toml``, in their order, that ``text[start:end]`` holds the words for.

    The others match nothing in it. See `extract.lexicon.needs`.
    """
    return _needed(name).by(held(text if end is None and not start else text[start:end]))


class _Needed:
    """The rules of a file with what each needs."""

    def __init__(self, name: str) -> None:
        self.rules = [(rule, bits(needs_of(rule.pattern.pattern, rule.pattern.flags))) for rule in load_rules(name)]
        self.pieces = reduce(or_, (need for _, needs in self.rules for need in needs), 0)
        self.known: dict[int, tuple[Rule, ...]] = {}

    def by(self, found: int) -> tuple[Rule, ...]:
        """Return the rules whose needs are met by the pieces found; remembered, since few differ."""
        found &= self.pieces
        rules = self.known.get(found)
        if rules is None:
            if len(self.known) > _MOST_KNOWN:
                self.known.clear()
            rules = tuple(rule for rule, needs in self.rules if all(found & need for need in needs))
            self.known[found] = rules
        return rules


@cache
def _needed(name: str) -> _Needed:
    return _Needed(name)


def first_match(
    rules: tuple[Rule, ...], text: str, start: int = 0, end: int | None = None
) -> tuple[Rule, re.Match[str]] | None:
    """Return the first rule, in row order, that matches in ``text[start:end]``, with its match."""
    stop = len(text) if end is None else end
    for rule in rules:
        match = rule.pattern.search(text, start, stop)
        if match:
            return rule, match
    return None


def all_matches(
    rules: tuple[Rule, ...], text: str, start: int = 0, end: int | None = None
) -> Iterator[tuple[Rule, re.Match[str]]]:
    """Yield every rule's every match in ``text[start:end]``, rule by rule."""
    stop = len(text) if end is None else end
    for rule in rules:
        for match in rule.pattern.finditer(text, start, stop):
            yield rule, match
