"""Damaged files of each kind end in a release or a named error, in time; the damage comes from a seed."""

from __future__ import annotations

import json
import random
import time
import warnings

import pytest
from tests.read.designs import DESIGNS, Page
from tests.read.make_docx import cell, docx, p, table
from tests.read.make_pdf import TITLE, item, para, pdf, ruled
from tests.read.test_designs import STORIES
from tests.read.test_office import mail

from extract.errors import ReadError
from extract.read import read_bytes
from extract.records import Release

SECONDS = 20.0


def story_html() -> bytes:
    title, blocks = STORIES["figures"]
    return DESIGNS["semantic"](Page(title, "2019-11-05", blocks, random.Random(1))).encode()


def story_pdf() -> bytes:
    flow = [para("Offences up by a third", TITLE), para("Police recorded 1,300 offences. " * 20), item("Kent: 12")]
    return pdf([*flow, ruled([["Force", "2019"], ["Kent", "12"]])], foot="Page %d")


KINDS = {
    "a.html": story_html,
    "a.pdf": story_pdf,
    "a.json": lambda: json.dumps({"id": "a", "text": "Offences\n\nKent: 12", "published": "2019-11-05"}).encode(),
    "a.docx": lambda: docx(
        p("Offences up by a third") + p("Kent: 12", number=1) + table([cell("Force"), cell("2019")])
    ),
    "a.eml": lambda: mail("Offences\n\nKent: 12", "<h1>Offences</h1><p>Kent: 12</p>").as_bytes(),
    "a.md": lambda: b"# Offences\n\n* Kent: 12\n\n| Force | 2019 |\n|---|---|\n| Kent | 12 |\n",
    "a.txt": lambda: "Offences\n\nKent: 12 – “£5”\n\n  • one".encode(),
}


def damaged(data: bytes, rng: random.Random) -> bytes:
    """Return ``data`` with bytes flipped, a stretch cut out, doubled or swapped, or its end lost."""
    out = bytearray(data)
    for _ in range(rng.randint(1, 4)):
        a, b = sorted(rng.randrange(len(out) + 1) for _ in range(2))
        kind = rng.choice(["flip", "cut", "double", "swap", "end"])
        if kind == "flip":
            for place in rng.sample(range(len(out)), min(len(out), rng.choice([1, 10, 200]))):
                out[place] ^= 1 << rng.randrange(8)
        elif kind == "cut":
            del out[a : min(b, a + 400)]
        elif kind == "double":
            out[a:a] = out[a : min(b, a + 2000)]
        elif kind == "swap":
            out = out[b:] + out[a:b] + out[:a]
        elif len(out) > 20:
            del out[rng.randrange(10, len(out)) :]
        if not out:
            break
    return bytes(out)


def run(name: str, seeds: range) -> None:
    data = KINDS[name]()
    for seed in seeds:
        broken = damaged(data, random.Random(f"{name}{seed}"))
        start = time.monotonic()
        release, error = outcome(broken, name)
        assert time.monotonic() - start < SECONDS, seed
        if release is None:
            assert error.startswith(f"{name}: "), seed
            assert "\n" not in error, seed
        else:
            assert release.text.strip(), seed
            assert all(0 <= b.start < b.end <= len(release.text) for b in release.blocks), seed


def outcome(data: bytes, name: str) -> tuple[Release | None, str]:
    """Return the release or the error's message; anything else that is raised fails the test."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            return read_bytes(data, name), ""
        except ReadError as error:
            return None, str(error)


@pytest.mark.parametrize("name", KINDS)
def test_a_hundred_damaged_files(name):
    run(name, range(100))


@pytest.mark.slow
@pytest.mark.parametrize("name", KINDS)
def test_two_thousand_damaged_files(name):
    run(name, range(100, 2100))
