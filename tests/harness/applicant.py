"""An applicant without a window: answers whatever the pages ask, by what they said or by chance.

What is said beforehand is the only thing that decides a journey; whatever else is asked for is
made up to fit, and where a rule between values refuses it, made up again.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from kiosk.identity.person import Person
from kiosk.journey.effects import Effect, EndSession, PrintReceipt, QueryLicences, Submit
from kiosk.journey.page import Choices, Field, Page, Rows, Weight
from kiosk.journey.signals import (
    CardRead,
    LicencesFound,
    LicencesUnavailable,
    PrintFinished,
    PrintOutcome,
    Signal,
    Signed,
)
from tests.harness.people import Citizen
from tests.harness.walk import ONE_STROKE, Walker, acknowledge
from yici.journey.invented import Inventor

MOST_PAGES = 200  # a journey that has more is walking in circles
MOST_ATTEMPTS = 12  # at one page
MOST_GIVEN_UP = 30  # times that nothing fits
TIMES_EACH = 6  # before going back a page further
SENSIBLE = 4  # attempts before a value is taken from what stands on the page or was said before
QUOTED = re.compile("“([^”]+)”")
ENDS = ("done", "told", "stopped")


class Counterparts(Protocol):
    """Platform and printer, as far as an effect asks something of them."""

    def answer(self, effect: Effect) -> Signal | None:
        """What comes back; None where nothing does."""


class Known:
    """A platform that knows one citizen, or is out of reach; a printer that prints."""

    def __init__(self, who: Citizen, *, reachable: bool = True) -> None:
        self._who = who
        self._reachable = reachable

    def answer(self, effect: Effect) -> Signal | None:
        match effect:
            case QueryLicences(request=request):
                if not self._reachable:
                    return LicencesUnavailable()
                found = tuple(x for x in self._who.licences if x.type in request.types)
                earlier = self._who.earlier.items()
                return LicencesFound(found, {k: v for k, v in earlier if k in request.elements})
            case Submit():
                return acknowledge(effect)
            case PrintReceipt(job=job):
                return PrintFinished(job, PrintOutcome.SENT)
        return None


class Stuck(AssertionError):
    """The applicant does not get on; says where and why."""


@dataclass
class Applicant:
    """One person before one terminal.

    `says`: answers by question and values by element; `entries`: how many a group has, one where
    it is not named; `papers`: `here` or `promise` by material, the others come later; `more`
    decides whether there is another entry where `entries` does not say.
    """

    walker: Walker
    person: Person
    counterparts: Counterparts
    inventor: Inventor
    says: Mapping[str, str] = field(default_factory=dict)
    entries: Mapping[str, int] = field(default_factory=dict)
    papers: Mapping[str, str] = field(default_factory=dict)
    by_chance: bool = False
    asked: list[str] = field(default_factory=list)  # questions and elements, as they came
    given_up: int = 0

    def walk(self, life_event: str, language: str = "zh") -> Page:
        """From the idle picture to the page that ends the way: done, told or stopped."""
        if language != "zh":
            self._press("language")
        self._press("begin")
        self._press(life_event)
        for _ in range(MOST_PAGES):
            place, _, item = self.page.id.partition(".")
            if place in ENDS:
                return self.page
            self._on(place, item)
        raise Stuck(f"still on {self.page.id} after {MOST_PAGES} pages")

    @property
    def page(self) -> Page:
        """The page shown."""
        return self.walker.page

    def _on(self, place: str, item: str) -> None:
        match place:
            case "identify":
                self._send(CardRead(self.person))
            case "question":
                self._note(item)
                self._answer(item)
            case "field":
                self._note(item)
                self._fill(item)
            case "group":
                self._another(item)
            case "materials":
                self._hand_over()
            case "sign":
                self._sign(item)
            case "visit":
                self._choose(self._pick(self._offered()))
                self._go_on()
            case _:
                self._go_on()

    def _sign(self, item: str) -> None:
        """With a finger, or by the card, as chance has it."""
        if item == "card":
            self._send(CardRead(self.person))
            self._press("submit")
        elif self.inventor.chance.random() < 1 / 2:
            self._press("by_card")
        else:
            self._send(Signed(self.page.id, "signature", ONE_STROKE))
            self._press("submit")

    def _note(self, item: str) -> None:
        """What is seen again after going back was not asked again."""
        if not self.given_up or item not in self.asked:
            self.asked.append(item)

    def _answer(self, question: str) -> None:
        self._choose(self._said(question))
        self._go_on()

    def _said(self, item: str) -> str:
        """What was said to a choice, or one of those offered by chance."""
        offered = self._offered()
        if item in self.says:
            if self.says[item] not in offered:
                raise Stuck(f"{self.page.id} does not offer {self.says[item]}, but {offered}")
            return self.says[item]
        if self.page.id.startswith("question.") and not self.by_chance:
            raise Stuck(f"nothing is said to {self.page.id}")
        return self._pick(offered)

    def _fill(self, key: str) -> None:
        before = self.page.id
        for attempt in range(MOST_ATTEMPTS):
            block = self.page.block("value")
            if isinstance(block, Field):
                self.walker.write(self._written(key, attempt))
            elif self._is_region(key):
                self._descend()
            else:
                self._choose(self._said(key))
            self._go_on()
            if self.page.id != before:
                return
            if key in self.says:
                break
        self._give_up()

    def _give_up(self) -> None:
        """Nothing fits what was said before: go back, further as it goes on, and say it anew."""
        if not self.by_chance or self.given_up == MOST_GIVEN_UP:
            raise Stuck(f"{self.page.id} takes nothing: {self._complaint()}")
        self.given_up += 1
        for _ in range(1 + self.given_up // TIMES_EACH):
            trail = self.walker.session.trail
            if trail and trail[-1].name in {"field", "group"}:
                self._press("back")

    def _written(self, key: str, attempt: int) -> str:
        """What was said; else something made up, or what the complaint or an earlier page says."""
        if key in self.says:
            return self.says[key]
        known = self.walker.session.typed
        element = self.inventor.catalogue.element
        alike = [v for k, v in known.items() if element(k).check is element(key).check]
        hints = [*QUOTED.findall(self._complaint()), *alike]
        if attempt > SENSIBLE and attempt % 2 and hints:
            return self.inventor.chance.choice(hints)
        return self.inventor.value(key, attempt)

    def _is_region(self, key: str) -> bool:
        return self.inventor.catalogue.element(key).kind.value == "region"

    def _descend(self) -> None:
        """Choose level by level until there is none below."""
        while True:
            choice = self._pick(self._offered())
            self._choose(choice)
            if choice in self._offered():
                return

    def _another(self, group: str) -> None:
        have = self.walker.session.entries.get(group, 1)
        wanted = self.entries.get(group, 1)
        if self.by_chance and group not in self.entries:
            wanted = have + (self.inventor.chance.random() < 1 / 3)
        more = have < wanted and any(a.id == "add" for a in self.page.actions)
        self._press("add" if more else "continue")

    def _hand_over(self) -> None:
        papers = [row.action for b in self.page.blocks if isinstance(b, Rows) for row in b.rows]
        for action in papers:
            way, _, material = action.partition(".")
            wish = self.papers.get(material) or self._wish()
            if way == "ways" and wish != "later":
                self._press(action)
                self._choose(wish)
                self._press("continue")
            elif wish == "here":
                self._press(action)
        self._go_on()

    def _wish(self) -> str:
        return (
            self.inventor.chance.choice(("here", "promise", "later")) if self.by_chance else "later"
        )

    def _offered(self) -> list[str]:
        block = next(b for b in self.page.blocks if isinstance(b, Choices))
        return [choice.id for choice in block.choices]

    def _pick(self, offered: list[str]) -> str:
        return self.inventor.chance.choice(offered)

    def _choose(self, choice: str) -> None:
        self.walker.choose(choice)

    def _complaint(self) -> str:
        block = self.page.block("value")
        return (block.error if isinstance(block, Field) else "") or self.page.lead

    def _go_on(self) -> None:
        primary = next(a for a in self.page.actions if a.weight is Weight.PRIMARY)
        if not primary.enabled:
            raise Stuck(f"{self.page.id} offers no way on")
        self._press(primary.id)

    def _press(self, action: str) -> None:
        self._carry_out(self.walker.press(action))

    def _send(self, signal: Signal) -> None:
        self._carry_out(self.walker.send(signal))

    def _carry_out(self, effects: tuple[Effect, ...]) -> None:
        for effect in effects:
            if isinstance(effect, EndSession):
                continue
            answer = self.counterparts.answer(effect)
            if answer is not None:
                self._send(answer)
