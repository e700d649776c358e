"""`step(world, session, signal, moment)`: one signal in; session, page and effects out.

What every page answers alike is here: language, text size, help, leaving, idle time, devices.
The rest is the place's own module (`PLACES`). A signal of a page no longer shown is dropped.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from kiosk.access.profile import TextSize
from kiosk.journey import adjusting, card, code
from kiosk.journey.effects import Effect
from kiosk.journey.page import Page
from kiosk.journey.places import PLACES
from kiosk.journey.session import IDLE, IDLE_WARNING, Place, Session
from kiosk.journey.signals import (
    Adjusted,
    CardFailed,
    CardLaid,
    CardRead,
    CardRemoved,
    Chosen,
    CodeShown,
    DeviceChanged,
    DeviceHealth,
    Edited,
    HeadphonesChanged,
    IdleWarned,
    Pressed,
    Signal,
    Signed,
    TimeUp,
)
from kiosk.journey.view import View
from kiosk.journey.world import Moment, World

LEAVE = Place("leave")
HELP = Place("help")
PROBLEM = Place("problem")
EASE = Place("ease")

# Places that end by themselves.
NOT_WATCHED = frozenset({"goodbye", "broken", "done", "told"})


@dataclass(frozen=True)
class Step:
    """What a signal led to. `wants_card`, `wants_code`: card or code may be read now."""

    session: Session
    page: Page
    effects: tuple[Effect, ...]
    wants_card: bool
    wants_code: bool = False


def step(world: World, session: Session, signal: Signal, moment: Moment) -> Step:
    """One step. Pure: the same arguments give the same answer."""
    after, effects = _answer(View(world, session, moment), signal)
    return show(world, after, moment, effects)


def show(world: World, session: Session, moment: Moment, effects: tuple[Effect, ...] = ()) -> Step:
    """The page of a session as it is."""
    view = View(world, session, moment)
    place = session.over or session.place
    page = PLACES[place.name].page(view)
    return Step(session, page, effects, card.wanted(session), code.wanted(session))


Answer = tuple[Session, tuple[Effect, ...]]


def _answer(view: View, signal: Signal) -> Answer:
    session = view.session
    shown = session.over or session.place
    match signal:
        case Pressed() | Chosen() | Edited() | Signed() | TimeUp() if signal.page != shown.id:
            return session, ()
        case Pressed(action=action) if action in EVERYWHERE:
            offered = any(a.id == action for a in PLACES[shown.name].page(view).actions)
            return (EVERYWHERE[action](view) if offered else session), ()
        case Pressed() | Chosen() | Edited() | Signed() | TimeUp():
            return PLACES[shown.name].answer(view, signal)
        case CardLaid() | CardRead() | CardFailed() | CardRemoved():
            return card.answer(view, signal)
        case CodeShown():
            return code.answer(view, signal)
        case DeviceChanged():
            return _device(session, signal), ()
        case Adjusted(adjustment=adjustment):
            return adjusting.adjusted(session, adjustment), ()
        case HeadphonesChanged(plugged=plugged):
            return adjusting.heard_by(session, plugged=plugged), ()
        case IdleWarned():
            return _idle(session)
    # What the platform or the printer answers belongs to the place, whatever stands in front.
    return PLACES[session.place.name].answer(view, signal)


def _idle(session: Session) -> Answer:
    if session.place == IDLE:  # whoever changed the language of the idle picture has left
        return adjusting.as_usual(session), ()
    if session.place.name in NOT_WATCHED and session.over is None:
        return session, ()
    covered = session.covered if session.over == IDLE_WARNING else session.over
    return replace(session, over=IDLE_WARNING, covered=covered), ()


def _device(session: Session, change: DeviceChanged) -> Session:
    session = replace(session, health={**session.health, change.device: change.health})
    # A lost reader says nothing of the card on it: that is known when it is back.
    if change.device == "id_card" and change.health is DeviceHealth.LOST:
        waiting = session.waiting and session.person is not None
        return replace(session, waiting=waiting)
    return session


def _text_size(view: View) -> Session:
    steps = list(TextSize)
    now = steps.index(view.session.profile.text)
    return _with(view, text=steps[(now + 1) % len(steps)])


def _language(view: View) -> Session:
    return _with(view, language=view.world.phrases.languages.after(view.language))


def _with(view: View, **changes: object) -> Session:
    profile = replace(view.session.profile, **changes)  # type: ignore[arg-type]
    return replace(view.session, profile=profile)


def _over(place: Place) -> Callable[[View], Session]:
    return lambda view: replace(view.session, over=place)


EVERYWHERE: dict[str, Callable[[View], Session]] = {
    "text_size": _text_size,
    "language": _language,
    "ease": _over(EASE),
    "help": _over(HELP),
    "problem": _over(PROBLEM),
    "leave": _over(LEAVE),
    "back": lambda view: view.session.back(),
}


def fresh(session_id: str, before: Session | None = None) -> Session:
    """An idle session. Of the one before it stays known how the devices are, which is not
    personal, whether headphones are in, and whether a card still lies on the reader, which is
    then somebody else's.
    """
    if before is None:
        return Session(id=session_id)
    after = Session(
        id=session_id,
        health=dict(before.health),
        card_on_reader=before.card_on_reader,
        card_left=before.card_on_reader,
    )
    return adjusting.heard_by(after, plugged=before.headphones)
