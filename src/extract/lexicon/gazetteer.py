"""Names of places, forces and platforms: loaded from CSV, validated, and found in a text in one pass over its words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from extract.errors import LexiconError
from extract.lexicon.vocabulary import force_ids, geographies, ids, read_rows

FORCE_KINDS = ("place", "only", "full", "listed")
AREA_KINDS = ("nation", "region", "county", "abbreviation", "council", "borough", "city", "town")
NEEDS = ("", "exact", "company", "list")
CARES = ("", "locative")

_WORD = re.compile(r"[^\W\d_]+")
_PIECES = re.compile(r"([\s-]+|&|\band\b|['’])")
_GAP = r"(?:[^\S\n]{0,3}\n?[^\S\n]{0,3}[-‐‑–]?)(?<=[\s‐‑–-])"
_DIRECTION = re.compile(r"(?:north|south|east|west|mid|central|inner|outer|northern|southern|eastern)[a-z]*", re.I)


@dataclass(frozen=True, slots=True)
class Name:
    """One alias with everything it may stand for.

    ``force_kind``: ``place`` (a place that is one force's own area), ``only`` (exists as a force's name only),
    ``full`` (names the force by itself), ``listed`` (a force only where the context speaks of forces).
    ``care`` ``locative``: also an ordinary word or surname. ``need`` says what a platform's name wants around it.
    """

    alias: str
    area_id: str = ""
    area_kind: str = ""
    care: str = ""
    force_id: str = ""
    force_kind: str = ""
    platform_id: str = ""
    need: str = ""


@dataclass(frozen=True, slots=True)
class Hit:
    """An alias found at ``text[start:end]``."""

    start: int
    end: int
    text: str
    name: Name


#: The CSV files, the column of the alias, and a column with the values that it may have.
_FILES = {
    "area_names": ("name", "kind", AREA_KINDS),
    "force_names": ("alias", "kind", FORCE_KINDS),
    "platform_names": ("alias", "need", NEEDS),
}


@cache
def names() -> tuple[Name, ...]:
    """Return every alias of the lexicon. See `merge`."""
    return merge({file: read_rows(f"{file}.csv") for file in _FILES})


def merge(files: Mapping[str, Iterable[dict[str, str]]]) -> tuple[Name, ...]:
    """Return one name an alias from the rows of the CSV files; a place and its force share one.

    Raises
    ------
    LexiconError
        Where a row has an unknown id, kind, care or need, or an alias is given twice in one file.
    """
    merged: dict[str, dict[str, str]] = {}
    for file, rows in files.items():
        seen: set[str] = set()
        for row in rows:
            alias = row[_FILES[file][0]]
            _check(file, alias, row, seen)
            merged.setdefault(alias, {}).update(_fields(file, row))
    return tuple(Name(alias, **fields) for alias, fields in merged.items())


def _fields(file: str, row: dict[str, str]) -> dict[str, str]:
    if file == "area_names":
        return {"area_id": row["geography"], "area_kind": row["kind"], "care": row["care"]}
    if file == "force_names":
        return {"force_id": row["geography"], "force_kind": row["kind"]}
    return {"platform_id": row["platform"], "need": row["need"]}


def _check(file: str, alias: str, row: dict[str, str], seen: set[str]) -> None:
    where = f"lexicon/{file}.csv, {alias}"
    if alias in seen:
        raise LexiconError(where, "is given twice", "remove one of the rows")
    seen.add(alias)
    known = {"force_names": force_ids(), "platform_names": ids("platforms")}.get(file)
    identity = row.get("geography") or row.get("platform", "")
    if known is not None and identity not in known:
        raise LexiconError(where, f"has the unknown id {identity}", "use an id of the vocabulary")
    if known is None and identity != slug(identity) and identity not in geographies():
        raise LexiconError(where, f"has the id {identity}, which is no slug", "write lower-case words with hyphens")
    column, values = _FILES[file][1:]
    if row[column] not in values or row.get("care", "") not in CARES:
        raise LexiconError(where, f"has an unknown {column} or care", f"use one of {values} and of {CARES}")


def slug(name: str) -> str:
    """Return a name as lower-case ASCII with every run of other characters as one hyphen."""
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")


@cache
def _index() -> dict[str, tuple[Name, ...]]:
    """Return the names by the first word of their alias in lower case, the longest first."""
    index: dict[str, list[Name]] = {}
    for name in names():
        first = _WORD.search(name.alias)
        if first is None:
            raise LexiconError("lexicon", f"the alias {name.alias!r} has no letter", "give it one or remove it")
        index.setdefault(first[0].lower(), []).append(name)
    return {w: tuple(sorted(found, key=lambda n: (-len(n.alias), n.alias))) for w, found in index.items()}


@cache  # when a text first has the first word: no release has them all
def _pattern(alias: str) -> re.Pattern[str]:
    """Compile an alias: any space or hyphen between words, ``and`` or ``&``, either apostrophe, no letter after it."""
    out = ""
    for piece in _PIECES.split(alias):
        if re.fullmatch(r"[\s-]+", piece):
            out += _GAP
        elif piece in ("and", "&") and alias not in ("and", "&"):
            out += "(?:and|&)"
        elif piece in ("'", "’"):
            out += "['’]"
        else:
            out += re.escape(piece)
    return re.compile(out + r"(?![^\W\d_])", re.IGNORECASE)


def scan(text: str, start: int = 0, end: int | None = None, without: tuple[str, ...] = ()) -> Iterator[Hit]:
    """Yield the names in ``text[start:end]``, in order, the longest at each place.

    Parameters
    ----------
    without
        Kinds of force names that are not looked for.
    """
    stop = len(text) if end is None else end
    words = ((word.start(), word[0].lower()) for word in _WORD.finditer(text, start, stop))
    return scan_words(text, words, stop, without)


def scan_words(text: str, words: Iterable[tuple[int, str]], stop: int, without: tuple[str, ...] = ()) -> Iterator[Hit]:
    """Yield the names that begin at the given words (start, lower case) and end before ``stop``. See `scan`."""
    index, done = _index(), 0
    for start, word in words:
        if word not in index or start < done:
            continue
        for name in index[word]:
            match = _pattern(name.alias).match(text, start, stop)
            if match and name.force_kind not in without and _case_fits(match[0], name):
                yield Hit(start, match.end(), match[0], name)
                done = match.end()
                break


def _case_fits(found: str, name: Name) -> bool:
    """Tell whether a name is written as a name: its own capitals, or all of them; distinct platforms in any case."""
    if found == name.alias or (found.isupper() and name.need != "exact" and len(found) > 2):
        return True
    if name.platform_id:
        return name.need in ("", "list")
    if name.force_kind in ("full", "listed") and name.alias.isupper():
        return False  # "MPs" are no police
    words = _WORD.findall(name.alias)
    region = name.area_kind == "region"
    for want, have in zip(words, _WORD.findall(found), strict=False):
        if (
            want[0].isupper()
            and not have[0].isupper()
            and not (_DIRECTION.fullmatch(want) and (region or len(words) > 1))
        ):
            return False
    return True
