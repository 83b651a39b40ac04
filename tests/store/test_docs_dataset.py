"""The queries of docs/dataset.md run as they stand there."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path

import pytest

from extract.cli import main

ROOT = Path(__file__).parents[2]
QUERIES = re.findall(r"```sql\n(.*?)```", (ROOT / "docs" / "dataset.md").read_text("utf-8"), re.DOTALL)


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dataset")
    (folder / "kent.txt").write_text(
        "Kent image crimes\n\nKent Police recorded 604 child abuse image offences in 2016/17 and 1,020 in 2021/22.\n",
        "utf-8",
    )
    with pytest.raises(SystemExit) as ended:
        main(["run", str(folder / "kent.txt"), "--out", str(folder / "out")])
    assert ended.value.code == 0
    return folder / "out" / "nspcc.db"


def test_the_page_has_queries() -> None:
    assert len(QUERIES) >= 5


@pytest.mark.parametrize("query", QUERIES)
def test_a_query_of_the_page_runs(query: str, database: Path) -> None:
    connection = sqlite3.connect(database)
    described = connection.execute(query).description
    connection.close()
    assert described


def test_the_first_query_gives_the_series(database: Path) -> None:
    connection = sqlite3.connect(database)
    rows = connection.execute(QUERIES[0]).fetchall()
    connection.close()
    assert [(year, value) for year, value, *_ in rows] == [("2016/17", 604.0), ("2021/22", 1020.0)]
