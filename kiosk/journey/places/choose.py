"""Which life event? By life cycle, as the annex lists them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from kiosk.catalogue.model import LifeCycle
from kiosk.journey.card_trouble import failed, hindered
from kiosk.journey.effects import Effect
from kiosk.journey.frame import step_page
from kiosk.journey.page import Action, Cards, Choice, Page, Segments, Weight
from kiosk.journey.places import progress
from kiosk.journey.session import Place, Session
from kiosk.journey.signals import Chosen, Pressed, Signal
from kiosk.journey.view import View
from kiosk.journey.way import onward

SEARCH = Place("search")
ICONS = {
    LifeCycle.PERSON: "account",
    LifeCycle.ENTERPRISE: "domain",
    LifeCycle.PROJECT: "city",
}


def page(view: View) -> Page:
    """Three lists and the life events of one of them; above, why a card laid there is not read."""
    events = view.world.catalogue.life_events
    shown = [event for event in events if event.life_cycle is view.session.life_cycle]
    person = view.session.person
    lead = view.say("choose.known", name=person.name) if person else ""
    cycles = tuple(_cycles(view))
    blocks = [Segments("life_cycle", cycles, view.session.life_cycle.value)] if cycles[1:] else []
    cards = tuple(
        Choice(event.slug, view.words(event.name), view.words(event.summary), icon=event.icon)
        for event in shown
    )
    tried = person is None and view.session.trouble is not None
    told = (hindered(view) or failed(view)) if tried else None
    return step_page(
        view,
        view.say("choose.title"),
        *((told,) if told else ()),
        *blocks,
        Cards("life_events", cards),
        lead=lead,
        actions=(
            Action("search", view.say("choose.search"), Weight.PLAIN, icon="magnify"),
            Action("progress", view.say("choose.progress"), Weight.PLAIN, icon="clipboard-text"),
        ),
    )


def _cycles(view: View) -> Iterator[Choice]:
    """Those with life events, and how many these are."""
    counts = Counter(event.life_cycle for event in view.world.catalogue.life_events)
    for cycle in LifeCycle:
        if counts[cycle]:
            name = view.say(f"choose.{cycle.value}")
            title = view.say("choose.life_cycle", name=name, count=counts[cycle])
            yield Choice(cycle.value, title, icon=ICONS[cycle])


def answer(view: View, signal: Signal) -> tuple[Session, tuple[Effect, ...]]:
    """Another list, a life event, or where one's cases stand."""
    match signal:
        case Chosen(block="life_cycle", choice=choice):
            return replace(view.session, life_cycle=LifeCycle(choice)), ()
        case Pressed(action="progress"):
            return progress.reach(view)
        case Pressed(action="search"):
            return view.session.at(SEARCH), ()
        case Pressed(action=slug) if any(
            slug == event.slug for event in view.world.catalogue.life_events
        ):
            return begin(view, slug), ()
    return view.session, ()


def begin(view: View, life_event: str) -> Session:
    """A life event from its first place; what was said of another one is forgotten."""
    chosen = view.session
    if chosen.life_event != life_event or chosen.told_only:
        chosen = replace(
            chosen,
            life_event=life_event,
            licences=None,
            licences_failed=False,
            licences_none=False,
            earlier={},
            visit=None,
            noticed=frozenset(),
            told_only=False,
            answers={},
            typed={},
            entries={},
            groups_done=frozenset(),
            brought=frozenset(),
            promised=frozenset(),
            materials_seen=frozenset(),
        )
    return onward(view.of(chosen))
