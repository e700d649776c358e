"""How a release comes onto a terminal, as a table.

Every row is on the disk before what it stands for is done, or in the same transaction: killed at
any point, the agent reads its row and goes on from there.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum, auto

from fleet.protocol.messages import UpdateState
from kiosk.catalogue.release_rows import AgentRow

LONGEST_REASON = 200  # characters, as the message has it


class Happening(StrEnum):
    """What moves an update on."""

    WANTED = auto()  # the desired release is another than the one in force
    HAD = auto()  # the desired release is in force
    INCOMPLETE = auto()  # something has not arrived yet, or there is no room for it now
    BAD = auto()  # what arrived is not to be believed, or cannot be used here
    VERIFIED = auto()
    MAY_SWITCH = auto()  # the terminal runs, nobody uses it, and the time has come
    PASSED = auto()  # the terminal checked the release and uses it
    FAILED = auto()  # the check found something, or no check came


class Act(StrEnum):
    """How the next row is written: each is one transaction of the release store."""

    RECORD = auto()
    STAGE = auto()
    SWITCH = auto()
    CONFIRM = auto()
    ROLL_BACK = auto()


@dataclass(frozen=True)
class Step:
    """The state that follows and how it is written."""

    state: UpdateState
    act: Act


_CURRENT, _FETCHING, _STAGED = UpdateState.CURRENT, UpdateState.FETCHING, UpdateState.STAGED
_SWITCHED, _REFUSED = UpdateState.SWITCHED, UpdateState.REFUSED
_ROLLED_BACK = UpdateState.ROLLED_BACK
_FETCH, _REST = Step(_FETCHING, Act.RECORD), Step(_CURRENT, Act.CONFIRM)
_REFUSE, _STAGE = Step(_REFUSED, Act.RECORD), Step(_STAGED, Act.STAGE)
_CHECK = Step(_SWITCHED, Act.RECORD)

TABLE: Mapping[tuple[UpdateState, Happening], Step] = {
    (_CURRENT, Happening.WANTED): _FETCH,
    (_CURRENT, Happening.HAD): _REST,
    (_FETCHING, Happening.WANTED): _FETCH,
    (_FETCHING, Happening.HAD): _REST,
    (_FETCHING, Happening.INCOMPLETE): _FETCH,
    (_FETCHING, Happening.BAD): _REFUSE,
    (_FETCHING, Happening.VERIFIED): _STAGE,
    (_REFUSED, Happening.WANTED): _FETCH,
    (_REFUSED, Happening.HAD): _REST,
    (_REFUSED, Happening.INCOMPLETE): _FETCH,  # better pieces are coming in
    (_REFUSED, Happening.BAD): _REFUSE,
    (_REFUSED, Happening.VERIFIED): _STAGE,
    (_STAGED, Happening.WANTED): _FETCH,
    (_STAGED, Happening.HAD): _REST,
    (_STAGED, Happening.MAY_SWITCH): Step(_SWITCHED, Act.SWITCH),
    # A switch is seen to its end before the next is begun.
    (_SWITCHED, Happening.WANTED): _CHECK,
    (_SWITCHED, Happening.HAD): _CHECK,
    (_SWITCHED, Happening.PASSED): Step(_CURRENT, Act.CONFIRM),
    (_SWITCHED, Happening.FAILED): Step(_ROLLED_BACK, Act.ROLL_BACK),
    # The same release again needs a newer desired state.
    (_ROLLED_BACK, Happening.WANTED): _FETCH,
    (_ROLLED_BACK, Happening.HAD): _REST,
}


class NoSuchStep(Exception):
    """The table has no such step; a fault of the program."""


def after(row: AgentRow, happening: Happening, reason: str = "") -> tuple[AgentRow, Act]:
    """The row that follows and how it is written. Raises NoSuchStep.

    WANTED and HAD take up `row.wanted`; everything else is about the release under way.
    """
    step = TABLE.get((UpdateState(row.state), happening))
    if step is None:
        raise NoSuchStep(f"{row.state} has no {happening}")
    takes_up = happening in (Happening.WANTED, Happening.HAD) and step is not _CHECK
    release = row.wanted if takes_up else row.release
    said = replace(row, state=step.state.value, release=release, reason=reason[:LONGEST_REASON])
    return said, step.act


def due(row: AgentRow, active: str | None) -> Happening | None:
    """What the desired release asks for now, apart from what is already being done for it."""
    if row.wanted is None or row.state == _SWITCHED:
        return None
    if row.wanted == active:
        return None if row.state == _CURRENT else Happening.HAD
    if row.state == _CURRENT or row.wanted != row.release:
        return Happening.WANTED
    return None
