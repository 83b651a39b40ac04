# ruff: noqa: E501  (markup is kept as a page prints it)
"""Ten site designs of this suite's own: each puts a story into a page with furniture that has figures of its own.

A story is a list of blocks: ("h1" | "h2" | "p" | "quote" | "caption" | "note", text), ("ul", items) or ("table", rows).
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

Story = Sequence[tuple[str, Any]]

RELATED = (
    "Helpline hears from 7,412 adults in a single month",
    "Neglect cases rise by 61% in Northumbria, figures show",
    "Council backs £2.5m plan for 14 new schools",
    "Man, 43, jailed after 27 offences against boys in 2016",
    "Snapchat named in 888 cases last year",
)
TEASERS = (
    "The number of adults who called went up by 19% between 2015 and 2016, and 3,090 of them rang about a neighbour.",
    "A total of 5,551 cases came to light in Durham and Cleveland in 2014/15, said a spokesman for both forces.",
    "Ministers promised 77 million pounds for the region on Thursday after a long debate in the chamber.",
)
COMMENT = "I have lived in Derbyshire for 31 years and about 90% of what the police record never reaches a court."
COOKIES = "We and our 826 partners use cookies and store information on your device to give you a better visit."
NEWSLETTER = "Join 120,000 readers and get the five biggest stories in your inbox every morning."
COPYRIGHT = "© 2024 Regional Press Group Ltd. Registered in England 1234567. All rights reserved."
NAVIGATION = ("Home", "News", "Sport", "Crime 24", "What's On", "Jobs", "Motors", "Property")


@dataclass(frozen=True)
class Page:
    """What a design is given: the story, its title and ISO date, and a source of random names."""

    title: str
    published: str
    story: Story
    rng: random.Random

    def name(self) -> str:
        """A class name that says nothing."""
        return "".join(self.rng.choices("abcdefghkmnprstuvwxyz", k=3)) + "-" + str(self.rng.randint(10, 999))


def body(page: Page, paragraph: str = "p", skip_h1: bool = True, marks: bool = True) -> str:
    """Return the story as markup; ``{{3}}`` in a text is a footnote mark."""

    def text(value: str) -> str:
        mark = r"<sup>\1</sup>" if marks else r'<a href="#note\1">[\1]</a>'
        return re.sub(r"\{\{(\w+)\}\}", mark, escape(value))

    out = []
    for kind, value in page.story:
        if kind == "ul":
            out.append("<ul>" + "".join(f"<li>{text(v)}</li>" for v in value) + "</ul>")
        elif kind == "table":
            out.append(table(value))
        elif kind == "h1" and skip_h1:
            continue
        elif kind in ("h1", "h2"):
            out.append(f"<{kind}>{text(value)}</{kind}>")
        elif kind == "quote":
            out.append(f"<blockquote><p>{text(value)}</p></blockquote>")
        elif kind == "caption":
            out.append(f'<figure><img src="a.jpg" alt=""><figcaption>{text(value)}</figcaption></figure>')
        else:
            out.append(f"<{paragraph}>{text(value)}</{paragraph}>")
    return "\n".join(out)


def table(rows: Sequence[Sequence[str]]) -> str:
    """Return a table with its first row as headings."""
    head = "".join(f"<th>{escape(c)}</th>" for c in rows[0])
    rest = "".join("<tr>" + "".join(f"<td>{escape(c)}</td>" for c in row) + "</tr>" for row in rows[1:])
    return f"<table><thead><tr>{head}</tr></thead><tbody>{rest}</tbody></table>"


def links(names: Sequence[str], tag: str = "ul") -> str:
    """Return a list of links."""
    return f"<{tag}>" + "".join(f'<li><a href="/{n}">{escape(t)}</a></li>' for n, t in enumerate(names)) + f"</{tag}>"


def document(page: Page, inside: str, head: str = "", title: str | None = None) -> str:
    """Return a whole page."""
    shown = escape(title or f"{page.title} | Regional Press")
    return f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{shown}</title>{head}</head><body>{inside}</body></html>'


def semantic(page: Page) -> str:
    """HTML5 elements, JSON-LD, an aside of related stories and a footer."""
    data = {"@type": "NewsArticle", "headline": page.title, "datePublished": page.published + "T06:00:00Z"}
    head = f'<script type="application/ld+json">{json.dumps(data)}</script><meta property="og:site_name" content="Regional Press">'
    return document(
        page,
        f"""<header><nav>{links(NAVIGATION)}</nav></header><main><article><header><h1>{escape(page.title)}</h1>
        <p>By <a href="/a">Alex Moore</a></p><time datetime="{page.published}">{page.published}</time></header>{body(page)}</article>
        <aside><h2>Most read</h2>{links(RELATED)}</aside></main><section><h2>Comments (12)</h2><p>{COMMENT}</p></section>
        <footer><p>{COPYRIGHT}</p>{links(("Terms", "Privacy", "Contact"))}</footer>""",
        head,
    )


def divs(page: Page) -> str:
    """Nothing but divs with names that say nothing; a cookie notice first."""
    n = page.name
    return document(
        page,
        f"""<div class="{n()}"><div class="{n()}">{COOKIES} <a href="/c">More</a> <button>Accept all</button></div></div>
        <div class="{n()}">{"".join(f'<div><a href="/{x}">{x}</a></div>' for x in NAVIGATION)}</div>
        <div class="{n()}"><div class="{n()}"><h1 class="{n()}">{escape(page.title)}</h1><div class="{n()}">Published: {page.published}</div>
        <div class="{n()}">{body(page)}</div></div><div class="{n()}"><h3>Related stories</h3>{links(RELATED)}</div></div>
        <div class="{n()}"><div>{NEWSLETTER}</div><input type="email"><button>Go</button></div><div class="{n()}">{COPYRIGHT}</div>""",
    )


def inner_related(page: Page) -> str:
    """Related stories, a share bar and a newsletter box stand between the paragraphs."""
    parts = body(page).split("\n")
    middle = max(2, len(parts) // 2)
    box = f"<div><h4>Related stories</h4>{links(RELATED[:3])}</div>"
    prompt = f"<div><p>{NEWSLETTER}</p><form><input name=email><button>Sign up</button></form></div>"
    share = "<div><span>Share this article</span><a href=f>Facebook</a> <a href=t>Twitter</a></div>"
    text = "\n".join([share, *parts[:middle], box, *parts[middle:], prompt])
    return document(
        page,
        f"""<div class="nav">{links(NAVIGATION)}</div><div class="story"><h1>{escape(page.title)}</h1>{text}</div>
        <div class="foot">{COPYRIGHT}</div>""",
        f'<meta property="article:published_time" content="{page.published}">',
    )


def layout_table(page: Page) -> str:
    """An old page laid out by tables, in capitals, without closing tags."""
    return document(
        page,
        f"""<TABLE width=100%><TR><TD colspan=2>{" | ".join(f"<A HREF=/{x}>{x}</A>" for x in NAVIGATION)}<TR><TD width=180 valign=top>
        <B>Latest news</B><BR>{"<BR>".join(f"<A HREF=/r>{escape(r)}</A>" for r in RELATED)}<TD><H1>{escape(page.title)}</H1>
        <FONT size=1>{page.published}</FONT>{body(page)}</TABLE><CENTER><FONT size=1>{COPYRIGHT}</FONT></CENTER>""",
    )


def teaser_cards(page: Page) -> str:
    """After the story come cards with headlines and summaries that read like paragraphs."""
    cards = "".join(
        f'<div class="{page.name()}"><h3><a href="/{n}">{escape(RELATED[n])}</a></h3><p>{escape(t)}</p><span>2 days ago</span></div>'
        for n, t in enumerate(TEASERS)
    )
    return document(
        page,
        f"""<div><a href="/">Regional Press</a>{links(NAVIGATION)}</div><div><h1>{escape(page.title)}</h1>{body(page)}
        </div><div><h2>More from News</h2>{cards}</div><div>{COPYRIGHT}</div>""",
        f'<meta name="dcterms.issued" content="{page.published}">',
    )


def sidebar_first(page: Page) -> str:
    """The sidebar stands before the story in the source; the headline in its header is an h2, the site's name the h1."""
    return document(
        page,
        f"""<div id="top"><h1>Regional Press</h1>{links(NAVIGATION)}</div><div id="left"><h3>Trending</h3>{links(RELATED)}
        <p>{TEASERS[0]}</p></div><div id="right"><h2>{escape(page.title)}</h2><p><small>{page.published}</small></p>{body(page)}
        <p>Share: <a href=f>Facebook</a> <a href=t>Twitter</a> <a href=w>WhatsApp</a></p></div><div>{COPYRIGHT}</div>""",
        f'<meta property="og:title" content="{escape(page.title)}">',
    )


def comments_long(page: Page) -> str:
    """Readers' comments are longer than the story."""
    remarks = "".join(f"<li><b>user{n}</b><p>{COMMENT} {TEASERS[n % 3]}</p><a href=#>Reply</a></li>" for n in range(8))
    return document(
        page,
        f"""<ul>{"".join(f"<li><a href=/{x}>{x}</a>" for x in NAVIGATION)}</ul><article><h1>{escape(page.title)}</h1>
        <p><time datetime="{page.published}T09:00">{page.published}</time></p>{body(page, marks=False)}</article>
        <div id="comments"><h3>8 comments</h3><ol>{remarks}</ol></div><footer>{COPYRIGHT}</footer>""",
    )


def div_paragraphs(page: Page) -> str:
    """Paragraphs are divs; the standfirst and the body stand in different boxes."""
    return document(
        page,
        f"""<div role="banner">{links(NAVIGATION)}</div><div role="main"><div><h1>{escape(page.title)}</h1></div>
        <div class="{page.name()}">{body(page, paragraph="div")}</div>
        <div role="complementary"><div>You may also like</div>{"".join(f'<div><a href="/{n}"><div>{escape(r)}</div></a></div>' for n, r in enumerate(RELATED))}</div>
        </div><div role="contentinfo">{COPYRIGHT}</div><div role="dialog">{COOKIES}</div>""",
        f'<meta itemprop="datePublished" content="{page.published}">',
    )


def charity(page: Page) -> str:
    """A charity's site: donation prompts, a helpline box, breadcrumbs, pages related by links in list items with text."""
    return document(
        page,
        f"""<div class="crumbs"><a href="/">Home</a> &gt; <a href="/n">News</a> &gt; {escape(page.title)}</div>
        <section><h1>{escape(page.title)}</h1><div class="content">{body(page)}</div></section>
        <section><h2>Donate today</h2><p>£10 could answer 3 calls from children. 92% of our money comes from the public.</p>
        <a href="/d">Donate</a></section><section><h2>Related news and opinion</h2><ul>{"".join(f'<li><a href="/{n}">{escape(r)}</a><p>{escape(TEASERS[n % 3])}</p></li>' for n, r in enumerate(RELATED))}</ul></section>
        <div class="legal">Registered charity in England and Wales (216401), Scotland (SC037717). {COPYRIGHT}</div>""",
        f'<meta name="DC.date" content="{page.published}">',
        f"{page.title} - The Charity",
    )


def scripted(page: Page) -> str:
    """A modern page: utility class names, hidden menus, an inline advert after each third paragraph, a modal."""
    parts = body(page).split("\n")
    advert = '<div class="flex items-center"><span>Advertisement</span></div>'
    text = "\n".join(p + (advert if n % 3 == 2 else "") for n, p in enumerate(parts))
    return document(
        page,
        f"""<div id="__next"><div class="flex p-4"><div style="display:none">{links(NAVIGATION)}</div></div><div class="grid gap-8">
        <div class="col-span-8"><div class="text-4xl font-bold"><h1>{escape(page.title)}</h1></div><div class="text-sm">
        <span>5 min read</span><span>{page.published}</span></div><div class="prose">{text}</div></div><div class="col-span-4">
        <p>Popular now</p>{links(RELATED, "ol")}<p>{NEWSLETTER}</p></div></div></div><div hidden><p>{COOKIES}</p></div>
        <script>var x = "<p>1,000 offences</p>";</script>""",
        f'<meta property="og:title" content="{escape(page.title)}"><meta name="date" content="{page.published}">',
    )


DESIGNS: dict[str, Callable[[Page], str]] = {
    f.__name__: f
    for f in (
        semantic,
        divs,
        inner_related,
        layout_table,
        teaser_cards,
        sidebar_first,
        comments_long,
        div_paragraphs,
        charity,
        scripted,
    )
}
