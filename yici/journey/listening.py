"""What a citizen who only listens knows: what the terminal's words mean, and their own facts.

`config/sandbox/listening.yaml`; `docs/narration.md` explains how what is said is built.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from kiosk.access.speech.port import Utterance
from yici.journey.script import ScriptError


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Words(_Part):
    """How the terminal begins what it says of a place; `digits` are zero to nine, as on keys.

    `name` is the button by which the page is put into this language.
    `passing` begins what is said of a page that is about to go or has changed; `home` is heard on
    the idle picture; `onward` are the buttons by which one goes on.
    """

    name: str
    button: str
    choice: str
    field: str
    key: str
    candidate: str
    wrong: str
    chosen: str
    home: str
    passing: tuple[str, ...]
    comma: str
    digits: tuple[str, ...]
    more: str
    onward: tuple[str, ...]

    @property
    def places(self) -> tuple[str, ...]:
        """Words that only a place begins with."""
        return (self.button, self.choice, self.field, self.key, self.candidate)


class Fact(_Part):
    """What to do on a page on whose arrival this is `heard`. Exactly one of the others is given.

    `choose` an answer, `press` a button, `digits` to type, characters to `compose` with their
    pinyin, or what the hands do: `lay` the card, `take` it.
    """

    heard: str
    choose: str = ""
    press: str = ""
    digits: str = ""
    compose: tuple[tuple[str, str], ...] = ()
    hands: str = ""


class Listener(_Part):
    """One person with one life event; their facts by the language they listen in."""

    person: str
    facts: dict[str, tuple[Fact, ...]]


class _Listening(_Part):
    words: dict[str, Words]
    life_events: dict[str, Listener]


@dataclass(frozen=True)
class Known:
    """What a citizen knows. `first`: the words of the language that a terminal begins in."""

    first: Words
    words: Words
    facts: tuple[Fact, ...]
    person: str


def load_known(file: Path, life_event: str, language: str) -> Known:
    """What they know who come with that life event and listen in that language.

    Raises ScriptError.
    """
    try:
        read = _Listening.model_validate(yaml.safe_load(file.read_text("utf-8")))
    except (OSError, yaml.YAMLError, ValidationError) as error:
        raise ScriptError(f"{file}: cannot be read: {error}") from error
    if life_event not in read.life_events:
        known = ", ".join(read.life_events)
        raise ScriptError(f"{file}: nobody listens to {life_event}; there are {known}")
    listener = read.life_events[life_event]
    if language not in read.words or language not in listener.facts:
        raise ScriptError(f"{file}: nobody listens to {life_event} in the language {language}")
    words = read.words[language]
    return Known(next(iter(read.words.values())), words, listener.facts[language], listener.person)


class Transcript:
    """What was spoken, in order, as far as its sound went out. Told from the voice's thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._said: list[str] = []
        self._lines: list[str] = []

    def hear(self, utterance: Utterance) -> None:
        """One utterance began to sound."""
        with self._lock:
            self._said.append(utterance.text)
            self._lines.append(utterance.text)

    def did(self, what: str) -> None:
        """The citizen did something, so that what follows can be understood."""
        with self._lock:
            self._lines.append(f"[{what}]")

    @property
    def lines(self) -> tuple[str, ...]:
        """What was said and, in brackets, done, in order."""
        with self._lock:
            return tuple(self._lines)

    def __len__(self) -> int:
        """How many utterances there were."""
        with self._lock:
            return len(self._said)

    def since(self, mark: int) -> tuple[str, ...]:
        """All from that number on."""
        with self._lock:
            return tuple(self._said[mark:])
