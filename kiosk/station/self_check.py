"""Whether a terminal can serve with a catalogue: its pages are made before a citizen sees them."""

from __future__ import annotations

from dataclasses import replace

from kiosk.access.profile import Profile
from kiosk.journey.session import Place, Session
from kiosk.journey.signals import Pressed
from kiosk.journey.step import show, step
from kiosk.journey.world import Moment, World


class CheckFailed(Exception):
    """A page cannot be made; says of which life event, and nothing of a citizen."""


def check_pages(world: World, moment: Moment) -> None:
    """Make what every life event shows first, in every language; raises CheckFailed.

    Conditions are decided, the form is filled from nothing, and the notice is laid out.
    """
    for event in world.catalogue.life_events:
        for language in world.phrases.languages:
            session = Session(
                id=moment.fresh_id,
                place=Place("choose"),
                profile=Profile(language=language),
                life_cycle=event.life_cycle,
            )
            try:
                chosen = step(world, session, Pressed("choose", event.slug), moment).session
                show(world, replace(chosen, place=Place("notice")), moment)
            except Exception as error:  # whatever is wrong with a release, the terminal
                # goes on with the one it has.
                raise CheckFailed(f"life_event/{event.slug}: {type(error).__name__}") from error
            if chosen.life_event != event.slug:
                raise CheckFailed(f"life_event/{event.slug}: cannot be chosen")
