"""The one widget that fills the window: paints frames, hears touches and keys."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from kivy.clock import Clock
from kivy.input.motionevent import MotionEvent
from kivy.uix.widget import Widget

from screens.blocks.motion import FRAMES_S
from screens.film import Playing
from screens.frame import Frame
from screens.glass.overlay import Over, Overlay
from screens.glass.painter import Painter
from screens.interaction import Interaction
from screens.keypad import Keypad
from screens.metrics import MM_PER_INCH
from screens.panel import Panel
from screens.sketch import Target
from screens.theme import THEMES, Role, Theme
from screens.touches import SLIDE_MM, Touches

MOVING_FRAMES_S = 1 / 15
PULSE_S = 0.1  # how often is looked whether a ring that moves by itself is due
FILM_TICK_S = 1 / 30  # how often it is looked whether the next picture of a film is due


class Stage(Widget):
    """Everything on the glass. `on_colour` is told the colour of the page when it changes.

    Kivy's clock says when to look at what moves; where it is by then, `now` does, in seconds.
    """

    def __init__(
        self,
        panel: Panel,
        interaction: Interaction,
        keypad: Keypad,
        painter: Callable[[Any], Painter],
        *,
        now: Callable[[], float],
        on_touch: Callable[[], None],
        on_colour: Callable[[str], None],
    ) -> None:
        super().__init__(size=(panel.width, panel.height), size_hint=(None, None))
        self._panel = panel
        self._interaction = interaction
        self._keypad = keypad
        self._painter = painter(self.canvas)
        self._now = now
        self._on_touch = on_touch
        self._on_colour = on_colour
        self._touches = Touches(SLIDE_MM * panel.ppi / MM_PER_INCH)
        self._touched_at = 0.0  # when the finger came down, by `now`
        self._frame: Frame | None = None
        self._overlay = Overlay(self.canvas.after, panel, self._painter)
        self._second = Clock.create_trigger(self._count, 1, interval=True)
        self._moving = Clock.create_trigger(self._move, MOVING_FRAMES_S, interval=True)
        self._pictures = Clock.create_trigger(self._move_pictures, 1 / FRAMES_S, interval=True)
        self._film = Clock.create_trigger(self._roll, FILM_TICK_S, interval=True)
        self._pulse = Clock.create_trigger(self._scan, PULSE_S, interval=True)

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
        frame = self._interaction.drawn()
        if frame is None:
            self.blank()
            return
        if self._frame is not None and self._frame.page != frame.page:
            self._touches.drop()
        self._frame = frame
        self._on_colour(self._theme[Role.BG])
        self._painter.paint(frame, self._theme)
        self._clocks()
        if self._painter.move(self._now()) and not self._pictures.is_triggered:
            self._pictures()
        self._painter.project(self._interaction.film)
        if self._interaction.film.moves and not self._film.is_triggered:
            self._film()
        self._draw_over()

    def blank(self) -> None:
        """Take everything off the glass."""
        self._frame = None
        self._touches.drop()
        self._painter.clear()
        self._overlay.clear()
        for clock in (self._second, self._moving, self._pictures, self._film, self._pulse):
            clock.cancel()

    @property
    def playing(self) -> Playing:
        """How far the film of the page is; ENDED where there is none."""
        return self._interaction.film.playing

    def end_motion(self) -> None:
        """Bring moving pictures to their rest at once."""
        self._painter.rest()
        self._pictures.cancel()

    @property
    def _theme(self) -> Theme:
        return THEMES[self._interaction.profile.contrast]

    def on_touch_down(self, touch: MotionEvent) -> bool:
        """A finger came down."""
        if touch.is_mouse_scrolling:
            return True
        self._somebody()
        self._keypad.touched()
        place = self._place(touch)
        if self._frame and self._interaction.signing.begin(touch.uid, self._frame, *place):
            self._draw_over()
            return True
        steady = self._interaction.profile.steady
        self._touches.begin(touch.uid, self._under(touch), touch.time_start, steady=steady)
        self._touched_at = self._now()
        self._clocks()
        self._draw_over()
        return True

    def on_touch_move(self, touch: MotionEvent) -> bool:
        """A finger moved: a signature follows it."""
        self._interaction.signing.move(touch.uid, *self._place(touch))
        self._touches.move(touch.uid, *self._place(touch))
        self._draw_over()
        return True

    def on_touch_up(self, touch: MotionEvent) -> bool:
        """A finger left: what it began and ended on is done."""
        if touch.is_mouse_scrolling:
            return True
        if self._interaction.stroke_ended(touch.uid):
            self.draw()
            return True
        targets = self._frame.targets if self._frame else ()
        target = self._touches.end(touch.uid, targets, touch.time_end, *self._place(touch))
        if target is not None:
            self._interaction.run(target.command)
        self.draw()
        return True

    def _somebody(self) -> None:
        """Both who listens and the count-down on the glass start anew, so they never disagree."""
        self._on_touch()
        self._interaction.touched()

    def key(self, name: str, *, shift: bool) -> None:
        """A key of a keyboard that types nothing."""
        self._somebody()
        self._keypad.key(name, shift=shift)
        self.draw()

    def character(self, text: str) -> None:
        """Characters from a keyboard."""
        self._somebody()
        self._interaction.character(text)
        self.draw()

    def press(self, name: str) -> None:
        """A key of the keypad; whoever tells of it has counted it as a touch."""
        self._keypad.press(name)
        self.draw()

    def _place(self, touch: MotionEvent) -> tuple[float, float]:
        return touch.x, self._panel.height - touch.y

    def _under(self, touch: MotionEvent) -> Target | None:
        if self._frame is None:
            return None
        x, y = self._place(touch)
        return next((t for t in reversed(self._frame.targets) if t.box.holds(x, y)), None)

    @property
    def _busy(self) -> bool:
        page = self._interaction.page
        return page is not None and page.busy

    def _clocks(self) -> None:
        """Clocks run only while something on the page moves."""
        for clock, wanted in (
            (self._second, self._interaction.seconds is not None),
            (self._moving, self._busy or self._touches.filling),
            (self._pulse, self._keypad.moving),
        ):
            if wanted and not clock.is_triggered:
                clock()
            elif not wanted and clock.is_triggered:
                clock.cancel()

    def _count(self, _: float) -> None:
        self._interaction.count()
        self._keypad.shown()  # other digits may move what the ring is around
        self.draw()

    def _move(self, _: float) -> None:
        self._draw_over()

    def _roll(self, _: float) -> None:
        film = self._interaction.film
        if film.advance():
            self._painter.project(film)
        if not film.moves:
            self._film.cancel()

    def _move_pictures(self, _: float) -> None:
        if not self._painter.move(self._now()):
            self._pictures.cancel()

    def _scan(self, _: float) -> None:
        if self._keypad.pulse():
            self.draw()

    def _draw_over(self) -> None:
        if self._frame is None:
            return
        signing, moment = self._interaction.signing, self._now()
        filling = self._touches.filling
        share = self._touches.share_of(moment - self._touched_at) if filling else None
        over = Over(
            self._theme,
            strokes=signing.strokes,
            ring=self._keypad.ring,
            pressed=self._touches.held,
            held=share,
            waiting=moment if self._busy and not self._interaction.profile.curtain else None,
        )
        self._overlay.draw(over, self._frame, signing)
