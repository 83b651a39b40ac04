"""Every force and platform of the vocabulary is found by its names, in every spelling that such texts use."""

import pytest

from extract.annotate import find_mentions
from extract.errors import LexiconError
from extract.lexicon import gazetteer
from extract.lexicon.vocabulary import geographies, ids, read_rows
from extract.records import Release

FORCES = [g for g in geographies().values() if g.kind == "force"]
REGIONS = [g for g in geographies().values() if g.kind in ("nation", "region", "area")]
PLATFORMS = read_rows("vocabulary/platforms.csv")
ALIASES = [name for name in gazetteer.names() if name.force_kind in ("full", "only")]


def mentions(text):
    return [(m.label, m.text, m.value) for m in find_mentions(Release(id="x", text=text)) if m.label != "YEAR"]


@pytest.mark.parametrize("force", FORCES, ids=lambda g: g.id)
def test_each_force_is_found_by_its_full_name(force):
    text = f"Figures from {force.name} show a rise."
    assert mentions(text) == [("FORCE", force.name, force.id)]


@pytest.mark.parametrize("force", FORCES, ids=lambda g: g.id)
def test_each_force_is_found_in_capitals(force):
    name = force.name.upper()
    assert mentions(f"{name} SAW A RISE") == [("FORCE", name, force.id)]


@pytest.mark.parametrize("alias", [a for a in ALIASES if a.alias != "Met"], ids=lambda n: n.alias)
def test_each_name_that_is_only_a_force_is_one_without_a_noun(alias):
    assert mentions(f"There was a rise at {alias.alias} too.") == [("FORCE", alias.alias, alias.force_id)]


@pytest.mark.parametrize("place", [n for n in gazetteer.names() if n.force_kind == "place"], ids=lambda n: n.alias)
def test_each_forces_area_is_a_force_with_the_noun_and_an_area_without(place):
    assert mentions(f"{place.alias} Police saw a rise.") == [("FORCE", f"{place.alias} Police", place.force_id)]
    assert mentions(f"There was a rise in {place.alias}.") == [("AREA", place.alias, place.area_id)]


@pytest.mark.parametrize("region", REGIONS, ids=lambda g: g.id)
def test_each_nation_and_region_is_found(region):
    name = region.name.removesuffix(" (region)")
    assert mentions(f"There was a rise in the {name}.") == [("AREA", name, region.id)]


@pytest.mark.parametrize("row", PLATFORMS, ids=lambda r: r["id"])
def test_each_platform_is_found_in_a_list_of_platforms(row):
    for name in row["name"].split(", "):
        if name not in ("Google services", "Oculus"):
            assert ("PLATFORM", name, (row["id"],)) in mentions(f"Police named Facebook, {name} and Snapchat.")


def test_every_alias_of_the_lexicon_has_an_id_of_the_vocabulary():
    names = gazetteer.names()
    assert {n.force_id for n in names if n.force_id} == {g.id for g in FORCES}
    assert {n.platform_id for n in names if n.platform_id} == ids("platforms")
    assert {g.id for g in REGIONS} <= {n.area_id for n in names}


FORCE_ROW = {"alias": "X", "geography": "kent", "kind": "place"}
AREA_ROW = {"name": "X", "geography": "x-town", "kind": "town", "care": ""}


@pytest.mark.parametrize(
    ("file", "rows", "problem"),
    [
        ("force_names", [FORCE_ROW | {"geography": "nowhere"}], "unknown id nowhere"),
        ("force_names", [FORCE_ROW | {"kind": "force"}], "unknown kind"),
        ("force_names", [FORCE_ROW, FORCE_ROW], "given twice"),
        ("area_names", [AREA_ROW | {"geography": "X Town"}], "no slug"),
        ("area_names", [AREA_ROW | {"care": "some"}], "unknown kind or care"),
        ("platform_names", [{"alias": "X", "platform": "x", "need": ""}], "unknown id x"),
    ],
)
def test_a_row_that_is_not_valid_is_refused(file, rows, problem):
    with pytest.raises(LexiconError, match=problem):
        gazetteer.merge({file: rows})
