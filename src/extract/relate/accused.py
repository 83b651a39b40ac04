"""Those accused: wordings by which a number is of suspects, children among them, and not of victims or offences."""

from __future__ import annotations

import re

from extract.lexicon.needs import Pattern
from extract.relate.draft import Draft

_ARRESTED = Pattern(
    r"\bnumber\sof\s(?:offenders|suspects|people|adults|men)\s\w+\s(?:was|were|is|stood\sat|rose\sto|"
    r"fell\sto)\s<X>|<X>\s(?:people|men|adults)\s(?:had\sbeen\s|have\sbeen\s|were\s)?(?:arrested|interviewed|"
    r"charged|convicted)\b|\b(?:arrest(?:ed|s|ing)|charg(?:ed|ing)|prosecut(?:ed|ing)|convict(?:ed|"
    r"ing))\s(?:(?!and\b)\w+\s){0,2}<X>(?!\s\w+\s(?:image|photo|picture|video|device))|\barrests\b[^.;<>]{0,30}(?:<[GY]>\s)?(?:numbered|totalled|stood\sat|rose\sto|fell\sto|came\sto|were)\s<X>|"
    r"\bnumber\sof\s(?:offenders|suspects|people|adults|men)\s(?:arrested|charged|convicted|prosecuted)\b(?:[^.;<>]|<[GY]>){0,30},\s<X>,|"
    r"<X>\s(?:[\w’-]+\s){0,8}?(?:been|were)\s(?:recorded|treated|logged|listed)\sas\ssuspects\b|"
    r"<X>\s(?:(?!offences|crimes|cases|reports|incidents|allegations|images)[\w-]+\s){1,4}(?:have|had)\sbeen\s(?:arrested|charged|convicted|cautioned)\b|"
    r"\bnumber\sof\s(?:under-\d+s|children|minors|young\speople|teenagers)\s(?:investigated|arrested|charged|accused|cautioned)\s(?:was|were|is|stood\sat|rose\sto|fell\sto)\s<X>|"
    r"<X>\s(?:people|adults|men)\sreported\sto\s(?:it|them|(?:the\s)?police|officers|forces|detectives)\s(?:for|over)\b|"
    r"<X>\s(?:(?:minors|children|under-\d+s|teenagers|boys|young\speople|pupils)\s)(?:had\sbeen\s|were\s|have\sbeen\s)?(?:investigated|arrested|charged|accused|suspected|"
    r"reported\s(?:to\s(?:the\spolice|police|them|officers|forces)\s)?(?:for|over)\s(?:[a-z]+ing\b|indecent|images|sharing|sexting))",
    re.I,
)
#: "402 arrests, of whom 61 were under 18"
_OF_WHOM = Pattern(r"\b(?:of\swhom|of\sthem)\s(?:[a-z]+\s){0,2}<X>|<X>\sof\s(?:whom|them)\b", re.I)
#: "Of the suspects who were looked into in Gwent, 12 were under 18"
_OF_SUSPECTS = re.compile(
    r"\W*(?:Of|Among|Out\sof)\s(?:the|those|all|these)\s(?:[a-z]+\s)?(?:suspects|offenders|accused|perpetrators)\b",
    re.I,
)
#: "Boys were suspects in 61% of cases"
_WERE_SUSPECTS = Pattern(
    r"\b(?:boys|girls|men|women|males|females|children|relatives|strangers)\s(?:were|are|was)\s(?:the\s)?(?:main\s)?(?:suspects?|"
    r"offenders?|perpetrators?|abusers?)\sin\s(?:\w+\s){0,2}<X>|"
    r"<X>\sof\s(?:those|people|all\sthose)\s(?:[a-z]+\s)?reported\sto\s(?:the\spolice|police|[A-Z]\w+\spolice|<G>\spolice|<G>|forces|them|it)\s(?:for|over)\b",
    re.I,
)


def counted(draft: Draft, before: str | None) -> tuple[str, str, bool] | None:
    """Return (measure, rule, own) where a sentence counts suspects, whatever its nouns; ``before`` as for `measure`."""
    text, count = draft.masked.text, draft.statistic == "count"
    if count and _OF_SUSPECTS.match(text):
        return "suspects", "measure.of-suspects", True
    if before == "suspects" and _OF_WHOM.search(text):
        return "suspects", "measure.of-whom", True
    return None


def arrested(draft: Draft) -> bool:
    """Tell whether a count is of people arrested, charged or reported."""
    return draft.statistic == "count" and _ARRESTED.search(draft.masked.text) is not None


def were_suspects(draft: Draft) -> bool:
    """Tell whether a share is of suspects: "boys were suspects in 61% of cases"."""
    return draft.statistic == "share" and _WERE_SUSPECTS.search(draft.masked.text) is not None
