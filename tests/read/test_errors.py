"""What cannot be read ends in one error that names the file and the mend."""

from __future__ import annotations

import io
import zipfile

import pytest
from PIL import Image
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader
from tests.read.make_pdf import drawn

from extract.errors import ReadError
from extract.read import read_bytes, read_file


def archive(*names: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as made:
        for name in names:
            made.writestr(name, "x")
    return buffer.getvalue()


def png() -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (8, 8)).save(buffer, "PNG")
    return buffer.getvalue()


def text(canvas) -> None:
    canvas.drawString(60, 700, "Police recorded 1,300 offences in 2018/19.")


def scan(canvas) -> None:
    canvas.drawImage(ImageReader(Image.new("RGB", (50, 50))), 0, 0)


PDF = drawn(text)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 500
CASES = {
    "empty": (b"", "is empty"),
    "white space": (b" \r\n\t", "is empty"),
    "png": (png(), "is a PNG image"),
    "jpeg": (b"\xff\xd8\xff\xe0" + b"0" * 50, "is a JPEG image"),
    "zip": (archive("a.txt"), "is a zip archive; unpack it"),
    "excel": (archive("xl/workbook.xml"), "is an Excel workbook"),
    "powerpoint": (archive("ppt/presentation.xml"), "is a PowerPoint file"),
    "opendocument": (archive("content.xml"), r"is an OpenDocument file; save it as \.docx"),
    "broken zip": (archive("a.txt")[:30], "is a damaged zip"),
    "doc": (OLE + "WordDocument".encode("utf-16-le"), r"is a legacy Word \.doc file; save it as \.docx"),
    "msg": (
        OLE + "__substg1.0_1000".encode("utf-16-le"),
        r"is an Outlook \.msg message; save it from Outlook as \.eml",
    ),
    "rtf": (b"{\\rtf1 x}", "is a Rich Text file"),
    "gzip": (b"\x1f\x8b\x08" + b"0" * 20, "is gzip-compressed"),
    "binary": (bytes(range(256)) * 4, "is a binary file"),
    "pdf cut": (PDF[:400], r"is a PDF that cannot be parsed \(.+\); fetch or export it again"),
    "pdf mark only": (b"%PDF-1.7\n", r"is a PDF that cannot be parsed \(.+\)"),
    "pdf locked": (drawn(text, encrypt=StandardEncryption("s3", ownerPassword="x")), "is encrypted with a password"),
    "pdf of images": (drawn(scan), "holds images of pages but no text; read it with --ocr"),
    "pdf blank": (drawn(lambda canvas: canvas.showPage()), "holds no text"),
    "json list": (b"[1, 2]", "is JSON but not one release"),
    "json cut": (b'{"text": "a', "is not valid JSON"),
    "json without text": (b'{"title": "a"}', 'has no text under "text"'),
    "json blank": (b'{"text": " "}', 'has no text under "text"'),
    "json bad date": (b'{"text": "a", "published": "soon"}', 'has a "published" that is no date'),
    "json bad type": (b'{"text": "a", "title": 5}', 'has a "title" that is no string'),
    "json deep": (b"[" * 100_000, "is not valid JSON"),
}
ENDINGS = {"json": ".json", "pdf": ".pdf", "png": ".pdf"}


@pytest.mark.parametrize("case", CASES)
def test_the_error_names_file_problem_and_mend(case):
    data, problem = CASES[case]
    name = f"folder/file{ENDINGS.get(case.split()[0], '.bin')}"
    with pytest.raises(ReadError, match=rf"^{name}: {problem}") as caught:
        read_bytes(data, name)
    assert "\n" not in str(caught.value)
    assert caught.value.mend


def test_an_empty_password_opens_and_a_given_one_too():
    for password in ("", "s3"):
        data = drawn(text, encrypt=StandardEncryption(password, ownerPassword="owner"))
        assert read_bytes(data, "a.pdf", password=password).text == "Police recorded 1,300 offences in 2018/19."


def test_a_file_that_cannot_be_opened(tmp_path):
    with pytest.raises(ReadError, match="cannot be opened"):
        read_file(tmp_path / "none.txt")
    with pytest.raises(ReadError, match="cannot be opened"):
        read_file(tmp_path)


def test_type_is_told_by_content_not_by_ending(tmp_path):
    (tmp_path / "a.txt").write_bytes(PDF)
    release = read_file(tmp_path / "a.txt")
    assert (release.reader, release.id, release.source) == ("pdf", "a", str(tmp_path / "a.txt"))
