"""What ``evaluate`` shows beyond scores: two runs compared, slices, the error browser."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

import typer

from extract.cli.printing import safe

if TYPE_CHECKING:
    from extract.evaluate.gold import GoldRelease
    from extract.evaluate.report import Section
    from extract.records import Annotated


def compare_runs(before: Path, after: Path, gold: Sequence[GoldRelease]) -> int:
    """Print how two outputs of ``annotate`` differ in score and which records were gained and lost."""
    from rich.console import Console

    from extract.evaluate.compare import compare
    from extract.evaluate.insight import comparison_lines, comparison_sections
    from extract.evaluate.predictions import read_predictions
    from extract.evaluate.report import tables

    made = compare(read_predictions(before), read_predictions(after), gold)
    Console().print(tables(comparison_sections(made)))
    typer.echo(safe("\n".join(comparison_lines(made))))
    return 0


def show_slices(predicted: Sequence[Annotated], gold: Sequence[GoldRelease]) -> None:
    """Print the confusion of labels and scores by kind of release and of figure."""
    from rich.console import Console

    from extract.evaluate.report import tables

    Console().print(tables(slice_sections(predicted, gold)))


def slice_sections(predicted: Sequence[Annotated], gold: Sequence[GoldRelease]) -> list[Section]:
    """Return confusion, then slices by publisher, year and kind of file, then by kind of figure."""
    from extract.evaluate.insight import confusion_section, observation_slice_section, release_slice_section
    from extract.evaluate.scores import evaluate
    from extract.evaluate.slices import OBSERVATION_SLICES, confusion, observation_slices, release_slices

    by_id = {found.release.id: found.release for found in predicted}
    scored = evaluate([p for p in predicted if p.release.id in {g.id for g in gold}], gold, resamples=0).releases
    kinds = {
        "publisher": {i: r.publisher or "" for i, r in by_id.items()},
        "file": {i: PurePath(r.source or "").suffix for i, r in by_id.items()},
        "year": {g.id: (g.published or "")[:4] for g in gold},
    }
    made = [confusion_section(confusion(predicted, gold))]
    made += [release_slice_section(name, release_slices(scored, kind)) for name, kind in kinds.items()]
    made += [observation_slice_section(name, observation_slices(predicted, gold, name)) for name in OBSERVATION_SLICES]
    return made


def write_page(path: Path, predicted: Sequence[Annotated], gold: Sequence[GoldRelease]) -> None:
    """Write the error browser."""
    from extract.evaluate.browser import error_page
    from extract.evaluate.differences import differences
    from extract.evaluate.scores import evaluate

    scores = evaluate([p for p in predicted if p.release.id in {g.id for g in gold}], gold)
    path.write_text(error_page(differences(predicted, gold), scores, "Errors on dev"), "utf-8")
    typer.echo(f"Wrote {path}: open it in a browser")
