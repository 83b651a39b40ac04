"""Tables that users give: each mistake is named with its line."""

import pytest

from extract.errors import UsageError
from extract.tabulate.reconcile import COLUMNS, reconcile
from extract.tabulate.tables_in import read_corrections, read_official, read_population

OFFENCE = "child-abuse-images"


@pytest.fixture
def given(tmp_path):
    def write(text):
        path = tmp_path / "given.csv"
        path.write_text(text, "utf-8-sig")
        return path

    return write


def test_tables_are_read(given):
    path = given("observation_id,field,old,new,reason,source\nabc,value,1,2,misprint,letter of 2020\n")
    assert read_corrections(path)[0]["new"] == "2"
    path = given("geography,year,children,source\nkent,2018,338000,ONS\nkent,2018/19,338500,ONS\n")
    assert [row["children"] for row in read_population(path)] == [338000.0, 338500.0]
    path = given(f"force,year,offence,value,source\nkent,2018/19,{OFFENCE},12,Home Office\n")
    assert read_official(path)[0]["value"] == 12.0


@pytest.mark.parametrize(
    ("reader", "text", "problem"),
    [
        (read_corrections, "field,old,new\n", "lacks the columns observation_id, reason, source"),
        (
            read_corrections,
            "observation_id,field,old,new,reason,source\na,sentence,x,y,r,s\n",
            r"csv:2: corrects 'sent",
        ),
        (read_corrections, "observation_id,field,old,new,reason,source\na,value,1,2,,s\n", "csv:2: gives no reason"),
        (
            read_corrections,
            "observation_id,field,old,new,reason,source\na,value,1,2,r,s\na,value,1,3,r,s\n",
            "csv:3: corrects the same field again",
        ),
        (read_corrections, "observation_id,field,old,new,reason,source\na,value,1\n", "csv:2: has too few cells"),
        (read_population, "geography,year,children,source\nkents,2018,1,x\n", "csv:2: has the force 'kents'"),
        (read_population, "geography,year,children,source\nkent,18,1,x\n", "csv:2: has the year '18'"),
        (read_population, "geography,year,children,source\nkent,2018,1 000,x\n", "csv:2: has '1 000' as a number"),
        (read_population, "geography,year,children,source\nkent,2018,1,x\nkent,2018,2,x\n", "gives kent, 2018 twice"),
        (read_official, "force,year,offence,value,source\nkent,2018,fgm,1,x\n", "csv:2: has the year '2018'"),
        (read_official, "force,year,offence,value,source\nkent,2018/19,theft,1,x\n", "csv:2: has the offence 'theft'"),
    ],
)
def test_mistakes_are_named(given, reader, text, problem):
    with pytest.raises(UsageError, match=problem):
        reader(given(text))


def test_a_table_that_is_not_there_is_named(tmp_path):
    with pytest.raises(UsageError, match=r"none\.csv: does not exist"):
        read_official(tmp_path / "none.csv")


def row(force, value, bound="="):
    return {"force": force, "year": "2018/19", "offence": OFFENCE, "value": value, "bound": bound, "releases": "r1"}


def test_reconcile_tells_agreement_difference_and_what_only_one_side_gives():
    ours = [row("kent", 260.0), row("essex", 4000.0, "~"), row("dorset", 61.0), row("surrey", 5.0)]
    theirs = [
        {**row(f, v), "source": "ons"}
        for f, v in (("kent", 260.0), ("essex", 3936.0), ("dorset", 66.0), ("cumbria", 1.0))
    ]
    made = reconcile(ours, theirs)
    assert [(r["force"], r["verdict"], r["difference"]) for r in made] == [
        ("cumbria", "official only", None),
        ("dorset", "differs", -5.0),
        ("essex", "agrees", 64.0),
        ("kent", "agrees", 0.0),
        ("surrey", "releases only", None),
    ]
    assert all(tuple(r) == COLUMNS for r in made)
    assert made[1]["percent"] == -7.6
