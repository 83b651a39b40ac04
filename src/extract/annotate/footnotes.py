"""Footnote marks that ran together with the word or number before them, or stand loose at a line's end."""

from __future__ import annotations

import re
from dataclasses import dataclass

_RUN = re.compile(r"\d[\d,]*")
_LETTERS = re.compile(r"[a-z]{3}\Z")
_COVID = re.compile(r"covid\Z", re.IGNORECASE)
_GROUPS = re.compile(r"\d{1,3}(?:,\d{3})+(\d{1,2})")
_PLAIN = re.compile(r"(?:(?:19|20)\d\d|\d{3})(\d)")
_LINE_END = re.compile(r"[^\S\n]*(?:\n|\Z)")
_STOP = re.compile(r"[.,;:)’”\"]?(?:\s|\Z)")
_GOES_ON = re.compile(r"[\w%]|[,./-]\d")
_SENTENCE_STOPS = '.!?”"’)%'
_BEFORE_NUMBER = "£$€./-"


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
    grouped = False
    found: list[Mark] = []
    for run in _RUN.finditer(text):
        digits = run[0].rstrip(",")
        grouped = grouped or re.search(r",\d{3}(?!\d)", digits) is not None
        mark = _mark(text, run.start(), digits)
        if mark is not None:
            found.append(mark)
    return _counted([m for m in found if m.sure or grouped or m.start == 0 or not text[m.start - 1].isdigit()])


def _mark(text: str, start: int, digits: str) -> Mark | None:
    """Read a run of digits as a mark, or as a number with a mark at its end; None where it cannot hold one."""
    end = start + len(digits)
    if len(digits) <= 2:
        if _LETTERS.search(text, max(0, start - 3), start):
            glued = _GOES_ON.match(text, end) is None and _COVID.search(text, max(0, start - 5), start) is None
            return Mark(start, end, int(digits), True) if glued else None
        return _at_line_end(text, start, end)
    groups = _GROUPS.fullmatch(digits)
    if groups:
        return Mark(start + groups.start(1), end, int(groups[1]), True) if text[end : end + 1] != "%" else None
    plain = _PLAIN.fullmatch(digits)
    if plain and _STOP.match(text, end) and (start == 0 or text[start - 1] not in _BEFORE_NUMBER):
        return Mark(end - 1, end, int(plain[1]), False)
    return None


def _at_line_end(text: str, start: int, end: int) -> Mark | None:
    """Read one or two digits at a line's end, behind a stop or, less surely, behind a word."""
    if start < 2 or not _LINE_END.match(text, end):
        return None
    before = text[start - 1]
    if before in _SENTENCE_STOPS or (before == " " and text[start - 2] in _SENTENCE_STOPS):
        return Mark(start, end, int(text[start:end]), True)
    if before == " " and text[start - 2].islower():
        return Mark(start, end, int(text[start:end]), False)
    return None


def _counted(candidates: list[Mark]) -> tuple[Mark, ...]:
    due, kept = 1, []
    for mark in candidates:
        if mark.sure or mark.value == due:
            kept.append(mark)
            due = mark.value + 1
    return tuple(kept) if len(kept) > 1 or any(m.sure for m in kept) else ()
