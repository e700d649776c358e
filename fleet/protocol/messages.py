"""What is said on the terminals' topics: JSON, one pydantic model for both ends.

Every message has `v`, the version of this schema. A message that does not fit is refused whole by
`read`, which says where and never quotes what it got.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal, TypeVar

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints, ValidationError

LONGEST = 64 * 1024  # bytes of one message; a report has about 1 KB

ReleaseName = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{12}$")]
Count = Annotated[int, Field(ge=0, le=2**53)]  # what JSON and SQLite hold exactly
Short = Annotated[str, StringConstraints(max_length=200)]
Message = TypeVar("Message", bound="Spoken")


class MessageError(ValueError):
    """Bytes that are no message of the kind expected; says which key, never the value."""


class Part(BaseModel):
    """Frozen, and refuses keys that it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Spoken(Part):
    """Anything that is said on a topic."""

    v: Literal[1] = 1

    def to_bytes(self) -> bytes:
        """The message as it goes over the wire."""
        return self.model_dump_json().encode()


class Presence(StrEnum):
    """Whether a terminal is there."""

    ONLINE = "online"
    OFFLINE = "offline"


class Status(Spoken):
    """Birth, and as the last will the death. `boot` is the agent's run, made anew at its start."""

    presence: Presence
    boot: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{32}$")]
    at: AwareDatetime


class UpdateState(StrEnum):
    """Where an agent is with a release; the rows of its table (`fleet/agent/update.py`)."""

    CURRENT = "current"  # has what it should have
    FETCHING = "fetching"  # metadata and pieces are coming in
    STAGED = "staged"  # verified and on the disk, waits for the terminal to be idle
    SWITCHED = "switched"  # active, waits for the terminal's self-check
    REFUSED = "refused"  # will not be taken; `reason` says why
    ROLLED_BACK = "rolled_back"  # was active, failed its self-check, the one before is active


class Update(Part):
    """How far a release has come."""

    state: UpdateState
    release: ReleaseName | None = None
    reason: Short = ""


class DeviceReport(Part):
    """A device in the words of `drivers/status.py`."""

    device: Short
    state: Short
    paper: Short = "unknown"
    cover_open: bool = False


class Report(Spoken):
    """What a terminal has and how it is. Upserts are guarded by `boot` and `sequence`."""

    boot: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{32}$")]
    sequence: Annotated[Count, Field(ge=1)]
    at: AwareDatetime
    release: ReleaseName | None
    update: Update
    terminal_running: bool
    busy: bool
    devices: tuple[DeviceReport, ...] = ()
    waiting: Count = 0


class Desired(Part):
    """What a terminal should have. `number` only ever grows; a smaller one is old and ignored."""

    v: Literal[1] = 1
    bank: str
    terminal: str
    number: Annotated[Count, Field(ge=1)]
    release: ReleaseName
    not_before: AwareDatetime | None = None


class SignedDesired(Spoken):
    """Desired state with the signature of the bank repository's snapshot key.

    `signed` is the JSON text of a Desired; `signature` is over its UTF-8 bytes. The key is the one
    that the newest trusted root gives the snapshot role, so no key of its own has to be carried.
    """

    signed: Annotated[str, StringConstraints(max_length=2000)]
    keyid: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
    signature: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{2,1024}$")]


def read(model: type[Message], payload: bytes) -> Message:
    """A message from the wire. Raises MessageError."""
    if len(payload) > LONGEST:
        raise MessageError(f"{model.__name__}: longer than {LONGEST} bytes")
    try:
        return model.model_validate_json(payload)
    except ValidationError as error:
        keys = {".".join(map(str, problem["loc"])) or "all" for problem in error.errors()}
        raise MessageError(f"{model.__name__}: {', '.join(sorted(keys))} does not fit") from None


def read_desired(text: str) -> Desired:
    """The desired state inside a signed one, once its signature was checked."""
    try:
        return Desired.model_validate_json(text)
    except ValidationError as error:
        keys = {".".join(map(str, problem["loc"])) or "all" for problem in error.errors()}
        raise MessageError(f"Desired: {', '.join(sorted(keys))} does not fit") from None
