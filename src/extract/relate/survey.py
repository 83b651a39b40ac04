"""What a release says of its survey: when it was made, whom it asked, and where they live."""

from __future__ import annotations

import re

from extract.annotate import dates
from extract.lexicon.needs import Pattern
from extract.records import Period
from extract.relate.draft import Draft
from extract.relate.scope import Layout, Sentence

#: "asked 2,059 parents and 1,696 children in Great Britain"
_SAMPLE = Pattern(
    r"\b(?:asked|polled|surveyed|questioned|interviewed|(?:survey|poll|sample)\sof)\s(?:[a-z]+\s){0,2}[\d,]{3,}\b[^.]{0,60}\b"
    r"(?:in|across|from)\s(?:the\s)?[A-Z]"
    r"|(?:\bper\scent|%|\bin\s(?:two|three|four|five|ten|20))\sof\s(?:[a-z]+\s){0,2}[A-Z]\w+\s(?:adults|parents|people|mothers|fathers|teachers)\b"
    r"|(?:\bper\scent|%|\bin\s(?:two|three|four|five|ten))\sof\s(?:[a-z]+\s){0,2}(?:adults|parents|people|mothers|fathers|teachers)\s"
    r"(?:in|across)\s(?:the\s)?(?:UK|United\sKingdom|(?:Great\s)?Britain)\b"
    r"|\b(?:survey|poll|study|research|questionnaire)\s(?:was\s)?(?:carried\sout|conducted|done|undertaken|run)\s(?:\w+\s){0,2}(?:in|across)\s(?:the\s)?[A-Z]"
)
#: With a month beside it, the word dates the survey.
_POLLED = Pattern(
    r"\b(?:surveyed|polled|questioned|interviewed|survey|poll|asked(?=\s(?:[a-z]+\s){0,2}[\d,]{3,}))\b", re.I
)
_FIELDWORK = Pattern(
    r"\b(?:surveyed|polled|questioned|(?:put|posed)\s(?:\w+\s){0,2}questions?\sto)\s(?:\w+\s){0,3}\d|"
    r"\b(?:fieldwork|(?:was|were)\s(?:polled|surveyed|questioned|interviewed)|survey\s(?:was|took|ran)|poll\s(?:was|took|ran)|"
    r"(?:survey|poll|research|interviews|(?<!similar\s)(?<!previous\s)(?<!earlier\s)study)(?:,\s|\s)(?:was\s|were\s)?(?:carried\sout|conducted|done|undertaken))\b",
    re.I,
)
_ADULTS = Pattern(
    r"\b(?:members|staff|workers|mums|parents|adults|teachers|nurses|mothers|fathers|mums|dads|carers|"
    r"professionals|respondents)\b",
    re.I,
)
_YOUNG = Pattern(r"\b(?:children|pupils|young\speople|teenagers|girls|boys|students|\d\d-year-olds)\b", re.I)

#: "a poll of 1,000 parents found 88 per cent did not know"
_POLL_OF_ADULTS = Pattern(
    r"\b(?:poll|survey|sample|study)\sof\s(?:\w+\s){0,2}<N>\s(?:\w+\s){0,2}(?:parents|adults|people|teachers|carers|mothers|fathers)"
    r"(?:[^.;<]|<[YG]>){0,90}\s(?:found|showed|shows|suggest\w*|said|says|revealed)\s(?:that\s)?(?:\w+\s){0,3}<X>(?!\sof\s(?:the\s)?(?:children|pupils|young|girls|boys))"
    r"|\b(?:poll|survey)(?:\s(?:we|it|they|the\scharity)\s(?:did|ran|commissioned|carried\sout))?\sof\s(?:<N>\s)?(?:[a-z-]+\s){0,2}"
    r"(?:parents|adults|people|teachers|carers|mothers|fathers|nurses|doctors)\b[^.;]{0,80}<X>\s"
    r"(?:said|did|thought|believed|were|had|agreed|felt|knew|wanted|told|admitted)\b"
    r"|\b(?:poll|survey)\sof\s(?:[a-z-]+\s){0,2}(?:parents|adults|people|teachers|carers|mothers|fathers|nurses|doctors)\b[^.;]{0,80}<%>\ssaid\b[^.;]{0,80}\band\s<X>\s(?:said|did|thought|believed|were|had|agreed|felt|knew|wanted|told|admitted)\b",
    re.I,
)


def fieldwork(layout: Layout, sentence: Sentence) -> Period | None:
    """Return when a survey was made, where the sentence dates it."""
    times = [m for m in sentence.of("YEAR") if m.value]
    if not times:
        return None
    short = [m for m in times if dates.months_in(m.value) < 12]
    polled = short and _POLLED.search(layout.text, sentence.start, sentence.end)
    told: Period = times[0].value
    return told if polled or _FIELDWORK.search(layout.text, sentence.start, sentence.end) else None


def sample(layout: Layout) -> Sentence | None:
    """Return the first sentence that says where those live whom the release's survey asked."""
    return next(
        (s for s in layout.sentences if s.of("AREA") and _SAMPLE.search(layout.text, s.start, s.end)),
        None,
    )


def asked(text: str) -> str | None:
    """Return whom a sentence on a survey says was asked: ``people`` or ``children``; None where it says neither."""
    adults, young = _ADULTS.search(text), _YOUNG.search(text)
    if adults and (not young or adults.start() < young.start()):
        return "people"
    return "children" if young else None


def polled_adults(draft: Draft) -> bool:
    """Tell whether a share is of parents or other adults that a poll asked."""
    return _POLL_OF_ADULTS.search(draft.masked.text) is not None
