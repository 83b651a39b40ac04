"""Looks into the scores: which labels are confused, and how scores differ between kinds of release and of figure."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from extract.evaluate.align import equal_fields, loose_pairs, observation_pairs
from extract.evaluate.gold import GoldRelease
from extract.evaluate.project import project_gold
from extract.evaluate.scores import index_predictions
from extract.evaluate.tally import ReleaseScore, Tally
from extract.records import CORE_FIELDS, FIELDS, LABELS, Annotated, Observation

#: Stands in a confusion matrix for "no mention here".
NOTHING = "–"
#: Kinds of figure by which observations can be sliced.
OBSERVATION_SLICES: tuple[str, ...] = ("statistic", "measure", "offence", "place", "bound")
#: A paired text: gold, its projection's text, and both sides of each aligned pair or what stands alone.
_Row = tuple[str, Observation | None, Observation | None]


@dataclass(frozen=True, slots=True)
class SliceScore:
    """Tallies of the observations of one kind; a wrong pair is a miss in the gold's kind, a false alarm in its own."""

    record: Tally = field(default_factory=Tally)
    core: Tally = field(default_factory=Tally)

    def __add__(self, other: SliceScore) -> SliceScore:
        """Return the tallies of both together."""
        return SliceScore(self.record + other.record, self.core + other.core)


def confusion(predictions: Iterable[Annotated], gold: Sequence[GoldRelease]) -> dict[tuple[str, str], int]:
    """Return how often a mention of one label was found as one of another.

    Returns
    -------
    dict
        Counts by (gold label, predicted label); `NOTHING` stands for a miss on the right and a false alarm on the
        left. Spans need only overlap. All pairs of labels are there, also with no case.
    """
    by_id = index_predictions(predictions)
    rows = (*LABELS, NOTHING)
    counts = Counter({(row, column): 0 for row in rows for column in rows if (row, column) != (NOTHING, NOTHING)})
    for release in gold:
        found = by_id.get(release.id)
        guesses = found.mentions if found else ()
        moved = project_gold(release, found.release.text) if found else release
        pairs = loose_pairs(moved.mentions, guesses)
        counts.update((moved.mentions[g].label, guesses[p].label) for g, p in pairs)
        missed = [m for i, m in enumerate(moved.mentions) if i not in {g for g, _ in pairs}]
        counts.update((m.label, NOTHING) for m in (*missed, *moved.unprojected_mentions))
        counts.update((NOTHING, m.label) for i, m in enumerate(guesses) if i not in {p for _, p in pairs})
    return dict(counts)


def release_slices(
    releases: Iterable[ReleaseScore], kinds: Mapping[str, str], otherwise: str = "unknown"
) -> dict[str, ReleaseScore]:
    """Return scores added up by kind of release.

    Parameters
    ----------
    releases
        The scores of single releases.
    kinds
        The kind of each release by its id: its publisher, its reader, its year of publication.
    otherwise
        The kind of releases that ``kinds`` does not know.
    """
    sums: dict[str, ReleaseScore] = {}
    for release in releases:
        kind = kinds.get(release.id) or otherwise
        sums[kind] = sums.get(kind, ReleaseScore(kind)) + release
    return dict(sorted(sums.items()))


def observation_slices(predictions: Iterable[Annotated], gold: Sequence[GoldRelease], by: str) -> dict[str, SliceScore]:
    """Return scores of observations by one of `OBSERVATION_SLICES`.

    ``place`` is table, list, headline or prose, told by the line on which the anchor stands.
    """
    kind = _KINDS[by]
    sums: defaultdict[str, SliceScore] = defaultdict(SliceScore)
    for text, wanted, got in _rows(predictions, gold):
        equal = equal_fields(wanted, got) if wanted and got else frozenset()
        right, core = len(equal) == len(FIELDS), equal >= set(CORE_FIELDS)
        if wanted:
            sums[kind(wanted, text)] += SliceScore(
                Tally(int(right), 0, int(not right)), Tally(int(core), 0, int(not core))
            )
        if got:
            sums[kind(got, text)] += SliceScore(Tally(0, int(not right), 0), Tally(0, int(not core), 0))
    return dict(sorted(sums.items()))


def _rows(predictions: Iterable[Annotated], gold: Sequence[GoldRelease]) -> Iterator[_Row]:
    by_id = index_predictions(predictions)
    for release in gold:
        found = by_id.get(release.id)
        guesses = found.observations if found else ()
        moved = project_gold(release, found.release.text) if found else release
        pairs = observation_pairs(moved.observations, guesses)
        yield from ((moved.text, moved.observations[g], guesses[p]) for g, p in pairs)
        alone = {g for g, _ in pairs}, {p for _, p in pairs}
        yield from ((moved.text, o, None) for i, o in enumerate(moved.observations) if i not in alone[0])
        # Offsets of what could not be projected belong to the text that was labelled.
        yield from ((release.text, o, None) for o in moved.unprojected_observations)
        yield from ((moved.text, None, o) for i, o in enumerate(guesses) if i not in alone[1])


def place_of(observation: Observation, text: str) -> str:
    """Return where a figure stands: ``headline`` (the first line), ``table``, ``list`` or ``prose``."""
    start = text.rfind("\n", 0, observation.start) + 1
    stop = text.find("\n", observation.end)
    line = text[start : len(text) if stop < 0 else stop]
    if not text[:start].strip():
        return "headline"
    if " | " in line:
        return "table"
    return "list" if line.lstrip()[:1] in "•·▪‣◦●-–*" else "prose"


_KINDS: Mapping[str, Callable[[Observation, str], str]] = {
    "statistic": lambda o, _: o.statistic,
    "measure": lambda o, _: o.measure,
    "offence": lambda o, _: o.offence or "none",
    "bound": lambda o, _: o.bound,
    "place": place_of,
}
