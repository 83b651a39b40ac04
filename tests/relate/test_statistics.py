"""Whether a figure is a count, rate, share, change or ratio, with its unit, sign and hedge, and by which rule.

A row says how the figure is printed, its statistic, value, unit, bound, and the rule of the statistic.
"""

import pytest

from extract.annotate import find_mentions
from extract.lexicon.decisions import parts
from extract.records import Release
from extract.relate import drafts_of

CASES = [
    (
        "Crimes recorded by Kent Police more than doubled (120 per cent) in 2019/20.",
        [
            "doubled | ratio | 2 | multiple | > | multiple",
            "120 per cent | change | 120 | percent | = | percentage-of-ratio",
        ],
    ),
    (
        "Crimes recorded by Kent Police almost doubled (99%) in 2019/20.",
        ["doubled | ratio | 2 | multiple | ~ | multiple", "99% | change | 99 | percent | = | percentage-of-ratio"],
    ),
    (
        "Crimes recorded by Kent Police nearly halved (48%) in 2019/20.",
        ["halved | ratio | 0.5 | multiple | ~ | multiple", "48% | change | -48 | percent | = | percentage-of-ratio"],
    ),
    (
        "Crimes recorded by Kent Police rose by a third (34%) in 2019/20.",
        ["third | change | 33.33 | percent | = | rise-verb-before", "34% | change | 34 | percent | = | restated"],
    ),
    (
        "Crimes recorded by Kent Police fell by a third (34%) in 2019/20.",
        ["third | change | -33.33 | percent | = | fall-verb-before", "34% | change | -34 | percent | = | restated"],
    ),
    (
        "A third of victims (34%) were boys in 2019/20.",
        ["third | share | 33.33 | percent | = | part", "34% | share | 34 | percent | = | restated"],
    ),
    (
        "Kent Police recorded 310 crimes (+5%) in 2019/20.",
        ["310 | count | 310 | number | = | number", "+5% | change | 5 | percent | = | signed"],
    ),
    (
        "Kent Police recorded 310 crimes (-5%) in 2019/20.",
        ["310 | count | 310 | number | = | number", "-5% | change | -5 | percent | = | signed"],
    ),
    (
        "Kent Police recorded 310 crimes (–5%) in 2019/20.",
        ["310 | count | 310 | number | = | number", "–5% | change | -5 | percent | = | signed"],
    ),
    ("Kent Police saw a change of −5% in 2019/20.", ["−5% | change | -5 | percent | = | signed"]),
    (
        "Crimes rose by 53% in Dorset and 34% in Kent in 2019/20.",
        ["53% | change | 53 | percent | = | rise-verb-before", "34% | change | 34 | percent | = | continued"],
    ),
    (
        "Crimes fell by 53% in Dorset and 34% in Kent in 2019/20.",
        ["53% | change | -53 | percent | = | fall-verb-before", "34% | change | -34 | percent | = | continued"],
    ),
    (
        "Crimes fell by 53% in 2018/19 and by almost 34% in 2019/20.",
        ["53% | change | -53 | percent | = | fall-verb-before", "34% | change | -34 | percent | ~ | continued"],
    ),
    (
        "In Dorset 53% of victims were girls and 34% boys in 2019/20.",
        ["53% | share | 53 | percent | = | part", "34% | share | 34 | percent | = | part"],
    ),
    (
        "Crimes rose by 53% in Dorset, where 34% of victims were boys.",
        ["53% | change | 53 | percent | = | rise-verb-before", "34% | share | 34 | percent | = | part"],
    ),
    ("Kent Police recorded 22 crimes a day in 2019/20.", ["22 | rate | 22 | per_day | = | rate-after"]),
    ("Kent Police recorded three crimes an hour in 2019/20.", ["three | rate | 3 | per_hour | = | rate-after"]),
    ("Kent Police recorded 22 crimes every Week in 2019/20.", ["22 | rate | 22 | per_week | = | rate-after"]),
    ("Kent Police recorded 22 crimes each month in 2019/20.", ["22 | rate | 22 | per_month | = | rate-after"]),
    (
        "Kent Police recorded 220 crimes a year between 2012/13 and 2019/20.",
        ["220 | rate | 220 | per_year | = | rate-after"],
    ),
    ("Kent Police had a daily average of 22 crimes in 2019/20.", ["22 | rate | 22 | per_day | = | rate-average"]),
    ("Kent Police had an Hourly average of 22 crimes in 2019/20.", ["22 | rate | 22 | per_hour | = | rate-average"]),
    ("Kent Police had a weekly average of 22 crimes in 2019/20.", ["22 | rate | 22 | per_week | = | rate-average"]),
    ("Kent Police had a monthly average of 22 crimes in 2019/20.", ["22 | rate | 22 | per_month | = | rate-average"]),
    ("Kent Police had a yearly average of 22 crimes in 2019/20.", ["22 | rate | 22 | per_year | = | rate-average"]),
    ("Kent Police had an annual average of 22 crimes in 2019/20.", ["22 | rate | 22 | per_year | = | rate-average"]),
    (
        "Childline took 30 calls a day in 2019/20, up from 20 in 2018/19.",
        ["30 | rate | 30 | per_day | = | rate-after", "20 | rate | 20 | per_day | = | rate-compared"],
    ),
    (
        "Childline took 30 calls a day in 2019/20, up from 299 in 2018/19.",
        ["30 | rate | 30 | per_day | = | rate-after", "299 | rate | 299 | per_day | = | rate-compared"],
    ),
    (
        "Childline took 30 calls a day in 2019/20, up from 300 in 2018/19.",
        ["30 | rate | 30 | per_day | = | rate-after", "300 | count | 300 | number | = | number"],
    ),
    (
        "Childline took 30 calls in 2019/20, up from 20 in 2018/19.",
        ["30 | count | 30 | number | = | number", "20 | count | 20 | number | = | number"],
    ),
    (
        "Childline took 30 calls a day in 2019/20, and 20 in 2018/19.",
        ["30 | rate | 30 | per_day | = | rate-after", "20 | count | 20 | number | = | number"],
    ),
    (
        "Crimes recorded by Kent Police were three times as many in 2019/20.",
        ["three times | ratio | 3 | multiple | = | multiple"],
    ),
    (
        "Crimes recorded by Kent Police rose by 12.5% in 2019/20.",
        ["12.5% | change | 12.5 | percent | = | rise-verb-before"],
    ),
    (
        "Crimes recorded by Kent Police fell by 12.5% in 2019/20.",
        ["12.5% | change | -12.5 | percent | = | fall-verb-before"],
    ),
    ("Crimes recorded by Kent Police fell by 0% in 2019/20.", ["0% | change | 0 | percent | = | fall-verb-before"]),
    (
        "Kent Police recorded more than 310 crimes, fewer than 50 of them in Ashford, about 20 in Deal and 8 in Hythe.",
        [
            "310 | count | 310 | number | > | number",
            "50 | count | 50 | number | < | number",
            "20 | count | 20 | number | ~ | number",
            "8 | count | 8 | number | = | number",
        ],
    ),
    (
        "Up to 310 crimes and at least 20 arrests were recorded by Kent Police in 2019/20.",
        ["310 | count | 310 | number | < | number", "20 | count | 20 | number | > | number"],
    ),
]


def told(text):
    """Return the figures of a text in order, in the form of a row."""
    release = Release("case", f"Grooming in Kent\n\n{text}")
    found = drafts_of(release, find_mentions(release))
    assert all({"statistic", "bound"} <= d.own and parts(d.rules["bound"]) for d in found)
    return [
        f"{d.mention.text} | {d.statistic} | {d.value:g} | {d.unit} | {d.bound} | "
        + d.rules["statistic"].removeprefix("statistic.")
        for d in found
    ]


@pytest.mark.parametrize(("text", "rows"), CASES)
def test_a_figure_is_of_its_statistic(text, rows):
    assert told(text) == rows
