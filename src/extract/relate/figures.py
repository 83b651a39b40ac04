"""Which numbers are figures about abuse, and which only count organisations, pages or one offender's acts."""

from __future__ import annotations

import re
from functools import lru_cache

from extract.lexicon.needs import Pattern
from extract.lexicon.rules import likely
from extract.records import Mention
from extract.relate.draft import Draft
from extract.relate.masked import Masked, mask
from extract.relate.scope import Layout, Sentence

_TWIN = re.compile(
    r"(?:(?:\s(?:higher|lower|more|fewer|less|up|down))?\s?\((?:or\s|about\s|around\s|almost\s|nearly\s|some\s|just\s|over\s|under\s|more\sthan\s|exactly\s){0,2})$"
)
#: How far in points a share in words may stand from the exact one in the bracket behind it.
_ROUNDED = 8
#: "alone among the four": a small number without a noun takes up what was listed.
_BACK_REFERENCE = Pattern(
    r"\b(?:these|those|the)\s<X>\s(?:had|saw|recorded|were|was|together|between|all|have|reported|logged|accounted|account|made|make|took|got|counted)\b|"
    r"\b(?:among|of|all|between|other)\s(?:the\s|these\s|those\s)?<X>(?=\s(?:recorded|saw|had|were|are|was|to)\b|[,.;]|$)",
    re.I,
)
_FEW = 12
_FORCES = Pattern(
    r"<X>(?:\s(?!that\b|which\b|in\b|of\b|with\b|from\b|by\b|and\b|to\b|against\b|on\b|when\b|or\b|for\b)[\w’'<>-]+){0,3}?\s(?:forces|constabularies)\b|<X>\sof\s(?:the\s|all\s)?(?:<G>(?:\sand\s<G>)?[’']s\s)?<[NX]>\s(?:<G>\s)?(?:police\s)?forces|of\s(?:the\s|all\s)?(?:<G>(?:\sand\s<G>)?[’']s\s)?<X>\s(?:<G>\s)?(?:police\s)?forces",
    re.I,
)
#: The row of the rules that is about a sentence, not about a number in it.
_CASE = "not-figure.single-case"
#: Leaves out so many of them; "had all but doubled" tells a ratio.
_ALL_BUT = "not-figure.all-but"
_IN_FIRST_PERSON = re.compile(r"\bI\s(?:would|had|was|have|am|will|could|can|do|don)\b")
#: Many people arrested or convicted are no single case.
_MANY = Pattern(
    r"<X>\s(?:people|men|adults|offenders|suspects)\s(?:\w+\s)?(?:were|was|had\sbeen|have\sbeen)\s(?:convicted|jailed|cautioned|charged|arrested)"
    r"|\bcompared\s(?:with|to)\s<X>",
    re.I,
)
#: Statistics of courts speak of many; a single case of one person.
_ALL_CONVICTED = re.compile(
    r"\b(?:people|offenders|men|adults|defendants)\s(?:were\s|being\s)?(?:convicted|sentenced|prosecuted|cautioned|jailed)\b|"
    r"\b(?:convictions|prosecutions|cautions)\b|\b(?:anybody|anyone|nobody|no\sone)\s(?:was\s)?(?:convicted|charged|prosecuted)\b|\b\d{2,}\s(?:were\s)?(?:given|handed)\sa\s(?:suspended|community|prison)\b|"
    r"\b\d{2,}\sreceived\san?\s(?:\w+\s)?(?:custodial|suspended|prison)\b",
    re.I,
)
_ONE_PERSON = re.compile(r"\b(?:he|she|his|her|him|aged\s\d\d|\d\d-year-old)\b", re.I)
#: What forces do that were asked.
_ANSWERED = re.compile(
    r"\b(?:repl\w+|answer\w*|respon\w+|gave|give|provid\w+|suppl\w+|disclos\w+|data|figures?|information|returns?|sent|FOI|Freedom|requests?|"
    r"obtained|heard|refus\w+|statistics|asked|told|hand(?:ed|ing)|came\sback|sources?|opened|return\w*)\b",
    re.I,
)
_COVERAGE = Pattern(
    r"\b(?:data|figures?|numbers|returns?|responses?|repl(?:y|ies|ied)|answer\w*|opened\stheir\sbooks|Freedom\sof\sInformation|FOI|responded|respond|"
    r"provided|given\sby|supplied|gave|charity[’']s\sinquiry|counted|found|turned\sup|uncovered|on\sfile|put\sdown|forces\sbetween\sthem|came\sup\swith|disclosed|reported|received|heard|request(?:s|ed)?|information|statistics|recorded|sent|obtained)\b",
    re.I,
)
_DEFINITE_FORCES = Pattern(
    r"\b(?:the|both|all|those|these|our|its|\w+[’']s|<G>[’']s)\s(?:other\s)?<X>(?:\s(?:[\w’'-]+|<G>)){0,2}?\s(?:forces|constabularies)\b",
    re.I,
)
_POLICE = Pattern(r"\b(?:police|forces?|offences|crimes|recorded|contacts|helpline|sessions|NSPCC|Childline)\b", re.I)


def find(layout: Layout, tabled: frozenset[int] = frozenset()) -> list[Draft]:
    """Return a draft for every figure of the running text, by offset; ``tabled`` units are left to `tables`."""
    drafts: list[Draft] = []
    for sentence in layout.sentences:
        if sentence.unit.index in tabled:
            continue
        previous: Draft | None = None
        for mention in sentence.of("COUNT", "PERCENTAGE"):
            masked = mask(layout.text, sentence, mention)
            twin = _twin_of(layout.text, previous, mention)
            if twin is None and (not is_figure(mention, masked) or _single_case(layout, sentence, masked)):
                continue
            previous = Draft(mention, sentence, masked, twin)
            drafts.append(previous)
    return drafts


def is_figure(mention: Mention, masked: Masked) -> bool:
    """Tell whether a number is a figure about abuse, its victims, its reporting or the services that answer it."""
    if _FORCES.search(masked.text):
        return _is_coverage(masked)
    if mention.label == "COUNT" and mention.value <= _FEW and _BACK_REFERENCE.search(masked.text):
        return False
    for rule in likely("not_figure", masked.text):
        if rule.id == _CASE or (rule.id == _ALL_BUT and mention.label == "PERCENTAGE"):
            continue
        for match in rule.pattern.finditer(masked.text):
            if match.start() <= masked.at < match.end():
                return False
    return True


def _is_coverage(masked: Masked) -> bool:
    if re.search(
        r"<X>\sof\s(?:the\s|all\s)?(?:<G>(?:\sand\s<G>)?[’']s\s)?<N>\s(?:<G>\s)?(?:\w+\s){0,2}forces|<N>\sof\s(?:the\s|all\s)?(?:<G>(?:\sand\s<G>)?[’']s\s)?<X>",
        masked.text,
    ):
        return bool(_ANSWERED.search(masked.text))
    if not _COVERAGE.search(masked.text):
        return False
    if _DEFINITE_FORCES.search(masked.text):
        return bool(
            re.search(
                r"\b(?:data|figures?|information|repl\w+|answers?|returns)\s(?:\w+\s){0,2}from\s(?:all\s)?(?:the\s)?<X>|\brequests?\s(?:\w+\s){0,3}to\s(?:all\s)?<X>|\b(?:we|NSPCC|charity|it|who|which)\s(?:had\s)?asked\s(?:all\s)?(?:of\s)?(?:the\s)?<X>|\b(?:gave|answered|responded|replied|supplied|provided|sent\sin|sent\sback|returned|opened|handed)\b",
                masked.text,
                re.I,
            )
        )
    return True


def _same_share(text: str, first: Mention, second: Mention) -> bool:
    """Tell whether a bracket restates a share behind a few words: "almost half of these (48 per cent)"."""
    between = text[first.end : second.start]
    bracket = re.fullmatch(r"\s(?:of|in)\s(?:[\w’'-]+\s){1,4}\((?:or\s)?", between)
    commas = re.fullmatch(r"\s(?:of|in)\s(?:[\w’'-]+\s?){1,5},\s", between)
    if not bracket and not commas:
        return False
    (a, unit_a), (b, unit_b) = first.value, second.value
    return (
        unit_a == unit_b == "percent"
        and abs(a - b) <= _ROUNDED
        and text[second.end : second.end + 1] in ("),")
        and text[second.end : second.end + 1] != ""
    )


@lru_cache(maxsize=64)  # asked for each number of a sentence
def _tells_case(text: str, start: int, end: int) -> bool:
    """Tell whether a sentence has the words of a single case: a trial, an offender's age and acts."""
    return any(r.id == _CASE and r.pattern.search(text, start, end) for r in likely("not_figure", text, start, end))


def _single_case(layout: Layout, sentence: Sentence, masked: Masked) -> bool:
    dated = bool(sentence.of("YEAR"))
    if not dated and _IN_FIRST_PERSON.search(layout.text_of(sentence)):
        return True
    if not _tells_case(layout.text, sentence.start, sentence.end) or _MANY.search(masked.text):
        return False
    own_words = layout.text_of(sentence)
    if _ALL_CONVICTED.search(own_words) and not _ONE_PERSON.search(own_words):
        return False
    return not (dated and _POLICE.search(masked.text)) and not sentence.of("FORCE")


def _twin_of(text: str, previous: Draft | None, mention: Mention) -> Draft | None:
    """Return the figure that a parenthesis restates: "four in five (83%)", "almost doubled (99 per cent)"."""
    if previous is None or mention.label != "PERCENTAGE" or previous.mention.label != "PERCENTAGE":
        return None
    between = text[previous.mention.end : mention.start]
    if _same_share(text, previous.mention, mention):
        return previous
    closed = text[mention.end : mention.end + 2].lstrip().startswith(")")
    if closed and len(between) < 24 and _TWIN.fullmatch(between):
        return previous
    return None
