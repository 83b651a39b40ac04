"""The pages of releases: the text with its mentions marked, the observations beside it; and the search index."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import Any

from extract.lexicon.rules import load_rules
from extract.report import links, words
from extract.report.evidence import Evidence, Span, gather, lines, merged, pieces
from extract.report.page_images import page_images
from extract.report.paging import page_of, paged
from extract.report.reading import Reading
from extract.report.writing import Writer, data_block
from extract.tabulate.schema import Row

#: Releases of one part of the search index: a part is loaded when somebody searches.
PART = 200
#: Releases of one page of their list, and other statements of a figure that its release's page lists.
LISTED = 250
OTHERS = 40
#: A publisher with one of these words in its name is the NSPCC, whose releases are shown whole by default.
OWN = ("nspcc", "national society for the prevention of cruelty to children")


class Texts(StrEnum):
    """How much of a release's text its page shows."""

    auto = "auto"
    excerpts = "excerpts"
    full = "full"

    def whole(self, publisher: str | None) -> bool:
        """Return whether a publisher's releases are shown whole; by default those of the NSPCC only."""
        if self is Texts.auto:
            return publisher is not None and any(name in publisher.lower() for name in OWN)
        return self is Texts.full


def write_releases(reading: Reading, writer: Writer, texts: Texts) -> int:
    """Write a page for each release, their index and the search index; return how many PDFs could not be drawn."""
    why = {rule: row.why for name in set(reading.rule_files.values()) for row in load_rules(name) for rule in [row.id]}
    index: list[Row] = []
    part: list[list[Any]] = []
    parts = undrawn = 0
    for release in reading.releases():
        observations = reading.observations(release["release_id"])
        whole = texts.whole(release["publisher"])
        undrawn += not _write_release(reading, writer, release, observations, whole, why)
        index.append(
            {name: release[name] for name in ("title", "published", "publisher", "observations", "release_id")}
            | {"href": links.release(release["release_id"])}
        )
        part.append(_searched(release, observations))
        if len(part) == PART:
            _write_part(writer, parts, part)
            part, parts = [], parts + 1
    _write_part(writer, parts, part)
    years = _years(index)
    for path, rows in paged("releases/index.html", index, LISTED):
        writer.page(path, "releases.html", title="Releases", years=years, part=rows)
    writer.page("search.html", "search.html", title="Search", parts=parts + 1)
    return undrawn


def _years(index: list[Row]) -> list[Row]:
    """Return the years of publication with where each begins in the list, and mark those rows."""
    made: dict[str, Row] = {}
    for number, row in enumerate(index):
        year = row["published"][:4] if row["published"] else "not dated"
        row["anchor"] = None if year in made else f"y-{year.replace(' ', '-')}"
        href = f"{page_of('releases/index.html', number // LISTED)}#{row['anchor']}"
        made.setdefault(year, {"name": year, "href": href})
    return list(made.values())


def _searched(release: Row, observations: list[Row]) -> list[Any]:
    """Return what search knows of a release: file, title, date, and each sentence with the first figure in it."""
    sentences: dict[str, str] = {}
    for o in observations:
        sentences.setdefault(o["sentence"], o["observation_id"])
    title = release["title"] or release["release_id"]
    found = [[key, " ".join(sentence.split())] for sentence, key in sentences.items()]
    return [links.release(release["release_id"]), title, release["published"] or "", found]


def _write_part(writer: Writer, number: int, part: list[list[Any]]) -> None:
    writer.file(f"assets/search-{number}.js", f"searchPart({data_block(part)});\n")


def _write_release(
    reading: Reading, writer: Writer, release: Row, observations: list[Row], whole: bool, why: dict[str, str]
) -> bool:
    """Write a release's page; return whether nothing that it should show is missing."""
    text = reading.text(release["release_id"])
    evidence = gather(text, reading.mentions(release["release_id"]), observations)
    spans = lines(text) if whole else excerpt_spans(text, evidence)
    roles = _roles(reading, release["release_id"])
    scans = _scans(reading, writer, release, observations, None if whole else spans)
    shown = pieces(text, evidence, spans)
    ids = {piece["mark"].key for stretch in shown for piece in stretch if piece["mark"]}
    writer.page(
        links.release(release["release_id"]),
        "release.html",
        title=release["title"] or release["release_id"],
        release={**release, "address": words.web_address(release["url"])},
        whole=whole,
        stretches=shown,
        observations_of={key: keys for key, keys in evidence.observations_of.items() if keys},
        cards=[_card(reading, o, evidence, roles, why) for o in observations],
        scans=scans,
        shown_marks=sorted(ids),
        labels=_labels(evidence),
    )
    return scans is None or scans["missing"] is None


def _scans(
    reading: Reading, writer: Writer, release: Row, observations: list[Row], shown: list[Span] | None
) -> Row | None:
    if release["reader"] not in ("pdf", "pdf+ocr"):
        return None
    return page_images(writer, release, reading.source(release), observations, shown)


def excerpt_spans(text: str, evidence: Evidence) -> list[Span]:
    """Return the sentences that carry figures, and the marks of observations that stand outside of them."""
    used = [m for m in evidence.marks if evidence.observations_of.get(m.key)]
    bare = [(m.start, m.end) for m in used if not any(a <= m.start and m.end <= b for a, b in evidence.sentences)]
    return [s for s in merged([*evidence.sentences, *bare]) if text[s[0] : s[1]].strip()]


def _labels(evidence: Evidence) -> list[Row]:
    counts: dict[str, int] = {}
    for mark in evidence.marks:
        counts[mark.label] = counts.get(mark.label, 0) + 1
    return [{"label": label, "number": counts[label]} for label in words.LABELS if label in counts]


def _card(reading: Reading, o: Row, evidence: Evidence, roles: dict[str, Row], why: dict[str, str]) -> Row:
    key = o["observation_id"]
    role = roles.get(key, {"flags": [], "others": [], "more": 0})
    return {
        "key": key,
        "text": words.figure(o["value"], o["unit"], o["statistic"], o["bound"]),
        "statistic": words.STATISTICS[o["statistic"]],
        "measure": reading.measures[o["measure"]],
        "offence": o["offence"] and {"name": reading.offence_name(o["offence"]), "href": links.offence(o["offence"])},
        "places": [{"name": reading.place_name(g), "href": links.place(g)} for g in o["geographies"]],
        "period": words.period(o["period_start"], o["period_end"]),
        "base": words.period(o["base_start"], o["base_end"]) if o["base_start"] else None,
        "platforms": [{"name": reading.platforms[p], "href": links.platform(p)} for p in o["platforms"]],
        "victims": words.victims(o["gender"], o["age_min"], o["age_max"]),
        "flags": [*o["flags"], *role["flags"]],
        "notes": o["notes"],
        "others": role["others"],
        "more": role["more"],
        "sentence": _parted(o, evidence),
        "number": evidence.sentence_of[key],
        "marks": evidence.marks_of[key],
        "block": o["block"],
        "page": o["page"],
        "margin": words.number(o["margin"]),
        "not_in_series": o["not_in_series"],
        "rules": [
            {"field": name, "rule": rule, "why": why.get(rule, ""), "href": links.rule(reading.rule_files, rule)}
            for name, rule in o["rules"].items()
        ],
    }


def _parted(o: Row, evidence: Evidence) -> list[str]:
    """Return the sentence in three: before the figure, the figure, after it."""
    number, sentence = evidence.sentence_of[o["observation_id"]], o["sentence"]
    if number is None:
        return ["", o["figure_text"], ""]
    at = evidence.sentences[number][0]
    start, end = o["span_start"] - at, o["span_end"] - at
    return [sentence[:start], sentence[start:end], sentence[end:]]


def _roles(reading: Reading, release: str) -> dict[str, Row]:
    """Return what each observation of a release is to its figure: flags, and the other statements of it."""
    query = """SELECT s.observation_id, f.figure_id, f.revised, f.conflicting,
        (SELECT count(*) FROM figure_sources a WHERE a.figure_id = f.figure_id) AS stated FROM figure_sources s
        JOIN observations o USING (observation_id) JOIN figures f USING (figure_id)
        WHERE o.release_id = ? AND (f.statements > 1 OR f.revised OR f.conflicting)"""
    made: dict[str, Row] = {}
    for row in reading.rows(query, (release,)):
        flags = [name for name in ("revised", "conflicting") if row[name]]
        made[row["observation_id"]] = {
            "flags": flags,
            "others": list(_others(reading, row)),
            "more": row["stated"] - 1,
        }
    return made


def _others(reading: Reading, row: Row) -> Iterator[Row]:
    query = """SELECT s.role, o.observation_id, o.release_id, o.value, o.unit, o.statistic, o.bound, r.published
        FROM figure_sources s JOIN observations o USING (observation_id) JOIN releases r USING (release_id)
        WHERE s.figure_id = ? AND s.observation_id <> ? ORDER BY r.published DESC, o.release_id, o.span_start LIMIT ?"""
    for other in reading.rows(query, (row["figure_id"], row["observation_id"], OTHERS)):
        yield {
            "text": words.figure(other["value"], other["unit"], other["statistic"], other["bound"]),
            "href": links.evidence(other["release_id"], other["observation_id"]),
            "published": words.day(other["published"]),
            "role": other["role"],
        }
