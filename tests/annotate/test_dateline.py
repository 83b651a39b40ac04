import pytest

from extract.annotate.dateline import dateline


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("15 August 2023, 06:10", "2023-08-15"),
        ("Published: January 2024", "2024-01-15"),
        ("13 August 2019, 10:21 | Updated: 13 August 2019, 10:29", "2019-08-13"),
        ("Tuesday, 25th February 2025 06:45", "2025-02-25"),
        ("November 21, 2018", "2018-11-21"),
        ("By Ann Other | 5 February 2019 | News", "2019-02-05"),
        ("April 2020 to March 2021", None),
        ("A year in review April 2012", None),
        ("Police recorded 31 offences in March 2019.", None),
        ("2019", None),
    ],
)
def test_a_line_near_the_top_that_is_a_date(line, day):
    assert dateline(f"Grooming up by a third\n\n{line}\n\nOffences rose last year.") == day


def test_the_headline_and_the_body_are_no_datelines():
    assert dateline("4 May 2019\n\n" + "Words of a story.\n" * 9 + "5 May 2019\n") is None
