"""Simulated loudspeaker and headphones: the far end of two ALSA outputs, and who listens there.

ALSA's own `file` plugin writes what a driver plays to a named pipe; here it is read.

audio = AudioSimulator(folder)
audio.start()
AlsaAudio(audio.loudspeaker.pcm, audio.headphones.pcm)   # file:FILE=…/loudspeaker/pcm,FORMAT=raw
audio.headphones.heard()          # pieces with the moment each came at
audio.loudspeaker.unplug()        # the output is gone; plug() brings it back
audio.fault = AudioFault.STALLED  # takes no more sound

The plugin holds as much back as ALSA's buffer has, 80 ms, and gives it out when it is dropped: what
is heard here after a drop is what a sound card would have thrown away. A stalled output is noticed
when its pipe is full, after 1.5 s of sound.
"""

from __future__ import annotations

import contextlib
import fcntl
import io
import math
import os
import shutil
import termios
import threading
import time
import wave
from array import array
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from drivers.audio.port import SAMPLE_RATE
from drivers.bell import Bell

KEPT_S = 30  # of sound, for each output
_KEPT_BYTES = KEPT_S * SAMPLE_RATE * 2
_CHUNK = 4096
_FULL_SCALE = 32_768
_GAP_S, _SHOWN_GAP_S = 0.2, 0.5
_STOP_S = 2.0


class AudioFault(StrEnum):
    """What can be wrong with the outputs."""

    NONE = "none"
    STALLED = "stalled"  # takes no more sound and says nothing


@dataclass(frozen=True)
class Arrival:
    """A piece of sound and when it came (`time.monotonic`)."""

    at: float
    samples: bytes

    @property
    def silent(self) -> bool:
        """Whether nothing is to be heard in it."""
        return not any(self.samples)


class Ear:
    """Who listens at one output. Keeps the last 30 s."""

    def __init__(self, folder: Path, clock: Callable[[], float] = time.monotonic) -> None:
        self._folder = folder
        self._clock = clock
        self._lock = threading.Lock()
        self._pipe = -1
        self._arrivals: deque[Arrival] = deque()
        self._bytes = 0
        self._total = 0

    @property
    def pcm(self) -> str:
        """What the driver opens."""
        return f"file:FILE={self._folder.absolute() / 'pcm'},FORMAT=raw"

    @property
    def plugged(self) -> bool:
        """Whether the output is there."""
        return self._pipe >= 0

    @property
    def seconds(self) -> float:
        """How much sound has come in all, silence and all."""
        return self._total / 2 / SAMPLE_RATE

    @property
    def caught_up(self) -> bool:
        """Whether all that was written so far has been heard."""
        return self.unheard == 0

    @property
    def unheard(self) -> int:
        """Bytes that were written and have not been heard yet."""
        with self._lock:
            waiting = array("i", [0])
            if self._pipe >= 0:
                fcntl.ioctl(self._pipe, termios.FIONREAD, waiting)
            return waiting[0]

    def heard(self, since: float = 0.0) -> list[Arrival]:
        """What came from that moment on, silence left out."""
        with self._lock:
            return [piece for piece in self._arrivals if piece.at >= since and not piece.silent]

    def sound(self) -> bytes:
        """All samples of the last 30 s, one behind the other."""
        with self._lock:
            return b"".join(piece.samples for piece in self._arrivals)

    def loudness_db(self, since: float = 0.0) -> float:
        """Of what was heard, below full scale (RMS); minus infinity for silence.

        Samples of silence do not count: how much of it comes in one piece with sound is chance.
        """
        heard = array("h", b"".join(piece.samples for piece in self.heard(since)))
        samples = [sample for sample in heard if sample]
        if not samples:
            return -math.inf
        square = sum(sample * sample for sample in samples) / len(samples)
        return 20 * math.log10(math.sqrt(square) / _FULL_SCALE)

    def wav(self) -> bytes:
        """The last 30 s as a WAV file; pauses in which nothing came last half a second."""
        file = io.BytesIO()
        with self._lock, wave.open(file, "wb") as written:
            written.setnchannels(1)
            written.setsampwidth(2)
            written.setframerate(SAMPLE_RATE)
            before = math.inf
            for piece in self._arrivals:
                if piece.at - before > _GAP_S:
                    written.writeframes(bytes(2 * int(SAMPLE_RATE * _SHOWN_GAP_S)))
                written.writeframes(piece.samples)
                before = piece.at
        return file.getvalue()

    def forget(self) -> None:
        """As if nothing had been heard."""
        with self._lock:
            self._arrivals.clear()
            self._bytes = 0

    def plug(self) -> None:
        """Make the output; nothing happens when it is there."""
        with self._lock:
            if self._pipe < 0:
                shutil.rmtree(self._folder, ignore_errors=True)
                # made elsewhere: a driver that tries meanwhile would make a file of its own in it
                made = self._folder.with_name(f"{self._folder.name}.new")
                shutil.rmtree(made, ignore_errors=True)
                made.mkdir(parents=True)
                os.mkfifo(made / "pcm")
                # read and write: ALSA's plugin would wait for a reader, here is always one
                self._pipe = os.open(made / "pcm", os.O_RDWR | os.O_NONBLOCK)
                made.rename(self._folder)

    def unplug(self) -> None:
        """Take the output away: its pipe breaks, and no new one is made in a folder not there."""
        with self._lock:
            if self._pipe >= 0:
                shutil.rmtree(self._folder, ignore_errors=True)
                os.close(self._pipe)
                self._pipe = -1

    @property
    def pipe(self) -> int:
        """The descriptor to wait on; -1 when it is unplugged."""
        return self._pipe

    def listen(self) -> None:
        """Take what has come."""
        with self._lock, contextlib.suppress(BlockingIOError):
            if self._pipe >= 0 and (samples := os.read(self._pipe, _CHUNK)):
                self._arrivals.append(Arrival(self._clock(), samples))
                self._total += len(samples)
                self._bytes += len(samples)
                while self._bytes > _KEPT_BYTES:
                    self._bytes -= len(self._arrivals.popleft().samples)


class AudioSimulator:
    """Both outputs, each in a folder of its own in `folder`, and the thread that listens."""

    def __init__(self, folder: Path, clock: Callable[[], float] = time.monotonic) -> None:
        self.loudspeaker = Ear(folder / "loudspeaker", clock)
        self.headphones = Ear(folder / "headphones", clock)
        self._fault = AudioFault.NONE
        self._bell = Bell()
        self._stopping = False
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Plug both in and listen."""
        self.plug()
        self._thread = threading.Thread(target=self._listen, name="simulated-audio", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Unplug both and end the thread."""
        self._stopping = True
        self._bell.ring()
        if self._thread is not None:
            self._thread.join(_STOP_S)
        self.unplug()
        self._bell.close()

    @property
    def plugged(self) -> bool:
        """Whether both outputs are there."""
        return all(ear.plugged for ear in self._ears)

    def plug(self) -> None:
        """Make both outputs."""
        for ear in self._ears:
            ear.plug()
        self._bell.ring()

    def unplug(self) -> None:
        """Take both away."""
        for ear in self._ears:
            ear.unplug()
        self._bell.ring()

    @property
    def fault(self) -> AudioFault:
        """What is wrong now."""
        return self._fault

    @fault.setter
    def fault(self, fault: AudioFault) -> None:
        self._fault = fault
        self._bell.ring()

    @property
    def _ears(self) -> tuple[Ear, Ear]:
        return self.loudspeaker, self.headphones

    def _listen(self) -> None:
        while not self._stopping:
            stalled = self._fault is AudioFault.STALLED
            ears = {} if stalled else {ear.pipe: ear for ear in self._ears if ear.plugged}
            try:
                ready = self._bell.wait(0.1, list(ears))
            except (OSError, ValueError):
                continue  # a pipe was closed by unplug() between listing and waiting
            for pipe in ready:
                ears[pipe].listen()
