"""A citizen who knows a script and sees nothing but the glass: reads the page, touches, types."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from kiosk.journey.page import Choices, Field, FieldKind, Page, Weight
from screens.driver import WindowDriver
from yici.journey.script import Script, Typed

LONGEST_WAY = 120  # pages; more is walking in circles


class LostWay(Exception):
    """The citizen does not get on; says on which page."""


@dataclass(frozen=True)
class Hands:
    """What a citizen does beside the glass."""

    lay_card: Callable[[], None]
    take_card: Callable[[], None]
    printed: Callable[[], bool]


class ScriptedCitizen:
    """Walks one life event from the idle picture back to it."""

    def __init__(
        self, driver: WindowDriver, script: Script, hands: Hands, pictures: Path | None
    ) -> None:
        """`pictures`: a folder for one picture of each page and each part of it, or None."""
        self._driver = driver
        self._script = script
        self._hands = hands
        self._pictures = pictures
        self.screenshots: list[str] = []

    def walk(self, life_event: str, *, language: str, begin_with: str) -> None:
        """All the way. `begin_with`: the action of the idle picture to begin by."""
        self._driver.wait(lambda: self._driver.page is not None, "the first page")
        self._look()
        if language != "zh":
            self._act("language", leaves=False)
            self._look()
        self._act(begin_with)
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
        match place:
            case "choose":
                self._look()
                self._turn_to(life_event)
                self._act(life_event)
            case "identify":
                self._look()
                self._hands.lay_card()
                self._leave(page)
            case "question":
                self._answer(page, self._script.answers[item])
            case "field":
                self._fill(page, self._script.fields[item])
            case "materials":
                self._bring()
            case "submitting":
                self._leave(page)
            case "done":
                self._finish()
            case "goodbye":
                self._hands.take_card()
                self._look()
                self._act("finish")
            case _:
                self._look()
                self._go_on()

    def _answer(self, page: Page, choice: str) -> None:
        self._look()
        self._turn_to(choice)
        self._driver.touch(choice)
        block = next(b for b in page.blocks if isinstance(b, Choices))
        self._driver.wait(
            lambda: any(isinstance(b, Choices) and b.selected == choice for b in self._page.blocks),
            f"{choice} marked in {block.id}",
        )
        self._look("chosen")
        self._go_on()

    def _fill(self, page: Page, typed: Typed) -> None:
        block = next((b for b in page.blocks if isinstance(b, Choices | Field)), None)
        if isinstance(block, Choices):
            self._answer(page, typed.text)
            return
        if block is None:
            raise LostWay(f"{page.id} has nothing to fill in")
        self._look()
        if block.kind is FieldKind.DATE:
            self._pick(("year", "month", "day"), typed.text.split("-"))
        elif block.kind is FieldKind.TIME:
            self._pick(("hour", "minute"), typed.text.split(":"))
        elif typed.pinyin:
            for character, letters in zip(typed.text, typed.pinyin, strict=True):
                self._driver.type_pinyin(letters, character)
        else:
            self._driver.type_on_glass(typed.text)
        self._driver.wait(
            lambda: any(isinstance(b, Field) and b.value == typed.text for b in self._page.blocks),
            f"{page.id} filled in",
        )
        self._look("filled")
        self._go_on()

    def _pick(self, parts: tuple[str, ...], digits: list[str]) -> None:
        for part, text in zip(parts, digits, strict=True):
            self._driver.touch(f"part.{part}")
            self._driver.type_on_glass(text)

    def _bring(self) -> None:
        self._look()
        for paper in self._script.papers:
            self._turn_to(f"paper.{paper}")
            self._driver.touch(f"paper.{paper}")
        self._look("brought")
        self._go_on()

    def _finish(self) -> None:
        self._driver.wait(self._hands.printed, "the receipt")
        self._look()
        rating = f"rate.{self._script.rating}"
        self._turn_to(rating)
        self._driver.touch(rating)
        self._look("rated")
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
        self._driver.wait(lambda: self._page.id != before.id, f"the page after {before.id}")

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
