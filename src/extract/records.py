"""The records that flow through the pipeline: frozen, with offsets into one text, without any I/O.

Offsets are half-open character offsets into ``Release.text``. A period is a pair of ISO dates, both inclusive.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal

Label = Literal["FORCE", "AREA", "YEAR", "COUNT", "PERCENTAGE", "PLATFORM"]
LABELS: tuple[Label, ...] = ("FORCE", "AREA", "YEAR", "COUNT", "PERCENTAGE", "PLATFORM")
#: The labels that users asked for; ``AREA`` is labelled too, but not part of the headline score.
SCORED_LABELS: tuple[Label, ...] = ("FORCE", "YEAR", "COUNT", "PERCENTAGE", "PLATFORM")

Statistic = Literal["count", "share", "change", "ratio", "rate"]
STATISTICS: tuple[Statistic, ...] = ("count", "share", "change", "ratio", "rate")
Bound = Literal["=", ">", "<", "~"]
BOUNDS: tuple[Bound, ...] = ("=", ">", "<", "~")
Gender = Literal["female", "male"]
Flag = Literal["period_repaired", "period_inferred", "conflicting_geography", "arithmetic_mismatch"]
FLAGS: tuple[Flag, ...] = ("period_repaired", "period_inferred", "conflicting_geography", "arithmetic_mismatch")
UNITS: tuple[str, ...] = (
    "number",
    "percent",
    "multiple",
    "per_hour",
    "per_day",
    "per_week",
    "per_month",
    "per_year",
)

#: First and last day, ISO dates, both inclusive.
Period = tuple[str, str]
#: Youngest and oldest age, both inclusive; either may be open.
AgeRange = tuple[int | None, int | None]
#: What a mention is normalised to: an id; a period or None; a number; (number, unit); a tuple of platform ids.
Value = Any

#: The fields of an observation that the definition compares (all but ``flags``), in the order of the definition.
FIELDS: tuple[str, ...] = (
    "statistic",
    "value",
    "unit",
    "bound",
    "measure",
    "offence",
    "geography",
    "period",
    "base",
    "platforms",
    "gender",
    "age",
)
CORE_FIELDS: tuple[str, ...] = ("statistic", "value", "unit", "geography", "period")

BlockKind = Literal["heading", "paragraph", "list_item", "table", "caption", "footnote", "quotation"]


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of the text and where in the document it stood.

    ``page`` counts from 1 and ``box`` is (x0, top, x1, bottom) in PDF points; ``path`` is the element's path in a page.
    """

    kind: BlockKind
    start: int
    end: int
    page: int | None = None
    box: tuple[float, float, float, float] | None = None
    path: str | None = None


@dataclass(frozen=True)
class Release:
    """One release as read: plain text and what is known of it."""

    id: str
    text: str
    title: str | None = None
    published: str | None = None
    url: str | None = None
    publisher: str | None = None
    source: str | None = None
    reader: str = "plain"
    blocks: tuple[Block, ...] = ()
    #: Share (0 to 1) of the document's visible characters that did not reach ``text``; None where not measured.
    unread: float | None = None
    #: Pages (from 1) whose text was recognised on their image; and pages that are images and were not read.
    recognised: tuple[int, ...] = ()
    images: tuple[int, ...] = ()

    @cached_property
    def text_hash(self) -> str:
        """SHA-256 of the text in UTF-8, in hex."""
        return hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(frozen=True, slots=True)
class Mention:
    """A labelled span with its normalised value and the rule that found it."""

    label: Label
    start: int
    end: int
    text: str
    value: Value
    rule: str = ""

    def to_json(self) -> dict[str, Any]:
        """Return the form of section 5 of the definition."""
        return {
            "label": self.label,
            "start": self.start,
            "end": self.end,
            "text": self.text,
            "value": as_json(self.value),
        }


@dataclass(frozen=True, slots=True)
class Observation:
    """One figure that a release states, anchored on the mention that carries its value."""

    start: int
    end: int
    statistic: Statistic
    value: float
    unit: str
    bound: Bound
    measure: str
    offence: str | None
    geography: tuple[str, ...]
    period: Period | None
    base: Period | None = None
    platforms: tuple[str, ...] = ()
    gender: Gender | None = None
    age: AgeRange | None = None
    flags: tuple[Flag, ...] = ()
    notes: tuple[str, ...] = ()
    sentence: str = ""
    rules: Mapping[str, str] = field(default_factory=dict)
    margin: float = 1.0

    def to_json(self) -> dict[str, Any]:
        """Return the form of section 5 of the definition."""
        names = ("start", "end", *FIELDS, "flags", "notes", "sentence", "rules", "margin")
        return {name: as_json(getattr(self, name)) for name in names}


@dataclass(frozen=True, slots=True)
class Annotated:
    """A release with its two layers: the unit that every later stage takes."""

    release: Release
    mentions: tuple[Mention, ...]
    observations: tuple[Observation, ...]

    def to_json(self) -> dict[str, Any]:
        """Return one line of ``annotate --format jsonl``."""
        r = self.release
        return {
            "id": r.id,
            "source": r.source,
            "published": r.published,
            "title": r.title,
            "text": r.text,
            "mentions": [m.to_json() for m in self.mentions],
            "observations": [o.to_json() for o in self.observations],
        }


def as_json(value: Any) -> Any:
    """Turn a record's value into what ``json`` writes: tuples as lists, mappings as dicts, whole floats as integers."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, tuple | list):
        return [as_json(v) for v in value]
    if isinstance(value, Mapping):
        return {k: as_json(v) for k, v in value.items()}
    return value
