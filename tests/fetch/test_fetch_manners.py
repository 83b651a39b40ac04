"""Manners: robots.txt, pace, one request at a time, a name and a contact, conditional requests, the dry run."""

import itertools

import pytest
from local_site import Reply, listing, release

from extract.errors import UsageError
from extract.fetch.job import Job


def _robots(text):
    return Reply(text, type="text/plain")


def test_what_robots_txt_forbids_is_not_fetched_and_the_reason_recorded(site, crawl, corpus):
    site.pages["/robots.txt"] = _robots("User-agent: *\nDisallow: /private/\n")
    site.pages["/a"], site.pages["/private/b"] = Reply(release("A")), Reply(release("B"))
    summary = crawl(pages=[site.url("/private/b"), site.url("/a")])
    assert site.count("/private/b") == 0
    assert [(r["outcome"], r["why"]) for r in corpus.log if "private" in r["url"]] == [
        ("skipped", "robots.txt does not allow it")
    ]
    assert summary.failures == []


def test_rules_for_this_crawler_by_name_count(site, crawl):
    site.pages["/robots.txt"] = _robots("User-agent: nspcc-extract\nDisallow: /\n\nUser-agent: *\nAllow: /\n")
    crawl(pages=[site.url("/a")])
    assert site.paths() == ["/robots.txt"]


def test_a_redirect_does_not_lead_around_robots_txt(site, crawl):
    site.pages["/robots.txt"] = _robots("User-agent: *\nDisallow: /private/\n")
    site.pages["/a"] = Reply("", 302, {"Location": "/private/b"})
    crawl(pages=[site.url("/a")])
    assert site.count("/private/b") == 0


@pytest.mark.parametrize(("status", "fetched"), [(404, 1), (403, 1), (503, 0)])
def test_without_robots_txt_all_is_allowed_but_nothing_where_it_cannot_be_had(site, crawl, status, fetched):
    site.pages["/robots.txt"] = Reply("Disallow: /", status, type="text/plain")
    site.pages["/a"] = Reply(release("A"))
    summary = crawl(pages=[site.url("/a")], retries=0)
    assert (site.count("/a"), len(summary.failures)) == (fetched, 1 - fetched)


def _gaps(site):
    times = [asked.time for asked in site.asked if asked.path != "/robots.txt"]
    return [later - earlier for earlier, later in itertools.pairwise(times)]


def test_the_crawl_delay_of_a_site_is_kept(site, crawl):
    site.pages["/robots.txt"] = _robots("User-agent: *\nCrawl-delay: 0.4\n")
    for n in range(4):
        site.pages[f"/{n}"] = Reply(release(f"Story {n}"))
    crawl(pages=[site.url(f"/{n}") for n in range(4)])
    assert min(_gaps(site)) >= 0.35


def test_requests_to_a_host_come_one_at_a_time_with_the_delay_between_them(site, crawl):
    for n in range(4):
        site.pages[f"/{n}"] = Reply(release(f"Story {n}"))
    crawl(pages=[site.url(f"/{n}") for n in range(4)], delay=0.25)
    assert min(_gaps(site)) >= 0.2
    assert site.most_busy == 1


def test_the_crawler_names_the_project_and_the_contact(site, crawl):
    site.pages["/a"] = Reply(release("A"))
    crawl(pages=[site.url("/a")])
    agents = {asked.headers["user-agent"] for asked in site.asked}
    assert len(agents) == 1
    assert agents.pop().startswith("nspcc-extract/")
    assert "(+tests@example.org)" in site.asked[0].headers["user-agent"]


@pytest.mark.parametrize("contact", ["", "me", "me@", "a@b.org\r\nX-Evil: 1", "javascript:alert(1)"])
def test_without_a_contact_nothing_is_fetched(tmp_path, contact):
    with pytest.raises(UsageError, match="--contact"):
        Job(tmp_path, contact, urls=("http://127.0.0.1/",)).check()


@pytest.mark.parametrize("contact", ["me@example.org", "mailto:a.b+c@x-y.ac.uk", "https://example.org/about#bot"])
def test_an_email_address_or_page_is_a_contact(tmp_path, contact):
    Job(tmp_path, contact).check()


def test_what_has_not_changed_is_not_transferred_again(site, crawl, corpus):
    site.pages["/robots.txt"] = Reply("User-agent: *\nAllow: /", type="text/plain", etag=True)
    site.pages["/"] = Reply(listing(["/a", "/b"]), etag=True)
    site.pages["/a"] = Reply(release("A"), etag=True)
    day = "Tue, 05 Nov 2019 09:00:00 GMT"

    def dated(asked):
        if asked.headers.get("if-modified-since") == day:
            return Reply("", 304)
        return Reply(release("B", figure="61"), headers={"Last-Modified": day})

    site.pages["/b"] = dated
    crawl(urls=[site.url("/")])
    before, asked = corpus.contents(), len(site.asked)
    summary = crawl(urls=[site.url("/")])
    again = [one for one in site.asked[asked:] if one.path != "/robots.txt"]
    assert [(one.path, one.sent) for one in again] == [("/", 0), ("/a", 0), ("/b", 0)]
    assert (corpus.contents(), summary.received) == (before, 0)
    assert summary.outcomes["same"] == 2
    assert [row["status"] for row in corpus.log[-2:]] == ["304", "304"]


def test_a_page_that_changed_is_fetched_and_its_older_version_stays(site, crawl, corpus):
    first, second = release("Story", figure="1,100"), release("Story, corrected", figure="1,200")
    site.pages["/a"] = Reply(first, etag=True)
    crawl(pages=[site.url("/a")])
    site.pages["/a"] = Reply(second, etag=True)
    summary = crawl(pages=[site.url("/a")])
    (row,) = corpus.manifest
    assert (summary.outcomes["changed"], row["id"], row["title"]) == (1, "2019-11-05-story", "Story, corrected")
    assert (corpus.folder / row["file"]).read_text("utf-8") == second
    assert (corpus.folder / ".fetch/older" / f"{row['older']}.html").read_text("utf-8") == first
    site.pages["/a"] = Reply(first, etag=True)
    crawl(pages=[site.url("/a")])
    (row,) = corpus.manifest
    assert (corpus.folder / row["file"]).read_text("utf-8") == first


def test_a_kept_body_that_is_damaged_is_asked_for_again(site, crawl, corpus):
    site.pages["/a"] = Reply(release("A"), etag=True)
    crawl(pages=[site.url("/a")])
    (corpus.folder / corpus.manifest[0]["file"]).write_bytes(b"")
    crawl(pages=[site.url("/a")])
    assert (corpus.folder / corpus.manifest[0]["file"]).read_text("utf-8") == release("A")


def test_a_dry_run_lists_what_it_would_fetch_and_writes_nothing(site, crawl, tmp_path):
    site.pages["/robots.txt"] = _robots("User-agent: *\nDisallow: /private/\n")
    site.pages["/"] = Reply(listing(["/a", "/private/b", "/c"]))
    summary = crawl(urls=[site.url("/")], pages=[site.url("/d")], dry_run=True)
    assert sorted(summary.planned) == [site.url("/a"), site.url("/c"), site.url("/d")]
    assert site.paths() == ["/robots.txt", "/"]
    assert not (tmp_path / "corpus").exists()
