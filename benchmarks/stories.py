"""Makes stories for the reading benchmark: what a page says, block by block, as the designs of the tests take it."""

from __future__ import annotations

import re
from typing import Any

from benchmarks.texts import Writer

Block = tuple[str, Any]


def story(writer: Writer) -> tuple[str, list[Block]]:
    """Return a title and the blocks of a story: paragraphs, and sometimes a list, a table, a quotation, a heading."""
    title, *paragraphs = writer.text().split("\n\n")
    blocks: list[Block] = [("h1", title)]
    extras = [_list, _table, _quotation, _heading]
    for number, paragraph in enumerate(paragraphs):
        blocks.append(("p", paragraph))
        if number and number % 3 == 0 and extras:
            blocks.extend(extras.pop(writer.rng.randrange(len(extras)))(writer))
    return title, blocks


def _list(writer: Writer) -> list[Block]:
    items = [writer.fill("{force} recorded {count} {crime}") for _ in range(writer.rng.randint(3, 5))]
    return [("p", "The figures show that:"), ("ul", items)]


def _table(writer: Writer) -> list[Block]:
    rows = [["Force", writer.make_year2(), writer.make_year()]]
    rows += [[writer.draw("force"), writer.make_count(), writer.make_count()] for _ in range(writer.rng.randint(3, 7))]
    return [("table", rows)]


def _quotation(writer: Writer) -> list[Block]:
    return [("quote", writer.fill("Nobody {manner} {act} the {matter}, and {percent} of children paid for it."))]


def _heading(writer: Writer) -> list[Block]:
    return [("h2", writer.fill("What the {person} wants"))]


def words_of(blocks: list[Block]) -> str:
    """Return everything that a story says as one string."""
    parts: list[str] = []
    for kind, value in blocks:
        if kind == "table":
            parts += [cell for row in value for cell in row]
        else:
            parts += [value] if isinstance(value, str) else list(value)
    return " ".join(parts)


def shingles(text: str, size: int = 4) -> dict[tuple[str, ...], int]:
    """Return how often each run of so many words stands in a text, white space and signs between them aside."""
    words = re.findall(r"\w+", text)
    counts: dict[tuple[str, ...], int] = {}
    for at in range(max(1, len(words) - size + 1)):
        run = tuple(words[at : at + size])
        counts[run] = counts.get(run, 0) + 1
    return counts
