"""What a terminal can truthfully say of a submission once it was handed in."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.gateway.port import Acknowledgement


@dataclass(frozen=True)
class HandedIn:
    """The platform has it."""

    acknowledgement: Acknowledgement


@dataclass(frozen=True)
class Waiting:
    """It is safe in the outbox and will be delivered; whether the platform has it is unknown."""

    provisional_no: str


@dataclass(frozen=True)
class Refused:
    """The platform will not have it. `reason` is its own sentence, for the citizen alone."""

    code: str
    reason: str

    def __repr__(self) -> str:
        """Says nothing personal."""
        return f"Refused({self.code})"


@dataclass(frozen=True)
class LateAcknowledgement:
    """A submission that had been answered with Waiting has arrived."""

    submission: str
    provisional_no: str
    acknowledgement: Acknowledgement


Answer = HandedIn | Waiting | Refused
