"""Comparability: what stands between a figure and the others of its series."""

import pytest

from builders import GROOMING, YEAR_1718, YEAR_1819, observe, released
from extract.lexicon.vocabulary import force_ids, ids
from extract.records import Mention
from extract.tabulate import tables
from extract.tabulate.comparability import families
from extract.tabulate.coverage import coverage_rows, covered
from extract.tabulate.history import former_named, formers, merged_before

TEXT = "In all 4,373 offences in 2018/19 and 3,171 in 2017/18; 41 forces, 39 forces, 12 more."


def marks(*releases):
    """Return (value, mark, detail) of all marks."""
    made = tables(releases)
    values = dict(zip(made["figures"]["figure_id"], made["figures"]["value"], strict=True))
    rows = made["comparability"].itertuples(index=False)
    found = sorted((values[row.figure_id], row.mark, row.detail) for row in rows)
    cells = {values[k]: v for k, v in zip(made["figures"]["figure_id"], made["figures"]["comparability"], strict=True)}
    for value, cell in cells.items():
        assert cell == "; ".join(mark for v, mark, _ in found if v == value)
    return found


def forces(figure, period, sentence="Data from {} police forces was obtained."):
    return observe(TEXT, figure, measure="forces", geography=("uk",), period=period, sentence=sentence.format(figure))


def counted(figure, period=YEAR_1819, **fields):
    return observe(TEXT, figure, **({"geography": ("uk",), "period": period} | fields))


def test_a_changed_number_of_forces_is_marked_on_both_sides():
    one = released("r1", TEXT, counted("4,373"), forces("41", YEAR_1819))
    two = released("r2", TEXT, counted("3,171", YEAR_1718), forces("39", YEAR_1718), published="2018-11-05")
    assert marks(one, two) == [
        (3171, "coverage", "over 39 forces; over 41 for 2018/19"),
        (4373, "coverage", "over 41 forces; over 39 for 2017/18"),
    ]


def test_the_same_number_of_forces_is_no_mark_and_neither_is_one_that_is_not_told():
    same = [forces("41", None), counted("4,373"), counted("3,171", YEAR_1718)]
    assert marks(released("r1", TEXT, *same)) == []
    untold = released("r2", TEXT, counted("3,171", YEAR_1718))
    assert marks(released("r1", TEXT, counted("4,373"), forces("41", None)), untold) == []


def test_forces_that_saw_a_rise_are_no_coverage():
    told = forces("12", YEAR_1819, "Data from 41 forces shows that {} forces recorded more.")
    made = released("r1", TEXT, told, forces("41", YEAR_1819, "Data from {} forces shows that 12 forces had more."))
    assert [row["forces"] for row in coverage_rows(made, ["a", "b"])] == [41.0]


@pytest.mark.parametrize(
    ("sentence", "is_one"),
    [
        ("Of the forces, 41 responded.", False),
        ("Requests were sent to all forces; 41 of them replied.", False),
        ("41 of the 45 forces in the UK replied to the request.", True),
        ("We asked every force and received answers from 41 forces.", True),
        ("The figures were supplied by 41 constabularies.", True),
        ("The 41 forces that were able to provide data recorded 4,373.", True),
        ("In 41 forces the number of offences rose.", False),
        ("41 forces have trained officers.", False),
    ],
)
def test_what_says_that_forces_gave_data(sentence, is_one):
    made = released("r1", TEXT, observe(TEXT, "41", measure="forces", sentence=sentence))
    assert bool(coverage_rows(made, ["a"])) is is_one


def test_coverage_holds_for_its_period_or_for_the_whole_release():
    rows = [
        {"forces": 39.0, "period_start": "2016-04-01", "period_end": "2018-03-31"},
        {"forces": 41.0, "period_start": "2018-04-01", "period_end": "2019-03-31"},
    ]
    assert covered(rows, *YEAR_1718) == 39
    assert covered(rows, *YEAR_1819) == 41
    assert covered(rows, "2019-04-01", "2020-03-31") is None
    assert covered([{"forces": 38.0, "period_start": None, "period_end": None}], None, None) == 38


def test_a_period_that_is_no_police_year_is_marked():
    nine = ("2018-04-01", "2018-12-31")
    calendar = ("2018-01-01", "2018-12-31")
    release = released(
        "r1",
        TEXT,
        counted("4,373", nine, geography=("kent",)),
        counted("3,171", calendar, geography=("essex",)),
        counted("12", calendar, measure="contacts", geography=()),
    )
    assert marks(release) == [
        (3171, "period", "12 months, 2018-01-01 to 2018-12-31: not a police year"),
        (4373, "period", "9 months, 2018-04-01 to 2018-12-31: not a police year"),
    ]


def test_offences_that_are_taken_for_each_other_are_marked():
    old = ("2015-04-01", "2016-03-31")
    release = released(
        "r1",
        TEXT,
        counted("4,373", offence=GROOMING),
        counted("3,171", YEAR_1718, offence="grooming"),
        counted("12", offence="child-abuse-images"),
    )
    assert marks(release) == [
        (3171, "definition", f"other figures count {GROOMING}"),
        (4373, "definition", "other figures count grooming"),
    ]
    before = released("r1", TEXT, counted("4,373", old), counted("3,171", old, geography=("scotland",)))
    assert marks(before) == [(4373, "definition", "the offence came into force on 2017-04-03")]


def named(name, force, figure="12", period=("2011-04-01", "2012-03-31")):
    text = f"{name} recorded {figure} offences."
    mention = Mention("FORCE", 0, len(name), name, force)
    return released("r1", text, observe(text, figure, geography=(force,), period=period), mentions=[mention])


def test_a_part_of_a_later_force_is_not_that_force():
    made = tables([named("Strathclyde Police", "scotland")])
    assert list(made["former_names"]["name"]) == ["Strathclyde Police"]
    assert (len(made["observations"]), len(made["figures"]), len(made["force_year"])) == (1, 0, 0)


def test_a_force_under_its_former_name_is_that_force():
    made = tables([named("Hampshire Constabulary", "hampshire", period=YEAR_1819)])
    assert list(made["former_names"]["name"]) == ["Hampshire Constabulary"]
    assert list(made["force_year"]["force"]) == ["hampshire"]
    assert list(tables([named("Police Scotland", "scotland")])["former_names"]["name"]) == []


def test_a_figure_of_a_force_before_it_was_merged_is_marked():
    found = [mark for mark in marks(named("Police Scotland", "scotland")) if mark[1] == "force"]
    assert found[0][2].startswith("until 2013-03-31 there were Strathclyde Police, Lothian and Borders Police, ")
    later = named("Police Scotland", "scotland", period=("2013-04-01", "2014-03-31"))
    assert [mark for mark in marks(later) if mark[1] == "force"] == []


def test_the_name_nearest_before_the_figure_counts():
    text = "Tayside Police recorded 12 offences. Police Scotland recorded 41."
    mentions = (
        Mention("FORCE", 0, 14, "Tayside Police", "scotland"),
        Mention("FORCE", 37, 52, "Police Scotland", "scotland"),
    )
    one, two = (observe(text, figure, geography=("scotland",)) for figure in ("12", "41"))
    assert former_named(one, mentions).name == "Tayside Police"
    assert former_named(two, mentions) is None
    assert former_named(observe(text, "41", geography=("kent", "scotland")), mentions) is None


def test_the_data_files_name_what_is_known():
    assert len(merged_before("scotland")) == 8
    assert {former.geography for former in formers().values()} <= force_ids()
    assert set(families()) <= ids("offences")
    assert {one.where for one in families().values()} <= ids("geographies") | {""}
