"""The dataset in SQLite and in files: written a release at a time, with history, and the same in every rebuild."""

from extract.store.database import Store
from extract.store.export import Export, export_csv
from extract.store.formats import export_excel, export_jsonl, export_parquet
from extract.store.package import write_package

__all__ = ["Export", "Store", "export_csv", "export_excel", "export_jsonl", "export_parquet", "write_package"]
