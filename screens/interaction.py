"""What happens on the glass between two pages: turning over, typing, moving the focus.

Decides nothing about the journey: touches and keys become signals, which carry the id of the page
that was on the glass; pages come from outside.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from kiosk.access.chinese_input import ChineseInput
from kiosk.access.profile import Profile
from kiosk.journey.page import Page
from kiosk.journey.signals import Chosen, Edited, Pressed, Signed
from screens import commands, focus
from screens.editor import Editor
from screens.frame import Frame
from screens.renderer import Renderer
from screens.signature import Signing
from screens.sketch import Target

ScreenSignal = Pressed | Chosen | Edited | Signed

ARROWS: dict[str, focus.Direction] = {
    "left": (-1, 0),
    "right": (1, 0),
    "up": (0, -1),
    "down": (0, 1),
}


class Interaction:
    """The page on the glass and all that is local to it. Used by the thread of the window."""

    def __init__(
        self,
        renderer: Renderer,
        chinese_input: ChineseInput,
        on_signal: Callable[[ScreenSignal], None],
        *,
        now: Callable[[], float],
        today: Callable[[], date],
    ) -> None:
        """`now`: seconds of a clock that only goes forward."""
        self._renderer = renderer
        self._on_signal = on_signal
        self._now = now
        self.editor = Editor(chinese_input, today)
        self.signing = Signing()
        self.page: Page | None = None
        self.profile = Profile()
        self._side = 0
        self._field_seen = False  # whether the field with the caret is on the glass
        self._until: float | None = None
        self.focus: str | None = (
            None  # the target that a key would select; None until keys are used
        )

    def show(self, page: Page, profile: Profile) -> None:
        """Take another page, or the same one changed."""
        before = self.page
        if before is None or before.id != page.id:
            self._side = 0
            if self.focus is not None:
                self.focus = ""
            self._until = None
        if before is None or before.id != page.id or before.count_down_s != page.count_down_s:
            self._until = None if page.count_down_s is None else self._now() + page.count_down_s
        follow = self._field_seen and before is not None and before.id == page.id
        self.page, self.profile = page, profile
        self.editor.show(page)
        self.signing.show(page)
        if follow and self.editor.focused is not None:
            self._follow(self.editor.focused)

    def touched(self) -> None:
        """Somebody is there: the count-down of the page starts anew."""
        if self.page is not None and self.page.count_down_s is not None:
            self._until = self._now() + self.page.count_down_s

    def forget(self) -> None:
        """Drop the page and all that was typed."""
        self.page, self.profile = None, Profile()
        self._side, self._until, self.focus = 0, None, None
        self.editor.forget()
        self.signing.forget()
        self._renderer.forget()

    @property
    def seconds(self) -> int | None:
        """What is left of the count-down of the page."""
        if self._until is None:
            return None
        return max(0, -int(-(self._until - self._now()) // 1))

    def frame(self) -> Frame | None:
        """What is to be on the glass; None before the first page."""
        if self.page is None:
            return None
        frame = self._renderer.frame(
            self.page, self.profile, self.editor, at=self._side, seconds=self.seconds
        )
        self._side = frame.turns.at
        self._field_seen = self.editor.focused is not None and frame.holds(self.editor.focused)
        if self.focus == "":
            self.focus = focus.step(_content_first(frame), None, 1)
        return frame

    def run(self, command: commands.Command) -> None:
        """Do what a target asks for."""
        if self.page is None:
            return
        match command:
            case commands.Press(action):
                self._on_signal(Pressed(self.page.id, action))
            case commands.Choose(block, choice):
                self._on_signal(Chosen(self.page.id, block, choice))
            case commands.Unsign(block):
                if self.signing.clear(block):
                    self._on_signal(Signed(self.page.id, block, ()))
            case commands.Turn(by):
                self._turn(by)
            case commands.Enter(field):
                self.editor.enter(field)
                self._follow(field)
            case commands.Leave():
                self.editor.leave()
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

    def key(self, name: str, *, shift: bool = False) -> None:
        """A key that types nothing: tab, arrows, enter, backspace. All others do nothing."""
        frame = self.frame()
        if frame is None:
            return
        typing = self.editor.entered is not None and self.focus in (None, self.editor.focused)
        if name == "tab":
            self.focus = focus.step(frame.targets, self._start(frame), -1 if shift else 1)
        elif name in ("left", "right") and typing:
            self.editor.move(1 if name == "right" else -1)
        elif name in ARROWS:
            self.focus = focus.towards(frame.targets, self._start(frame), ARROWS[name])
        elif name == "backspace":
            self._edit(commands.Erase())
        elif name in ("enter", "spacebar"):
            self._select(frame, name)

    def _select(self, frame: Frame, name: str) -> None:
        if self.editor.composition.preedit and name == "enter":
            self._edit(commands.Pick(0))
            return
        if name == "spacebar" and self.editor.entered is not None:
            return  # it comes as a character too
        target = self.target(frame, self.focus)
        if target is not None:
            self.run(target.command)

    def target(self, frame: Frame, name: str | None) -> Target | None:
        """The target of that name on the glass."""
        return next((target for target in frame.targets if target.name == name), None)

    def _start(self, frame: Frame) -> str | None:
        """Where moving the focus begins: where it is, at the caret, or before the content."""
        if self.focus:
            return self.focus
        if self.editor.focused is not None:
            return self.editor.focused
        bars = [t.name for placed in frame.placed if placed.key == ("top",) for t in placed.targets]
        return bars[-1] if bars else None

    def _turn(self, by: int) -> None:
        self._side = max(0, self._side + by)
        if self.focus is not None:
            self.focus = ""

    def _follow(self, field: str) -> None:
        """Turn to the side on which a field is."""
        frame = self.frame()
        if frame is None or frame.holds(field):
            return
        for side in range(frame.turns.of):
            self._side = side
            shown = self.frame()
            if shown is not None and shown.holds(field):
                return

    def _edit(self, command: commands.Command) -> None:
        changed = self.editor.run(command)
        if self.editor.focused is not None:
            self._follow(self.editor.focused)
        if changed is not None and self.page is not None:
            self._on_signal(Edited(self.page.id, *changed))


def _content_first(frame: Frame) -> list[Target]:
    """Targets with those of the bar above last: a new page begins with its content."""
    top = [t for placed in frame.placed if placed.key == ("top",) for t in placed.targets]
    return [target for target in frame.targets if target not in top] + top
