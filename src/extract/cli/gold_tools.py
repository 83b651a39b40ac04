"""The commands for those who label: ``gold check``, ``agreement``, ``export``, ``import`` and ``new``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from extract.cli.printing import safe
from extract.errors import ReadError, UsageError

app = typer.Typer(
    name="gold", help="Make, check and exchange gold labels.", no_args_is_help=True, rich_markup_mode=None
)

Gold = Annotated[Path, typer.Option(help="Folder of the gold labels.")]
Form = Annotated[str, typer.Option("--format", help="label-studio, jsonl (Prodigy, doccano) or brat.")]


@app.command()
def check(
    gold: Gold = Path("gold"),
    split: Annotated[str, typer.Option(help="Look through dev, test or all.")] = "dev",
) -> int:
    """Validate gold files and list what a person should look at: numbers without a label, doubtful values.

    Example: nspcc-extract gold check --gold gold/
    """
    from extract.evaluate.check import check as look
    from extract.evaluate.gold import load_gold

    if split not in ("dev", "test", "all"):
        raise UsageError(None, f"there is no split {split}", "give dev, test or all")
    # All files are validated; only those of the split are looked through.
    releases = load_gold(gold)
    chosen = [release for release in releases if split in ("all", release.split)]
    remarks = [remark for release in chosen for remark in look(release)]
    for remark in remarks:
        typer.echo(safe(str(remark)))
    typer.echo(f"{len(releases)} gold files are valid; {len(remarks)} places to look at in {len(chosen)} of them")
    return 0


@app.command()
def agreement(
    first: Annotated[Path, typer.Argument(metavar="A", help="Folder of one annotator's gold files.")],
    second: Annotated[Path, typer.Argument(metavar="B", help="Folder of the other's, on the same texts.")],
) -> int:
    """Say how far two annotators agree: F1 of mentions and records, Cohen's kappa, Krippendorff's alpha.

    Example: nspcc-extract gold agreement labels/anna labels/ben
    """
    from rich.console import Console

    from extract.evaluate.agreement import agreement as agree
    from extract.evaluate.gold import load_gold
    from extract.evaluate.insight import agreement_sections
    from extract.evaluate.report import tables

    Console().print(tables(agreement_sections(agree(load_gold(first), load_gold(second)))))
    return 0


@app.command("export")
def export_(
    out: Annotated[Path, typer.Argument(metavar="FOLDER", help="Where the files are written.")],
    form: Form = "label-studio",
    gold: Gold = Path("gold"),
) -> int:
    """Write gold for an annotation tool.

    Example: nspcc-extract gold export tasks/ --format brat
    """
    from extract.evaluate.exchange import write_export
    from extract.evaluate.gold import load_gold

    written = write_export(load_gold(gold), form, out)
    typer.echo(f"Wrote {len(written)} files to {out}")
    return 0


@app.command("import")
def import_(
    source: Annotated[
        Path, typer.Argument(metavar="EXPORT", help="A .json or .jsonl file, or a folder of .ann files.")
    ],
    gold: Gold = Path("gold"),
) -> int:
    """Take an annotation tool's export into gold files, each checked before any is written.

    Example: nspcc-extract gold import tasks/annotations.jsonl --gold gold/
    """
    from extract.evaluate.exchange import read_export
    from extract.evaluate.goldfile import gold_data, gold_json

    releases = read_export(source)
    gold.mkdir(parents=True, exist_ok=True)
    for release in releases:
        (gold / f"{release.id}.json").write_text(gold_json(gold_data(release)), "utf-8")
    typer.echo(f"Wrote {len(releases)} gold files to {gold}")
    return 0


@app.command()
def new(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="One release: .html, .pdf, .txt or .json.")],
    gold: Gold = Path("gold"),
    split: Annotated[str, typer.Option(help="dev or test.")] = "dev",
) -> int:
    """Make a gold file from what the pipeline finds, as a draft that the scorer refuses until it is confirmed.

    Example: nspcc-extract gold new corpus/r001.html
    """
    from extract.batch import Failure, expand, process_all
    from extract.evaluate.gold import SPLITS
    from extract.evaluate.goldfile import draft, gold_json

    chosen = next((name for name in SPLITS if name == split), None)
    if chosen is None:
        raise UsageError(None, f"there is no split {split}", "give dev or test")
    sources = expand([str(file)])
    if len(sources) != 1:
        raise UsageError(file, f"names {len(sources)} releases", "give one file")
    ((_, found),) = process_all(sources)
    if isinstance(found, Failure):
        raise ReadError(found.source, found.problem, found.mend)
    path = gold / f"{found.release.id}.json"
    if path.exists():
        raise UsageError(path, "is there already", "move it away, or edit it")
    gold.mkdir(parents=True, exist_ok=True)
    path.write_text(gold_json(draft(found, chosen)), "utf-8")
    typer.echo(f"Wrote {path}: correct each record, then remove its `status`")
    return 0
