"""The site's files without a browser: every link leads somewhere, every figure to its sentence, all is escaped."""

import csv
import json
import re
import shutil
import subprocess
from pathlib import Path, PurePosixPath

import pytest
from bs4 import BeautifulSoup
from tests.report.make import GROOMING, HOSTILE, KENT, make_site, make_store, releases

from builders import observe, released
from extract.errors import UsageError
from extract.report import Texts, links
from extract.report.writing import MANIFEST


def pages(site):
    return sorted(path.relative_to(site).as_posix() for path in site.rglob("*.html"))


def soup(site, path):
    return BeautifulSoup((site / path).read_text("utf-8"), "lxml")


def target(page, href):
    path, _, anchor = href.partition("#")
    parts = []
    for part in (PurePosixPath(page).parent / path.partition("?")[0]).parts if path else PurePosixPath(page).parts:
        parts = parts[:-1] if part == ".." else [*parts, part]
    return "/".join(parts), anchor


def test_every_link_leads_to_a_file_and_a_place_in_it(site):
    ids = {page: {one["id"] for one in soup(site, page).select("[id]")} for page in pages(site)}
    broken = []
    for page in ids:
        made = soup(site, page)
        assert len(made.select("[id]")) == len(ids[page]), f"{page} gives an id twice"
        for link in made.select("[href], [src], [action]"):
            href = link.get("href") or link.get("src") or link.get("action")
            if href.startswith(("data:", "https://example.org/")):
                continue
            path, anchor = target(page, href)
            if not (site / path).is_file() or (anchor and anchor not in ids[path]):
                broken.append((page, href))
    assert broken == []


def test_every_figure_is_a_link_to_its_evidence(site):
    for page in pages(site):
        if page.startswith(("places/", "offences/", "platforms/", "years/")) and not page.endswith("index.html"):
            rows = soup(site, page).select("#all-figures tbody tr")
            assert rows
            for row in rows:
                path, anchor = target(page, row.select_one("td a.fig")["href"])
                card = soup(site, path).find(id=anchor)
                assert row.select_one("td a.fig").text == card.select_one(".pick b").text


def test_charts_lead_to_evidence_and_have_words_and_an_image(site):
    made = soup(site, "places/kent.html")
    spec = json.loads(made.select_one("#spec-series").string)
    rows = next(iter(spec.get("datasets", {"": spec.get("data", {}).get("values")}).values()))
    assert [(row["year"], row["value"]) for row in rows] == [("2017/18", 80.0), ("2018/19", 130.0)]
    for row in rows:
        path, anchor = target("places/kent.html", row["href"])
        assert soup(site, path).find(id=anchor)
    image = made.select_one("noscript img")
    assert (site / "places" / image["src"]).resolve().is_file()
    assert "80 in 2017/18 and 130 in 2018/19" in image["alt"]


def test_what_is_not_known_is_not_shown_as_zero(site):
    table = soup(site, f"offences/{GROOMING}.html").select_one("table.grid")
    cells = {row.th.text: [cell.text.strip() for cell in row.select("td")] for row in table.select("tbody tr")}
    assert cells["Essex Police"] == ["n/k", "0"]
    assert cells["Kent Police"][0].startswith("80")
    alone = soup(site, "releases/alone.html").select_one(".card")
    assert [one.text for one in alone.select(".unknown")] == ["not known", "none named", "not known"]


def test_changes_stand_beside_what_the_counts_give(site):
    row = soup(site, "places/kent.html").select_one("#changes").find_parent("section").select_one("tbody tr")
    cells = [" ".join(cell.text.split()) for cell in row.select("td")]
    # The later release revised 120 to 130.
    assert cells[1].startswith("2017/18: 80")
    assert cells[2].startswith("2018/19: 130")
    assert cells[3].startswith("+50%")
    assert cells[4] == "+62.5%"


def test_a_revision_lists_both_values_and_flags_are_in_words(site):
    made = soup(site, "doubts/revisions.html")
    assert [a.text for a in made.select(".doubtful a.fig")] == ["130", "120"]
    card = soup(site, "releases/kent.html").select(".card")[0]
    assert "Another release gives a value that does not agree." in card.text
    assert "bound.about" in card.select_one("details").text
    assert card.select_one("details table a")["href"].startswith("../rules/")


def test_the_text_is_whole_and_its_marks_are_tied_to_observations(site):
    made = soup(site, "releases/kent.html")
    for tag in made.select("#text .tag"):
        tag.decompose()
    assert [p.text for p in made.select("#text p")] == KENT.split("\n")
    card = made.select(".card")[0]
    lit = [made.select_one(f'#text [data-m="{key}"]').text for key in card["data-m"].split()]
    assert lit == ["120", "Kent Police", "2018/19"]
    assert card.blockquote.mark.text == "120"


def test_other_publishers_are_shown_as_excerpts_unless_asked(store, tmp_path):
    make_site(store, tmp_path)
    page = links.release("../hostile <b>")
    assert "bold" not in soup(tmp_path, page).select_one("#text").text
    assert "Essex recorded 99" in soup(tmp_path, page).select_one("blockquote").text
    assert soup(tmp_path, "releases/kent.html").select_one("#text-heading").text == "The text"
    # A publisher that nothing tells is not taken for the NSPCC.
    assert soup(tmp_path, "releases/alone.html").select_one("#text-heading").text.startswith("The sentences")
    files, written, _ = make_site(store, tmp_path, Texts.full)
    assert 0 < written < files / 4


def test_hostile_texts_stay_texts(site):
    page = links.release("../hostile <b>")
    assert re.fullmatch(r"releases/[a-z0-9-]+\.html", page)
    made = soup(site, page)
    for tag in made.select("#text .tag"):
        tag.decompose()
    assert [p.text for p in made.select("#text p")] == HOSTILE.split("\n")
    for path in pages(site):
        found = soup(site, path)
        assert not found.select("main svg:not(.boxes), [onerror], [onload], [style], a[href^='javascript']")
        assert all(image.find_parent("noscript") for image in found.select("img:not(.sheet img)"))
        assert all(script.get("src") or script["type"] == "application/json" for script in found.select("script"))
        assert "unsafe" not in found.select_one("meta[http-equiv]")["content"]
    assert "</script" not in (site / "assets/search-0.js").read_text("utf-8")


def test_a_second_build_writes_nothing_and_what_is_gone_goes(tmp_path):
    database, folder = tmp_path / "a.db", tmp_path / "site"
    make_store(database)
    first = make_site(database, folder)
    assert first == (first.files, first.files, 0)
    assert make_site(database, folder) == (first.files, 0, 0)
    (folder / "releases/kent.html").unlink()
    assert make_site(database, folder) == (first.files, 1, 0)
    assert set(json.loads((folder / MANIFEST).read_text("utf-8"))) | {MANIFEST} == {
        p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()
    }
    smaller = make_store(tmp_path / "b.db", releases()[:1])
    make_site(smaller, folder)
    assert not (folder / "releases/later.html").exists()


def test_a_folder_of_something_else_is_left_alone(store, tmp_path):
    (tmp_path / "letter.txt").write_text("mine")
    with pytest.raises(UsageError, match="holds files that are no report"):
        make_site(store, tmp_path)


def test_an_empty_store_has_a_site(tmp_path):
    make_site(make_store(tmp_path / "a.db", [released("none", "Nothing is counted here.")]), tmp_path / "site")
    assert "there is no series" in soup(tmp_path / "site", "index.html").text
    assert "No figure was found" in soup(tmp_path / "site", "releases/none.html").text


def test_long_lists_are_parted_and_pages_stay_light(tmp_path):
    text = "Kent Police recorded " + ", ".join(f"{n}" for n in range(1000, 1400)) + " offences."
    many = [observe(text, str(1000 + n), age=(n, n), sentence=text[:40]) for n in range(400)]
    make_site(make_store(tmp_path / "a.db", [released("many", text, *many)]), tmp_path / "site")
    assert (tmp_path / "site/places/kent.3.html").is_file()
    first = soup(tmp_path / "site", "places/kent.html")
    assert [a.text for a in first.select(".pager a")[:3]] == ["1", "2", "3"]
    # What is made of all figures stands on the first page only.
    later = soup(tmp_path / "site", "places/kent.2.html")
    assert later.select_one(".pager [aria-current]").text == "2"
    assert later.select_one("main > p a")["href"] == "../places/kent.html"
    assert later.select("figure, #changes") == []
    assert (tmp_path / "site/places/kent.2.html").stat().st_size < 300_000


def test_a_list_of_many_releases_is_parted_and_led_into_by_years(tmp_path):
    told = [
        released(f"r{n:03d}", "Nothing is counted here.", published=f"{2020 - n // 100}-05-01" if n < 500 else None)
        for n in range(600)
    ]
    make_site(make_store(tmp_path / "a.db", told), tmp_path / "site")
    made = soup(tmp_path / "site", "releases/index.html")
    years = made.select("nav[aria-label='Years of publication'] a")
    assert [a.text for a in years] == ["2020", "2019", "2018", "2017", "2016", "not dated"]
    for year, page in zip(years, ("", "", "", ".2", ".2", ".3"), strict=True):
        path, anchor = target("releases/index.html", year["href"])
        assert path == f"releases/index{page}.html"
        row = soup(tmp_path / "site", path).find("tr", id=anchor)
        assert year.text in row.text or "not known" in row.text
    assert len(made.select("#list tbody tr")) == 250


def test_the_csv_of_a_force_is_its_series(site):
    with (site / "places/kent.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert [(row["year"], row["value"], row["revised"]) for row in rows] == [
        ("2017/18", "80", "0"),
        ("2018/19", "130", "1"),
    ]


def test_accuracy_is_shown_with_its_interval(store, tmp_path):
    names = ("mention_f1", "value_accuracy", "core_f1", "record_f1")
    scores = {"headline": dict.fromkeys(names, 0.9), "intervals": dict.fromkeys(names, (0.8, None))}
    make_site(store, tmp_path, accuracy={"test": {"releases": 22, **scores}})
    rows = soup(tmp_path, "index.html").find(string=re.compile("Mentions found")).find_parent("tr").select("td")
    assert [cell.text for cell in rows] == ["test, 22", "90.0%", "80.0% to –"]


def test_make_run_gives_its_scores_to_the_report():
    make = shutil.which("make")
    if make is None:
        pytest.skip("make is not installed")
    command = [make, "--dry-run", "--old-file=.venv/.installed", "run", "OUT=there"]
    root = Path(__file__).parents[2]
    told = subprocess.run(command, cwd=root, capture_output=True, text=True, check=True).stdout
    scored = told.index("--json > there/scores.json")
    assert told.index("--out there/site --full-text --accuracy there/scores.json") > scored
