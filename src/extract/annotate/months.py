"""Months told one after the other with their figures: "February had 22, January 24", "November's 1,057"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

_MONTH = re.compile(
    r"(?<!Theresa\s)(?<!Mrs\s)(?<!Mr\s)(?<!Ms\s)\b"
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December)\b"
)
_FIGURE = r"(?P<figure>\d+(?:,\d{3})*)(?![\w%]|\.\d|:\d|/)"
#: A month with a verb or as the owner of its figure.
_TOLD = re.compile(rf"(?:['’]s\s|\s(?:had|brought|saw|took|came\sto|with)\s(?:just\s|only\s|another\s)?){_FIGURE}")
_BARE = re.compile(rf"\s{_FIGURE}(?!,?\s(?:19|20)\d\d)(?=\s*[,.;)\n]|\s(?:and|the|in|but|while|was)\b|\s*\Z)")
#: A month with its year, or behind *in*, and its figure: what a run of months can begin with.
_DATED = re.compile(rf",?\s(?:(?:19|20)\d\d\b[^.;\n]{{0,40}}?\s|(?:there\swere|it\swas|we\shad)\s){_FIGURE}")
_GAP = re.compile(r"[^.;,\n]{0,30}(?:[,;]|\sand|\sbut|\swhile|\.)\s(?:and\s|but\s|in\s|then\s)*")


@dataclass(frozen=True, slots=True)
class ToldMonth:
    """A month at ``text[start:end]`` without its year, and where its figure starts."""

    start: int
    end: int
    name: str
    figure: int


@lru_cache(maxsize=8)
def told_months(text: str) -> tuple[ToldMonth, ...]:
    """Return the months, printed without a year, to which a text gives figures, in order."""
    found: list[ToldMonth] = []
    after = -1  # where the figure of the month before ends
    for month in _MONTH.finditer(text):
        told = _TOLD.match(text, month.end())
        goes_on = after >= 0 and _GAP.fullmatch(text, after, month.start()) is not None
        match = told or (_BARE.match(text, month.end()) if goes_on else None)
        if match:
            found.append(ToldMonth(month.start(), month.end(), month[0], match.start("figure")))
        match = match or _DATED.match(text, month.end())
        after = match.end() if match else -1
    return tuple(found)
