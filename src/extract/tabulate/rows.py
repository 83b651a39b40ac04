"""One annotated release as rows of tables: pure, without pandas, so that workers can make and send them."""

from __future__ import annotations

import bisect
from collections import Counter
from collections.abc import Iterable, Sequence
from operator import itemgetter
from typing import Any

from extract.lexicon import vocabulary
from extract.records import Annotated, Block, Mention, Observation, Release
from extract.tabulate.coverage import coverage_rows
from extract.tabulate.gaps import gap_rows
from extract.tabulate.history import former_rows
from extract.tabulate.ids import row_id
from extract.tabulate.schema import SCHEMA, Packed, Row, Rows
from extract.tabulate.series import why_not_in_series

#: The tables that one release fills.
RELEASE_TABLES: tuple[str, ...] = (
    "releases",
    "texts",
    "mentions",
    "mention_platforms",
    "observations",
    "observation_geographies",
    "observation_platforms",
    "observation_flags",
    "observation_notes",
    "observation_rules",
    "coverage",
    "former_names",
    "gaps",
)


def release_rows(annotated: Annotated) -> Rows:
    """Return the rows that one release adds to each of `RELEASE_TABLES`."""
    release = annotated.release
    rows: Rows = {name: [] for name in RELEASE_TABLES}
    rows["releases"].append(_release(release))
    rows["texts"].append({"release_id": release.id, "text": release.text})
    for mention in annotated.mentions:
        _add_mention(rows, release, mention)
    blocks = sorted(release.blocks, key=lambda block: (block.start, -block.end))
    seen: Counter[tuple[int, int, str]] = Counter()
    for observation in annotated.observations:
        anchor = (observation.start, observation.end, observation.statistic)
        _add_observation(rows, release, observation, seen[anchor], blocks)
        seen[anchor] += 1
    keys = [row["observation_id"] for row in rows["observations"]]
    rows["coverage"] = coverage_rows(annotated, keys)
    rows["former_names"] = former_rows(annotated, keys)
    rows["gaps"] = gap_rows(annotated)
    return rows


def packed(rows: Rows) -> Packed:
    """Return rows as a database takes them: small to send, and ready to be written as they are."""
    return {name: pack(name, some) for name, some in rows.items()}


def pack(name: str, rows: Iterable[Row]) -> list[tuple[Any, ...]]:
    """Return rows of a table as tuples in the order of its columns, of texts that can be stored."""
    return [tuple(map(_storable, values)) for values in map(itemgetter(*SCHEMA[name].names), rows)]


def _storable(value: Any) -> Any:
    """Return a value as it can be stored: a lone surrogate cannot be written as UTF-8, and becomes one `?`."""
    # One mark for one character keeps every offset true; most text is ASCII, and that is known without looking.
    if isinstance(value, str) and not value.isascii():
        return value.encode("utf-8", "replace").decode("utf-8")
    return value


def code_rows() -> Rows:
    """Return the rows of the code lists."""
    lists = {
        name: [_code(key, row) for row in vocabulary.read_rows(f"vocabulary/{name}.csv")]
        for name, key in (
            ("geographies", "geography"),
            ("offences", "offence"),
            ("measures", "measure"),
            ("platforms", "platform"),
        )
    }
    return {**lists, "force_history": [_code("name", row) for row in vocabulary.read_rows("force_history.csv")]}


def _code(key: str, row: dict[str, str]) -> Row:
    return {key if name == "id" else name: value or None for name, value in row.items()}


def _release(release: Release) -> Row:
    return {
        "release_id": release.id,
        "text_hash": release.text_hash,
        "source": release.source,
        "url": release.url,
        "publisher": release.publisher,
        "title": release.title,
        "published": release.published,
        "reader": release.reader,
        "characters": len(release.text),
        "unread": release.unread,
        "pages_recognised": _pages(release.recognised),
        "pages_unread": _pages(release.images),
    }


def _pages(numbers: Sequence[int]) -> str | None:
    return "; ".join(map(str, numbers)) or None


def _add_mention(rows: Rows, release: Release, mention: Mention) -> None:
    key = row_id(release.id, release.text_hash, mention.start, mention.end, mention.label)
    value, label = mention.value, mention.label
    number, unit = value if label == "PERCENTAGE" else (value if label == "COUNT" else None, None)
    start, end = value if label == "YEAR" and value is not None else (None, None)
    rows["mentions"].append(
        {
            "mention_id": key,
            "release_id": release.id,
            "label": label,
            "span_start": mention.start,
            "span_end": mention.end,
            "text": mention.text,
            "geography": value if label in ("FORCE", "AREA") else None,
            "number": None if number is None else float(number),
            "unit": unit,
            "period_start": start,
            "period_end": end,
            "rule": mention.rule,
        }
    )
    if label == "PLATFORM":
        rows["mention_platforms"] += [{"mention_id": key, "platform": p} for p in sorted(set(value))]


def _add_observation(rows: Rows, release: Release, o: Observation, ordinal: int, blocks: Sequence[Block]) -> None:
    key = row_id(release.id, release.text_hash, o.start, o.end, o.statistic, ordinal)
    rows["observations"].append(_observation(key, release, o, ordinal, block_at(blocks, o.start)))
    rows["observation_geographies"] += [{"observation_id": key, "geography": g} for g in sorted(set(o.geography))]
    rows["observation_platforms"] += [{"observation_id": key, "platform": p} for p in sorted(set(o.platforms))]
    rows["observation_flags"] += [{"observation_id": key, "flag": f} for f in sorted(set(o.flags))]
    rows["observation_notes"] += [{"observation_id": key, "position": i, "note": n} for i, n in enumerate(o.notes)]
    rows["observation_rules"] += [{"observation_id": key, "field": f, "rule": r} for f, r in sorted(o.rules.items())]


def _observation(key: str, release: Release, o: Observation, ordinal: int, block: Block | None) -> Row:
    period, base, age = o.period or (None, None), o.base or (None, None), o.age or (None, None)
    return {
        "observation_id": key,
        "release_id": release.id,
        "span_start": o.start,
        "span_end": o.end,
        "ordinal": ordinal,
        "figure_text": release.text[o.start : o.end],
        "statistic": o.statistic,
        "value": float(o.value),
        "unit": o.unit,
        "bound": o.bound,
        "measure": o.measure,
        "offence": o.offence,
        "period_start": period[0],
        "period_end": period[1],
        "base_start": base[0],
        "base_end": base[1],
        "gender": o.gender,
        "age_min": age[0],
        "age_max": age[1],
        "sentence": o.sentence,
        "block": block.kind if block else None,
        "page": block.page if block else None,
        "element": block.path if block else None,
        "margin": float(o.margin),
        "not_in_series": why_not_in_series(o),
    }


def block_at(blocks: Sequence[Block], offset: int) -> Block | None:
    """Return the innermost of the blocks, sorted by start and longest first, that holds the offset."""
    last = bisect.bisect_right(blocks, offset, key=lambda block: block.start)
    return next((block for block in reversed(blocks[:last]) if offset < block.end), None)
