"""A visitor without a window: walks the journey by its pure steps and keeps what was seen.

Behind the visitor stand a platform that knows the invented people and a printer that prints.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta
from itertools import count

from kiosk.access.profile import Profile
from kiosk.gateway.port import Acknowledgement, Licence, MatterProgress
from kiosk.gateway.sandbox.licences import LicenceRegister
from kiosk.identity.person import Person
from kiosk.journey.effects import (
    Effect,
    EndSession,
    PrintReceipt,
    QueryCases,
    QueryLicences,
    Submit,
)
from kiosk.journey.page import Block, Page, Weight
from kiosk.journey.session import Session
from kiosk.journey.signals import (
    CasesFound,
    Chosen,
    Edited,
    LicencesFound,
    Pressed,
    PrintFinished,
    PrintOutcome,
    Signal,
    Submitted,
)
from kiosk.journey.step import fresh, show, step
from kiosk.journey.world import Moment, World

CASE_NO = "43990020261122000018"
DUE = timedelta(days=7)


@dataclass(frozen=True)
class Situation:
    """Where a session stood, and its page then; `of`: the life event.

    The page can be had as anybody else would see it, for steps are pure.
    """

    page: Page
    session: Session
    moment: Moment
    of: str = ""

    def seen_by(self, world: World, profile: Profile) -> Page:
        """The page as this profile has it."""
        return show(world, replace(self.session, profile=profile), self.moment).page


@dataclass
class Visitor:
    """One person at one terminal. `answering`: False where platform and printer say nothing."""

    world: World
    person: Person
    register: LicenceRegister
    moment: Moment
    of: str = ""
    answering: bool = True
    situations: list[Situation] = field(default_factory=list)
    effects: list[Effect] = field(default_factory=list)
    session: Session = field(init=False)
    page: Page = field(init=False)
    _ids: Callable[[], str] = field(init=False)

    def __post_init__(self) -> None:
        """Stand before the idle picture."""
        numbers = count(1)
        self._ids = lambda: f"{self.moment.fresh_id}-{next(numbers):04d}"
        self.session = fresh(self._ids())
        self._look(show(self.world, self.session, self.moment).page)

    def _look(self, page: Page) -> None:
        self.page = page
        self.situations.append(Situation(page, self.session, self.moment, self.of))

    def send(self, signal: Signal) -> None:
        """One signal, and what comes back of the effects it has."""
        moment = replace(self.moment, fresh_id=self._ids())
        done = step(self.world, self.session, signal, moment)
        self.session = done.session
        self.effects.extend(done.effects)
        self._look(done.page)
        if any(isinstance(effect, EndSession) for effect in done.effects):
            self.session = fresh(self._ids(), self.session)
            self._look(show(self.world, self.session, self.moment).page)
        for effect in done.effects:
            answer = self._answer(effect) if self.answering else None
            if answer is not None:
                self.send(answer)

    def press(self, action: str) -> None:
        """Touch a button, card or row of the page."""
        self.send(Pressed(self.page.id, action))

    def choose(self, block: Block, choice: str) -> None:
        """Mark an answer."""
        self.send(Chosen(self.page.id, block.id, choice))

    def write(self, block: Block, text: str) -> None:
        """Fill a field."""
        self.send(Edited(self.page.id, block.id, text))

    def go_on(self) -> bool:
        """Touch the filled button; whether there was one that acts."""
        for action in self.page.actions:
            if action.weight is Weight.PRIMARY and action.enabled:
                self.press(action.id)
                return True
        return False

    def acknowledge(self) -> None:
        """The platform's yes to what was handed in."""
        for effect in reversed(self.effects):
            if isinstance(effect, Submit):
                self.send(self._acknowledged(effect))
                return
        raise LookupError("nothing was handed in")

    def _acknowledged(self, effect: Submit) -> Submitted:
        due = (self.moment.now + DUE).date()
        matters = tuple(
            MatterProgress(slug, slug, "样例部门", due, "accepted")
            for slug in effect.submission.matters
        )
        return Submitted(effect.submission.id, Acknowledgement(CASE_NO, self.moment.now, matters))

    def _answer(self, effect: Effect) -> Signal | None:
        match effect:
            case QueryLicences(request=request):
                who = request.holder
                held = self.register.of(who.document_type, who.number, who.name)
                found = tuple(
                    Licence(c.certificate_type, c.certificate_identifier, dict(c.certificate_data))
                    for c in held.certificates
                    if c.certificate_type in request.types
                )
                known = held.earlier.items()
                return LicencesFound(found, {k: v for k, v in known if k in request.elements})
            case Submit():
                return self._acknowledged(effect)
            case PrintReceipt(job=job):
                return PrintFinished(job, PrintOutcome.SENT)
            case QueryCases():
                return CasesFound(())
        return None
