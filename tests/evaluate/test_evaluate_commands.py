"""The commands for gold and for looking into scores, in a process of their own."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from tests.evaluate.make import gold, mention, observation

from extract.evaluate.gold import load_gold
from extract.evaluate.goldfile import gold_data, gold_json
from extract.records import Annotated, Release

TEXT = "Kent Police recorded 120 offences in 2017/18, 14 a week."
WANTED = gold(
    "kent",
    TEXT,
    (mention(TEXT, "FORCE", "Kent Police", "kent"), mention(TEXT, "COUNT", "120", 120)),
    (observation(TEXT, "120", value=120.0, geography=("kent",)),),
)


def call(*arguments: object) -> subprocess.CompletedProcess[str]:
    command = [str(Path(sys.executable).with_name("nspcc-extract")), *map(str, arguments)]
    environment = {"PATH": "/usr/bin:/bin", "COLUMNS": "160", "LC_ALL": "C", "PYTHONWARNINGS": "error"}
    return subprocess.run(command, capture_output=True, encoding="utf-8", env=environment, check=False)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "gold").mkdir()
    (tmp_path / "gold" / "kent.json").write_text(gold_json(gold_data(WANTED)), "utf-8")
    found = Annotated(Release("kent", TEXT, source="kent.txt"), WANTED.mentions, WANTED.observations)
    none = Annotated(Release("kent", TEXT, source="kent.txt"), (), ())
    for name, one in (("all", found), ("none", none)):
        (tmp_path / f"{name}.jsonl").write_text(json.dumps(one.to_json()) + "\n", "utf-8")
    return tmp_path


def test_check_lists_what_to_look_at(folder: Path) -> None:
    made = call("gold", "check", "--gold", folder / "gold")
    assert (made.returncode, made.stderr) == (0, "")
    assert "kent @37: number '2017/18,' is no mention" in made.stdout
    assert "1 gold files are valid; 2 places to look at" in made.stdout
    assert call("gold", "check", "--gold", folder / "gold", "--split", "train").returncode == 2


@pytest.mark.parametrize("form", ["label-studio", "jsonl", "brat"])
def test_export_and_import_give_the_same_files(folder: Path, form: str) -> None:
    out = folder / form
    assert call("gold", "export", out, "--format", form, "--gold", folder / "gold").returncode == 0
    source = {"label-studio": out / "label-studio.json", "jsonl": out / "annotations.jsonl", "brat": out}[form]
    assert call("gold", "import", source, "--gold", folder / "again").returncode == 0
    assert (folder / "again" / "kent.json").read_bytes() == (folder / "gold" / "kent.json").read_bytes()


def test_agreement_is_shown(folder: Path) -> None:
    made = call("gold", "agreement", folder / "gold", folder / "gold")
    assert (made.returncode, made.stderr) == (0, "")
    assert "Krippendorff's alpha" in made.stdout


def test_a_new_file_is_a_draft_that_is_never_overwritten(folder: Path) -> None:
    (folder / "essex.txt").write_text(TEXT, "utf-8")
    made = call("gold", "new", folder / "essex.txt", "--gold", folder / "gold")
    assert (made.returncode, made.stderr) == (0, "")
    assert json.loads((folder / "gold" / "essex.json").read_text("utf-8"))["status"] == "draft"
    again = call("gold", "new", folder / "essex.txt", "--gold", folder / "gold")
    assert again.returncode == 2
    assert "is there already" in again.stderr
    refused = call("evaluate", "--gold", folder / "gold", "--predictions", folder / "all.jsonl")
    assert refused.returncode == 1
    assert "is a draft" in refused.stderr


def test_two_runs_are_compared(folder: Path) -> None:
    made = call("evaluate", "--gold", folder / "gold", "--compare", folder / "none.jsonl", folder / "all.jsonl")
    assert (made.returncode, made.stderr) == (0, "")
    assert "gained: 1 records" in made.stdout
    assert "kent: 120 number count, kent, no period: Kent Police recorded 120" in made.stdout


def test_slices_and_the_error_browser(folder: Path) -> None:
    call_ = ["evaluate", "--gold", folder / "gold", "--predictions", folder / "none.jsonl", "--split", "dev"]
    made = call(*call_, "--slices", "--html", folder / "errors.html")
    assert (made.returncode, made.stderr) == (0, "")
    assert "Labels: gold down, predicted across" in made.stdout
    assert "By place" in made.stdout
    assert "120" in (folder / "errors.html").read_text("utf-8")


def test_the_projects_gold_passes_its_check() -> None:
    folder = Path(__file__).parents[2] / "gold"
    made = call("gold", "check", "--gold", folder)
    assert (made.returncode, made.stderr) == (0, "")
    assert f"{len(load_gold(folder))} gold files are valid" in made.stdout
