# ruff: noqa: E501  (markup and texts are kept in one piece)
"""Web pages: the text contract, by small pages with their whole text written out."""

from __future__ import annotations

import pytest

from extract.errors import ReadError
from extract.read import read_bytes

LEAD = (
    "Police recorded 1,300 offences of sexual communication with a child in the West Midlands last year, figures show."
)
MORE = "The charity said that the number had gone up in every force that gave data, and that children as young as five had been hurt."


def page(inside: str, head: str = "", title: str = "Offences up by a third in the Midlands") -> bytes:
    h1 = f"<h1>{title}</h1>" if title else ""
    return (
        f"<!doctype html><html><head>{head}</head><body>{h1}<p>{LEAD}</p>{inside}<p>{MORE}</p></body></html>".encode()
    )


def middle(inside: str) -> str:
    """Return what stands in the text for ``inside``: between the lead and the last paragraph."""
    text = read_bytes(page(inside), "a.html").text
    start, end = f"Offences up by a third in the Midlands\n\n{LEAD}", f"\n\n{MORE}"
    assert text.startswith(start)
    assert text.endswith(end)
    return text[len(start) : -len(end)].removeprefix("\n\n")


CASES = [
    ("<p>One</p><p>Two</p>", "One\n\nTwo"),
    ("<p>a \n  b&nbsp;c\u200b\u00add</p>", "a b cd"),
    ("<p>“Curly” – it’s kept &amp; &pound;5</p>", "“Curly” – it’s kept & £5"),
    ("<h2>Figures by force</h2><p>We asked.</p>", "Figures by force\n\nWe asked."),
    (
        "<p>We found:</p><ul><li>Kent: 12</li><li>Sussex: <b>15</b></li></ul>",
        "We found:\n\n  • Kent: 12\n  • Sussex: 15",
    ),
    ("<ol><li><p>Kent: 12</p></li><li><p>Sussex</p><p>had 15</p></li></ol>", "  • Kent: 12\n  • Sussex had 15"),
    ("<ul><li>South<ul><li>Kent: 12</li></ul></li><li>Wales</li></ul>", "  • South\n  • Kent: 12\n  • Wales"),
    ("<p>• Kent: 12<br>• Sussex: 15</p>", "  • Kent: 12\n  • Sussex: 15"),
    ("<p>It ended here.<br>This is new.</p>", "It ended here.\n\nThis is new."),
    ("<p>Broken<br>line</p>", "Broken line"),
    ("<p>One<br><br>Two</p>", "One\n\nTwo"),
    ("<p>rose to 38,000<sup>1</sup> last year</p>", "rose to 38,000 last year"),
    ("<p>rose to 38,000<sup><a href='#n1'>[1]</a></sup>.</p>", "rose to 38,000."),
    ("<p>to 599<a href='#fn2' role='doc-noteref'>2</a> in May</p>", "to 599 in May"),
    ("<p>to 599<sup>1, 2</sup> and 7<sup>*</sup></p>", "to 599 and 7"),
    ("<p>On the 5<sup>th</sup> over 12 km<sup>2</sup></p>", "On the 5th over 12 km2"),
    ("<p>rose to 38,000¹ and 12² in 40 km² last year</p>", "rose to 38,000 and 12 in 40 km² last year"),
    ("<p>a link to <a href='#part'>2019 figures</a> here</p>", "a link to 2019 figures here"),
    ("<blockquote><p>It is too late.</p></blockquote>", "It is too late."),
    ("<figure><img src=a><figcaption>The helpline at work</figcaption></figure>", "The helpline at work"),
    ("<p>Before<script>x('<p>9</p>')</script> and <!-- 5 -->after</p>", "Before and after"),
    ("<p hidden>hidden 7</p><p style='display: none'>7</p><p>Shown here.</p>", "Shown here."),
    ("<div>First in a div.<div>Second in a div.</div>Third.</div>", "First in a div.\n\nSecond in a div.\n\nThird."),
    ("<dl><dt>Kent</dt><dd>12 offences</dd></dl>", "Kent\n\n12 offences"),
    ("<p>Contact us:</p><p><a href='/c'>Contact the Helpline</a></p>", "Contact us:\n\nContact the Helpline"),
    (
        "<table><caption>Table 1. Offences</caption><tr><th>Force<th>2018<th>2019<tr><td>Kent<td><td>15</table>",
        "Table 1. Offences\n\nForce | 2018 | 2019\nKent |  | 15",
    ),
]


@pytest.mark.parametrize(("inside", "expected"), CASES)
def test_markup_becomes_the_text_contract(inside, expected):
    assert middle(inside) == expected


def test_blocks_have_kind_offsets_and_path():
    release = read_bytes(page("<ul><li>Kent: 12</li></ul><div class=footnotes><p>1 Of 38 forces.</p></div>"), "a.html")
    found = [(b.kind, release.text[b.start : b.end], b.path) for b in release.blocks]
    assert found == [
        ("heading", "Offences up by a third in the Midlands", "/html[1]/body[1]/h1[1]"),
        ("paragraph", LEAD, "/html[1]/body[1]/p[1]"),
        ("list_item", "Kent: 12", "/html[1]/body[1]/ul[1]/li[1]"),
        ("footnote", "1 Of 38 forces.", "/html[1]/body[1]/div[1]/p[1]"),
        ("paragraph", MORE, "/html[1]/body[1]/p[2]"),
    ]


FURNITURE = [
    "<h3>Related stories</h3><ul><li><a href=a>500 offences in Kent</a></li><li><a href=b>Jail for man, 43</a></li></ul>",
    "<div><h2>You may also like</h2><div><h3><a href=a>19% rise in calls</a></h3><p>A long summary of the other story with 31 cases.</p></div></div>",
    "<p><a href=a>READ MORE: Neglect cases rise by 61% in Northumbria</a></p>",
    "<p>Read more: Neglect cases rise by 61% in Northumbria</p>",
    "<div><span>Share this article</span> <a href=f>Facebook</a> <a href=t>Twitter</a></div>",
    "<div><p>Get the 10 best stories of the week.</p><form><input type=email><button>Go</button></form></div>",
    "<p>Sign up to our newsletter for the latest on our work.</p>",
    "<div class='cookie-notice'><p>We use 12 cookies.</p></div>",
    "<aside class='sidebar'><p>Some other text that has 45 figures in it.</p></aside>",
    "<nav><ul><li><a href=1>Crime 24</a></li><li><a href=2>Sport</a></li></ul></nav>",
    "<p>Image: Getty Images</p>",
    "<p>By Jane Doe</p>",
    "<div><time datetime='2019-11-05'>5 November 2019</time></div>",
    "<div>Published: 5 November 2019</div>",
    "<div><span>5 min read</span><span>2019-11-05</span></div>",
    "<p>Advertisement</p>",
]


@pytest.mark.parametrize("box", FURNITURE)
def test_furniture_between_the_paragraphs_is_left_out(box):
    assert middle(f"<p>{MORE.replace('five', 'six')}</p>{box}") == MORE.replace("five", "six")


@pytest.mark.parametrize("box", FURNITURE)
def test_furniture_around_the_story_is_left_out(box):
    data = f"<html><body>{box}<div><h1>Offences up by a third</h1><p>{LEAD}</p><p>{MORE}</p></div>{box}</body></html>"
    assert read_bytes(data.encode(), "a.html").text == f"Offences up by a third\n\n{LEAD}\n\n{MORE}"


@pytest.mark.parametrize(
    "box",
    [
        "<aside><h3>Key figures</h3><ul><li>Kent: 12</li></ul></aside>",
        "<footer><h3>Key figures</h3><ul><li>Kent: 12</li></ul></footer>",
        "<div class='article-footer'><h3>Key figures</h3><ul><li>Kent: 12</li></ul></div>",
    ],
)
def test_notes_and_key_figures_belong_to_the_story(box):
    assert middle(box) == "Key figures\n\n  • Kent: 12"


def test_a_wrapper_with_the_name_of_furniture_holds_the_story():
    story = f"<h1>Offences up</h1><div>{LEAD}</div><div>{MORE}</div>"
    data = f"<body><div class='page has-sidebar'><div class='share-page'>{story}</div></div></body>"
    assert read_bytes(data.encode(), "a.html").text == f"Offences up\n\n{LEAD}\n\n{MORE}"


HEADS = [
    ("<title>Offences up by a third | The Beacon</title>", "Offences up by a third", None),
    (
        "<title>x</title><meta property='og:title' content='Offences up by a third - The Beacon'>"
        "<meta property='og:site_name' content='The Beacon'>",
        "Offences up by a third",
        "The Beacon",
    ),
    (
        '<script type="application/ld+json">{"@graph":[{"@type":["NewsArticle"],"headline":"Offences up by a third",'
        '"publisher":{"name":"The Beacon"}}]}</script>',
        "Offences up by a third",
        "The Beacon",
    ),
]


@pytest.mark.parametrize(("head", "title", "publisher"), HEADS)
def test_title_and_publisher_without_a_heading(head, title, publisher):
    release = read_bytes(page("", head, title=""), "a.html")
    assert (release.title, release.publisher) == (title, publisher)
    assert release.text.split("\n\n") == [title, LEAD, MORE]


def test_the_headline_is_the_heading_that_the_page_calls_its_title():
    head = "<title>Offences up by a third in... | The Beacon</title>"
    data = page("", head, title="Offences up by a third in the Midlands").replace(
        b"<body>", b"<body><h1>The Beacon</h1>"
    )
    release = read_bytes(data, "a.html")
    assert release.title == "Offences up by a third in the Midlands"
    assert release.text.count(release.title) == 1
    assert "Beacon" not in release.text


DATES = [
    '<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2019-11-05T23:59:00Z"}</script>',
    "<meta property='article:published_time' content='2019-11-05T00:01:00+00:00'>",
    "<meta name='DC.date' content='2019-11-05'>",
    "<meta itemprop='datePublished' content='5 November 2019'>",
]


@pytest.mark.parametrize("head", DATES)
def test_publication_date_from_the_head(head):
    assert read_bytes(page("", head), "a.html").published == "2019-11-05"


@pytest.mark.parametrize(
    "line",
    [
        "<time datetime='2019-11-05T10:00'>yesterday</time>",
        "<div><span>Published: Tuesday, 5 November 2019</span></div>",
        "<p>Last updated on 5th November 2019 at 10:21</p>",
    ],
)
def test_publication_date_from_the_page(line):
    data = page("").replace(b"</h1>", b"</h1>" + line.encode())
    assert read_bytes(data, "a.html").published == "2019-11-05"


@pytest.mark.parametrize(
    "beside",
    [
        "<ul class='c-voices'><li><b>Pat</b> <time datetime='2024-02-01'>1 February 2024</time><p>Shared. Thank you.</p></li></ul>",
        "<aside><a href='/x'>Other news</a> <time datetime='2024-02-01'>1 February 2024</time></aside>",
    ],
)
def test_the_date_of_a_comment_or_of_another_story_is_not_the_pages(beside):
    data = page(f"<p>{MORE}</p>").replace(b"</body>", beside.encode() + b"</body>")
    assert read_bytes(data, "a.html").published is None


def test_no_date_is_made_up():
    assert (
        read_bytes(page("<p>In May 2018 it rose, and on 3 April 2017 the law changed.</p>"), "a.html").published is None
    )


def test_canonical_address():
    head = "<link rel=canonical href='https://example.org/a'><meta property='og:url' content='https://example.org/b'>"
    assert read_bytes(page("", head), "a.html").url == "https://example.org/a"


def test_a_page_that_scripts_build_is_a_named_error():
    with pytest.raises(ReadError, match=r"app\.html: has no main text; fetch the page again"):
        read_bytes(b"<html><body><div id=app></div><script>run()</script></body></html>", "app.html")


@pytest.mark.parametrize(
    ("inside", "found"),
    [
        ("<div>" * 10_000 + f"<p>{MORE}</p>" + "</div>" * 10_000, 2),
        ("<b><i>" * 10_000 + f"<p>{MORE}</p>", 2),
        ("<table><tr><td>" * 5_000 + f"<p>{MORE}</p>", 0),
        ("<a href='" * 10_000, 0),
        ("<" * 100_000, 1),
        ("<p>" + "&nbsp;" * 200_000 + "</p>", 1),
        ("<table><tr><th colspan=9999999 rowspan=9999999>x</th></tr></table>", 1),
    ],
)
def test_malformed_and_deep_pages_are_read_in_bounded_time(inside, found):
    text = read_bytes(page(inside), "a.html").text
    assert LEAD in text
    assert text.count(MORE) >= found


@pytest.mark.slow
def test_a_page_of_twenty_megabytes_is_read():
    data = page(f"<p>{LEAD}</p>" * 150_000)
    assert read_bytes(data, "a.html").text.count(LEAD) == 150_001
