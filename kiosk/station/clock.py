"""The time-outs of a session: idle warning and count-downs, as deadlines in monotonic seconds."""

from __future__ import annotations

from kiosk.access.profile import Speech
from kiosk.journey.listening import listening_s
from kiosk.journey.page import Page
from kiosk.journey.signals import IdleWarned, TimeUp

MINUTE_S = 60.0  # how often the idle picture is drawn anew, for its clock


class Deadlines:
    """What is to happen when nothing else does. Touches and new pages move it."""

    def __init__(self, idle_warning_s: float) -> None:
        self._idle_warning_s = idle_warning_s
        self._patience = 1
        self._idle_at = float("inf")
        self._heard_at = float("-inf")  # until then the page is read aloud
        self._page_at = float("inf")
        self._counted: tuple[str, int | None] = ("", None)  # page, and its count-down

    def touched(self, now_s: float, patience: int = 1) -> None:
        """Somebody is there, who needs so many times the usual time."""
        self._patience = patience
        self._idle_at = now_s + self._idle_warning_s * patience

    def shown(self, page: Page, speech: Speech, now_s: float, *, touched: bool) -> None:
        """A page is on the screen. Its count-down starts when it appears and at each touch.

        It starts anew where it has become another one, as it does on the glass. Nobody is asked
        whether they are still there while they listen.
        """
        counted = (page.id, page.count_down_s)
        if page.id != self._counted[0] or touched:
            self._heard_at = now_s + (listening_s(page, speech.rate) if speech.on else 0)
        if page.count_down_s is None:
            self._page_at = float("inf")
        elif counted != self._counted or touched:
            self._page_at = now_s + page.count_down_s
        self._counted = counted

    @property
    def _warned_at(self) -> float:
        return max(self._idle_at, self._heard_at)

    def due(self, now_s: float) -> IdleWarned | TimeUp | None:
        """The signal whose time has come. A warning that nothing came of is given again later."""
        if now_s >= self._page_at:
            self._page_at = float("inf")
            return TimeUp(self._counted[0])
        if now_s >= self._warned_at:
            self._idle_at = now_s + self._idle_warning_s * self._patience
            return IdleWarned()
        return None

    def wait_s(self, now_s: float) -> float:
        """Seconds until something may be due, at most a minute."""
        return max(0.0, min(self._warned_at - now_s, self._page_at - now_s, MINUTE_S))
