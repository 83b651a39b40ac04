"""Which offence contains which, and how a harm is called as an offence and as a reason for a contact."""

from __future__ import annotations

#: Offence ids by what they contain: a sentence that names the wider one in a release on the narrower means the latter.
PARTS: dict[str, frozenset[str]] = {
    "child-sexual-offences": frozenset(
        {
            "online-child-sexual-offences",
            "sexual-communication-with-a-child",
            "grooming",
            "meeting-a-child-following-grooming",
            "abuse-of-position-of-trust",
            "child-abuse-images",
            "harmful-sexual-behaviour",
        }
    ),
    "online-child-sexual-offences": frozenset({"sexual-communication-with-a-child", "grooming", "child-abuse-images"}),
    "grooming": frozenset({"sexual-communication-with-a-child", "meeting-a-child-following-grooming"}),
    "sexual-abuse": frozenset({"harmful-sexual-behaviour"}),
    "online-safety": frozenset(
        {"sexual-communication-with-a-child", "grooming", "child-abuse-images", "online-child-sexual-offences"}
    ),
}
#: Measures of what police record; everything else comes from services, registers and surveys.
POLICE_MEASURES = frozenset({"offences", "instances", "victims", "suspects", "forces", "platforms"})
SERVICE_MEASURES = frozenset({"contacts", "referrals", "counselling-sessions"})
_AS_OFFENCE = {"neglect": "child-cruelty-and-neglect", "sexual-abuse": "child-sexual-offences"}
_AS_REASON = {
    "child-cruelty-and-neglect": "neglect",
    "child-sexual-offences": "sexual-abuse",
    "online-child-sexual-offences": "sexual-abuse",
}
#: What children and parents are asked about in a release on what police record online.
_AS_ASKED = dict.fromkeys(
    ("online-child-sexual-offences", "sexual-communication-with-a-child", "grooming"), "online-safety"
)


def contains(wider: str | None, narrower: str | None) -> bool:
    """Tell whether one offence is a kind of another (``child-abuse`` contains all)."""
    if wider is None or narrower is None or wider == narrower:
        return False
    return wider == "child-abuse" or narrower in PARTS.get(wider, frozenset())


def in_domain(offence: str, source: str) -> str:
    """Return the id that a harm has with a source: neglect as a reason for a contact, or as a recorded offence."""
    if source == "police":
        return _AS_OFFENCE.get(offence, offence)
    if source == "survey":
        return _AS_ASKED.get(offence, offence)
    return _AS_REASON.get(offence, offence) if source == "helpline" else offence
