"""A card's photo through the vendor's own decoder, a program that need not be there.

Photos are packed as WLT, for which no open decoder exists. Who has a vendor's one wraps it in a
program: the 1,024 bytes of WLT on standard input, a BMP, PNG or JPEG on standard output, exit code
0. It runs apart, without a shell, may write to no file, and is killed when it takes too long or
says too much: a program of unknown quality is given bytes of an unknown card.
"""

from __future__ import annotations

import contextlib
import io
import os
import resource
import select
import signal
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence

from drivers.wire import Stopped

_MOST_BYTES = 1 << 20  # of its answer; 102 × 126 dots are 39 KB as BMP
_MOST_DOTS = 1000  # on either side
_SLICE_S = 0.1  # how long a wait may overlook that the thread is to end
_CHUNK = 65536
_NOWHERE = "/"
# No file may grow: neither the photo nor a core dump with the photo in it reaches the disk.
_LIMITS = (
    (resource.RLIMIT_FSIZE, 0),
    (resource.RLIMIT_CORE, 0),
    (resource.RLIMIT_AS, 1 << 30),
    (resource.RLIMIT_CPU, 10),
)


class PhotoError(Exception):
    """There is no photo; says why, for staff, and nothing of the card."""


class PhotoDecoder:
    """`command`: the program's absolute path and its arguments."""

    def __init__(self, command: Sequence[str], timeout_s: float = 2.0) -> None:
        self._command = tuple(command)
        self._timeout_s = timeout_s

    def check(self) -> None:
        """Raises PhotoError when the program cannot be run."""
        if not os.access(self._command[0], os.X_OK):
            raise PhotoError(f"{self._command[0]} is not there, or may not be run")

    def decode(self, wlt: bytes, stopping: Callable[[], bool]) -> bytes:
        """The photo as PNG; raises PhotoError, and Stopped when the thread is to end."""
        self.check()
        with _Program(self._command, self._timeout_s, stopping) as program:
            program.tell(wlt)
            answer = program.answer()
        return as_png(answer)


class _Program:
    """One run of the decoder. Left, it is gone, with whatever it had started."""

    def __init__(
        self, command: Sequence[str], timeout_s: float, stopping: Callable[[], bool]
    ) -> None:
        self._stopping = stopping
        self._until = time.monotonic() + timeout_s
        try:
            self._process = subprocess.Popen(  # noqa: S603 - what the settings name, no shell
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,  # it may quote the card
                cwd=_NOWHERE,
                env={"PATH": os.defpath, "LANG": "C.UTF-8"},
                start_new_session=True,
                bufsize=0,
            )
        except OSError as error:
            raise PhotoError(f"{command[0]} cannot be run: {error.strerror}") from error

    def __enter__(self) -> _Program:
        return self

    def __exit__(self, *_: object) -> None:
        # Not reaped so far, so that its number, which is its group's, is nobody else's.
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()

    def tell(self, wlt: bytes) -> None:
        """Give it the card's bytes, once it can leave no trace of them."""
        for limit, most in _LIMITS:
            with contextlib.suppress(ProcessLookupError):  # it has ended already
                resource.prlimit(self._process.pid, limit, (most, most))
        pipe = self._process.stdin
        if pipe is not None:
            with contextlib.suppress(BrokenPipeError):  # `answer` tells how it ended
                pipe.write(wlt)  # less than a pipe holds, so that nobody is waited for
            pipe.close()

    def answer(self) -> bytes:
        """All that it said, when it ended well and in time."""
        answer = bytearray()
        for chunk in self._said():
            answer += chunk
            if len(answer) > _MOST_BYTES:
                raise PhotoError(f"the decoder says more than {_MOST_BYTES} bytes")
        self._wait_for_end()
        return bytes(answer)

    def _said(self) -> Iterator[bytes]:
        pipe = self._process.stdout
        if pipe is not None:
            self._wait_for(pipe.fileno())
            while chunk := os.read(pipe.fileno(), _CHUNK):
                yield chunk
                self._wait_for(pipe.fileno())

    def _wait_for_end(self) -> None:
        process = os.pidfd_open(self._process.pid)
        try:
            self._wait_for(process)
        finally:
            os.close(process)
        end = os.waitid(os.P_PID, self._process.pid, os.WEXITED | os.WNOWAIT)
        if end is not None and (end.si_code != os.CLD_EXITED or end.si_status != 0):
            how = "code" if end.si_code == os.CLD_EXITED else "signal"
            raise PhotoError(f"the decoder ended with {how} {end.si_status}")

    def _wait_for(self, fd: int) -> None:
        while not select.select([fd], [], [], _SLICE_S)[0]:
            if self._stopping():
                raise Stopped
            if time.monotonic() >= self._until:
                raise PhotoError("the decoder takes too long")


def as_png(answer: bytes) -> bytes:
    """A decoder's picture anew, as PNG, so that nobody else opens what a foreign program made.

    Raises PhotoError for what is no BMP, PNG or JPEG, not whole, or larger than 1,000 dots.
    """
    from PIL import Image  # noqa: PLC0415 - only where there is a decoder

    try:
        with Image.open(io.BytesIO(answer), formats=("BMP", "PNG", "JPEG")) as picture:
            if max(picture.size) > _MOST_DOTS:
                raise PhotoError(f"the decoder's picture is larger than {_MOST_DOTS} dots")
            file = io.BytesIO()
            picture.convert("RGB").save(file, "PNG")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        # `from None`: an error of Pillow's may quote the bytes
        raise PhotoError(f"the decoder gave no picture: {type(error).__name__}") from None
    return file.getvalue()
