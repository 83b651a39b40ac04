"""docs/rules.md is the page that the rule files and the decisions give; verdicts on hand-counted uses."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from extract.evaluate.catalogue import Use, about, by_verdict, catalogue_markdown, counted, uses_markdown
from extract.lexicon.decisions import decisions, rule_rows
from extract.lexicon.rules import rule_files

PAGE = Path(__file__).parents[2] / "docs/rules.md"
HITS = "## Hits on the corpus"


def test_the_page_has_the_rules_as_they_are():
    given, _, _ = PAGE.read_text("utf-8").partition("\n" + HITS)
    assert given == catalogue_markdown(), "docs/rules.md is stale: run make docs"


def test_the_page_counts_every_id_and_no_other():
    _, _, hits = PAGE.read_text("utf-8").partition(HITS)
    rows = re.findall(r"^\| `([^`]+)` \| (\d*) \| (\d+) \| (\d+) \|$", hits, re.MULTILINE)
    assert [row[0] for row in rows] == counted(), "docs/rules.md is stale: run make docs"
    assert all((row[1] == "") == (row[0] in decisions()) for row in rows)


def test_what_the_page_shows_of_an_example_is_the_example():
    html = MarkdownIt("commonmark").enable("table").render(catalogue_markdown())
    shown = re.findall(r"<code>(.*?)</code>", html)
    unescaped = {
        s.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", '"').replace("&amp;", "&") for s in shown
    }
    for _, rule in rule_rows().values():
        for example in (*rule.yes, *rule.no):
            assert example.replace("\n", "⏎") in unescaped, (rule.id, example)


@pytest.mark.parametrize("file", rule_files())
def test_a_rule_file_opens_with_what_it_is_for(file):
    assert len(about(file)) > 20


@pytest.mark.parametrize(
    ("use", "verdict"),
    [
        (Use(), "dead"),
        (Use(1, 0, 1), "single use"),
        (Use(0, 1, 1), "single use"),
        (Use(1, 1, 1), "single use"),
        (Use(2, 0, 1), "in use"),
        (Use(1, 3, 2), "in use"),
    ],
)
def test_verdict(use, verdict):
    assert use.verdict == verdict


def test_the_unused_are_listed_and_candidates_are_not():
    uses = {one: Use(5, 5, 5) for one in counted()} | {"year.police": Use(1, 1, 1)}
    del uses["geography.carried"]
    assert by_verdict(uses, "dead") == ["geography.carried"]
    assert by_verdict(uses, "single use") == ["year.police"]
    page = uses_markdown(uses, 7)
    assert "over 7 releases" in page
    assert "Dead (1): `geography.carried`." in page
    assert "Single use (1): `year.police`." in page
    assert "| `geography.carried` |  | 0 | 0 |" in page
