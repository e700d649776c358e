"""A silent film on the glass: decoded ahead in a thread of its own, shown at its own rate.

OpenCV is loaded by that thread, when there is a film to show. A file that is missing, that is not a
film, or whose pictures are larger than a panel is broken, and nothing of it is shown.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from kiosk.journey.page import Page, Video

AHEAD = 8  # pictures decoded before they are due
MOST_PIXELS = 1920 * 1080
MOST_BYTES = 20_000_000
SLOWEST, FASTEST = 1.0, 60.0  # pictures a second; a file that says otherwise is not believed
WAIT_S = 0.2  # for room in the queue, before looking whether to stop


class Playing(StrEnum):
    """How far a film is."""

    LOADING = "loading"
    RUNNING = "running"
    HELD = "held"
    ENDED = "ended"
    BROKEN = "broken"


@dataclass(frozen=True)
class FilmFrame:
    """One picture: RGBA rows from the top, and when it is due, in s from the beginning."""

    due: float
    width: int
    height: int
    pixels: bytes


class _Reel:
    """One run through a file. Ends by itself when it is stopped or read out."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._frames: queue.Queue[FilmFrame | None] = queue.Queue(AHEAD)
        self._stopped = threading.Event()
        self.broken = True  # until there is a picture
        self._thread = threading.Thread(target=self._run, name="film", daemon=True)
        self._thread.start()

    def next(self) -> FilmFrame | None:
        """The next picture, or None at the end. Raises queue.Empty when it is not yet decoded."""
        return self._frames.get_nowait()

    def stop(self) -> None:
        """Let the thread end."""
        self._stopped.set()

    def _run(self) -> None:
        try:
            for frame in _decoded(self._file):
                if not self._put(frame):
                    return
                self.broken = False
        finally:  # whatever the decoder raises is logged; who waits for the film is told its end
            self._put(None)

    def _put(self, frame: FilmFrame | None) -> bool:
        while not self._stopped.is_set():
            try:
                self._frames.put(frame, timeout=WAIT_S)
            except queue.Full:
                continue
            return True
        return False


class Film:
    """The film of the page on the glass. `now`: seconds of a clock that only goes forward."""

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._shown: tuple[str, str, str] | None = None
        self._reel: _Reel | None = None
        self._ahead: FilmFrame | None = None
        self._began: float | None = None
        self._held_at: float | None = None
        self.playing = Playing.ENDED
        self.frame: FilmFrame | None = None

    def show(self, page: Page) -> None:
        """Begin the film of a page, or end the one whose page has gone."""
        block = next((b for b in page.blocks if isinstance(b, Video)), None)
        shown = (page.id, block.id, block.file) if block else None
        if shown != self._shown:
            self.forget()
            self._shown = shown
            if shown is not None:
                self.replay()

    def forget(self) -> None:
        """No film."""
        if self._reel is not None:
            self._reel.stop()
        self._shown = self._reel = self._ahead = self._began = self._held_at = self.frame = None
        self.playing = Playing.ENDED

    def hold(self) -> None:
        """Stand still on the picture that is shown."""
        if self.playing is Playing.RUNNING:
            self._held_at, self.playing = self._now(), Playing.HELD

    def go_on(self) -> None:
        """Go on from where it stands; from its end, from the beginning."""
        if self.playing is Playing.HELD and self._held_at is not None and self._began is not None:
            self._began += self._now() - self._held_at
            self._held_at, self.playing = None, Playing.RUNNING
        elif self.playing is Playing.ENDED:
            self.replay()

    def replay(self) -> None:
        """From the beginning."""
        if self._shown is None:
            return
        if self._reel is not None:
            self._reel.stop()
        self._reel = _Reel(self._shown[2])
        self._ahead = self._began = self._held_at = None
        self.playing = Playing.LOADING

    @property
    def moves(self) -> bool:
        """Whether another picture or state is still to come without a touch."""
        return self.playing in {Playing.LOADING, Playing.RUNNING}

    def advance(self) -> bool:
        """Take the picture that is due now, leaving out late ones; whether anything changed."""
        if not self.moves or self._reel is None:
            return False
        before = self.frame, self.playing
        try:
            while self._due():
                self.frame, self._ahead = self._ahead, None
        except queue.Empty:
            pass  # the thread is behind; the picture shown stays
        return (self.frame, self.playing) != before

    def _due(self) -> bool:
        """Whether the next picture is due; it is in `_ahead` then."""
        if self._reel is None:
            return False
        if self._ahead is None:
            self._ahead = self._reel.next()
            if self._ahead is None:
                self.playing = Playing.BROKEN if self._reel.broken else Playing.ENDED
                return False
        if self._began is None:
            self._began, self.playing = self._now(), Playing.RUNNING
        return self._ahead.due <= self._now() - self._began


def _decoded(file: str) -> Iterator[FilmFrame]:
    """Every picture of a file; none when it cannot be read."""
    import cv2  # noqa: PLC0415 -- large, and only a film needs it

    source = cv2.VideoCapture(file)
    try:
        rate = source.get(cv2.CAP_PROP_FPS)
        if not source.isOpened() or not SLOWEST <= rate <= FASTEST:
            return
        number = 0
        while True:
            there, picture = source.read()
            if not there or picture.shape[0] * picture.shape[1] > MOST_PIXELS:
                return
            height, width = picture.shape[:2]
            pixels = cv2.cvtColor(picture, cv2.COLOR_BGR2RGBA).tobytes()
            yield FilmFrame(number / rate, width, height, pixels)
            number += 1
    finally:
        source.release()


def plays(file: str) -> bool:
    """Whether at least one picture can be shown of it."""
    return next(_decoded(file), None) is not None


@dataclass(frozen=True)
class Media:
    """The folder of films that life events name."""

    folder: Path

    def fault(self, name: str) -> str:
        """What is wrong with a film; nothing when it can be shown."""
        file = self.folder / name
        if not file.is_file():
            return f"there is no file {name}"
        if file.stat().st_size > MOST_BYTES:
            return f"{name} has {file.stat().st_size:,} bytes, more than {MOST_BYTES:,}"
        return "" if plays(str(file)) else f"{name} is not a film that can be played"
