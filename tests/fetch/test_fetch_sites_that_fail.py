"""What sites do wrong, one misbehaviour a test: the crawl says what it was and goes on."""

import gzip
import time
import zlib
from email.utils import formatdate

import brotli
import pytest
from local_site import Reply, chunked, listing, release

GOOD = "/good"


@pytest.fixture
def broken(site, crawl, corpus):
    """Fetch a bad page and then a good one, and return (summary, the bad page's rows in the log)."""

    def run(path, **given):
        site.pages[GOOD] = Reply(release("Good"))
        summary = crawl(pages=[site.url(path), site.url(GOOD)], **given)
        assert [row["title"] for row in corpus.manifest if row["url"] == site.url(GOOD)] == ["Good"]
        return summary, [row for row in corpus.log if row["url"] == site.url(path)]

    return run


@pytest.mark.parametrize("status", [404, 410, 403, 204])
def test_a_page_that_is_gone_is_a_failure_that_is_not_tried_again(site, broken, status):
    site.pages["/bad"] = Reply("", status)
    summary, rows = broken("/bad")
    assert [(row["outcome"], row["status"], row["why"]) for row in rows] == [
        ("failed", str(status), f"HTTP {status}"),
    ]
    assert summary.failures == [(site.url("/bad"), f"HTTP {status}")]


def test_a_chain_of_redirects_ends_at_the_release(site, crawl, corpus):
    for n in range(4):
        site.pages[f"/{n}"] = Reply("", 301, {"Location": f"/{n + 1}"})
    site.pages["/4"] = Reply(release("At last"))
    crawl(pages=[site.url("/0")])
    (row,) = corpus.log[-1:]
    assert (row["url"], row["final_url"], row["outcome"]) == (site.url("/0"), site.url("/4"), "new")
    assert corpus.manifest[0]["url"] == site.url("/4")


def test_redirects_in_a_circle_end(site, broken):
    site.pages["/a"] = Reply("", 301, {"Location": "/b"})
    site.pages["/b"] = Reply("", 301, {"Location": "/a"})
    _, rows = broken("/a")
    assert [row["why"] for row in rows] == ["redirects in a circle or too often"]
    assert site.count("/a") + site.count("/b") == 9


@pytest.mark.parametrize("target", ["file:///etc/passwd", "ftp://127.0.0.1/x", "data:text/html,x", "gopher://x/"])
def test_a_redirect_away_from_the_web_is_not_followed(site, broken, target):
    site.pages["/bad"] = Reply("", 302, {"Location": target})
    _, rows = broken("/bad")
    assert [(row["outcome"], row["why"]) for row in rows] == [("failed", "HTTP 302, leads to what is no web address")]


@pytest.mark.parametrize("form", ["seconds", "date"])
def test_retry_after_is_obeyed(site, crawl, corpus, form):
    def slow_down(_):
        wait = "1" if form == "seconds" else formatdate(time.time() + 2, usegmt=True)
        return Reply("", 429, {"Retry-After": wait})

    answers = [slow_down, Reply(release("Patience"))]
    site.pages["/a"] = lambda asked: (answer := answers.pop(0), answer(asked) if callable(answer) else answer)[1]
    site.pages["/b"] = Reply(release("Next", figure="61"))
    crawl(pages=[site.url("/a"), site.url("/b")])
    times = {asked.path: asked.time for asked in site.asked}
    first = min(asked.time for asked in site.asked if asked.path == "/a")
    assert min(times["/a"], times["/b"]) - first >= 0.9
    assert {row["title"] for row in corpus.manifest} == {"Patience", "Next"}
    assert corpus.outcomes("page").count("retried") == 1


def test_a_retry_after_beyond_patience_is_a_failure(site, broken):
    site.pages["/bad"] = Reply("", 503, {"Retry-After": "86400"})
    _, rows = broken("/bad", patience=5.0)
    assert [row["why"] for row in rows] == ["HTTP 503"]


def test_a_server_error_is_tried_again(site, crawl, corpus):
    site.pages["/a"] = [Reply("", 500), Reply(release("After all"))]
    summary = crawl(pages=[site.url("/a")])
    assert corpus.outcomes("page") == ["retried", "new"]
    assert summary.failures == []


def test_a_server_error_that_stays_is_tried_a_bounded_number_of_times(site, broken):
    site.pages["/bad"] = Reply("", 500)
    _, rows = broken("/bad", retries=2)
    assert [row["outcome"] for row in rows] == ["retried", "retried", "failed"]
    assert site.count("/bad") == 3


def test_a_response_that_stalls_is_given_up(site, broken):
    def stall(handler):
        handler.send_response(200)
        handler.send_header("Content-Length", "5000")
        handler.end_headers()
        handler.wfile.write(b"<html>")
        handler.wfile.flush()
        time.sleep(1.5)

    site.pages["/bad"] = Reply(raw=stall)
    _, rows = broken("/bad", timeout=0.5, retries=0)
    assert [row["why"] for row in rows] == ["took longer than the limit"]


def test_a_body_cut_short_is_not_kept(site, broken, corpus):
    def cut(handler):
        data = release("Cut").encode()
        handler.send_response(200)
        handler.send_header("Content-Length", str(len(data)))
        handler.end_headers()
        handler.wfile.write(data[: len(data) // 2])
        handler.close_connection = True

    site.pages["/bad"] = Reply(raw=cut)
    _, rows = broken("/bad", retries=1)
    assert [(row["outcome"], row["why"]) for row in rows] == [
        ("retried", "was cut short, is tried again"),
        ("failed", "was cut short"),
    ]
    assert len(corpus.manifest) == 1


def test_a_connection_that_is_closed_without_an_answer_is_a_failure(site, broken):
    def hang_up(handler):
        handler.close_connection = True

    site.pages["/bad"] = Reply(raw=hang_up)
    _, rows = broken("/bad", retries=0)
    assert [(row["outcome"], row["why"]) for row in rows] == [("failed", "connection lost")]


@pytest.mark.parametrize(
    ("name", "pack"), [("gzip", gzip.compress), ("br", brotli.compress), ("deflate", zlib.compress)]
)
def test_packed_bodies_are_kept_unpacked(site, crawl, corpus, name, pack):
    body = release("Packed")
    site.pages["/a"] = Reply(pack(body.encode()), headers={"Content-Encoding": name})
    crawl(pages=[site.url("/a")])
    assert (corpus.folder / corpus.manifest[0]["file"]).read_text("utf-8") == body


@pytest.mark.parametrize(("name", "pack"), [("gzip", gzip.compress), ("br", brotli.compress)])
def test_a_small_body_that_unpacks_to_a_huge_one_is_refused(site, broken, name, pack):
    site.pages["/bad"] = Reply(pack(bytes(30_000_000)), headers={"Content-Encoding": name})
    summary, rows = broken("/bad", size=1_000_000)
    assert [row["why"] for row in rows] == ["is larger than the limit when decompressed"]
    assert summary.received < 100_000


def test_a_stream_of_a_gigabyte_is_cut_off_at_the_limit(site, broken):
    sent = []

    def endless():
        for _ in range(1000):
            sent.append(1)
            yield bytes(1_000_000)

    site.pages["/bad"] = Reply(raw=lambda handler: chunked(handler, endless()))
    _, rows = broken("/bad", size=2_000_000, retries=0)
    assert [row["why"] for row in rows] == ["is larger than the limit"]
    assert len(sent) < 50


def test_a_body_announced_as_a_gigabyte_is_not_begun(site, broken):
    def announce(handler):
        handler.send_response(200)
        handler.send_header("Content-Length", "1000000000")
        handler.end_headers()
        handler.close_connection = True

    site.pages["/bad"] = Reply(raw=announce)
    _, rows = broken("/bad", retries=0)
    assert [row["why"] for row in rows] == ["is larger than the limit"]


@pytest.mark.parametrize("declared", ["iso-8859-1", "utf-16", "klingon"])
def test_a_wrong_charset_keeps_the_bytes_and_the_text_is_read(site, crawl, corpus, declared):
    body = release("Côr Caerdydd — children’s choir").encode()
    site.pages["/a"] = Reply(body, type=f"text/html; charset={declared}")
    crawl(pages=[site.url("/a")])
    (row,) = corpus.manifest
    assert (corpus.folder / row["file"]).read_bytes() == body
    assert row["title"] == "Côr Caerdydd — children’s choir"


def test_a_wall_of_cookies_that_lets_through_who_accepts_them_is_passed(site, crawl, corpus):
    def story(asked):
        if "seen=1" in asked.headers.get("cookie", ""):
            return Reply(release("Behind the wall"))
        return Reply("", 302, {"Location": "/wall"})

    site.pages["/story"] = story
    site.pages["/wall"] = Reply("", 302, {"Location": "/story", "Set-Cookie": "seen=1; Path=/"})
    crawl(pages=[site.url("/story")])
    assert [row["title"] for row in corpus.manifest] == ["Behind the wall"]


def test_a_wall_of_cookies_in_place_of_the_story_is_not_kept(site, broken, corpus):
    site.pages["/bad"] = Reply(
        "<html><head><title>Your privacy</title></head><body><main><h1>Your privacy</h1><p>We and our partners store "
        "cookies on your device in order to show you what you like. Choose which of them you accept.</p></main></body>"
    )
    _, rows = broken("/bad")
    assert [(row["outcome"], row["why"]) for row in rows] == [("skipped", "does not speak of the charity")]
    assert len(corpus.manifest) == 1


def test_an_endless_calendar_does_not_hold_the_crawl(site, crawl, corpus):
    def day(asked):
        number = int(asked.path.rpartition("-")[2])
        return Reply(listing([f"/whats-on/day-{number + n}" for n in range(1, 20)]))

    site.pages["/"] = Reply(listing(["/whats-on/day-1", "/story"]))
    site.pages["/story"] = Reply(release("Story"))
    for n in range(1, 2000):
        site.pages[f"/whats-on/day-{n}"] = day
    summary = crawl(urls=[site.url("/")], depth=1000)
    assert [row["title"] for row in corpus.manifest] == ["Story"]
    assert (len(site.asked) < 100, summary.ended) == (True, "")


def test_the_limit_of_pages_ends_a_crawl_and_is_told(site, crawl):
    site.pages["/"] = Reply(listing([f"/story-{n}" for n in range(30)]))
    summary = crawl(urls=[site.url("/")], most=5)
    assert len(site.asked) == 6  # robots.txt is no page
    assert "the limit of 5 pages" in summary.ended


def test_the_limit_of_time_ends_a_crawl_and_is_told(site, crawl):
    for n in range(100):
        site.pages[f"/{n}"] = Reply(release(f"Story {n}"))
    summary = crawl(pages=[site.url(f"/{n}") for n in range(100)], delay=0.2, time=1.0)
    assert "the time limit" in summary.ended
    assert len(site.asked) < 20


def test_a_refused_connection_is_a_failure(site, crawl, corpus):
    site.close()
    summary = crawl(pages=[site.url("/a")], retries=0)
    assert [why for _, why in summary.failures] == [
        "its robots.txt cannot be had (connection refused), so nothing of the site is fetched"
    ]
    assert corpus.manifest == []


def test_what_is_no_document_is_skipped_and_a_damaged_one_fails(site, broken, corpus):
    site.pages["/bad"] = Reply(b"\x89PNG\r\n\x1a\n", type="image/png")
    site.pages["/bad.pdf"] = Reply(b"%PDF-1.7 and no more", type="application/pdf")
    assert [row["why"] for row in broken("/bad")[1]] == ["is of type image/png"]
    assert [row["outcome"] for row in broken("/bad.pdf")[1]] == ["failed"]
