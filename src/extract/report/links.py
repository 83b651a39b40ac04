"""Where each thing has its page: paths relative to the site's root."""

from __future__ import annotations

import hashlib
import re

_PLAIN = re.compile(r"[a-z0-9][a-z0-9_-]{0,90}")
#: Names that Windows keeps for devices, whatever their ending.
_DEVICES = re.compile(r"(con|prn|aux|nul|index|com\d|lpt\d)")


def file_name(key: str) -> str:
    """Return a file name for an id: itself where it is safe on every system, else a slug and a hash.

    Examples
    --------
    >>> file_name("kent"), file_name("../Etc passwd")
    ('kent', 'etc-passwd-99d4b0f1')
    """
    if _PLAIN.fullmatch(key) and not _DEVICES.fullmatch(key):
        return key
    slug = re.sub(r"[^a-z0-9]+", "-", key.lower())[:60].strip("-")
    return f"{slug or 'x'}-{hashlib.sha256(key.encode('utf-8', 'replace')).hexdigest()[:8]}"


def release(key: str) -> str:
    """Return the page of a release."""
    return f"releases/{file_name(key)}.html"


def evidence(release_id: str, observation_id: str) -> str:
    """Return the place on a release's page that shows an observation."""
    return f"{release(release_id)}#o-{observation_id}"


def place(key: str) -> str:
    """Return the page of a force or another place."""
    return f"places/{file_name(key)}.html"


def offence(key: str) -> str:
    """Return the page of an offence."""
    return f"offences/{file_name(key)}.html"


def platform(key: str) -> str:
    """Return the page of a platform."""
    return f"platforms/{file_name(key)}.html"


def year(key: str) -> str:
    """Return the page of a police year (``2018/19``)."""
    return f"years/{key.replace('/', '-')}.html"


def rule(known: dict[str, str], rule_id: str) -> str | None:
    """Return the place of a rule, where it stands in one of the rule files."""
    return f"rules/{known[rule_id]}.html#r-{rule_id}" if rule_id in known else None
