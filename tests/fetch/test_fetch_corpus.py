"""The corpus: relevance, attachments, duplicates, provenance, and what a crash leaves."""

import csv
import os
import signal
import sqlite3
import subprocess
import sys
import time

import pytest
from local_site import Reply, listing, release
from reportlab.pdfgen.canvas import Canvas

from extract.errors import ExtractError
from extract.fetch.archive import Archive
from extract.fetch.duplicates import sign
from extract.fetch.ledger import Ledger

SHOP = "<html><head><title>Shop</title></head><body><main><h1>Shop</h1><p>{0}</p></main></body></html>"
COMMAND = (sys.executable, "-c", "from extract.cli import main; main()")
ROUND = "The shop on the high street is open from Monday to Saturday and welcomes all who pass by. "


@pytest.fixture
def pdf(tmp_path):
    path = tmp_path / "table.pdf"
    canvas = Canvas(str(path))
    for n, line in enumerate(["Offences by police force", "Kent Police recorded 285 offences in 2018/19."]):
        canvas.drawString(72, 720 - 20 * n, line)
    canvas.save()
    return path.read_bytes()


def test_only_pages_that_speak_of_the_charity_and_carry_a_figure_are_kept_and_the_reason_recorded(site, crawl, corpus):
    site.pages["/a"] = Reply(release("A"))
    site.pages["/b"] = Reply(SHOP.format(ROUND * 3 + "It sold 3,000 books."))
    site.pages["/c"] = Reply(SHOP.format(ROUND * 3 + "The NSPCC thanks all who came in 2019. Call 0800 1111."))
    pages = [site.url(path) for path in ("/a", "/b", "/c")]
    crawl(pages=pages)
    assert [(row["title"], row["reason"]) for row in corpus.manifest] == [
        ("A", 'speaks of "NSPCC" and carries "3,144"')
    ]
    assert [(row["outcome"], row["why"]) for row in corpus.log if row["kind"] == "page"] == [
        ("new", ""),
        ("skipped", "does not speak of the charity"),
        ("skipped", "carries no figure"),
    ]
    crawl(pages=pages, keep_all=True)
    assert [row["reason"] for row in corpus.manifest][1:] == ["does not speak of the charity", "carries no figure"]


def test_pdfs_that_a_release_links_to_come_along(site, crawl, corpus, pdf):
    site.pages["/story"] = Reply(release("Story", links=["/files/table.pdf?v=2", "/files/broken.pdf"]), etag=True)
    site.pages["/files/table.pdf"] = Reply(pdf, type="application/pdf", etag=True)
    site.pages["/files/broken.pdf"] = Reply(b"%PDF-1.4 nothing", type="application/pdf")
    summary = crawl(pages=[site.url("/story")])
    story, attached = corpus.manifest
    assert (attached["attachment_of"], attached["url"]) == (story["id"], site.url("/files/table.pdf?v=2"))
    assert attached["id"] == f"{story['id']}-{attached['sha256'][:8]}"
    assert (corpus.folder / attached["file"]).read_bytes() == pdf
    assert len(summary.failures) == 1
    before = corpus.contents()
    assert crawl(pages=[site.url("/story")]).outcomes["same"] == 2
    assert corpus.contents() == before


def test_a_pdf_that_is_a_release_itself_is_kept(site, crawl, corpus, tmp_path):
    path = tmp_path / "release.pdf"
    canvas = Canvas(str(path))
    canvas.drawString(72, 720, "The NSPCC found that Kent Police recorded 285 offences.")
    canvas.save()
    site.pages["/release.pdf"] = Reply(path.read_bytes(), type="application/pdf")
    crawl(pages=[site.url("/release.pdf")])
    assert [row["file"][-4:] for row in corpus.manifest] == [".pdf"]


def test_one_release_on_several_sites_is_linked_and_not_dropped(site, crawl, corpus):
    site.pages["/a"] = Reply(release("Grooming rises"))
    site.pages["/b"] = Reply(release("Grooming rises, says charity", "2019-11-06", more="Our reporter has the story."))
    site.pages["/kent"] = Reply(release("Grooming rises in Kent", figure="285"))
    crawl(pages=[site.url(path) for path in ("/a", "/b", "/kent")])
    assert [(row["title"], row["duplicate_of"]) for row in corpus.manifest] == [
        ("Grooming rises", ""),
        ("Grooming rises, says charity", "2019-11-05-grooming-rises"),
        ("Grooming rises in Kent", ""),
    ]
    site.pages["/c"] = Reply(release("Once more", more="And more of it."))
    crawl(pages=[site.url("/c")])
    assert corpus.manifest[-1]["duplicate_of"] == "2019-11-05-grooming-rises"


def test_two_releases_of_one_day_and_title_have_two_ids(site, crawl, corpus):
    for name, figure in (("a", "61"), ("b", "62")):
        site.pages[f"/{name}"] = Reply(release("Crimes up", figure=figure))
    crawl(pages=[site.url("/a"), site.url("/b")])
    first, second = (row["id"] for row in corpus.manifest)
    assert first == "2019-11-05-crimes-up"
    assert second.startswith(f"{first}-")


def test_the_log_tells_each_attempt_with_its_provenance(site, crawl, corpus):
    site.pages["/old"] = Reply("", 301, {"Location": "/a"})
    site.pages["/a"] = Reply(release("A"), etag=True)
    crawl(pages=[site.url("/old")])
    (row,) = corpus.log
    assert (row["url"], row["final_url"]) == (site.url("/old"), site.url("/a"))
    assert (row["status"], row["type"], row["outcome"]) == ("200", "text/html; charset=utf-8", "new")
    assert row["etag"]
    assert row["sha256"] == corpus.manifest[0]["sha256"]
    assert row["id"] == corpus.manifest[0]["id"]
    assert time.strptime(row["time"], "%Y-%m-%dT%H:%M:%S+00:00")


def test_the_rows_of_a_manifest_that_is_there_stay_as_they_are(site, crawl, corpus):
    corpus.folder.mkdir()
    (corpus.folder / "own.txt").write_text("The NSPCC found 285 offences.", "utf-8")
    (corpus.folder / "manifest.csv").write_text("id,file,url,published,split\nown,own.txt,,2019-01-01,dev\n", "utf-8")
    site.pages["/a"] = Reply(release("A"))
    crawl(pages=[site.url("/a")])
    own, fetched = corpus.manifest
    assert (own["id"], own["file"], own["published"], own["split"]) == ("own", "own.txt", "2019-01-01", "dev")
    assert fetched["url"] == site.url("/a")
    assert (corpus.folder / "own.txt").exists()


def test_a_row_that_a_crash_tore_is_dropped_and_the_rest_stays(tmp_path):
    path = tmp_path / "log.csv"
    ledger = Ledger(path, ("a", "b"))
    ledger.append({"a": "1", "b": "one, two"})
    ledger.append({"a": "2", "b": 'a "quoted"\nline'})
    whole = path.read_bytes()
    path.write_bytes(whole[:-4])
    again = Ledger(path, ("a", "b", "c"))
    assert again.rows == [{"a": "1", "b": "one, two"}]
    again.append({"a": "3", "c": "new"})
    with path.open(newline="", encoding="utf-8") as stream:
        rows = list(csv.DictReader(stream))
    assert rows == [{"a": "1", "b": "one, two", "c": ""}, {"a": "3", "b": "", "c": "new"}]


def test_two_calls_do_not_fetch_into_one_corpus_at_once(tmp_path):
    with Archive(tmp_path / "corpus"), pytest.raises(ExtractError, match="fetched into by another"):
        Archive(tmp_path / "corpus")


def test_what_no_row_names_is_put_aside_and_comes_back_when_it_is_fetched(site, crawl, corpus):
    site.pages["/a"] = Reply(release("A"))
    crawl(pages=[site.url("/a")])
    whole = corpus.contents()
    # As a crash between file and row leaves it.
    (corpus.folder / "manifest.csv").unlink()
    (corpus.folder / "fetch-log.csv").unlink()
    (corpus.folder / "files" / ".tmp-half").write_bytes(b"half")
    Archive(corpus.folder).__exit__()
    assert list((corpus.folder / "files").iterdir()) == []
    crawl(pages=[site.url("/a")])
    assert corpus.contents() == whole


def test_signatures_come_back_from_their_cells():
    signature = sign("Police recorded 3,144 offences")
    assert type(signature).from_cells(*signature.to_cells()) == signature


def _big_site(site, number):
    """Give the site so many releases, in listings of fifty."""
    for n in range(0, number, 50):
        following = f"/?page={n + 50}" if n + 50 < number else None
        site.pages[f"/?page={n}" if n else "/"] = Reply(
            listing([f"/story-{m}" for m in range(n, min(n + 50, number))], following), etag=True
        )
    for n in range(number):
        page = release(f"Story {n}", figure=f"{1000 + n:,}", more=f"Force number {n} told the charity about it.")
        site.pages[f"/story-{n}"] = Reply(page, etag=True)


@pytest.mark.slow
def test_five_hundred_releases_are_fetched_once_and_no_body_comes_a_second_time(site, crawl, corpus):
    _big_site(site, 500)
    summary = crawl(urls=[site.url("/")], depth=20, time=600.0)
    stories = [path for path in site.paths() if path.startswith("/story")]
    assert (len(stories), len(set(stories)), len(corpus.manifest)) == (500, 500, 500)
    assert summary.outcomes["new"] == 500
    before, asked = corpus.contents(), len(site.asked)
    summary = crawl(urls=[site.url("/")], depth=20, time=600.0)
    again = [one for one in site.asked[asked:] if one.path != "/robots.txt"]
    assert len(again) == 510
    assert sum(one.sent for one in again) == 0
    assert (summary.outcomes["same"], summary.received) == (500, 0)
    assert corpus.contents() == before


def _command(folder, site, *more):
    call = [*COMMAND, "fetch", str(folder), "--contact", "tests@example.org"]
    return [*call, "--allow-private", "--delay", "0", "--url", site.url("/"), "--depth", "9", *more]


@pytest.mark.slow
def test_a_crawl_killed_at_five_moments_and_resumed_gives_the_corpus_of_one_that_was_not(site, crawl, corpus, tmp_path):
    _big_site(site, 40)
    site.pages["/story-7"].body = release("Story 7", links=["/story-8"])
    crawl(urls=[site.url("/")], depth=9, corpus=tmp_path / "whole")
    whole = type(corpus)(tmp_path / "whole").contents()
    for moment in (3, 9, 17, 26, 38):
        asked = len(site.asked)
        process = subprocess.Popen(_command(corpus.folder, site), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        while len(site.asked) - asked < moment and process.poll() is None:
            time.sleep(0.001)
        os.kill(process.pid, signal.SIGKILL)
        assert process.wait() == -signal.SIGKILL
    done = subprocess.run(_command(corpus.folder, site), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert corpus.contents() == whole


def test_an_interrupt_ends_the_crawl_in_order(site, corpus):
    _big_site(site, 40)
    command = _command(corpus.folder, site, "--delay", "0.2")
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    while len(site.asked) < 5 and process.poll() is None:
        time.sleep(0.01)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=30)
    assert (process.returncode, err) == (130, "stopped; what is written stays, and the same call goes on from there\n")
    assert 1 <= len(corpus.manifest) < 40


def test_fetch_and_run_give_a_dataset_with_the_source_of_every_row(site, crawl, corpus, tmp_path):
    for n in range(3):
        site.pages[f"/{n}"] = Reply(release(f"Story {n}", figure=f"{n + 1},144"))
    crawl(pages=[site.url(f"/{n}") for n in range(3)])
    call = [*COMMAND, "run", str(corpus.folder), "--out", str(tmp_path / "out")]
    done = subprocess.run(call, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    connection = sqlite3.connect(tmp_path / "out" / "nspcc.db")
    try:
        rows = connection.execute("SELECT r.url FROM observations o JOIN releases r USING (release_id)").fetchall()
        releases = connection.execute("SELECT url, published FROM releases ORDER BY url").fetchall()
    finally:
        connection.close()
    assert releases == [(site.url(f"/{n}"), "2019-11-05") for n in range(3)]
    assert len(rows) >= 3
    assert all(url for (url,) in rows)
