"""Where releases are found: listings, sitemaps, feeds, lists, pages, snapshots, WARC files."""

import gzip
import io
import json

import pytest
from local_site import Reply, listing, release
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

ADAPTER = """
name = "local"
domains = ["127.0.0.1"]
publisher = "Local News"
[listing]
start = ["{base}/news/"]
pattern = "^/news/(?:\\\\?page=\\\\d+)?$"
links = ["main"]
[article]
pattern = "^/news/\\\\d{{4}}/[^/?]+$"
attachments = ["article"]
"""


@pytest.fixture
def adapter(site, tmp_path):
    path = tmp_path / "local.toml"
    path.write_text(ADAPTER.format(base=site.base), "utf-8")
    return path


def test_a_listing_is_followed_over_its_pages_and_only_releases_are_kept(site, crawl, corpus, adapter):
    for n in range(1, 4):
        following = f"/news/?page={n + 1}" if n < 3 else None
        names = [f"/news/2019/story-{n}{m}" for m in range(2)]
        site.pages[f"/news/?page={n}" if n > 1 else "/news/"] = Reply(listing([*names, "/about"], following))
        for m, name in enumerate(names):
            site.pages[name] = Reply(release(f"Story {n}{m}", f"2019-11-0{n}", figure=f"{n},{m}00"))
    summary = crawl(sites=["local"], adapters=[adapter])
    assert [row["id"] for row in corpus.manifest] == [f"2019-11-0{n}-story-{n}{m}" for n in (1, 2, 3) for m in (0, 1)]
    assert (summary.outcomes["new"], summary.outcomes["listed"], summary.failures) == (6, 3, [])
    assert site.count("/about") == 0
    assert {row["publisher"] for row in corpus.manifest} == {"Local News"}
    assert all(row["url"].startswith(site.base) for row in corpus.manifest)


def test_both_forms_of_the_charitys_addresses_are_found_in_its_listing_and_sitemap(site, crawl, corpus):
    host = f"http://www.nspcc.org.uk:{site.port}"
    old, new = "/what-we-do/news-opinion/grooming-rises/", "/about-us/news-opinion/2023/cruelty-rises/"
    site.pages["/about-us/news-opinion/"] = Reply(
        listing([new, "/about-us/careers/"], "/about-us/news-opinion/?page=2")
    )
    site.pages["/about-us/news-opinion/?page=2"] = Reply(listing([old, "/what-we-do/news-opinion/?tag=online"]))
    site.pages["/about-us/news-opinion/2022/image-crimes/"] = Reply(release("Image crimes", figure="1,222"))
    site.pages[old], site.pages[new] = Reply(release("Grooming rises")), Reply(release("Cruelty rises", figure="77"))
    places = [f"{host}/about-us/news-opinion/2022/image-crimes/", f"{host}/about-us/appeals/"]
    locs = "".join(f"<url><loc>{place}</loc></url>" for place in places)
    site.pages["/sitemap.xml"] = Reply(f"<urlset>{locs}</urlset>", type="application/xml")
    crawl(urls=[f"{host}/about-us/news-opinion/"], sitemaps=[f"{host}/sitemap.xml"], lookup=lambda _: ["127.0.0.1"])
    assert {row["title"] for row in corpus.manifest} == {"Grooming rises", "Cruelty rises", "Image crimes"}
    assert {row["publisher"] for row in corpus.manifest} == {"NSPCC"}
    assert not {"/about-us/careers/", "/about-us/appeals/", "/what-we-do/news-opinion/?tag=online"} & set(site.paths())


def test_an_index_of_sitemaps_leads_to_packed_and_plain_ones(site, crawl, corpus):
    site.pages["/sitemap.xml"] = Reply(
        f"<sitemapindex><sitemap><loc>{site.url('/a.xml')}</loc></sitemap>"
        f"<sitemap><loc>{site.url('/b.xml.gz')}</loc></sitemap></sitemapindex>",
        type="application/xml",
    )
    one, two = (f"<urlset><url><loc>{site.url(path)}</loc></url></urlset>" for path in ("/one", "/two"))
    site.pages["/a.xml"] = Reply(one, type="text/xml")
    site.pages["/b.xml.gz"] = Reply(gzip.compress(two.encode()), type="application/gzip")
    site.pages["/one"], site.pages["/two"] = Reply(release("One")), Reply(release("Two", figure="55"))
    crawl(sitemaps=[site.url("/sitemap.xml")])
    assert {row["title"] for row in corpus.manifest} == {"One", "Two"}


@pytest.mark.parametrize(
    "feed",
    [
        "<rss><channel><item><link>{0}</link></item></channel></rss>",
        "<feed xmlns='http://www.w3.org/2005/Atom'><entry><link rel='alternate' href='{0}'/></entry></feed>",
    ],
    ids=["rss", "atom"],
)
def test_a_feed_leads_to_its_entries(site, crawl, corpus, feed):
    site.pages["/feed"] = Reply(feed.format("/story?utm_source=rss"), type="application/xml")
    site.pages["/story"] = Reply(release("Story"))
    crawl(feeds=[site.url("/feed")])
    assert [(row["id"], row["url"]) for row in corpus.manifest] == [("2019-11-05-story", site.url("/story"))]


def test_a_site_without_an_adapter_is_followed_from_a_page_to_the_depth_given(site, crawl, corpus):
    site.pages["/"] = Reply(listing(["/a", "http://127.0.0.2:1/elsewhere", "/photo.jpg", "/calendar?month=203101"]))
    site.pages["/a"] = Reply(release("A", links=["/b"]))
    site.pages["/b"] = Reply(release("B", figure="60", links=["/c"]))
    site.pages["/c"] = Reply(release("C", figure="70"))
    crawl(urls=[site.url("/")], depth=2)
    assert {row["title"] for row in corpus.manifest} == {"A", "B"}
    assert set(site.paths()) == {"/robots.txt", "/", "/a", "/b"}


def test_snapshots_of_a_page_are_its_versions_the_latest_current(site, crawl, corpus):
    page = "http://gone.example/news/story"
    first, second = release("Story", figure="1,100"), release("Story", figure="1,200")
    rows = [
        ["timestamp", "original", "digest"],
        ["20190301000000", page, "B"],
        ["20190101000000", page, "A"],
        ["20190401000000", page, "B"],
    ]
    site.pages["/cdx/search/cdx"] = Reply(json.dumps(rows), type="application/json")
    site.pages[f"/web/20190101000000id_/{page}"] = Reply(first)
    site.pages[f"/web/20190301000000id_/{page}"] = Reply(second)
    crawl(wayback=[page], wayback_server=site.base)
    (row,) = corpus.manifest
    assert (row["url"], row["fetched"][:10]) == (page, "2019-03-01")
    assert "1,200" in (corpus.folder / row["file"]).read_text("utf-8")
    assert "1,100" in (corpus.folder / ".fetch" / "older" / f"{row['older']}.html").read_text("utf-8")


def _warc(path, documents):
    with path.open("wb") as stream:
        writer = WARCWriter(stream, gzip=True)
        for url, body, headers, day in documents:
            http = StatusAndHeaders("200 OK", list(headers.items()), protocol="HTTP/1.1")
            more = {"WARC-Date": f"{day}T00:00:00Z"}
            writer.write_record(
                writer.create_warc_record(url, "response", io.BytesIO(body), http_headers=http, warc_headers_dict=more)
            )


# The writer of WARC files, which only this test uses, leaves its buffers open.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_warc_file_is_read_without_any_request(site, crawl, corpus, tmp_path):
    html = {"Content-Type": "text/html"}
    _warc(
        tmp_path / "x.warc.gz",
        [
            ("http://a.example/story", release("Story").encode(), html, "2019-12-01"),
            ("http://a.example/shop", b"<html><body><p>Our shop opens at noon.</p></body></html>", html, "2019-12-01"),
            (
                "http://a.example/packed",
                gzip.compress(release("Packed", figure="88").encode()),
                {**html, "Content-Encoding": "gzip"},
                "2019-12-02",
            ),
        ],
    )
    crawl(warcs=[tmp_path / "x.warc.gz"])
    assert [(r["title"], r["url"], r["fetched"][:10]) for r in corpus.manifest] == [
        ("Story", "http://a.example/story", "2019-12-01"),
        ("Packed", "http://a.example/packed", "2019-12-02"),
    ]
    assert corpus.outcomes() == ["new", "skipped", "new"]
    crawl(warcs=[tmp_path / "x.warc.gz"])
    assert corpus.outcomes()[3:] == ["same", "skipped", "same"]
    assert site.asked == []


def test_a_damaged_warc_file_is_a_failure_and_the_rest_goes_on(site, crawl, corpus, tmp_path):
    (tmp_path / "x.warc").write_bytes(b"no warc at all\r\n\r\n")
    site.pages["/a"] = Reply(release("A"))
    summary = crawl(warcs=[tmp_path / "x.warc"], pages=[site.url("/a")])
    assert len(summary.failures) == 1
    assert "is no whole WARC file" in summary.failures[0][1]
    assert len(corpus.manifest) == 1
