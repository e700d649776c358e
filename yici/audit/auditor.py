"""Looks at situations in one profile after another, with all that the rules want to know."""

from __future__ import annotations

from dataclasses import replace

from kiosk.access.profile import Profile
from kiosk.journey.session import IDLE_WARNING
from kiosk.journey.signals import IdleWarned, Pressed
from kiosk.journey.step import step
from kiosk.journey.world import World
from screens.audit.drawing import Drawing
from screens.audit.drawn import DrawnPage
from screens.audit.photography import Photography
from screens.audit.targets import EVERYWHERE
from screens.audit.timing import EXTENSIONS
from yici.audit.visitor import Situation

REFERENCE = "consent"  # a page with every one of the actions that are on all pages, and no more

Places = dict[str, tuple[float, float]]


class Auditor:
    """Draws with `drawing`, and compares places with those of a page of `situations`."""

    def __init__(self, world: World, drawing: Drawing, situations: tuple[Situation, ...]) -> None:
        self._world = world
        self._drawing = drawing
        self._reference = next((s for s in situations if s.page.id == REFERENCE), None)
        self._usual: dict[Profile, Places] = {}
        self._warned: set[str] = set()

    def look(
        self, situation: Situation, profile: Profile, *, keys: bool = False
    ) -> tuple[DrawnPage, ...]:
        """The page drawn, and with `keys` walked, and with the other faces of its keyboard."""
        page = situation.seen_by(self._world, profile)
        drawn = self._drawing.page(page, profile, keys=keys)
        others = self._drawing.states(page, profile) if keys else ()
        whole = replace(drawn, usual=self._places(profile), extensions=self._extensions(situation))
        return (whole, *others)

    def photograph(
        self, situation: Situation, profile: Profile, photography: Photography
    ) -> DrawnPage:
        """The page through the window, with its pixels."""
        return photography.page(situation.seen_by(self._world, profile), profile)

    def _places(self, profile: Profile) -> Places:
        """Where Back, help and the like are in this profile."""
        if self._reference is None:
            return {}
        if profile not in self._usual:
            page = self._reference.seen_by(self._world, profile)
            drawn = self._drawing.page(page, profile)
            self._usual[profile] = {
                target.name: target.box.centre
                for _, _, target in drawn.targets()
                if target.name in EVERYWHERE
            }
        return self._usual[profile]

    def _extensions(self, situation: Situation) -> int | None:
        """How often a warning was answered and nothing lost; asked once of every place."""
        session = situation.session
        place = (session.over or session.place).name
        if place in self._warned or session.over == IDLE_WARNING:
            return None
        self._warned.add(place)
        now = session
        for count in range(EXTENSIONS):
            now = step(self._world, now, IdleWarned(), situation.moment).session
            if now.over != IDLE_WARNING:
                return None if now == session else count  # ends by itself, or nobody is there
            stay = Pressed(IDLE_WARNING.id, "stay")
            now = step(self._world, now, stay, situation.moment).session
            if now != session:
                return count
        return EXTENSIONS
