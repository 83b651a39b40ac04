"""Renders a release as a full web page in one of two site designs; class names and order are drawn from its id."""

from __future__ import annotations

import calendar
import json
import random
import re
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape
from tests.render.parts import Run, page_of

from extract.evaluate.gold import GoldRelease

_TEMPLATES = Path(__file__).parent / "templates"
_ROLES = ("page", "head", "nav", "story", "title", "meta", "body", "share", "related", "letter", "comments", "foot")
_ROLES_MORE = ("cookie", "advert", "notes", "table", "crumbs", "tags", "author", "video")
# What sites name such parts; a design draws one stem and one ending for each.
_STEMS = {
    "page": ["layout", "wrapper", "site", "outer"],
    "head": ["masthead", "site-header", "topbar", "banner"],
    "nav": ["menu", "main-nav", "navigation", "primary-links"],
    "story": ["entry", "piece", "post", "item"],
    "title": ["heading", "hed", "main-title", "page-title"],
    "meta": ["byline", "info", "details", "stamp"],
    "body": ["copy", "rich-text", "text", "content"],
    "share": ["share", "social", "share-bar", "spread"],
    "related": ["related", "more-stories", "see-also", "recommended"],
    "letter": ["newsletter", "signup", "subscribe", "mailing-list"],
    "comments": ["comments", "discussion", "responses", "conversation"],
    "foot": ["footer", "site-footer", "colophon", "bottom"],
    "cookie": ["cookie-notice", "consent", "privacy-bar", "cookies"],
    "advert": ["ad-slot", "promo", "mpu", "sponsored"],
    "notes": ["notes", "footnotes", "references", "sources"],
    "table": ["data", "figures", "table-wrap", "scroll"],
    "crumbs": ["breadcrumb", "trail", "crumbs", "path"],
    "tags": ["tags", "topics", "labels", "filed-under"],
    "author": ["author", "writer", "bio", "contributor"],
    "video": ["player", "media", "clip", "embed"],
}
# Stories of other days, with figures that belong to none of the releases.
_OTHER = [
    ("Council to spend £1.2 million on 14 playgrounds", "3 days ago"),
    ("Fundraisers walk 26 miles for the helpline", "12 May 2022"),
    ("Survey finds 7 in 10 parents check privacy settings", "last week"),
    ("Two arrested after raids at five addresses", "6 hours ago"),
    ("School attendance falls by 3% in 2021/22", "21 January 2023"),
    ("Ten tips for a safer summer online", "2 July 2021"),
    ("1,500 turn out for charity fun run", "yesterday"),
    ("Instagram to test new limits for 16-year-olds", "48 minutes ago"),
]
_COMMENTS = [
    ("Reader of 40 years", "In 1998 there were 3 officers for this. Now it takes 9 months to get a reply."),
    ("Pat", "My two were on Snapchat at 11. Half the class was. Nobody checks."),
    ("A. Neighbour", "So that is up by what, 200%? Fund the police properly."),
    ("tyneside_mum", "Shared with 60 parents at our school. Thank you."),
]


def render_html(gold: GoldRelease, design: str, publisher: str) -> str:
    """Return the page of a release in a design, ``a`` (a charity's newsroom) or ``b`` (a local newspaper)."""
    random_ = random.Random(f"{design}:{gold.id}")
    page = page_of(gold)
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["runs"] = lambda runs: _markup(runs, random_, design)
    template = environment.get_template(f"site_{design}.html.j2")
    return template.render(
        c=_class_names(random_, design),
        title="".join(text for text, mark in page.headline if not mark),
        page=page,
        publisher=publisher,
        published=gold.published,
        published_words=_in_words(gold.published),
        linked_data=Markup(_linked_data(gold, publisher, design)),
        before=random_.sample(["share", "meta"], 2),
        after=random_.sample(["tags", "share", "letter", "author", "related", "comments"], 6),
        other=random_.sample(_OTHER, 5),
        comments=random_.sample(_COMMENTS, 3),
        interrupt=_interruptions(len(page.blocks), random_),
    )


def _class_names(random_: random.Random, design: str) -> dict[str, str]:
    names = {}
    for role in (*_ROLES, *_ROLES_MORE):
        stem = random_.choice(_STEMS[role])
        code = "".join(random_.choices("abcdefghkmnpqrstuvwxyz23456789", k=5))
        # One design has names that say something, the other what a build step leaves of them.
        names[role] = f"{random_.choice(['c', 'o', 'l'])}-{stem}" if design == "a" else f"{stem[:3]}_{code}"
    return names


def _interruptions(blocks: int, random_: random.Random) -> dict[int, str]:
    """Return after which blocks the text is interrupted, and by what."""
    wanted = random_.sample(["letter", "advert", "readmore", "advert"], 3)
    places = random_.sample(range(max(blocks - 1, 0)), min(3, max(blocks - 1, 0)))
    return dict(zip(places, wanted, strict=False))


def _markup(runs: tuple[Run, ...], random_: random.Random, design: str) -> Markup:
    made = Markup()
    for text, mark in runs:
        if mark:
            link = Markup('<a href="#note-{0}">{0}</a>').format(text) if design == "b" else escape(text)
            made += Markup("<sup>{}</sup>").format(link)
        else:
            made += _inline(text, random_)
    return made


def _inline(text: str, random_: random.Random) -> Markup:
    """Return text with some phrases in bold or linked, and some spaces that do not break."""
    made = Markup()
    for piece in re.split(r"(?<=[.;:]) ", text):
        words = piece.split(" ")
        if len(words) > 6 and random_.random() < 0.3:
            start = random_.randrange(len(words) - 3)
            tag = random_.choice(["strong", "em", 'a href="/about-our-figures"'])
            middle = Markup("<{}>{}</{}>").format(Markup(tag), " ".join(words[start : start + 3]), tag.split()[0])
            # An empty first word is a space after a note mark: it stays.
            outer = [escape(" ".join(part)) if part else None for part in (words[:start], words[start + 3 :])]
            shown = Markup(" ").join(p for p in (outer[0], middle, outer[1]) if p is not None)
        else:
            shown = escape(piece)
        made += (Markup(" ") if made else Markup()) + shown
    if random_.random() < 0.15:
        made = Markup(str(made).replace(" per cent", "&nbsp;per cent"))
    return made


def _linked_data(gold: GoldRelease, publisher: str, design: str) -> str:
    article: dict[str, Any] = {
        "@type": "NewsArticle",
        "headline": gold.title,
        "publisher": {"@type": "Organization", "name": publisher},
    }
    if gold.published and design == "b":
        article["datePublished"] = f"{gold.published}T09:30:00+00:00"
    data = {"@context": "https://schema.org", "@graph": [{"@type": "WebSite", "name": publisher}, article]}
    return json.dumps(data if design == "b" else {"@context": "https://schema.org", **article}, ensure_ascii=False)


def _in_words(published: str | None) -> str | None:
    if published is None:
        return None
    year, month, day = published.split("-")
    return f"{int(day)} {calendar.month_name[int(month)]} {year}"
