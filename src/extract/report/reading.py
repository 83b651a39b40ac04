"""What the pages need from the store: names, figures with their sources, releases one at a time."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from extract.lexicon.rules import load_rules, rule_files, rules_folder
from extract.report import links, words
from extract.tabulate.schema import SEPARATOR, Row

#: Every figure that stands, and every statement without a period, which no figure is folded from.
_FIGURES = """
SELECT f.figure_id, f.geographies, f.measure, f.offence, f.statistic, f.unit, f.period_start, f.period_end,
    f.base_start, f.base_end, f.platforms, f.gender, f.age_min, f.age_max, f.value, f.bound, f.observation_id,
    f.sources, (SELECT count(*) FROM figure_sources s WHERE s.figure_id = f.figure_id) AS stated, f.flags, f.revised,
    f.conflicting, f.months, o.release_id, o.not_in_series
FROM figures f JOIN observations o USING (observation_id)
UNION ALL
SELECT '', o.geographies, o.measure, o.offence, o.statistic, o.unit, NULL, NULL, o.base_start, o.base_end, o.platforms,
    o.gender, o.age_min, o.age_max, o.value, o.bound, o.observation_id, 1, 1, o.flags, 0, 0, NULL, o.release_id,
    o.not_in_series
FROM observation_latest o WHERE o.period_start IS NULL OR o.period_end IS NULL
"""
#: Other statements of a figure that stand beside it.
OTHERS = 5
_ORDER = " ORDER BY measure, offence, statistic, period_start, geographies, platforms, observation_id"


class Reading:
    """A store opened for the pages: names are read once, everything else when a page asks for it.

    Parameters
    ----------
    connection
        The store, for reading; rows are `sqlite3.Row`.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        self.geographies = {row["geography"]: row for row in self.rows("SELECT * FROM geographies")}
        self.offences = {row["offence"]: row for row in self.rows("SELECT * FROM offences")}
        self.measures = {row["measure"]: row["name"] for row in self.rows("SELECT * FROM measures")}
        self.platforms = {row["platform"]: row["name"] for row in self.rows("SELECT * FROM platforms")}
        self.rule_files = _rule_files()
        self._series: dict[str, list[Row]] = {}
        self._scratch()
        #: Places that a figure is about, each of which has a page.
        self.places = self.items("place")

    def _scratch(self) -> None:
        # A temporary table, so that the pages of each place and platform find their figures by an index.
        run = self.connection.execute
        run(f"CREATE TEMP TABLE shown AS {_FIGURES}")
        run("CREATE TEMP TABLE shown_of (kind TEXT, item TEXT, place INTEGER)")
        for place, geographies, platforms, offence in run("SELECT rowid, geographies, platforms, offence FROM shown"):
            keys = [("place", g) for g in geographies.split(SEPARATOR) if g]
            keys += [("platform", p) for p in platforms.split(SEPARATOR) if p]
            keys += [("offence", offence)] if offence else []
            self.connection.executemany("INSERT INTO shown_of VALUES (?, ?, ?)", [(*key, place) for key in keys])
        run("CREATE INDEX temp.shown_of_item ON shown_of (kind, item)")
        run("CREATE INDEX temp.shown_observation ON shown (observation_id)")

    def rows(self, query: str, values: Sequence[Any] = ()) -> list[Row]:
        """Return the rows of a query as mappings."""
        return [dict(row) for row in self.connection.execute(query, values)]

    def count(self, query: str, values: Sequence[Any] = ()) -> int:
        """Return the one number that a query gives."""
        return int(self.connection.execute(query, values).fetchone()[0])

    def place_name(self, key: str) -> str:
        """Return a place's name; of one that is not listed, its slug made readable."""
        known = self.geographies.get(key)
        return str(known["name"]) if known else words.place_from_slug(key)

    def offence_name(self, key: str | None) -> str:
        """Return an offence's name."""
        return str(self.offences[key]["name"]) if key else words.UNKNOWN

    def items(self, kind: str) -> dict[str, int]:
        """Return the places, platforms or offences that figures are about, with how many, most first."""
        query = "SELECT item, count(*) FROM shown_of WHERE kind = ? GROUP BY 1 ORDER BY 2 DESC, 1"
        return {row[0]: row[1] for row in self.connection.execute(query, (kind,))}

    def figures_of(self, kind: str, item: str) -> list[Row]:
        """Return the figures of a place, platform or offence."""
        query = "SELECT s.* FROM shown s JOIN shown_of o ON o.place = s.rowid WHERE o.kind = ? AND o.item = ?"
        return [self.figure(row) for row in self.rows(query + _ORDER, (kind, item))]

    def figures_in(self, start: str, end: str) -> list[Row]:
        """Return the figures of exactly one period."""
        query = "SELECT * FROM shown WHERE period_start = ? AND period_end = ?"
        return [self.figure(row) for row in self.rows(query + _ORDER, (start, end))]

    def figure(self, row: Row) -> Row:
        """Return a figure with its lists parted, its words, its link and the other statements of it."""
        flags = [f for f in row["flags"].split(SEPARATOR) if f]
        flags += [name for name in ("revised", "conflicting") if row[name]]
        return {
            **row,
            "geographies": [g for g in row["geographies"].split(SEPARATOR) if g],
            "platforms": [p for p in row["platforms"].split(SEPARATOR) if p],
            "flags": flags,
            "text": words.figure(row["value"], row["unit"], row["statistic"], row["bound"]),
            "href": links.evidence(row["release_id"], row["observation_id"]),
            "period": words.period(row["period_start"], row["period_end"]),
            "base": words.period(row["base_start"], row["base_end"]) if row["base_start"] else "",
            "victims": words.victims(row["gender"], row["age_min"], row["age_max"]),
            "others": self._others(row) if row["stated"] > 1 else [],
            "more": row["stated"] - 1,
        }

    def _others(self, row: Row) -> list[Row]:
        query = """SELECT s.role, o.* FROM figure_sources s JOIN observations o USING (observation_id)
            WHERE s.figure_id = ? AND s.observation_id <> ? ORDER BY o.release_id, o.span_start LIMIT ?"""
        return [
            {
                "role": other["role"],
                "text": words.figure(other["value"], other["unit"], other["statistic"], other["bound"]),
                "href": links.evidence(other["release_id"], other["observation_id"]),
            }
            for other in self.rows(query, (row["figure_id"], row["observation_id"], OTHERS))
        ]

    def series(self, force: str | None = None, offence: str | None = None, year: str | None = None) -> list[Row]:
        """Return rows of ``force_year``, as figures, with ``force`` and ``year``."""
        wanted = {"force": force, "offence": offence, "year": year}
        given = {name: value for name, value in wanted.items() if value is not None}
        where = " AND ".join(f"v.{name} = :{name}" for name in given) or "1"
        query = f"""SELECT s.*, v.force, v.year FROM force_year v JOIN shown s USING (observation_id)
            WHERE {where} AND s.figure_id = v.figure_id ORDER BY v.force, v.offence, v.year"""  # noqa: S608
        return [self.figure(row) for row in self.rows(query, given)]  # type: ignore[arg-type]

    def series_of_offence(self, offence: str) -> list[Row]:
        """Return the series of an offence, which every force's page asks for: read once and kept."""
        if offence not in self._series:
            self._series[offence] = self.series(offence=offence)
        return self._series[offence]

    def releases(self) -> Iterator[Row]:
        """Yield the releases, latest first, with how many observations each has."""
        query = """SELECT r.*, (SELECT count(*) FROM observations o WHERE o.release_id = r.release_id) AS observations
            FROM releases r ORDER BY r.published IS NULL, r.published DESC, r.release_id"""
        for row in self.connection.execute(query):
            yield dict(row)

    def source(self, release: Row) -> Row | None:
        """Return the row of ``inputs`` of the file that a release was read from."""
        query = "SELECT * FROM inputs WHERE source = ? AND release_id = ?"
        return next(iter(self.rows(query, (release["source"], release["release_id"]))), None)

    def text(self, release: str) -> str:
        """Return a release's text."""
        return str(self.connection.execute("SELECT text FROM texts WHERE release_id = ?", (release,)).fetchone()[0])

    def mentions(self, release: str) -> list[Row]:
        """Return a release's mentions in text order, with ``platforms`` and what each ``says`` in words."""
        platforms = self._lists("mention_platforms", "mention_id", "platform", "mentions", release)
        query = "SELECT * FROM mentions WHERE release_id = ? ORDER BY span_start, span_end, mention_id"
        made = []
        for row in self.rows(query, (release,)):
            row["platforms"] = platforms[row["mention_id"]]
            made.append({**row, "says": self._says(row)})
        return made

    def _says(self, row: Row) -> str:
        if row["label"] in ("FORCE", "AREA"):
            return self.place_name(row["geography"]) if row["geography"] else words.UNKNOWN
        if row["label"] == "YEAR":
            return words.period(row["period_start"], row["period_end"])
        if row["label"] == "PLATFORM":
            return ", ".join(self.platforms[p] for p in row["platforms"]) or words.UNKNOWN
        if row["number"] is None:
            return words.UNKNOWN
        return words.figure(row["number"], row["unit"] or "number", "count")

    def observations(self, release: str) -> list[Row]:
        """Return a release's observations in text order, with their lists, notes and rules."""
        observations = self.rows(
            "SELECT * FROM observations WHERE release_id = ? ORDER BY span_start, span_end, statistic, ordinal",
            (release,),
        )
        lists = {
            name: self._lists(table, "observation_id", column, "observations", release)
            for name, table, column in (
                ("geographies", "observation_geographies", "geography"),
                ("platforms", "observation_platforms", "platform"),
                ("flags", "observation_flags", "flag"),
                ("notes", "observation_notes", "note"),
            )
        }
        rules = self._rules(release)
        for row in observations:
            key = row["observation_id"]
            row |= {name: found[key] for name, found in lists.items()} | {"rules": rules[key]}
        return observations

    def _lists(self, table: str, key: str, column: str, owner: str, release: str) -> dict[str, list[str]]:
        query = f"SELECT t.{key}, t.{column} FROM {table} t JOIN {owner} USING ({key}) WHERE release_id = ? ORDER BY 1, t.rowid"  # noqa: S608,E501
        made: dict[str, list[str]] = defaultdict(list)
        for one, value in self.connection.execute(query, (release,)):
            made[one].append(value)
        return made

    def _rules(self, release: str) -> dict[str, dict[str, str]]:
        query = """SELECT observation_id, field, rule FROM observation_rules JOIN observations USING (observation_id)
            WHERE release_id = ? ORDER BY 1, 2"""
        made: dict[str, dict[str, str]] = defaultdict(dict)
        for one, name, rule in self.connection.execute(query, (release,)):
            made[one][name] = rule
        return made


def _rule_files() -> dict[str, str]:
    """Return the file of each rule that stands in a rule file."""
    names = [name for name in rule_files() if (rules_folder() / f"{name}.toml").is_file()]
    return {rule.id: name for name in names for rule in load_rules(name)}
