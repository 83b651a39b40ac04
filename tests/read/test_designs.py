# ruff: noqa: E501  (texts are kept in one piece)
"""The same stories in ten site designs: each is read as it was written, without any of the furniture."""

from __future__ import annotations

import random

import pytest
from tests.read.designs import DESIGNS, Page

STORIES = {
    "figures": (
        "Grooming offences climb by a third in two years in the Eastern region",
        [
            ("h1", "Grooming offences climb by a third in two years in the Eastern region"),
            (
                "p",
                "Police in Norfolk and Suffolk recorded 412 offences{{1}} in 2018/19, our figures show, up from 309 two years before.",
            ),
            ("p", "We found:"),
            (
                "ul",
                [
                    "Norfolk Constabulary recorded 212 offences",
                    "Suffolk recorded 200{{2}}, the most so far",
                    "One in five victims was under 11",
                ],
            ),
            ("h2", "Figures by force"),
            (
                "table",
                [
                    ["Force", "2016/17", "2018/19"],
                    ["Norfolk", "", "212"],
                    ["Suffolk", "150", "200"],
                    ["Essex", "320", ""],
                ],
            ),
            ("quote", "Social networks have had 10 years to put this right, and they have not done it."),
            (
                "p",
                "Instagram was used in a quarter of the instances in which police had recorded how the offender reached the child.",
            ),
            ("p", "Call us on 0808 800 5000."),
            ("h2", "Notes to editors"),
            ("p", "The charity asked all 43 forces in England and Wales, of which 39 replied in full by April 2019."),
        ],
    ),
    "short": (
        "Calls about neglect double",
        [
            ("h1", "Calls about neglect double"),
            ("p", "The helpline heard from 1,204 adults about neglect in April, twice as many as in March."),
            ("p", "Half of them were referred to the police or a council."),
        ],
    ),
    "bullets first": (
        "More than 900 crimes against children recorded in Gwent",
        [
            ("h1", "More than 900 crimes against children recorded in Gwent"),
            ("ul", ["Crimes rise by 27%", "Snapchat named in 44% of them"]),
            (
                "p",
                "Gwent Police recorded 903 crimes against children in the year to March 2021, data from the force show.",
            ),
            ("caption", "A child at a keyboard (picture posed by model)"),
            (
                "p",
                "That is 27% more than the 711 that it recorded in the year before, when schools had been open throughout.",
            ),
            ("p", "Ministers are asked to act."),
        ],
    ),
}


def expected(story) -> str:
    out = []
    for kind, value in story:
        if kind == "ul":
            out.append("\n".join(f"  • {v}" for v in value))
        elif kind == "table":
            out.append("\n".join(" | ".join(row) for row in value))
        else:
            out.append(value)
    text = "\n\n".join(out)
    for mark in ("{{1}}", "{{2}}"):
        text = text.replace(mark, "")
    return text


@pytest.mark.parametrize("story", STORIES)
@pytest.mark.parametrize("design", DESIGNS)
def test_the_story_and_nothing_else(design, story):
    from extract.read import read_bytes

    title, blocks = STORIES[story]
    data = DESIGNS[design](Page(title, "2019-11-05", blocks, random.Random(design + story))).encode()
    release = read_bytes(data, "a.html")
    assert release.text == expected(blocks)
    assert (release.title, release.published) == (title, "2019-11-05")
