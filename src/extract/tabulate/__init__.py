"""Annotated releases as tables: what each release says, restatements folded, what each force recorded in each year."""

from extract.tabulate.frames import panel, tables
from extract.tabulate.schema import SCHEMA, Column, Table

__all__ = ["SCHEMA", "Column", "Table", "panel", "tables"]
