"""One session seen through the world: its words, its guidance, its form. Made anew each step."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cached_property

from kiosk.access.profile import Language
from kiosk.catalogue.form import Evidence, Form, fill
from kiosk.catalogue.guidance import Guidance
from kiosk.catalogue.hours import Service, Timetable
from kiosk.catalogue.model import Handling, LifeEvent, Material, Matter, Text
from kiosk.gateway.port import Licence, Visit
from kiosk.identity.person import Person
from kiosk.journey.session import Session
from kiosk.journey.world import Moment, World


class View:
    """What a place needs to draw a page or answer a signal."""

    def __init__(self, world: World, session: Session, moment: Moment) -> None:
        self.world = world
        self.session = session
        self.moment = moment

    def of(self, session: Session) -> View:
        """What the same world is to this session, at the same moment."""
        return View(self.world, session, self.moment)

    @property
    def language(self) -> Language:
        """The language of the session."""
        return self.session.profile.language

    def say(self, key: str, **places: object) -> str:
        """A phrase in the language of the session."""
        phrases = self.world.phrases
        say = phrases.plain if self.session.profile.care else phrases.text
        return say(self.language, key, **places)

    def words(self, text: Text) -> str:
        """A text of the catalogue in the language of the session, or what stands in for it."""
        return text.in_(self.world.phrases.languages.nearest(self.language, text.LANGUAGES))

    def patient(self, seconds: int, most: int | None = None) -> int:
        """A time-out for this citizen, `most` at the most where that is longer than `seconds`."""
        longer = seconds * self.session.profile.patience
        return longer if most is None else max(seconds, min(longer, most))

    @property
    def today(self) -> date:
        """The day of this step."""
        return self.moment.now.date()

    @cached_property
    def guidance(self) -> Guidance:
        """The chosen life event; KeyError before one is chosen."""
        return self.world.guidance(self.session.life_event, self.today)

    @property
    def event(self) -> LifeEvent:
        """The chosen life event's record."""
        return self.guidance.event

    @property
    def answers(self) -> Mapping[str, str]:
        """The answers that count: of questions still asked, with options still offered.

        An answer given on another way through the questions stays in the session and decides
        nothing.
        """
        return self._counting[0]

    @property
    def form(self) -> Form:
        """The one form as it stands."""
        return self._counting[1]

    @cached_property
    def _counting(self) -> tuple[Mapping[str, str], Form]:
        """The answers that count, and the form that they lead to."""
        said = dict(self.session.answers)
        form = fill(self.guidance, self._evidence(said))
        for _ in range(len(said) + 1):
            kept = self.guidance.counting(form.facts)
            if kept == said:
                break
            said, form = kept, fill(self.guidance, self._evidence(kept))
        return said, form

    @cached_property
    def evidence(self) -> Evidence:
        """What the form is filled from."""
        return self._evidence(self.answers)

    def _evidence(self, answers: Mapping[str, str]) -> Evidence:
        return Evidence(
            card=_card(self.session.person),
            licences=_licences(self.session.licences or ()),
            typed=self.session.typed,
            answers=answers,
            today=self.today,
            earlier=self.session.earlier,
            entries=self.session.entries,
        )

    @property
    def handling(self) -> Handling:
        """How the chosen life event ends here, as far as its answers go."""
        if self.session.told_only:
            return Handling.INFORM
        return self.guidance.handling(self.form.facts)

    @cached_property
    def materials(self) -> tuple[Material, ...]:
        """Materials that the applying matters ask for."""
        return self.guidance.materials(self.form.facts)

    @cached_property
    def matters(self) -> tuple[Matter, ...]:
        """Matters that apply."""
        return self.guidance.matters(self.form.facts)

    @cached_property
    def handed_in(self) -> tuple[Matter, ...]:
        """Matters that apply and are filled in here."""
        return () if self.session.told_only else self.guidance.handed_in(self.form.facts)

    @property
    def visit(self) -> Visit | None:
        """The half day that was chosen, as long as something is booked."""
        booked = any(self.guidance.here(matter) is Handling.BOOK for matter in self.handed_in)
        return self.session.visit if booked else None

    @property
    def to_bring(self) -> tuple[Material, ...]:
        """Materials on paper."""
        return tuple(m for m in self.materials if not self.guidance.exempt(m, self.form.facts))

    @property
    def counts_from(self) -> date | None:
        """The day from which limits count when the site is open beyond office hours (5+X)."""
        point = self.world.catalogue.service_points.get(self.world.site.point)
        if point is None or point.opening is None:
            return None
        timetable = Timetable(point.opening, self.world.is_working_day)
        if timetable.service_at(self.moment.now) is not Service.EXTENDED:
            return None
        return timetable.limit_counts_from(self.moment.now)

    @property
    def taken_here(self) -> tuple[Material, ...]:
        """Materials on paper for what is handed in here."""
        slugs = {matter.slug for matter in self.handed_in}
        return tuple(m for m in self.to_bring if slugs & set(m.matters))

    @property
    def promised(self) -> tuple[Material, ...]:
        """Materials for which a promise (告知承诺) stands; it is signed before it is handed in."""
        return tuple(m for m in self.taken_here if m.slug in self.session.promised)

    @property
    def exempt(self) -> tuple[Material, ...]:
        """Materials that need not be brought."""
        return tuple(m for m in self.materials if self.guidance.exempt(m, self.form.facts))

    def licence(self, kind: str) -> Licence | None:
        """The citizen's licence of a type, if the platform gave one."""
        return next((x for x in self.session.licences or () if x.type == kind), None)


def _card(person: Person | None) -> Mapping[str, str]:
    if person is None:
        return {}
    return {
        "name": person.name,
        "sex": person.sex.value,
        "nation": person.nation,
        "birth": person.birth.isoformat(),
        "address": person.address,
        "number": person.number,
    }


def _licences(licences: tuple[Licence, ...]) -> Mapping[str, Mapping[str, str]]:
    return {licence.type: licence.fields for licence in licences}
