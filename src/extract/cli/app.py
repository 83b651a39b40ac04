"""The command ``nspcc-extract``: its options, its errors in one line each, its exit codes."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from extract import __version__
from extract.cli import (
    explaining,
    extracting,
    fetching,
    gold_tools,
    publishing,
    reporting,
    reviewing,
    ruling,
    scoring,
    showing,
)
from extract.cli.printing import complain
from extract.errors import ExtractError, UsageError

#: Something failed, the rest is done.
SOME_FAILED = 1
#: The call makes no sense.
USAGE = 2
STOPPED = 130
#: The base of all errors in a call; recent versions of Typer bring a class of their own for it.
CallError: type[Exception] = next(c for c in typer.BadParameter.__mro__ if c.__name__ == "ClickException")

app = typer.Typer(
    name="nspcc-extract",
    help="Turns press releases of the NSPCC into a longitudinal dataset in which every figure leads back to its "
    "sentence.\n\nBegin with: nspcc-extract run corpus/ --out out/",
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"nspcc-extract {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Say the version.")
    ] = False,
) -> None:
    pass


for group in (fetching, extracting, publishing, scoring, showing, explaining, ruling, reviewing, reporting):
    for command in group.COMMANDS:
        app.command()(command)
app.add_typer(gold_tools.app)


def main(arguments: list[str] | None = None) -> None:
    """Run the command and exit: 0 all done, 1 something failed (the rest is done), 2 wrong usage."""
    given = sys.argv[1:] if arguments is None else arguments
    try:
        code = _run(given) if given else _help()
        if code == STOPPED:  # recent versions of Typer turn an interrupt into this code
            raise KeyboardInterrupt
    except CallError as error:
        complain(f"{error.format_message()} (nspcc-extract --help says what can be asked)")  # type: ignore[attr-defined]
        code = USAGE
    except ExtractError as error:
        complain(str(error))
        code = USAGE if isinstance(error, UsageError) else SOME_FAILED
    except BrokenPipeError:  # whoever read the output has enough of it
        raise
    except OSError as error:
        named = f"{error.filename}: " if error.filename else "a file "
        reason = error.strerror or str(error)
        complain(
            f"{named}cannot be read or written ({reason}); make room or check permissions, and make the same call again"
        )
        code = SOME_FAILED
    except (KeyboardInterrupt, typer.Abort):
        complain("stopped; what is written stays, and the same call goes on from there")
        code = STOPPED
    sys.exit(code if isinstance(code, int) else 0)


def _run(arguments: list[str]) -> object:
    return app(args=arguments, prog_name="nspcc-extract", standalone_mode=False)


def _help() -> int:
    _run(["--help"])
    return USAGE
