"""Gold files: what is taken, and that each fault is named."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from extract.errors import GoldError
from extract.evaluate.gold import load_gold, locate, occurrence_of, parse_gold, read_gold

ROOT = Path(__file__).parents[2]
TEXT = "Kent Police recorded 1,111 offences in 2017/18, 11 of them on Instagram."


def data() -> dict[str, Any]:
    return {
        "id": "a",
        "text": TEXT,
        "mentions": [
            ["FORCE", "Kent Police", 1, "kent"],
            ["COUNT", "1,111", 1, 1111],
            ["YEAR", "2017/18", 1, ["2017-04-01", "2018-03-31"]],
            ["COUNT", "11", 3, 11],
            ["PLATFORM", "Instagram", 1, ["instagram"]],
        ],
        "observations": [
            {
                "at": ["1,111", 1],
                "statistic": "count",
                "value": 1111,
                "unit": "number",
                "bound": "=",
                "measure": "offences",
                "offence": None,
                "geography": ["kent"],
                "period": ["2017-04-01", "2018-03-31"],
                "base": None,
                "platforms": [],
                "gender": None,
                "age": [None, 11],
                "flags": [],
            }
        ],
    }


def test_occurrences_are_counted_as_substrings_overlapping_ones_too() -> None:
    release = parse_gold(data(), "a.json")
    eleven = next(m for m in release.mentions if m.text == "11")
    assert TEXT[eleven.start - 3 : eleven.end] == "8, 11"
    assert release.observations[0].age == (None, 11)
    assert release.observations[0].period == ("2017-04-01", "2018-03-31")


@pytest.mark.parametrize("start", [i for i in range(len(TEXT) - 1) if TEXT[i : i + 2] == "11"])
def test_occurrence_of_inverts_locate(start: int) -> None:
    assert locate(TEXT, "11", occurrence_of(TEXT, start, start + 2)) == start


def _observe(**fields: Any) -> Callable[[dict[str, Any]], None]:
    return lambda d: d["observations"][0].update(fields)


FAULTS: list[tuple[Callable[[dict[str, Any]], Any], str]] = [
    (lambda d: d.pop("text"), "missing or unknown keys"),
    (lambda d: d.update(colour="red"), "missing or unknown keys"),
    (lambda d: d.update(text=None), "no string"),
    (lambda d: d.update(mentions={}), "no list"),
    (lambda d: d.update(status="draft"), "is a draft"),
    (lambda d: d.update(split="train"), "split 'train'"),
    (lambda d: d["mentions"].append(["COUNT", "11", 4, 11]), "mention 6: '11' does not occur 4 times"),
    (lambda d: d["mentions"].append(["COUNT", "11", 0, 11]), "names no occurrence"),
    (lambda d: d["mentions"].append(["COUNT", "11", 2, 11]), "overlap"),
    (lambda d: d["mentions"].append(["NUMBER", "18", 1, 18]), "use a label of"),
    (lambda d: d["mentions"].append(["FORCE", "on", 1, "on-force"]), "does not suit FORCE"),
    (lambda d: d["mentions"].append(["YEAR", "in", 1, ["2018-04-01", "2017-03-31"]]), "does not suit YEAR"),
    (lambda d: d["mentions"].append(["YEAR", "in", 1, ["2018-02-30", "2018-03-31"]]), "does not suit YEAR"),
    (lambda d: d["mentions"].append(["PERCENTAGE", "of", 1, 34]), "does not suit PERCENTAGE"),
    (lambda d: d["mentions"].append(["PLATFORM", "on", 1, ["ownplatform"]]), "does not suit PLATFORM"),
    (lambda d: d["mentions"].append(["COUNT", "on", 1, True]), "does not suit COUNT"),
    (_observe(at=["2017/18", 1]), "observation 1: is anchored on"),
    (_observe(unit="percent"), "a count in percent"),
    (_observe(measure="crimes"), "measure is 'crimes'"),
    (_observe(offence="theft"), "offence is 'theft'"),
    (_observe(geography=["kent", "essex"]), "geography is"),
    (_observe(platforms=["myspace-clone"]), "platforms is"),
    (_observe(bound=">="), "bound is"),
    (_observe(age=[12]), "age is"),
    (_observe(gender="girls"), "gender is"),
    (_observe(flags=["guess"]), "flags is"),
    (_observe(period="2017/18"), "period is"),
    (_observe(colour="red"), "missing or unknown keys"),
]


@pytest.mark.parametrize(("spoil", "problem"), FAULTS, ids=[f"{i}-{p}" for i, (_, p) in enumerate(FAULTS)])
def test_each_fault_is_named(spoil: Callable[[dict[str, Any]], Any], problem: str) -> None:
    spoiled = data()
    spoil(spoiled)
    with pytest.raises(GoldError) as caught:
        parse_gold(spoiled, "gold/a.json")
    assert str(caught.value).startswith("gold/a.json")
    assert problem in str(caught.value)


def test_a_draft_is_taken_where_drafts_are_edited() -> None:
    assert parse_gold({**data(), "status": "draft"}, "a.json", drafts=True).id == "a"


def test_the_file_must_bear_its_id(tmp_path: Path) -> None:
    (tmp_path / "b.json").write_text(json.dumps(data()), "utf-8")
    with pytest.raises(GoldError, match="holds the id 'a'"):
        read_gold(tmp_path / "b.json")


def test_broken_json_and_an_empty_folder_are_named(tmp_path: Path) -> None:
    with pytest.raises(GoldError, match="holds no gold file"):
        load_gold(tmp_path)
    (tmp_path / "a.json").write_text("{", "utf-8")
    with pytest.raises(GoldError, match=r"a\.json: is not JSON"):
        load_gold(tmp_path)


def test_the_projects_gold_is_valid_and_both_splits_are_there() -> None:
    whole = load_gold(ROOT / "gold")
    assert {r.id for r in load_gold(ROOT / "gold", "dev")} | {r.id for r in load_gold(ROOT / "gold", "test")} == {
        r.id for r in whole
    }
