"""A bell that wakes a thread waiting in select(): rung by any thread, heard by one."""

from __future__ import annotations

import os
import select
import threading
from collections.abc import Sequence


class Bell:
    """An eventfd that can be rung after it was closed without harm."""

    def __init__(self) -> None:
        self._fd = os.eventfd(0, os.EFD_NONBLOCK | os.EFD_CLOEXEC)
        self._lock = threading.Lock()
        self._closed = False

    def ring(self) -> None:
        """Wake the waiting thread, now or at its next wait."""
        with self._lock:
            if not self._closed:
                os.eventfd_write(self._fd, 1)

    def wait(self, seconds: float, fds: Sequence[int] = ()) -> list[int]:
        """Wait until rung, until one of `fds` can be read, or for `seconds`; gives those fds."""
        ready, _, _ = select.select([self._fd, *fds], [], [], max(0.0, seconds))
        if self._fd in ready:
            os.eventfd_read(self._fd)
            ready.remove(self._fd)
        return ready

    def close(self) -> None:
        """Give the descriptor back; call it only when nobody waits any more."""
        with self._lock:
            if not self._closed:
                self._closed = True
                os.close(self._fd)
