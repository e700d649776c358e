"""What a terminal asks of the platform (一网通办), whichever city runs it.

Every call blocks for at most the client's time-out and raises one of two errors:
`GatewayUnavailable` (try again later, nothing is known) or `GatewayRefused` (final).
Field names follow GB/T 39046-2020 and the national exchange tables; `docs/gateway.md` maps them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol


class GatewayUnavailable(Exception):
    """The platform could not be reached, was too slow, or its answer made no sense."""


class GatewayRefused(Exception):
    """The platform understood and said no: `code` is its own, `reason` is for the citizen."""

    def __init__(self, code: str, reason: str) -> None:
        super().__init__(f"{code}: {reason}")
        self.code = code
        self.reason = reason


@dataclass(frozen=True)
class Holder:
    """Who holds a licence or applies; `document_type` after GA/T 2000.156 (111: ID card)."""

    document_type: str
    number: str
    name: str

    def __repr__(self) -> str:
        """Says nothing personal."""
        return "Holder(…)"


@dataclass(frozen=True)
class Licence:
    """An electronic licence (电子证照): its type's slug, identifier (GB/T 36904) and fields."""

    type: str
    identifier: str
    fields: Mapping[str, str]

    def __repr__(self) -> str:
        """Says nothing personal."""
        return f"Licence({self.type})"


@dataclass(frozen=True)
class LicenceRequest:
    """A query with the citizen's consent. `purpose` at most 200 characters (seed 003, 用证安全)."""

    holder: Holder
    types: tuple[str, ...]
    purpose: str
    consent_at: datetime


@dataclass(frozen=True)
class MaterialEntry:
    """How one material (材料) was dealt with.

    `way`: `generated`, `licence`, `counter` (paper left with the branch) or `later` (容缺, until
    `due`). `licence` is the licence identifier where the way is `licence`.
    """

    material: str
    way: str
    licence: str = ""
    due: date | None = None


@dataclass(frozen=True)
class Submission:
    """One life event handed in: everything the departments get, once.

    `id` is the idempotency key. `values` maps data elements to what was filled in, `answers`
    the guidance questions to their answers. `catalogue` names the release it began with.
    """

    id: str
    terminal: str
    life_event: str
    catalogue: str
    applicant: Holder
    applied_at: datetime
    matters: tuple[str, ...]
    answers: Mapping[str, str]
    values: Mapping[str, str]
    materials: tuple[MaterialEntry, ...]
    delivery: str
    provisional_no: str

    def __repr__(self) -> str:
        """Says nothing personal."""
        return f"Submission({self.id})"


@dataclass(frozen=True)
class MatterProgress:
    """One matter of a case: who has it, until when (None: no limit published), how far it is."""

    matter: str
    name: str
    department: str
    due: date | None
    state: str


@dataclass(frozen=True)
class Acknowledgement:
    """The platform's word that it has the submission."""

    case_no: str
    accepted_at: datetime
    matters: tuple[MatterProgress, ...]


@dataclass(frozen=True)
class CaseStatus:
    """Where a case (办件) stands."""

    case_no: str
    life_event: str
    state: str
    matters: tuple[MatterProgress, ...]


@dataclass(frozen=True)
class Rating:
    """好差评. `satisfaction` runs from 5 非常满意 to 1 非常不满意 (the national upload format).

    GB/T 39046 table A.8 counts the other way; `docs/gateway.md` says where it is turned round.
    `submission` names what is rated, since a case number may not be known yet.
    """

    id: str
    submission: str
    satisfaction: int
    rated_at: datetime
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True)
class Problem:
    """办不成事: what could not be done, with where it happened and nothing personal."""

    id: str
    terminal: str
    life_event: str
    page: str
    kind: str
    reported_at: datetime
    facts: Mapping[str, str] = field(default_factory=dict)


class Gateway(Protocol):
    """The platform. Implementations are safe to call from one thread at a time."""

    def licences(self, request: LicenceRequest) -> tuple[Licence, ...]:
        """Licences of the asked types that the holder has; a type not held is simply absent."""

    def submit(self, submission: Submission) -> Acknowledgement:
        """Hand in. The same id again gives the same acknowledgement and no second case."""

    def case(self, case_no: str, holder: Holder) -> CaseStatus:
        """The state of one case of that holder."""

    def rate(self, rating: Rating) -> None:
        """Hand in a rating; idempotent by id."""

    def report_problem(self, problem: Problem) -> None:
        """Hand in a problem; idempotent by id."""
