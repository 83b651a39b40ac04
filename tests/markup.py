"""Sentences with inline markup: ``{FORCE kent|Kent Police} recorded {COUNT 61|61}``.

A value is written as the test reads it: an id, a number, ``25%`` or ``x2``, platform ids joined by ``+``, a period
as its two days joined by ``..`` (``-`` for none).
"""

from __future__ import annotations

import re
from typing import Any

from extract.records import LABELS, Mention

_OPEN = re.compile(r"([A-Z]+) ([^|{}]+)\|([^{}]+)")


class MarkupError(ValueError):
    """Markup that is not closed, nested, empty, or names no label."""


def parse(marked: str) -> tuple[str, list[tuple[str, int, int, Any]]]:
    """Return the text without markup and its mentions as (label, start, end, value), in order."""
    text, mentions, inside = "", [], None
    for piece in re.split(r"([{}])", marked):
        if piece == "{":
            if inside is not None:
                raise MarkupError(f"a mention opens inside another one in {marked!r}")
            inside = ""
        elif piece == "}":
            match = _OPEN.fullmatch(inside) if inside is not None else None
            if match is None or match[1] not in LABELS or match[3] != match[3].strip():
                raise MarkupError(f"{inside!r} is no mention in {marked!r}")
            mentions.append((match[1], len(text), len(text) + len(match[3]), value(match[1], match[2])))
            text, inside = text + match[3], None
        elif inside is not None:
            inside += piece
        else:
            text += piece
    if inside is not None:
        raise MarkupError(f"a mention is not closed in {marked!r}")
    return text, mentions


def value(label: str, spelt: str) -> Any:
    """Return a value as a mention carries it."""
    if label == "COUNT":
        return float(spelt)
    if label == "PLATFORM":
        return tuple(sorted(spelt.split("+")))
    if label == "PERCENTAGE":
        return (float(spelt[:-1]), "percent") if spelt.endswith("%") else (float(spelt.removeprefix("x")), "multiple")
    if label == "YEAR":
        return None if spelt == "-" else tuple(spelt.split(".."))
    return spelt


def found(mentions: tuple[Mention, ...], labels: tuple[str, ...]) -> list[tuple[str, int, int, Any]]:
    """Return the mentions of some labels in the form of `parse`."""
    return [
        (m.label, m.start, m.end, tuple(sorted(m.value)) if m.label == "PLATFORM" else m.value)
        for m in mentions
        if m.label in labels
    ]
