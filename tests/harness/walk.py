"""A citizen without a window: walks a journey by pages alone, in milliseconds.

The walker knows what a person knows: what the page shows. It answers questions from a script
by the page's id and reads everything else off the page.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from itertools import count
from pathlib import Path

from kiosk.access.phrases import Phrases
from kiosk.cases.working_days import is_working_day
from kiosk.catalogue.load import load_catalogue
from kiosk.catalogue.model import Text
from kiosk.gateway.port import Acknowledgement, Licence, MatterProgress
from kiosk.identity.person import Person
from kiosk.journey.effects import Effect, EndSession, PrintReceipt, QueryLicences, Submit
from kiosk.journey.page import Choices, Field, Page, Signature, Weight
from kiosk.journey.session import Session
from kiosk.journey.signals import (
    CardRead,
    Chosen,
    Edited,
    LicencesFound,
    Pressed,
    PrintFinished,
    PrintOutcome,
    Signal,
    Signed,
    Submitted,
)
from kiosk.journey.step import fresh, show, step
from kiosk.journey.world import Moment, Site, World
from kiosk.station.finding import Finder

ROOT = Path(__file__).resolve().parents[2]
CHINA = timezone(timedelta(hours=8))
NOW = datetime(2026, 11, 22, 10, 0, tzinfo=CHINA)
ONE_STROKE = (((100, 500), (500, 300), (900, 500)),)  # a signature
LONGEST_WALK = 80  # pages; a journey that has more is walking in circles

SITE = Site(
    terminal="XJ0001",
    point="sample_branch",
    name=Text(zh="样例网点", en="Sample site"),
    brand=Text(zh="一次办", en="Yici"),
    counter=Text(zh="大堂柜台", en="the counter"),
    reader=Text(zh="读卡区在台面右边，摸得到边", en="The reader is on the right"),
    phone="0731-00000000",
    hours="08:30–21:00",
)


def world() -> World:
    """The catalogue and the phrases that ship, at an invented site."""
    finder = Finder(ROOT / "config/search")
    return World(
        load_catalogue(ROOT / "config/catalogue"),
        Phrases.load(ROOT / "config/phrases"),
        SITE,
        is_working_day=is_working_day,
        find=finder,
        find_options=finder.options,
    )


def acknowledge(effect: Submit, number: str = "430199900020261122000018") -> Submitted:
    """The platform's yes to a submission, with one line for each matter."""
    matters = tuple(
        MatterProgress(slug, slug, "样例部门", NOW.date() + timedelta(days=7), "accepted")
        for slug in effect.submission.matters
    )
    return Submitted(effect.submission.id, Acknowledgement(number, NOW, matters))


@dataclass
class Walker:
    """Hands signals to `step` and keeps what came of them. `name` begins every id it gives."""

    world: World
    now: datetime = NOW
    name: str = "id"
    session: Session = field(init=False)
    page: Page = field(init=False)
    pages: list[Page] = field(default_factory=list)
    effects: list[Effect] = field(default_factory=list)
    _ids: Callable[[], str] = field(init=False)

    def __post_init__(self) -> None:
        """Stand before the idle picture."""
        numbers = count(1)
        self._ids = lambda: f"{self.name}-{next(numbers):04d}"
        self.session = fresh(self._ids())
        self.page = show(self.world, self.session, self._moment()).page
        self.pages.append(self.page)

    def _moment(self) -> Moment:
        return Moment(self.now, self._ids())

    def send(self, signal: Signal) -> tuple[Effect, ...]:
        """One signal; the effects it led to."""
        done = step(self.world, self.session, signal, self._moment())
        self.session = done.session
        if done.page != self.page:
            self.page = done.page
            self.pages.append(done.page)
        self.effects.extend(done.effects)
        if any(isinstance(effect, EndSession) for effect in done.effects):
            self.session = fresh(self._ids(), self.session)
            self.page = show(self.world, self.session, self._moment()).page
        return done.effects

    def press(self, action: str) -> tuple[Effect, ...]:
        """Touch a button of the page shown."""
        return self.send(Pressed(self.page.id, action))

    def choose(self, choice: str) -> None:
        """Mark an answer on the page shown."""
        block = next(b for b in self.page.blocks if isinstance(b, Choices))
        self.send(Chosen(self.page.id, block.id, choice))

    def write(self, text: str, field: str = "value") -> None:
        """Fill a field of the page shown."""
        self.send(Edited(self.page.id, field, text))

    def begin(self, person: Person, licences: tuple[Licence, ...], event: str = "newborn") -> None:
        """From the idle picture to the first question, with consent."""
        self.press("begin")
        self.press(event)
        self.send(CardRead(person))
        (query,) = self.press("continue")
        assert isinstance(query, QueryLicences)
        self.send(LicencesFound(licences))

    def to(self, place: str, answers: Mapping[str, str]) -> None:
        """Walk on by the filled button until the page of that id, answering from the script."""
        for _ in range(LONGEST_WALK):
            if self.page.id == place:
                return
            self._answer_page(answers)
            primary = next(a for a in self.page.actions if a.weight is Weight.PRIMARY)
            assert primary.enabled, f"stuck on {self.page.id}"
            effects = self.press(primary.id)
            for effect in effects:
                if isinstance(effect, Submit):
                    self.send(acknowledge(effect))
        raise AssertionError(f"{place} was not reached; last page {self.page.id}")

    def _answer_page(self, answers: Mapping[str, str]) -> None:
        item = self.page.id.partition(".")[2]
        for block in self.page.blocks:
            if isinstance(block, Choices):
                self.choose(answers[item] if item else block.choices[0].id)
            elif isinstance(block, Field) and block.id == "value":
                self.write(answers[item])
            elif isinstance(block, Signature):
                self.send(Signed(self.page.id, block.id, ONE_STROKE))

    def print_ends(self, outcome: PrintOutcome) -> None:
        """The printer's word on the last receipt."""
        job = next(e.job for e in reversed(self.effects) if isinstance(e, PrintReceipt))
        self.send(PrintFinished(job, outcome))
