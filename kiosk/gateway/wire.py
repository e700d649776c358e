"""The messages between a terminal and the platform, as JSON; both ends use these models.

Names are those of the national exchange tables (up_pro_accept, up_pro_material, up_lic_data and
the 好差评 upload) where they have one. `docs/gateway.md` maps every field.

Requests refuse fields they do not know; answers ignore them, so that a platform may grow.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    model_validator,
)

from kiosk.gateway.wire_values import (
    Code,
    CodeOrNone,
    DayPeriod,
    DocumentNo,
    DocumentType,
    GbDate,
    GbDateTime,
    GetType,
    Identifier,
    Name,
    ProjectNo,
    ProjectState,
    Value,
    Values,
    without_controls,
)

LONGEST_PURPOSE = 200  # characters, seed 003 用证安全
MOST_CASES = 20  # told at once
MOST_STROKES = 200  # of one signature
MOST_POINTS = 2000  # of one stroke

Coordinate = Annotated[int, Field(ge=0, le=1000)]
Stroke = Annotated[
    tuple[tuple[Coordinate, Coordinate], ...], Field(min_length=1, max_length=MOST_POINTS)
]


class Asked(BaseModel):
    """A request; validation errors never quote what was sent."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)


class Answered(BaseModel):
    """An answer; validation errors never quote what came."""

    model_config = ConfigDict(extra="ignore", frozen=True, hide_input_in_errors=True)


class ConsentedQuery(Asked):
    """What the platform knows of a holder is told for a purpose and with consent (用证安全)."""

    certificate_holder_type: DocumentType = Field(description="持证主体代码类型, GB/T 36903")
    certificate_holder_code: DocumentNo = Field(description="持证主体代码")
    certificate_holder: Name = Field(description="持证主体")
    use_purpose: Annotated[
        str,
        StringConstraints(min_length=1, max_length=LONGEST_PURPOSE),
        AfterValidator(without_controls),
    ] = Field(description="用证目的, said to the citizen before the consent")
    consent_time: GbDateTime = Field(description="when the holder consented")


class LicenceQuery(ConsentedQuery):
    """Which electronic licences (电子证照) of these types the holder has."""

    certificate_types: Annotated[tuple[Code, ...], Field(min_length=1, max_length=50)] = Field(
        description="slugs of the licence types asked for"
    )


class Certificate(Answered):
    """One electronic licence."""

    certificate_type: Code = Field(description="slug of the licence type")
    certificate_type_code: Identifier = Field(description="证照类型代码, 21 characters")
    certificate_name: Name = Field(description="证照名称")
    certificate_identifier: Identifier = Field(description="电子证照标识, GB/T 36904")
    issue_dept: Name = Field(description="证照颁发机构")
    issue_dept_code: Identifier = Field(description="证照颁发机构代码, GB 32100")
    certificate_data: Values = Field(description="data elements that the licence gives")


class Certificates(Answered):
    """Those the holder has; a type not held is absent."""

    certificates: Annotated[tuple[Certificate, ...], Field(max_length=200)]


class ArchiveQuery(ConsentedQuery):
    """What the holder's earlier cases said of these data elements (一人一档)."""

    element_codes: Annotated[tuple[Code, ...], Field(min_length=1, max_length=300)] = Field(
        description="slugs of the data elements asked for"
    )


class ArchiveData(Answered):
    """The values there are; an element that is not known is absent."""

    form_data: Values = Field(description="data elements filled in")


class ApplicationMaterial(Asked):
    """One material (材料) and how it was dealt with (up_pro_material)."""

    material_code: Code
    get_type: GetType = Field(description="收取方式")
    certificate_identifier: Identifier | None = Field(description="for `licence`, 电子证照标识")
    promise_date: GbDate | None = Field(
        description="for `deferred` (容缺), until when; null: the department says"
    )

    @model_validator(mode="after")
    def _complete(self) -> ApplicationMaterial:
        if self.get_type == "licence" and self.certificate_identifier is None:
            raise ValueError("get_type licence needs certificate_identifier")
        return self


class Application(Asked):
    """One life event handed in (GB/T 39046 table 5 办事申请, up_pro_accept)."""

    terminal_code: Code = Field(description="where it was filled in")
    theme_code: Code = Field(description="一件事, slug")
    task_version: Code = Field(description="catalogue release that the session began with")
    task_codes: Annotated[tuple[Code, ...], Field(min_length=1, max_length=50)] = Field(
        description="the matters (事项) that apply, slugs"
    )
    applyer_name: Name = Field(description="申请人名称")
    applyer_page_type: DocumentType = Field(description="申请人证件类型, GA/T 2000.156")
    applyer_page_code: DocumentNo = Field(description="申请人证件号码")
    apply_date: GbDateTime = Field(description="申请时间")
    situations: Values = Field(description="answers to the guidance questions")
    form_data: Values = Field(description="data elements filled in")
    materials: Annotated[tuple[ApplicationMaterial, ...], Field(max_length=200)]
    delivery: CodeOrNone = Field(description="how the results reach the citizen; empty: not asked")
    provisional_no: CodeOrNone = Field(
        description="number printed while the platform was out of reach, if one was"
    )
    appointment_date: GbDate | None = Field(
        default=None, description="预约日期: when the applicant comes in person"
    )
    appointment_period: DayPeriod | None = Field(default=None, description="预约时段")

    signature_type: Literal["hand", "card"] | None = Field(
        default=None,
        description="签名 under a promise (告知承诺书): by hand, or by the card laid once more; "
        "refused as promise_unsigned where a material is given by `commitment` without it",
    )
    signature_strokes: Annotated[tuple[Stroke, ...], Field(max_length=MOST_STROKES)] = Field(
        default=(), description="of a signature by hand: lines of points, 0 to 1000 of its area"
    )

    @model_validator(mode="after")
    def _whole_signature(self) -> Application:
        if (self.signature_type == "hand") != bool(self.signature_strokes):
            raise ValueError("signature_strokes belong to a signature by hand, and only there")
        return self

    @model_validator(mode="after")
    def _whole_visit(self) -> Application:
        if (self.appointment_date is None) != (self.appointment_period is None):
            raise ValueError("appointment_date and appointment_period go together")
        return self


class TaskProgress(Answered):
    """One matter of a case at its department."""

    task_code: Code
    task_name: Name = Field(description="事项名称")
    org_name: Name = Field(description="受理部门")
    promise_date: GbDate | None = Field(description="承诺办结时间; null: no limit published")
    task_state: ProjectState
    appointment_no: CodeOrNone = Field(
        default="", description="预约号 of the visit booked for it; empty: none was"
    )


class Accepted(Answered):
    """The acknowledgement (GB/T 39046 table 6 受理)."""

    project_no: ProjectNo = Field(description="办件编号")
    accept_date: GbDateTime = Field(description="受理时间")
    tasks: Annotated[tuple[TaskProgress, ...], Field(min_length=1, max_length=50)]


class HolderQuery(Asked):
    """Asks for the cases of a holder."""

    applyer_name: Name
    applyer_page_type: DocumentType
    applyer_page_code: DocumentNo


class CaseQuery(HolderQuery):
    """Asks for one case; the number alone opens nothing."""

    project_no: ProjectNo


class CaseProgress(Answered):
    """Where a case stands."""

    project_no: ProjectNo
    theme_code: Code
    project_state: ProjectState
    tasks: Annotated[tuple[TaskProgress, ...], Field(min_length=1, max_length=50)]
    accept_date: GbDateTime | None = Field(default=None, description="受理时间")
    appointment_date: GbDate | None = Field(default=None, description="预约日期")
    appointment_period: DayPeriod | None = Field(default=None, description="预约时段")
    missing_materials: Annotated[tuple[Code, ...], Field(max_length=200)] = Field(
        default=(), description="一次性告知补正: every material still to come"
    )
    supplement_date: GbDate | None = Field(
        default=None, description="补正期限; null: none is set, or nothing is missing"
    )

    @model_validator(mode="after")
    def _whole_visit(self) -> CaseProgress:
        if (self.appointment_date is None) != (self.appointment_period is None):
            raise ValueError("appointment_date and appointment_period go together")
        return self


class Cases(Answered):
    """The holder's cases, the newest first."""

    cases: Annotated[tuple[CaseProgress, ...], Field(max_length=MOST_CASES)]


class Evaluation(Asked):
    """好差评. Five is best here and in the national upload; GB/T 39046 A.8 counts down."""

    apply_guid: Code = Field(description="id of the application that is rated")
    satisfaction: Annotated[int, Field(strict=True, ge=1, le=5)] = Field(
        description="5 非常满意 … 1 非常不满意"
    )
    eval_detail: Annotated[tuple[Code, ...], Field(max_length=20)] = Field(
        description="reasons chosen"
    )
    assess_time: GbDateTime = Field(description="评价时间")


class ProblemReport(Asked):
    """办不成事: what could not be done; nothing personal."""

    terminal_code: Code
    theme_code: CodeOrNone = Field(description="empty outside a life event")
    page: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9._-]{1,100}$")]
    problem_type: Code
    report_time: GbDateTime
    facts: Annotated[dict[Code, Value], Field(max_length=50)]


class ProblemNumber(Answered):
    """Under which number the problem is followed up."""

    problem_no: ProjectNo


class Recorded(Answered):
    """The rating is stored."""

    status: Literal["recorded"]


class Health(Answered):
    """Whether the platform takes requests."""

    status: Literal["ok"]


class Refusal(Answered):
    """Every answer that is not a success."""

    code: Code
    reason: Name = Field(description="a sentence for the citizen")
    fields: Annotated[tuple[Code, ...], Field(max_length=50)] = Field(
        default=(), description="names of the request's fields that do not fit; never values"
    )
