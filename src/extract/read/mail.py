"""Reads e-mails: the body as HTML or text, or an attached release where the body only covers it."""

from __future__ import annotations

import email.policy
import re
from collections.abc import Callable
from dataclasses import replace
from email import message_from_bytes
from email.message import EmailMessage, MIMEPart
from email.utils import parsedate_to_datetime

from extract.errors import ReadError
from extract.read.clean import fold
from extract.read.decode import decode
from extract.read.html_dom import parse
from extract.read.plain import first_line, read_plain
from extract.read.tree import read_tree
from extract.read.wrapped import flowed, unwrapped
from extract.records import Release

_PREFIX = re.compile(
    r"^(?:(?:re|fwd?|press\s+release|news\s+release|media\s+release|embargo(?:ed)?[^:]*)\s*:\s*)+", re.I
)
#: A body shorter than this only covers an attached release.
_COVER = 600
_ATTACHED = (".pdf", ".docx", ".html", ".htm", ".txt", ".md", ".eml")


def read_mail(data: bytes, name: str, read: Callable[[bytes, str], Release]) -> Release:
    """Return the release that an e-mail holds; ``read`` reads an attachment by its bytes and name.

    Raises
    ------
    ReadError
        Where neither its body nor an attachment holds text.
    """
    message = message_from_bytes(data, policy=email.policy.default)
    if not isinstance(message, EmailMessage):
        raise ReadError(name, "is no e-mail that can be read", "save it again as .eml")
    body, problem = _body(message, name)
    if body is None or len(body.text) < _COVER:
        attached = _attachment(message, name, read)
        body = attached or body
    if body is None:
        raise problem or ReadError(name, "is an e-mail without text", "save it again as .eml")
    return replace(body, id=name, published=body.published or _sent(message))


def _body(message: EmailMessage, name: str) -> tuple[Release | None, ReadError | None]:
    part = message.get_body(("html", "plain"))
    payload = part.get_payload(decode=True) if part is not None else None
    if part is None or not isinstance(payload, bytes) or not payload.strip():
        return None, None
    subject = fold(_PREFIX.sub("", fold(str(message["subject"] or "")))) or None
    header = f"{part.get_content_type()}; charset={part.get_content_charset() or ''}".removesuffix("; charset=")
    try:
        if part.get_content_type() == "text/html":
            root = parse(decode(payload, header, markup=True), name)
            return read_tree(root, name, "mail", title=subject), None
        release = _unwrapped(read_plain(payload, name, header), part)
    except ReadError as error:
        return None, error
    title = release.title or subject
    return replace(release, reader="mail", title=title), None


def _unwrapped(release: Release, part: MIMEPart) -> Release:
    """Return the release of a text part with the lines joined that a mail program broke."""
    text = release.text
    if str(part.get_param("format", "")).lower() == "flowed":
        text = flowed(text, delete_space=str(part.get_param("delsp", "")).lower() == "yes")
    text, blocks = unwrapped(text)
    return replace(release, text=text, blocks=blocks, title=first_line(text))


def _attachment(message: EmailMessage, name: str, read: Callable[[bytes, str], Release]) -> Release | None:
    """Return the longest release among the attachments that can be read; pictures and the like are passed over."""
    found: list[Release] = []
    for part in message.iter_attachments():
        label = part.get_filename() or ""
        payload = part.get_payload(decode=True)
        if isinstance(payload, bytes) and label.lower().endswith(_ATTACHED):
            try:
                found.append(read(payload, f"{name}/{label}"))
            except ReadError:
                continue  # the next attachment may be the release; with none left the error names the mail
    return max(found, key=lambda r: len(r.text), default=None)


def _sent(message: EmailMessage) -> str | None:
    try:
        return parsedate_to_datetime(str(message["date"])).date().isoformat() if message["date"] else None
    except (ValueError, TypeError, IndexError):
        return None  # a date that cannot be read is no date
