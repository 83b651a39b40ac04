"""Round trips to annotation tools lose nothing, on all gold files and on odd ones."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import pytest
from tests.evaluate.make import gold, mention, observation

from extract.errors import GoldError
from extract.evaluate.exchange import FORMATS, export_files, read_export, write_export
from extract.evaluate.exchange.brat import from_brat, to_brat
from extract.evaluate.exchange.jsonl import from_jsonl, to_jsonl
from extract.evaluate.exchange.label_studio import from_label_studio, labelling_config, to_label_studio
from extract.evaluate.gold import GoldRelease, load_gold

ROOT = Path(__file__).parents[2]
GOLD = load_gold(ROOT / "gold")
TEXT = (
    "💩 Kent &\r\nPolice \u2028had 1,260.5 – a third, up <34%> in 2017/18\non Facebook-owned apps since last\nyear 🙂"
)
PERIOD = ("2017-04-01", "2018-03-31")
ODD = gold(
    "odd",
    TEXT,
    (
        mention(TEXT, "AREA", "Kent", "kent"),
        mention(TEXT, "COUNT", "1,260.5", 1260.5),
        mention(TEXT, "PERCENTAGE", "third", (33.33, "percent")),
        mention(TEXT, "PERCENTAGE", "34%", (34, "percent")),
        mention(TEXT, "YEAR", "2017/18", PERIOD),
        mention(TEXT, "PLATFORM", "Facebook-owned apps", ("facebook", "instagram")),
        mention(TEXT, "YEAR", "last\nyear", None),
    ),
    (
        observation(TEXT, "1,260.5", value=1260.5, bound="~", age=(None, 11), flags=("period_inferred",)),
        observation(TEXT, "1,260.5", value=1260.5, geography=("essex", "kent"), period=PERIOD, age=(12, 15)),
        observation(
            TEXT, "34%", value=-34.0, statistic="change", unit="percent", bound="<", base=PERIOD, gender="female"
        ),
        observation(
            TEXT, "third", value=33.33, statistic="share", unit="percent", platforms=("facebook",), age=(16, None)
        ),
        observation(TEXT, "third", value=33.33, statistic="share", unit="percent", offence=None),
    ),
    title='A "headline"',
    published="2018-11-05",
    publisher="A Publisher",
    split="test",
)


def plain(releases: tuple[GoldRelease, ...]) -> list[Any]:
    # The rule of a mention read from gold is "gold": it is no part of what is exchanged.
    return [
        (r.id, r.split, r.title, r.published, r.publisher, r.text, [m.to_json() for m in r.mentions], r.observations)
        for r in releases
    ]


@pytest.mark.parametrize("form", FORMATS)
def test_all_gold_files_come_back_unchanged(form: str, tmp_path: Path) -> None:
    written = write_export(GOLD, form, tmp_path / form)
    source = tmp_path / form if form == "brat" else next(p for p in written if p.suffix in (".json", ".jsonl"))
    # Compared without showing it: the texts of the test split are not to be seen.
    same = plain(read_export(source)) == plain(GOLD)
    assert same


@pytest.mark.parametrize("form", FORMATS)
def test_odd_characters_and_values_come_back_unchanged(form: str, tmp_path: Path) -> None:
    written = write_export([ODD], form, tmp_path / form)
    source = tmp_path / form if form == "brat" else next(p for p in written if p.suffix in (".json", ".jsonl"))
    assert plain(read_export(source)) == plain((ODD,))


def test_label_studio_regions_carry_their_text() -> None:
    (task,) = json.loads(to_label_studio([ODD]))
    for result in task["annotations"][0]["result"]:
        value = result["value"]
        if result["type"] == "labels":
            assert task["data"]["text"][value["start"] : value["end"]] == value["text"]


def test_the_labelling_interface_is_xml_and_names_every_field() -> None:
    root = ET.fromstring(labelling_config())
    named = {element.get("name") for element in root.iter() if element.get("name")}
    (task,) = json.loads(to_label_studio([ODD]))
    assert {r["from_name"] for r in task["annotations"][0]["result"]} <= named


def test_label_studio_needs_one_annotation() -> None:
    tasks = json.loads(to_label_studio([ODD]))
    tasks[0]["annotations"] *= 2
    with pytest.raises(GoldError, match="task 1: has 2 annotations"):
        from_label_studio(json.dumps(tasks))
    tasks[0]["annotations"][0] = {**tasks[0]["annotations"][0], "was_cancelled": True}
    assert from_label_studio(json.dumps(tasks))[0].id == "odd"


def test_an_edit_in_doccano_is_taken_over() -> None:
    row = json.loads(to_jsonl([ODD]))
    row["label"] = [x for x in row["label"] if x[2] != "PLATFORM"]
    assert "PLATFORM" not in {m.label for m in from_jsonl(json.dumps(row))[0].mentions}
    row["label"].append([0, 1, "AREA"])
    with pytest.raises(GoldError, match=r"annotations.jsonl:1: AREA .* has no value"):
        from_jsonl(json.dumps(row))


def test_brat_lines_are_standoff() -> None:
    lines = to_brat(ODD)["odd.ann"].split("\n")
    start = TEXT.index("last\nyear")
    assert f"T7\tYEAR {start} {start + 4};{start + 5} {start + 9}\tlast year" in lines
    assert "E3\tchange:T4" in lines


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("R1\tx Arg1:T1 Arg2:T2", "unknown kind"),
        ("E9\tcount:T2", "has no note"),
        ("#9\tAnnotatorNotes T5\t2017", "the period is '2017'"),
        ("#9\tAnnotatorNotes T2\tmany", "'many' is no number"),
        ("#9\tAnnotatorNotes E1\tvalue=1; unit=number; bound==; measure=offences; age=old", "age is 'old'"),
    ],
)
def test_faults_are_named(line: str, problem: str) -> None:
    with pytest.raises(GoldError, match=problem):
        from_brat(TEXT, to_brat(ODD)["odd.ann"] + line + "\n", {"id": "odd"}, "odd.ann")


def test_unknown_formats_are_named(tmp_path: Path) -> None:
    with pytest.raises(GoldError, match="'conll' is unknown"):
        export_files([ODD], "conll")
    (tmp_path / "a.csv").write_text("", "utf-8")
    with pytest.raises(GoldError, match="no known format"):
        read_export(tmp_path / "a.csv")
    (tmp_path / "a.json").write_text("{", "utf-8")
    with pytest.raises(GoldError, match="is not JSON"):
        read_export(tmp_path / "a.json")
