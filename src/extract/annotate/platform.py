"""PLATFORM: online services and named groups of them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from extract.annotate.context import after, before, rules
from extract.annotate.layout import Layout, covering
from extract.annotate.places import names
from extract.lexicon.gazetteer import Hit
from extract.lexicon.rules import likely
from extract.lexicon.vocabulary import read_rows
from extract.records import Mention

#: Members of a group whose members the release does not list.
DEFAULTS = {"Meta": ("facebook", "instagram", "messenger", "whatsapp"), "Google": ("google", "youtube")}
_LINKING = r"and|or|on|via|then|plus|as\swell\sas|formerly|previously|now|known\sas|followed\sby|by|the|in|of|for"
#: What may stand between two names of one list: commas and the like, small words, figures.
_LINK = re.compile(
    rf"(?>\s*(?>[,;/&|(•·–—-]|\b(?:{_LINKING})\b|\([^()\n]{{0,40}}\)|\)|\d+(?:[.,]\d+)*\s?(?:%|per\scent)?|\n\s*[•*-]?))++\s*"
)
#: How long that may be, in characters.
_LINKED = 60
#: How long a list of a group's members may be.
_LISTED = 300
_CLOSED = re.compile(r"\)")
_STOP = re.compile(r"[.;](?=\s|\Z)|\n")


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


def find(lay: Layout) -> list[Mention]:
    """Return the PLATFORM mentions of a text."""
    text = lay.text
    hits = [hit for hit in names(lay) if hit.name.platform_id]
    named = _accepted(lay, hits)
    groups = list(_groups(lay))
    listed = _listed(lay, groups, named)
    return [
        *(Mention("PLATFORM", h.start, h.end, h.text, (h.name.platform_id,), "platform.name") for h in named),
        *(
            Mention("PLATFORM", g.start, g.end, text[g.start : g.end], listed.get(g.owner, DEFAULTS[g.owner]), g.rule)
            for g in groups
        ),
    ]


def _accepted(lay: Layout, hits: Sequence[Hit]) -> list[Hit]:
    """Keep distinct names, and common words where another platform or a cue stands beside them."""
    kept: list[Hit] = []
    for run in _runs(lay.text, hits):
        company = any(_plain(hit) for hit in run)
        kept.extend(hit for hit in run if not _barred(lay, hit) and (company or _enough(lay, hits, hit)))
    return kept


def _plain(hit: Hit) -> bool:
    """Tell whether a name is a platform's beyond doubt."""
    return hit.name.need in ("", "exact")


def _runs(text: str, hits: Sequence[Hit]) -> list[list[Hit]]:
    """Group names that stand in one list."""
    runs: list[list[Hit]] = []
    for hit in hits:
        end = runs[-1][-1].end if runs else -_LINKED
        if hit.start - end <= _LINKED and _LINK.fullmatch(text, end, hit.start):
            runs[-1].append(hit)
        else:
            runs.append([hit])
    return runs


def _barred(lay: Layout, hit: Hit) -> bool:
    return bool(
        after(lay, "platform_context", "not-after", hit.end) or before(lay, "platform_context", "not-before", hit.start)
    )


def _enough(lay: Layout, hits: Sequence[Hit], hit: Hit) -> bool:
    """Tell whether a common word by itself has around it what its row in the lexicon wants."""
    if hit.name.need == "company":
        return _has_cue(lay, hit)
    sentence = covering(lay.sentences, hit.start)
    if sentence is None or before(lay, "platform_context", "means", hit.start) is None:
        return False
    return any(_plain(other) for other in _within(hits, sentence.start, sentence.end))


def _has_cue(lay: Layout, hit: Hit) -> bool:
    return bool(
        after(lay, "platform_context", "after", hit.end) or before(lay, "platform_context", "before", hit.start)
    )


def _groups(lay: Layout) -> Iterable[Group]:
    """Yield named groups; one that lies inside a longer one loses to it like any candidate."""
    for rule in likely("platform_group", lay.text):
        for start, end, match in rule.spans(lay.text):
            if covering(lay.unprose, start) is None:
                owner = "Google" if match[0].lower().startswith(("google", "alphabet")) else "Meta"
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
    stop = _CLOSED.search(text, opened.end(), opened.end() + _LISTED) if bracket else None
    stop = stop or _STOP.search(text, opened.end(), opened.end() + _LISTED)
    inside = _within(named, opened.end(), stop.start() if stop else opened.end() + _LISTED)
    return _of_owner(group.owner, inside, stop_at_other=not bracket)


def _within(named: Sequence[Hit], start: int, end: int) -> Sequence[Hit]:
    low = bisect_left(named, start, key=lambda h: h.start)
    return named[low : bisect_left(named, end, key=lambda h: h.start)]


def _list_before(lay: Layout, group: Group, named: Sequence[Hit]) -> set[str]:
    """Return the owner's services in a list that the group closes ("Facebook and WhatsApp, all owned by Meta")."""
    if before(lay, "platform_context", "closes", group.start) is None:
        return set()
    sentence = covering(lay.sentences, group.start)
    start = max(sentence.start if sentence else 0, group.start - _LISTED)
    return _of_owner(group.owner, list(reversed(_within(named, start, group.start))), stop_at_other=True)


def _of_owner(owner: str, hits: Sequence[Hit], *, stop_at_other: bool) -> set[str]:
    members: set[str] = set()
    for hit in hits:
        if _owners()[hit.name.platform_id] != owner:
            if stop_at_other:
                break
            continue
        members.add(hit.name.platform_id)
    return members
