"""Uses of rules are counted in a process of its own, over real files."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.cli.test_cli import call

from extract.batch import expand
from extract.batch.rule_use import count_uses
from extract.lexicon.decisions import parts
from extract.lexicon.rules import load_rules

CORPUS = Path(__file__).parents[2] / "corpus"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    root = tmp_path_factory.mktemp("uses")
    (root / "a.txt").write_text(
        "The NSPCC asked forces.\n\nKent Police recorded 260 offences in 2018/19. It cost £300. "
        "Essex Police did not respond.\n"
    )
    (root / "b.txt").write_text("Surrey Police recorded 61 offences in 2018/19 and 52 in 2017/18. It cost £20.\n")
    (root / "c.pdf").write_bytes(b"%PDF-1.4 nothing")
    return root


@pytest.fixture(scope="module")
def counted(folder):
    return count_uses(expand([str(folder)]))


def test_places_that_match_decisions_and_releases_are_counted(counted):
    uses, _ = counted
    assert (uses["year.police"].chosen, uses["year.police"].releases) == (3, 2)
    assert uses["year.police"].matched == 3
    assert (uses["count-not.money"].matched, uses["count-not.money"].chosen) == (2, 0)
    assert uses["count.digits"].matched == 0
    assert uses["count.digits"].chosen == 3


def test_rules_before_and_behind_the_pipeline_are_counted(counted):
    uses, _ = counted
    asked = {rule.id for name in ("relevance", "no_answer") for rule in load_rules(name)}
    assert any(uses[one].matched for one in asked & set(uses) if one.startswith("no_answer"))
    assert any(uses[one].matched for one in asked & set(uses) if not one.startswith("no_answer"))


def test_endings_count_for_the_rule_and_for_themselves(counted):
    uses, _ = counted
    assert all(parts(one) == (one, None) for one in uses)
    # "52 in 2017/18" has its noun before it.
    assert (uses["-counted"].chosen, uses["-before"].chosen, uses["measure.offences"].chosen) == (2, 1, 3)


def test_a_file_that_cannot_be_read_is_named(counted):
    _, failures = counted
    assert [Path(failure.source).name for failure in failures] == ["c.pdf"]


def test_nothing_is_watched_in_this_process(counted):
    assert all(type(rule.pattern).__name__ == "Pattern" for rule in load_rules("year"))


def test_the_command_lists_uses_and_what_is_unused(folder):
    done = call("rules", "year", "--corpus", folder / "a.txt")
    assert (done.returncode, done.stderr) == (0, "")
    assert "[matched 1, chosen 1, in 1 releases, SINGLE USE]" in done.stdout
    whole = call("rules", "--corpus", folder)
    assert whole.returncode == 1
    assert "c.pdf" in whole.stderr
    assert "decisions in code" in whole.stdout
    assert "\ndead: " in whole.stdout


def test_the_command_writes_the_page(folder, tmp_path):
    done = call("rules", "--corpus", folder / "a.txt", "--out", tmp_path / "rules.md")
    assert done.returncode == 0
    page = (tmp_path / "rules.md").read_text("utf-8")
    assert page.startswith("# Rules\n")
    assert "Counted over 1 releases." in page
    refused = call("rules", "year", "--out", tmp_path / "x.md")
    assert refused.returncode == 2
    assert "without a FILE" in refused.stderr
