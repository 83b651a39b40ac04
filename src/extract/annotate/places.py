"""Places and forces named in a text: what stands inside another name, a surname or a verb is left out."""

from __future__ import annotations

import re
from functools import cache

from extract.annotate.context import after, before
from extract.annotate.layout import Layout, covering
from extract.lexicon.gazetteer import Hit, scan, scan_words
from extract.lexicon.vocabulary import read_rows

_WORD_BEFORE = re.compile(r"([A-Z][a-z’'-]+)\s\Z")
_LOCATIVE = re.compile(
    r"(?:\b(?:in|near|from|around|across|outside|at|to|of|for|throughout|within|over|by|including|between|among|and|or|via|like)\s(?:the\s)?"
    r"|[,/(|•·:*–—-]\s?)\Z",
    re.IGNORECASE,
)
#: What only a place has: "Sutton's 12 was the lowest".
_POSSESSOR = re.compile(
    r"\s(?:had|recorded|saw|logged)\s\d|\s(?:mother|father|mum|dad|schoolgirl|schoolboy|teenager|teacher|family|council|children|pupils|youngsters|young\speople|teenagers|parents|families|schools)\b|[’']s\s(?:own\s)?(?:\d|total|figure|number|count|council|schools|police)"
)
_MET_BEFORE = re.compile(r"(?:\b[Tt]he|[a-z,;:]|[–—-])\s\Z|\A\Z|\n\Z|[(“\"'|•]\s?\Z")
_NOT_MET = re.compile(r"\s(?:Office|with|up|her|him|them|by)\b")
_COMPASS = re.compile(r"\s+of\s+(?!England\b)", re.IGNORECASE)
_COMPASS_BEFORE = re.compile(r"\b(?:miles?|heading|further|facing|due|just|kilometres?)\s\Z", re.IGNORECASE)
#: What a person does whose surname is also a place's.
_SPEAKS = re.compile(
    r"\s(?:said|says|added|adds|told|explained|warned|believes|recalls|recalled|welcomed)\b|,\s(?:from|who)\s"
)
#: Capitalised words before a place that are no first name.
_NO_NAMES = frozenset(
    re.findall(
        r"\w+",
        "In At From For And But While The Across Near Police North South East West Greater Central Inner Outer Mid "
        "Upper Lower New Old Great County City Saint Royal Both Only As Since When Where If Of Northern Southern "
        "Eastern Western Superintendent",
    )
)
#: How long a headline may be.
_TITLE = 250
_POLICE = re.compile(r"\s(?:police|constabulary)\b", re.IGNORECASE)


def names(lay: Layout) -> list[Hit]:
    """Return every name of the gazetteer in a text, scanned once, outside addresses of pages and mail."""
    return lay.once(_names)


def _names(lay: Layout) -> list[Hit]:
    words = zip(*lay.words, strict=True)
    hits = scan_words(lay.text, words, len(lay.text))
    return [hit for hit in hits if covering(lay.unprose, hit.start) is None]


def places(lay: Layout) -> list[Hit]:
    """Return the names of places and forces that stand as such."""
    hits = [hit for hit in names(lay) if hit.name.area_id or hit.name.force_id]
    return [hit for hit in _split_lists(lay.text, hits) if stands(lay, hit)]


def stands(lay: Layout, hit: Hit) -> bool:
    """Tell whether a name stands for its place or force and is no part of another name."""
    text, name = lay.text, hit.name
    if name.force_kind == "full":
        return name.alias != "Met" or _is_the_met(text, hit)
    if name.force_id and (_POLICE.match(text, hit.end) or name.force_kind == "only"):
        return after(lay, "force_context", "office", hit.end) is None
    if after(lay, "force_context", "office", hit.end):
        return False
    if hit.text[0].islower() and _COMPASS_BEFORE.search(text, max(0, hit.start - 20), hit.start):
        return False
    if name.area_kind == "region" and _COMPASS.match(text, hit.end) and hit.text.islower():
        return False
    return not _in_name(lay, hit) and not _surname(text, hit) and _careful(text, hit)


def _in_name(lay: Layout, hit: Hit) -> bool:
    text = lay.text
    if after(lay, "area_not", "after", hit.end) or before(lay, "area_not", "before", hit.start):
        return True
    if hit.start and text[hit.start - 1] == "(" and after(lay, "area_not", "around", hit.start - 1):
        return True
    if after(lay, "area_not", "itself", hit.start):
        return True
    return after(lay, "area_not", "prose", hit.end) is not None and not _headline(lay, hit.start)


def _headline(lay: Layout, offset: int) -> bool:
    """Tell whether a line is a headline that writes most of its words with capitals."""
    line = covering(lay.lines, offset)
    if line is None:
        return False
    if line.end - line.start > _TITLE or lay.text[line.start : line.end].rstrip().endswith("."):
        return False
    words = re.findall(r"[^\W\d_]+", lay.text[line.start : line.end])
    return len(words) >= 5 and sum(word[0].isupper() for word in words) >= 0.7 * len(words)


@cache
def first_names() -> frozenset[str]:
    """Return first names that make a place's name behind them a surname."""
    return frozenset(row["name"] for row in read_rows("first_names.csv"))


def _surname(text: str, hit: Hit) -> bool:
    word = _WORD_BEFORE.search(text, max(0, hit.start - 20), hit.start)
    if word is None or hit.name.area_kind in ("nation", "region"):
        return False
    return word[1] in first_names() or (_SPEAKS.match(text, hit.end) is not None and word[1] not in _NO_NAMES)


def _careful(text: str, hit: Hit) -> bool:
    if hit.name.care != "locative":
        return True
    if _POSSESSOR.match(text, hit.end):
        return True
    return _LOCATIVE.search(text, max(0, hit.start - 25), hit.start) is not None


def _is_the_met(text: str, hit: Hit) -> bool:
    if _NOT_MET.match(text, hit.end):
        return False
    return _MET_BEFORE.search(text, max(0, hit.start - 6), hit.start) is not None


_LIST_AFTER = re.compile(r",|\s(?:and|&)\s|\s(?:Police|police|forces)\b")
_PAIRS = ("england-and-wales", "devon-and-cornwall")


def _split_lists(text: str, hits: list[Hit]) -> list[Hit]:
    """Take a pair apart that closes a list ("Somerset, Devon and Cornwall", "Scotland, England and Wales")."""
    out: list[Hit] = []
    for hit in hits:
        pair = hit.name.area_id in _PAIRS and " and " in hit.text
        closes = pair and out and out[-1].end == hit.start - 2 and text[hit.start - 2 : hit.start] == ", "
        if closes and not _LIST_AFTER.match(text, hit.end):
            first = hit.start + hit.text.index(" and ")
            out.extend(scan(text, hit.start, first))
            out.extend(scan(text, first, hit.end))
        else:
            out.append(hit)
    return out
