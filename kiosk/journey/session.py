"""One citizen at the terminal: where they are and everything they said. Lives in memory only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from kiosk.access.profile import Profile
from kiosk.catalogue.model import LifeCycle
from kiosk.gateway.port import Acknowledgement, CaseStatus, Licence, Submission, Visit
from kiosk.identity.person import Person
from kiosk.journey.page import Strokes
from kiosk.journey.signals import CardTrouble, DeviceHealth, PrintOutcome


@dataclass(frozen=True)
class Place:
    """A place on the way: a module of `places/` and, where it has several pages, which one."""

    name: str
    item: str = ""

    @property
    def id(self) -> str:
        """The page id: `field.child_name`."""
        return f"{self.name}.{self.item}" if self.item else self.name


IDLE = Place("idle")
IDLE_WARNING = Place("idle_warning")
SIGN = Place("sign")
SIGN_BY_CARD = Place("sign", "card")

# Nothing is left to do there once it is passed: the card is read, the submission gone out.
PASSED_ONCE = frozenset({"identify", "submitting"})


@dataclass(frozen=True)
class Outcome:
    """What became of the submission: acknowledged, kept for later, or refused."""

    acknowledgement: Acknowledgement | None = None
    provisional_no: str = ""
    refusal: str = ""


@dataclass(frozen=True)
class Session:
    """The state that steps hand on. `trail` are the places Back goes to, `over` a page in front.

    `licences` is None until the platform was asked, `licences_failed` where it could not be,
    `licences_none` where it has none of this citizen; `typed` are the elements the citizen gave,
    `draft` what is being typed of one and `query` what is looked for among its options;
    `entries` how many children, heirs … a group has, `groups_done` those that have all of theirs;
    `changing` the elements being changed from the check page; `brought` the materials that the
    citizen has with them, `promised` those a promise stands for; `visit` when they come in
    person; `strokes` their signature, `card_again` that they laid the same card once more in its
    place, `other_card` that it was another one; `noticed` the matters that the notice told;
    `told_only`: nothing is handed in, only told; `cases` what the platform said of their cases.
    `card_left`: the card on the reader lay there before this session, so it is somebody else's
    and is not read. `covered` is the page in front that an idle warning covers; `gone_out`: a
    submission was under way when the terminal failed; `headphones`: some are plugged in.
    """

    id: str
    place: Place = IDLE
    trail: tuple[Place, ...] = ()
    over: Place | None = None
    covered: Place | None = None
    profile: Profile = field(default_factory=Profile)
    life_cycle: LifeCycle = LifeCycle.PERSON
    life_event: str = ""
    person: Person | None = None
    card_on_reader: bool = False
    card_left: bool = False
    trouble: CardTrouble | None = None
    licences: tuple[Licence, ...] | None = None
    licences_failed: bool = False
    licences_none: bool = False
    earlier: Mapping[str, str] = field(default_factory=dict)
    waiting: bool = False
    answers: Mapping[str, str] = field(default_factory=dict)
    typed: Mapping[str, str] = field(default_factory=dict)
    entries: Mapping[str, int] = field(default_factory=dict)
    groups_done: frozenset[str] = frozenset()
    draft: str | None = None
    query: str = ""
    error: str = ""
    changing: tuple[str, ...] = ()
    brought: frozenset[str] = frozenset()
    promised: frozenset[str] = frozenset()
    materials_seen: frozenset[str] = frozenset()
    visit: Visit | None = None
    strokes: Strokes = ()
    card_again: bool = False
    other_card: bool = False
    noticed: frozenset[str] = frozenset()
    told_only: bool = False
    cases: tuple[CaseStatus, ...] | None = None
    submission: Submission | None = None
    outcome: Outcome | None = None
    print_job: str = ""
    printing: PrintOutcome | None = None
    satisfaction: int = 0
    problem_kind: str = ""
    problem_no: str = ""
    gone_out: bool = False
    health: Mapping[str, DeviceHealth] = field(default_factory=dict)
    headphones: bool = False

    def __repr__(self) -> str:
        """Says nothing personal."""
        return f"Session({self.id} at {self.place.id})"

    def at(self, place: Place) -> Session:
        """Go on to a place; Back leads here.

        Going on to where one is changes nothing; going on to a place already passed (the check
        page, after a change) cuts the trail there, so that Back never walks in circles. The idle
        picture is never gone back to: that would leave a citizen's session open.
        """
        if place == self.place:
            return self
        trail = () if self.place == IDLE else self.trail
        if self.place != IDLE and self.place.name not in PASSED_ONCE:
            trail = (*trail, self.place)
        if place in trail:
            trail = trail[: trail.index(place)]
        return replace(self, place=place, trail=trail, draft=None, query="", error="")

    def aside(self, place: Place) -> Session:
        """Step aside to a place, passed already or not; the way that led here stays as it is."""
        return replace(
            self, place=place, trail=(*self.trail, self.place), draft=None, query="", error=""
        )

    def back(self) -> Session:
        """Return to the place before; from the first place there is none and nothing changes."""
        if not self.trail:
            return self
        return replace(
            self,
            place=self.trail[-1],
            trail=self.trail[:-1],
            over=None,
            draft=None,
            query="",
            error="",
            changing=(),
        )

    def without_way_back(self) -> Session:
        """After something that cannot be undone, Back leads nowhere."""
        return replace(self, trail=())
