# ruff: noqa: E501  (texts are kept in one piece)
"""Word files, e-mails and Markdown: the text contract, by small documents."""

from __future__ import annotations

import io
import zipfile
from email.message import EmailMessage

import pytest
from tests.read.make_docx import cell, docx, p, r, table
from tests.read.make_pdf import TITLE, para, pdf

from extract.errors import ReadError
from extract.read import read_bytes

HEADLINE = "Offences up by a third in the Midlands"
LEAD = "Police recorded 1,300 offences in the West Midlands last year, figures show."
LONG = f"{LEAD} " + "The charity said that children as young as five had been hurt. " * 12


def kinds(release):
    return [(b.kind, release.text[b.start : b.end]) for b in release.blocks]


def test_a_word_file():
    body = [
        p(HEADLINE, "Titel"),
        p(r("Police recorded 38,000") + r("1", raised=True) + r(" offences on the 5") + r("th", raised=True) + r(".")),
        p("Kent: 12", number=3),
        p("Sussex: 15", "Liste"),
        p("By force", "berschrift1"),
        p("Table 1. Offences", "Beschr"),
        table(
            [cell("Force", merge="restart"), cell("Offences", span=2)],
            [cell("", merge="continue"), cell("2018"), cell("2019")],
            [cell("Kent"), cell(""), cell("15")],
        ),
        p(r("Not ") + "<w:del>" + r("gone") + "</w:del><w:ins>" + r("new") + "</w:ins>" + r(" here.")),
    ]
    release = read_bytes(docx("".join(body), notes=p("Of 38 forces.")), "a.docx")
    assert kinds(release) == [
        ("heading", HEADLINE),
        ("paragraph", "Police recorded 38,000 offences on the 5th."),
        ("list_item", "Kent: 12"),
        ("list_item", "Sussex: 15"),
        ("heading", "By force"),
        ("caption", "Table 1. Offences"),
        ("table", "Force | Offences | Offences\nForce | 2018 | 2019\nKent |  | 15"),
        ("paragraph", "Not new here."),
        ("footnote", "Of 38 forces."),
    ]
    assert (release.title, release.reader, release.id) == (HEADLINE, "docx", "a")


def test_what_a_merged_heading_of_a_word_table_binds_is_a_heading():
    body = table(
        [cell("Nation", merge="restart"), cell("Children on plans", span=4)],
        [cell("", merge="continue"), cell("2020", span=2), cell("2021", span=2)],
        [cell("", merge="continue"), cell("Number"), cell("Rate"), cell("Number"), cell("Rate")],
        [cell("Wales"), cell("2,310"), cell("37"), cell("did not reply", span=2)],
    )
    rows = read_bytes(docx(p(HEADLINE) + p(LEAD) + body), "a.docx").text.split("\n\n")[-1].split("\n")
    assert rows[1:] == [
        "Nation | 2020 | 2020 | 2021 | 2021",
        "Nation | Number | Rate | Number | Rate",
        "Wales | 2,310 | 37 | did not reply | ",
    ]


def test_a_word_file_without_styles_has_its_first_line_as_headline_and_its_date():
    release = read_bytes(docx(p(HEADLINE) + p("5 November 2019") + p(LEAD)), "a.docx")
    assert release.text == f"{HEADLINE}\n\n{LEAD}"
    assert (release.title, release.published) == (HEADLINE, "2019-11-05")


def test_a_word_file_that_declares_entities_is_refused():
    prolog = '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
    with pytest.raises(ReadError, match=r"a\.docx: declares entities"):
        read_bytes(docx(p(HEADLINE) + p("One &x; and two."), prolog=prolog), "a.docx")


def test_a_word_file_that_unpacks_to_too_much_is_refused():
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/document.xml", b" " * 70_000_000)
    with pytest.raises(ReadError, match=r"a\.docx: unpacks to an unreasonable size"):
        read_bytes(buffer.getvalue(), "a.docx")


def mail(text: str = "", html: str = "", subject: str = f"FW: Press release: {HEADLINE}") -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"] = "press@example.org", "desk@example.org"
    message["Subject"], message["Date"] = subject, "Tue, 05 Nov 2019 00:01:00 +0000"
    message.set_content(text or "See the attached release.", cte="quoted-printable")
    if html:
        message.add_alternative(html, subtype="html", charset="iso-8859-1")
    return message


def test_an_e_mail_of_html():
    html = f"<table><tr><td><p>{LEAD}</p><ul><li>Kent: 12</li></ul><p>It cost £5.</p></td></tr></table>"
    release = read_bytes(mail(html=html).as_bytes(), "a.eml")
    assert release.text == f"{HEADLINE}\n\n{LEAD}\n\n  • Kent: 12\n\nIt cost £5."
    assert (release.title, release.published, release.reader, release.id) == (HEADLINE, "2019-11-05", "mail", "a")


def test_an_e_mail_of_text():
    release = read_bytes(mail(LONG).as_bytes(), "a.eml")
    assert release.text.strip() == LONG.strip()
    assert release.title == HEADLINE


WRAPPED = [
    "Police recorded 1,300 offences in the West Midlands last year, figures",
    "show. That is a third more than in the year before, when there were 977",
    "– the most of any region. In 250 of them the victim was aged between 11",
    "and 15.",
    "",
    "The figures by force:",
    "* Warwickshire: 120, of which the victims were mostly girls under the",
    "age of 16",
    "* Staffordshire: 310",
    "",
    "Force | 2018 | 2019",
    "Kent | 12 | 15",
]
WHOLE = (
    "Police recorded 1,300 offences in the West Midlands last year, figures show. That is a third more than in the year before, when there were 977 – the most of any region. In 250 of them the victim was aged between 11 and 15.\n\n"
    "The figures by force:\n\n"
    "  • Warwickshire: 120, of which the victims were mostly girls under the age of 16\n  • Staffordshire: 310\n\n"
    "Force | 2018 | 2019\nKent | 12 | 15"
)


def test_an_e_mail_whose_lines_a_program_broke():
    release = read_bytes(mail("\n".join([HEADLINE, "", *WRAPPED])).as_bytes(), "a.eml")
    assert release.text == f"{HEADLINE}\n\n{WHOLE}"
    assert [b.kind for b in release.blocks] == [
        *("heading", "paragraph", "paragraph", "list_item", "list_item", "table")
    ]


def test_an_e_mail_of_flowed_text():
    lines = [
        f"{line} " if line and line[-1] not in ".:" and "|" not in line and n not in (7, 8) else line
        for n, line in enumerate(WRAPPED)
    ]
    message = mail("\n".join([HEADLINE, "", *lines]))
    message.set_param("format", "flowed")
    assert read_bytes(message.as_bytes(), "a.eml").text == f"{HEADLINE}\n\n{WHOLE}"


def test_lines_of_an_e_mail_that_were_ended_on_purpose_stay_apart():
    lines = ["Ashfield 151", "Broxtowe 58", "Gedling 84", "The city by itself accounts for almost two fifths of all."]
    assert read_bytes(mail("\n".join(lines)).as_bytes(), "a.eml").text == "\n\n".join(lines)


def test_what_a_mailing_says_of_itself_is_left_out():
    html = f"<p>View this email in your browser</p><h1>{HEADLINE}</h1><p>{LEAD}</p><p>You receive this email because you asked for it. Unsubscribe</p>"
    assert read_bytes(mail(html=html).as_bytes(), "a.eml").text == f"{HEADLINE}\n\n{LEAD}"


@pytest.mark.parametrize("ending", ["pdf", "docx"])
def test_an_attached_release_is_read_where_the_mail_only_covers_it(ending):
    message = mail("Dear all, please find our release attached.")
    data = pdf([para(HEADLINE, TITLE), para(LEAD)]) if ending == "pdf" else docx(p(HEADLINE, "Titel") + p(LEAD))
    message.add_attachment(data, maintype="application", subtype=ending, filename=f"release.{ending}")
    message.add_attachment(b"\x89PNG\r\n\x1a\n", maintype="image", subtype="png", filename="logo.png")
    release = read_bytes(message.as_bytes(), "a.eml")
    assert (release.text, release.id) == (f"{HEADLINE}\n\n{LEAD}", "a")


def test_an_e_mail_without_text_is_a_named_error():
    with pytest.raises(ReadError, match=r"^a\.eml: "):
        read_bytes(b"From: a@example.org\r\nTo: b@example.org\r\nSubject: x\r\n\r\n", "a.eml")


def test_markdown():
    text = f"---\ntitle: {HEADLINE}\n---\n\n{LEAD[:-1]}[^1].\n\n* Kent: **12**\n* Sussex: 15\n\n## By force\n\n| Force | 2019 |\n|---|---|\n| Kent | |\n| Sussex | 15 |\n\n[^1]: Of 38 forces.\n"
    release = read_bytes(text.encode(), "a.md")
    assert (
        release.text
        == f"{HEADLINE}\n\n{LEAD}\n\n  • Kent: 12\n  • Sussex: 15\n\nBy force\n\nForce | 2019\nKent | \nSussex | 15\n\nOf 38 forces."
    )
    assert (release.title, release.reader) == (HEADLINE, "markdown")
