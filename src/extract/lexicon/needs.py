"""What a pattern needs: pieces of words without which it cannot match, read off the pattern itself.

Most searches find nothing, and most of those cannot: a pattern about forces has nothing to find where no word holds
*force* or *constabular*. The pieces that each pattern needs are collected in one index; the pieces that a stretch of
text holds are looked up word by word, once, as the bits of a number. Whether a pattern can match is then one *and*.

Nothing here decides what matches: a text that holds all that a pattern needs is searched as ever.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Set
from functools import cached_property, reduce
from operator import or_
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from typing import Any

#: What is looked for: letters in a row, a mention's place in a masked sentence (``<N>``), 0 for any digit. Letters
#: between two borders are a word by themselves, which the sign before it tells: ``=use`` is no part of *abuse*.
_PIECE = re.compile(r"[a-z]+|<[a-z%]>|0")
_BORDER, _WHOLE = "|", "="
_BORDERS = frozenset({_BORDER, " "})
_DIGIT, _LETTERS = re.compile(r"\d"), re.compile("[a-z]+")
#: Characters that are no ASCII letters but match some in any case: such a text is taken to hold everything.
_FOLDED = re.compile("[\u0130\u0131\u017f\u212a]")
#: In how many ways a stretch of a pattern may be spelt out, and how many of its needs are kept.
_MOST_WAYS, _MOST_NEEDS = 80, 3
#: A shorter piece stands in every other sentence; the mention under the lens, in every masked one.
_SHORTEST, _EVERYWHERE = 3, "<x>"
#: Words that stand in so many sentences that another need is taken where there is one.
_COMMON = frozenset(
    border + word
    for border in ("", _WHOLE)
    for word in (
        "all", "and", "are", "as", "at", "been", "but", "by", "for", "from", "had", "has", "have", "her", "his", "in",
        "is", "it", "its", "not", "of", "on", "or", "than", "that", "the", "their", "they", "this", "to", "was",
        "were", "with",
    )
)  # fmt: skip
#: A longer text, in characters, is searched without a look at its words.
_LONGEST = 50_000
#: A text that is no longer, in characters, is a sentence, of which many patterns ask.
_SENTENCE = 600
#: Of how many words and texts the pieces are remembered: of all sentences of a long release, each figure's own way.
_MOST_WORDS, _MOST_TEXTS = 50_000, 10_000
#: All bits: what may hold anything.
ANYTHING = -1

Need = frozenset[str]


class _Words(dict[str, int]):
    """The pieces in words as bits, found when a word is first seen; a word is what stands between white space."""

    def __init__(self, bits: dict[str, int]) -> None:
        self.bits = bits
        self.starts: dict[str, list[tuple[str, int]]] = {}
        for piece, bit in bits.items():
            if piece[0] != _WHOLE:
                self.starts.setdefault(piece[:_SHORTEST], []).append((piece, bit))
        self.known_starts = frozenset(self.starts)

    def __missing__(self, word: str) -> int:
        held = self.bits.get("0", 0) if _DIGIT.search(word) else 0
        for start in self.known_starts.intersection(_triples(word)):
            for piece, bit in self.starts[start]:
                if piece in word:
                    held |= bit
        for letters in _LETTERS.findall(word):
            held |= self.bits.get(_WHOLE + letters, 0)
        if len(self) > _MOST_WORDS:
            self.clear()
        self[word] = held
        return held


def _triples(word: str) -> set[str]:
    return {word[at : at + _SHORTEST] for at in range(len(word) - _SHORTEST + 1)}


class _Index:
    """Pieces by number, and what known words and texts hold of them; a new piece makes a new index."""

    def __init__(self, pieces: tuple[str, ...]) -> None:
        self.bits = {piece: 1 << n for n, piece in enumerate(pieces)}
        self.words = _Words(self.bits)
        self.texts: dict[str, int] = {}

    def of_text(self, text: str) -> int:
        if "\n" in text:  # its lines are asked about by themselves too
            held = reduce(or_, map(self.of_line, text.split("\n")), 0)
        elif not text.isascii() and _FOLDED.search(text):
            held = ANYTHING
        else:
            held = reduce(or_, map(self.words.__getitem__, text.lower().split()), 0)
        if len(self.texts) > _MOST_TEXTS:
            self.texts.clear()
        self.texts[text] = held
        return held

    def of_line(self, line: str) -> int:
        known = self.texts.get(line)
        return self.of_text(line) if known is None else known


_index = _Index(())


def held(text: str) -> int:
    """Return the pieces that a text holds, as bits."""
    if len(text) > _LONGEST:
        return ANYTHING
    known = _index.texts.get(text)
    return _index.of_text(text) if known is None else known


def bits(needs: list[Need]) -> tuple[int, ...]:
    """Return each need as the bits of its pieces, of which a text must hold one."""
    global _index
    new = {piece for need in needs for piece in need} - _index.bits.keys()
    if new:
        _index = _Index((*_index.bits, *sorted(new)))
    known = _index.bits
    return tuple(reduce(or_, (known[piece] for piece in need)) for need in needs)


def needs_of(pattern: str, flags: int = 0) -> list[Need]:
    """Return the few most telling needs of a pattern: of each, one piece stands in every text that it matches.

    >>> [sorted(need) for need in needs_of(r"\\b(?:police|constabular(?:y|ies))\\b.*\\b(?:figures?|data)\\b")]
    [['=constabularies', '=constabulary', '=police'], ['=data', '=figure', '=figures']]
    """
    found = [need for need in _needs(_parser.parse(pattern, flags)) if _rank(need) >= _SHORTEST]
    return sorted(found, key=lambda need: (len(need & _COMMON), -_rank(need), len(need), sorted(need)))[:_MOST_NEEDS]


def _rank(need: Set[str]) -> int:
    """Return how telling a need is: as its least telling piece."""
    return min(_weight(piece) for piece in need)


def _weight(piece: str) -> int:
    """Return how telling a piece is: its length; a digit is as good as a short word, a mention better."""
    if piece == _EVERYWHERE:
        return 0
    return _SHORTEST if piece == "0" else len(piece) + (piece[0] == "<")


def _needs(tree: Any) -> Iterator[Need]:
    """Yield what a sequence of a parsed pattern needs; literals side by side are spelt out together."""
    runs = {""}
    for kind, value in tree:
        ways = _ways(kind, value)
        if ways is not None and len(runs) * len(ways) <= _MOST_WAYS and not _is_gap(ways):
            runs = {run + way for run in runs for way in ways}
            continue
        yield from _spelt({run + " " for run in runs} if ways is not None and _is_gap(ways) else runs)
        runs = ways or {""}
        if ways is None:
            yield from _inside(kind, value)
    yield from _spelt(runs)


def _is_gap(ways: set[str]) -> bool:
    """Tell whether a part surely stands between two words, each of which is then a need of its own."""
    return all(way and way.isspace() for way in ways)


def _spelt(runs: set[str]) -> Iterator[Need]:
    """Yield the longest piece of each way to spell a stretch, where every way has one."""
    pieces = {max(_pieces(run), key=_weight, default="") for run in runs}
    if "" not in pieces:
        yield _shortest(pieces)


def _pieces(run: str) -> Iterator[str]:
    """Yield the pieces of a stretch that is spelt out, words by themselves as such."""
    for match in _PIECE.finditer(run):
        beside = {run[match.start() - 1 : match.start()], run[match.end() : match.end() + 1]}
        yield _WHOLE + match[0] if match[0].isalpha() and beside <= _BORDERS else match[0]


def _shortest(pieces: Set[str]) -> Need:
    """Return the pieces that hold no other one: where *forces* stands, *force* does, but not as a word by itself."""
    return frozenset(p for p in pieces if not any(other != p and other in p and other[0] != _WHOLE for other in pieces))


def _ways(kind: Any, value: Any) -> set[str] | None:
    """Return all that a part of a pattern can spell, in small letters; None where that is open or too much.

    What is no letter is a space here; what matches no character spells nothing, a word's border its sign.
    """
    if kind is op.LITERAL:
        return {_letter(chr(value))}
    if kind in (op.AT, op.ASSERT, op.ASSERT_NOT):
        return {_BORDER} if value is op.AT_BOUNDARY else {""}
    if kind is op.IN:
        return _of_class(value)
    if kind is op.SUBPATTERN:
        return _of_sequence(value[3])
    if kind is op.BRANCH:
        return _joined([_of_sequence(branch) for branch in value[1]])
    if kind in (op.MAX_REPEAT, op.MIN_REPEAT) and value[1] == 1:
        return _joined([{""} if value[0] == 0 else set(), _of_sequence(value[2])])
    return None


def _letter(char: str) -> str:
    low = char.lower()
    return "0" if char.isdecimal() else low if low.isascii() and (low.isalpha() or low in "<>%") else " "


def _of_class(members: Any) -> set[str] | None:
    ways: set[str] = set()
    for kind, value in members:
        if kind is op.LITERAL:
            ways.add(_letter(chr(value)))
        elif kind is op.CATEGORY and value is op.CATEGORY_SPACE:
            ways.add(" ")
        elif (kind is op.CATEGORY and value is op.CATEGORY_DIGIT) or (kind is op.RANGE and value[1] <= ord("9")):
            ways |= {"0"} if kind is op.CATEGORY or value[0] >= ord("0") else {"0", " "}
        else:
            return None
    return ways


def _of_sequence(tree: Any) -> set[str] | None:
    runs = {""}
    for kind, value in tree:
        ways = _ways(kind, value)
        if ways is None or len(runs) * len(ways) > _MOST_WAYS:
            return None
        runs = {run + way for run in runs for way in ways}
    return runs


def _joined(parts: list[set[str] | None]) -> set[str] | None:
    ways: set[str] = set()
    for part in parts:
        if part is None:
            return None
        ways |= part
    return ways if len(ways) <= _MOST_WAYS else None


def _inside(kind: Any, value: Any) -> Iterator[Need]:
    """Yield the needs of a part that cannot be spelt out: of a branch, what each of its alternatives needs."""
    if kind is op.SUBPATTERN:
        yield from _needs(value[3])
    elif kind is op.ATOMIC_GROUP:
        yield from _needs(value)
    elif kind in (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT) and value[0] > 0:
        yield from _needs(value[2])
    elif kind is op.BRANCH:
        chosen: set[str] = set()
        for branch in value[1]:
            telling = [need for need in _needs(branch) if _rank(need) >= _SHORTEST]
            if not telling:
                return
            # What another alternative needs too adds nothing to what is looked for.
            chosen |= min(telling, key=lambda need: (len(need & _COMMON), len(need - chosen), -_rank(need)))
        yield _shortest(chosen)


def _around(text: str, start: int, stop: int) -> str:
    """Return what is looked at for a stretch of a text: all of a sentence, whose pieces are remembered.

    A word that the stretch cuts in two is another one in the sentence.
    """
    return text if len(text) <= _SENTENCE and not text[stop : stop + 1].isalpha() else text[start:stop]


class Pattern:
    """A regular expression that is compiled, and searched for, only where a text holds what it needs.

    It stands for ``re.compile(pattern, flags)`` where a text is searched through, and finds the same.

    Parameters
    ----------
    pattern, flags
        As `re.compile` takes them.
    """

    def __init__(self, pattern: str, flags: int = 0) -> None:
        self.pattern = pattern
        self.flags = flags

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        """The expression as `re` compiles it."""
        return re.compile(self.pattern, self.flags)

    @cached_property
    def needs(self) -> tuple[int, ...]:
        """What the expression needs, as bits."""
        return bits(needs_of(self.pattern, self.flags))

    def can_match(self, text: str) -> bool:
        """Tell whether a text holds what the expression needs."""
        needs = self.needs  # first: pieces that are new make a new index
        found = held(text)
        for need in needs:  # noqa: SIM110 (asked a hundred times for each figure: a loop takes half as long)
            if not found & need:
                return False
        return True

    def search(self, text: str, start: int = 0, end: int | None = None) -> re.Match[str] | None:
        """Search as `re.Pattern.search` does."""
        stop = len(text) if end is None else end
        return self.compiled.search(text, start, stop) if self.can_match(_around(text, start, stop)) else None

    def finditer(self, text: str, start: int = 0, end: int | None = None) -> Iterator[re.Match[str]]:
        """Yield what `re.Pattern.finditer` does."""
        stop = len(text) if end is None else end
        return self.compiled.finditer(text, start, stop) if self.can_match(_around(text, start, stop)) else iter(())

    def sub(self, put: str | Callable[[re.Match[str]], str], text: str) -> str:
        """Replace as `re.Pattern.sub` does."""
        return self.compiled.sub(put, text) if self.can_match(text) else text
