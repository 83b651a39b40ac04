"""docs/python-api.md is run block by block; the import is light; errors are told."""

from __future__ import annotations

import contextlib
import io
import re
import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest

import extract
from extract.errors import ReadError, UsageError
from extract.records import Annotated, Release
from extract.tabulate.schema import SCHEMA

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs/python-api.md"
TEXT = "Kent Police recorded 260 offences of child cruelty in 2018/19.\n"


def blocks():
    """Return the page's Python blocks, each with its line and the output that follows it, or None."""
    text = PAGE.read_text("utf-8")
    found = re.finditer(r"```python\n(.*?)```\n(?:\n```text\n(.*?)```)?", text, re.DOTALL)
    return [(text.count("\n", 0, m.start(1)) + 1, m[1], m[2]) for m in found]


def test_the_page_does_and_prints_what_it_says(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "corpus").symlink_to(ROOT / "corpus")
    session: dict[str, object] = {}
    for line, code, said in blocks():
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            exec(compile("\n" * (line - 1) + code, str(PAGE), "exec"), session)
        assert printed.getvalue() == (said or ""), f"docs/python-api.md:{line}"


def test_the_page_has_a_block_for_each_function():
    code = "".join(code for _, code, _ in blocks())
    assert all(f"extract.{name}(" in code for name in extract.__all__)


def test_importing_loads_nothing_heavy():
    script = (
        "import sys, extract\n"
        "heavy = {'pandas', 'spacy', 'numpy', 'pdfplumber', 'bs4', 'sqlite3', 'extract.read'} & set(sys.modules)\n"
        "sys.exit(str(heavy) if heavy else 0)\n"
    )
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0


@pytest.mark.parametrize(
    "order", ["import extract", "import extract.read, extract", "from extract.read import read_file, extract"]
)
def test_read_can_be_called_whatever_was_imported_first(order, tmp_path):
    (tmp_path / "a.txt").write_text(TEXT)
    script = f"{order.removesuffix(', extract')}\nimport extract\nprint(extract.read('a.txt').id)"
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=tmp_path, capture_output=True, encoding="utf-8", check=True
    )
    assert done.stdout == "a\n"


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text(TEXT)
    return path


def test_paths_of_either_kind_and_several(file):
    assert isinstance(extract.read(file), Release)
    assert extract.read(str(file)) == extract.read(file)
    for given in (file, str(file), [file], (str(file),), str(file.parent), f"{file.parent}/*.txt"):
        (one,) = extract.annotated(given)
        assert isinstance(one, Annotated)


def test_the_tables_are_those_of_the_schema(file):
    tables = extract.extract(file)
    assert set(tables) <= set(SCHEMA)
    assert all(list(table.columns) == list(SCHEMA[name].names) for name, table in tables.items())
    assert tables["force_year"]["value"].tolist() == [260]
    assert tables["failures"].empty


def test_workers_and_executors_give_the_same_tables(file):
    (file.parent / "b.txt").write_text(TEXT.replace("Kent", "Essex"))
    one = extract.extract(file.parent)
    two = extract.extract(file.parent, workers=2)
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        three = extract.extract(file.parent, executor=pool)
    for name, table in one.items():
        assert table.equals(two[name])
        assert table.equals(three[name])


def test_what_cannot_be_read_is_told(file):
    (file.parent / "broken.pdf").write_bytes(b"%PDF-1.7 and no more")
    with pytest.raises(ReadError, match=r"broken\.pdf"):
        extract.extract(file.parent)
    with pytest.raises(ReadError, match=r"broken\.pdf"):
        list(extract.annotated(file.parent))
    kept = extract.extract(file.parent, failures="keep")
    assert (len(kept["failures"]), len(kept["releases"])) == (1, 1)
    with pytest.raises(ReadError, match="cannot be opened"):
        extract.read(file.parent / "nowhere.txt")


def test_a_call_that_makes_no_sense_is_refused_at_once(file):
    with pytest.raises(UsageError, match="does not exist"):
        extract.annotated(file.parent / "nowhere.txt")
    with pytest.raises(UsageError, match="means nothing"):
        extract.extract(file, failures="ignore")
    with pytest.raises(AttributeError, match="has no attribute 'nothing'"):
        extract.nothing  # noqa: B018
