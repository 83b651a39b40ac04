"""Projection: labels carried onto another rendering of their text."""

from __future__ import annotations

import pytest
from tests.evaluate.make import gold, mention, observation, predicted

from extract.evaluate.project import Projection, fold, project_gold
from extract.evaluate.scores import evaluate
from extract.evaluate.tally import Tally

TEXT = (
    "Online grooming up by a third\n"
    "Kent Police recorded 1,260 online abuse offences in 2017/18.\n"
    "• Essex: 42\n"
    "Force | 2017/18 | 2018/19\n"
    "Kent | 31 | -1%\n"
)

# What was read from a rendering, with the spans that [[ ]] marks expected for the marked surface forms.
CASES = [
    ("white space", "1,260", 1, "Kent Police  recorded\n[[1,260]] online abuse offences in 2017/18."),
    ("hyphenation", "2017/18", 1, "Kent Police recorded 1,260 on-\nline abuse of-\nfences in [[2017/18]]."),
    ("note mark glued", "1,260", 1, "Kent Police recorded [[1,260]]1 online abuse offences in 2017/18."),
    ("note mark raised", "1,260", 1, "Kent Police recorded [[1,260]]² online abuse offences in 2017/18."),
    ("note mark in brackets", "1,260", 1, "Kent Police recorded [[1,260]][3] online abuse offences in 2017/18."),
    (
        "page furniture",
        "2017/18",
        1,
        "Kent Police recorded 1,260 online\nPage 3 of 2017\nabuse offences in [[2017/18]].",
    ),
    ("bullet dropped", "42", 1, "Kent Police recorded 1,260 online abuse offences in 2017/18.\nEssex: [[42]]"),
    ("cell bars", "31", 1, "Essex: 42\nForce\t2017/18\t2018/19\nKent\t[[31]]\t-1%"),
    ("minus sign in the span", "-1%", 1, "Essex: 42\nForce 2017/18 2018/19\nKent 31 [[−1%]]"),
    ("word split by the line", "Kent Police", 1, "Online grooming up by a third\n[[Kent\nPolice]] recorded 1,260 on"),
    ("ligature", "1,260", 1, "Kent Police recorded [[1,260]] online abuse oﬀences in 2017/18."),
    ("second occurrence", "2017/18", 2, "offences in 2017/18.\n• Essex: 42\nForce | [[2017/18]] | 2018/19"),
]


@pytest.mark.parametrize(("name", "surface", "occurrence", "marked"), CASES, ids=[c[0] for c in CASES])
def test_a_span_is_found_in_a_rendering(name: str, surface: str, occurrence: int, marked: str) -> None:
    start = marked.index("[[")
    target = marked.replace("[[", "", 1).replace("]]", "", 1)
    end = marked.index("]]") - 2
    m = mention(TEXT, "COUNT", surface, None, occurrence)
    assert Projection(TEXT, target).span(m.start, m.end, m.text) == (start, end)


def test_what_is_not_there_is_a_miss_with_its_observation() -> None:
    m = mention(TEXT, "COUNT", "42", 42), mention(TEXT, "COUNT", "1,260", 1260)
    release = gold("a", TEXT, m, (observation(TEXT, "42"), observation(TEXT, "1,260")))
    read = TEXT.replace("• Essex: 42\n", "")
    moved = project_gold(release, read)
    assert [x.text for x in moved.mentions] == ["1,260"]
    assert [x.text for x in moved.unprojected_mentions] == ["42"]
    total = evaluate([predicted("a", read, moved.mentions, moved.observations)], [release]).total
    assert total.strict["COUNT"] == Tally(1, 0, 1)
    assert total.record == Tally(1, 0, 1)
    assert total.unprojected == 2


def test_what_a_rendering_adds_is_scored_like_any_other_text() -> None:
    release = gold("a", TEXT, (mention(TEXT, "COUNT", "42", 42),))
    read = TEXT + "Related: 77 new stories\n"
    found = mention(read, "COUNT", "42", 42), mention(read, "COUNT", "77", 77)
    assert evaluate([predicted("a", read, found)], [release]).total.strict["COUNT"] == Tally(1, 1, 0)


def test_the_same_text_is_taken_as_it_is() -> None:
    release = gold("a", TEXT, (mention(TEXT, "COUNT", "42", 42),))
    assert project_gold(release, TEXT) is release
    assert Projection(TEXT, TEXT).similarity == 1


def test_folding_keeps_offsets() -> None:
    folded = fold("a\u00ad b-\nc “d”² ﬁ")
    assert folded.text == 'abc"d"fi'
    assert [("a\u00ad b-\nc “d”² ﬁ")[i] for i in folded.at] == ["a", "b", "c", "“", "d", "”", "ﬁ", "ﬁ"]


def test_similarity_counts_both_sides() -> None:
    assert Projection("abcd", "abcd efgh").similarity == pytest.approx(8 / 12)
    assert Projection("abcd", "").similarity == 0
    assert Projection("", "").similarity == 1
