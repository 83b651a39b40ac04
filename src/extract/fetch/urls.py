"""Addresses in one form, and readable names made of dates and titles."""

from __future__ import annotations

import re
import unicodedata
from hashlib import sha256
from urllib.parse import urlsplit

from w3lib.url import canonicalize_url, url_query_cleaner

#: What newsletters and social networks add to an address; it never changes the page.
_TRACKING = (
    *("utm_source", "utm_medium", "utm_campaign", "utm_term", "utm_content", "utm_id"),
    *("fbclid", "gclid", "dclid", "msclkid", "mc_cid", "mc_eid", "igshid", "_ga"),
)
_LONGEST = 70


def canonical(url: str) -> str:
    """Return an address in the one form that it is remembered by: no fragment, no tracking, arguments sorted.

    >>> canonical("HTTPS://Example.org/a?b=2&utm_source=x&a=1#top")
    'https://example.org/a?a=1&b=2'
    """
    cleaned = url_query_cleaner(url, _TRACKING, remove=True, unique=False, keep_fragments=False)
    return canonicalize_url(cleaned)


def host(url: str) -> str:
    """Return the host of an address in lower case, without port; empty where it has none.

    >>> host("http://WWW.Example.org:80/")
    'www.example.org'
    """
    return (urlsplit(url).hostname or "").rstrip(".").lower()


def same_site(a: str, b: str) -> bool:
    """Say whether two addresses are of one host, a leading www aside.

    >>> same_site("https://www.example.org/", "http://example.org/news"), same_site("http://a.org/", "http://b.org/")
    (True, False)
    """
    return host(a).removeprefix("www.") == host(b).removeprefix("www.")


def slug(text: str) -> str:
    """Return a readable name of small letters, digits and hyphens; what it is made of may be anything.

    >>> slug("Sexual offences up 34% — “a crisis”, says the NSPCC"), slug("../../etc/passwd")
    ('sexual-offences-up-34-a-crisis-says-the-nspcc', 'etc-passwd')
    """
    plain = unicodedata.normalize("NFKD", text.replace("'", "").replace("’", "")).encode("ascii", "ignore").decode()
    name = "-".join(re.findall(r"[a-z0-9]+", plain.lower()))
    return name if len(name) <= _LONGEST else name[: _LONGEST + 1].rpartition("-")[0] or name[:_LONGEST]


def make_id(published: str | None, title: str | None, url: str, taken: set[str]) -> str:
    """Return an id of date and title; with a few digits of the address's hash where another release has it.

    >>> make_id("2019-11-05", "Crimes up", "http://a.org/x", set())
    '2019-11-05-crimes-up'
    >>> make_id("2019-11-05", "Crimes up", "http://b.org/x", {"2019-11-05-crimes-up"})
    '2019-11-05-crimes-up-69381c'
    """
    path = [part for part in urlsplit(url).path.split("/") if part]
    name = slug(title or "") or slug(path[-1] if path else host(url)) or "release"
    base = f"{published}-{name}" if published else name
    if base not in taken:
        return base
    digits = sha256(url.encode()).hexdigest()
    return next(found for n in range(6, 65) if (found := f"{base}-{digits[:n]}") not in taken)
