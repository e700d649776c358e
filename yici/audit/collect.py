"""All situations of the audit: the pages of all life events, and those of none or of all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from drivers.simulators import people
from kiosk.gateway.sandbox.licences import LicenceRegister, load_register
from kiosk.identity.person import Person
from kiosk.journey.world import Moment, World
from kiosk.station.devices import person
from yici.audit import everywhere
from yici.audit.life_events import Explorer, seeded
from yici.audit.pages import distinct
from yici.audit.visitor import Situation, Visitor
from yici.journey.invented import Inventor


class Unreached(LookupError):
    """A walk did not come to where it had to; says which life event and where."""


class Collector:
    """Walks in one world. `sandbox`: the folder of the invented people and their licences."""

    def __init__(self, world: World, sandbox: Path, now: datetime) -> None:
        self._world = world
        self._now = now
        self._register: LicenceRegister = load_register(
            sandbox / "people.yaml", sandbox / "licence_types.yaml", now.date()
        )
        self._people = tuple(_valid(sandbox / "people.yaml", now.date()))

    def collect(self, life_events: Iterable[str] = ()) -> tuple[Situation, ...]:
        """One of all situations that look alike. `life_events`: slugs, all when there are none.

        Raises Unreached when an answer to a question is never given, or no walk comes to an end.
        """
        wanted = set(life_events)
        events = self._world.catalogue.life_events
        slugs = [event.slug for event in events if not wanted or event.slug in wanted]
        found = [one for slug in slugs for one in self.life_event(slug)]
        if not wanted:
            found += everywhere.everywhere(self._unanswered)
            found += everywhere.handed_in(self._at_check(found), self._unanswered)
        return distinct(found)

    def life_event(self, slug: str) -> Iterator[Situation]:
        """All situations of one life event."""
        inventor = Inventor(self._world.catalogue, self._now.date(), seeded(slug))
        explorer = Explorer(slug, lambda walk: self._visitor(slug, walk), inventor)
        yield from explorer.explore()
        if explorer.left() or not explorer.ended:
            raise Unreached(f"{slug}: never answered {explorer.left()}, ended {explorer.ended}")

    def _visitor(self, slug: str, walk: int) -> Visitor:
        """Somebody else at every walk, for they hold different licences."""
        who = self._people[walk % len(self._people)]
        return Visitor(self._world, who, self._register, Moment(self._now, f"{slug}-{walk}"), slug)

    def _unanswered(self) -> Visitor:
        visitor = self._visitor("", 0)
        return replace(visitor, answering=False, situations=[], effects=[])

    def _at_check(self, found: Iterable[Situation]) -> Situation:
        for one in found:
            if one.page.id == "check" and one.of == everywhere.EXAMPLE and not one.session.promised:
                return one
        raise Unreached(f"{everywhere.EXAMPLE}: no walk came to the check page")


def _valid(file: Path, today: date) -> Iterator[Person]:
    """The invented people whose cards have not run out."""
    for one in people.load(file):
        if one.card.valid_to is None or one.card.valid_to >= today:
            yield person(one.card)
