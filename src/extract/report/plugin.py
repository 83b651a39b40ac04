"""A plugin of Datasette: an observation's page shows its sentence in the text, with what it rests on marked."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import quote

from datasette import hookimpl
from markupsafe import Markup

from extract.report import words
from extract.report.evidence import Evidence, gather, pieces, sentence_span
from extract.report.metadata import DATABASE
from extract.tabulate.schema import Row

#: Characters of text that are shown on either side of the sentence.
_AROUND = 300


@hookimpl  # type: ignore[untyped-decorator]
def extra_template_vars(datasette: Any) -> dict[str, Callable[[str], Awaitable[Row | None]]]:
    """Give the templates ``evidence(observation_id)``."""

    async def evidence(observation_id: str) -> Row | None:
        return await find_evidence(datasette.get_database(DATABASE), observation_id)

    return {"evidence": evidence}


@hookimpl  # type: ignore[untyped-decorator]
def render_cell(value: Any, column: str, table: str | None, datasette: Any) -> Markup | None:
    """Lead from every id of an observation to its page, in queries, views and the search as in tables."""
    if column not in ("observation_id", "taken_id") or not isinstance(value, str) or table == "observations":
        return None
    address = f"{datasette.urls.table(DATABASE, 'observations')}/{quote(value)}"
    return Markup('<a href="{}">{}</a>').format(address, value)


async def find_evidence(database: Any, observation_id: str) -> Row | None:
    """Return the pieces of text around an observation, its release and its rules; None where there is none such."""
    observation = await _one(database, "SELECT * FROM observations WHERE observation_id = ?", observation_id)
    if observation is None:
        return None
    release = observation["release_id"]
    lists = (("geographies", "geography"), ("platforms", "platform"), ("flags", "flag"))
    for name, column in lists:
        query = f"SELECT {column} FROM observation_{name} WHERE observation_id = ?"  # noqa: S608
        observation[name] = [row[0] for row in await database.execute(query, (observation_id,))]
    text = (await _one(database, "SELECT text FROM texts WHERE release_id = ?", release) or {"text": ""})["text"]
    found = gather(text, await _mentions(database, release), [observation])
    query = "SELECT field, rule FROM observation_rules WHERE observation_id = ? ORDER BY 1"
    rules = [dict(row) for row in await database.execute(query, (observation_id,))]
    about = await _one(database, "SELECT title, published, url FROM releases WHERE release_id = ?", release) or {}
    return {
        "pieces": _shown(text, observation, found),
        "rules": rules,
        "flags": [words.FLAGS[flag] for flag in observation["flags"]],
        "release_id": release,
        "title": about["title"] or release,
        "published": words.day(about["published"]),
        "address": words.web_address(about["url"]),
    }


async def _one(database: Any, query: str, value: str) -> Row | None:
    row = (await database.execute(query, (value,))).first()
    return None if row is None else dict(row)


async def _mentions(database: Any, release: str) -> list[Row]:
    query = "SELECT mention_id, platform FROM mention_platforms JOIN mentions USING (mention_id) WHERE release_id = ?"
    platforms: dict[str, list[str]] = {}
    for key, platform in await database.execute(query, (release,)):
        platforms.setdefault(key, []).append(platform)
    query = "SELECT * FROM mentions WHERE release_id = ? ORDER BY span_start, span_end, mention_id"
    rows = [dict(row) for row in await database.execute(query, (release,))]
    return [{**row, "platforms": platforms.get(row["mention_id"], []), "says": row["text"]} for row in rows]


def _shown(text: str, observation: Row, found: Evidence) -> list[Row]:
    """Return the pieces of the sentence and its surroundings, marked where the observation rests on them."""
    start, end = sentence_span(text, observation) or (observation["span_start"], observation["span_end"])
    span = (max(0, start - _AROUND), min(len(text), end + _AROUND))
    behind = set(found.marks_of[observation["observation_id"]])
    return [
        {
            "text": piece["text"],
            "label": piece["mark"].label if piece["mark"] and piece["mark"].key in behind else None,
            "sentence": bool(piece["sentences"]),
        }
        for piece in pieces(text, found, [span])[0]
    ]
