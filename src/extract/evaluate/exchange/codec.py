"""Values as a person writes them in an annotation tool's text box, and back."""

from __future__ import annotations

import json
import re
from typing import Any

from extract.errors import GoldError
from extract.records import Label, Mention, Observation, as_json

_AGE = re.compile(r"(\d+)?-(\d+)?")
#: Fields that are chosen from a list, and fields that are written.
CHOSEN = ("statistic", "unit", "bound", "measure", "offence", "gender", "flags")
WRITTEN = ("value", "geography", "period", "base", "platforms", "age")
_LISTS = ("geography", "platforms", "flags")


def mention_text(mention: Mention) -> str | None:
    """Return a mention's value as text; None where it has none.

    >>> mention_text(Mention("YEAR", 0, 7, "2017/18", ("2017-04-01", "2018-03-31")))
    '2017-04-01/2018-03-31'
    """
    match mention.label:
        case "YEAR":
            return period_text(mention.value)
        case "PERCENTAGE":
            return f"{json.dumps(as_json(mention.value[0]))} {mention.value[1]}"
        case "PLATFORM":
            return ", ".join(mention.value)
        case "COUNT":
            return json.dumps(as_json(mention.value))
    return str(mention.value)


def mention_value_of(label: Label, text: str | None, where: str) -> Any:
    """Return the JSON value that a text box stands for: the inverse of `mention_text`."""
    match label:
        case "YEAR":
            return _period(text, where)
        case "PERCENTAGE":
            number, _, unit = (text or "").partition(" ")
            return [_number(number, where), unit]
        case "PLATFORM":
            return _list(text)
        case "COUNT":
            return _number(text, where)
    return text


def period_text(period: tuple[str, str] | None) -> str | None:
    """Return a period as an ISO 8601 interval."""
    return None if period is None else "/".join(period)


def field_text(observation: Observation, name: str) -> str | None:
    """Return a field of an observation as text; None where it is empty."""
    value = getattr(observation, name)
    if value is None or value == ():
        return None
    if name == "value":
        return json.dumps(int(value) if float(value).is_integer() else value)
    if name in ("period", "base"):
        return period_text(value)
    if name == "age":
        return "-".join("" if bound is None else str(bound) for bound in value)
    return ", ".join(value) if name in _LISTS else str(value)


def field_value(name: str, text: str | None, where: str) -> Any:
    """Return the JSON value of an observation's field: the inverse of `field_text`."""
    if name in _LISTS:
        return _list(text)
    if text is None:
        return None
    if name == "value":
        return _number(text, where)
    if name in ("period", "base"):
        return _period(text, where)
    if name == "age":
        bounds = _AGE.fullmatch(text.strip())
        if bounds is None:
            raise GoldError(where, f"age is {text!r}", "write 12-15, 12- or -11")
        return [None if bound is None else int(bound) for bound in bounds.groups()]
    return text


def _list(text: str | None) -> list[str]:
    return [part.strip() for part in (text or "").split(",") if part.strip()]


def _period(text: str | None, where: str) -> list[str] | None:
    if text is None or not text.strip():
        return None
    parts = [part.strip() for part in text.split("/")]
    if len(parts) != 2:
        raise GoldError(where, f"the period is {text!r}", "write first and last day as 2017-04-01/2018-03-31")
    return parts


def _number(text: str | None, where: str) -> int | float:
    try:
        value = json.loads(text or "")
    except json.JSONDecodeError as error:
        raise GoldError(where, f"{text!r} is no number", "write digits and a point only") from error
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise GoldError(where, f"{text!r} is no number", "write digits and a point only")
    return value
