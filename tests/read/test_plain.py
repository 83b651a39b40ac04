"""Text and JSON: the text is what the file holds."""

from __future__ import annotations

import doctest
import importlib
import json

import pytest

from extract.read import read_bytes
from extract.read.decode import decode

TEXT = "Headline\n\nWe found “38,0001” – £5:\n\n  • Kent:  12\n  • café\n\nForce | 2019\nKent | \n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_a_text_is_the_file_whatever_its_encoding(encoding, ending):
    release = read_bytes(TEXT.replace("\n", ending).encode(encoding), "in/a.b.txt")
    assert release.text == TEXT
    assert (release.id, release.source, release.title, release.reader) == ("a.b", "in/a.b.txt", "Headline", "plain")


def test_blocks_of_a_text():
    release = read_bytes(TEXT.encode(), "a.txt")
    assert [(b.kind, release.text[b.start : b.end]) for b in release.blocks] == [
        ("heading", "Headline"),
        ("paragraph", "We found “38,0001” – £5:"),
        ("list_item", "Kent:  12"),
        ("list_item", "café"),
        ("table", "Force | 2019\nKent | "),
    ]


def test_latin_1_and_mac_texts():
    assert decode("naïve café, £5".encode("latin-1")) == "naïve café, £5"


def test_a_header_and_a_declaration_are_believed_only_if_they_fit():
    data = "<meta charset=utf-8><p>café £5 – “x”".encode("cp1252")
    assert decode(data, markup=True).endswith("<p>café £5 – “x”")
    assert decode("£5".encode("latin-1"), "text/html; charset=ISO-8859-1", markup=True) == "£5"
    assert decode("“£5”".encode(), "text/html; charset=klingon", markup=True) == "“£5”"


def test_a_json_release_is_taken_exactly_as_it_is():
    text = "\n Head \r\n\nwith \u00a0spaces  and soft\u00adhyphen\n"
    data = {"id": "r1", "text": text, "title": " T ", "published": "2019-11-05", "url": None, "other": [1]}
    release = read_bytes(json.dumps(data).encode(), "x.json")
    assert (release.id, release.text, release.title) == ("r1", text, " T ")
    assert (release.published, release.url, release.source, release.reader) == ("2019-11-05", None, "x.json", "json")
    bare = read_bytes(b'{"text": "a"}', "folder/x.json")
    assert (bare.id, bare.title, bare.published) == ("x", None, None)


@pytest.mark.parametrize("name", ["build", "clean", "dates", "decode", "html_dom", "html_meta", "hyphens", "locate"])
def test_examples_in_docstrings(name):
    module = importlib.import_module(f"extract.read.{name}")
    result = doctest.testmod(module)
    assert result.attempted
    assert not result.failed
