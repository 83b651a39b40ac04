"""Footnote marks that ran together with the word or number before them, or stand loose at a line's end."""

from __future__ import annotations

import re
from dataclasses import dataclass

_AFTER_WORD = re.compile(r"(?<=[a-z]{3})(?<!covid)(?<!Covid)(\d{1,2})(?![\w%]|[,./-]\d)")
_AFTER_GROUPS = re.compile(r"(?<![\d,.])\d{1,3}(?:,\d{3})+(\d{1,2})(?![\d%]|[,.]\d)")
_AFTER_STOP = re.compile(r"(?<=[.!?”\"’)%])[^\S\n]?(\d{1,2})(?=[^\S\n]*(?:\n|\Z))")
_LOOSE = re.compile(r"(?<=[a-z%)])[^\S\n](\d{1,2})(?=[^\S\n]*(?:\n|\Z))")
_AFTER_NUMBER = re.compile(r"(?<![\d,./£$€-])(?:(?:19|20)\d\d|\d{3})(\d)(?=[.,;:)’”\"]?(?:\s|\Z))")
_GROUPED = re.compile(r"\d,\d{3}(?!\d)")


@dataclass(frozen=True, slots=True)
class Mark:
    """A footnote mark at ``text[start:end]``; ``sure`` where it cannot be anything else."""

    start: int
    end: int
    value: int
    sure: bool


def marks(text: str) -> tuple[Mark, ...]:
    """Return the footnote marks of a text, in order.

    Marks count upward from 1. One that could also be a number's last digit or a number by itself is taken as a mark
    only where it continues that count, and where other marks prove that the text has any.
    """
    found: dict[int, Mark] = {}
    for pattern, sure in ((_AFTER_WORD, True), (_AFTER_GROUPS, True), (_AFTER_STOP, True), (_LOOSE, False)):
        for match in pattern.finditer(text):
            found.setdefault(match.start(1), Mark(match.start(1), match.end(1), int(match[1]), sure))
    if _GROUPED.search(text):
        for match in _AFTER_NUMBER.finditer(text):
            found.setdefault(match.start(1), Mark(match.start(1), match.end(1), int(match[1]), False))
    return _counted([found[start] for start in sorted(found)])


def _counted(candidates: list[Mark]) -> tuple[Mark, ...]:
    due, kept = 1, []
    for mark in candidates:
        if mark.sure or mark.value == due:
            kept.append(mark)
            due = mark.value + 1
    return tuple(kept) if len(kept) > 1 or any(m.sure for m in kept) else ()
