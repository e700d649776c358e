"""Data elements (数据元): each datum that departments need, its typing, checks and sources."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from kiosk.catalogue.model.record import Condition, Record, Slug, Sourced, Text


class Option(Record):
    """One answer of a question or one value of a choice element."""

    value: Annotated[str, StringConstraints(pattern=r"^[a-z0-9_]{1,40}$")]
    label: Text
    detail: Text | None = None
    shows: Slug | None = Field(default=None, description="element shown instead of detail if known")
    stop: Text | None = Field(default=None, description="this answer ends here, with this reason")
    when: Condition | None = Field(default=None, description="offered only if this holds")


class Source(Record):
    """One place a data element's value can come from without asking.

    Exactly one of `card` (a field of the person on the reader), `licence` (`type.field`),
    `earlier` (an element of the citizen's earlier cases, 一人一档) and `value` (CEL giving text).
    """

    card: Literal["name", "sex", "nation", "birth", "address", "number"] | None = None
    licence: Annotated[str, StringConstraints(pattern=r"^[a-z_]+\.[a-z0-9_]+$")] | None = None
    earlier: Slug | None = None
    value: Condition | None = None
    when: Condition | None = None
    suggest: bool = Field(default=False, description="offered as a quick pick, not taken")


class ElementKind(StrEnum):
    """How a data element is typed; each has a keyboard or a page of its own."""

    CHINESE = "chinese"
    TEXT = "text"
    DIGITS = "digits"
    ID_NUMBER = "id_number"
    MONEY = "money"  # yuan with two decimals at most: 1234.50
    DATE = "date"
    TIME = "time"
    CHOICE = "choice"
    REGION = "region"  # a 12-digit code, chosen level by level


class Check(StrEnum):
    """What a value must satisfy; each has a phrase `check.<value>`."""

    PERSON_NAME = "person_name"
    ID_NUMBER = "id_number"
    CREDIT_CODE = "credit_code"
    MOBILE_PHONE = "mobile_phone"
    PHONE = "phone"
    POST_CODE = "post_code"
    BANK_ACCOUNT = "bank_account"
    PAST_DATE = "past_date"
    COMING_DATE = "coming_date"
    ANY_DATE = "any_date"
    CLOCK_TIME = "clock_time"
    WHOLE_NUMBER = "whole_number"
    DECIMAL = "decimal"
    MONEY = "money"
    REGION = "region"
    ADDRESS = "address"
    PLAIN = "plain"


class Sensitivity(StrEnum):
    """How a value is guarded (GB/T 35273: personal and sensitive personal information)."""

    PUBLIC = "public"  # about a thing or a company's public record
    PERSONAL = "personal"
    SENSITIVE = "sensitive"  # masked where it is shown: numbers of documents, accounts, addresses


class Element(Sourced):
    """A datum that departments need, named once for all of them (数据元).

    `term` is its name in GB/T 39046 or the national exchange tables where it has one.
    `lowest` and `highest` bound numbers and money; `months` a date into the past, `ahead_months`
    one into the future.
    """

    slug: Slug
    name: Text
    term: str = ""
    question: Text
    help: Text | None = None
    unit: Text | None = Field(default=None, description="stands behind the value: 克, g")
    group: Slug | None = Field(default=None, description="asked once for every entry of the group")
    distinct: bool = Field(default=False, description="no two entries of its group have the same")
    kind: ElementKind
    check: Check = Check.PLAIN
    longest: Annotated[int, Field(ge=1, le=100)] = 60
    lowest: int | None = None
    highest: int | None = None
    months: Annotated[int, Field(ge=1)] | None = None
    ahead_months: Annotated[int, Field(ge=1)] | None = None
    options: tuple[Option, ...] = ()
    table: Slug | None = None
    sensitivity: Sensitivity = Sensitivity.PERSONAL
    sources: tuple[Source, ...] = ()


class Group(Record):
    """Elements that are asked once for every child, heir, employee or shareholder.

    `name` names one entry (孩子), `more` asks whether there is another one. The first entry's
    values carry the element's slug, those of the n-th `slug.n`.
    """

    slug: Slug
    name: Text
    more: Text
    most: Annotated[int, Field(ge=2, le=20)] = 6
