"""The masked sentence: mentions replaced by what kind they are, so that a rule speaks of forms and not of values.

``<X>`` is the mention under the lens, ``<N>`` another count, ``<%>`` another percentage, ``<Y>`` a time, ``<G>`` a
force or place, ``<P>`` a platform: "a rise of <X> on <Y>".
"""

from __future__ import annotations

from dataclasses import dataclass

from extract.records import Mention
from extract.relate.scope import Sentence

TOKENS = {"COUNT": "<N>", "PERCENTAGE": "<%>", "YEAR": "<Y>", "FORCE": "<G>", "AREA": "<G>", "PLATFORM": "<P>"}


@dataclass(frozen=True, slots=True)
class Masked:
    """A masked sentence; ``at`` is where ``<X>`` stands in ``text``, ``places`` where each other mention stands."""

    text: str
    at: int
    places: tuple[tuple[int, Mention], ...]

    def before(self) -> str:
        """Return what stands before the mention."""
        return self.text[: self.at]

    def after(self) -> str:
        """Return what stands behind the mention."""
        return self.text[self.at + 3 :]


def mask(text: str, sentence: Sentence, lens: Mention) -> Masked:
    """Mask a sentence with one mention under the lens."""
    pieces: list[str] = []
    places: list[tuple[int, Mention]] = []
    position, length, at = sentence.start, 0, 0
    for mention in sentence.mentions:
        plain = text[position : mention.start]
        pieces.append(plain)
        length += len(plain)
        if mention is lens:
            at, token = length, "<X>"
        else:
            token = TOKENS[mention.label]
            places.append((length, mention))
        pieces.append(token)
        length += len(token)
        position = mention.end
        while mention.label in ("COUNT", "PERCENTAGE") and text[position : position + 1].isdigit():
            position += 1  # a footnote's mark that ran together with the number
    pieces.append(text[position : sentence.end])
    return Masked("".join(pieces), at, tuple(places))
