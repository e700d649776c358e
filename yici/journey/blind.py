"""A citizen who cannot see: hears what is spoken, presses the keys of a keypad, and that is all."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from drivers.nav_keypad.port import Key
from yici.journey.citizen import Hands, LostWay
from yici.journey.fingers import Fingers, KeyNotFound
from yici.journey.listening import Fact, Known, Transcript

LONGEST_WAY = 60  # pages; more is walking in circles
MOST_TURNS = 6  # through candidates
MOST_TRIES, TRY_S = 5, 2.0  # at the headphones' socket
MOST_PLACES = 120  # of one page, keys of its keyboard among them

Wait = Callable[[Callable[[], bool], str], None]
"""Until the condition holds; raises, naming what was waited for, when it does not in time."""


@dataclass(frozen=True)
class Keypad:
    """What the fingers are on: its keys, and the socket for headphones."""

    press: Callable[[Key], None]
    plug_headphones: Callable[[bool], None]


class BlindCitizen:
    """Finishes a life event by ear. `wait` lets the terminal's time pass; nothing else is its."""

    def __init__(
        self,
        transcript: Transcript,
        keypad: Keypad,
        hands: Hands,
        known: Known,
        wait: Wait,
    ) -> None:
        self._transcript = transcript
        self._keypad = keypad
        self._hands = hands
        self._known = known
        self._words = known.first
        self._wait = wait
        self._arrived = 0  # where in the transcript the page begins
        self.presses = 0

    def walk(self) -> None:
        """From plugging the headphones in until the first page is heard again."""
        self._listen()
        if self._known.words != self._words:
            self._select(self._words.button + self._known.words.name)
            self._words = self._known.words
        for _ in range(LONGEST_WAY):
            self._on_page()
            if self._known.first.home in self._arrival():
                return
        raise LostWay(f"still not back after {LONGEST_WAY} pages; heard last: {self._page()}")

    def _listen(self) -> None:
        """Plug the headphones in; where nothing is heard, pull them out and try again."""
        for _ in range(MOST_TRIES):
            self._transcript.did("headphones in")
            self._keypad.plug_headphones(True)
            until = time.monotonic() + TRY_S
            self._wait(lambda: bool(self._page()) or time.monotonic() > until, "any sound")  # noqa: B023
            if self._page():
                return
            self._transcript.did("headphones out")
            self._keypad.plug_headphones(False)
        raise LostWay("nothing is to be heard in the headphones")

    def _arrival(self) -> str:
        """What is said first of the page that has come."""
        self._wait(lambda: bool(self._page()), "a page to be heard")
        return self._page()

    def _page(self) -> str:
        """The first thing said since that is no place, no answer to a key and no error."""
        for said in self._transcript.since(self._arrived):
            if said.startswith(self._words.wrong):
                raise LostWay(said)
            if not said.startswith((*self._words.places, *self._words.passing)):
                return said
        return ""

    def _on_page(self) -> None:
        heard = self._arrival() + self._press(Key.DOWN)  # the first place is the page's head
        fact = next((fact for fact in self._known.facts if fact.heard in heard), Fact(heard=""))
        if fact.press:
            self._select(self._words.button + fact.press)
            return
        if fact.hands:
            self._use_hands(fact)
            return
        if fact.digits or fact.compose:
            self._fill(fact)
            self._go_on(Key.DOWN)  # out of the keyboard
            return
        if fact.choose:
            self._choose(fact.choose)
        self._go_on()

    def _use_hands(self, fact: Fact) -> None:
        if fact.hands == "lay":
            self._arrived = len(self._transcript)
            self._transcript.did("card laid")
            self._hands.lay_card()
        else:
            self._transcript.did("card taken")
            self._hands.take_card()
            self._go_on()

    def _choose(self, answer: str) -> None:
        self._find(lambda said: said.startswith(self._words.choice + answer), answer)
        mark = len(self._transcript)
        self._press_key(Key.SELECT)
        chosen = self._words.chosen + " " + answer
        self._wait(
            lambda: any(said.startswith(chosen) for said in self._transcript.since(mark)),
            f"{chosen} to be said",
        )

    def _go_on(self, way: Key = Key.RIGHT) -> None:
        onward = tuple(self._words.button + word for word in self._words.onward)
        found = self._find(lambda said: said.startswith(onward), "a button that goes on", way)
        self._leave_by(found)

    def _select(self, place: str) -> None:
        self._leave_by(self._find(lambda said: said.startswith(place), place))

    def _leave_by(self, place: str) -> None:
        """SELECT there; what is heard next that is no place is another page."""
        self._arrived = len(self._transcript)
        self._press_key(Key.SELECT)
        self._wait(lambda: bool(self._page()), f"another page after {place}")

    def _find(self, wanted: Callable[[str], bool], what: str, way: Key = Key.RIGHT) -> str:
        """Go on until it is heard: to the RIGHT past all texts, DOWN by everything."""
        for _ in range(MOST_PLACES):
            heard = self._press(way)
            if wanted(heard):
                return heard
        raise LostWay(f"{what} is nowhere on the page that begins: {self._page()}")

    def _fill(self, fact: Fact) -> None:
        self._find(lambda said: said.startswith(self._words.field), "something to fill in")
        first = self._find(lambda said: said.startswith(self._words.key), "a keyboard", Key.DOWN)
        fingers = Fingers(self._to_key, self._key(first))
        for digit in fact.digits:
            fingers.go(self._words.digits[int(digit)])
            self._strike()
        for character, pinyin in fact.compose:
            for letter in pinyin:
                fingers.go(letter)
                self._strike()
            self._take(character)
            fingers.lost(self._key(self._back_to_keys()))

    def _take(self, character: str) -> None:
        """Up to the candidates, all over them, and on to more of them where it is not there."""
        wanted = self._words.candidate + character
        heard = ""
        for _ in range(MOST_PLACES):
            if self._candidate(heard):
                break
            heard = self._press(Key.UP)
        for _ in range(MOST_TURNS):
            fingers = Fingers(self._to_candidate, self._candidate(heard))
            try:
                fingers.go(wanted)
            except KeyNotFound:
                fingers.go(self._words.more)
            else:
                self._strike()
                return
            heard = self._strike()
        raise LostWay(f"{character} is not among the candidates")

    def _candidate(self, said: str) -> str:
        """The candidate that is said, or the key that leads to more; empty when neither is."""
        name = said.split(self._words.comma, maxsplit=1)[0]
        among = name.startswith(self._words.candidate) or name == self._words.more
        return name if among else ""

    def _to_candidate(self, way: Key) -> str:
        return self._candidate(self._press(way))

    def _back_to_keys(self) -> str:
        for way in (Key.DOWN, *([Key.UP] * MOST_PLACES)):
            heard = self._press(way)
            if self._key(heard) and heard != self._words.more:
                return heard
        raise LostWay("the keyboard is not found again")

    def _key(self, said: str) -> str:
        """The key that is said; empty when none is."""
        if not said.startswith(self._words.key):
            return ""
        return said.removeprefix(self._words.key)

    def _to_key(self, way: Key) -> str:
        return self._key(self._press(way))

    def _strike(self) -> str:
        """SELECT, and hear what came of it."""
        return self._press(Key.SELECT)

    def _press(self, key: Key) -> str:
        """The first thing said after the key."""
        mark = len(self._transcript)
        self._press_key(key)
        self._wait(lambda: len(self._transcript) > mark, f"something to be said after {key}")
        return self._transcript.since(mark)[0]

    def _press_key(self, key: Key) -> None:
        self.presses += 1
        self._transcript.did(key.value)
        self._keypad.press(key)
