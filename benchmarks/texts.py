"""Makes the texts that speed is measured on: seeded, varied, the same on every machine."""

from __future__ import annotations

import random
import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from benchmarks.machine import FOLDER
from extract.lexicon.vocabulary import geographies, read_rows

SEED = 20190401
#: Words in a text, before the sentence that reaches the number is finished.
WORDS = 450
#: A news text holds one sentence with a mention in so many words (some of them hold none by the definition).
WORDS_PER_FACT = 130
_BEFORE_VOWEL = re.compile(r"(?<=\b[Aa])(?=\s[aeiou])")
_SLOT = re.compile(r"\{(\w+)\}")


@dataclass
class Writer:
    """Writes the texts of one mix.

    Parameters
    ----------
    mix
        ``news`` or ``dense``.
    seed
        Of everything that is drawn.
    """

    mix: str
    seed: int = SEED
    rng: random.Random = field(init=False)
    words: dict[str, Any] = field(init=False)
    pools: dict[str, list[str]] = field(init=False)

    def __post_init__(self) -> None:
        """Load the words and frames."""
        self.rng = random.Random(f"{self.mix}{self.seed}")
        self.words = tomllib.loads((FOLDER / "words.toml").read_text("utf-8"))
        listed = {k: v for k, v in {**self.words["pools"], **self.words["dense"]}.items() if isinstance(v, str)}
        self.pools = {k: v.split("|") if "|" in v else v.split() for k, v in listed.items()}
        self.pools["platform"] = [row["name"] for row in read_rows("vocabulary/platforms.csv")[:12]]
        self.pools["force"] = [g.name for g in geographies().values() if g.kind == "force"]

    def texts(self, number: int) -> list[str]:
        """Return so many texts."""
        return [self.text() for _ in range(number)]

    def text(self) -> str:
        """Return one text: a headline and paragraphs of one to three sentences."""
        sentences = [self.sentence(0)]
        while (written := sum(len(s.split()) for s in sentences)) < WORDS:
            sentences.append(self.sentence(written))
        paragraphs, at = [sentences[0].rstrip(".")], 1
        while at < len(sentences):
            size = self.rng.randint(1, 3)
            paragraphs.append(" ".join(sentences[at : at + size]))
            at += size
        return "\n\n".join(paragraphs)

    def sentence(self, written: int) -> str:
        """Return the next sentence of a text of which so many words are written."""
        frames = self.words[self.mix]["frames"]
        if self.mix == "news" and written // WORDS_PER_FACT > self.facts_before(written):
            frames = self.words["news"]["facts"]
        if self.mix == "dense" and self.rng.random() < 0.42:
            frames = self.words["dense"]["fillers"]
        return self.fill(self.rng.choice(frames))

    def facts_before(self, written: int) -> int:
        """Return how many facts this text already holds, and count the one that is due."""
        if written < WORDS_PER_FACT:
            self._facts = 0
        held = self._facts
        self._facts = written // WORDS_PER_FACT
        return held

    def fill(self, frame: str) -> str:
        """Return a frame with its slots filled."""
        text = _BEFORE_VOWEL.sub("n", _SLOT.sub(lambda m: self.draw(m[1]), frame))
        return text[0].upper() + text[1:]

    def draw(self, slot: str) -> str:
        """Return something for a slot: made if there is a method for it, else one of the pool."""
        make: Callable[[], str] | None = getattr(self, f"make_{slot}", None)
        return make() if make else self.rng.choice(self.pools[slot])

    def syllable(self) -> str:
        """Return a syllable."""
        return "".join(self.rng.choice(self.pools[sound]) for sound in ("onsets", "vowels", "codas"))

    def make_surname(self) -> str:
        """Return an invented surname, so that texts keep bringing words that were not seen before."""
        return (self.syllable() + self.rng.choice(("", "er", "son", "ley", "man"))).capitalize()

    def make_place(self) -> str:
        """Return an invented village."""
        return (self.syllable() + self.rng.choice(self.pools["ends"])).capitalize()

    def make_firm(self) -> str:
        """Return an invented firm."""
        return f"{self.make_surname()} {self.rng.choice(('& Sons', 'Brothers', 'Holdings', 'Trust', 'Foundation'))}"

    def make_plainyear(self) -> str:
        """Return a calendar year."""
        return str(self.rng.randint(2009, 2024))

    def make_year(self) -> str:
        """Return a police year."""
        first = self.rng.randint(2015, 2023)
        return f"{first}/{(first + 1) % 100:02d}"

    def make_year2(self) -> str:
        """Return an earlier police year."""
        first = self.rng.randint(2007, 2014)
        return f"{first}/{(first + 1) % 100:02d}"

    def make_count(self) -> str:
        """Return a number, most of them small."""
        return f"{int(self.rng.lognormvariate(5.5, 1.6)) + 13:,}"

    def make_percent(self) -> str:
        """Return a percentage."""
        return f"{self.rng.randint(2, 98)}{self.rng.choice(('%', ' per cent'))}"

    def make_crime_cap(self) -> str:
        """Return a kind of crime at the start of a sentence."""
        return self.rng.choice(self.pools["crime"])
