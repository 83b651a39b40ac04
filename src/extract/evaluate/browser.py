"""The error browser: one self-contained page with every disagreement in its sentence, filtered in place."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from html import escape
from importlib.resources import files

from extract.evaluate.differences import Difference
from extract.evaluate.report import sections
from extract.evaluate.scores import Scores


def error_page(found: Sequence[Difference], scores: Scores | None = None, title: str = "Errors") -> str:
    """Return the HTML of the error browser.

    Parameters
    ----------
    found
        What is shown; `extract.evaluate.differences.differences` leaves out the test split unless told otherwise.
    scores
        Shown above the list, sums only.
    title
        The page's title.

    Returns
    -------
    str
        A page that loads nothing: style, script and data are in it, and without script it says what it needs.
    """
    template = (files("extract.evaluate") / "browser.html").read_text("utf-8")
    rows = [{**asdict(d), "core": d.core} for d in found]
    # A script ends at the first "</", wherever it stands.
    data = json.dumps(rows, ensure_ascii=False).replace("<", "\\u003c")
    tables = "" if scores is None else "".join(_table(*part) for part in sections(scores, per_release=False)[:3])
    page = template.replace("{{title}}", escape(title)).replace("{{scores}}", tables)
    return page.replace("{{data}}", data)


def _table(caption: str, headings: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    head = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in headings)
    body = "".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in rows)
    return f"<table><caption>{escape(caption)}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
