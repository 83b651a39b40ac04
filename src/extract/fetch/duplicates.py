"""Recognises one release on several sites by the shingles of its text.

Releases of one campaign share most of their words from region to region and differ in their figures. So two texts
are one release only where, beside the words, nearly all numbers of the shorter one stand in the other.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

import numpy as np
from datasketch import MinHash, MinHashLSH

PERMUTATIONS = 128
_SCHEME: Literal["affine32"] = "affine32"
#: Estimated Jaccard similarity of word shingles from which two texts may be one release.
SIMILAR = 0.6
#: Share of the shorter text's numbers that the other must have.
SAME_NUMBERS = 0.9
_SHINGLE = 4
_WORD = re.compile(r"[^\W_]+(?:[.,]\d+)*")
_MOST_NUMBERS = 400


@dataclass(frozen=True, slots=True)
class Signature:
    """What is remembered of a text: its MinHash and its numbers."""

    hashes: tuple[int, ...]
    numbers: frozenset[str]

    def to_cells(self) -> tuple[str, str]:
        """Return two cells of a CSV row."""
        return np.array(self.hashes, dtype=">u4").tobytes().hex(), " ".join(sorted(self.numbers))

    @classmethod
    def from_cells(cls, hashes: str, numbers: str) -> Signature:
        """Return what `to_cells` wrote."""
        values = np.frombuffer(bytes.fromhex(hashes), dtype=">u4")
        return cls(tuple(int(v) for v in values), frozenset(numbers.split()))


def sign(text: str) -> Signature:
    """Return the signature of a text."""
    words = [word.lower() for word in _WORD.findall(text)]
    shingles = {" ".join(words[n : n + _SHINGLE]) for n in range(max(1, len(words) - _SHINGLE + 1))}
    made = MinHash(num_perm=PERMUTATIONS, scheme=_SCHEME)
    made.update_batch([shingle.encode() for shingle in sorted(shingles)])
    numbers = sorted({word for word in words if word[0].isdigit()})[:_MOST_NUMBERS]
    return Signature(tuple(int(v) for v in made.hashvalues), frozenset(numbers))


class Duplicates:
    """The signatures of a corpus, searched by locality-sensitive hashing.

    Parameters
    ----------
    known
        Ids with the signatures of their texts.
    """

    def __init__(self, known: Iterable[tuple[str, Signature]] = ()) -> None:
        self._index = MinHashLSH(threshold=SIMILAR, num_perm=PERMUTATIONS)
        self._signatures: dict[str, Signature] = {}
        for name, signature in known:
            self.add(name, signature)

    def add(self, name: str, signature: Signature) -> None:
        """Remember a text, in place of what the id had before."""
        if name in self._signatures:
            self._index.remove(name)
        self._signatures[name] = signature
        self._index.insert(name, _minhash(signature))

    def find(self, signature: Signature, own: str = "") -> str | None:
        """Return the id of the first remembered text that is the same release, other than ``own``."""
        candidates = set(self._index.query(_minhash(signature))) - {own}
        # In the order in which they came, so that all copies are linked to the first.
        return next((n for n in self._signatures if n in candidates and _same(signature, self._signatures[n])), None)


def _minhash(signature: Signature) -> MinHash:
    return MinHash(num_perm=PERMUTATIONS, hashvalues=np.array(signature.hashes, dtype=np.uint32), scheme=_SCHEME)


def _same(a: Signature, b: Signature) -> bool:
    if float(np.mean(np.array(a.hashes) == np.array(b.hashes))) < SIMILAR:
        return False
    fewer = min(len(a.numbers), len(b.numbers))
    return not fewer or len(a.numbers & b.numbers) >= SAME_NUMBERS * fewer
