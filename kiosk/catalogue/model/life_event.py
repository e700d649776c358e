"""Life events (一件事): guidance questions, the notice, and everything that belongs together."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import Field, StringConstraints

from kiosk.catalogue.model.element import Option
from kiosk.catalogue.model.matter import Material, Matter
from kiosk.catalogue.model.record import Condition, Record, Slug, Sourced, Text, Wording

FilmFile = Annotated[
    str, StringConstraints(pattern=r"^([a-z0-9_-]+/)*[a-z0-9_-]+\.(mp4|webm|avi)$", max_length=100)
]
"""A file below `config/media/`."""


class LifeCycle(StrEnum):
    """The three lists that the annex knows."""

    PERSON = "person"
    ENTERPRISE = "enterprise"
    PROJECT = "project"


class Question(Sourced):
    """Guidance (智能引导): an answer decides what applies. `why` stands under the question.

    `label` names the answer on the check page. One answer is `unsure`, which stays safe, unless
    the question is `certain`: everybody knows the answer.
    """

    slug: Slug
    label: Text
    text: Text
    why: Text
    options: Annotated[tuple[Option, ...], Field(min_length=2, max_length=6)]
    certain: bool = False
    when: Condition | None = None


class Reduction(Record):
    """One of the four reductions (四减), before and after."""

    before: Annotated[int, Field(ge=0)]
    after: Annotated[int, Field(ge=0)]


class Reductions(Record):
    """Days, trips, materials and steps, as the portal publishes them."""

    days: Reduction
    trips: Reduction
    materials: Reduction
    steps: Reduction


class Rule(Record):
    """What must hold between elements; `element` is where the message stands."""

    element: Slug
    holds: Condition
    message: Text


class OnlyOne(Record):
    """When a group has one entry, and nobody is asked for another: one shareholder, one company."""

    group: Slug
    when: Condition


class SummaryRow(Record):
    """Several elements in one line of the page on which answers are checked."""

    label: Text
    elements: Annotated[tuple[Slug, ...], Field(min_length=1)]


class Answered(Record):
    """A common question (常见问题) with its answer."""

    question: Text
    answer: Text


class Guide(Record):
    """What the one notice says beside matters and materials.

    What a department has not published is absent, and the notice says so (待主管部门填写).
    """

    basis: tuple[Text, ...] = ()
    conditions: tuple[Text, ...] = ()
    process: tuple[Text, ...] = ()
    way: Text
    limit_days: Annotated[int, Field(ge=0)] | None = None
    reductions: Reductions | None = None
    consult_phone: str | None = None
    supervise_phone: str | None = None
    faq: tuple[Answered, ...] = ()


class LifeEvent(Sourced):
    """One life event (一件事) with everything that belongs to it.

    `name` is what people say; `official_name` what the list of life events calls it, where that
    differs. `service_points` are the places where its papers are taken or people are seen.
    """

    slug: Slug
    number: Annotated[int, Field(ge=1, le=99)]
    name: Text
    official_name: Text | None = None
    summary: Text
    icon: str
    sign_video: FilmFile | None = Field(default=None, description="its film in sign language")
    life_cycle: LifeCycle
    code: str | None = None
    lead_units: Annotated[tuple[Slug, ...], Field(min_length=1)]
    guide: Guide
    questions: tuple[Question, ...] = ()
    matters: Annotated[tuple[Matter, ...], Field(min_length=1)]
    materials: tuple[Material, ...] = ()
    rules: tuple[Rule, ...] = ()
    only_one: tuple[OnlyOne, ...] = ()
    check_rows: tuple[SummaryRow, ...] = ()
    licences: tuple[Slug, ...] = ()
    purpose: Text | None = Field(default=None, description="why licences are looked up (用证目的)")
    service_points: tuple[Slug, ...] = ()
    wordings: tuple[Wording, ...] = Field(default=(), description="what people call it")
