"""What a step asks the station to do. Effects are data; the station runs them in order."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.documents.receipt import Receipt
from kiosk.gateway.port import Holder, LicenceRequest, Problem, Rating, Submission


@dataclass(frozen=True)
class QueryLicences:
    """Ask the platform for the citizen's licences, with the consent given."""

    request: LicenceRequest


@dataclass(frozen=True)
class QueryCases:
    """Ask the platform where the citizen's cases stand: CasesFound or CasesUnavailable."""

    holder: Holder


@dataclass(frozen=True)
class Submit:
    """Write it to the outbox, then send it. Comes back as Submitted, Kept or SubmissionRefused."""

    submission: Submission


@dataclass(frozen=True)
class SendRating:
    """Leave a rating in the outbox; nothing comes back."""

    rating: Rating


@dataclass(frozen=True)
class ReportProblem:
    """Leave a problem (办不成事) in the outbox; nothing comes back."""

    problem: Problem


@dataclass(frozen=True)
class PrintReceipt:
    """Print; comes back as PrintFinished with the same job id."""

    job: str
    receipt: Receipt


@dataclass(frozen=True)
class EndSession:
    """Forget everything of this session."""


Effect = (
    QueryLicences | QueryCases | Submit | SendRating | ReportProblem | PrintReceipt | EndSession
)
