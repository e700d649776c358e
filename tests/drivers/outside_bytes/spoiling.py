"""Frames as bad wires and broken devices deliver them, made from good ones by a seed."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence

_LONGEST_NOISE = 400
_LONGEST_ENDLESS = 6000
_BIT_FLIPS = 4
_CHECK_BYTES = 2
_SLOWLY, _IN_PIECES = 0.02, 0.12  # shares of the frames that do not come in one piece
_LONGEST_SLOW = 3000  # bytes; a longer frame byte by byte would be all that a soak does


class Spoiler:
    """Gives frames without end. `length_at`: where good ones say how long they are, if they do."""

    def __init__(
        self, goods: Sequence[bytes], chance: random.Random, length_at: slice | None = None
    ) -> None:
        self._goods = tuple(goods)
        self._chance = chance
        self._length_at = length_at
        self._before = self._goods[0]
        self._delayed = b""
        self._ways: tuple[Callable[[bytes], bytes], ...] = (
            self._whole,
            self._noise,
            self._endless,
            self._cut_short,
            self._doubled,
            self._bits_flipped,
            self._wrong_check,
            self._wrong_length,
            self._previous,
            self._late,
            self._with_noise_inside,
            self._with_a_part_lost,
            self._spliced,
        )

    def frame(self) -> bytes:
        """The next frame; what was held back of an earlier one comes before it."""
        good = self._chance.choice(self._goods)
        delayed, self._delayed = self._delayed, b""
        frame = delayed + self._chance.choice(self._ways)(good)
        self._before = good
        return frame

    def pieces(self, frame: bytes) -> Iterator[bytes]:
        """The frame as it comes in: mostly at once, else torn, else one byte at a time."""
        chance = self._chance.random()
        if chance < _SLOWLY and len(frame) <= _LONGEST_SLOW:
            for at in range(len(frame)):
                yield frame[at : at + 1]
        elif chance < _IN_PIECES:
            start = 0
            while start < len(frame):
                end = start + self._chance.randint(1, len(frame))
                yield frame[start:end]
                start = end
        else:
            yield frame

    def _whole(self, good: bytes) -> bytes:
        return good

    def _noise(self, _: bytes) -> bytes:
        return self._chance.randbytes(self._chance.randrange(_LONGEST_NOISE))

    def _endless(self, good: bytes) -> bytes:
        part = good[: self._place(good) + 1] or b"\0"
        return part * (self._chance.randrange(_LONGEST_ENDLESS) // len(part))

    def _cut_short(self, good: bytes) -> bytes:
        return good[: self._place(good)]

    def _doubled(self, good: bytes) -> bytes:
        return good + good

    def _bits_flipped(self, good: bytes) -> bytes:
        frame = bytearray(good)
        for _ in range(self._chance.randint(1, _BIT_FLIPS) if frame else 0):
            frame[self._place(good)] ^= 1 << self._chance.randrange(8)
        return bytes(frame)

    def _wrong_check(self, good: bytes) -> bytes:
        return good[:-_CHECK_BYTES] + self._chance.randbytes(min(len(good), _CHECK_BYTES))

    def _wrong_length(self, good: bytes) -> bytes:
        if self._length_at is None:
            return self._with_a_part_lost(good)
        at = self._length_at
        wrong = self._chance.randbytes(len(good[at]))
        return good[: at.start] + wrong + good[at.stop :]

    def _previous(self, _: bytes) -> bytes:
        return self._before

    def _late(self, good: bytes) -> bytes:
        place = self._place(good)
        self._delayed = good[place:]
        return good[:place]

    def _with_noise_inside(self, good: bytes) -> bytes:
        place = self._place(good)
        return good[:place] + self._chance.randbytes(self._chance.randint(1, 8)) + good[place:]

    def _with_a_part_lost(self, good: bytes) -> bytes:
        place = self._place(good)
        return good[:place] + good[place + self._chance.randint(1, 8) :]

    def _spliced(self, good: bytes) -> bytes:
        return self._before[: self._place(self._before)] + good[self._place(good) :]

    def _place(self, good: bytes) -> int:
        return self._chance.randrange(len(good)) if good else 0
