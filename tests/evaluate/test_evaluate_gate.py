"""The gate: floors rise freely and fall only with a recorded reason."""

from __future__ import annotations

from pathlib import Path

import pytest

from extract.errors import GoldError
from extract.evaluate.gate import Gate, check_gate, gate_toml, hash_files, read_gate, set_gate, write_gate
from extract.evaluate.scores import Scores
from extract.evaluate.tally import ReleaseScore, Tally

HASHES = {"gold": "aa", "inputs": "bb"}


def scores(hits: int) -> dict[str, Scores]:
    return {"dev": Scores(ReleaseScore("total", record=Tally(hits, 9 - hits, 9 - hits)), (), {})}


def test_a_score_passes_its_own_floor() -> None:
    for hits in range(10):
        gate = set_gate(Gate(), scores(hits), HASHES)
        assert check_gate(gate, scores(hits), HASHES) == []


def test_a_fallen_score_and_changed_files_fail() -> None:
    gate = set_gate(Gate(), scores(6), HASHES)
    assert check_gate(gate, scores(5), HASHES) == ["dev record_f1: 0.5556 is below the floor 0.6666"]
    assert "inputs: files differ" in check_gate(gate, scores(6), {**HASHES, "inputs": "cc"})[0]
    assert check_gate(gate, {}, HASHES) == ["dev record_f1: no score is below the floor 0.6666"]


def test_raising_needs_no_leave() -> None:
    gate = set_gate(set_gate(Gate(), scores(5), HASHES), scores(6), HASHES)
    assert gate.floors["dev"]["record_f1"] == 0.6666
    assert gate.lowered == ()


@pytest.mark.parametrize(("lower", "reason"), [(False, ""), (True, ""), (False, "why not"), (True, "  ")])
def test_lowering_needs_leave_and_reason(lower: bool, reason: str) -> None:
    gate = set_gate(Gate(), scores(6), HASHES)
    with pytest.raises(GoldError, match=r"would lower dev record_f1 0\.6666 to 0\.5555"):
        set_gate(gate, scores(5), HASHES, lower=lower, reason=reason)


def test_a_lowering_is_recorded_and_survives_the_file(tmp_path: Path) -> None:
    gate = set_gate(Gate(), scores(6), HASHES)
    gate = set_gate(gate, scores(5), HASHES, lower=True, reason='labels mended: "half" is a share')
    gate = set_gate(gate, scores(7), HASHES)
    assert [(x.before, x.after) for x in gate.lowered] == [(0.6666, 0.5555)]
    path = tmp_path / "gate.toml"
    write_gate(gate, path)
    assert read_gate(path) == gate


def test_no_file_is_an_empty_gate_and_a_broken_one_is_named(tmp_path: Path) -> None:
    path = tmp_path / "gate.toml"
    assert read_gate(path) == Gate()
    for text in ("floors = [", "[floors.dev]\nrecord_f1 = 1\n", gate_toml(Gate()) + "\n[other]\nx = 1\n"):
        path.write_text(text, "utf-8")
        with pytest.raises(GoldError, match=r"gate\.toml"):
            read_gate(path)


def test_hashes_depend_on_names_and_content_only(tmp_path: Path) -> None:
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        for name in ("a", "b"):
            (tmp_path / folder / name).write_text(name, "utf-8")
    first = hash_files((tmp_path / "one").iterdir())
    assert first == hash_files(sorted((tmp_path / "two").iterdir(), reverse=True))
    (tmp_path / "two" / "a").write_text("A", "utf-8")
    assert first != hash_files((tmp_path / "two").iterdir())
