"""The dataset in SQLite and in files: written a release at a time, with history, and the same in every rebuild."""

from extract.store.database import Store
from extract.store.export import export_csv

__all__ = ["Store", "export_csv"]
