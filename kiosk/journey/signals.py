"""What can happen to a session: touches, devices, the platform, time.

Results carry the session they were asked for; the station drops those of another session
before a step sees them, so nothing of one citizen reaches the next.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from kiosk.gateway.port import Acknowledgement, CaseStatus, Licence
from kiosk.identity.payloads import Payload
from kiosk.identity.person import Person
from kiosk.journey.page import Strokes


@dataclass(frozen=True)
class Pressed:
    """A button, card or row action was touched or selected by keypad."""

    page: str
    action: str


@dataclass(frozen=True)
class Chosen:
    """A choice of a block was marked."""

    page: str
    block: str
    choice: str


@dataclass(frozen=True)
class Edited:
    """The text of a field changed; compositions in progress are not signals."""

    page: str
    field: str
    text: str

    def __repr__(self) -> str:
        """Says nothing of the text."""
        return f"Edited({self.page}, {self.field})"


@dataclass(frozen=True)
class Signed:
    """What a signature consists of now: strokes of points from 0 to 1000; none once cleared."""

    page: str
    block: str
    strokes: Strokes

    def __repr__(self) -> str:
        """Says nothing of the strokes."""
        return f"Signed({self.page}, {self.block})"


@dataclass(frozen=True)
class CardLaid:
    """A card was found on the reader; where one is wanted, reading has begun.

    `unseen`: it lay there already when the reader came up.
    """

    unseen: bool = False


@dataclass(frozen=True)
class CardRead:
    """The card was read whole and its checks hold."""

    person: Person


@dataclass(frozen=True)
class CardRemoved:
    """The card left the reader."""


class CardTrouble(StrEnum):
    """Why a card gave no person; each has a phrase `identify.trouble.<value>`."""

    REMOVED = "removed"  # taken away while being read
    UNREADABLE = "unreadable"  # check bytes wrong, read failed
    UNKNOWN_TYPE = "unknown_type"  # not a document this terminal knows
    INVALID = "invalid"  # contents contradict each other (check digit, dates)
    EXPIRED = "expired"  # past its last day of validity


@dataclass(frozen=True)
class CardFailed:
    """The card could not be used."""

    trouble: CardTrouble


@dataclass(frozen=True)
class CodeShown:
    """A code was shown to the scanner; what it says is in the form of its kind, and no more."""

    payload: Payload


class DeviceHealth(StrEnum):
    """A device as the citizen is told of it."""

    READY = "ready"
    LOST = "lost"  # absent, faulted, or waiting to be tried again
    PAPER_OUT = "paper_out"
    COVER_OPEN = "cover_open"
    UNKNOWN = "unknown"  # no answer: never taken for ready


@dataclass(frozen=True)
class DeviceChanged:
    """A device was lost, came back or wants paper. `device`: its kind, `id_card` for example."""

    device: str
    health: DeviceHealth


@dataclass(frozen=True)
class LicencesFound:
    """The platform answered which electronic licences (电子证照) the citizen has.

    `earlier` are values of earlier cases by data element.
    """

    licences: tuple[Licence, ...]
    earlier: Mapping[str, str] = field(default_factory=dict)

    def __repr__(self) -> str:
        """Says nothing personal."""
        return f"LicencesFound({len(self.licences)})"


@dataclass(frozen=True)
class CasesFound:
    """The platform's answer on the citizen's cases (查进度)."""

    cases: tuple[CaseStatus, ...]

    def __repr__(self) -> str:
        """Says how many."""
        return f"CasesFound({len(self.cases)})"


@dataclass(frozen=True)
class CasesUnavailable:
    """The platform could not be asked."""


@dataclass(frozen=True)
class LicencesUnavailable:
    """The platform could not be asked; the form is filled by hand instead."""


@dataclass(frozen=True)
class Submitted:
    """The platform has the submission and gave it a case number."""

    submission: str
    acknowledgement: Acknowledgement


@dataclass(frozen=True)
class Kept:
    """The platform is out of reach; the submission waits in the outbox under this number."""

    submission: str
    provisional_no: str


@dataclass(frozen=True)
class SubmissionRefused:
    """The platform will not have the submission as it is; `reason` is its own sentence.

    An empty reason: the terminal itself could not keep it, so it was never sent.
    """

    submission: str
    reason: str


class PrintOutcome(StrEnum):
    """What is known of a print-out. Sent is not printed."""

    SENT = "sent"  # bytes went out and the printer then reported paper and no error
    UNKNOWN = "unknown"  # bytes went out, the printer said nothing afterwards
    PAPER_OUT = "paper_out"
    COVER_OPEN = "cover_open"
    FAILED = "failed"


@dataclass(frozen=True)
class PrintFinished:
    """A print effect came to its end. `job` is the id given in the effect."""

    job: str
    outcome: PrintOutcome


class Adjustment(StrEnum):
    """A change of the profile that a key asks for, on whatever page."""

    LOUDER = "louder"
    SOFTER = "softer"
    FASTER = "faster"
    SLOWER = "slower"
    SPEECH = "speech"  # on, or off
    CURTAIN = "curtain"  # before the glass, or away from it
    SWITCH = "switch"  # a lone switch was pressed: let the ring move by itself
    SWITCHES = "switches"  # one of two was pressed: it moves the ring


@dataclass(frozen=True)
class Adjusted:
    """A key of the keypad changed how the terminal is used."""

    adjustment: Adjustment


@dataclass(frozen=True)
class HeadphonesChanged:
    """Headphones were plugged in or pulled; a keypad that is gone counts as pulled."""

    plugged: bool


@dataclass(frozen=True)
class IdleWarned:
    """Nobody touched anything for the time the settings give."""


@dataclass(frozen=True)
class TimeUp:
    """The count-down of the page came to its end."""

    page: str


Signal = (
    Pressed
    | Chosen
    | Edited
    | Signed
    | CardLaid
    | CardRead
    | CardRemoved
    | CardFailed
    | CodeShown
    | DeviceChanged
    | LicencesFound
    | LicencesUnavailable
    | CasesFound
    | CasesUnavailable
    | Submitted
    | Kept
    | SubmissionRefused
    | PrintFinished
    | Adjusted
    | HeadphonesChanged
    | IdleWarned
    | TimeUp
)
