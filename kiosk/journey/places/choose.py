"""Which life event? By life cycle, as the annex lists them."""

from __future__ import annotations

from dataclasses import replace

from kiosk.catalogue.model import LifeCycle
from kiosk.journey.frame import step_page
from kiosk.journey.page import Cards, Choice, Page, Segments
from kiosk.journey.session import Session
from kiosk.journey.signals import Chosen, Pressed, Signal
from kiosk.journey.view import View
from kiosk.journey.way import onward

ICONS = {
    LifeCycle.PERSON: "account",
    LifeCycle.ENTERPRISE: "domain",
    LifeCycle.PROJECT: "city",
}


def page(view: View) -> Page:
    """Three lists and the life events of one of them."""
    events = view.world.catalogue.life_events
    shown = [event for event in events if event.life_cycle is view.session.life_cycle]
    counts = {cycle: sum(e.life_cycle is cycle for e in events) for cycle in LifeCycle}
    person = view.session.person
    lead = view.say("choose.known", name=person.name) if person else ""
    cycles = tuple(
        Choice(
            cycle.value, f"{view.say(f'choose.{cycle.value}')} {counts[cycle]}", icon=ICONS[cycle]
        )
        for cycle in LifeCycle
        if counts[cycle]
    )
    blocks = [Segments("life_cycle", cycles, view.session.life_cycle.value)] if cycles[1:] else []
    cards = tuple(
        Choice(event.slug, view.words(event.name), view.words(event.summary), icon=event.icon)
        for event in shown
    )
    return step_page(
        view, view.say("choose.title"), *blocks, Cards("life_events", cards), lead=lead
    )


def answer(view: View, signal: Signal) -> tuple[Session, tuple[()]]:
    """Another list, or a life event."""
    match signal:
        case Chosen(block="life_cycle", choice=choice):
            return replace(view.session, life_cycle=LifeCycle(choice)), ()
        case Pressed(action=slug) if any(
            slug == event.slug for event in view.world.catalogue.life_events
        ):
            chosen = view.session
            if chosen.life_event != slug:
                chosen = replace(
                    chosen,
                    life_event=slug,
                    licences=None,
                    licences_failed=False,
                    earlier={},
                    visit=None,
                    answers={},
                    typed={},
                    entries={},
                    groups_done=frozenset(),
                    brought=frozenset(),
                    promised=frozenset(),
                    materials_seen=frozenset(),
                )
            return onward(View(view.world, chosen, view.moment)), ()
    return view.session, ()
