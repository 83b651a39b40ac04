"""Parses markup of any depth and size into a tree, in bounded time, memory and recursion."""

from __future__ import annotations

import re

from lxml import etree, html

from extract.errors import ReadError

#: Deeper elements than this are unwrapped: real pages stay below 60.
DEEPEST = 150
_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9:-]*)((?:[^<>\"']|\"[^\"]*\"|'[^']*')*)>")
_VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"]
)
#: Elements whose end tag may be missing, so that they do not nest however often they open.
_LAX = frozenset(
    ["p", "li", "dt", "dd", "tr", "td", "th", "tbody", "thead", "tfoot", "option", "colgroup", "body", "html", "head"]
)
_RAW = re.compile(
    r"<(script|style|template|textarea|iframe|svg)\b[^>]*>.*?</\1\s*>|<!--.*?-->", re.IGNORECASE | re.DOTALL
)
_JSON_LD = re.compile(r"\btype\s*=\s*[\"']?application/ld\+json", re.IGNORECASE)
#: Above this many characters scripts and comments are cut out before parsing.
_LARGE = 1_000_000


def parse(text: str, name: str) -> html.HtmlElement:
    """Return the root element of a page.

    Raises
    ------
    ReadError
        Where nothing in it is markup.
    """
    source = _without_raw(text) if len(text) > _LARGE else text
    root = _parse(source)
    if root is None:
        raise ReadError(name, "holds no markup that can be read", "fetch or export the page again")
    if _too_deep(root):
        root = _parse(flatten(_without_raw(source)))
        if root is None:
            raise ReadError(name, "holds no markup that can be read", "fetch or export the page again")
    return root


def _parse(text: str) -> html.HtmlElement | None:
    parser = html.HTMLParser(encoding="utf-8", huge_tree=True, remove_pis=True, no_network=True)
    data = text.replace("\x00", "").encode("utf-8", "replace")
    try:
        root = etree.fromstring(data, parser)
    except (etree.ParserError, etree.XMLSyntaxError, AssertionError):
        return None
    return root if root is not None and isinstance(root.tag, str) else None


def _too_deep(root: html.HtmlElement) -> bool:
    depth = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > DEEPEST:
            return True
    return False


def _without_raw(text: str) -> str:
    return _RAW.sub(lambda m: m[0] if _JSON_LD.search(m[0][:200]) else " ", text)


def flatten(text: str, deepest: int = DEEPEST - 30) -> str:
    """Return markup in which elements below a depth are unwrapped; their text stays where it stood.

    >>> flatten("<div><div><div><b>5</b></div></div></div>", 2)
    '<div><div> <b>5</b> </div></div>'
    """
    open_tags: list[tuple[str, bool]] = []
    kept = 0

    def put(match: re.Match[str]) -> str:
        nonlocal kept
        closing, tag = match[1], match[2].lower()
        if tag in _VOID or tag in _LAX or match[3].endswith("/"):
            return match[0]
        if not closing:
            keep = kept < deepest or tag in ("a", "b", "i", "em", "strong", "sup", "span", "h1", "h2", "h3", "table")
            keep = keep and kept < deepest + 20
            open_tags.append((tag, keep))
            kept += keep
            return match[0] if keep else " "
        for place in range(len(open_tags) - 1, max(-1, len(open_tags) - 50), -1):
            if open_tags[place][0] == tag:
                keep = open_tags[place][1]
                kept -= sum(k for _, k in open_tags[place:])
                del open_tags[place:]
                return match[0] if keep else " "
        return " "

    return _TAG.sub(put, text)


def words(element: html.HtmlElement) -> str:
    """Return the words with which a designer names an element's box: class, id, role and label, split and lowered.

    >>> words(html.fragment_fromstring('<div class="relatedStories box" id="side-bar"/>'))
    'related stories box side bar'
    """
    names = " ".join(element.get(key, "") for key in ("class", "id", "role", "data-component", "aria-label"))
    if not names.strip():
        return ""
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", names[:500])
    return " ".join(re.split(r"[\W_]+", spaced)).strip().lower()
