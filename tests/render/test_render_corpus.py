"""The corpus: built from the gold to the byte, and each rendering keeps the text that its labels are about."""

from __future__ import annotations

import csv
import itertools
from pathlib import Path

import pytest
from tests.render.build import ROOT, assign, files, read_plan, render

from extract.evaluate.gold import GoldRelease, load_gold
from extract.evaluate.project import Projection, project_gold
from extract.read import read_file
from extract.read.dates import is_date_line
from extract.records import Mention

GOLD = load_gold(ROOT / "gold")
BY_ID = {g.id: g for g in GOLD}
PLAN = {row.id: row for row in read_plan()}
CORPUS = ROOT / "corpus"
# What folding does not undo: bullets that were letters, a note mark that a reader rightly leaves out.
LEAST_SIMILARITY = 0.98


def test_the_plan_knows_every_gold_release_and_the_corpus_is_what_it_makes() -> None:
    assert set(PLAN) == {g.id for g in GOLD}
    made = dict(files(GOLD, list(PLAN.values())))
    stale = [name for name, content in made.items() if (CORPUS / name).read_bytes() != content]
    assert not stale, "run `python -m tests.render.build`"
    kept = {p.name for p in CORPUS.iterdir() if p.suffix in (".html", ".pdf", ".txt", ".json")}
    assert kept == set(made) - {"manifest.csv"}


def test_the_manifest_repeats_split_and_date_of_the_gold() -> None:
    rows = {row["id"]: row for row in csv.DictReader((CORPUS / "manifest.csv").read_text("utf-8").splitlines())}
    assert set(rows) == {g.id for g in GOLD}
    for gold in GOLD:
        assert (rows[gold.id]["split"], rows[gold.id]["published"]) == (gold.split, gold.published or "")


def test_forms_are_many_and_in_both_splits() -> None:
    forms = [row.form for row in PLAN.values()]
    assert sum(f.startswith("html") for f in forms) >= 10
    assert sum(f.startswith("pdf") for f in forms) >= 8
    for split in ("dev", "test"):
        assert {PLAN[g.id].form.split("-")[0] for g in GOLD if g.split == split} == {"html", "pdf", "json", "txt"}


def test_new_gold_gets_a_form_of_its_own_and_old_rows_stay() -> None:
    rows = assign(GOLD, list(PLAN.values())[3:])
    assert {r.id for r in rows} == set(PLAN)
    assert [r for r in rows if r.id in set(list(PLAN)[3:])] == list(PLAN.values())[3:]


@pytest.mark.parametrize(("id", "form"), [(g.id, PLAN[g.id].form) for g in GOLD])
def test_a_rendering_keeps_the_text_and_every_label(id: str, form: str) -> None:
    gold = BY_ID[id]
    read = read_file(CORPUS / PLAN[gold.id].file)
    # Neither parameters nor messages hold text: that of test releases is not to be seen by those who write rules.
    # A line that readers may leave out may also stay.
    without = "".join(line for line in _lines(gold) if not _left_out(line))
    similarity = max(Projection(text, read.text).similarity for text in (gold.text, without))
    lost = sum(not _left_out(_line_of(gold, m)) for m in project_gold(gold, read.text).unprojected_mentions)
    assert (similarity >= LEAST_SIMILARITY, lost) == (True, 0), (
        f"{form}: similarity {similarity:.3f}, {lost} labels lost"
    )


def _lines(gold: GoldRelease) -> list[str]:
    return gold.text.splitlines(keepends=True)


def _line_of(gold: GoldRelease, mention: Mention) -> str:
    ends = itertools.accumulate(len(line) for line in _lines(gold))
    return next(line for line, end in zip(_lines(gold), ends, strict=True) if mention.start < end)


def _left_out(line: str) -> bool:
    """Tell whether readers of pages and prints rightly leave a line out: a dateline, another story's link."""
    return is_date_line(line.strip()) or line.lower().startswith(
        ("read more:", "more news:", "read next:", "see also:")
    )


@pytest.mark.parametrize("form", ["pdf-one", "pdf-two", "pdf-table", "html-a", "html-b"])
def test_rendering_is_reproducible(form: str) -> None:
    plan = next(iter(PLAN.values()))
    gold = next(g for g in GOLD if g.id == plan.id)
    row = type(plan)(plan.id, form, "A Publisher", "")
    assert render(gold, row) == render(gold, row)


def test_no_reader_refers_to_the_templates() -> None:
    sources = "\n".join(p.read_text("utf-8") for p in Path(ROOT / "src" / "extract").rglob("*.*") if p.suffix != ".pyc")
    for name in {row.publisher for row in PLAN.values() if row.publisher}:
        assert name not in sources
    assert "tests.render" not in sources
