"""``explain``: what bears on one place of a release, on a text of its own and on files of the corpus."""

from pathlib import Path

import pytest
from tests.cli.test_cli import call

from extract.cli.tracing import origin, topic_at, trace
from extract.lexicon.decisions import parts
from extract.records import FIELDS, Release

CORPUS = Path(__file__).parents[2] / "corpus"
TEXT = (
    "Grooming offences in Kent up by a third\n\n"
    "Kent Police recorded 194 offences of sexual communication with a child in 2017/18. A year later it was 260.\n\n"
    "Instagram was used in 34% of them, Snapchat in one in five. A survey cost £300 and took 12 weeks."
)


def traced(surface, nth=0):
    at = -1
    for _ in range(nth + 1):
        at = TEXT.index(surface, at + 1)
    return trace(Release("r1", TEXT, published="2019-11-05"), at)


def test_a_mention_is_shown_with_the_sentence_as_rules_see_it():
    found = traced("194")
    assert (found.mention.label, found.mention.value) == ("COUNT", 194)
    assert found.sentence.unit.kind == "paragraph"
    assert found.masked.text == "<G> recorded <X> offences of sexual communication with a child in <Y>."


def test_a_candidate_that_lost_is_shown_with_its_rule():
    (lost,) = traced("one in five").lost
    assert (lost.candidate.label, lost.candidate.text, lost.candidate.rule) == ("COUNT", "five", "count.words")
    assert (lost.winner.label, lost.winner.text) == ("PERCENTAGE", "one in five")


def test_a_figure_has_its_fields_with_rules_and_what_was_considered():
    (draft,) = traced("194").drafts
    assert set(draft.rules) >= set(FIELDS) - {"value", "unit", "base", "platforms", "gender", "age"}
    assert all(parts(rule) for rule in draft.rules.values())
    assert [(c.rule, c.value) for c in draft.candidates["geography"]] == [("geography.right", ("kent",))]


def test_a_value_taken_over_names_the_figure_that_says_it():
    found = traced("34%")
    (draft,) = found.drafts
    assert "geography" not in draft.own
    source = origin(draft, "geography", found.before)
    assert source.mention.text in ("194", "260")
    assert origin(draft, "statistic", found.before) is None


def test_the_topic_is_what_the_figures_before_leave():
    topic = dict(topic_at(traced("34%")))
    assert topic["geography"] == ("kent",)
    assert topic["offence"] == "sexual-communication-with-a-child"
    assert topic_at(traced("194")) == []


@pytest.mark.parametrize(("surface", "rule"), [("300", "count-not.money"), ("12", "count-not.duration")])
def test_a_number_that_is_no_mention_has_the_rows_that_bar_it(surface, rule):
    found = traced(surface)
    assert (found.mention, found.drafts) == (None, ())
    assert "<X>" in found.masked.text
    assert rule in {row.id for row, _, _ in found.over}


def test_white_space_between_units_is_no_sentence():
    found = trace(Release("r1", TEXT), TEXT.index("\n\n") + 1)
    assert (found.sentence, found.masked, found.over) == (None, None, ())


def test_the_command_prints_all_of_it(tmp_path):
    (tmp_path / "r1.txt").write_text(TEXT)
    done = call("explain", "r1.txt", "--at", TEXT.index("260"), "--width", "180", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    for part in ("paragraph", "masked: A <Y> it was <X>.", "topic that the figures before leave: geography kent",
                 "observation: count of offences", "194 at ", "what it means"):  # fmt: skip
        assert part in done.stdout, part


def test_the_command_explains_where_nothing_is_labelled(tmp_path):
    (tmp_path / "r1.txt").write_text(TEXT)
    done = call("explain", "r1.txt", "--at", TEXT.index("300"), "--width", "180", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert "No mention at" in done.stdout
    assert "the nearest is" in done.stdout
    assert "count-not.money" in done.stdout
    blank = call("explain", "r1.txt", "--at", TEXT.index("\n\n"), cwd=tmp_path)
    assert "white space between units" in blank.stdout


@pytest.mark.parametrize(
    "name", ["grooming-offences-climb-by-34-in-two.html", "suffolk-online-grooming-reports-at-highest.txt"]
)
def test_every_figure_of_a_file_can_be_explained(name):
    from extract.batch import expand, process

    found = process(expand([str(CORPUS / name)])[0])
    assert found.observations
    for observation in found.observations:
        made = trace(found.release, observation.start)
        assert observation.value in [draft.value for draft in made.drafts]
