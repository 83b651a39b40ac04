"""The command ``review``: what is most worth a person's look, out to Label Studio, and back as corrections and gold."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from extract.cli.extracting import Inputs
from extract.cli.printing import complain, plain, safe
from extract.errors import UsageError

if TYPE_CHECKING:
    from extract import records
    from extract.evaluate.answers import Answers
    from extract.evaluate.gold import GoldRelease
    from extract.evaluate.review import Item, Precision


class Why(StrEnum):
    """Kinds of reasons for doubt."""

    flag = "flag"
    margin = "margin"
    rule = "rule"


def review(
    inputs: Inputs,
    gold: Annotated[
        Path | None, typer.Option(help="Gold folder: rules with poor precision on its dev split count.")
    ] = None,
    why: Annotated[
        list[Why] | None, typer.Option(help="Only doubts of this kind; may be given twice. By default all.")
    ] = None,
    top: Annotated[int, typer.Option(min=1, help="How many observations.")] = 25,
    tasks: Annotated[Path | None, typer.Option(help="Folder for Label Studio's tasks and labelling interface.")] = None,
    answers: Annotated[Path | None, typer.Option(help="A Label Studio export (JSON) to take in instead.")] = None,
    reviewer: Annotated[str, typer.Option(help="Who answered; the source of each correction.")] = "",
    corrections: Annotated[Path | None, typer.Option(help="Write what the answers changed to this CSV.")] = None,
    gold_out: Annotated[Path | None, typer.Option(help="Write the releases as answered to this gold folder.")] = None,
) -> int:
    """List the observations most worth a person's look, and take the answers in.

    INPUT is releases, or the nspcc.db that run has made. Doubt comes from flags, from choices that another reading
    nearly won, and from rules that gold shows to err. Releases whose gold is of the test split are left out.

    Example: nspcc-extract review out/nspcc.db --gold gold/ --tasks review/

    Example: nspcc-extract review out/nspcc.db --answers export.json --reviewer "A. Name" --corrections fixes.csv
    """
    found, failed = _read(inputs)
    if answers is not None:
        _take_in(found, answers, reviewer, corrections, gold_out)
        return 1 if failed else 0
    if corrections is not None or gold_out is not None or reviewer:
        raise UsageError(None, "--reviewer, --corrections and --gold-out need answers", "give --answers EXPORT")
    from extract.evaluate.review import KINDS, queue

    precision, hidden = _learnt(found, gold)
    kinds = KINDS if not why else frozenset(one.value for one in why)
    items = queue((one for one in found() if one.release.id not in hidden), precision, top, kinds)
    _show(items, len(hidden))
    if tasks is not None:
        _write_tasks(items, tasks)
    return 1 if failed else 0


_Reader = Callable[[], Iterator["records.Annotated"]]


def _read(inputs: Sequence[str]) -> tuple[_Reader, int]:
    """Return what gives the inputs' releases, each time from the start, and how many could not be read."""
    if len(inputs) == 1 and inputs[0].endswith(".db"):
        return lambda: _stored(Path(inputs[0])), 0
    from extract.batch import Failure, expand, process_all

    results = [result for _, result in process_all(expand(inputs))]
    failures = [result for result in results if isinstance(result, Failure)]
    for failure in failures:
        complain(str(failure))
    good = [result for result in results if not isinstance(result, Failure)]
    return lambda: iter(good), len(failures)


def _stored(path: Path) -> Iterator[records.Annotated]:
    from extract.store.database import read_only
    from extract.store.stored import stored_releases

    with closing(read_only(path)) as connection:
        yield from stored_releases(connection)


def _learnt(found: _Reader, folder: Path | None) -> tuple[Precision, set[str]]:
    """Return the precision of rules on the inputs that have gold, and the ids of inputs that are held out for tests."""
    if folder is None:
        return {}, set()
    from extract.evaluate.gold import load_gold
    from extract.evaluate.review import rule_precision

    gold: dict[str, GoldRelease] = {release.id: release for release in load_gold(folder)}
    labelled = [one for one in found() if one.release.id in gold]
    ids = {one.release.id for one in labelled}
    chosen = [gold[one] for one in ids]
    return rule_precision(labelled, chosen), {release.id for release in chosen if release.split == "test"}


def _show(items: Sequence[Item], hidden: int) -> None:
    from rich.console import Console
    from rich.text import Text

    console = Console(highlight=False, soft_wrap=True)
    console.print(Text(f"{len(items)} observations to look at, the most doubtful first", style="bold"))
    for number, item in enumerate(items, 1):
        o, release = item.observation, item.annotated.release
        figure = ("" if o.bound == "=" else f"{o.bound} ") + release.text[o.start : o.end]
        said = (o.statistic, o.measure, o.offence, plain(o.geography), plain(o.period))
        console.print()
        line = Text(f"{number}. {safe(figure)}", style="bold cyan").append(f"  doubt {item.doubt:.2f}", "yellow")
        console.print(line.append(f"  {safe(release.id)} at {o.start}", "dim"))
        console.print(Text("   " + " · ".join(safe(part) for part in said if part)))
        console.print(Text(f"   {safe(' '.join(o.sentence.split()))}", style="dim"))
        for reason in item.reasons:
            console.print(Text(f"   - {safe(reason)}"))
    if hidden:
        console.print(Text(f"\n{hidden} releases are left out: their gold is of the test split"))


def _write_tasks(items: Sequence[Item], folder: Path) -> None:
    from extract.evaluate.answers import review_config, review_tasks

    folder.mkdir(parents=True, exist_ok=True)
    for name, content in (("review.json", review_tasks(items)), ("review.xml", review_config())):
        # Offsets hold to the character: no line ending may be rewritten.
        (folder / name).write_text(content, "utf-8", newline="")
    typer.echo(f"Wrote {folder / 'review.json'} (tasks to import) and review.xml (the labelling interface)")


def _take_in(found: _Reader, export: Path, reviewer: str, corrections: Path | None, gold_out: Path | None) -> None:
    from extract.evaluate.answers import read_answers

    if corrections is None and gold_out is None:
        raise UsageError(export, "is to be taken in nowhere", "give --corrections FILE, --gold-out FOLDER or both")
    if not reviewer.strip():
        raise UsageError(export, "comes from nobody", "say who answered with --reviewer")
    taken = read_answers(export, found(), reviewer.strip())
    if corrections is not None:
        _write_corrections(taken, corrections)
    if gold_out is not None:
        _write_gold(taken, gold_out)
    typer.echo(
        f"{len(taken.releases)} releases answered, {taken.unanswered} not yet; {taken.added} figures added and "
        f"{taken.removed} taken out, which gold holds and corrections cannot"
    )


def _write_corrections(taken: Answers, path: Path) -> None:
    from extract.evaluate.answers import COLUMNS

    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(taken.corrections)
    typer.echo(f"Wrote {len(taken.corrections)} corrections to {path}: give them to dataset --corrections")


def _write_gold(taken: Answers, folder: Path) -> None:
    from extract.evaluate.goldfile import gold_data, gold_json

    folder.mkdir(parents=True, exist_ok=True)
    paths = {folder / f"{release.id}.json": release for release in taken.releases}
    for path in paths:
        if path.exists():
            raise UsageError(path, "is there already", "move it away, or name another folder")
    for path, release in paths.items():
        path.write_text(gold_json(gold_data(release)), "utf-8")
    typer.echo(f"Wrote {len(paths)} gold files to {folder}")


COMMANDS: tuple[Callable[..., int], ...] = (review,)
