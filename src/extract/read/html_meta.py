"""Reads what a page says about itself, in JSON-LD, meta elements and ``<time>``: headline, date, address, publisher."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from itertools import islice
from typing import Any

from lxml import html

from extract.read.clean import fold, skeleton
from extract.read.dates import iso_date, labelled_date

_ARTICLE = re.compile(r"Article|NewsArticle|BlogPosting|Report|WebPage|PressRelease|SpecialAnnouncement")
_TITLE_METAS = ("og:title", "twitter:title", "dc.title", "dcterms.title", "headline", "title")
_DATE_METAS = (
    "article:published_time",
    "og:article:published_time",
    "og:published_time",
    "datepublished",
    "date.published",
    "publish-date",
    "publish_date",
    "publishdate",
    "pubdate",
    "publication_date",
    "parsely-pub-date",
    "sailthru.date",
    "article.published",
    "dc.date.issued",
    "dcterms.issued",
    "dcterms.created",
    "dc.date.created",
    "dc.date",
    "dcterms.date",
    "citation_date",
    "date",
    "dc.created",
    "article:modified_time",
)
_SITE_METAS = ("og:site_name", "application-name", "dc.publisher", "dcterms.publisher", "publisher", "author.site")
#: A text of so many characters is a sentence; so many of them may stand between a headline and the date of a page.
_LONG_TEXT, _STANDFIRST = 80, 2
_MOST_TIMES = 500
_TAG = re.compile(r"</?[A-Za-z][^<>]{0,200}>")
_SEPARATOR = re.compile(r"\s+[|–—·»:•-]+\s+|\s*\|\s*")


@dataclass(frozen=True, slots=True)
class Meta:
    """What a page says about itself; each is None where it says nothing."""

    titles: tuple[str, ...] = ()
    published: str | None = None
    url: str | None = None
    publisher: str | None = None
    body: str | None = None


def read_meta(root: html.HtmlElement) -> Meta:
    """Return the metadata of a page."""
    nodes = [n for n in _json_ld(root) if _ARTICLE.search(_kinds(n))]
    nodes.sort(key=lambda n: "WebPage" in _kinds(n))
    metas = _metas(root)
    site = _publisher(nodes) or _first(metas, _SITE_METAS)
    titles = [_text(n.get("headline")) or _text(n.get("name")) for n in nodes]
    titles += [metas.get(name) for name in _TITLE_METAS]
    titles += [fold("".join(t.itertext())) for t in list(root.iter("title"))[:1]]
    return Meta(
        titles=tuple(cut_site(t, site) for t in titles if t),
        published=_published(nodes, metas, root),
        url=_url(root, metas, nodes),
        publisher=site,
        body=max((b for b in (_text(n.get("articleBody")) for n in nodes) if b), key=len, default=None),
    )


def cut_site(title: str, site: str | None) -> str:
    """Return a title without the name of the site behind (or before) it.

    >>> cut_site("Offences up 34% | The Daily", "The Daily"), cut_site("Police - what we know", None)
    ('Offences up 34%', 'Police - what we know')
    """
    pieces = _SEPARATOR.split(title)
    seams = [m[0] for m in _SEPARATOR.finditer(title)]
    key = skeleton(site or "")

    def is_site(piece: str, seam: str) -> bool:
        name = skeleton(piece)
        named = bool(name) and bool(key) and (name in key or key in name)
        return named or ("|" in seam and len(piece.split()) <= 5)

    while len(pieces) > 1 and is_site(pieces[-1], seams[-1]):
        pieces.pop()
        seams.pop()
    while len(pieces) > 1 and key and skeleton(pieces[0]) == key:
        pieces.pop(0)
        seams.pop(0)
    return "".join(p + s for p, s in zip(pieces, [*seams, ""], strict=True)).strip()


def _metas(root: html.HtmlElement) -> dict[str, str]:
    found: dict[str, str] = {}
    for meta in root.iter("meta"):
        name = (meta.get("property") or meta.get("name") or meta.get("itemprop") or "").strip().lower()
        content = fold(meta.get("content") or "")
        if name and content:
            found.setdefault(name, content)
    return found


def _first(metas: dict[str, str], names: tuple[str, ...]) -> str | None:
    return next((metas[name] for name in names if name in metas), None)


def _json_ld(root: html.HtmlElement) -> Iterator[dict[str, Any]]:
    for script in root.iter("script"):
        if "ld+json" not in script.get("type", "").lower():
            continue
        try:
            loaded = json.loads((script.text or "").strip().removeprefix("<!--").removesuffix("-->"), strict=False)
        except (ValueError, RecursionError):
            continue  # broken JSON-LD is common and the page says the same elsewhere
        yield from _nodes(loaded)


def _nodes(loaded: Any) -> Iterator[dict[str, Any]]:
    queue, seen = [loaded], 0
    while queue and seen < 2000:
        item = queue.pop(0)
        seen += 1
        if isinstance(item, list):
            queue += item
        elif isinstance(item, dict):
            yield item
            queue += [item[k] for k in ("@graph", "mainEntity", "mainEntityOfPage", "itemListElement") if k in item]


def _kinds(node: dict[str, Any]) -> str:
    kind = node.get("@type", "")
    return " ".join(map(str, kind)) if isinstance(kind, list) else str(kind)


def _text(value: Any) -> str | None:
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, dict):
        value = value.get("name") or value.get("@value")
    return fold(_TAG.sub(" ", unescape(value))) or None if isinstance(value, str) else None


def _publisher(nodes: list[dict[str, Any]]) -> str | None:
    return next((p for p in (_text(n.get("publisher")) for n in nodes) if p), None)


def _published(nodes: list[dict[str, Any]], metas: dict[str, str], root: html.HtmlElement) -> str | None:
    for node in nodes:
        for key in ("datePublished", "dateCreated"):
            date = iso_date(str(node.get(key) or ""))
            if date:
                return date
    for name in _DATE_METAS:
        date = iso_date(metas.get(name))
        if date:
            return date
    return _time(root) or _printed(root)


def _time(root: html.HtmlElement) -> str | None:
    """Return the date of the ``<time>`` marked as the publication's, else of the one nearest to the headline."""
    times = list(islice(root.iter("time"), _MOST_TIMES))
    marked = [t for t in times if t.get("itemprop") == "datePublished" or t.get("pubdate") is not None]
    dates = (
        iso_date(t.get("datetime")) or iso_date(fold("".join(t.itertext()))) for t in (*marked, *_near(root, times))
    )
    return next((d for d in dates if d), None)


def _near(root: html.HtmlElement, times: list[html.HtmlElement]) -> list[html.HtmlElement]:
    """Return the times with hardly any text between them and the headline, those after it first.

    What stands below the text, beside it or under a comment dates something else.
    """
    own = [t for t in times if not any(a.tag in ("aside", "nav", "footer") for a in t.iterancestors())]
    headline = next(root.iter("h1"), None)
    if headline is None or not own:
        return own
    wanted, place, passed = {*own, headline}, dict[html.HtmlElement, tuple[int, bool]](), False
    long = 0
    for element in root.iter():
        if not isinstance(element.tag, str) or element.tag in ("script", "style"):
            continue
        passed = passed or element is headline
        if element in wanted:
            place[element] = (long, passed)
        long += any(len((text or "").strip()) >= _LONG_TEXT for text in (element.text, element.tail))
    middle = place[headline][0]
    near = [t for t in own if abs(place[t][0] - middle) <= _STANDFIRST]
    return [t for t in near if place[t][1]] + [t for t in reversed(near) if not place[t][1]]


def _printed(root: html.HtmlElement) -> str | None:
    """Return the date that a short line of the page gives after a label such as "Published"."""
    for element in islice(root.iter("p", "div", "span", "li", "dd", "small"), 1000):
        if len(element) <= 4:
            line = fold("".join(element.itertext())) if len(element.text or "") < 100 else ""
            date = labelled_date(line) if 8 <= len(line) <= 120 else None
            if date:
                return date
    return None


def _url(root: html.HtmlElement, metas: dict[str, str], nodes: list[dict[str, Any]]) -> str | None:
    for link in root.iter("link"):
        if "canonical" in link.get("rel", "").lower() and (link.get("href") or "").startswith("http"):
            return str(link.get("href")).strip()
    candidates = [metas.get("og:url"), *(n.get("url") or n.get("@id") for n in nodes)]
    return next((c.strip() for c in candidates if isinstance(c, str) and c.startswith("http")), None)
