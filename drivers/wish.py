"""Whether codes or keys are wanted now, and whether still by the wish under which one began."""

from __future__ import annotations

import threading


class Wish:
    """Whether something is wanted, and which wish of it this is. From any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._wanted = False
        self._number = 0

    def set(self, wanted: bool) -> None:
        """Only the change from off to on makes a new wish."""
        with self._lock:
            if wanted and not self._wanted:
                self._number += 1
            self._wanted = wanted

    def now(self) -> int | None:
        """The number of the present wish; None when nothing is wanted."""
        with self._lock:
            return self._number if self._wanted else None
