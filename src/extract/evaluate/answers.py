"""Reviews in Label Studio: tasks from the queue, and answers as corrections of the dataset and as gold."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from extract.errors import GoldError
from extract.evaluate.align import equal_fields, observation_pairs
from extract.evaluate.exchange.label_studio import from_label_studio, labelling_config, task
from extract.evaluate.gold import GoldRelease
from extract.evaluate.review import Item
from extract.records import FIELDS, Annotated, Observation
from extract.tabulate.rows import release_rows
from extract.tabulate.schema import SEPARATOR

#: The columns of a file of corrections.
COLUMNS: tuple[str, ...] = ("observation_id", "field", "old", "new", "reason", "source")
_PAIRS = {"period": ("period_start", "period_end"), "base": ("base_start", "base_end"), "age": ("age_min", "age_max")}
_LISTS = {"geography": "geographies", "platforms": "platforms"}
_REVIEW_VIEW = '  <Header value="To look at"/><Text name="review" value="$review"/>'


@dataclass(frozen=True, slots=True)
class Answers:
    """What a review gave: the releases as answered, tasks without an answer, and rows of corrections.

    ``added`` and ``removed`` are figures that the reviewer put in or took out: gold holds them, corrections cannot.
    """

    releases: tuple[GoldRelease, ...]
    unanswered: int
    corrections: tuple[dict[str, str], ...]
    added: int
    removed: int


def review_tasks(items: Sequence[Item]) -> str:
    """Return the JSON file that Label Studio imports: a task for each release of the queue, filled in as predictions.

    ``data.review`` says what to look at; the whole release is shown, so that an answer can serve as gold.
    """
    tasks = []
    for release_id in dict.fromkeys(item.annotated.release.id for item in items):
        chosen = [item for item in items if item.annotated.release.id == release_id]
        made = task(_as_gold(chosen[0].annotated))
        made["predictions"] = [{"model_version": "nspcc-extract", **one} for one in made.pop("annotations")]
        made["data"]["review"] = "\n".join(_told(item) for item in sorted(chosen, key=lambda i: i.ordinal))
        tasks.append(made)
    return json.dumps(tasks, ensure_ascii=False, indent=1) + "\n"


def review_config() -> str:
    """Return the labelling interface for `review_tasks`: that of gold with what is to be looked at above the text."""
    head, rest = labelling_config().split("\n", 1)
    return f"{head}\n{_REVIEW_VIEW}\n{rest}"


def _told(item: Item) -> str:
    o = item.observation
    return f"{item.annotated.release.text[o.start : o.end]} (at {o.start}): {'; '.join(item.reasons)}"


def _as_gold(annotated: Annotated) -> GoldRelease:
    r = annotated.release
    return GoldRelease(
        r.id, r.text, annotated.mentions, annotated.observations, "dev", r.title, r.published, r.publisher
    )


def read_answers(path: Path, annotated: Iterable[Annotated], reviewer: str) -> Answers:
    """Return what a Label Studio export answers about releases.

    Parameters
    ----------
    path
        The export (JSON).
    annotated
        The releases that the tasks were made of, read by the same version of the pipeline.
    reviewer
        Who answered: the corrections' source.

    Raises
    ------
    GoldError
        What `from_label_studio` refuses; a release that is not among ``annotated`` or has another text there.
    """
    tasks = _tasks(path)
    answered = [one for one in tasks if any(not a.get("was_cancelled") for a in one.get("annotations", ()))]
    releases = from_label_studio(json.dumps(answered), str(path))
    wanted = {release.id for release in releases}
    by_id = {one.release.id: one for one in annotated if one.release.id in wanted}
    rows: list[dict[str, str]] = []
    added = removed = 0
    for release in releases:
        found = by_id.get(release.id)
        if found is None or found.release.text != release.text:
            what = "is not among the inputs" if found is None else "has another text in the inputs"
            raise GoldError(path, f"release {release.id} {what}", "give the inputs that the tasks were made of")
        pairs = observation_pairs(release.observations, found.observations)
        added += len(release.observations) - len(pairs)
        removed += len(found.observations) - len(pairs)
        rows += _corrections(release, found, pairs, reviewer)
    return Answers(releases, len(tasks) - len(answered), tuple(rows), added, removed)


def _tasks(path: Path) -> list[Mapping[str, Any]]:
    try:
        tasks = json.loads(path.read_bytes())
    except (UnicodeDecodeError, json.JSONDecodeError) as error:
        raise GoldError(path, f"is not JSON ({error})", "export the project as JSON") from error
    if not isinstance(tasks, list) or not all(isinstance(one, dict) and "data" in one for one in tasks):
        raise GoldError(path, "is no list of tasks", "export the project as JSON, not as JSON-MIN")
    return tasks


def _corrections(
    release: GoldRelease, found: Annotated, pairs: Sequence[tuple[int, int]], reviewer: str
) -> list[dict[str, str]]:
    keys = [row["observation_id"] for row in release_rows(found)["observations"]]
    made = []
    for g, p in pairs:
        old, new = found.observations[p], release.observations[g]
        equal = equal_fields(new, old)
        for name in (name for name in FIELDS if name not in equal):
            for column, before, after in _cells(name, old, new):
                if before != after:
                    reason = f"review of {release.text[old.start : old.end]!r}"
                    made.append(dict(zip(COLUMNS, (keys[p], column, before, after, reason, reviewer), strict=True)))
    return made


def _cells(name: str, old: Observation, new: Observation) -> list[tuple[str, str, str]]:
    """Return the columns of the table ``observations`` that hold a field, each with its text before and after."""
    before, after = getattr(old, name), getattr(new, name)
    if name in _LISTS:
        return [(_LISTS[name], SEPARATOR.join(sorted(before)), SEPARATOR.join(sorted(after)))]
    if name in _PAIRS:
        left, right = before or (None, None), after or (None, None)
        return [(column, _cell(left[n]), _cell(right[n])) for n, column in enumerate(_PAIRS[name])]
    return [(name, _cell(before), _cell(after))]


def _cell(value: Any) -> str:
    if value is None:
        return ""
    return f"{int(value)}" if isinstance(value, float) and value.is_integer() else str(value)
