"""Whether the terminal's process is alive, told by what it writes, not by any clock it reads."""

from __future__ import annotations

from kiosk.catalogue.release_rows import TerminalRow

ALIVE_S = 15.0  # three beats of the terminal (kiosk/station/catalogue_watch.py)


class Heartbeat:
    """Counts from the last change that this process saw itself, in monotonic seconds."""

    def __init__(self) -> None:
        self._seen: tuple[str, int] | None = None
        self._changed_s: float | None = None

    def alive(self, row: TerminalRow | None, now_s: float) -> bool:
        """Whether the row changed lately. What was there at the first look proves nothing."""
        if row is None:
            return False
        beat = (row.run, row.beat)
        if self._seen is not None and beat != self._seen:
            self._changed_s = now_s
        self._seen = beat
        return self._changed_s is not None and now_s - self._changed_s < ALIVE_S
