"""The command: its options, exit codes, summary and progress; adapter files."""

import subprocess
import sys
from collections import Counter

import pytest
from local_site import Reply, release

from extract.cli.app import main
from extract.cli.fetching import progress_line
from extract.errors import LexiconError
from extract.fetch.job import Summary
from extract.fetch.sites import load_sites, parse_site, site_of


def _run(capsys, *arguments):
    with pytest.raises(SystemExit) as ended:
        main(["fetch", *map(str, arguments)])
    shown = capsys.readouterr()
    return ended.value.code, shown.out, shown.err


@pytest.fixture
def basics(tmp_path):
    return [tmp_path / "corpus", "--contact", "tests@example.org", "--allow-private", "--delay", "0", "--retries", "0"]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ([], "--contact"),
        (["--contact", "nobody"], "--contact"),
        (["--contact", "a@b.org", "--url", "ftp://example.org"], "no web address"),
        (["--contact", "a@b.org", "--site", "elsewhere"], "name one of: nspcc"),
        (["--contact", "a@b.org", "--urls", "missing.txt"], "cannot be read"),
        (["--contact", "a@b.org", "--pages", "0"], "--pages"),
    ],
)
def test_a_call_that_makes_no_sense_is_told_in_one_line_and_ends_with_2(capsys, tmp_path, arguments, told):
    code, out, err = _run(capsys, tmp_path / "corpus", *arguments)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert told in err
    assert not (tmp_path / "corpus").exists()


def test_all_done_ends_with_0_and_a_summary(capsys, site, basics):
    site.pages["/a"] = Reply(release("A"))
    code, out, _ = _run(capsys, *basics, "--url", site.url("/a"))
    assert code == 0
    assert "new" in out
    assert "fetch-log.csv" in out


def test_a_failure_ends_with_1_and_its_address_and_reason(capsys, site, basics, tmp_path):
    site.pages["/a"] = Reply(release("A"))
    (tmp_path / "urls.txt").write_text(f"# two\n{site.url('/a')}\n{site.url('/gone')}\n", "utf-8")
    code, _, err = _run(capsys, *basics, "--urls", tmp_path / "urls.txt")
    assert (code, err) == (1, f"{site.url('/gone')}: HTTP 404\n")


def test_a_dry_run_lists_addresses_on_standard_output(capsys, site, basics, tmp_path):
    (tmp_path / "urls.txt").write_text(site.url("/a"), "utf-8")
    code, out, _ = _run(capsys, *basics, "--dry-run", "--urls", tmp_path / "urls.txt")
    assert (code, out) == (0, f"{site.url('/a')}\n")
    assert not (tmp_path / "corpus").exists()


def test_the_crawler_is_imported_only_when_it_is_used():
    heavy = {"scrapy", "twisted", "datasketch", "warcio"}
    code = f"import sys, extract.cli.app; print(sorted({heavy} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_progress_tells_pages_outcomes_and_rate():
    summary = Summary(outcomes=Counter(new=3, same=4, failed=1, listed=2))
    assert progress_line(summary, 5.0) == "10 pages seen, 3 new, 0 changed, 4 same, 1 failed  2.0/s"


GOOD = 'name = "x"\ndomains = ["x.org"]\n[article]\npattern = "^/a/"\n'


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (GOOD + "colour = 1\n", "unknown keys"),
        (GOOD.replace("name", "title"), "unknown keys"),
        ('name = "x"\n', "lacks name, domains or article.pattern"),
        (GOOD.replace("^/a/", "("), "is not valid"),
        (GOOD + '[[example]]\nurl = "http://x.org/b"\nkind = "article"\n', "takes its example"),
        ("name", "is not TOML"),
    ],
)
def test_an_adapter_that_is_not_valid_is_refused(text, problem):
    with pytest.raises(LexiconError, match=problem):
        parse_site(text, "x.toml")


def test_every_adapter_is_valid_with_its_examples_and_the_general_one_comes_last():
    sites = load_sites()
    assert [site.name for site in sites] == ["nspcc", "general"]
    assert all(site.examples for site in sites)
    assert site_of("https://learning.nspcc.org.uk/x", sites).name == "nspcc"
    assert site_of("https://notnspcc.org.uk/", sites).name == "general"


def test_an_adapter_past_its_date_is_used_with_a_warning(site, crawl, tmp_path):
    path = tmp_path / "old.toml"
    path.write_text('name = "old"\ndomains = ["127.0.0.1"]\nvalid_until = "2001-01-01"\n[article]\npattern = "^/"\n')
    site.pages["/a"] = Reply(release("A"))
    assert "the adapter old was checked" in crawl(adapters=[path], pages=[site.url("/a")]).warnings[0]
