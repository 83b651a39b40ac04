"""The command ``rules``."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

import typer

from extract.cli.printing import safe
from extract.errors import UsageError


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


COMMANDS: tuple[Callable[..., int], ...] = (rules,)
