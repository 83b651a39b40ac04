"""Makes releases out of sentences, as many as are wanted and the same ones from the same seed.

They have the length and the density of figures of real releases (about 1,400 characters and a dozen figures), and
serve to measure speed and memory. Accuracy is never measured on them: what they say is made up.

Run: ``python -m benchmarks.generate 5000 FOLDER [--seed 1]``.
"""

from __future__ import annotations

import argparse
import csv
import html
import json
import random
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from extract.lexicon.vocabulary import geographies, read_rows

_CRIMES = ("online grooming offences", "child abuse image offences", "child cruelty offences", "sexual offences")
_WORRIES = ("neglect", "emotional abuse", "online bullying", "domestic abuse", "physical abuse")
_FIGURES, _PLAIN = 8, 8
#: Releases in one folder, since file systems and people dislike more.
_SHELF = 1000


@dataclass(frozen=True, slots=True)
class Made:
    """A release that was made: its name, the day of its publication, headline and paragraphs."""

    id: str
    published: str
    headline: str
    paragraphs: tuple[str, ...]


@cache
def sentences() -> dict[str, list[str]]:
    """Return the templates by kind: headline, figure, plain."""
    return tomllib.loads(Path(__file__).with_name("sentences.toml").read_text("utf-8"))


def generate(number: int, seed: int = 1) -> Iterator[Made]:
    """Yield releases; each depends on the seed and its own place alone, so that more of them begin with the same."""
    for place in range(number):
        yield _release(place, random.Random(f"{seed}:{place}"))


def _release(place: int, rng: random.Random) -> Made:
    words = _words(rng)
    told = rng.sample(sentences()["figure"], _FIGURES) + rng.sample(sentences()["plain"], _PLAIN)
    rng.shuffle(told)
    text = [_sentence(one, words) for one in told]
    paragraphs = tuple(" ".join(text[n : n + 2]) for n in range(0, len(text), 2))
    headline = _sentence(rng.choice(sentences()["headline"]), words)
    published = f"{words['year'][:2]}{words['year'][-2:]}-{rng.randint(5, 12):02d}-{rng.randint(1, 28):02d}"
    return Made(f"g{place:06d}", published, headline, paragraphs)


def _sentence(template: str, words: dict[str, str]) -> str:
    text = template.format(**words)
    return text[0].upper() + text[1:]


def _words(rng: random.Random) -> dict[str, str]:
    """Return what the slots of one release are filled with; its numbers agree with each other."""
    forces = rng.sample([g.name for g in geographies().values() if g.kind == "force"], 3)
    apps = rng.sample([row["name"].partition(",")[0] for row in read_rows("vocabulary/platforms.csv")[:20]], 2)
    start, years = rng.randint(2012, 2022), rng.randint(2, 5)
    last = rng.randint(20, 4000)
    this = last + rng.randint(1, last)
    share = rng.randint(20, 70)
    return {
        **dict(zip(("force", "other", "third"), forces, strict=True)),
        **dict(zip(("app", "chat"), apps, strict=True)),
        **dict(zip(("year", "before", "first"), map(_police_year, (start, start - 1, start - years)), strict=True)),
        "calendar": str(start),
        "years": str(years),
        "place": rng.choice([g.name for g in geographies().values() if g.kind in ("nation", "region")]),
        "n": f"{this:,}",
        "m": f"{last:,}",
        "k": f"{this // 3 + 1:,}",
        "j": f"{this // 7 + 1:,}",
        "p": str(this // 365 + 2),
        "rise": str(round(100 * (this - last) / last)),
        "share": str(share),
        "part": str(share // 3),
        "forces": str(rng.randint(30, 44)),
        "crime": rng.choice(_CRIMES),
        "worry": rng.choice(_WORRIES),
    }


def _police_year(start: int) -> str:
    return f"{start}/{(start + 1) % 100:02d}"


def write(number: int, folder: Path, seed: int = 1) -> None:
    """Write releases as text, web pages and JSON in turn, a thousand to a folder, with a manifest in each."""
    releases = generate(number, seed)
    for shelf in range(0, number, _SHELF):
        place = folder / f"{shelf // _SHELF:03d}"
        place.mkdir(parents=True, exist_ok=True)
        with (place / "manifest.csv").open("w", encoding="utf-8", newline="") as stream:
            writer = csv.writer(stream, lineterminator="\n")
            writer.writerow(["id", "file", "published"])
            for n in range(shelf, min(number, shelf + _SHELF)):
                made = next(releases)
                name, text = _file(made, n)
                (place / name).write_text(text, "utf-8")
                writer.writerow([made.id, name, made.published])


def _file(made: Made, place: int) -> tuple[str, str]:
    if place % 3 == 0:
        return f"{made.id}.txt", "\n\n".join((made.headline, *made.paragraphs)) + "\n"
    if place % 3 == 1:
        body = "".join(f"<p>{html.escape(p)}</p>\n" for p in made.paragraphs)
        head = html.escape(made.headline)
        page = f"<html><head><title>{head}</title></head><body><main><article><h1>{head}</h1>\n{body}</article></main>"
        return f"{made.id}.html", f"<!doctype html>\n{page}</body></html>\n"
    text = "\n\n".join((made.headline, *made.paragraphs))
    return f"{made.id}.json", json.dumps({"id": made.id, "title": made.headline, "text": text}, ensure_ascii=False)


def main() -> None:
    """Write releases as the command line says."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("number", type=int)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    write(given.number, given.folder, given.seed)


if __name__ == "__main__":
    main()
