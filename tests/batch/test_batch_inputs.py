"""Inputs: files, folders and globs become a list of files, each with its id and what a manifest says."""

import pytest

from extract.batch import expand
from extract.errors import UsageError


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in ("in/b.txt", "in/a.html", "in/deep/c.PDF", "in/deep/.hidden/d.txt", "in/notes.md", "e.txt"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("text")
    return tmp_path


def paths(*inputs):
    return [source.path for source in expand(inputs)]


def test_a_folder_is_searched_through_in_sorted_order(folder):
    assert paths("in") == ["in/a.html", "in/b.txt", "in/deep/c.PDF"]


def test_files_globs_and_folders_keep_their_order_and_come_once(folder):
    assert paths("e.txt", "in/*.txt", "in", "in/b.txt") == ["e.txt", "in/b.txt", "in/a.html", "in/deep/c.PDF"]
    assert paths("in/**/*.PDF") == ["in/deep/c.PDF"]


def test_a_file_named_by_itself_may_have_any_ending(folder):
    assert paths("in/notes.md") == ["in/notes.md"]


def test_the_id_is_the_name_without_its_ending(folder):
    assert [source.id for source in expand(["in"])] == ["a", "b", "c"]


def test_a_manifest_gives_id_and_facts(folder):
    (folder / "in/manifest.csv").write_text(
        "id,file,url,published,publisher,split\n"
        "r001,a.html,https://example.org/1,2019-11-05,NSPCC,dev\n"
        "r002,deep/c.PDF,,,,test\n"
    )
    for inputs in (["in"], ["in/a.html", "in/b.txt", "in/deep/c.PDF"]):
        one, two, three = expand(inputs)
        assert (one.id, one.url, one.published, one.publisher) == (
            "r001",
            "https://example.org/1",
            "2019-11-05",
            "NSPCC",
        )
        assert (two.id, two.url) == ("b", None)
        assert (three.id, three.published, three.publisher) == ("r002", None, None)


def test_a_file_that_a_manifest_lists_and_that_is_not_there_is_an_input(folder):
    (folder / "in/manifest.csv").write_text("id,file\nr001,gone.html\n")
    assert "in/gone.html" in paths("in")


@pytest.mark.parametrize(
    ("manifest", "problem"),
    [
        ("file,url\na.html,x\n", r"manifest\.csv: lacks the columns \['id'\]"),
        ("id,file\nr1,a.html\nr2,a.html\n", r"manifest\.csv:3: lacks an id or file, or repeats"),
        ("id,file\n,a.html\n", r"manifest\.csv:2: lacks an id"),
        ("id,file,published\nr1,a.html,5 Nov 2019\n", r"manifest\.csv:2: has '5 Nov 2019' as the day"),
    ],
)
def test_a_manifest_that_is_not_valid_is_named(folder, manifest, problem):
    (folder / "in/manifest.csv").write_text(manifest)
    with pytest.raises(UsageError, match=problem):
        expand(["in"])


def test_two_inputs_with_one_id_are_named(folder):
    (folder / "in/a.txt").write_text("text")
    with pytest.raises(UsageError, match=r"in/a\.txt: has the id a, as in/a\.html has"):
        expand(["in"])


@pytest.mark.parametrize("given", ["nowhere", "in/*.docx"])
def test_an_input_that_names_nothing_is_an_error(folder, given):
    with pytest.raises(UsageError, match="does not exist"):
        expand([given])


def test_a_folder_without_releases_is_an_error(folder):
    (folder / "empty").mkdir()
    with pytest.raises(UsageError, match="holds no release"):
        expand(["empty"])
