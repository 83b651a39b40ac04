"""What a release, or the lead-in of a list, counts: what its headline and first units name first and most."""

from __future__ import annotations

import re

from extract.lexicon.needs import Pattern
from extract.relate.hierarchy import SERVICE_MEASURES
from extract.relate.measure import nouns

_CHILDLINE_CALLS = re.compile(
    r"\b(?:calls|contacts|ringing|phoning|calling)\b[^.;]{0,20}\bChild\s?[Ll]ine\b|\bChild\s?[Ll]ine\b[^.;]{0,25}\bcalls\b|\bChild\s?[Ll]ine(?:[’']s)?\s(?:calls|contacts)\b"
)
_SESSIONS = Pattern(r"\bcounselling\ssessions\b", re.I)
#: Cases that councils counted are none of the police.
_BY_COUNCILS = Pattern(
    r"\b(?:councils|local\sauthorities)\s(?:[a-z]+\s){0,3}(?:recorded|dealt\swith|received|logged|reported)\b", re.I
)
_COMPLAINTS = Pattern(r"\bcomplaints?\b", re.I)


def of_lead_in(text: str) -> str | None:
    """Return the measure that the lead-in of a list names for its bullets, None where it names none or several."""
    named = {n.value for n in nouns(text)} & (SERVICE_MEASURES | {"offences", "victims", "instances"})
    return named.pop() if len(named) == 1 else None


def topic_of(texts: list[str]) -> str:
    """Return the measure that a release is about, from its headline and first units: what they name first and most."""
    scores: dict[str, float] = {}
    cases = "other" if any(_BY_COUNCILS.search(text) for text in texts[:3]) else "offences"
    for n, text in enumerate(texts):
        topics = SERVICE_MEASURES | {"offences"} | ({"other"} if _COMPLAINTS.search(text) else set())
        found = sorted(nouns(text), key=lambda noun: noun.start)
        # In the order of the text, so that of measures named as often it is the first.
        for value in dict.fromkeys({"offences?": cases}.get(noun.value, noun.value) for noun in found):
            if value not in topics and value != cases:
                continue
            scores[value] = scores.get(value, 0.0) + (3.0 if n == 0 else 1.0)
    if _CHILDLINE_CALLS.search(texts[0] if texts else "") and any(_SESSIONS.search(t) for t in texts):
        return "counselling-sessions"  # Childline counts its calls as sessions
    if re.search(r"\bpolice\b|\bforces?\b", " ".join(texts[:3]), re.I):
        scores["offences"] = scores.get("offences", 0.0) + 1.5
    return max(scores, key=lambda k: scores[k]) if scores else "offences"
