"""A guide of one life event as the portal publishes it: what is read of it, and nothing else.

Keys that are not named here are passed over; those that are named must have their type.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

LARGEST = 2_000_000  # bytes; the longest guide that is known has 40,000
MOST = 200  # of anything in one guide

Line = Annotated[str, StringConstraints(min_length=1, max_length=1000)]
Prose = Annotated[str, StringConstraints(max_length=50_000)]
Days = Annotated[int, Field(ge=0, le=400)]
Figures = Annotated[list[Annotated[int, Field(ge=0, le=10_000)]], Field(min_length=2, max_length=2)]


class GuideError(Exception):
    """The file is no guide that can be taken in; one line for each thing that is wrong."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, strict=True, extra="ignore")


class LinkedMatter(_Part):
    """联办事项. `business_type` is its 业务办理项."""

    name: Line
    promise_limit: Days | None = None
    result: Prose | None = None
    department: Line | None = None
    business_type: Line | None = None


class PortalMaterial(_Part):
    """材料. `exemption` is the portal's code (mtjfs) or its word."""

    name: Line
    material_id: Line | None = None
    standard_code: Line | None = None
    required: bool = True
    source_note: Prose | None = None
    exemption: Line | None = None
    copies: int | None = None
    fill_notes: Prose | None = None


class Asked(_Part):
    """常见问题."""

    q: Prose
    a: Prose


class PortalPoint(_Part):
    """办理点."""

    name: Line
    address: Prose | None = None
    hours: Prose | None = None
    phone: Line | None = None


class FourReductions(_Part):
    """四减: what it was and what it is."""

    days: Figures | None = None
    trips: Figures | None = None
    materials: Figures | None = None
    steps: Figures | None = None


class Charge(_Part):
    """收费 for one of the linked matters."""

    matter: Line | None = None
    standard: Line | None = None
    basis: Prose | None = None


class ConditionNote(_Part):
    """What a condition means (smmc)."""

    note: Prose


class Extra(_Part):
    """What some guides have in a part of its own."""

    condition_notes: Annotated[list[ConditionNote], Field(max_length=MOST)] = []
    charges: Annotated[list[Charge], Field(max_length=MOST)] = []


class PortalGuide(_Part):
    """One guide. `code` is the life event's (43PCN0009); limits carry no unit in the source."""

    code: Annotated[str, StringConstraints(pattern=r"^43[PT]C[A-Z0-9]{5,9}$")]
    title: Line
    implementation_code: Line | None = None
    area_code: Line | None = None
    area_name: Line | None = None
    lead_department: Line | None = None
    cooperating_departments: Annotated[list[Line], Field(max_length=MOST)] = []
    completed_limit: Days | None = None
    fee: bool | None = None
    consult_phone: Line | None = None
    supervise_phone: Line | None = None
    reduction: FourReductions | None = None
    conditions: Annotated[list[Prose], Field(max_length=MOST)] = []
    condition_notes: Annotated[list[Prose], Field(max_length=MOST)] = []
    linked_matters: Annotated[list[LinkedMatter], Field(max_length=MOST)]
    process: Prose | None = None
    materials: Annotated[list[PortalMaterial], Field(max_length=MOST)] = []
    faq: Annotated[list[Asked], Field(max_length=1000)] = []
    service_points: Annotated[list[PortalPoint], Field(max_length=MOST)] = []
    charges: Annotated[list[Charge], Field(max_length=MOST)] = []
    extra: Extra = Extra()


def read_guide(file: Path) -> PortalGuide:
    """Read a guide. Raises GuideError with file and key of everything that is wrong."""
    try:
        if file.stat().st_size > LARGEST:
            raise GuideError([f"{file}: is larger than {LARGEST} bytes"])
        content = file.read_bytes()
    except OSError as error:
        raise GuideError([f"{file}: cannot be read: {error.strerror}"]) from error
    try:
        return PortalGuide.model_validate_json(content.removeprefix(b"\xef\xbb\xbf"))
    except ValidationError as error:
        raise GuideError([_said(file, problem) for problem in _problems(error)]) from error


def _problems(error: ValidationError) -> list[tuple[str, str]]:
    found = error.errors(include_url=False, include_input=False)
    return [(".".join(map(str, each["loc"])), each["msg"]) for each in found]


def _said(file: Path, problem: tuple[str, str]) -> str:
    key, message = problem
    if key == "linked_matters" and message == "Field required":
        message = "is missing; a guide of a single matter is no life event"
    return f"{file}: {key}: {message}" if key else f"{file}: {message}"
