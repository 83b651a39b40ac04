"""Which rule dates a figure: one small release or more for each, with the period of every figure in order.

A row says how the figure is printed, its period (2018/19, 2018 or a..b), the rule, and ``own`` where its evidence
stands with the figure, so that no restatement elsewhere overrules it.
"""

import pytest

from builders import period_of
from extract.annotate import find_mentions
from extract.records import Release
from extract.relate import drafts_of

KENT = "Grooming in Kent\n\n"
CHILDLINE = "Childline in a hard year\n\n"

WITH_THE_FIGURE = [
    (
        "Kent Police recorded 510 crimes in 2019/20, a rise on 2015/16, when 231 were logged.",
        ["510 | 2019/20 | with-figure | own", "231 | 2015/16 | base-number | own"],
    ),
    (
        "The busiest year was 2015/16, when 731 crimes were logged by Kent Police.",
        ["731 | 2015/16 | when-clause | own"],
    ),
    (
        "The numbers went up year by year: 2018/19 (310), 2019/20 (344).",
        ["310 | 2018/19 | bracket | own", "344 | 2019/20 | bracket | own"],
    ),
    (
        "In 2018/19 and 2019/20 Kent Police recorded 310 and 344 crimes.",
        ["310 | 2018/19 | one-each | own", "344 | 2019/20 | one-each | own"],
    ),
    (
        "In 2019/20 the picture was grim: Kent Police logged 310 crimes and Essex Police 280.",
        ["310 | 2019/20 | with-figure | own", "280 | 2019/20 | before | own"],
    ),
    (
        "Of its 138, Norfolk had 61 in 2018/19.",
        ["138 | 2018/19 | data-year", "61 | 2018/19 | with-figure | own"],
    ),
    (
        "The 39 forces, which answered all our questions, recorded 310 crimes in 2018/19.",
        ["39 | 2018/19 | of-sentence | own", "310 | 2018/19 | with-figure | own"],
    ),
    (
        "Kent Police recorded 310 crimes with the help of a unit that was set up on 3 April 2017. "
        "In 2018/19 Essex Police had 120.",
        ["310 | 2018/19 | data-year", "120 | 2018/19 | with-figure | own"],
    ),
    (
        "In 2019/20 Essex had 240 cases. Kent Police recorded 310 crimes and made 120 arrests, thanks to a unit that "
        "started in 2018.",
        ["240 | 2019/20 | with-figure | own", "310 | 2019/20 | carried", "120 | 2019/20 | carried"],
    ),
    (
        "Between 2012/13 and 2014/15 there were 500 crimes. In 2019/20 Kent Police recorded 900 crimes and over the "
        "same period Essex Police recorded 710.",
        [
            "500 | 2012-04-01..2015-03-31 | with-figure | own",
            "900 | 2019/20 | with-figure | own",
            "710 | 2019/20 | before | own",
        ],
    ),
]
COMPARED = [
    (
        "Kent Police recorded 510 crimes in 2019/20, far more than in 2014/15 (170).",
        ["510 | 2019/20 | with-figure | own", "170 | 2014/15 | base-number | own"],
    ),
    (
        "Kent Police recorded 310 crimes in 2019/20, well above 2018/19’s figure of 256.",
        ["310 | 2019/20 | with-figure | own", "256 | 2018/19 | base-number | own"],
    ),
    (
        "Kent Police recorded 310 crimes in 2019/20, up on 2018/19’s 256.",
        ["310 | 2019/20 | with-figure | own", "256 | 2018/19 | base-number | own"],
    ),
    (
        "Kent Police recorded 310 crimes in 2019/20, more than the 256 of 2012/13.",
        ["310 | 2019/20 | with-figure | own", "256 | 2012/13 | base-number | own"],
    ),
    (
        "Kent Police recorded 310 crimes in 2019/20, more than in 2012/13, when Essex had 256.",
        ["310 | 2019/20 | with-figure | own", "256 | 2012/13 | base-number | own"],
    ),
    (
        "Kent Police recorded 310 crimes in 2019/20. There were 256 the year before; Essex Police logged 280.",
        [
            "310 | 2019/20 | with-figure | own",
            "256 | 2018/19 | with-figure | own",
            "280 | 2019/20 | carried",
        ],
    ),
    (
        "Kent Police recorded 800 crimes in 2021/22. That is up from 500.",
        ["800 | 2021/22 | with-figure | own", "500 | 2020/21 | base-of-comparison | own"],
    ),
    (
        "Kent Police recorded 100 crimes in 2016/17. There were 800 in 2021/22, up from 500.",
        [
            "100 | 2016/17 | with-figure | own",
            "800 | 2021/22 | with-figure | own",
            "500 | 2020/21 | base-of-comparison | own",
        ],
    ),
    (
        "Kent Police recorded crimes that rose by 60% between 2016/17 and 2021/22, up from 500.",
        ["60% | 2021/22 | end-of-stretch | own", "500 | 2016/17 | base-of-comparison | own"],
    ),
    (
        "Crimes have doubled since 2016/17, from 500 to 1,000 in 2021/22.",
        [
            "doubled | 2021/22 | with-figure | own",
            "500 | 2016/17 | base-of-comparison | own",
            "1,000 | 2021/22 | with-figure | own",
        ],
    ),
    (
        "Crimes in Kent rose by 60% between 2016/17 and 2021/22. There were 800, up from 500.",
        [
            "60% | 2021/22 | end-of-stretch | own",
            "800 | 2021/22 | carried",
            "500 | 2016/17 | base-of-comparison | own",
        ],
    ),
    (
        "Kent Police recorded 949 crimes in 2022/23. It went up from 457 to 949 in a year.",
        [
            "949 | 2022/23 | with-figure | own",
            "457 | 2021/22 | base-of-comparison | own",
            "949 | 2022/23 | with-figure | own",
        ],
    ),
    (
        "Kent Police recorded 1,003 crimes in 2022/23. The number has jumped from 655 to 1,003 since 2020/21.",
        [
            "1,003 | 2022/23 | with-figure | own",
            "655 | 2020/21 | from-to-since | own",
            "1,003 | 2022/23 | from-to-since | own",
        ],
    ),
    (
        "Kent Police recorded 7,412 crimes, an 86% rise over the six years to 2019/20.",
        ["7,412 | 2019/20 | risen-to | own", "86% | 2019/20 | end-of-stretch | own"],
    ),
    (
        "Kent Police recorded 310 crimes in 2019/20. That is an 18% rise since 2017/18 and Essex Police recorded 280.",
        ["310 | 2019/20 | with-figure | own", "18% | 2019/20 | carried", "280 | 2019/20 | of-change"],
    ),
]
COMPARED += [
    (
        "Kent Police recorded 61 crimes in 2012/13, compared to 124 in 2016/17.",
        ["61 | 2012/13 | with-figure | own", "124 | 2016/17 | with-figure | own"],
    ),
    (
        "Kent Police recorded 61 crimes in 2016/17, compared to 124 in 2012/13.",
        ["61 | 2016/17 | with-figure | own", "124 | 2012/13 | base-number | own"],
    ),
    (
        "Kent Police recorded 61 crimes in May 2012, compared to 124 in June 2016.",
        ["61 | 2012-05-01..2012-05-31 | with-figure | own", "124 | 2016-06-01..2016-06-30 | base-number | own"],
    ),
    (
        "Kent Police recorded 61 crimes, compared to 124 in 2016/17.",
        ["61 | 2017/18 | data-year", "124 | 2016/17 | base-number | own"],
    ),
    (
        "Kent Police recorded 800 crimes in 2021/22. Crimes rose by 60% since 2016/17, up from 500.",
        [
            "800 | 2021/22 | with-figure | own",
            "60% | 2021/22 | carried",
            "500 | 2016/17 | base-of-comparison | own",
        ],
    ),
]
BY_PLACE_AMONG_OTHERS = [
    (
        "In the three years to 2018/19 Kent Police recorded 88, 97 and 103 crimes.",
        ["88 | 2016/17 | one-a-year | own", "97 | 2017/18 | one-a-year | own", "103 | 2018/19 | one-a-year | own"],
    ),
    (
        "In the three years to 2018/19 Kent, Essex and Surrey police recorded 88, 97 and 103 crimes.",
        [
            "88 | 2016-04-01..2019-03-31 | with-figure | own",
            "97 | 2016-04-01..2019-03-31 | before | own",
            "103 | 2016-04-01..2019-03-31 | before | own",
        ],
    ),
    (
        "In the three years to 2018/19 Leeds, Bradford and York saw 88, 97 and 103 crimes.",
        [
            "88 | 2016-04-01..2019-03-31 | with-figure | own",
            "97 | 2016-04-01..2019-03-31 | before | own",
            "103 | 2016-04-01..2019-03-31 | before | own",
        ],
    ),
    (
        "In the three years to 2018/19 Kent Police named Snapchat, Kik and Facebook 88, 97 and 103 times.",
        [
            "88 | 2016-04-01..2019-03-31 | with-figure | own",
            "97 | 2016-04-01..2019-03-31 | before | own",
            "103 | 2016-04-01..2019-03-31 | before | own",
        ],
    ),
    (
        "Kent logged 121 crimes in 2017/18 and 83 in 2018/19, Essex 52 and 46.",
        [
            "121 | 2017/18 | with-figure | own",
            "83 | 2018/19 | with-figure | own",
            "52 | 2017/18 | gapped | own",
            "46 | 2018/19 | gapped | own",
        ],
    ),
    (
        "Kent logged 121 crimes and 83 arrests in 2018/19, Essex 52 and 46.",
        [
            "121 | 2018/19 | only-one | own",
            "83 | 2018/19 | with-figure | own",
            "52 | 2018/19 | before | own",
            "46 | 2018/19 | before | own",
        ],
    ),
    (
        "Crimes recorded by Kent Police fell by 18% between 2017/18 and 2018/19. There were 204 in the first year and "
        "167 in the second.",
        [
            "18% | 2018/19 | end-of-stretch | own",
            "204 | 2017/18 | nth-year | own",
            "167 | 2018/19 | nth-year | own",
        ],
    ),
    (
        "Crimes recorded by Kent Police fell by 18% between 2017/18 and 2018/19. There were 204 at the start and 167 "
        "at the end.",
        [
            "18% | 2018/19 | end-of-stretch | own",
            "204 | 2017/18 | nth-year | own",
            "167 | 2018/19 | nth-year | own",
        ],
    ),
    (
        "Kent Police recorded 310 crimes in 2018/19. There were 104 in the first year of school.",
        ["310 | 2018/19 | with-figure | own", "104 | 2018/19 | carried"],
    ),
    (
        "Kent Police recorded 70 crimes in 2014/15. There were 88, 97 and 103 in the next three years.",
        [
            "70 | 2014/15 | with-figure | own",
            "88 | 2015/16 | one-a-year | own",
            "97 | 2016/17 | one-a-year | own",
            "103 | 2017/18 | one-a-year | own",
        ],
    ),
    (
        "Kent Police recorded 190 crimes in 2019/20. After that came a dip, to 149.",
        ["190 | 2019/20 | with-figure | own", "149 | 2020/21 | next | own"],
    ),
    (
        "Kent Police recorded 190 crimes in April 2020. Then followed a rise to 249.",
        ["190 | 2020-04-01..2020-04-30 | with-figure | own", "249 | 2020-05-01..2020-05-31 | next | own"],
    ),
    (
        "Crimes recorded in 2019-20 (2018-19 in brackets):\n\n• Durham – 41 (38)\n• Northumbria – 56 (60)",
        [
            "41 | 2019/20 | lead-in | own",
            "38 | 2018/19 | in-brackets | own",
            "56 | 2019/20 | lead-in | own",
            "60 | 2018/19 | in-brackets | own",
        ],
    ),
    (
        "Police recorded 900 crimes in 2020/21.\n\nThese crimes were recorded in 2019/20:\n\n"
        "• Kent Police – 310\n• Essex Police – 280",
        [
            "900 | 2020/21 | with-figure | own",
            "310 | 2019/20 | lead-in | own",
            "280 | 2019/20 | lead-in | own",
        ],
    ),
    (
        "Between 2017/18 and 2019/20 Kent Police recorded 900 crimes. Over the same period Essex Police recorded 710.",
        ["900 | 2017-04-01..2020-03-31 | with-figure | own", "710 | 2017-04-01..2020-03-31 | same-stretch"],
    ),
    (
        "Kent Police recorded 310 crimes in 2019/20. The force now records 26 crimes a month.",
        ["310 | 2019/20 | with-figure | own", "26 | 2019/20 | now"],
    ),
    (
        "Kent Police recorded 300 crimes in each of the two years to 2018/19.",
        ["300 | 2017/18 | of-each | own", "300 | 2018/19 | of-each | own"],
    ),
    (
        "Between 2016/17 and 2018/19 Kent Police recorded 300 crimes in every one of those years.",
        ["300 | 2016/17 | of-each | own", "300 | 2017/18 | of-each | own", "300 | 2018/19 | of-each | own"],
    ),
]
SINCE = [
    (
        "Since 2017/18 Kent Police has recorded 900 crimes. In 2019/20 there were 310.",
        ["900 | 2017-04-01..2020-03-31 | with-figure | own", "310 | 2019/20 | with-figure | own"],
    ),
    (
        "Numbers have gone up since 2015/16, when 131 crimes were logged by Kent Police. In 2019/20 there were 310.",
        ["131 | 2015/16 | when-clause | own", "310 | 2019/20 | with-figure | own"],
    ),
    (
        "Kent Police recorded 30 crimes a day since lockdown began. In May 2020 there were 900.",
        ["30 | 2020-03-23..2020-05-31 | since-lockdown | own", "900 | 2020-05-01..2020-05-31 | with-figure | own"],
    ),
    (
        "Kent Police has recorded 900 crimes since April 2017. In 2019/20 there were 310.",
        ["900 | 2017-04-01..2020-03-31 | with-figure | own", "310 | 2019/20 | with-figure | own"],
    ),
    (
        "Kent Police has recorded 900 crimes since the start of 2017/18. In 2019/20 there were 310.",
        ["900 | 2017-04-01..2020-03-31 | with-figure | own", "310 | 2019/20 | with-figure | own"],
    ),
    (
        "In 2019/20 there were 310 crimes. The force has logged 140 since the law changed in January 2019.",
        ["310 | 2019/20 | with-figure | own", "140 | 2019-01-01..2020-03-31 | with-figure | own"],
    ),
    (
        "The helpline was launched in June 2013. By the end of March 2014 it had dealt with 900 calls.",
        ["900 | 2013-06-01..2014-03-31 | with-figure | own"],
    ),
    (
        "Leaflets were printed in April 2013. The helpline was launched on 4 June 2013. Up to 31 March 2014 it had "
        "dealt with 900 calls.",
        ["900 | 2013-06-04..2014-03-31 | with-figure | own"],
    ),
    (
        "Kent Police recorded 310 crimes in 2017/18 and 340 in 2018/19. By 30 June 2019 it had counted 700.",
        [
            "310 | 2017/18 | with-figure | own",
            "340 | 2018/19 | with-figure | own",
            "700 | 2017-04-01..2019-06-30 | with-figure | own",
        ],
    ),
    (
        "Kent Police recorded 310 crimes between April and June 2021. That was up from 280 on the same period in 2020.",
        ["310 | 2021-04-01..2021-06-30 | with-figure | own", "280 | 2020-04-01..2020-06-30 | base-number | own"],
    ),
    (
        "Devon had 612 children on child protection plans on 31 March 2019, up from 540 on the same day in 2017.",
        ["612 | 2019-03-31..2019-03-31 | with-figure | own", "540 | 2017-03-31..2017-03-31 | base-number | own"],
    ),
]
OF_A_SERVICE = [
    (
        "Childline gave 1,200 counselling sessions about abuse since the start of the first lockdown. In November 2020 "
        "there were 180 sessions and in May 2020 there were 130.",
        [
            "1,200 | 2020-03-23..2020-11-30 | since-lockdown | own",
            "180 | 2020-11-01..2020-11-30 | with-figure | own",
            "130 | 2020-05-01..2020-05-31 | with-figure | own",
        ],
    ),
    (
        "The hotline, opened on 4 May 2018, has taken 912 calls to date. In January 2019 there were 212 calls.",
        ["912 | 2018-05-04..2019-01-31 | since-opening | own", "212 | 2019-01-01..2019-01-31 | with-figure | own"],
    ),
    (
        "The helpline has taken 912 calls since its launch. In May 2018, when it opened, there were 40 calls. "
        "In January 2019 there were 212 calls.",
        [
            "912 | 2018-05-01..2019-01-31 | since-opening | own",
            "40 | 2018-05-01..2018-05-31 | when-clause | own",
            "212 | 2019-01-01..2019-01-31 | with-figure | own",
        ],
    ),
    (
        "Childline counsellors took 30 calls and answered 20 emails about exams in May 2019.",
        ["30 | 2019-05-01..2019-05-31 | only-one | own", "20 | 2019-05-01..2019-05-31 | with-figure | own"],
    ),
    (
        "Calls about neglect rose by 57% in the last five years, the equivalent of 200 a day. "
        "There were 700 in 2019/20.",
        [
            "57% | 2019/20 | end-of-stretch | own",
            "200 | 2019/20 | of-change",
            "700 | 2019/20 | with-figure | own",
        ],
    ),
]
CASES = [(KENT + text, rows) for text, rows in [*WITH_THE_FIGURE, *COMPARED, *BY_PLACE_AMONG_OTHERS, *SINCE]]
CASES += [(CHILDLINE + text, rows) for text, rows in OF_A_SERVICE]


def dated(text):
    """Return the figures of a text in order: form, period, rule, and whether the evidence is the figure's own."""
    release = Release("case", text)
    return [
        (d.mention.text, d.period, d.rules["period"], "period" in d.own)
        for d in drafts_of(release, find_mentions(release))
    ]


@pytest.mark.parametrize(("text", "rows"), CASES)
def test_a_figure_is_dated_by_its_rule(text, rows):
    expected = []
    for row in rows:
        form, period, rule, *own = row.split(" | ")
        assert own in ([], ["own"])
        expected.append((form, period_of(period), f"period.{rule}", bool(own)))
    assert dated(text) == expected
