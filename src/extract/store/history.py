"""Moves a release's rows to the ``superseded_`` tables before a newer reading takes their place."""

from __future__ import annotations

import sqlite3

_RELEASE = """
INSERT OR REPLACE INTO superseded_releases (release_id, text_hash, pipeline, title, published, text)
SELECT r.release_id, r.text_hash, :pipeline, r.title, r.published, t.text
FROM releases r JOIN texts t USING (release_id) WHERE r.release_id = :release
"""
_OBSERVATIONS = """
INSERT OR REPLACE INTO superseded_observations (
    observation_id, pipeline, release_id, text_hash, span_start, span_end, statistic, value, unit, bound, measure,
    offence, geographies, period_start, period_end, base_start, base_end, platforms, gender, age_min, age_max, flags,
    sentence)
SELECT
    observation_id, :pipeline, release_id, :text_hash, span_start, span_end, statistic, value, unit, bound, measure,
    offence, geographies, period_start, period_end, base_start, base_end, platforms, gender, age_min, age_max, flags,
    sentence
FROM observation_latest WHERE release_id = :release
"""
_MENTIONS = """
INSERT OR REPLACE INTO superseded_mentions (
    mention_id, pipeline, release_id, text_hash, label, span_start, span_end, text, geography, number, unit,
    period_start, period_end, platforms)
SELECT
    mention_id, :pipeline, release_id, :text_hash, label, span_start, span_end, text, geography, number, unit,
    period_start, period_end,
    coalesce((SELECT group_concat(platform, '; ') FROM
        (SELECT p.platform FROM mention_platforms p WHERE p.mention_id = m.mention_id ORDER BY 1)), '')
FROM mentions m WHERE release_id = :release
"""
_TABLES = ("superseded_releases", "superseded_observations", "superseded_mentions")


def archive(connection: sqlite3.Connection, release: str, text_hash: str, pipeline: str) -> None:
    """Copy the rows of a release to history where they come from another text or pipeline than the given ones.

    The reading that is about to be written is current, so whatever history holds of that same reading is dropped.
    """
    found = connection.execute("SELECT text_hash, pipeline FROM readings WHERE release_id = ?", (release,)).fetchone()
    if found is not None and tuple(found) != (text_hash, pipeline):
        old = {"release": release, "text_hash": found[0], "pipeline": found[1]}
        for statement in (_RELEASE, _OBSERVATIONS, _MENTIONS):
            connection.execute(statement, old)
    for table in _TABLES:
        query = f"DELETE FROM {table} WHERE release_id = ? AND text_hash = ? AND pipeline = ?"  # noqa: S608
        connection.execute(query, (release, text_hash, pipeline))
