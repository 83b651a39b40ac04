"""The command ``explain``: one place of a release, and every choice that was made about it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Annotated, Any

import typer

from extract.cli.extracting import Ocr
from extract.cli.printing import COLOURS, plain, safe
from extract.cli.showing import File, annotated_file, coloured
from extract.errors import UsageError

if TYPE_CHECKING:
    from rich.table import Table
    from rich.text import Text

    from extract.cli.tracing import Trace
    from extract.records import Mention
    from extract.relate.draft import Draft

At = Annotated[int, typer.Option(min=0, help="Offset of a character of the release's text; show lists some.")]
_EXCERPT = 60


def explain(
    file: File,
    at: At,
    width: Annotated[int | None, typer.Option(min=40, help="Columns to write in; by default the terminal's.")] = None,
    ocr: Ocr = False,
) -> int:
    """Explain what is labelled at an offset, and every choice behind it, so that an error can be traced.

    Shows the mention with the candidates that lost, its unit and sentence as text and as the rules see it, the topic,
    and each field with the rule that filled it, where a value was taken from, and what else was considered.

    Example: nspcc-extract explain corpus/r001.html --at 812
    """
    from rich.console import Console

    from extract.cli.tracing import trace

    release = annotated_file(file, ocr=ocr).release
    if at >= len(release.text):
        problem = f"lies beyond the text, which has {len(release.text)} characters"
        raise UsageError(f"{file} at {at}", problem, "give a smaller offset")
    found = trace(release, at)
    console = Console(width=width, highlight=False)
    for part in _parts(found, at):
        console.print(part)
    return 0


def _parts(found: Trace, at: int) -> Iterator[Text | Table]:
    release = found.release
    about = (release.id, release.published, release.source, f"reader {release.reader}")
    yield _text(" · ".join(safe(part) for part in about if part), "dim")
    yield from _place(found)
    yield from _mention(found, at)
    yield _topic(found)
    for draft in found.drafts:
        yield _fields(found, draft)
        for note in draft.notes:
            yield _text(f"note: {safe(note)}")
    if found.mention is not None and found.mention.label in ("COUNT", "PERCENTAGE") and not found.drafts:
        yield _text("No observation is anchored here.", "bold")
    if found.over:
        yield _rules_over(found)


def _text(text: str, style: str = "") -> Text:
    from rich.text import Text

    return Text(text, style=style)


def _place(found: Trace) -> Iterator[Text]:
    """Yield the unit, its lead-in, the sentence in colour and the masked sentence."""
    sentence, text = found.sentence, found.release.text
    if sentence is None or found.masked is None:
        yield _text("Stands in no sentence: white space between units.")
        return
    unit = sentence.unit
    yield _text(f"unit {unit.index}: {unit.kind}, characters {unit.start} to {unit.end}", "bold")
    if unit.lead is not None:
        lead = found.layout.units[unit.lead]
        yield _text(f"lead-in (unit {lead.index}): {safe(_excerpt(text[lead.start : lead.end]))}")
    yield coloured(text[sentence.start : sentence.end], sentence.mentions, sentence.start)
    yield _text(f"masked: {safe(found.masked.text)}", "dim")


def _mention(found: Trace, at: int) -> Iterator[Text]:
    mention = found.mention
    if mention is None:
        yield _text(f"No mention at {at}{_nearest(found, at)}.", "bold")
    else:
        yield _label(mention).append(f"  {_rule(mention.rule)}", style="default")
    for lost in found.lost:
        yield _text("lost: ").append_text(_label(lost.candidate)).append(f"  {_rule(lost.candidate.rule)}", "default")


def _label(mention: Mention) -> Text:
    words = f"{mention.label} {mention.start}-{mention.end} {safe(mention.text)!r} = {plain(mention.value)}"
    return _text(words, COLOURS[mention.label])


def _rule(rule: str) -> str:
    from extract.lexicon.decisions import meaning

    return f"by {rule}: {meaning(rule)}" if rule else "by no rule that was recorded"


def _nearest(found: Trace, at: int) -> str:
    mentions = found.layout.mentions
    near = min(mentions, key=lambda m: min(abs(m.start - at), abs(m.end - at)), default=None)
    return f"; the nearest is {near.label} {safe(near.text)!r} at {near.start}" if near else ", nor in the whole text"


def _topic(found: Trace) -> Text:
    from extract.cli.tracing import topic_at

    said = "; ".join(f"{name} {_value(value)}" for name, value in topic_at(found))
    return _text("topic that the figures before leave: ", "bold").append(said or "none", "default")


def _value(value: Any) -> str:
    if isinstance(value, tuple) and any(isinstance(part, tuple) for part in value):
        return " against ".join(plain(part) or "none" for part in value)
    return plain(value)


def _fields(found: Trace, draft: Draft) -> Table:
    """Return the fields of a figure: each with its value, rule and origin, then what else was considered for it."""
    from rich.table import Table

    from extract.cli.tracing import origin
    from extract.lexicon.decisions import meaning
    from extract.records import FIELDS

    title = f"observation: {draft.statistic} of {draft.measure}, margin {draft.margin():.2f}"
    table = Table(title=title, title_justify="left")
    for heading in ("field", "value", "rule", "what it means", "taken from"):
        table.add_column(heading, overflow="fold")
    for name in FIELDS:
        rule = draft.rules.get(name, "")
        source = origin(draft, name, found.before)
        said = "itself" if name in draft.own else f"{source.mention.text} at {source.mention.start}" if source else ""
        chosen = getattr(draft, name)
        table.add_row(name, _text(_value(chosen)), _text(rule), _text(meaning(rule)), _text(safe(said)))
        for one in draft.candidates.get(name, ()):
            mark = "taken" if one.value == chosen else "not taken"
            cells = ("", f"  {_value(one.value)}", f"  {one.rule} {one.weight:.2f}", meaning(one.rule), mark)
            table.add_row(*(_text(safe(cell), "dim") for cell in cells))
    table.add_row("flags", _text(", ".join(sorted(draft.flags))))
    return table


def _rules_over(found: Trace) -> Table:
    from rich.table import Table

    table = Table(title="rule rows whose pattern lies over this place", title_justify="left", box=None, pad_edge=False)
    for heading in ("file", "rule", "matches", "why"):
        table.add_column(heading, overflow="fold", style="dim")
    for rule, name, words in found.over:
        table.add_row(*map(_text, (name, rule.id, safe(_excerpt(words)), safe(rule.why))))
    return table


def _excerpt(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= _EXCERPT else flat[: _EXCERPT - 1] + "…"


COMMANDS: tuple[Callable[..., int], ...] = (explain,)
