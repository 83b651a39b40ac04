"""What a walk over a page records: blocks, and the elements that are open."""

from __future__ import annotations

from dataclasses import dataclass, field

from lxml import html

from extract.read.clean import visible_length
from extract.read.html_furniture import Furniture
from extract.records import BlockKind


@dataclass(slots=True)
class RawBlock:
    """A block of a page before it is known whether it belongs to the release.

    ``linked`` counts the characters inside links and ``links`` the links; ``level`` is a heading's (1 to 6);
    ``furniture`` says why the block or a box around it is taken for furniture; ``time`` whether it holds ``<time>``;
    ``item`` is the list item that it stands in.
    """

    kind: BlockKind
    text: str
    element: html.HtmlElement
    linked: int = 0
    links: int = 0
    level: int = 0
    furniture: Furniture = Furniture.NONE
    time: bool = False
    path: str = ""
    item: html.HtmlElement | None = None
    size: int = field(init=False)

    def __post_init__(self) -> None:
        """Count the characters once."""
        self.size = visible_length(self.text)

    @property
    def link_share(self) -> float:
        """Share (0 to 1) of the block's characters that are inside links."""
        return min(1.0, self.linked / self.size) if self.size else 0.0


@dataclass(slots=True)
class Open:
    """An open block element: its verdict, its path, and for how many levels it still makes footnotes."""

    element: html.HtmlElement
    verdict: Furniture
    path: str
    noted: int
