"""What Datasette says of the dataset: from the schema, so that it never says something else than the tables."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from typing import Any

from extract.tabulate.schema import SCHEMA, Column, Table

#: The name of the store in Datasette's addresses, whatever its file is called.
DATABASE = "nspcc"
#: The name of the search index in Datasette's addresses.
SEARCH = "search"
_LICENCE = {"license": "MIT", "license_url": "https://opensource.org/license/mit"}
_SOURCE = {
    "source": "NSPCC news and press releases",
    "source_url": "https://www.nspcc.org.uk/about-us/news-opinion/",
}
_FACETS = {
    "releases": ["publisher", "reader"],
    "mentions": ["label", "unit"],
    "observations": ["statistic", "measure", "offence", "bound", "not_in_series"],
    "observation_geographies": ["geography"],
    "observation_platforms": ["platform"],
    "observation_flags": ["flag"],
    "figures": ["statistic", "measure", "offence", "revised", "conflicting"],
    "force_year": ["year", "offence", "force", "revised"],
    "gaps": ["kind", "geography"],
    "revisions": ["stands"],
}


def queries() -> dict[str, dict[str, str]]:
    """Return the queries that Datasette offers by name."""
    return tomllib.loads((files("extract.report") / "queries.toml").read_text("utf-8"))


def metadata() -> dict[str, Any]:
    """Return Datasette's metadata: descriptions, units, source and licence of every table and column."""
    tables = {table.name: _table(table) for table in SCHEMA.values()}
    for view, about in (
        ("observation_latest", "Observations with their lists in one cell each and their release's date."),
        ("platform_share", "Shares of platforms."),
        ("restatements", "Figures that are stated more than once, each statement."),
    ):
        tables[view] = {"description": about, **_LICENCE, **_SOURCE}
    tables["meta"] = {"hidden": True}
    return {
        "title": "Figures on child abuse in press releases",
        "description": "Every figure that the releases state, with its sentence. A missing value is not known; a 0 is "
        "a stated number.",
        **_LICENCE,
        **_SOURCE,
        "databases": {
            DATABASE: {"tables": tables, "queries": queries()},
            SEARCH: {"description": "Full-text search over the releases and the sentences that carry figures."},
        },
    }


def _table(table: Table) -> dict[str, Any]:
    made: dict[str, Any] = {
        "description": table.doc,
        "columns": {column.name: _meaning(column) for column in table.columns},
        **_LICENCE,
        **_SOURCE,
    }
    if table.name in _FACETS:
        made["facets"] = _FACETS[table.name]
    if table.kind == "code":
        made["label_column"] = "name" if "name" in table.names else table.key[0]
    return made


def _meaning(column: Column) -> str:
    said = column.doc + (f" (unit: {column.unit})" if column.unit else "")
    return said + (f". One of {', '.join(column.values)}" if column.values else "")
