"""What a terminal asks of the platform (一网通办), whichever city runs it.

Every call blocks for at most the client's time-out and raises one of two errors:
`GatewayUnavailable` (try again later, nothing is known) or `GatewayRefused` (final).
Field names follow GB/T 39046-2020 and the national exchange tables; `docs/gateway.md` maps them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol

from kiosk.identity.person import Person


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

    @classmethod
    def of(cls, person: Person) -> Holder:
        """Whom a card names."""
        return cls(person.document_type.value, person.number, person.name)

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
    """A query with the citizen's consent. `purpose` at most 200 characters (seed 003, 用证安全).

    `elements`: data elements whose values of earlier cases (一人一档) are asked for as well.
    """

    holder: Holder
    types: tuple[str, ...]
    purpose: str
    consent_at: datetime
    elements: tuple[str, ...] = ()


class DayPart(StrEnum):
    """Half a working day."""

    MORNING = "morning"
    AFTERNOON = "afternoon"


@dataclass(frozen=True)
class Visit:
    """When the citizen comes in person: to be identified, photographed, to sign."""

    day: date
    part: DayPart


@dataclass(frozen=True)
class MaterialEntry:
    """How one material (材料) was dealt with.

    `way`: `generated`; `licence` (its identifier in `licence`); `counter`, a paper left with the
    branch; `later`, a paper without which the matter does not begin; `deferred` (容缺), a paper
    that may follow until `due`; `commitment` (告知承诺), a promise that stands for it.
    """

    material: str
    way: str
    licence: str = ""
    due: date | None = None


class SignedBy(StrEnum):
    """How somebody signed (签名)."""

    HAND = "hand"  # strokes on the glass
    CARD = "card"  # the same document laid once more, and confirmed: for who cannot write there


@dataclass(frozen=True)
class Signature:
    """A signature under what was promised. `strokes`: points from 0 to 1000 of the area signed."""

    by: SignedBy
    strokes: tuple[tuple[tuple[int, int], ...], ...] = field(default=(), repr=False)


@dataclass(frozen=True)
class Submission:
    """One life event handed in: everything the departments get, once.

    `id` is the idempotency key. `values` maps data elements to what was filled in, `answers`
    the guidance questions to their answers. `catalogue` names the release it began with. `visit`
    is asked for where a matter needs the citizen in person; the platform may refuse it.
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
    visit: Visit | None = None
    signature: Signature | None = None

    def __repr__(self) -> str:
        """Says nothing personal."""
        return f"Submission({self.id})"


@dataclass(frozen=True)
class MatterProgress:
    """One matter of a case: who has it, until when (None: no limit published), how far it is.

    `appointment` is the number of the visit booked for it, empty where none was.
    """

    matter: str
    name: str
    department: str
    due: date | None
    state: str
    appointment: str = ""


@dataclass(frozen=True)
class Acknowledgement:
    """The platform's word that it has the submission."""

    case_no: str
    accepted_at: datetime
    matters: tuple[MatterProgress, ...]


@dataclass(frozen=True)
class CaseStatus:
    """Where a case (办件) stands.

    `missing` names every material that is still to come, all at once (一次性告知补正);
    `missing_until` the day until which.
    """

    case_no: str
    life_event: str
    state: str
    matters: tuple[MatterProgress, ...]
    accepted_at: datetime | None = None
    visit: Visit | None = None
    missing: tuple[str, ...] = ()
    missing_until: date | None = None


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

    def earlier(self, request: LicenceRequest) -> Mapping[str, str]:
        """What the holder's earlier cases said of `request.elements`; one unknown is absent."""

    def submit(self, submission: Submission) -> Acknowledgement:
        """Hand in. The same id again gives the same acknowledgement and no second case."""

    def case(self, case_no: str, holder: Holder) -> CaseStatus:
        """The state of one case of that holder."""

    def cases(self, holder: Holder) -> tuple[CaseStatus, ...]:
        """The holder's cases, the newest first, at most 20."""

    def rate(self, rating: Rating) -> None:
        """Hand in a rating; idempotent by id."""

    def report_problem(self, problem: Problem) -> None:
        """Hand in a problem; idempotent by id."""
