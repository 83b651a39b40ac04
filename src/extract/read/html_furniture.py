"""Judges the boxes of a page: content, doubtful, furniture, or never seen."""

from __future__ import annotations

import re
from enum import IntEnum
from functools import lru_cache
from itertools import islice

from lxml import html

from extract.lexicon.rules import Rule, load_rules
from extract.read.html_dom import words


class Furniture(IntEnum):
    """How sure it is that a box does not belong to the release."""

    NONE = 0
    #: An aside or a box in a form: furniture unless something speaks for it.
    DOUBTFUL = 1
    #: Named or marked as navigation, sharing, related stories and the like.
    BOX = 2
    #: Not shown to a reader at all.
    HIDDEN = 3


_TAGS = {"nav": Furniture.BOX, "footer": Furniture.BOX, "menu": Furniture.BOX, "aside": Furniture.DOUBTFUL}
_ROLES = {
    "navigation": Furniture.BOX,
    "contentinfo": Furniture.BOX,
    "search": Furniture.BOX,
    "dialog": Furniture.BOX,
    "alertdialog": Furniture.BOX,
    "menu": Furniture.BOX,
    "menubar": Furniture.BOX,
    "toolbar": Furniture.BOX,
    "banner": Furniture.DOUBTFUL,
    "complementary": Furniture.DOUBTFUL,
}
_NEVER_BOX = frozenset({"html", "body", "main", "article", "h1", "p", "table", "thead", "tbody", "tr", "td", "th"})
_NOTES = re.compile(r"\b(?:foot|end)\s?notes?\b")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
#: A box that holds more than this share of the page's text is no furniture, whatever it is called.
_MOST = 0.5
_UNSEEN = frozenset({"script", "style", "noscript", "template", "a", "button", "select", "option", "head", "title"})
#: A box around a field to fill in that says no more than this is a prompt.
_PROMPT = 400


@lru_cache(maxsize=1)
def _rules() -> dict[str, tuple[Rule, ...]]:
    rules = load_rules("furniture")
    return {place: tuple(r for r in rules if r.value == place) for place in ("box", "heading", "line", "notes")}


class Judge:
    """Judges the boxes of one page, of which it knows how much text it holds."""

    def __init__(self, root: html.HtmlElement) -> None:
        self._whole = _characters(root)
        self._prompts = _prompts(root)

    def verdict(self, element: html.HtmlElement, outer: Furniture) -> Furniture:
        """Return the verdict on an element by its tag, role, style and the words of its name, and on its outer box."""
        tag = element.tag
        if element.get("hidden") is not None or _HIDDEN.search(element.get("style", "")):
            return Furniture.HIDDEN
        if outer >= Furniture.BOX or tag in ("html", "body", "main", "article", "p", "li", "tr", "td", "th"):
            return outer
        names = words(element)
        if _NOTES.search(names):
            return outer
        found = max(_TAGS.get(tag, Furniture.NONE), _ROLES.get(element.get("role", ""), Furniture.NONE))
        if found < Furniture.BOX and tag not in _NEVER_BOX and _named_furniture(names):
            found = Furniture.BOX
        if element in self._prompts:
            found = Furniture.BOX
        if found is Furniture.NONE and tag in ("form", "fieldset"):
            found = Furniture.DOUBTFUL
        if found is not Furniture.NONE and (self._holds_the_story(element) or _opens_notes(element)):
            return outer
        return max(found, outer)

    def _holds_the_story(self, element: html.HtmlElement) -> bool:
        """Say whether a box holds most of the page's text."""
        inside = _characters(element)
        return inside >= 200 and inside > _MOST * self._whole


def _prompts(root: html.HtmlElement) -> set[html.HtmlElement]:
    """Return the small boxes around fields to fill in: what they say is a prompt to sign up, search or comment."""
    found: set[html.HtmlElement] = set()
    for field in islice(root.iter("input", "textarea"), 500):
        if field.get("type", "text").lower() not in ("text", "email", "search", "tel"):
            continue
        for box in islice(field.iterancestors(), 4):
            short = sum(len(t) for t in islice(box.itertext(), 60)) <= _PROMPT
            if not short or box.tag in ("body", "html", "main", "article") or box.find(".//h1") is not None:
                break
            found.add(box)
    return found


def _characters(element: html.HtmlElement) -> int:
    """Count the characters of a box that are seen and in no link."""
    total = 0
    for e in element.iter():
        if isinstance(e.tag, str) and e.tag not in _UNSEEN:
            total += len((e.text or "").strip())
        if e is not element:
            total += len((e.tail or "").strip())
    return total


def _opens_notes(element: html.HtmlElement) -> bool:
    """Say whether a box begins with a heading such as "Notes to editors": it belongs to the release."""
    start = " ".join(" ".join(islice(element.itertext(), 6)).split())[:60]
    return any(rule.pattern.match(start) for rule in _rules()["notes"])


@lru_cache(maxsize=4096)
def _named_furniture(names: str) -> bool:
    return bool(names) and any(rule.pattern.search(names) for rule in _rules()["box"])


def is_furniture_heading(text: str) -> bool:
    """Say whether a heading announces other stories, buttons, forms or comments."""
    return len(text) <= 120 and any(rule.pattern.match(text) for rule in _rules()["heading"])


def is_furniture_line(text: str) -> bool:
    """Say whether a block is nothing but a label, a credit or a prompt to the visitor."""
    return len(text) <= 500 and any(rule.pattern.match(text) for rule in _rules()["line"])
