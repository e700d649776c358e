"""What happens on the glass between two pages: turning over, typing, counting down.

Decides nothing about the journey: touches and keys become signals, which carry the id of the page
that was on the glass; pages come from outside. What keys select is `screens/keypad.py`.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from kiosk.access.profile import Profile
from kiosk.journey.page import PAUSE, REPLAY, Field, Layout, Page
from kiosk.journey.signals import Adjusted, Adjustment, Chosen, Edited, Pressed, Signed
from kiosk.narration.port import Narrator
from screens import commands, leads
from screens.beneath import Beneath
from screens.curtain import UNCOVER, Curtain
from screens.editor import Editor
from screens.film import Film
from screens.frame import Bookmark, Frame
from screens.renderer import Renderer, manner
from screens.signature import Signing
from screens.sketch import Box, Target
from screens.stops import TabStop, Zone, walk

ScreenSignal = Pressed | Chosen | Edited | Signed | Adjusted

NOWHERE = Box(0, 0, 0, 0)


@dataclass(frozen=True)
class _Covered:
    """What a page was like when a dialog came in front of it."""

    editor: Editor
    field: str | None
    side: int
    first: Bookmark | None


class Interaction:
    """The page on the glass and all that is local to it. Used by the thread of the window."""

    def __init__(
        self,
        renderer: Renderer,
        curtain: Curtain,
        editor: Callable[[], Editor],
        on_signal: Callable[[ScreenSignal], None],
        narrator: Narrator,
        *,
        now: Callable[[], float],
    ) -> None:
        """`editor` gives an empty one; `now`: seconds of a clock that only goes forward."""
        self._renderer = renderer
        self._curtain = curtain
        self._fresh_editor = editor
        self._on_signal = on_signal
        self._now = now
        self._beneath: Beneath[_Covered] = Beneath()
        self._side = 0
        self._first: Bookmark | None = None
        self._field_seen = False  # whether the field with the caret is on the glass
        self._until: float | None = None
        # sides, what else was asked, and the places found: a key asks for them many times
        self._walked: tuple[tuple[Frame, ...], object, tuple[TabStop, ...]] | None = None
        self.narrator = narrator
        self.editor = editor()
        self.signing = Signing()
        self.film = Film(now)
        self.page: Page | None = None
        self.profile = Profile()

    def show(self, page: Page, profile: Profile) -> None:
        """Take another page, or the same one changed, or only another profile."""
        before = self.page
        another = before is None or before.id != page.id
        if another:
            self._uncover(page)
        if another or (before is not None and before.count_down_s != page.count_down_s):
            self._until = None if page.count_down_s is None else self._now() + page.count_down_s
        to_see = None if another or before is None else self._to_see(before, page)
        self.page, self.profile = page, profile
        self.editor.show(page)
        self.signing.show(page)
        self.film.show(page)
        self._stay()
        if to_see is not None:
            self._turn_to_one(to_see)
        self.narrator.shown(page, profile)

    def _to_see(self, before: Page, page: Page) -> Callable[[Frame], bool] | None:
        """Whether a side has what must be on the glass after a page changed: what is wrong now.

        Else the answer that was marked, else the field with the caret, if that was.
        """
        typing = self.editor.focused if self._field_seen else None
        wrong, chosen = leads.at_fault(before, page), leads.newly_chosen(before, page)
        if chosen is not None and not wrong:
            return lambda side: side.offers(chosen)
        block = wrong or typing
        return (lambda side: side.holds(block)) if block else None

    def _uncover(self, page: Page) -> None:
        """Begin a page at its first side, or go on with one that a dialog covered."""
        covered = _Covered(self.editor, self.editor.focused, self._side, self._first)
        back = self._beneath.turned(self.page, page, covered)
        if not _waits_under(page):
            self.editor.leave()  # what was being composed is not taken along
        if back is not None:
            self.editor, self._side, self._first = back.editor, back.side, back.first
            if back.field is not None:
                self.editor.enter(back.field)
        else:
            self.editor, self._side, self._first = self._fresh_editor(), 0, None

    def _stay(self) -> None:
        """Where the page is laid out in another way: the side with what was first on the glass.

        Where it has fewer sides than before, the last of them.
        """
        if self._first is not None and self.page is not None:
            sides = self._renderer.sides(self.page, self.profile, self.editor, seconds=self.seconds)
            there = self._first.side(sides, manner(self.profile), self._side)
            self._side = min(there, len(sides) - 1)

    def touched(self) -> None:
        """Somebody is there: the count-down of the page starts anew."""
        if self.page is not None and self.page.count_down_s is not None:
            self._until = self._now() + self.page.count_down_s

    def forget(self) -> None:
        """Drop the page and all that was typed."""
        self.page, self.profile = None, Profile()
        self._side, self._first, self._until, self._walked = 0, None, None, None
        self._beneath.forget()
        self.editor.forget()
        self.signing.forget()
        self.film.forget()
        self._renderer.forget()
        self.narrator.forget()

    @property
    def seconds(self) -> int | None:
        """What is left of the count-down of the page."""
        if self._until is None:
            return None
        # in thousandths: what a clock of many digits loses behind them makes no second more
        return max(0, math.ceil(round(self._until - self._now(), 3)))

    def count(self) -> None:
        """A second of the count-down went by."""
        if self.seconds is not None:
            self.narrator.counting(self.seconds)

    def frame(self) -> Frame | None:
        """The side of the page that is turned to; None before the first page."""
        if self.page is None:
            return None
        frame = self._renderer.frame(
            self.page, self.profile, self.editor, at=self._side, seconds=self.seconds
        )
        self._side = frame.turns.at
        self._first = Bookmark(manner(self.profile), frame.first)
        self._field_seen = self.editor.focused is not None and frame.holds(self.editor.focused)
        return frame

    def drawn(self) -> Frame | None:
        """What is to be on the glass: that side, or the curtain before it."""
        frame = self.frame()
        if frame is None or self.page is None or not self.profile.curtain:
            return frame
        return self._curtain.frame(self.page, self.profile, self.seconds)

    def stops(self) -> tuple[TabStop, ...]:
        """Every place where the focus can be, over all sides of the page, in reading order."""
        if self.page is None:
            return ()
        sides = self._renderer.sides(self.page, self.profile, self.editor, seconds=self.seconds)
        texts, field = self.narrator.stops(), self.editor.focused
        at = min(self._side, len(sides) - 1)  # the page may have fewer sides than it had
        asked = (texts, field, at)
        if self._walked is None or self._walked[0] is not sides or self._walked[1] != asked:
            found = walk(self.page, sides, texts=texts, field=field, at=at)
            self._walked = sides, asked, found
        stops = self._walked[2]
        return (*stops, self._opening()) if self.profile.curtain else stops

    def _opening(self) -> TabStop:
        """The curtain's own button as a place, for whoever cannot touch it."""
        command = commands.Adjust(Adjustment.CURTAIN)
        target = Target(UNCOVER, NOWHERE, command, says=self._curtain.opens(self.profile))
        return TabStop(UNCOVER, "curtain", Zone.TOP, self._side, None, target)

    def turn_to(self, side: int) -> None:
        """Turn the page to a side, counted from 0."""
        self._side = max(0, side)

    def run(self, command: commands.Command) -> bool:
        """Do what a target asks for; whether that was done.

        What is still composed is not dropped by going on: the page stays, and says so.
        """
        if self.page is None:
            return False
        if self._drops(self.page, command):
            self._keep()
            return False
        match command:
            case commands.Press(action=action) if action == REPLAY:
                self.narrator.again()
            case commands.Press(action=action) if action == PAUSE:
                self.narrator.pause()
            case commands.Turn(by):
                self.turn_to(self._side + by)
            case commands.Enter(field):
                self.editor.enter(field)
                self._follow(field)
            case commands.Leave():
                self.editor.leave()
            case _:
                self._tell(self.page.id, command)
        return True

    def _drops(self, page: Page, command: commands.Command) -> bool:
        """Whether a command goes on from a field in which something is still composed."""
        if not self.editor.composition.preedit:
            return False
        match command:
            case commands.Press(action):
                return action == leads.onward(page)
            case commands.Enter(field):
                return field != self.editor.focused
        return isinstance(command, commands.Leave)

    def _keep(self) -> None:
        entry, field = self.editor.entered, self.editor.focused
        if entry is not None and field is not None:
            self.editor.stay()
            self._follow(field)
            self.narrator.unfinished(entry.script)

    def _tell(self, page: str, command: commands.Command) -> None:
        """Do what asks for a signal, or edits the field with the caret."""
        match command:
            case commands.Press(action):
                self._on_signal(Pressed(page, action))
            case commands.Choose(block, choice):
                self._on_signal(Chosen(page, block, choice))
            case commands.Adjust(adjustment):
                self._on_signal(Adjusted(adjustment))
            case commands.PlayFilm():
                self.film.go_on()
            case commands.HoldFilm():
                self.film.hold()
            case commands.ReplayFilm():
                self.film.replay()
            case commands.Unsign(block):
                if self.signing.clear(block):
                    self._on_signal(Signed(page, block, ()))
            case _:
                self._edit(command)

    def stroke_ended(self, finger: object) -> bool:
        """A finger left the glass; whether it was signing, and its stroke is now told."""
        strokes = self.signing.end(finger)
        if strokes is not None and self.page is not None:
            self._on_signal(Signed(self.page.id, self.signing.block, strokes))
        return strokes is not None

    def character(self, text: str) -> None:
        """A character typed on keys goes to the field with the caret."""
        for one in text:
            if (command := self.editor.typed(one)) is not None:
                self._edit(command)

    def _follow(self, block: str) -> None:
        """Turn to the first side that has a block, unless the one turned to has it."""
        self._turn_to_one(lambda side: side.holds(block))

    def _turn_to_one(self, wanted: Callable[[Frame], bool]) -> None:
        """Turn to the first side that is wanted, unless the one turned to is."""
        frame = self.frame()
        if self.page is None or frame is None or wanted(frame):
            return
        sides = self._renderer.sides(self.page, self.profile, self.editor, seconds=self.seconds)
        found = [number for number, side in enumerate(sides) if wanted(side)]
        self._side = found[0] if found else self._side

    def _edit(self, command: commands.Command) -> None:
        changed = self.editor.run(command)
        entry, field = self.editor.entered, self.editor.focused
        if entry is not None and field is not None:
            self._follow(field)
            self.narrator.typed(field, entry.shown, self.editor.composition.preedit)
        if changed is not None and self.page is not None:
            self._on_signal(Edited(self.page.id, *changed))


def _waits_under(page: Page) -> bool:
    """Whether what is composed can wait under a page in front: nothing is typed on that."""
    typing = any(isinstance(block, Field) for block in page.blocks)
    return page.layout is Layout.NOTICE and not typing
