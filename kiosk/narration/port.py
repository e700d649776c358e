"""What the screen tells of what happens on the glass, so that it can be heard."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

from kiosk.access.profile import Profile
from kiosk.journey.page import Page


@dataclass(frozen=True)
class Place:
    """Where the focus is.

    `name`: the target (an action, choice, row or field of the page), or a text to be read, as
    `Passage.name` gives it. `says`: what it is called where the page does not know it (a key of
    a keyboard, a candidate); that may be somebody's name, so it is kept out of the `repr`.
    `number` of `count`: which of how many places on the page. `block`: the id of its block, where
    two blocks of a page may have choices of the same name.
    """

    name: str
    says: str = field(default="", repr=False)
    number: int = 0
    count: int = 0
    block: str = ""


class Narrator(Protocol):
    """Called by the thread of the window; every call returns at once."""

    def shown(self, page: Page, profile: Profile) -> None:
        """Another page, or the same one changed, or the profile: what is new is said."""

    def focused(self, place: Place) -> None:
        """The focus went somewhere: it is said in place of what was being said."""

    def moved(self, place: Place) -> None:
        """The place of the focus went, and it is here now: it is said after what is being said."""

    def typed(self, field: str, text: str, preedit: str) -> None:
        """A field of the page holds this now; `preedit`: letters not yet made characters."""

    def unfinished(self, script: str) -> None:
        """The page did not go on: something is still composed, on that keyboard of the screen."""

    def counting(self, seconds: int) -> None:
        """What is left of the count-down of the page; said now and then, not every second."""

    def again(self) -> None:
        """Say the page again from its beginning."""

    def pause(self) -> None:
        """Hold, or go on."""

    def stops(self) -> tuple[str, ...]:
        """Names of the page's texts that are places of their own, in reading order.

        Empty when nothing is read aloud: then only what can be selected is a place.
        """

    @property
    def speaking(self) -> bool:
        """Whether anything is being said; a ring that moves by itself waits for its end."""

    def forget(self) -> None:
        """The session ended: silence at once, and nothing of it is kept."""


class Silent:
    """A narrator of a terminal without sound."""

    def shown(self, page: Page, profile: Profile) -> None:
        """Nothing."""

    def focused(self, place: Place) -> None:
        """Nothing."""

    def moved(self, place: Place) -> None:
        """Nothing."""

    def typed(self, field: str, text: str, preedit: str) -> None:
        """Nothing."""

    def unfinished(self, script: str) -> None:
        """Nothing."""

    def counting(self, seconds: int) -> None:
        """Nothing."""

    def again(self) -> None:
        """Nothing."""

    def pause(self) -> None:
        """Nothing."""

    def stops(self) -> tuple[str, ...]:
        """None."""
        return ()

    @property
    def speaking(self) -> bool:
        """Never."""
        return False

    def forget(self) -> None:
        """Nothing."""
