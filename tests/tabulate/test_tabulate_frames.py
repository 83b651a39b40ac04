"""Annotated releases as tables: each value in its place, and in the series only what belongs there."""

import pandas as pd
import pytest

from builders import GROOMING, YEAR_1718, YEAR_1819, count_mention, observe, released
from extract.records import Mention
from extract.tabulate import SCHEMA, panel, tables
from extract.tabulate.series import police_year, why_not_in_series

TEXT = "Kent Police recorded 260 offences in 2018/19, up from 194."


def test_every_table_has_the_columns_of_the_schema_in_its_order():
    made = tables([released("r1", TEXT, observe(TEXT, "260"))])
    # What users give beside the releases is no table of theirs.
    given = {"corrections", "population", "force_year_rate"}
    assert set(made) == {t.name for t in SCHEMA.values() if t.kind in ("data", "code")} - given
    for name, frame in made.items():
        assert tuple(frame.columns) == SCHEMA[name].names


def test_no_release_gives_empty_tables_of_the_same_form():
    made = tables([])
    assert made["observations"].empty
    assert tuple(made["force_year"].columns) == SCHEMA["force_year"].names
    assert panel(made["force_year"]).empty


def test_an_observation_and_its_links_and_evidence():
    o = observe(
        TEXT,
        "260",
        geography=("kent", "essex"),
        platforms=("snapchat", "facebook"),
        flags=("period_inferred",),
        notes=("194 + 66 = 260",),
        rules={"period": "year.police"},
        age=(None, 11),
        gender="female",
        base=YEAR_1718,
    )
    made = tables([released("r1", TEXT, o)])
    row = made["observations"].iloc[0]
    key = row["observation_id"]
    assert (row["figure_text"], row["value"], row["unit"]) == ("260", 260.0, "number")
    assert (row["period_start"], row["base_end"]) == ("2018-04-01", "2018-03-31")
    assert (row["age_min"] is pd.NA, row["age_max"], row["gender"]) == (True, 11, "female")
    assert (row["block"], row["page"], row["element"]) == ("paragraph", 2, "/html/body/p[1]")
    assert made["observation_geographies"].to_dict("list") == {
        "observation_id": [key, key],
        "geography": ["essex", "kent"],
    }
    assert list(made["observation_platforms"]["platform"]) == ["facebook", "snapchat"]
    assert list(made["observation_flags"]["flag"]) == ["period_inferred"]
    assert list(made["observation_notes"]["note"]) == ["194 + 66 = 260"]
    assert made["observation_rules"].iloc[0].to_list() == [key, "period", "year.police"]


def test_mentions_of_each_label_have_their_value_in_its_own_column():
    text = "Kent Police, London: 260 in 2018/19, a quarter on Facebook apps, sometime"
    mentions = [
        count_mention(text, "Kent Police", "FORCE", "kent"),
        count_mention(text, "London", "AREA", "london"),
        count_mention(text, "260"),
        count_mention(text, "2018/19", "YEAR", YEAR_1819),
        count_mention(text, "quarter", "PERCENTAGE", (25.0, "percent")),
        count_mention(text, "Facebook apps", "PLATFORM", ("facebook", "instagram")),
        Mention("YEAR", text.index("sometime"), len(text), "sometime", None),
    ]
    made = tables([released("r1", text, mentions=mentions)])
    shown = made["mentions"][["geography", "number", "unit", "period_start"]].astype(object)
    assert shown.where(shown.notna(), None).to_numpy().tolist() == [
        ["kent", None, None, None],
        ["london", None, None, None],
        [None, 260.0, None, None],
        [None, None, None, "2018-04-01"],
        [None, 25.0, "percent", None],
        [None, None, None, None],
        [None, None, None, None],
    ]
    assert list(made["mention_platforms"]["platform"]) == ["facebook", "instagram"]


def test_two_observations_of_one_statistic_on_one_anchor_keep_apart_by_their_ordinal():
    text = "300 in each of the past two years"
    pair = (observe(text, "300", period=YEAR_1718), observe(text, "300", period=YEAR_1819))
    made = tables([released("r1", text, *pair)])["observations"]
    assert list(made["ordinal"]) == [0, 1]
    assert made["observation_id"].is_unique


def test_ids_depend_on_the_place_and_not_on_what_was_read_there():
    first = tables([released("r1", TEXT, observe(TEXT, "260"))])["observations"]
    again = tables([released("r1", TEXT, observe(TEXT, "260", geography=("essex",)))])["observations"]
    other = tables([released("r2", TEXT, observe(TEXT, "260"))])["observations"]
    assert list(first["observation_id"]) == list(again["observation_id"])
    assert list(first["observation_id"]) != list(other["observation_id"])


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({}, None),
        ({"geography": ("scotland",)}, None),
        ({"bound": ">"}, None),
        ({"flags": ("period_repaired",)}, None),
        ({"statistic": "share", "unit": "percent"}, "statistic"),
        # Figures of a helpline or a register for Scotland carry the id of its one force; their measure keeps them out.
        ({"geography": ("scotland",), "measure": "contacts"}, "measure"),
        ({"geography": ("northern-ireland",), "measure": "children"}, "measure"),
        ({"measure": "instances"}, "measure"),
        ({"offence": None}, "offence"),
        ({"geography": ()}, "no geography"),
        ({"geography": ("kent", "sussex")}, "joint geography"),
        ({"geography": ("england-and-wales",)}, "not a force"),
        ({"geography": ("ebbw-vale",)}, "not a force"),
        ({"period": None}, "no period"),
        ({"period": ("2017-04-01", "2019-03-31")}, "not a police year"),
        ({"period": ("2018-01-01", "2018-12-31")}, "not a police year"),
        ({"period": ("2018-04-01", "2018-12-31")}, "not a police year"),
        ({"platforms": ("facebook",)}, "platform"),
        ({"gender": "female"}, "gender"),
        ({"age": (None, 11)}, "age"),
    ],
)
def test_what_the_series_admits(fields, reason):
    o = observe(TEXT, "260", **fields)
    assert why_not_in_series(o) == reason
    made = tables([released("r1", TEXT, o)])
    assert len(made["force_year"]) == (reason is None)
    stated = made["observations"]["not_in_series"].iloc[0]
    assert stated == reason or (reason is None and stated is pd.NA)


@pytest.mark.parametrize(
    ("period", "name"),
    [
        (YEAR_1718, "2017/18"),
        (("1999-04-01", "2000-03-31"), "1999/00"),
        (("2018-04-01", "2020-03-31"), None),
        (("2018-04-02", "2019-03-31"), None),
        (None, None),
    ],
)
def test_police_year(period, name):
    assert police_year(period) == name


def test_a_joint_figure_is_neither_split_nor_added_to_the_series():
    text = "194 offences by Kent and Sussex, 100 of them in Kent"
    joint, own = observe(text, "194", geography=("kent", "sussex")), observe(text, "100")
    series = tables([released("r1", text, joint, own)])["force_year"]
    assert series[["force", "year", "offence", "value"]].to_numpy().tolist() == [["kent", "2018/19", GROOMING, 100.0]]


def test_restatements_fold_into_one_row_with_all_sources():
    headline = "Almost 4,000 offences. Exactly 3,936 were recorded."
    first = released("r1", headline, observe(headline, "4,000", bound="~"), observe(headline, "3,936"))
    later = "3,936 last year"
    second = released("r2", later, observe(later, "3,936"), published="2020-06-01")
    made = tables([first, second])
    row = made["force_year"].iloc[0]
    assert (row["value"], row["bound"], row["sources"], row["releases"]) == (3936, "=", 2, "r2; r1")
    assert (row["statements"], row["revised"], row["conflicting"]) == (3, False, False)
    assert sorted(made["figure_sources"]["role"]) == ["restated", "rounded", "taken"]
    assert made["revisions"].empty


def test_a_revision_shows_the_latest_first_and_drops_nothing():
    one, two = "260 offences", "264 offences"
    made = tables(
        [
            released("old", one, observe(one, "260"), published="2019-06-01"),
            released("new", two, observe(two, "264"), published="2020-06-01"),
        ]
    )
    assert made["force_year"]["value"].to_list() == [264]
    assert made["force_year"]["revised"].to_list() == [True]
    shown = made["revisions"][["rank", "release_id", "value", "stands"]].to_numpy().tolist()
    assert shown == [[1, "new", 264.0, True], [2, "old", 260.0, False]]


def test_a_conflict_within_a_release_is_listed():
    text = "It recorded 264 offences. The 264 offences. In the table: 240."
    o = (observe(text, "264"), observe(text, "264", nth=1), observe(text, "240"))
    made = tables([released("r1", text, *o)])
    assert made["force_year"]["value"].to_list() == [264]
    assert made["conflicts"][["value", "taken_value"]].to_numpy().tolist() == [[240.0, 264.0]]


def test_the_panel_keeps_zero_apart_from_missing():
    text = "Kent 0, Essex 12"
    made = tables(
        [released("r1", text, observe(text, "0"), observe(text, "12", geography=("essex",), period=YEAR_1718))]
    )
    wide = panel(made["force_year"])
    assert list(wide.columns) == ["force", "offence", "2017/18", "2018/19"]
    assert wide.iloc[1].to_list()[3] == 0
    assert pd.isna(wide.iloc[1].to_list()[2])
