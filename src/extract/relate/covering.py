"""Sentences that say which time all the figures before them cover: "They cover two and a half years"."""

from __future__ import annotations

import re
from collections.abc import Iterable

from extract.relate.draft import Draft
from extract.relate.scope import Layout, Sentence
from extract.relate.times import is_extent

_THEY_COVER = re.compile(
    r"\W*(?:They|These|The\s(?:figures|data|numbers|statistics))\s(?:all\s)?(?:cover|span|run\sfrom|are\sfor|relate\sto)\b"
)
#: The rules by which a figure without a time is of that of the release.
_GUESSED = frozenset({"period.carried", "period.data-year"})


def rescope(layout: Layout, sentence: Sentence, drafts: Iterable[Draft]) -> None:
    """Give the figures told so far without a time the stretch that a sentence says they cover."""
    found = [m for m in sentence.of("YEAR") if is_extent(m)]
    if not found or not _THEY_COVER.match(layout.text, sentence.start):
        return
    for draft in drafts:
        if draft.mention.start < sentence.start and draft.rules.get("period") in _GUESSED:
            draft.put("period", found[0].value, "period.they-cover", own=True)
