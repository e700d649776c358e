"""The life of an item in the outbox, as a table.

    waiting → sending → acknowledged
                      ↘ refused → closed
                      ↘ damaged → closed

An item found in `sending` by somebody who is not sending it was cut off, by a power cut or a full
disk; nobody knows whether the platform has it, so it is sent again with the same id.
"""

from __future__ import annotations

from enum import StrEnum


class State(StrEnum):
    """Where an item stands."""

    WAITING = "waiting"
    SENDING = "sending"
    ACKNOWLEDGED = "acknowledged"  # the platform has it; its content is gone from here
    REFUSED = "refused"  # the platform said no; content kept sealed for staff
    DAMAGED = "damaged"  # cannot be unsealed or read; bytes kept for staff
    CLOSED = "closed"  # refused or damaged, since dealt with or expired; content gone


class Event(StrEnum):
    """What happens to an item."""

    SEND = "send"
    NO_ANSWER = "no_answer"
    ACKNOWLEDGE = "acknowledge"
    REFUSE = "refuse"
    FIND_DAMAGED = "find_damaged"
    CLOSE = "close"


TRANSITIONS: dict[tuple[State, Event], State] = {
    (State.WAITING, Event.SEND): State.SENDING,
    (State.SENDING, Event.SEND): State.SENDING,
    (State.WAITING, Event.FIND_DAMAGED): State.DAMAGED,
    (State.SENDING, Event.FIND_DAMAGED): State.DAMAGED,
    (State.SENDING, Event.NO_ANSWER): State.WAITING,
    (State.SENDING, Event.ACKNOWLEDGE): State.ACKNOWLEDGED,
    (State.SENDING, Event.REFUSE): State.REFUSED,
    (State.REFUSED, Event.CLOSE): State.CLOSED,
    (State.DAMAGED, Event.CLOSE): State.CLOSED,
}

UNDELIVERED = (State.WAITING, State.SENDING)
SET_ASIDE = (State.REFUSED, State.DAMAGED)
EMPTIED = (State.ACKNOWLEDGED, State.CLOSED)


class ForbiddenTransition(Exception):
    """An event that cannot happen to an item in its state."""


def after(state: State, event: Event) -> State:
    """The state that follows. Raises ForbiddenTransition."""
    try:
        return TRANSITIONS[state, event]
    except KeyError:
        raise ForbiddenTransition(f"{event.value} cannot happen to an item {state.value}") from None
