"""One regular expression a label: what a careful person writes on the first afternoon."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from benchmarks.peers.peer import Finder, force_id, mention, peer, place_names, platform_names, printed_year
from extract.lexicon.gazetteer import slug
from extract.records import Label, Mention, Release

MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"


def expression() -> re.Pattern[str]:
    """Return the expression: one alternative a label, tried in this order at each place."""
    platforms = "|".join(re.escape(n) for n in sorted(platform_names(), key=len, reverse=True))
    places = "|".join(re.escape(n) for n in sorted(place_names(), key=len, reverse=True))
    small = "two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
    return re.compile(
        rf"""(?P<FORCE>\b(?-i:[A-Z][\w’'-]+(?:\s(?:and|&)?\s?[A-Z][\w’'-]+){{0,3}})\s(?:Police|Constabulary)\b|\b(?:PSNI|Police\sScotland)\b)
        |(?P<YEAR>\byear\s(?:to|ending)\s(?:{MONTHS})\s(?:19|20)\d\d|\b(?:(?:{MONTHS})\s)?(?:19|20)\d\d(?:[/–-]\d{{2,4}})?\b
          |\b(?:last|previous|past)\s(?:(?:{small}|\d+)\syears|year|decade)\b)
        |(?P<PERCENTAGE>\b\d+(?:\.\d+)?\s?(?:%|per\s?cent\b)|\b(?:half|(?:a\s)?(?:third|quarter|fifth)|two[ -]thirds
          |three[ -]quarters|one\sin\s\w+|(?:more\sthan\s)?doubled?|trebled?|tripled)\b)
        |(?P<PLATFORM>\b(?:{platforms})\b)
        |(?P<AREA>\b(?:{places}|UK|England\sand\sWales|Scotland|Northern\sIreland)\b)
        |(?P<COUNT>(?<![\w.,£$€/-])\d{{1,3}}(?:,\d{{3}})+\b|(?<![\w.,£$€/-])\d+(?:\.\d+)?(?:\s(?:million|thousand))?\b(?![-/])
          |\b(?:{small})\b)""",
        re.IGNORECASE | re.VERBOSE,
    )


def load() -> Finder:
    """Return a finder over the one expression."""
    # A space in a name would be dropped by VERBOSE.
    pattern = re.compile(expression().pattern.replace("\\ ", r"\s"), re.IGNORECASE | re.VERBOSE)
    return lambda release: list(_mentions(release, pattern))


def _mentions(release: Release, pattern: re.Pattern[str]) -> Iterator[Mention]:
    for match in pattern.finditer(release.text):
        label: Label = match.lastgroup  # type: ignore[assignment]
        start = match.start() + (2 if label == "PERCENTAGE" and match[0].lower().startswith("a ") else 0)
        yield mention(release, label, start, match.end(), _value(label, release.text[start : match.end()]))


def _value(label: Label, surface: str) -> Any:
    number = re.match(r"\d[\d,]*(?:\.\d+)?", surface)
    plain = float(number[0].replace(",", "").rstrip(".")) if number else None
    if label == "FORCE":
        return force_id(surface)
    if label == "AREA":
        return place_names().get(surface.lower(), ("", slug(surface)))[1]
    if label == "PLATFORM":
        return (platform_names()[surface.lower()],)
    if label == "YEAR":
        return printed_year(surface)
    return (plain, "percent") if label == "PERCENTAGE" else plain


PEER = peer("plain_regex", load)
