"""Gaps: forces that gave no figure, and forces that recorded none."""

import re

import pytest

from builders import GROOMING, YEAR_1819, observe, released
from extract.lexicon.vocabulary import force_ids
from extract.records import Mention
from extract.tabulate.gaps import gap_rows

NAME = re.compile(r"<(.*?)>")


def gaps(marked):
    """Return (force, kind) of the gaps of a text in which each force's name is marked as <Kent Police>."""
    text, mentions = "", []
    for n, piece in enumerate(NAME.split(marked)):
        if n % 2:
            force = piece.removesuffix(" Police").lower().replace(" ", "-")
            assert force in force_ids()
            mentions.append(Mention("FORCE", len(text), len(text) + len(piece), piece, force))
        text += piece
    return [(row["geography"], row["kind"]) for row in gap_rows(released("r1", text, mentions=mentions))]


@pytest.mark.parametrize(
    ("marked", "forces"),
    [
        ("<Kent Police> did not respond to the request.", ["kent"]),
        ("Of all forces asked, <Kent>, <Essex> and <Dorset> failed to provide figures.", ["kent", "essex", "dorset"]),
        ("<Surrey> recorded 12, but <Kent Police> could not supply data.", ["kent"]),
        ("<Surrey> recorded 12. <Kent Police> refused to answer.", ["kent"]),
        ("No data was received from <Cleveland Police>.", ["cleveland"]),
        ("The total does not include <Kent> and <Sussex>.", ["kent", "sussex"]),
        ("<Surrey> recorded most of them, excluding <Kent>.", ["kent"]),
        ("<Kent Police> did not comment on the figures.", []),
        ("<Kent Police> responded and recorded 61 offences.", []),
        ("<Kent Police> did not record any offences.", []),
        ("Parents were not able to give details. <Kent Police> was.", []),
    ],
)
def test_forces_that_gave_no_figure(marked, forces):
    assert gaps(marked) == [(force, "no answer") for force in forces]


def test_a_zero_is_a_figure_of_its_own_kind():
    text = "Kent 0 offences, Essex 12; the helpline 0"
    zero = observe(text, "0")
    made = gap_rows(
        released("r1", text, zero, observe(text, "12", geography=("essex",)), observe(text, "0", measure="contacts"))
    )
    assert [(row["geography"], row["kind"], row["offence"]) for row in made] == [("kent", "none recorded", GROOMING)]
    assert (made[0]["period_start"], made[0]["period_end"]) == YEAR_1819
