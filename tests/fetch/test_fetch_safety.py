"""Safety: which addresses are reached, also after a redirect and with answers that change; names of files."""

import pytest
from local_site import LocalSite, Reply, listing, release

from extract.fetch.addresses import is_allowed, networks
from extract.fetch.resolver import GuardedResolver
from extract.fetch.urls import make_id, slug


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "127.8.8.8", "10.0.0.1", "172.16.3.4", "192.168.1.1", "169.254.169.254", "100.64.0.1"),
        *("0.0.0.0", "224.0.0.1", "255.255.255.255", "240.0.0.1", "192.0.2.1"),
        *("::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "ff02::1", "2001:db8::1"),
        *("::ffff:127.0.0.1", "::ffff:10.0.0.1", "2002:7f00:1::", "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe"),
    ],
)
def test_addresses_that_are_not_public_are_refused(address):
    assert not is_allowed(address)


@pytest.mark.parametrize("address", ["93.184.216.34", "8.8.8.8", "2606:4700::1111", "64:ff9b::808:808"])
def test_public_addresses_are_allowed(address):
    assert is_allowed(address)


@pytest.fixture
def inside():
    """A site at an address that jobs are not allowed to reach."""
    found = LocalSite("127.0.0.2")
    found.pages["/secret"] = Reply(release("Secret"))
    yield found
    found.close()


def test_without_permission_loopback_is_not_reached(site, crawl, corpus):
    hosts = ("127.0.0.1", "localhost", "2130706433")
    summary = crawl(pages=[f"http://{host}:{site.port}/a" for host in hosts], allow=())
    # Three hosts are asked at once, in no set order.
    assert sorted(why for _, why in summary.failures) == [
        "127.0.0.1 resolves to 127.0.0.1, which is no public address",
        "2130706433 resolves to 127.0.0.1, which is no public address",
        "localhost resolves to 127.0.0.1, which is no public address",
    ]
    assert site.asked == []
    assert corpus.manifest == []


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_to_a_private_address_is_not_followed(site, inside, crawl, corpus, status):
    site.pages["/a"] = Reply("", status, {"Location": inside.url("/secret")})
    summary = crawl(pages=[site.url("/a")])
    assert [why for _, why in summary.failures] == ["127.0.0.2 resolves to 127.0.0.2, which is no public address"]
    assert inside.asked == []
    assert corpus.manifest == []


def test_a_refresh_to_a_private_address_is_not_followed(site, inside, crawl):
    refresh = f'<meta http-equiv="refresh" content="0;url={inside.url("/secret")}">'
    page = f"<html><head>{refresh}</head><body>x</body></html>"
    site.pages["/a"] = Reply(page)
    assert len(crawl(pages=[site.url("/a")]).failures) == 1
    assert inside.asked == []


def test_a_name_whose_answer_changes_to_a_private_address_is_not_reached(site, crawl, corpus):
    answers = ["127.0.0.1", "127.0.0.2"]

    def lookup(name):
        assert name == "shifting.test"
        return [answers[0]]

    def turn(_):
        answers.pop(0)
        return Reply(release("Public"), headers={"Connection": "close"})

    site.pages["/a"] = turn
    url = f"http://shifting.test:{site.port}"
    summary = crawl(pages=[f"{url}/a", f"{url}/secret"], lookup=lookup, retries=0)
    assert [why for _, why in summary.failures] == ["shifting.test resolves to 127.0.0.2, which is no public address"]
    assert [row["title"] for row in corpus.manifest] == ["Public"]
    assert site.count("/secret") == 0


def test_a_name_with_one_private_address_among_its_public_ones_is_refused():
    resolver = GuardedResolver(networks([]), lambda _: ["93.184.216.34", "10.0.0.1"])
    assert resolver.answer("mixed.test") == []
    assert resolver.refused == {"mixed.test": "10.0.0.1"}


def test_a_proxy_of_the_environment_is_not_used(site, inside, crawl, monkeypatch):
    monkeypatch.setenv("http_proxy", inside.base)
    site.pages["/a"] = Reply(release("A"))
    crawl(pages=[site.url("/a")])
    assert (site.count("/a"), inside.asked) == (1, [])


def test_names_of_files_are_never_taken_from_the_network(site, crawl, corpus, tmp_path):
    title = "../../../etc/passwd\u202e CON: <b>"
    site.pages["/..%2F..%2Fevil.html"] = Reply(
        release(title), headers={"Content-Disposition": "attachment; filename=../../evil.sh"}
    )
    crawl(pages=[site.url("/..%2F..%2Fevil.html")])
    (row,) = corpus.manifest
    assert row["id"] == "2019-11-05-etc-passwd-con"
    assert row["file"] == f"files/{row['sha256']}.html"
    assert {p.name for p in tmp_path.iterdir()} == {"corpus"}


def test_cells_that_a_page_writes_stay_one_row(site, crawl, corpus):
    site.pages["/a"] = Reply(release('Title "quoted", and\n\n,,,\r\nmore'))
    crawl(pages=[site.url("/a")])
    assert len(corpus.manifest) == 1
    assert (corpus.folder / "manifest.csv").read_text("utf-8").count("\n") == 2


def test_entities_of_feeds_and_sitemaps_open_nothing(site, crawl, tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("http://127.0.0.1/leak", "utf-8")
    evil = f'<!DOCTYPE x [<!ENTITY e SYSTEM "{secret.as_uri()}">]>'
    bomb = (
        "<!DOCTYPE x ["
        + "<!ENTITY a0 'aaaaaaaaaa'>"
        + "".join(f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 10))
        + "]>"
    )
    site.pages["/feed"] = Reply(f"{evil}<rss><channel><item><link>&e;</link></item></channel></rss>", type="text/xml")
    site.pages["/map"] = Reply(f"{evil}<urlset><url><loc>&e;</loc></url></urlset>", type="text/xml")
    site.pages["/bomb"] = Reply(f"{bomb}<rss><channel><item><link>&a9;</link></item></channel></rss>", type="text/xml")
    crawl(feeds=[site.url("/feed"), site.url("/bomb")], sitemaps=[site.url("/map")])
    assert set(site.paths()) == {"/robots.txt", "/feed", "/map", "/bomb"}


def test_links_to_other_schemes_and_hosts_are_not_followed(site, inside, crawl):
    site.pages["/"] = Reply(
        listing(["javascript:alert(1)", "mailto:a@b.org", "file:///etc/passwd", inside.url("/secret"), "tel:0800"])
    )
    crawl(urls=[site.url("/")])
    assert (set(site.paths()), inside.asked) == ({"/robots.txt", "/"}, [])


@pytest.mark.parametrize("title", ["", "日本語", "a" * 500, "—", "  "])
def test_ids_are_readable_whatever_a_title_holds(title):
    assert len(slug(title)) <= 70
    assert make_id(None, title, "http://a.org/x/story-1.html", set()).isascii()
