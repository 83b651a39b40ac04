"""Sections of reports beyond the scores: confusion, slices, comparison of two runs, agreement of two annotators."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from extract.evaluate.agreement import Agreement
from extract.evaluate.compare import Comparison, RecordChange
from extract.evaluate.report import HEADLINE_NAMES, Section, show
from extract.evaluate.slices import NOTHING, SliceScore
from extract.evaluate.tally import ReleaseScore, Tally
from extract.records import LABELS


def confusion_section(counts: Mapping[tuple[str, str], int]) -> Section:
    """Return the confusion matrix: gold labels down, predicted labels across, `NOTHING` for no mention."""
    rows = [
        [row, *("" if (row, column) == (NOTHING, NOTHING) else str(counts[row, column]) for column in _COLUMNS)]
        for row in _COLUMNS
    ]
    return "Labels: gold down, predicted across", ["", *_COLUMNS], rows


def release_slice_section(by: str, slices: Mapping[str, ReleaseScore]) -> Section:
    """Return scores by kind of release."""
    rows = [
        [kind, show(s.mentions().f1), show(s.core.f1), show(s.record.f1), _size(s.record)] for kind, s in slices.items()
    ]
    return f"By {by}", [by, "mention F1", "core F1", "record F1", "figures"], rows


def observation_slice_section(by: str, slices: Mapping[str, SliceScore]) -> Section:
    """Return scores of observations by kind of figure."""
    rows = [[kind, show(s.core.f1), show(s.record.f1), _size(s.record)] for kind, s in slices.items()]
    return f"By {by}", [by, "core F1", "record F1", "figures"], rows


def comparison_sections(made: Comparison) -> list[Section]:
    """Return headline figures of two runs side by side; p is two-sided, of a paired permutation test."""
    rows = [
        [HEADLINE_NAMES[c.name], show(c.before), show(c.after), _signed(c.difference), show(c.p)] for c in made.changes
    ]
    return [("Two runs", ["", "before", "after", "difference", "p"], rows)]


def comparison_lines(made: Comparison, *, reveal_test: bool = False) -> list[str]:
    """Return the records gained and lost with their sentences; those of test releases are only counted."""
    lines = []
    for name, records in (("gained", made.gained), ("lost", made.lost)):
        lines.append(f"{name}: {len(records)} records")
        lines += [_record(r) for r in records if r.split != "test" or reveal_test]
    return lines


def agreement_sections(made: Agreement) -> list[Section]:
    """Return F1 of mentions and records, and the chance-corrected coefficients."""
    tallies = {**made.by_label, "five labels": made.mentions, "core record": made.core, "record": made.record}
    rows = [[name, show(tally.f1), _size(tally)] for name, tally in tallies.items()]
    kappas = [[name, show(kappa)] for name, kappa in made.kappa.items()]
    return [
        (f"Agreement over {made.releases} releases", ["", "F1", "in the first"], rows),
        ("Cohen's kappa over figures that both labelled", ["field", "kappa"], kappas),
        ("Krippendorff's alpha", ["", "alpha"], [["labels of characters", show(made.alpha)]]),
    ]


_COLUMNS: Sequence[str] = (*LABELS, NOTHING)


def _size(tally: Tally) -> str:
    return str(tally.tp + tally.fn)


def _signed(value: float | None) -> str:
    return "–" if value is None else f"{value:+.3f}"


def _record(change: RecordChange) -> str:
    o = change.observation
    where = ", ".join(o.geography) or "no geography"
    period = "/".join(o.period) if o.period else "no period"
    return f"  {change.release}: {o.value:g} {o.unit} {o.statistic}, {where}, {period}: {change.sentence}"
