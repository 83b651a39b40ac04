"""The commands for looking: ``show`` and ``explain`` one release, and list the ``rules``."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from extract.cli.printing import COLOURS, plain, safe
from extract.errors import UsageError

if TYPE_CHECKING:
    from rich.table import Table
    from rich.text import Text

    from extract import records

File = Annotated[Path, typer.Argument(metavar="FILE", help="One release: .html, .pdf, .txt or .json.")]
_COLUMNS = ("statistic", "value", "unit", "measure", "offence", "geography", "period", "base", "platforms")


def show(
    file: File,
    width: Annotated[int | None, typer.Option(min=40, help="Columns to write in; by default the terminal's.")] = None,
) -> int:
    """Show one release with its mentions in colour, a legend, and its observations as a table.

    Example: nspcc-extract show corpus/r001.html
    """
    from rich.console import Console

    annotated = _annotated(file)
    console = Console(width=width)
    release = annotated.release
    about = (release.published, release.publisher, release.url, release.source)
    console.print(" · ".join(safe(part) for part in about if part), style="dim", highlight=False, markup=False)
    console.print(legend())
    console.print()
    console.print(coloured(release.text, annotated.mentions))
    console.print()
    console.print(observation_table(annotated))
    return 0


def legend() -> Text:
    """Return the labels in their colours."""
    from rich.text import Text

    return Text("  ").join(Text(label, style=f"{colour} reverse") for label, colour in COLOURS.items())


def coloured(text: str, mentions: tuple[records.Mention, ...], offset: int = 0) -> Text:
    """Return a stretch of text that begins at ``offset`` of the release, with its mentions in colour."""
    from rich.text import Text

    made = Text(safe(text))
    for mention in mentions:
        start, end = max(mention.start - offset, 0), min(mention.end - offset, len(text))
        if start < end:
            made.stylize(COLOURS[mention.label], start, end)
    return made


def observation_table(annotated: records.Annotated) -> Table:
    """Return a release's observations, one a row, with the offset to ask `explain` about."""
    from rich.table import Table
    from rich.text import Text

    table = Table(title=f"{len(annotated.observations)} observations", title_justify="left", pad_edge=False)
    for heading in ("at", "figure", *_COLUMNS, "victims", "flags"):
        table.add_column(heading, overflow="fold")
    for o in annotated.observations:
        figure = ("" if o.bound == "=" else f"{o.bound} ") + annotated.release.text[o.start : o.end]
        victims = " ".join(filter(None, (o.gender, age(o.age))))
        cells = [plain(getattr(o, name)) for name in _COLUMNS]
        row = [str(o.start), safe(figure), *cells, victims, ", ".join(o.flags)]
        table.add_row(*map(Text, row))
    return table


def age(value: records.AgeRange | None) -> str:
    """Return an age range in words: ``12 to 15``, ``up to 11``, ``from 16``."""
    if value is None or value == (None, None):
        return ""
    youngest, oldest = value
    if youngest is None:
        return f"up to {oldest}"
    return f"from {youngest}" if oldest is None else f"{youngest} to {oldest}"


def explain(
    file: File,
    at: Annotated[int, typer.Option(min=0, help="Offset of a character of the release's text; show lists some.")],
) -> int:
    """Explain what is labelled at an offset: the mention, its sentence, and the rule behind each field.

    Example: nspcc-extract explain corpus/r001.html --at 812
    """
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    annotated = _annotated(file)
    text = annotated.release.text
    mention = next((m for m in annotated.mentions if m.start <= at < m.end), None)
    if mention is None:
        raise UsageError(f"{file} at {at}", _nothing_at(annotated, at), "give an offset inside a mention")
    console = Console()
    start, end = sentence_at(text, mention.start)
    console.print(coloured(text[start:end], (mention,), start))
    label = Text(f"{mention.label} {mention.start}-{mention.end} {safe(mention.text)!r}", COLOURS[mention.label])
    console.print(label.append(f" = {plain(mention.value)}  (rule {mention.rule or 'not recorded'})", style="default"))
    for o in annotated.observations:
        if not o.start < mention.end or not mention.start < o.end:
            continue
        table = Table(title=f"observation, margin {o.margin:.2f}", title_justify="left")
        for heading in ("field", "value", "rule"):
            table.add_column(heading, overflow="fold")
        for name in (*_all_fields(), "flags"):
            table.add_row(name, Text(plain(getattr(o, name))), Text(o.rules.get(name, "")))
        console.print(table)
        for note in o.notes:
            console.print(Text(f"note: {safe(note)}"))
    return 0


def _all_fields() -> tuple[str, ...]:
    from extract.records import FIELDS

    return FIELDS


def _nothing_at(annotated: records.Annotated, at: int) -> str:
    if at >= len(annotated.release.text):
        return f"lies beyond the text, which has {len(annotated.release.text)} characters"
    nearest = min(annotated.mentions, key=lambda m: min(abs(m.start - at), abs(m.end - at)), default=None)
    if nearest is None:
        return "has no mention, nor has the rest of the text"
    return f"has no mention; the nearest is {nearest.label} {nearest.text!r} at {nearest.start}"


def sentence_at(text: str, offset: int) -> tuple[int, int]:
    """Return the line that holds an offset: a paragraph, list item or table row."""
    start = text.rfind("\n", 0, offset) + 1
    end = text.find("\n", offset)
    return start, len(text) if end < 0 else end


def rules(
    name: Annotated[str | None, typer.Argument(metavar="[FILE]", help="One rule file; by default all.")] = None,
) -> int:
    """List the rules: each row's id, what it stands for, and what it must and must not match.

    Example: nspcc-extract rules year
    """
    from rich.console import Console
    from rich.text import Text

    from extract.lexicon.rules import load_rules, rule_files, rules_folder

    known = [file for file in rule_files() if (rules_folder() / f"{file}.toml").is_file()]
    if name is not None and name not in known:
        raise UsageError(name, "is no rule file", f"name one of {', '.join(known)}")
    console = Console()
    for file in known if name is None else [name]:
        loaded = load_rules(file)
        console.print(Text(f"{file}: {len(loaded)} rules", style="bold"))
        for rule in loaded:
            console.print(Text(f"  {rule.id}", style="cyan").append(f"  {safe(rule.why)}", style="default"))
            for sign, examples in (("+", rule.yes), ("-", rule.no)):
                for example in examples:
                    console.print(Text(f"    {sign} {safe(example)}", style="green" if sign == "+" else "red"))
    return 0


def _annotated(file: Path) -> records.Annotated:
    from extract.batch import Failure, expand, process
    from extract.errors import ReadError

    sources = expand([str(file)])
    if len(sources) != 1:
        raise UsageError(file, f"names {len(sources)} inputs", "name one file")
    result = process(sources[0])
    if isinstance(result, Failure):
        raise ReadError(result.source, result.problem, result.mend)
    return result


COMMANDS: tuple[Callable[..., int], ...] = (show, explain, rules)
