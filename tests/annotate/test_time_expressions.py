"""What an expression of time says by itself, before its surroundings place it: every field of it, and no other one."""

import pytest

from extract.annotate.times import Expression, number, part_of, point
from extract.annotate.year import expressions
from extract.lexicon.rules import unmark

YEARS = [
    ("It recorded 61 crimes in [[2017/18]].", "police", ("2017-04-01", "2018-03-31"), False),
    ("It recorded 61 crimes in [[2017/2018]].", "police", ("2017-04-01", "2018-03-31"), False),
    ("For [[FY 2021/22]] it was 61.", "police", ("2021-04-01", "2022-03-31"), False),
    ("It recorded 61 crimes in [[1999/00]].", "police", ("1999-04-01", "2000-03-31"), False),
    ("It recorded 61 crimes in [[2017/19]].", "police", ("2017-04-01", "2018-03-31"), True),
    ("Force | [[2023/]] | Total", "truncated", ("2023-04-01", "2024-03-31"), True),
    ("It recorded 61 crimes in [[2015]].", "calendar", ("2015-01-01", "2015-12-31"), False),
    ("By the [[end of 2021]] it was 61.", "day", ("2021-12-31", "2021-12-31"), False),
    ("By the [[End of 2021]] it was 61.", "day", ("2021-12-31", "2021-12-31"), False),
    ("At the [[start of 2021]] it was 61.", "day", ("2021-01-01", "2021-01-01"), False),
]
DAYS_AND_MONTHS = [
    ("On [[3 April 2017]] it was 61.", "day", ("2017-04-03", "2017-04-03"), False),
    ("On [[3rd April 2017]] it was 61.", "day", ("2017-04-03", "2017-04-03"), False),
    ("On [[April 3, 2017]] it was 61.", "day", ("2017-04-03", "2017-04-03"), False),
    ("On [[April 3 2017]] it was 61.", "day", ("2017-04-03", "2017-04-03"), False),
    ("In [[Sept 2020]] it was 61.", "month", ("2020-09-01", "2020-09-30"), False),
    ("In [[February of 2020]] it was 61.", "month", ("2020-02-01", "2020-02-29"), False),
    ("At the [[end of March 2014]] it was 61.", "month", ("2014-03-31", "2014-03-31"), False),
    ("At the [[End of March 2014]] it was 61.", "month", ("2014-03-31", "2014-03-31"), False),
    ("At the [[start of March 2014]] it was 61.", "month", ("2014-03-01", "2014-03-01"), False),
    ("At the [[beginning of March 2014]] it was 61.", "month", ("2014-03-01", "2014-03-01"), False),
    ("In the [[middle of March 2014]] it was 61.", "month", ("2014-03-01", "2014-03-31"), False),
]
RANGES = [
    ("People were asked on [[3 to 17 January 2024]].", "range", ("2024-01-03", "2024-01-17"), False),
    ("People were asked on [[1st to 17th January 2024]].", "range", ("2024-01-01", "2024-01-17"), False),
    ("People were asked on [[11–12 May 2022]].", "range", ("2022-05-11", "2022-05-12"), False),
    ("It was 61 from [[April 2017 to March 2018]].", "range", ("2017-04-01", "2018-03-31"), False),
    ("It was 61 from [[2017/18 to 2023/24]].", "range", ("2017-04-01", "2024-03-31"), False),
    ("It was 61 from [[2017/19 to 2023/24]].", "range", ("2017-04-01", "2024-03-31"), True),
    ("It was 61 from [[2017/18 to 2023/25]].", "range", ("2017-04-01", "2024-03-31"), True),
    ("It was 61 from [[April to June 2020]].", "range", ("2020-04-01", "2020-06-30"), False),
    ("It was 61 from [[April to December 2019]].", "range", ("2019-04-01", "2019-12-31"), False),
    ("It was 61 from [[3 May to 17 May 2018]].", "range", ("2018-05-03", "2018-05-17"), False),
    ("It was 61 from [[November 2019 to March last year]].", "range", ("2019-11-01", "2020-03-31"), False),
    ("It was 61 from [[November to February 2020]].", "range", ("2019-11-01", "2020-02-29"), False),
    ("It was 61 from [[28 December to 3 January 2020]].", "range", ("2019-12-28", "2020-01-03"), False),
    ("It was 61 from [[5 March to 3 May 2020]].", "range", ("2020-03-05", "2020-05-03"), False),
    ("It was 61 from [[1 April 2012 to 31 March 2013]].", "range", ("2012-04-01", "2013-03-31"), False),
    ("It was 61 between [[April 2017 and April 2018]].", "range", ("2017-04-01", "2018-03-31"), False),
    ("It was 61 between [[April 2017 and April 2019]].", "range", ("2017-04-01", "2019-03-31"), False),
    ("It was 61 between [[April 2017 and May 2018]].", "range", ("2017-04-01", "2018-05-31"), False),
    ("It was 61 between [[March 2017 and April 2018]].", "range", ("2017-03-01", "2018-04-30"), False),
    ("It was 61 between [[May 2017 and May 2018]].", "range", ("2017-05-01", "2018-05-31"), False),
    ("It was 61 between [[1 April 2017 and April 2018]].", "range", ("2017-04-01", "2018-04-30"), False),
    ("It was 61 between [[April 2017 and 1 April 2018]].", "range", ("2017-04-01", "2018-04-01"), False),
    ("It was 61 between [[April 2020 and March this year]].", "range", ("2020-04-01", "2021-03-31"), False),
    ("It was 61 from [[June 2019 to August last year]].", "range", ("2019-06-01", "2019-08-31"), False),
    ("It was 61 from [[April 2020 to April last year]].", "range", ("2020-04-01", "2021-03-31"), False),
]
ENDINGS = [
    ("In the [[year to April 2019]] it was 61.", "ending", ("2018-04-01", "2019-03-31"), False),
    ("In the [[24 months to April 2019]] it was 61.", "ending", ("2017-04-01", "2019-03-31"), False),
    ("In the [[six months to April 2019]] it was 61.", "ending", ("2018-11-01", "2019-04-30"), False),
    ("In the [[year to May 2019]] it was 61.", "ending", ("2018-06-01", "2019-05-31"), False),
    ("In the [[year ending 31 March 2020]] it was 61.", "ending", ("2019-04-01", "2020-03-31"), False),
    ("In the [[six months to September 2018]] it was 61.", "ending", ("2018-04-01", "2018-09-30"), False),
    ("In the [[five years to 2022/23]] it was 61.", "ending", ("2018-04-01", "2023-03-31"), False),
    ("In the [[year to 2017/19]] it was 61.", "ending", ("2017-04-01", "2018-03-31"), True),
    ("In the [[decade to March 2023]] it was 61.", "ending", ("2013-04-01", "2023-03-31"), False),
    ("In the [[quarter to June 2020]] it was 61.", "ending", ("2020-04-01", "2020-06-30"), False),
    ("In the [[three months to the end of June 2020]] it was 61.", "ending", ("2020-04-01", "2020-06-30"), False),
]
PARTS = [
    ("It was 61 in the [[first half of 2020]].", "part", ("2020-01-01", "2020-06-30"), False),
    ("It was 61 in the [[second half of 2019/20]].", "part", ("2019-10-01", "2020-03-31"), False),
    ("It was 61 in the [[second Half of 2019/20]].", "part", ("2019-10-01", "2020-03-31"), False),
    ("It was 61 in the [[first six months of 2019/20]].", "part", ("2019-04-01", "2019-09-30"), False),
    ("It was 61 in the [[opening two months of 2020]].", "part", ("2020-01-01", "2020-02-29"), False),
    ("It was 61 in the [[second quarter of 2018]].", "part", ("2018-04-01", "2018-06-30"), False),
    ("It was 61 in the [[Third quarter of 2018]].", "part", ("2018-07-01", "2018-09-30"), False),
    ("It was 61 in the [[fourth quarter of 2018]].", "part", ("2018-10-01", "2018-12-31"), False),
    ("It was 61 in the [[last quarter of 2018/19]].", "part", ("2019-01-01", "2019-03-31"), False),
    ("It was 61 in the [[final four months of 2018/19]].", "part", ("2018-12-01", "2019-03-31"), False),
    ("It was 61 in the [[latter half of 2018]].", "part", ("2018-07-01", "2018-12-31"), False),
    ("It was 61 in [[Q1 2020]].", "part", ("2020-01-01", "2020-03-31"), False),
    ("It was 61 in [[Q3 of 2019/20]].", "part", ("2019-10-01", "2019-12-31"), False),
    ("It was 61 by [[spring 2019]].", "season", ("2019-03-01", "2019-05-31"), False),
    ("It was 61 by [[Summer of 2020]].", "season", ("2020-06-01", "2020-08-31"), False),
    ("It was 61 by [[autumn 2019]].", "season", ("2019-09-01", "2019-11-30"), False),
    ("It was 61 by [[winter 2019]].", "season", ("2019-12-01", "2020-02-29"), False),
]
#: Expressions whose period depends on their surroundings, with all that they say by themselves.
OPEN = [
    ("It was 61 in [[2012-15]].", "years", {"form": "range", "years": (2012, 2015)}),
    ("It was 61 from [[2012 to 2015]].", "years", {"form": "range", "years": (2012, 2015)}),
    ("It was 61 from [[2022 to 2023]].", "years", {"form": "range", "years": (2022, 2023)}),
    ("It was 17% more than in [[2021 and 2022]].", "years", {"form": "range", "years": (2021, 2022)}),
    ("It was 61 in [[July and August last year]].", "months", {"form": "month", "months": (7, 8), "n": 1}),
    ("It was 61 in [[May last year]].", "months", {"form": "month", "months": (5, 5), "n": 1}),
    ("It was 61 in [[May this year]].", "months", {"form": "month", "months": (5, 5)}),
    ("We looked at [[April to November]] anew.", "months", {"form": "month", "months": (4, 11)}),
    ("Calls in [[May]] went up.", "months", {"form": "month", "months": (5, 5)}),
    ("In the [[12 months to March]] it was 61.", "months", {"form": "ending", "months": (0, 3), "n": 12}),
    ("In the [[two years to March]] it was 61.", "months", {"form": "ending", "months": (0, 3), "n": 24}),
    ("In the [[decade to March]] it was 61.", "months", {"form": "ending", "months": (0, 3), "n": 120}),
    ("In the [[quarter to June]] it was 61.", "months", {"form": "ending", "months": (0, 6), "n": 3}),
    ("It was 61 in the [[first half of this financial year]].", "part", {"n": 6, "months": (1, 0)}),
    ("It was 61 in the [[last quarter of last year]].", "part", {"n": 3, "months": (-1, 0)}),
    ("It was 61 in the [[first nine months of the financial year]].", "part", {"n": 9, "months": (1, 0)}),
    ("It was 61 [[last year]].", "data", {"n": 1}),
    ("The [[past twelve months]] brought 61.", "data", {"n": 1}),
    ("It was 61 in the [[previous year]].", "previous", {"n": 1}),
    ("It was 61 in the [[previous quarter]].", "previous", {"n": 3, "unit": "months"}),
    ("It was 61 the [[following year]].", "following", {"n": 1}),
    ("A [[year later]] it was 61.", "following", {"n": 1}),
    ("It was 61 in the [[following six months]].", "following", {"n": 6, "unit": "months", "form": "adjacent"}),
    ("It was 61 in the [[next three years]].", "following", {"n": 3, "form": "adjacent"}),
    ("It was 61 in the [[three years after that]].", "following", {"n": 3, "form": "adjacent"}),
    ("It was 61 in the [[three Years after that]].", "following", {"n": 3, "form": "adjacent"}),
    ("It was 61 in the [[six months after that]].", "following", {"n": 6, "unit": "months", "form": "adjacent"}),
    ("The [[half-year after that]] brought 61.", "following", {"n": 6, "unit": "months", "form": "adjacent"}),
    ("The [[next quarter]] brought 61.", "following", {"n": 3, "unit": "months", "form": "adjacent"}),
    ("The [[month that followed]] was worse than a year.", "following", {"n": 1, "unit": "months", "form": "adjacent"}),
    ("It was 61 [[six years ago]].", "ago", {"n": 6}),
    ("It was 61 [[six Months Ago]].", "ago", {"n": 6, "unit": "months"}),
    ("It was 61 a [[decade ago]].", "ago", {"n": 10}),
    ("It was 61 [[five years earlier]].", "previous", {"n": 5}),
    ("It was 61 [[five months earlier]].", "previous", {"n": 5, "unit": "months"}),
    ("It was 61 a [[decade earlier]].", "previous", {"n": 10}),
    ("[[Two years Later]] it was 61.", "following", {"n": 2}),
    ("[[Six months later]] it was 61.", "following", {"n": 6, "unit": "months"}),
    ("[[Five years on]], it was 61.", "following", {"n": 5}),
    ("It was 61 in the [[last two years]].", "stretch", {"n": 2}),
    ("It was 61 in the [[last 18 months]].", "stretch", {"n": 18, "unit": "months"}),
    ("It was 61 over the [[past few years]].", "stretch", {"n": None}),
    ("It was 61 in the [[two and a half years]].", "stretch", {"n": 30, "unit": "months"}),
    ("The law’s [[first year]] brought 61.", "stretch", {"n": 1}),
    ("It was 61 over the [[last decade]].", "stretch", {"n": 10}),
    ("It was 61 in [[half a year]].", "stretch", {"n": 6, "unit": "months"}),
    ("It was 61 in the [[latest half-year]].", "stretch", {"n": 6, "unit": "months"}),
]


def check(marked, kind, **fields):
    """Compare the one expression of a sentence with all that it says."""
    text, (start, end) = unmark(marked)
    (found,) = expressions(text)
    assert found.rule.startswith("year.")
    assert found == Expression(start, end, text[start:end], found.rule, kind, **fields)


@pytest.mark.parametrize(
    ("marked", "form", "period", "repaired"), [*YEARS, *DAYS_AND_MONTHS, *RANGES, *ENDINGS, *PARTS]
)
def test_an_expression_with_its_own_period(marked, form, period, repaired):
    check(marked, "fixed", form=form, period=period, repaired=repaired)


@pytest.mark.parametrize(("marked", "kind", "fields"), OPEN)
def test_an_expression_that_its_surroundings_place(marked, kind, fields):
    check(marked, kind, **fields)


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("People were asked on 17 to 3 January 2024.", ["3 January 2024"]),
        ("People were asked on 3 to 3 January 2024.", ["3 January 2024"]),
        ("People were asked on 0 to 3 January 2024.", ["3 January 2024"]),
        ("People were asked on 3 to 31 June 2024.", ["June 2024"]),
        ("It fell from 2023 to 2022.", ["2023", "2022"]),
        ("It stood from 2022 to 2022.", ["2022", "2022"]),
        ("It was 61 in 2020 and 2022.", ["2020", "2022"]),
        ("It fell from June 2020 to April 2020.", ["June 2020", "April 2020"]),
        ("It was 61 from 2010-12 to 2015/16.", ["2010-12", "2015/16"]),
        ("It was 61 from 2010/11 to 2012-15.", ["2010/11", "2012-15"]),
        ("It was 61 in the year to 2012-15.", ["2012-15"]),
        ("It was 61 in the year to 2017/30.", []),
        ("It was 61 from 2017/30 to 2023/24.", ["2023/24"]),
        ("It was 61 in the first half of 2012-15.", ["2012-15"]),
    ],
)
def test_what_makes_no_time_together_is_read_piece_by_piece(text, pieces):
    assert [e.text for e in expressions(text)] == pieces


@pytest.mark.parametrize(
    ("text", "form", "first"),
    [
        ("2005-20", "range", None),
        ("2005-21", None, None),
        ("2017-17", None, None),
        ("2017-12", None, None),
        ("2017/17", "police", 2017),
        ("2017/29", "police", 2017),
        ("2017/30", None, None),
        ("2017/05", "police", 2017),
        ("2017/04", None, None),
        ("2012/00", "police", 2012),
        ("1999/05", None, None),
        ("2010-2009", None, None),
    ],
)
def test_a_pair_of_years_that_do_not_follow_each_other(text, form, first):
    found = point(text)
    if form is None:
        assert found is None
    elif form == "range":
        assert (found.form, found.years, found.period) == ("range", (2005, 2020), None)
    else:
        assert (found.form, found.period[0], found.repaired) == ("police", f"{first}-04-01", True)


def test_a_point_in_time_that_stands_alone():
    whole = Expression(0, 6, " 2017 ", "", "fixed", form="calendar", period=("2017-01-01", "2017-12-31"))
    assert point(" 2017 ") == whole
    assert point("3 April") == Expression(0, 7, "3 April", "", "months", form="day", months=(4, 4), n=3)
    assert point("March") == Expression(0, 5, "March", "", "months", form="month", months=(3, 3))
    assert point("31 June 2017") is None
    assert point("last spring") is None


@pytest.mark.parametrize(
    ("text", "value"), [("Decade", 10), ("12", 12), ("Twenty", 20), ("zero", 0), ("nineteen", 19), ("few", None)]
)
def test_small_numbers_in_digits_and_words(text, value):
    assert number(text) == value


@pytest.mark.parametrize(
    ("length", "index", "part"),
    [
        (3, 1, ("2019-04-01", "2019-06-30")),
        (3, 4, ("2020-01-01", "2020-03-31")),
        (3, -1, ("2020-01-01", "2020-03-31")),
        (6, 2, ("2019-10-01", "2020-03-31")),
        (1, 11, ("2020-02-01", "2020-02-29")),
    ],
)
def test_a_part_of_a_year(length, index, part):
    assert part_of(("2019-04-01", "2020-03-31"), length, index) == part
