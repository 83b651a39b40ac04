"""Reading predictions, listing differences, and what reports show."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from rich.console import Console
from tests.evaluate.make import gold, mention, observation, predicted

from extract.errors import UsageError
from extract.evaluate.__main__ import main
from extract.evaluate.differences import differences
from extract.evaluate.gold import load_gold
from extract.evaluate.goldfile import gold_data, gold_json
from extract.evaluate.predictions import predictions_from_lines, read_predictions
from extract.evaluate.report import as_data, as_markdown, as_table, error_lines
from extract.evaluate.scores import evaluate
from extract.records import Annotated, Release

ROOT = Path(__file__).parents[2]
TEXT = "A headline\nKent Police recorded 120 offences in 2017/18 and 260 in 2018/19."
PERIOD = ("2017-04-01", "2018-03-31")


def line(found: Annotated) -> str:
    return json.dumps(found.to_json())


def test_gold_written_as_output_scores_one() -> None:
    dev = load_gold(ROOT / "gold", "dev")
    lines = [line(Annotated(Release(g.id, g.text), g.mentions, g.observations)) for g in dev]
    scores = evaluate(predictions_from_lines(lines), dev, resamples=50)
    assert (scores.total.mentions().f1, scores.total.record.f1, scores.total.value_accuracy()) == (1, 1, 1)
    assert all(t.f1 in (1, None) for t in scores.total.flags.values())
    assert differences(predictions_from_lines(lines), dev) == []


@pytest.mark.parametrize(
    ("spoilt", "problem"),
    [
        ("{", "p.jsonl:2: is not a release"),
        ('{"id": "b"}', "p.jsonl:2: is not a release"),
        (line(predicted("a", TEXT)), "p.jsonl:2: gives the id a a second time"),
        (
            line(predicted("b", TEXT, (mention(TEXT, "COUNT", "120"),))).replace('"end": ', '"end": 9'),
            "not in the text",
        ),
        (
            line(predicted("b", TEXT, (mention(TEXT, "COUNT", "120"),))).replace("COUNT", "NUMBER"),
            "'NUMBER' is unknown",
        ),
    ],
)
def test_faults_in_predictions_name_their_line(spoilt: str, problem: str, tmp_path: Path) -> None:
    path = tmp_path / "p.jsonl"
    path.write_text(line(predicted("a", TEXT)) + "\n" + spoilt + "\n", "utf-8")
    with pytest.raises(UsageError, match=problem):
        read_predictions(path)


def test_differences_are_in_the_order_of_the_text_with_their_line() -> None:
    wanted = gold(
        "a",
        TEXT,
        (mention(TEXT, "FORCE", "Kent Police", "kent"), mention(TEXT, "YEAR", "2017/18", PERIOD)),
        (observation(TEXT, "120", value=120.0), observation(TEXT, "260", value=260.0, flags=("period_inferred",))),
    )
    found = predicted(
        "a",
        TEXT,
        (mention(TEXT, "AREA", "Kent", "kent"), mention(TEXT, "YEAR", "2017/18", None)),
        (observation(TEXT, "120", value=12.0, bound=">"), observation(TEXT, "260", value=260.0)),
    )
    made = differences([found], [wanted])
    assert [(d.layer, d.kind, d.span, d.fields, d.core) for d in made] == [
        ("mention", "wrong", "Kent Police", ("span", "label"), True),
        ("mention", "wrong", "2017/18", ("value",), True),
        ("observation", "wrong", "120", ("value", "bound"), True),
        ("observation", "wrong", "260", ("flags",), False),
    ]
    assert (made[2].before, made[2].after) == ("Kent Police recorded ", " offences in 2017/18 and 260 in 2018/19.")
    shown = "\n".join(error_lines(made))
    assert "recorded [[120]] offences" in shown
    assert "bound: gold '=', predicted '>'" in shown


def test_test_releases_are_listed_only_when_asked_for() -> None:
    wanted = [gold("a", TEXT, (mention(TEXT, "COUNT", "120"),), split="test")]
    assert differences([], wanted) == []
    assert len(differences([], wanted, reveal_test=True)) == 1


def test_the_three_reports_show_the_same_figures() -> None:
    wanted = [gold("a", TEXT, (mention(TEXT, "COUNT", "120", 120), mention(TEXT, "COUNT", "260", 260)))]
    scores = evaluate([predicted("a", TEXT, (mention(TEXT, "COUNT", "120", 120),))], wanted)
    console = Console(width=110, record=True, file=io.StringIO())
    console.print(as_table(scores))
    assert "│ COUNT       │ 1.000 │ 0.500 │ 0.667 │" in console.export_text()
    assert "| COUNT | 1.000 | 0.500 | 0.667 | 0.667 | 1.000 | 2 |" in as_markdown(scores)
    data = json.loads(json.dumps(as_data(scores)))
    assert data["total"]["mentions"]["COUNT"]["strict"] == {
        "tp": 1,
        "fp": 0,
        "fn": 1,
        "precision": 1.0,
        "recall": 0.5,
        "f1": pytest.approx(2 / 3),
    }
    assert data["per_release"]["a"]["core"]["f1"] is None
    assert "per_release" not in as_data(scores, per_release=False)


def test_the_thin_entry_shows_test_releases_as_sums_only(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for split in ("dev", "test"):
        release = gold(f"{split}-release", TEXT, (mention(TEXT, "COUNT", "120", 120),), split=split)
        (tmp_path / f"{release.id}.json").write_text(gold_json(gold_data(release)), "utf-8")
    (tmp_path / "p.jsonl").write_text(line(predicted("dev-release", TEXT)) + "\n", "utf-8")
    call = [str(tmp_path / "p.jsonl"), "--gold", str(tmp_path), "--errors"]
    assert main(call) == 0
    shown = capsys.readouterr().out
    assert "dev-release @32 mention missed COUNT" in shown
    assert "test-release @" not in shown
    assert main([*call, "--reveal-test"]) == 0
    assert "test-release @32" in capsys.readouterr().out
    assert main([str(tmp_path / "p.jsonl"), "--gold", str(tmp_path / "none")]) == 2
    assert "holds no gold file" in capsys.readouterr().err
