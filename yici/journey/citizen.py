"""A citizen who knows a script and sees nothing but the glass: reads the page, touches, types."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from kiosk import beijing
from kiosk.journey.page import Choices, Field, Page, Weight
from screens.driver import WindowDriver
from yici.journey import sight, writing
from yici.journey.script import Script

LONGEST_WAY = 160  # pages; more is walking in circles


class LostWay(Exception):
    """The citizen does not get on; says on which page."""


@dataclass(frozen=True)
class Hands:
    """What a citizen does beside the glass. `printed`: whether their paper came out."""

    lay_card: Callable[[], None]
    take_card: Callable[[], None]
    printed: Callable[[], bool]


def unprepared(key: str) -> str:
    """Of a citizen who makes nothing up."""
    raise LostWay(f"the script says nothing of {key}")


class ScriptedCitizen:
    """Walks one life event from the idle picture back to it."""

    def __init__(  # noqa: PLR0917  as a citizen comes: with a script, hands, a camera, ideas
        self,
        driver: WindowDriver,
        script: Script,
        hands: Hands,
        pictures: Path | None,
        invent: Callable[[str], str] = unprepared,
        today: Callable[[], date] = beijing.today,
    ) -> None:
        """`pictures`: a folder for one picture of each page and each part of it, or None.

        `invent` makes up a value for an element that the script says nothing of.
        """
        self._driver = driver
        self._script = script
        self._hands = hands
        self._pictures = pictures
        self._invent = invent
        self._today = today
        self._seen_to: set[str] = set()  # papers dealt with
        self.screenshots: list[str] = []

    def walk(
        self, life_event: str, *, language: str, begin_with: str, then: tuple[str, ...] = ()
    ) -> None:
        """All the way. `begin_with`: the action of the idle picture to begin by.

        `then` is pressed before anything else on the page it leads to.
        """
        self._driver.wait(lambda: self._driver.page is not None, "the first page")
        self._look()
        if language != "zh":
            self._act("language", leaves=False)
            self._look()
        self._act(begin_with)
        for action in then:
            before = self._driver.window.profile
            self._driver.touch(action)
            self._driver.wait(
                lambda before=before: self._driver.window.profile != before,  # type: ignore[misc]
                f"an answer to {action}",
            )
        for _ in range(LONGEST_WAY):
            page = self._page
            if page.id == "idle":
                return
            self._on(page, life_event)
        raise LostWay(f"still on {self._page.id} after {LONGEST_WAY} pages")

    @property
    def _page(self) -> Page:
        page = self._driver.page
        if page is None:
            raise LostWay("the glass is empty")
        return page

    def _on(self, page: Page, life_event: str) -> None:
        place, _, item = page.id.partition(".")
        by_rule: dict[str, Callable[[], None]] = {
            "choose": lambda: self._begin(life_event),
            "identify": self._identify,
            "question": lambda: self._answer(self._script.answers[item]),
            "field": lambda: self._fill(page, item),
            "group": lambda: self._another(page, item),
            "materials": lambda: self._bring(page),
            "paper": lambda: self._answer(self._way_of(item)),
            "visit": lambda: self._answer(sight.choices(page)[0]),
            "sign": lambda: self._sign(item),
            "submitting": lambda: self._leave(page),
            "done": self._take_receipt,
            "told": self._take_slip,
            "goodbye": self._part,
        }
        by_rule.get(place, self._read_on)()

    def _identify(self) -> None:
        page = self._page
        self._look()
        if sight.card_left(page):  # laid now, it would be taken for the one that was there before
            self._hands.take_card()
            self._driver.wait(lambda: not sight.card_left(self._page), "the reader to be free")
        self._hands.lay_card()
        self._leave(page)

    def _read_on(self) -> None:
        self._look()
        self._go_on()

    def _way_of(self, paper: str) -> str:
        self._seen_to.add(paper)
        return "promise" if paper in self._script.promised else "here"

    def _begin(self, life_event: str) -> None:
        """Find the life event in one of the lists."""
        self._look()
        for cycle in sight.other_lists(self._page):
            if life_event in sight.cards(self._page):
                break
            self._act(cycle, leaves=False)
            self._look(cycle)
        self._turn_to(life_event)
        self._act(life_event)

    def _answer(self, choice: str) -> None:
        self._look()
        self._mark(choice)
        self._look("chosen")
        self._go_on()

    def _mark(self, choice: str) -> None:
        self._turn_to(choice)
        self._driver.touch(choice)
        self._driver.wait(
            lambda: any(isinstance(b, Choices) and b.selected == choice for b in self._page.blocks),
            f"{choice} marked on {self._page.id}",
        )

    def _fill(self, page: Page, key: str) -> None:
        block = next((b for b in page.blocks if b.id == "value"), None)
        if not isinstance(block, Choices | Field):
            raise LostWay(f"{page.id} has nothing to fill in")
        self._look()
        if isinstance(block, Choices):
            typed = self._script.fields.get(key)
            self._choose_down(typed.text if typed else "")
        else:
            self._turn_to(block.id)
            self._write(block, key)
        self._look("filled")
        self._go_on()

    def _write(self, block: Field, key: str) -> None:
        typed = self._script.fields.get(key)
        if typed is not None:
            writing.write(self._driver, block, typed.on(self._today()), typed.pinyin)
        elif block.candidates:
            writing.pick(self._driver, block)
        else:
            writing.write(self._driver, block, self._invent(key))

    def _choose_down(self, wanted: str) -> None:
        """One choice, or a region level by level to the last; the first one where none is said."""
        while True:
            offered = sight.choices(self._page)
            choice = wanted or offered[0]
            self._mark(choice)
            if choice in sight.choices(self._page):
                return

    def _another(self, page: Page, group: str) -> None:
        self._look()
        if len(sight.rows(page)) >= self._script.entries.get(group, 1):
            self._go_on()
            return
        self._turn_to("add")
        self._act("add")

    def _bring(self, page: Page) -> None:
        """Touch every paper that is brought; those with a page of their own one at a time."""
        self._look()
        for action in sight.rows(page):
            way, _, paper = action.partition(".")
            if paper in self._seen_to or paper not in (
                *self._script.papers,
                *self._script.promised,
            ):
                continue
            self._turn_to(action)
            if way == "ways":
                self._act(action)
                return
            self._driver.touch(action)
            self._seen_to.add(paper)
        self._look("brought")
        self._go_on()

    def _sign(self, item: str) -> None:
        """By the card, which every profile can."""
        self._look()
        if item == "card":
            self._hands.lay_card()
            self._driver.wait(lambda: self._page.action("submit").enabled, "the card read again")
            self._look("laid")
            self._act("submit")
        else:
            self._act("by_card")

    def _take_receipt(self) -> None:
        self._driver.wait(self._hands.printed, "the receipt")
        self._look()
        rating = f"rate.{self._script.rating}"
        self._turn_to(rating)
        self._driver.touch(rating)
        self._look("rated")
        self._turn_to("finish")
        self._act("finish")

    def _take_slip(self) -> None:
        self._driver.wait(self._hands.printed, "the slip")
        self._look()
        self._turn_to("finish")
        self._act("finish")

    def _part(self) -> None:
        self._hands.take_card()
        self._look()
        self._turn_to("finish")
        self._act("finish")

    def _turn_to(self, name: str) -> None:
        """Turn the page over until this can be touched."""
        while name not in self._names():
            if "turn.next" not in self._names():
                raise LostWay(f"{name} is on no part of {self._page.id}")
            self._driver.touch("turn.next")
            self._look("next")

    def _go_on(self) -> None:
        while "turn.next" in self._names():
            self._driver.touch("turn.next")
            self._look("next")
        primary = next(a.id for a in self._page.actions if a.weight is Weight.PRIMARY)
        self._act(primary)

    def _act(self, name: str, *, leaves: bool = True) -> None:
        before = self._page
        self._driver.touch(name)
        if leaves:
            self._leave(before)
        else:
            self._driver.wait(lambda: self._page != before, f"an answer to {name}")

    def _leave(self, before: Page) -> None:
        was = before.id, sight.complaint(before)
        self._driver.wait(
            lambda: (self._page.id, sight.complaint(self._page)) != was,
            f"the page after {before.id}",
        )
        if self._page.id == before.id:
            raise LostWay(f"{before.id} does not take it: {sight.complaint(self._page)}")

    def _names(self) -> set[str]:
        return {target.name for target in self._driver.frame.targets}

    def _look(self, what: str = "") -> None:
        if self._pictures is None:
            return
        parts: Iterator[str] = filter(
            None, (f"{len(self.screenshots) + 1:02d}", self._page.id, what)
        )
        name = "-".join(parts) + ".png"
        self._driver.screenshot(self._pictures / name)
        self.screenshots.append(name)
