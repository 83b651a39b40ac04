"""The decisions that stand in code rather than in rule files, and what any rule id that the output names means.

``decisions.csv`` lists them: an id, the field or label that it fills, what it means in one sentence. An id that begins
with ``-`` or ``+`` is an ending that a decision puts behind the id of a rule: ``measure.offences-counted``,
``year.last-n+stated``.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from extract.errors import LexiconError
from extract.lexicon.rules import Rule, load_rules, rule_files
from extract.lexicon.vocabulary import read_rows

_PATH = "decisions.csv"


@dataclass(frozen=True, slots=True)
class Decision:
    """A row of ``decisions.csv``; ``field`` is a field of observations, a label of mentions, or a field's candidate."""

    id: str
    field: str
    meaning: str

    @property
    def ending(self) -> bool:
        """Whether the id is an ending put behind a rule's id."""
        return self.id[0] in "+-"


@cache
def decisions() -> dict[str, Decision]:
    """Return the decisions by id, in the order of the file.

    Raises
    ------
    LexiconError
        A row with an empty cell.
    """
    rows = read_rows(_PATH)
    for row in rows:
        if not all(row.values()):
            raise LexiconError(f"lexicon/{_PATH}", f"row {row} has an empty cell", "fill id, field and meaning")
    return {row["id"]: Decision(**row) for row in rows}


@cache
def rule_rows() -> dict[str, tuple[str, Rule]]:
    """Return every row of the rule files by id, with the name of its file."""
    return {rule.id: (name, rule) for name in rule_files() for rule in load_rules(name)}


def parts(rule_id: str) -> tuple[str, Decision | None] | None:
    """Return a known id without its ending, and the ending; None for an id that stands nowhere.

    >>> parts("measure.offences-counted")[0]
    'measure.offences'
    >>> parts("measure.nothing") is None
    True
    """
    if rule_id in rule_rows() or rule_id in decisions():
        return rule_id, None
    for decision in decisions().values():
        stem = rule_id.removesuffix(decision.id)
        if decision.ending and stem != rule_id and stem in rule_rows():
            return stem, decision
    return None


def meaning(rule_id: str) -> str:
    """Return what a rule id means: its row's ``why``, its decision's sentence, or both; empty where it is unknown."""
    found = parts(rule_id)
    if found is None:
        return ""
    stem, ending = found
    said = rule_rows()[stem][1].why if stem in rule_rows() else decisions()[stem].meaning
    return f"{said} {ending.meaning}" if ending else said
