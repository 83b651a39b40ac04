"""PLATFORM: online services and named groups of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from spacy.language import Language
from spacy.tokens import Doc

from extract.annotate.component import MentionComponent
from extract.annotate.context import after, before, rules
from extract.annotate.layout import Layout, Span, covering, layout
from extract.annotate.places import names
from extract.lexicon.gazetteer import Hit
from extract.lexicon.rules import load_rules
from extract.lexicon.vocabulary import read_rows
from extract.records import Mention

#: Members of a group whose members the release does not list.
DEFAULTS = {"Meta": ("facebook", "instagram", "messenger", "whatsapp"), "Google": ("google", "youtube")}
_LINK = re.compile(
    r"\s*(?:\([^()\n]{0,40}\)|\d[\d.,]*\s?(?:%|per\scent))?\s*(?:[,;/&|(•·–—-]|\band\b|\bor\b|\bon\b|\bvia\b|\bthen\b|\bplus\b|\bfollowed\sby\b|\bas\swell\sas\b|\bformerly\b|\b(?:previously|now)\b|\bknown\sas\b|\n\s*[•*-]?)"
    r"(?:\s*(?:[,;/&|(•·–—-]|\band\b|\bor\b|\bon\b|\bvia\b|\bby\b|\bthe\b|\bformerly\b|\bpreviously\b|\bknown\b|\bas\b|\bnow\b|\bin\b|\bof\b|\bfor\b|\d[\d.,]*\s?(?:%|per\scent)?|\([^()\n]{0,30}\)))*\s*",
)


@dataclass(frozen=True, slots=True)
class Group:
    """A named group of services at ``text[start:end]`` and the company that owns them."""

    start: int
    end: int
    owner: str
    rule: str


@cache
def _owners() -> dict[str, str]:
    return {row["id"]: row["owner"] for row in read_rows("vocabulary/platforms.csv")}


def find(doc: Doc) -> list[Mention]:
    """Return the PLATFORM mentions of a doc."""
    lay = layout(doc)
    hits = [hit for hit in names(doc) if hit.name.platform_id]
    named = _accepted(lay, hits)
    groups = list(_groups(lay.text, lay.unprose))
    out = [
        Mention("PLATFORM", h.start, h.end, h.text, (h.name.platform_id,), "platform.name")
        for h in named
        if not any(g.start <= h.start and h.end <= g.end for g in groups)
    ]
    listed = _listed(lay, groups, named)
    for g in groups:
        out.append(
            Mention(
                "PLATFORM", g.start, g.end, lay.text[g.start : g.end], listed.get(g.owner, DEFAULTS[g.owner]), g.rule
            )
        )
    return out


def _accepted(lay: Layout, hits: Sequence[Hit]) -> list[Hit]:
    """Keep distinct names, and common words where another platform or a cue stands beside them."""
    return [hit for n, hit in enumerate(hits) if not _barred(lay, hit) and _enough(lay, hits, n)]


def _barred(lay: Layout, hit: Hit) -> bool:
    return bool(
        after(lay, "platform_context", "not-after", hit.end) or before(lay, "platform_context", "not-before", hit.start)
    )


def _enough(lay: Layout, hits: Sequence[Hit], n: int) -> bool:
    """Tell whether a name has around it what its row in the lexicon wants."""
    hit = hits[n]
    if hit.name.need in ("", "exact") or _has_company(lay.text, hits, n):
        return True
    if hit.name.need == "company":
        return _has_cue(lay, hit)
    return before(lay, "platform_context", "means", hit.start) is not None and _plain_near(lay, hits, hit)


def _has_company(text: str, hits: Sequence[Hit], n: int) -> bool:
    """Tell whether a neighbour in a coordination is a platform beyond doubt."""
    for step in (-1, 1):
        here = n
        while 0 <= here + step < len(hits):
            left, right = sorted((hits[here], hits[here + step]), key=lambda h: h.start)
            if not _LINK.fullmatch(text, left.end, right.start):
                break
            here += step
            if hits[here].name.need in ("", "exact"):
                return True
    return False


def _has_cue(lay: Layout, hit: Hit) -> bool:
    return bool(
        after(lay, "platform_context", "after", hit.end) or before(lay, "platform_context", "before", hit.start)
    )


def _plain_near(lay: Layout, hits: Sequence[Hit], hit: Hit) -> bool:
    sentence = covering(lay.sentences, hit.start)
    return sentence is not None and any(
        other.name.need in ("", "exact") and sentence.start <= other.start < sentence.end for other in hits
    )


def _groups(text: str, unprose: Sequence[Span]) -> Iterable[Group]:
    taken: list[Span] = []
    for rule in load_rules("platform_group"):
        for start, end, match in rule.spans(text):
            if any(s.start < end and start < s.end for s in taken) or covering(unprose, start):
                continue
            taken.append(Span(start, end))
            owner = "Google" if match[0].lower().startswith(("google", "alphabet", "youtube")) else "Meta"
            yield Group(start, end, owner, rule.id)


def _listed(lay: Layout, groups: Sequence[Group], named: Sequence[Hit]) -> dict[str, tuple[str, ...]]:
    """Return the members that the release lists for each owner's groups, at the first group that has a list."""
    found: dict[str, tuple[str, ...]] = {}
    for group in groups:
        if group.owner in found:
            continue
        members = _list_after(lay.text, group, named) or _list_before(lay, group, named)
        if len(members) > 1:
            found[group.owner] = tuple(sorted(members))
    return found


def _list_after(text: str, group: Group, named: Sequence[Hit]) -> set[str]:
    """Return the owner's services in the bracket, or behind *such as* or a colon, that follows in the sentence."""
    opened = next((m for r in rules("platform_context", "opens") if (m := r.pattern.match(text, group.end))), None)
    if opened is None:
        return set()
    bracket = text[opened.end() - 1] == "("
    end = text.find(")", opened.end()) if bracket else _sentence_end(text, opened.end())
    inside = [h for h in named if opened.end() <= h.start < (len(text) if end < 0 else end)]
    return _of_owner(group.owner, inside, stop_at_other=not bracket)


def _sentence_end(text: str, start: int) -> int:
    match = re.compile(r"[.;\n](?=\s|\Z)").search(text, start)
    return match.start() if match else len(text)


def _list_before(lay: Layout, group: Group, named: Sequence[Hit]) -> set[str]:
    """Return the owner's services in a list that the group closes ("Facebook and WhatsApp, all owned by Meta")."""
    text = lay.text
    rule = before(lay, "platform_context", "closes", group.start)
    if rule is None:
        return set()
    start = max(text.rfind(". ", 0, group.start), text.rfind("\n", 0, group.start))
    inside = [h for h in named if start < h.start < group.start]
    return _of_owner(group.owner, list(reversed(inside)), stop_at_other=True)


def _of_owner(owner: str, hits: Sequence[Hit], *, stop_at_other: bool) -> set[str]:
    members: set[str] = set()
    for hit in hits:
        if _owners()[hit.name.platform_id] != owner:
            if stop_at_other:
                break
            continue
        members.add(hit.name.platform_id)
    return members


@Language.factory("nspcc_platform")
def make_platform(nlp: Language, name: str) -> MentionComponent:
    """Make the component ``nspcc_platform``."""
    return MentionComponent(find)
