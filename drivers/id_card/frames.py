"""Frames of the SAM_A security module (居民身份证验证安全控制模块): bytes to messages and back.

`AA AA AA 96 69 | length, 16 bit, big endian | body | check`: the length counts body and check,
the check is the XOR of everything between preamble and check. Pure; never raises on any bytes.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from operator import xor

PREAMBLE = b"\xaa\xaa\xaa\x96\x69"
_LENGTH_BYTES = 2
_SHORTEST = 3  # a request: command, parameter, check
_LONGEST = 2321  # text, photo and two fingerprints


@dataclass(frozen=True)
class Frame:
    """A frame whose check held. `body`: a request's command and data, or status words and data."""

    body: bytes

    def __repr__(self) -> str:
        """Says nothing of the body, which may be a card's text."""
        return f"Frame({len(self.body)} bytes)"


@dataclass(frozen=True)
class BadFrame:
    """A frame whose check did not hold."""


def encode(body: bytes) -> bytes:
    """The frame around a body of 2 to 2,320 bytes; raises ValueError outside that."""
    length = len(body) + 1
    if not _SHORTEST <= length <= _LONGEST:
        raise ValueError(f"a frame's body has 2 to {_LONGEST - 1} bytes, not {len(body)}")
    content = length.to_bytes(_LENGTH_BYTES, "big") + body
    return PREAMBLE + content + bytes([reduce(xor, content)])


class FrameDecoder:
    """Finds frames in bytes that come in any pieces, with any noise before and between.

    Holds back at most one frame; after a frame that makes no sense it looks for the next
    preamble inside it, so that a wrong length costs one frame and no more.
    """

    def __init__(self) -> None:
        self._pending = bytearray()

    @property
    def pending(self) -> int:
        """Bytes held back for a frame not yet whole."""
        return len(self._pending)

    def reset(self) -> None:
        """Forget what is held back."""
        self._pending.clear()

    def feed(self, data: bytes) -> list[Frame | BadFrame]:
        """The frames that are whole now, in order."""
        self._pending += data
        frames: list[Frame | BadFrame] = []
        while self._align():
            length = int.from_bytes(self._pending[len(PREAMBLE) :][:_LENGTH_BYTES], "big")
            if not _SHORTEST <= length <= _LONGEST:
                del self._pending[: len(PREAMBLE)]
                continue
            end = len(PREAMBLE) + _LENGTH_BYTES + length
            if len(self._pending) < end:
                break
            content = bytes(self._pending[len(PREAMBLE) : end])
            if reduce(xor, content) == 0:
                frames.append(Frame(content[_LENGTH_BYTES:-1]))
                del self._pending[:end]
            else:
                frames.append(BadFrame())
                del self._pending[: len(PREAMBLE)]
        return frames

    def _align(self) -> bool:
        """Drop what comes before a preamble; whether preamble and length are there."""
        start = self._pending.find(PREAMBLE)
        if start < 0:
            start = max(0, len(self._pending) - len(PREAMBLE) + 1)
        del self._pending[:start]
        return len(self._pending) >= len(PREAMBLE) + _LENGTH_BYTES
