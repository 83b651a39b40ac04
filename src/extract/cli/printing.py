"""What the terminal is shown: safe characters, one line an error, colours for labels."""

from __future__ import annotations

import sys
from typing import Any

import typer

#: The colour of each label, in `show` and `explain`.
COLOURS = {
    "FORCE": "bold cyan",
    "AREA": "blue",
    "YEAR": "magenta",
    "COUNT": "bold green",
    "PERCENTAGE": "bold yellow",
    "PLATFORM": "red",
}
# Left-to-right marks, overrides and isolates: they reorder what a terminal shows.
_BIDI = (*range(0x200E, 0x2010), *range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x061C)
_SAFE = {
    **{code: 0x2400 + code for code in range(0x20) if code not in (0x09, 0x0A)},
    0x7F: 0x2421,
    **dict.fromkeys((*range(0x80, 0xA0), *_BIDI, *range(0xD800, 0xE000)), 0xFFFD),
}


def safe(text: str) -> str:
    """Return text with every control character made visible: one for one, so that offsets hold.

    Examples
    --------
    >>> safe("a\\x1b[31mred")
    'a␛[31mred'
    """
    return text.translate(_SAFE)


def complain(text: str) -> None:
    """Write one line to standard error."""
    typer.echo(" ".join(safe(text).split()), err=True)


def plain(value: Any) -> str:
    """Return a field's value as a table cell shows it."""
    if value is None or value == ():
        return ""
    if isinstance(value, tuple):
        if len(value) == 2 and all(isinstance(v, str) and len(v) == 10 and v[4] == "-" for v in value):
            return f"{value[0]} to {value[1]}"
        return ", ".join("" if v is None else plain(v) for v in value)
    return f"{value:g}" if isinstance(value, float) and not value.is_integer() else _whole(value)


def _whole(value: Any) -> str:
    return f"{int(value)}" if isinstance(value, float) else safe(str(value))


def interactive() -> bool:
    """Return whether standard error is a terminal, which a progress bar needs."""
    return sys.stderr.isatty()
