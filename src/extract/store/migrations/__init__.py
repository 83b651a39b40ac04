"""The steps that lift a database of an earlier version of the program to the tables of this one.

A step is a file of statements, ``2.sql`` for what leads from 1 to 2. It never changes once it is released: later
changes of the schema are steps of their own.
"""

from __future__ import annotations

import sqlite3
from importlib.resources import files

#: Raised by one whenever ``schema.toml`` changes, together with a step in this folder.
SCHEMA_VERSION = 3


def steps(found: int) -> list[str]:
    """Return the statements that lift a database of version ``found`` to `SCHEMA_VERSION`."""
    return [statement for version in range(found, SCHEMA_VERSION) for statement in _step(version + 1)]


def _step(version: int) -> list[str]:
    text = (files("extract.store.migrations") / f"{version}.sql").read_text("utf-8")
    code = "\n".join(line for line in text.splitlines() if not line.startswith("--"))
    if sqlite3.sqlite_version_info < (3, 37):
        code = code.replace(") STRICT;", ");")
    return [statement.strip() for statement in code.split(";\n") if statement.strip()]
