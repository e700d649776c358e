"""Which key code of a keypad means what, from settings: keypads can be reprogrammed. Pure."""

from __future__ import annotations

import re
from collections.abc import Container, Mapping
from dataclasses import dataclass
from enum import StrEnum

from evdev import ecodes

from drivers.nav_keypad.port import Key

_CODES = range(1, ecodes.KEY_MAX + 1)
_NUMBER = re.compile(r"[0-9]{1,3}", re.ASCII)
_KEY_NAMES = ("KEY_", "BTN_")


class Jack(StrEnum):
    """What keypads send as if it were a key when headphones are plugged in or out."""

    IN = "headphones_in"
    OUT = "headphones_out"


class LayoutError(ValueError):
    """The settings name no such key or meaning; says which and what there is."""


@dataclass(frozen=True)
class Layout:
    """Key code of the kernel (`linux/input-event-codes.h`) → meaning."""

    meanings: Mapping[int, Key | Jack]

    @classmethod
    def of(cls, settings: Mapping[str, str]) -> Layout:
        """The layout that settings describe: `KEY_F13` or `183` → `up`; raises LayoutError.

        Several codes may mean the same, so keypad and switches can hang on one device.
        """
        meanings: dict[int, Key | Jack] = {}
        for name, word in settings.items():
            code = _code(name)
            if code in meanings:
                raise LayoutError(f"key {name} is given twice; leave one of them out")
            meanings[code] = _meaning(name, word)
        if not any(isinstance(meaning, Key) for meaning in meanings.values()):
            raise LayoutError("no key has a meaning; give at least select")
        return cls(meanings)

    def missing(self, codes: Container[int]) -> tuple[str, ...]:
        """The names of the keys that a device with these codes cannot send; its jack not counted.

        Of several keys with one meaning, one is enough.
        """
        there = {meaning for code, meaning in self.meanings.items() if code in codes}
        return tuple(
            _name(code)
            for code, meaning in sorted(self.meanings.items())
            if isinstance(meaning, Key) and meaning not in there
        )


def _name(code: int) -> str:
    names = ecodes.keys.get(code, str(code))
    return names if isinstance(names, str) else names[0]


def _code(name: str) -> int:
    number = _NUMBER.fullmatch(name)
    code = int(name) if number else ecodes.ecodes.get(name)
    named = number or name.startswith(_KEY_NAMES)
    if code is None or code not in _CODES or not named:
        raise LayoutError(
            f"there is no key {name}; give its name as evtest shows it, like KEY_F13, or its number"
        )
    return code


def _meaning(name: str, word: str) -> Key | Jack:
    words: dict[str, Key | Jack] = {**{key: key for key in Key}, **{jack: jack for jack in Jack}}
    if word not in words:
        raise LayoutError(f"key {name} cannot mean {word}; there are: {', '.join(words)}")
    return words[word]
