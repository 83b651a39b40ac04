"""The commands that score: ``evaluate`` and ``gate``."""

from __future__ import annotations

import json
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from extract.cli.inspecting import compare_runs, show_slices, write_page
from extract.cli.printing import complain
from extract.errors import UsageError

if TYPE_CHECKING:
    from extract import records
    from extract.evaluate.gold import GoldRelease
    from extract.evaluate.scores import Scores


class Split(StrEnum):
    """Which releases are scored."""

    dev = "dev"
    test = "test"
    all = "all"


Gold = Annotated[Path, typer.Option(help="Folder of the gold labels.")]
Corpus = Annotated[Path, typer.Option(help="Folder of the releases, with its manifest.csv.")]
Predictions = Annotated[Path | None, typer.Option(help="Score this output of annotate rather than reading the corpus.")]


def evaluate(
    gold: Gold = Path("gold"),
    corpus: Corpus = Path("corpus"),
    split: Annotated[Split, typer.Option(help="Score one split, or both side by side.")] = Split.all,
    predictions: Predictions = None,
    as_json: Annotated[bool, typer.Option("--json", help="Write JSON.")] = False,
    markdown: Annotated[bool, typer.Option("--markdown", help="Write Markdown.")] = False,
    brief: Annotated[bool, typer.Option("--brief", help="Show the headline figures of dev and test alone.")] = False,
    errors: Annotated[bool, typer.Option("--errors", help="List what was missed, wrong or spurious in dev.")] = False,
    slices: Annotated[bool, typer.Option("--slices", help="Add confusion of labels and scores by kind.")] = False,
    html: Annotated[Path | None, typer.Option(help="Write the error browser of dev to this file.")] = None,
    compare: Annotated[tuple[Path, Path] | None, typer.Option(help="Compare two outputs of annotate instead.")] = None,
) -> int:
    """Score the pipeline against hand-labelled gold: mentions and observations, with intervals.

    Releases of the test split are shown as sums only, so that no rule is written to fit them.

    Example: nspcc-extract evaluate --gold gold/ --corpus corpus/ --split dev --errors
    """
    from extract.evaluate.differences import differences
    from extract.evaluate.report import error_lines

    if as_json and markdown:
        raise UsageError(None, "--json and --markdown exclude each other", "give one of them")
    chosen = _gold(gold)
    wanted = [g for g in chosen if split is Split.all or g.split == split.value]
    dev = [g for g in chosen if g.split == "dev"]
    if compare is not None:
        return compare_runs(*compare, wanted)
    predicted, failed = _predicted(corpus, predictions, chosen)
    scores = _scores(predicted, chosen, split)
    if brief:
        _print_brief(scores)
    else:
        _print_scores(scores, "json" if as_json else "markdown" if markdown else "table")
    if slices:
        show_slices(predicted, wanted)
    if html is not None:
        write_page(html, predicted, dev)
    if errors:
        typer.echo("\n".join(error_lines(differences(predicted, dev))))
    return 1 if failed else 0


def _print_brief(scores: dict[str, Scores]) -> None:
    from rich.console import Console

    from extract.evaluate.report import side_by_side, tables

    shown = {name: score for name, score in scores.items() if name != "all"}
    note = "Gold: labelled by AI annotators reading text by text, adjudicated, not yet checked by a human expert."
    Console().print(tables([side_by_side(shown)], [note]))


def _print_scores(scores: dict[str, Scores], form: str) -> None:
    from rich.console import Console

    from extract.evaluate.report import as_data, as_markdown, as_table

    if form == "json":
        data = {name: as_data(score, per_release=name == "dev") for name, score in scores.items()}
        typer.echo(json.dumps(data, indent=1))
        return
    for name, score in scores.items():
        if form == "markdown":
            typer.echo(f"## {name}\n\n" + as_markdown(score, per_release=name == "dev"))
        else:
            console = Console()
            console.rule(f"split {name}", align="left")
            console.print(as_table(score, per_release=name == "dev"))


def gate(
    gold: Gold = Path("gold"),
    corpus: Corpus = Path("corpus"),
    set_floors: Annotated[bool, typer.Option("--set", help="Pin the floors at this run's scores.")] = False,
    lower: Annotated[bool, typer.Option("--lower", help="Let --set lower floors; needs --reason.")] = False,
    reason: Annotated[str, typer.Option(help="Why floors are lowered; stays on record.")] = "",
) -> int:
    """Fail where a score has fallen below its pinned floor in gold/gate.toml.

    Example: nspcc-extract gate --gold gold/ --corpus corpus/
    """
    from extract.evaluate.gate import check_gate, hash_files, read_gate, set_gate, write_gate

    chosen = _gold(gold)
    predicted, failed = _predicted(corpus, None, chosen)
    scores = {name: score for name, score in _scores(predicted, chosen, Split.all).items() if name != "all"}
    hashes = {"gold": hash_files(gold.glob("*.json")), "inputs": hash_files(_corpus_files(corpus))}
    path = gold / "gate.toml"
    if set_floors:
        write_gate(set_gate(read_gate(path), scores, hashes, lower=lower, reason=reason), path)
        typer.echo(f"Set the floors in {path}")
        return 1 if failed else 0
    pinned = read_gate(path)
    if not pinned.floors:
        raise UsageError(path, "pins no floors", "set them with nspcc-extract gate --set")
    problems = check_gate(pinned, scores, hashes)
    for problem in problems:
        complain(problem)
    if not problems and not failed:
        typer.echo(f"Gate open: {sum(map(len, pinned.floors.values()))} floors held")
    return 1 if problems or failed else 0


def _corpus_files(corpus: Path) -> list[Path]:
    from extract.batch import expand

    return [Path(source.path) for source in expand([str(corpus)])]


def _gold(folder: Path) -> tuple[GoldRelease, ...]:
    from extract.evaluate.gold import load_gold

    return load_gold(folder)


def _predicted(
    corpus: Path, predictions: Path | None, gold: tuple[GoldRelease, ...]
) -> tuple[tuple[records.Annotated, ...], int]:
    """Return the releases that gold labels, as the pipeline or a file has them, and how many failed."""
    if predictions is not None:
        from extract.evaluate.predictions import read_predictions

        return read_predictions(predictions), 0
    from extract.batch import Failure, expand, process_all

    wanted = {release.id for release in gold}
    sources = [source for source in expand([str(corpus)]) if source.id in wanted]
    results = [result for _, result in process_all(sources)]
    failures = [result for result in results if isinstance(result, Failure)]
    for failure in failures:
        complain(str(failure))
    return tuple(result for result in results if not isinstance(result, Failure)), len(failures)


def _scores(predicted: tuple[records.Annotated, ...], gold: tuple[GoldRelease, ...], split: Split) -> dict[str, Scores]:
    from extract.evaluate.scores import evaluate as score

    names = [Split.dev, Split.test, Split.all] if split is Split.all else [split]
    groups = {name.value: [g for g in gold if name is Split.all or g.split == name.value] for name in names}
    made = {}
    for name, group in groups.items():
        ids = {g.id for g in group}
        if group:
            made[name] = score([p for p in predicted if p.release.id in ids], group)
    return made


COMMANDS: tuple[Callable[..., int], ...] = (evaluate, gate)
