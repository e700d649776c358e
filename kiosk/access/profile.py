"""How one citizen wants the terminal: size, colours, sound, reach. Forgotten with the session."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum
from typing import cast

_TAG = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?")  # language, script, region


class TextSize(StrEnum):
    """Four steps of body text, by the height of a capital letter (VVSG 2.0 7.1-G, EN 5.1.4)."""

    SMALL = "small"  # 5.2 mm
    NORMAL = "normal"  # 7.3 mm
    LARGE = "large"  # 9.0 mm
    LARGEST = "largest"  # 11.5 mm

    @property
    def capital_mm(self) -> float:
        """Height of a capital letter in mm."""
        return {"small": 5.2, "normal": 7.3, "large": 9.0, "largest": 11.5}[self.value]


class Contrast(StrEnum):
    """Which colours stand for which role (VVSG 2.0 7.1-C, 7.1-D)."""

    LIGHT = "light"  # the default, text at least 10:1
    HIGH_LIGHT = "high_light"  # black on white, at least 20:1
    DARK = "dark"  # white and yellow on black, at least 20:1
    LOW_GLARE = "low_glare"  # for eyes that bright light hurts


class Language(StrEnum):
    """Languages of the pages; each is a folder of `config/phrases/`, named by its tag (BCP 47).

    The two that ship have names here; any other tag gives a language too: `Language("fr")`.
    """

    ZH = "zh"
    EN = "en"

    @classmethod
    def _missing_(cls, value: object) -> Language | None:
        if not isinstance(value, str) or _TAG.fullmatch(value) is None:
            return None  # which Enum turns into a ValueError
        other = str.__new__(cls, value)
        other._name_, other._value_ = value.upper().replace("-", "_"), value
        # one object for one tag, as with the members that have names; two threads get the same
        return cast("Language", cls._value2member_map_.setdefault(value, other))

    def __reduce_ex__(self, _: object) -> tuple[type[Language], tuple[str]]:
        """By its tag: some Pythons copy members by their names, which other tags do not have."""
        return Language, (self.value,)


class Hand(StrEnum):
    """The hand that touches; what it needs most lies on its side."""

    RIGHT = "right"
    LEFT = "left"


class Scanning(StrEnum):
    """How switches choose (two-level scanning of groups and their targets)."""

    NONE = "none"
    ONE_SWITCH = "one_switch"  # the ring moves on by itself, SELECT chooses
    TWO_SWITCHES = "two_switches"  # NEXT moves the ring, SELECT chooses


QUIETEST, LOUDEST = 1, 10
SLOWEST, FASTEST = -2, 3


@dataclass(frozen=True)
class Speech:
    """Whether pages are read aloud, and how.

    `by_headphones`: on because headphones were plugged in, and off again when they are pulled.
    `volume` in ten steps of equal loudness, `rate` in steps from the natural one (0).
    `numbers_aloud`: also without headphones, personal numbers are spoken (EN 301 549 5.1.3.8).
    """

    on: bool = False
    by_headphones: bool = False
    volume: int = 6
    rate: int = 0
    numbers_aloud: bool = False


@dataclass(frozen=True)
class Profile:
    """What is in force for the session.

    `care`: 长辈模式, one thing a page, plain words, more time. `text_before_care`: the size that
    taking it off gives back. `seated`: all that is touched within reach from a chair. `steady`: a
    touch counts after it was held, a double one once. `curtain`: the glass shows nothing of the
    page; speech and keys go on.
    """

    text: TextSize = TextSize.NORMAL
    contrast: Contrast = Contrast.LIGHT
    language: Language = Language.ZH
    care: bool = False
    text_before_care: TextSize = TextSize.NORMAL
    seated: bool = False
    hand: Hand = Hand.RIGHT
    steady: bool = False
    scanning: Scanning = Scanning.NONE
    speech: Speech = field(default_factory=Speech)
    curtain: bool = False

    @property
    def patience(self) -> int:
        """How many times the usual time to leave: listening, scanning and age take longer."""
        if self.scanning is not Scanning.NONE:
            return 3
        return 2 if self.care or self.speech.on else 1
