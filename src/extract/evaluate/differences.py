"""Lists what a system missed, made up or got wrong, each in its sentence: material for rule writing and error pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from extract.evaluate.align import equal_fields, loose_pairs, observation_pairs, same_mention_value
from extract.evaluate.gold import GoldRelease
from extract.evaluate.project import project_gold
from extract.evaluate.scores import index_predictions
from extract.records import CORE_FIELDS, FIELDS, Annotated, Mention, Observation, as_json

Kind = Literal["missed", "spurious", "wrong"]
# How much of a long line is shown on either side of the span.
_CONTEXT = 220


@dataclass(frozen=True, slots=True)
class Difference:
    """One disagreement between gold and prediction.

    ``layer`` is mention or observation; ``label`` the mention's label or the observation's statistic; ``fields`` what
    is wrong (``span``, ``label`` and ``value`` of a mention, fields of an observation); ``before``, ``span`` and
    ``after`` are the sentence around it.
    """

    release: str
    split: str
    layer: Literal["mention", "observation"]
    kind: Kind
    label: str
    start: int
    end: int
    before: str
    span: str
    after: str
    gold: Mapping[str, Any] | None = None
    predicted: Mapping[str, Any] | None = None
    fields: tuple[str, ...] = ()
    rules: Mapping[str, str] = field(default_factory=dict)

    @property
    def core(self) -> bool:
        """Whether the core record (or the mention) is wrong."""
        return self.layer == "mention" or self.kind != "wrong" or bool(set(self.fields) & set(CORE_FIELDS))


def differences(
    predictions: Iterable[Annotated], gold: Sequence[GoldRelease], *, reveal_test: bool = False
) -> list[Difference]:
    """Return all disagreements, in the order of releases and text.

    Parameters
    ----------
    predictions, gold
        As for `extract.evaluate.scores.evaluate`.
    reveal_test
        Whether releases of the ``test`` split are listed too; by default only their scores may be known.
    """
    by_id = index_predictions(predictions)
    made: list[Difference] = []
    for release in gold:
        if release.split != "test" or reveal_test:
            made += release_differences(by_id.get(release.id), release)
    return made


def release_differences(predicted: Annotated | None, gold: GoldRelease) -> list[Difference]:
    """Return the disagreements of one release, in the order of its text, mentions before observations."""
    if predicted is None:
        found: list[Difference] = [*_mentions(gold, ()), *_observations(gold, ())]
    else:
        moved = project_gold(gold, predicted.release.text)
        found = [*_mentions(moved, predicted.mentions), *_observations(moved, predicted.observations)]
    return sorted(found, key=lambda d: (d.layer, d.start, d.end))


def _mentions(gold: GoldRelease, predicted: Sequence[Mention]) -> Iterator[Difference]:
    pairs = loose_pairs(gold.mentions, predicted)
    for g, p in pairs:
        wrong = _wrong_of(gold.mentions[g], predicted[p])
        if wrong:
            yield _mention(gold, "wrong", gold.mentions[g], predicted[p], wrong)
    for mention in _without(gold.mentions, {g for g, _ in pairs}):
        yield _mention(gold, "missed", mention, None)
    for mention in _without(predicted, {p for _, p in pairs}):
        yield _mention(gold, "spurious", None, mention)
    for mention in gold.unprojected_mentions:
        yield _mention(gold, "missed", mention, None, ("projection",))


def _wrong_of(wanted: Mention, got: Mention) -> tuple[str, ...]:
    wrong = [] if (wanted.start, wanted.end) == (got.start, got.end) else ["span"]
    if wanted.label != got.label:
        return (*wrong, "label")
    return tuple(wrong) if same_mention_value(wanted, got) else (*wrong, "value")


def _observations(gold: GoldRelease, predicted: Sequence[Observation]) -> Iterator[Difference]:
    pairs = observation_pairs(gold.observations, predicted)
    for g, p in pairs:
        equal = equal_fields(gold.observations[g], predicted[p])
        wrong = tuple(name for name in FIELDS if name not in equal)
        if set(gold.observations[g].flags) != set(predicted[p].flags):
            wrong += ("flags",)
        if wrong:
            yield _observation(gold, "wrong", gold.observations[g], predicted[p], wrong)
    for observation in _without(gold.observations, {g for g, _ in pairs}):
        yield _observation(gold, "missed", observation, None)
    for observation in _without(predicted, {p for _, p in pairs}):
        yield _observation(gold, "spurious", None, observation)
    for observation in gold.unprojected_observations:
        yield _observation(gold, "missed", observation, None, ("projection",))


def _mention(
    gold: GoldRelease, kind: Kind, wanted: Mention | None, got: Mention | None, fields: tuple[str, ...] = ()
) -> Difference:
    shown = wanted or got
    assert shown is not None
    return Difference(
        gold.id,
        gold.split,
        "mention",
        kind,
        shown.label,
        shown.start,
        shown.end,
        *_around(gold.text, shown, fields),
        gold=None if wanted is None else wanted.to_json(),
        predicted=None if got is None else got.to_json(),
        fields=fields,
        rules={} if got is None or not got.rule else {"mention": got.rule},
    )


def _observation(
    gold: GoldRelease, kind: Kind, wanted: Observation | None, got: Observation | None, fields: tuple[str, ...] = ()
) -> Difference:
    shown = wanted or got
    assert shown is not None
    return Difference(
        gold.id,
        gold.split,
        "observation",
        kind,
        shown.statistic,
        shown.start,
        shown.end,
        *_around(gold.text, shown, fields),
        gold=None if wanted is None else _fields(wanted),
        predicted=None if got is None else {**_fields(got), "notes": list(got.notes), "margin": got.margin},
        fields=fields,
        rules={} if got is None else dict(got.rules),
    )


def _fields(observation: Observation) -> dict[str, Any]:
    return {name: as_json(getattr(observation, name)) for name in (*FIELDS, "flags")}


def _around(text: str, shown: Mention | Observation, fields: tuple[str, ...]) -> tuple[str, str, str]:
    if "projection" in fields:
        return "", shown.text if isinstance(shown, Mention) else str(shown.value), ""
    start = max(text.rfind("\n", 0, shown.start) + 1, shown.start - _CONTEXT)
    stop = text.find("\n", shown.end)
    end = min(len(text) if stop < 0 else stop, shown.end + _CONTEXT)
    return text[start : shown.start], text[shown.start : shown.end], text[shown.end : end]


def _without(items: Sequence[Any], taken: set[int]) -> list[Any]:
    return [item for index, item in enumerate(items) if index not in taken]
