"""``show --source``: a figure's ink lies in its frame on the page; other files name the place."""

import os
import subprocess
import sys
from pathlib import Path
from shutil import which

import pytest
from PIL import Image
from reportlab.platypus import PageBreak
from tests.read.make_pdf import para, pdf
from tests.render.scanned import scanned

import extract

BLUE = "<font color='blue'>{}</font>"
FIRST = "In Kent, police recorded {} offences of sexual communication with a child in 2018/19."
SECOND = "Essex Police recorded {} sexual communication with a child offences in 2018/19."
MORE = "Children told counsellors what had happened to them, and officers listened to each of them."
TESSERACT = pytest.mark.skipif(which("tesseract") is None, reason="Tesseract is not installed: apt-get install it")


def call(*arguments, cwd):
    command = [Path(sys.executable).with_name("nspcc-extract"), "show", *map(str, arguments)]
    environment = {"PATH": os.environ["PATH"], "COLUMNS": "200", "PYTHONWARNINGS": "error", "LC_ALL": "C"}
    return subprocess.run(command, capture_output=True, encoding="utf-8", cwd=cwd, env=environment, check=False)


@pytest.fixture
def folder(tmp_path):
    flow = [para(MORE), para(FIRST.format(BLUE.format(2604))), para(MORE), PageBreak(), para(SECOND.format("5,948"))]
    data = pdf([*flow, para(MORE)])
    (tmp_path / "printed.pdf").write_bytes(data)
    (tmp_path / "scan.pdf").write_bytes(scanned(data, tilt=0.0, noise=0.0))
    page = (
        f"<html><body><article><h1>Offences</h1><p>{FIRST.format(2604)} {MORE}</p><p>{MORE}</p></article></body></html>"
    )
    (tmp_path / "page.html").write_text(page)
    (tmp_path / "plain.txt").write_text(FIRST.format(2604))
    return tmp_path


def dots(path, wanted):
    image = Image.open(path).convert("RGB")
    pixels = image.load()
    return [(x, y) for x in range(image.width) for y in range(image.height) if wanted(*pixels[x, y])]


def red(r, g, b):
    """Say whether a dot is one of the frame's."""
    return r > 170 and max(g, b) < 60


def blue(r, g, b):
    """Say whether a dot is ink of the figure's, washed with yellow as it is."""
    return b > 90 and r < 70 and g < 110 and b > g + 40


def frame(path):
    across, down = zip(*dots(path, red), strict=True)
    return min(across), min(down), max(across), max(down)


def at(folder, figure):
    return extract.read(folder / "printed.pdf").text.index(figure)


@pytest.mark.parametrize(
    ("name", "options"), [("printed.pdf", []), pytest.param("scan.pdf", ["--ocr"], marks=TESSERACT)]
)
def test_the_ink_of_the_chosen_figure_lies_in_its_frame(folder, name, options):
    offset = at(folder, "2604") + 2
    done = call(name, "--source", "--at", offset, "--out", "figure.png", *options, cwd=folder)
    assert (done.returncode, done.stderr) == (0, "")
    first, wrote = done.stdout.splitlines()
    assert first.startswith(f"'2604' at {offset - 2}: page 1, box ")
    assert wrote == "Wrote figure.png: page 1"
    x0, top, x1, bottom = frame(folder / "figure.png")
    ink = dots(folder / "figure.png", blue)
    assert len(ink) > 20
    assert all(x0 < x < x1 and top < y < bottom for x, y in ink)
    assert (x1 - x0, bottom - top) < (120, 60)


def test_without_an_offset_all_figures_are_drawn_on_their_pages(folder):
    done = call("printed.pdf", "--source", cwd=folder)
    first, second, *wrote = done.stdout.splitlines()
    assert first.startswith(f"'2604' at {at(folder, '2604')}: page 1, box ")
    assert second.startswith(f"'5,948' at {at(folder, '5,948')}: page 2, box ")
    assert wrote == ["Wrote printed-source-1.png: page 1", "Wrote printed-source-2.png: page 2"]
    assert all(frame(folder / f"printed-source-{n}.png") for n in (1, 2))


def test_other_files_name_the_element_or_the_characters(folder):
    done = call("page.html", "--source", cwd=folder)
    assert done.returncode == 0
    assert "paragraph /html[1]/body[1]/article[1]/p[1]" in done.stdout
    assert call("plain.txt", "--source", cwd=folder).stdout.endswith("paragraph, characters 0 to 87\n")
    assert not list(folder.glob("*.png"))


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["plain.txt", "--at", "3"], "--at: means nothing by itself; give --source with it"),
        (["plain.txt", "--out", "a.png"], "--out: means nothing by itself; give --source with it"),
        (["plain.txt", "--source", "--at", "0"], "has no figure at 0; the nearest is '2604' at 25; give the offset"),
        (["plain.txt", "--source", "--out", "a.png"], "is no PDF, so that no page can be drawn; leave --out away"),
        (["printed.pdf", "--source", "--out", "no/a.png"], "no/a-1.png: cannot be written (No such file"),
        (["scan.pdf", "--source"], "holds images of pages but no text; read it with --ocr"),
        (["none.txt", "--source"], "states no figure; name another file"),
    ],
)
def test_errors_name_the_mend(folder, arguments, said):
    (folder / "none.txt").write_text(MORE)
    done = call(*arguments, cwd=folder)
    assert done.returncode in (1, 2)
    assert said in done.stderr
    assert done.stderr.count("\n") == 1


def test_with_the_option_and_without_tesseract_there_is_one_error(folder):
    command = [Path(sys.executable).with_name("nspcc-extract"), "annotate", "scan.pdf", "plain.txt", "--ocr"]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", cwd=folder, env={"PATH": ""}, check=False)
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert done.stderr.startswith("--ocr: needs Tesseract, which is not installed; install it: apt-get install")
