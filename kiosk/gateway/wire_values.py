"""The values that messages between a terminal and the platform are made of.

Dates and times are written as GB/T 39046-2020 writes them, YYYYMMDD and YYYYMMDDThhmmss in
Beijing time; codes, numbers and texts are bounded.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    PlainSerializer,
    StringConstraints,
    WithJsonSchema,
)

from kiosk.beijing import BEIJING


def without_controls(text: str) -> str:
    """The text itself. Raises ValueError when it holds what nobody can read."""
    if any(unicodedata.category(character) in ("Cc", "Cs") for character in text):
        raise ValueError("control characters and lone surrogates are not text")
    return text


def _date(value: object) -> object:
    if isinstance(value, date):
        return value
    if not isinstance(value, str) or not re.fullmatch(r"[0-9]{8}", value):
        raise ValueError("a date is YYYYMMDD")
    return datetime.strptime(value, "%Y%m%d").date()


def _date_time(value: object) -> object:
    if isinstance(value, datetime):
        return value
    if not isinstance(value, str) or not re.fullmatch(r"[0-9]{8}T[0-9]{6}", value):
        raise ValueError("a time is YYYYMMDDThhmmss")
    return datetime.strptime(value, "%Y%m%dT%H%M%S").replace(tzinfo=BEIJING)


def _write_date_time(value: datetime) -> str:
    local = value if value.tzinfo is None else value.astimezone(BEIJING)
    return f"{local:%Y%m%dT%H%M%S}"


GbDate = Annotated[
    date,
    BeforeValidator(_date),
    PlainSerializer(lambda value: f"{value:%Y%m%d}", return_type=str),
    WithJsonSchema({"type": "string", "pattern": "^[0-9]{8}$", "examples": ["20261120"]}),
]
GbDateTime = Annotated[
    datetime,
    BeforeValidator(_date_time),
    PlainSerializer(_write_date_time, return_type=str),
    WithJsonSchema(
        {"type": "string", "pattern": "^[0-9]{8}T[0-9]{6}$", "examples": ["20261120T093000"]}
    ),
]
Code = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$")]
CodeOrNone = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9._-]{0,64}$")]
ProjectNo = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9-]{1,50}$")]
DocumentType = Annotated[str, StringConstraints(pattern=r"^[0-9]{3}$")]
DocumentNo = Annotated[str, StringConstraints(pattern=r"^[0-9A-Za-z]{1,32}$")]
Identifier = Annotated[str, StringConstraints(pattern=r"^[0-9A-Za-z.]{1,128}$")]
Name = Annotated[
    str, StringConstraints(min_length=1, max_length=200), AfterValidator(without_controls)
]
Value = Annotated[str, StringConstraints(max_length=1000), AfterValidator(without_controls)]
Values = Annotated[dict[Code, Value], Field(max_length=300)]
ProjectState = Literal["accepted", "suspended", "finished", "rejected"]
DayPeriod = Literal["morning", "afternoon"]
GetType = Literal["generated", "licence", "counter", "later", "deferred", "commitment"]
