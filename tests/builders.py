"""Annotated releases written by hand, for tests of what comes after annotation."""

from extract.annotate.dates import calendar_year, police_year
from extract.records import Annotated, Block, Mention, Observation, Release

YEAR_1718 = ("2017-04-01", "2018-03-31")
YEAR_1819 = ("2018-04-01", "2019-03-31")
GROOMING = "sexual-communication-with-a-child"


def period_of(text):
    """Read 2018/19, 2018 or 2018-04-01..2019-03-31; the empty string is None."""
    if not text:
        return None
    if ".." in text:
        return tuple(text.split(".."))
    return police_year(int(text[:4])) if "/" in text else calendar_year(int(text))


def observe(text, figure, value=None, nth=0, **fields):
    """Return an observation on the figure's nth occurrence, from 0; by default of Kent's offences in 2018/19."""
    start = -1
    for _ in range(nth + 1):
        start = text.index(figure, start + 1)
    number = float(figure.replace(",", "")) if value is None else value
    given = {
        "statistic": "count",
        "unit": "number",
        "bound": "=",
        "measure": "offences",
        "offence": GROOMING,
        "geography": ("kent",),
        "period": YEAR_1819,
        "sentence": text,
    }
    return Observation(start, start + len(figure), value=number, **(given | fields))


def count_mention(text, figure, label="COUNT", value=None):
    """Return a mention of the figure's first occurrence."""
    start = text.index(figure)
    found = float(figure.replace(",", "")) if value is None else value
    return Mention(label, start, start + len(figure), figure, found, "test")


def released(release_id, text, *observations, mentions=(), published="2019-11-05", **facts):
    """Return an annotated release of one paragraph."""
    blocks = (Block("paragraph", 0, len(text), page=2, path="/html/body/p[1]"),)
    release = Release(release_id, text, title="A title", published=published, blocks=blocks, **facts)
    return Annotated(release, tuple(mentions), tuple(observations))
