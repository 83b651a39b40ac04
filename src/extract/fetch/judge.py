"""Judges a document by its text: whether it can be read, speaks of the charity and carries a figure."""

from __future__ import annotations

from dataclasses import dataclass

from extract.errors import ReadError
from extract.lexicon.rules import load_rules
from extract.read import read_bytes
from extract.read.detect import Kind, detect
from extract.records import Release

#: The ending of a kept file, which tells `read` nothing that its bytes do not, but tells people.
ENDINGS: dict[Kind, str] = {
    "html": ".html",
    "pdf": ".pdf",
    "json": ".json",
    "txt": ".txt",
    "md": ".md",
    "docx": ".docx",
    "eml": ".eml",
}


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a document is: ``release`` is None where it cannot be read, and ``reason`` says why it is kept or not."""

    release: Release | None
    ending: str
    relevant: bool
    reason: str


def judge(body: bytes, url: str, content_type: str = "", publisher: str = "") -> Judgement:
    """Read a document and say whether it belongs in a corpus, and why.

    Parameters
    ----------
    body
        The document.
    url
        Where it is from; only its ending is looked at.
    content_type
        The header that came with it.
    publisher
        Who is known to have published it, where the document does not say so itself.
    """
    name = url.partition("?")[0].partition("#")[0]
    # A kept file is read without its header later, so its charset must not count here either.
    kind_only = content_type.partition(";")[0] or None
    try:
        kind = detect(body, name, kind_only)
        release = read_bytes(body, name, content_type=kind_only)
    except ReadError as error:
        return Judgement(None, "", False, f"{error.problem}; {error.mend}")
    relevant, reason = relevance(release.text, publisher or release.publisher or "")
    return Judgement(release, ENDINGS[kind], relevant, reason)


def relevance(text: str, publisher: str = "") -> tuple[bool, str]:
    """Say whether a text speaks of the charity, or is published by it, and carries a figure, and by which words.

    >>> relevance("The NSPCC found 285 offences.")
    (True, 'speaks of "NSPCC" and carries "285"')
    >>> relevance("The NSPCC opened a shop in 2019.")
    (False, 'carries no figure')
    >>> relevance("Our helpline heard of 285 offences.", "NSPCC")
    (True, 'is published by "NSPCC" and carries "285"')
    """
    charity = _first(text, "charity")
    # On its own pages the charity may well say no more than "we".
    own = charity is None and _first(publisher, "charity")
    if charity is None and not own:
        return False, "does not speak of the charity"
    figure = _first(text, "figure")
    if figure is None:
        return False, "carries no figure"
    return True, f'{"is published by" if own else "speaks of"} "{own or charity}" and carries "{figure}"'


def _first(text: str, value: str) -> str | None:
    found = [
        (start, text[start:end])
        for rule in load_rules("relevance")
        if rule.value == value
        for start, end, _ in list(rule.spans(text))[:1]
    ]
    return " ".join(min(found)[1].split()) if found else None
