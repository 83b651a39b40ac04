"""The review queue, its tasks, and answers that come back as corrections and gold: real files and hand-made cases."""

from __future__ import annotations

import csv
import json
import xml.etree.ElementTree as ET
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from tests.cli.test_cli import call
from tests.evaluate.make import gold, observation, predicted

from extract.batch import expand, process, run
from extract.errors import GoldError
from extract.evaluate.answers import read_answers, review_config, review_tasks
from extract.evaluate.gold import load_gold
from extract.evaluate.review import doubt, queue, reasons, rule_precision
from extract.evaluate.tally import Share
from extract.store import Store
from extract.store.database import read_only
from extract.store.stored import stored_releases
from extract.tabulate.tables_in import read_corrections

ROOT = Path(__file__).parents[2]
GOLD = load_gold(ROOT / "gold", "dev")
FILES = [
    ROOT / "corpus" / f"{name}"
    for name in (
        "grooming-offences-climb-by-34-in-two.html",
        "in-the-west-midlands-region-391-offences.json",
        "suffolk-online-grooming-reports-at-highest.txt",
    )
]
TEXT = "Kent Police recorded 120 offences in 2017/18. Essex Police had 80, Surrey Police 61."
PLAIN = observation(TEXT, "120", value=120.0, rules={"period": "period.with-figure", "offence": "offence.topic"})


@pytest.fixture(scope="module")
def read():
    return [process(source) for source in expand(map(str, FILES))]


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    path = tmp_path_factory.mktemp("review") / "nspcc.db"
    with Store(path) as made:
        run(expand(map(str, FILES)), made)
    return path


def test_precision_is_counted_by_field_and_rule_over_dev_alone():
    right = replace(PLAIN, offence="grooming")
    wrong = observation(TEXT, "80", value=80.0, offence="cruelty-and-neglect", rules={"offence": "offence.topic"})
    found = predicted("a", TEXT, (), (right, wrong))
    truth = (right, replace(wrong, offence="grooming"))
    counts = rule_precision([found], [gold("a", TEXT, (), truth)])
    assert counts == {("period", "period.with-figure"): Share(1, 1), ("offence", "offence.topic"): Share(1, 2)}
    assert rule_precision([found], [gold("a", TEXT, (), truth, split="test")]) == {}


def test_doubt_is_put_together_from_flags_margin_and_rules():
    assert doubt(PLAIN, {}) == 0
    assert doubt(replace(PLAIN, flags=("conflicting_geography",)), {}) == 0.5
    assert doubt(replace(PLAIN, margin=0.0), {}) == 0.2
    assert doubt(PLAIN, {("offence", "offence.topic"): Share(6, 8)}) == pytest.approx(0.2)
    both = replace(PLAIN, flags=("conflicting_geography",), margin=0.0)
    assert doubt(both, {}) == 0.6
    assert doubt(both, {}, frozenset({"margin"})) == 0.2
    assert doubt(both, {}, frozenset({"flag"})) == 0.5


def test_reasons_are_told_where_something_speaks_against_a_record():
    assert reasons(PLAIN, {("offence", "offence.topic"): Share(19, 20)}) == ()
    assert reasons(PLAIN, {("offence", "offence.topic"): Share(0, 2)}) == (), "two cases say too little"
    flagged = replace(PLAIN, flags=("arithmetic_mismatch",), notes=("3 is not 4",), margin=0.1)
    assert reasons(flagged, {("offence", "offence.topic"): Share(2, 4)}) == (
        "flag arithmetic_mismatch",
        "3 is not 4",
        "another reading weighed nearly as much (margin 0.10)",
        "offence by offence.topic, right in 2 of 4 on gold",
    )
    assert reasons(flagged, {}, frozenset({"rule"})) == ()
    assert reasons(flagged, {}, frozenset({"flag"})) == ("flag arithmetic_mismatch", "3 is not 4")


def test_the_queue_has_the_most_doubtful_first_and_none_without_reason():
    eighty = observation(TEXT, "80", value=80.0, margin=0.2)
    sixty = observation(TEXT, "61", value=61.0, flags=("arithmetic_mismatch",))
    found = [predicted("b", TEXT, (), (PLAIN, eighty)), predicted("a", TEXT, (), (sixty,))]
    assert [i.observation.value for i in queue(found, {}, 5)] == [61, 80]
    assert [i.observation.value for i in queue(found, {}, 1)] == [61]


def test_a_store_gives_back_what_was_put_into_it(read, store):
    with closing(read_only(store)) as connection:
        again = list(stored_releases(connection))
    for old, new in zip(sorted(read, key=lambda a: a.release.id), again, strict=True):
        assert new.release == replace(old.release, blocks=())
        assert new.to_json() == old.to_json()


def answer(tasks, change):
    """Return a Label Studio export: predictions submitted as annotations, after a reviewer's change."""
    made = []
    for number, task in enumerate(json.loads(tasks), 1):
        results = change(task["data"]["id"], task["predictions"][0]["result"])
        annotations = [] if results is None else [{"id": number, "was_cancelled": False, "result": results}]
        made.append({"id": number, "data": task["data"], "annotations": annotations, "predictions": []})
    return json.dumps(made)


def test_answers_that_change_nothing_give_no_corrections_and_the_same_labels(read, tmp_path):
    items = queue(read, {}, 1000)
    (tmp_path / "e.json").write_text(answer(review_tasks(items), lambda _, results: results))
    taken = read_answers(tmp_path / "e.json", read, "A. Name")
    assert (taken.corrections, taken.added, taken.removed, taken.unanswered) == ((), 0, 0, 0)
    by_id = {one.release.id: one for one in read}
    assert {release.id for release in taken.releases} == {item.annotated.release.id for item in items}
    for release in taken.releases:
        assert [m.to_json() for m in release.mentions] == [m.to_json() for m in by_id[release.id].mentions]


def edited(results, start, name, value):
    """Return results with one field of the figure at an offset written anew."""
    made = json.loads(json.dumps(results))
    regions = {r["id"] for r in made if r["value"]["start"] == start and r["value"].get("labels") == ["FIGURE"]}
    for result in made:
        if result["id"] in regions and result["from_name"] == name:
            result["value"]["choices" if "choices" in result["value"] else "text"] = [value]
    return made


def test_an_answer_becomes_corrections_that_the_dataset_applies(read, store, tmp_path):
    found = next(one for one in read if one.release.id.startswith("grooming"))
    target = next(o for o in found.observations if o.flags and o.period and o.statistic == "share")
    items = queue([found], {}, 1000)

    def change(_, results):
        once = edited(results, target.start, "geography", "kent")
        twice = edited(once, target.start, "period", "2018-04-01/2019-03-31")
        return edited(twice, target.start, "value", "72.5")

    (tmp_path / "e.json").write_text(answer(review_tasks(items), change))
    taken = read_answers(tmp_path / "e.json", read, "A. Name, 2024-05-01")
    fields = {row["field"]: (row["old"], row["new"]) for row in taken.corrections}
    assert fields["value"] == (f"{target.value:g}", "72.5")
    assert fields["geographies"] == ("; ".join(target.geography), "kent")
    assert fields["period_start"] == (target.period[0], "2018-04-01")
    assert set(fields) <= {"value", "geographies", "period_start", "period_end"}
    with (tmp_path / "fixes.csv").open("w", newline="") as stream:
        writer = csv.DictWriter(stream, taken.corrections[0], lineterminator="\n")
        writer.writeheader()
        writer.writerows(taken.corrections)
    rows = read_corrections(tmp_path / "fixes.csv")
    with Store(store) as opened:
        assert opened.prepare_dataset(rows, []) == len(rows)


def test_figures_put_in_and_taken_out_are_counted(read, tmp_path):
    found = read[1]
    items = queue([found], {("statistic", "statistic.number"): Share(0, 9)}, 1000)

    def change(_, results):
        last = max(int(r["id"][1:]) for r in results if r["id"].startswith("o"))
        return [r for r in results if r["id"] != f"o{last}"]

    (tmp_path / "e.json").write_text(answer(review_tasks(items), change))
    taken = read_answers(tmp_path / "e.json", read, "A. Name")
    assert (taken.added, taken.removed) == (0, 1)


def test_tasks_without_an_answer_are_counted_and_wait(read, tmp_path):
    tasks = review_tasks(queue(read, {}, 1000))
    first = json.loads(tasks)[0]["data"]["id"]
    (tmp_path / "e.json").write_text(answer(tasks, lambda i, results: results if i == first else None))
    taken = read_answers(tmp_path / "e.json", read, "A. Name")
    assert [release.id for release in taken.releases] == [first]
    assert taken.unanswered == len(json.loads(tasks)) - 1


def test_answers_about_other_inputs_are_refused(read, tmp_path):
    path = tmp_path / "e.json"
    path.write_text(answer(review_tasks(queue(read, {}, 1000)), lambda _, results: results))
    with pytest.raises(GoldError, match="is not among the inputs"):
        read_answers(path, [], "A. Name")
    other = [replace(one, release=replace(one.release, text=one.release.text + " ")) for one in read]
    with pytest.raises(GoldError, match="another text"):
        read_answers(path, other, "A. Name")
    path.write_text("{}")
    with pytest.raises(GoldError, match="no list of tasks"):
        read_answers(path, read, "A. Name")


def test_a_task_says_what_to_look_at_and_the_interface_shows_it(read):
    (task, *_) = json.loads(review_tasks(queue(read, {}, 1000)))
    assert "(at " in task["data"]["review"]
    assert "annotations" not in task
    view = ET.fromstring(review_config())
    assert [text.get("value") for text in view.iter("Text")] == ["$review", "$text"]


@pytest.mark.slow
def test_doubts_of_reading_find_wrong_records_more_often_than_chance():
    """Precision is learnt on one half of the releases and the queue made of the other, both ways."""
    sources = [s for s in expand([str(ROOT / "corpus")]) if s.id in BY_ID]
    found = [process(source) for source in sources]
    kinds = frozenset({"margin", "rule"})
    first = []
    for half, other in ((found[::2], found[1::2]), (found[1::2], found[::2])):
        precision = rule_precision(half, GOLD)
        first += [_wrong(item) for item in queue(other, precision, 75, kinds)]
    every = [_wrong_at(one, n) for one in found for n in range(len(one.observations))]
    assert sum(first) / len(first) > 1.25 * sum(every) / len(every)


BY_ID = {release.id: release for release in GOLD}


def _wrong(item):
    return _wrong_at(item.annotated, item.ordinal)


def _wrong_at(found, ordinal):
    from extract.evaluate.align import equal_fields, observation_pairs
    from extract.evaluate.project import project_gold
    from extract.records import FIELDS

    wanted = project_gold(BY_ID[found.release.id], found.release.text).observations
    pairs = {p: g for g, p in observation_pairs(wanted, found.observations)}
    return ordinal not in pairs or len(equal_fields(wanted[pairs[ordinal]], found.observations[ordinal])) < len(FIELDS)


def test_the_commands_of_a_review_from_queue_to_dataset(store, tmp_path):
    listed = call("review", store, "--gold", ROOT / "gold", "--top", "3", "--tasks", tmp_path / "tasks")
    assert (listed.returncode, listed.stderr) == (0, "")
    assert "3 observations to look at" in listed.stdout
    tasks = (tmp_path / "tasks/review.json").read_text("utf-8")
    (tmp_path / "export.json").write_text(answer(tasks, lambda _, results: results), "utf-8")
    arguments = ("review", store, "--answers", tmp_path / "export.json", "--gold-out", tmp_path / "gold")
    assert "comes from nobody" in call(*arguments).stderr
    done = call(*arguments, "--reviewer", "A. Name", "--corrections", tmp_path / "fixes.csv")
    assert (done.returncode, done.stderr) == (0, "")
    assert (tmp_path / "fixes.csv").read_text() == "observation_id,field,old,new,reason,source\n"
    checked = call("gold", "check", "--gold", tmp_path / "gold")
    assert "gold files are valid" in checked.stdout
    again = call(*arguments, "--reviewer", "A. Name")
    assert again.returncode == 2
    assert "is there already" in again.stderr


def test_calls_of_a_review_that_make_no_sense(tmp_path):
    (tmp_path / "a.txt").write_text(TEXT)
    assert "give --answers EXPORT" in call("review", "a.txt", "--reviewer", "x", cwd=tmp_path).stderr
    assert "taken in nowhere" in call("review", "a.txt", "--answers", "e.json", cwd=tmp_path).stderr
