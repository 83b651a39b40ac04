"""The command ``rules``: the catalogue of rule rows and of decisions in code, with how often a corpus uses them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from extract.cli.printing import complain, safe
from extract.errors import UsageError

if TYPE_CHECKING:
    from rich.console import Console

    from extract.evaluate.catalogue import Use

_SIGNS = (("+", "green"), ("-", "red"))


def rules(
    name: Annotated[str | None, typer.Argument(metavar="[FILE]", help="One rule file; by default all.")] = None,
    corpus: Annotated[Path | None, typer.Option(help="Count hits over these releases: a folder, file or glob.")] = None,
    out: Annotated[Path | None, typer.Option(help="Write all of it as Markdown to this file.")] = None,
) -> int:
    """List the rules: each row's id, why it holds, what it must and must not match, and its hits on a corpus.

    With --corpus, rows that match nowhere or in one place are listed too; both should be rare.

    Example: nspcc-extract rules year --corpus corpus/
    """
    from rich.console import Console

    from extract.lexicon.rules import rule_files

    if name is not None and name not in rule_files():
        raise UsageError(name, "is no rule file", f"name one of {', '.join(rule_files())}")
    if name is not None and out is not None:
        raise UsageError(out, "holds the whole catalogue", "give --out without a FILE")
    uses, releases, failed = _uses(corpus)
    if out is not None:
        _write(out, uses, releases)
    else:
        _print(Console(highlight=False), rule_files() if name is None else [name], uses, whole=name is None)
    return 1 if failed else 0


def _uses(corpus: Path | None) -> tuple[Mapping[str, Use] | None, int, int]:
    """Return the uses by id, the number of releases read, and of those that could not be."""
    if corpus is None:
        return None, 0, 0
    from extract.batch import expand
    from extract.batch.rule_use import count_uses

    sources = expand([str(corpus)])
    uses, failures = count_uses(sources)
    for failure in failures:
        complain(str(failure))
    return uses, len(sources) - len(failures), len(failures)


def _write(out: Path, uses: Mapping[str, Use] | None, releases: int) -> None:
    from extract.evaluate.catalogue import catalogue_markdown, uses_markdown

    text = catalogue_markdown()
    if uses is not None:
        text += "\n" + uses_markdown(uses, releases)
    out.write_text(text, "utf-8", newline="")
    typer.echo(f"Wrote {safe(str(out))}")


def _print(console: Console, files: list[str], uses: Mapping[str, Use] | None, *, whole: bool) -> None:
    from rich.text import Text

    from extract.evaluate.catalogue import about
    from extract.lexicon.decisions import decisions, rule_rows

    for file in files:
        rows = [rule for name, rule in rule_rows().values() if name == file]
        console.print(Text(f"{file}: {len(rows)} rules", style="bold").append(f"  {about(file)}", style="not bold dim"))
        for rule in rows:
            line = Text(f"  {rule.id}", style="cyan").append(f"  {safe(rule.why)}", style="default")
            console.print(line.append(_use(uses, rule.id), style="yellow"))
            for (sign, colour), examples in zip(_SIGNS, (rule.yes, rule.no), strict=True):
                for example in examples:
                    console.print(Text(f"    {sign} {safe(example)}", style=colour))
    if not whole:
        return
    console.print(Text(f"decisions in code: {len(decisions())}", style="bold"))
    for decision in decisions().values():
        line = Text(f"  {decision.id}", style="cyan").append(f"  {decision.field}: {decision.meaning}", style="default")
        console.print(line.append(_use(uses, decision.id), style="yellow"))
    if uses is not None:
        _print_unused(console, uses)


def _use(uses: Mapping[str, Use] | None, rule: str) -> str:
    from extract.evaluate.catalogue import Use

    if uses is None:
        return ""
    use = uses.get(rule, Use())
    verdict = "" if use.verdict == "in use" else f", {use.verdict.upper()}"
    return f"  [matched {use.matched}, chosen {use.chosen}, in {use.releases} releases{verdict}]"


def _print_unused(console: Console, uses: Mapping[str, Use]) -> None:
    from rich.text import Text

    from extract.evaluate.catalogue import by_verdict

    for verdict in ("dead", "single use"):
        found = by_verdict(uses, verdict)
        console.print(Text(f"{verdict}: {len(found)}", style="bold"))
        for one in found:
            console.print(Text(f"  {one}"))


COMMANDS: tuple[Callable[..., int], ...] = (rules,)
