"""Matters (事项) and what they ask for and give: materials, results, fees, procedures."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import Field, StringConstraints

from kiosk.catalogue.model.record import Condition, Record, Slug, Sourced, Text, Wording


class Handling(StrEnum):
    """What a terminal can do about a matter."""

    APPLY = "apply"  # filled in and handed in here
    BOOK = "book"  # must be seen in person: filled in here, the visit is booked
    PRINT = "print"  # looked up and printed here
    INFORM = "inform"  # told once and printed; the application itself is made elsewhere


class MatterType(StrEnum):
    """事项类型, GB/T 39046-2020 table A.1."""

    LICENSING = "01"  # 行政许可
    LEVY = "04"  # 行政征收
    PAYMENT = "05"  # 行政给付
    CONFIRMATION = "07"  # 行政确认
    REWARD = "08"  # 行政奖励
    OTHER = "10"  # 其他行政权力
    PUBLIC_SERVICE = "20"  # 公共服务


class Applicant(StrEnum):
    """服务对象, GB/T 39046-2020 table A.4."""

    NATURAL_PERSON = "1"
    ENTERPRISE = "2"
    INSTITUTION = "3"
    SOCIAL_ORGANISATION = "4"
    GOVERNMENT = "5"
    OTHER = "6"


class Result(Record):
    """What comes of a matter (审批结果). A result printed here names its `layout`."""

    name: Text
    licence: Slug | None = Field(default=None, description="the licence type that it is")
    layout: Slug | None = None


class Fee(Record):
    """Whether a matter costs money. `basis` and `amount_yuan` only where they are published."""

    charged: bool
    amount_yuan: Annotated[str, StringConstraints(pattern=r"^\d+(\.\d{1,2})?$")] | None = None
    basis: Text | None = None
    note: Text | None = None


class ProcedureCode(StrEnum):
    """特别程序, GB/T 39046-2020 table A.7."""

    EXTENSION = "1"  # 延长审批
    OTHER = "2"


class SpecialProcedure(Record):
    """A procedure that stops the clock: inspection, hearing, public notice (特别程序)."""

    name: Text
    code: ProcedureCode = ProcedureCode.OTHER
    days: Annotated[int, Field(ge=1, le=400)] | None = None


class Matter(Sourced):
    """One matter (事项) that departments handle. Limits in working days; None: not published.

    `catalogue_code` is the 基本编码, `task_code` the 实施编码 (31 characters: the unit's credit
    code, the level, the 基本编码). `instant`: an 即办件, finished on the spot. `trips`: how often
    the citizen must come (到现场次数). `facts_source`: the guide of the portal from which a seed
    matter's limit, results, fee and codes come; empty where they come from its own source.
    """

    slug: Slug
    annex: Annotated[str, StringConstraints(pattern=r"^T\d\d-\d\d$")] | None = None
    name: Text
    units: Annotated[tuple[Slug, ...], Field(min_length=1)]
    handling: Handling
    when: Condition | None = None
    facts_source: Annotated[str, StringConstraints(max_length=80)] = ""
    type: MatterType | None = None
    applicant: Applicant | None = None
    catalogue_code: Annotated[str, StringConstraints(pattern=r"^[0-9A-Z]{12}$")] | None = None
    task_code: Annotated[str, StringConstraints(pattern=r"^[0-9A-Z]{31}$")] | None = None
    instant: bool = False
    promise_days: Annotated[int, Field(ge=0, le=400)] | None = None
    legal_days: Annotated[int, Field(ge=0, le=400)] | None = None
    trips: Annotated[int, Field(ge=0, le=20)] | None = None
    results: tuple[Result, ...] = ()
    fee: Fee | None = None
    procedures: tuple[SpecialProcedure, ...] = ()
    elements: tuple[Slug, ...] = ()
    wordings: tuple[Wording, ...] = Field(default=(), description="what people call it")
    visit: Text | None = Field(default=None, description="why one must come, what happens there")


class Exemption(StrEnum):
    """Why a material need not be brought (免提交方式), after the portal's codes."""

    SYSTEM_FORM = "system_form"  # 1: the system makes it from the form
    LINKED = "linked"  # 2: the e-licence is linked to the case by itself
    LICENCE_CHECK = "licence_check"  # 3: checked as an e-licence
    SUBMIT = "submit"  # 4: to be handed in
    PERSONAL_SPACE = "personal_space"  # 5: taken from the citizen's space on the platform


class Deferral(Record):
    """容缺受理: taken in without the paper, which follows within `days` working days.

    None: the department has not said until when, and the paper cannot be deferred here.
    """

    days: Annotated[int, Field(ge=1, le=60)] | None = None
    note: Text | None = None


class Commitment(Record):
    """告知承诺: a signed promise stands for a proof. `text` is read out and agreed to in full."""

    proves: Text
    text: Text
    consequence: Text


class Material(Sourced):
    """A paper (材料, evidence) that a life event asks for.

    `code` is the standard material code of the portal (L2000016: 居民身份证).
    """

    slug: Slug
    source_id: str | None = None
    code: Annotated[str, StringConstraints(pattern=r"^[A-Z]\d{7}$")] | None = None
    name: Text
    matters: Annotated[tuple[Slug, ...], Field(min_length=1)]
    when: Condition | None = None
    required: bool = True
    copies: Annotated[int, Field(ge=0, le=20)] | None = None
    exemption: Exemption
    licence: Slug | None = Field(
        default=None, description="licence type that stands for it when the citizen has one"
    )
    exempt_when: Condition | None = Field(
        default=None, description="what must hold besides for the licence to stand for it"
    )
    deferral: Deferral | None = None
    commitment: Commitment | None = None
    issued_by: Text | None = None
    note: Text | None = None
