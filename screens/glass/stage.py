"""The one widget that fills the window: paints frames, hears touches and keys."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from kivy.clock import Clock
from kivy.graphics import Color, InstructionGroup, SmoothLine
from kivy.input.motionevent import MotionEvent
from kivy.uix.widget import Widget

from screens.bars.top import TRACK
from screens.blocks.motion import FRAMES_S
from screens.frame import Frame
from screens.glass.painter import Painter
from screens.interaction import Interaction
from screens.metrics import DESIGN_PPI
from screens.panel import Panel
from screens.sketch import Box, Target
from screens.theme import THEMES, Role, Theme, rgba
from screens.touches import Touches

RING = 8  # px at the design pitch
PRESSED_ALPHA = 0.14
BUSY_FRAMES_S = 1 / 15
BUSY_ROUND_S = 2.4


class Stage(Widget):
    """Everything on the glass. `on_colour` is told the colour of the page when it changes."""

    def __init__(
        self,
        panel: Panel,
        interaction: Interaction,
        painter: Callable[[Any], Painter],
        on_touch: Callable[[], None],
        on_colour: Callable[[str], None],
    ) -> None:
        super().__init__(size=(panel.width, panel.height), size_hint=(None, None))
        self._panel = panel
        self._interaction = interaction
        self._painter = painter(self.canvas)
        self._on_touch = on_touch
        self._on_colour = on_colour
        self._touches = Touches()
        self._frame: Frame | None = None
        self._over = InstructionGroup()
        self._drawn_over: object = None
        self.canvas.after.add(self._over)
        self._second = Clock.create_trigger(self._count, 1, interval=True)
        self._moving = Clock.create_trigger(self._move, BUSY_FRAMES_S, interval=True)
        self._pictures = Clock.create_trigger(self._move_pictures, 1 / FRAMES_S, interval=True)

    @property
    def frame(self) -> Frame | None:
        """What is on the glass."""
        return self._frame

    @property
    def repainted(self) -> int:
        """How many pieces the last drawing cost."""
        return self._painter.repainted

    def draw(self) -> None:
        """Bring the glass to what the interaction says."""
        frame = self._interaction.frame()
        theme = THEMES[self._interaction.profile.contrast]
        if frame is None:
            self.blank()
            return
        if self._frame is not None and self._frame.page != frame.page:
            self._touches.drop()
        self._frame = frame
        self._on_colour(theme[Role.BG])
        self._painter.paint(frame, theme)
        self._clocks()
        if self._painter.move(Clock.get_time()) and not self._pictures.is_triggered:
            self._pictures()
        self._draw_over(theme)

    def blank(self) -> None:
        """Take everything off the glass."""
        self._frame = None
        self._touches.drop()
        self._painter.clear()
        self._over.clear()
        self._drawn_over = None
        self._second.cancel()
        self._moving.cancel()
        self._pictures.cancel()

    def on_touch_down(self, touch: MotionEvent) -> bool:
        """A finger came down."""
        if touch.is_mouse_scrolling:
            return True
        self._somebody()
        self._interaction.focus = None
        if self._frame and self._interaction.signing.begin(
            touch.uid, self._frame, *self._at(touch)
        ):
            return True
        self._touches.begin(touch.uid, self._under(touch))
        self._draw_over(THEMES[self._interaction.profile.contrast])
        return True

    def on_touch_move(self, touch: MotionEvent) -> bool:
        """A finger moved: only a signature follows it."""
        if self._interaction.signing.move(touch.uid, *self._at(touch)):
            self._draw_over(THEMES[self._interaction.profile.contrast])
        return True

    def on_touch_up(self, touch: MotionEvent) -> bool:
        """A finger left: what it began and ended on is done."""
        if touch.is_mouse_scrolling:
            return True
        if self._interaction.stroke_ended(touch.uid):
            self.draw()
            return True
        target = self._touches.end(touch.uid, self._under(touch), touch.time_start)
        if target is not None:
            self._interaction.run(target.command)
        self.draw()
        return True

    def _somebody(self) -> None:
        """Both who listens and the count-down on the glass start anew, so they never disagree."""
        self._on_touch()
        self._interaction.touched()

    def key(self, name: str, *, shift: bool) -> None:
        """A key that types nothing."""
        self._somebody()
        self._interaction.key(name, shift=shift)
        self.draw()

    def character(self, text: str) -> None:
        """Characters from keys."""
        self._somebody()
        self._interaction.character(text)
        self.draw()

    def _under(self, touch: MotionEvent) -> Target | None:
        if self._frame is None:
            return None
        x, y = self._at(touch)
        return next((t for t in reversed(self._frame.targets) if t.box.holds(x, y)), None)

    def _at(self, touch: MotionEvent) -> tuple[float, float]:
        """Where a touch is, px from the top left."""
        return touch.x, self._panel.height - touch.y

    def _clocks(self) -> None:
        """Clocks run only while something on the page moves."""
        page = self._interaction.page
        counting = self._interaction.seconds is not None
        busy = page is not None and page.busy
        for clock, wanted in ((self._second, counting), (self._moving, busy)):
            if wanted and not clock.is_triggered:
                clock()
            elif not wanted and clock.is_triggered:
                clock.cancel()

    def _count(self, _: float) -> None:
        self.draw()

    def _move(self, _: float) -> None:
        self._draw_over(THEMES[self._interaction.profile.contrast])

    def _move_pictures(self, _: float) -> None:
        if not self._painter.move(Clock.get_time()):
            self._pictures.cancel()

    def _draw_over(self, theme: Theme) -> None:
        """What lies over the page: the mark of a finger, the focus, the bar of waiting."""
        if self._frame is None:
            return
        held = self._touches.held
        ringed = self._interaction.target(self._frame, self._interaction.focus)
        waiting = self._interaction.page is not None and self._interaction.page.busy
        moment = Clock.get_time() if waiting else 0.0
        strokes = self._interaction.signing.strokes
        if self._drawn_over == (held, ringed, moment, strokes, theme):
            return  # touching the canvas would have all of it drawn again
        self._drawn_over = (held, ringed, moment, strokes, theme)
        self._over.clear()
        if strokes:
            self._painter.sign(self._over, self._frame, self._interaction.signing)
        if held is not None:
            red, green, blue, _ = rgba(theme[Role.INK])
            self._over.add(Color(red, green, blue, PRESSED_ALPHA))
            self._painter.shape(self._over, held.box, held.radius)
        if ringed is not None:
            self._ring(ringed, theme)
        if waiting:
            self._waiting(self._frame, theme)

    def _ring(self, target: Target, theme: Theme) -> None:
        width = RING * self._panel.ppi / DESIGN_PPI
        box = target.box.grown(width / 2 + 1)
        self._over.add(Color(*rgba(theme[Role.FOCUS])))
        radius = min(target.radius + width / 2, box.width / 2, box.height / 2)
        y = self._panel.height - box.bottom
        shape = (box.x, y, box.width, box.height, max(1.0, radius), 40)
        self._over.add(SmoothLine(rounded_rectangle=shape, width=width / 2, overdraw_width=1))

    def _waiting(self, frame: Frame, theme: Theme) -> None:
        """A short bar that goes to and fro under the bar above."""
        high = TRACK * self._panel.ppi / DESIGN_PPI
        y = next((p.piece.height for p in frame.placed if p.key == ("top",)), high)
        part = Clock.get_time() % BUSY_ROUND_S / BUSY_ROUND_S
        there = 1 - abs(2 * part - 1)
        wide = self._panel.width / 4
        track = Box(0, y - high, self._panel.width, high)
        moving = Box(round(there * (self._panel.width - wide)), y - high, wide, high)
        self._painter.fill(self._over, track, theme[Role.TRACK], 0)
        self._painter.fill(self._over, moving, theme[Role.PRIMARY], 0)
