"""What the checks share: which figures are alike, how far a printed figure may stand from the truth, how it is said.

An interval is (lowest, highest), both inclusive.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from extract.relate.draft import Draft

Interval = tuple[float, float]

#: Points by which a percentage may be off, printed in digits or in words.
POINTS_DIGITS, POINTS_WORDS = 1.0, 3.0
#: How far below its figure "almost" reaches, and how far "about" reaches to either side.
ALMOST, ABOUT = 0.10, 0.05
#: How far a multiple may be off: "doubled" for 1.75 to 2.25.
MULTIPLE = 0.125
_ALMOST = re.compile(
    r"\b(?:nearly|almost|close\sto|just\sshort\sof|short\sof|not\squite|approaching|nudging|virtually|all\sbut|verging\son)\s(?:[\w-]+\s){0,2}?(?:an?\s)?$",
    re.I,
)
_USES = frozenset({"offences", "instances"})
FIELDS = ("measure", "offence", "geography", "platforms", "gender", "age")


@dataclass(frozen=True, slots=True)
class Finding:
    """A figure that others contradict, and the sum that shows it."""

    draft: Draft
    note: str


def key(draft: Draft, *, but: Sequence[str] = ()) -> tuple[Any, ...]:
    """Return what two figures must share to be compared; uses of a platform and offences on it are one thing."""
    measure = "instances" if draft.platforms and draft.measure in _USES else draft.measure
    values = (measure, draft.offence, draft.geography, draft.platforms, draft.gender, draft.age)
    return tuple(v for v, name in zip(values, FIELDS, strict=True) if name not in but) if but else values


def is_count(draft: Draft) -> bool:
    """Tell whether a draft is a count of things that have been counted (not of forces or platforms)."""
    return draft.statistic == "count" and draft.measure not in ("forces", "platforms")


def in_words(draft: Draft) -> bool:
    """Tell whether a figure is printed without digits."""
    return not any(c.isdigit() for c in draft.mention.text)


def is_almost(draft: Draft) -> bool:
    """Tell whether the hedge says that the truth lies below the figure."""
    return draft.bound == "~" and bool(_ALMOST.search(draft.masked.before()[-45:]))


def is_exact(draft: Draft) -> bool:
    """Tell whether a count is printed to the last unit."""
    return draft.bound == "=" and draft.value.is_integer() and not _is_round(draft)


def _is_round(draft: Draft) -> bool:
    return draft.value >= 1000 and draft.value % 100 == 0


def truth_of(draft: Draft) -> Interval:
    """Return within which the number stands that a count or rate was printed for."""
    value = draft.value
    step = _step(value) if value.is_integer() else 0.1
    if draft.bound == ">":
        return value, value + step
    if draft.bound == "<":
        return (0.0, value) if value < 20 else (value - step, value)
    if draft.bound == "~":
        below = max(value * ALMOST, 1.0)
        return value - below, value if is_almost(draft) else value * (1 + ABOUT) + 1
    if draft.statistic == "rate":
        return value - 0.5, value + 0.5
    if _is_round(draft):
        off = min(step / 2, value * ABOUT)
        return value - off, value + off
    return value, value


def _step(value: float) -> float:
    """Return the unit that a number is rounded to as printed: 100 for 2,700."""
    digits = str(int(value))
    return float(10 ** (len(digits) - len(digits.rstrip("0")))) if value else 1.0


def admitted(draft: Draft) -> Interval:
    """Return what truths a percentage or multiple admits, as magnitudes."""
    if draft.unit == "multiple":
        return _admitted_multiple(draft)
    value = abs(draft.value)
    points = POINTS_WORDS if in_words(draft) else POINTS_DIGITS
    if draft.bound == ">":
        return value - points, 2 * value + 20
    if draft.bound == "<":
        return 0.0, value + points
    if is_almost(draft):
        return value * (1 - ALMOST) - points, value + points
    off = value * ABOUT if draft.bound == "~" else 0.0
    return value - off - points, value + off + points


def _admitted_multiple(draft: Draft) -> Interval:
    value = draft.value
    off = value * MULTIPLE if value.is_integer() or value < 1 else 0.1
    if value < 1:
        # "more than halved" is less than a half, "almost halved" more.
        return (
            (0.0, value + off)
            if draft.bound in ("<", ">")
            else (value - off, value * (1.25 if draft.bound == "~" else 1) + off)
        )
    if draft.bound == ">":
        return value * 0.985, 2.5 * value
    if draft.bound == "<":
        return 0.0, value * 1.02
    if is_almost(draft):
        return value * 0.82, value * 1.05
    if draft.bound == "~":
        return value * 0.85, value * 1.15
    return value - off, value + off


def overlap(a: Interval, b: Interval) -> bool:
    """Tell whether two intervals meet, within what the machine's arithmetic loses."""
    return a[0] <= b[1] + 1e-9 and b[0] <= a[1] + 1e-9


def number(value: float) -> str:
    """Return a number as it is printed: 1,166, 2.23."""
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:,.2f}".rstrip("0").rstrip(".")


def said(draft: Draft) -> str:
    """Return a figure with its hedge and unit: "almost 600%", "more than 2 times"."""
    hedge = {"=": "", ">": "more than ", "<": "less than ", "~": "almost " if is_almost(draft) else "about "}[
        draft.bound
    ]
    unit = {"percent": "%", "multiple": " times", "number": ""}.get(draft.unit, f" {draft.unit.replace('per_', 'a ')}")
    return f"{hedge}{number(abs(draft.value))}{unit}"
