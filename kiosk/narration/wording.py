"""What a text of a page becomes when it is heard: people's numbers, masked figures, lines. Pure.

A citizen's own numbers are worded twice: as they are, and left out for a loudspeaker that
others hear too (EN 301 549 V3.2.1 5.1.3.8). Amounts, times and signs stay as they are written,
for the voice reads those, and Chinese within English too (docs/speech.md).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from kiosk.access.profile import Language
from kiosk.narration.numerals import Numerals

PERSONAL_FROM = 6  # digits on end that may be somebody's number
MASK = "*•●＊"


class Say(Protocol):
    """A phrase by key with its places filled, in the language in force."""

    def __call__(self, key: str, **places: object) -> str:
        """KeyError names a key or place that is missing."""


@dataclass(frozen=True)
class Said:
    """What is heard: `full` where only the citizen hears it, `aloud` where others do too."""

    full: str = ""
    aloud: str = ""

    def __repr__(self) -> str:
        """Says nothing of what is said."""
        return f"Said(private={self.private})"

    def __bool__(self) -> bool:
        return bool(self.full)

    @property
    def private(self) -> bool:
        """Whether something is left out where others hear it."""
        return self.full != self.aloud

    @classmethod
    def plain(cls, text: str) -> Said:
        """The same for all ears."""
        return cls(text, text)


ANY_DIGIT = re.compile(r"[0-9]")
HAN = r"\u3400-\u9fff"
MASKED = re.escape(MASK)
TOKENS = re.compile(
    rf"""
      (?P<iso>(?<![\d-])\d{{4}}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])(?![\d-]))
    | (?P<landline>(?<![\w-])(?:0\d{{2,3}}-\d{{7,8}}|400-?\d{{3}}-?\d{{4}})(?![\w-]))
    | (?P<grouped>(?<![\w-])[\d{MASKED}]{{4}}(?:[ ][\d{MASKED}]{{4}})+
                  (?:[ ](?:\d{{1,3}}[A-Z]?|[A-Z]))?(?![\w-]))
    | (?P<token>[0-9A-Za-z{MASKED}]+(?:-[0-9A-Za-z{MASKED}]+)*)
    """,
    re.VERBOSE | re.ASCII,
)
LETTERS_FIRST = re.compile(r"^[A-Za-z]+|.+")
NAME_MASKED = re.compile(rf"([{HAN}]+)[{MASKED}]+")
BREAK_IN_SENTENCE = re.compile(rf"(?<=[{HAN}，、])[ \t]*\n[ \t]*(?=[{HAN}])")
BREAK = re.compile(r"\s*\n\s*")
DOT = re.compile(r"\s*·\s*")
# Pauses that meet one another, and spaces before them.
CHINESE_TIDY = (
    (r"\s*([，。；：！？])\s*", r"\1"),
    (r"，+([，。；：！？])", r"\1"),
    (r"([。；：！？])[，。]+", r"\1"),
)
LATIN_TIDY = (
    (r"\s+([,.;:!?])", r"\1"),
    (r"(,\s*)+([,.;:!?])", r"\2"),
    (r"([.;:!?])(\s*[,.])+(?=\s|$)", r"\1"),
)


class Wording:
    """One language's way of saying things. `say` gives its phrases."""

    def __init__(self, say: Say, language: Language) -> None:
        self.say = say
        self.language = language
        self.numerals = Numerals(
            digits=say("narration.number.digits").split(),
            apart="" if language is Language.ZH else " ",
            pause=say("narration.separator"),
        )
        self._tidying = CHINESE_TIDY if language is Language.ZH else LATIN_TIDY
        self._amounts = tuple(say("narration.number.amounts").split())

    def fill(self, key: str, **places: Said) -> Said:
        """A phrase with what is said in its places."""
        return Said(
            self.say(key, **{name: said.full for name, said in places.items()}),
            self.say(key, **{name: said.aloud for name, said in places.items()}),
        )

    def join(self, *parts: Said, by: str = "narration.separator") -> Said:
        """Parts one after another with a pause; empty ones are left out."""
        pause, kept = self.say(by), [part for part in parts if part]
        return Said(
            self._tidy(pause.join(part.full for part in kept)),
            self._tidy(pause.join(part.aloud for part in kept)),
        )

    def phrase(self, key: str, **places: object) -> Said:
        """A phrase that holds nothing of anybody."""
        return Said.plain(self.say(key, **places))

    def text(self, text: str) -> Said:
        """A text of a page."""
        full = self._worded(text, withhold=False)
        if not ANY_DIGIT.search(text):
            return Said.plain(full)
        return Said(full, self._worded(text, withhold=True))

    def title(self, text: str) -> Said:
        """A title, whose lines are one sentence."""
        return self.text(BREAK.sub(" ", BREAK_IN_SENTENCE.sub("", text)))

    def sensitive(self, text: str) -> Said:
        """A value that is nobody else's to hear, whatever it looks like."""
        return Said(self._worded(text, withhold=False), self.say("narration.sensitive"))

    def spelled(self, text: str) -> str:
        """Character by character."""
        return self.numerals.spelled(text)

    def _worded(self, text: str, *, withhold: bool) -> str:
        text = BREAK.sub(self.say("narration.stop"), text.strip())
        text = DOT.sub(self.say("narration.separator"), text)
        text = NAME_MASKED.sub(
            lambda found: self._paused(found[1], self.say("narration.number.rest")), text
        )
        text = TOKENS.sub(lambda found: self._token(found, withhold=withhold), text)
        return self._tidy(text)

    def _tidy(self, text: str) -> str:
        for pattern, replacement in self._tidying:
            text = re.sub(pattern, replacement, text)
        return text.strip(" ,，")

    def _token(self, found: re.Match[str], *, withhold: bool) -> str:
        kind, token = found.lastgroup or "", found[0]
        if kind in WORDED:
            return WORDED[kind](self, token)
        digits = sum(character.isdigit() for character in token)
        masked = any(character in MASK for character in token)
        if kind == "grouped" or masked or digits >= PERSONAL_FROM:
            return self._number(found, withhold=withhold)
        return token

    def _number(self, found: re.Match[str], *, withhold: bool) -> str:
        """What may be somebody's number, unless a unit shows that it is an amount."""
        token = found[0]
        if token.isdigit() and self._measured(found):
            return token
        if withhold and any(character.isdigit() for character in token):
            return self.say("narration.withheld")
        bare = token.replace(" ", "")
        if any(character in MASK for character in bare):
            return self._masked(bare)
        parts = [part for run in bare.split("-") for part in LETTERS_FIRST.findall(run)]
        return self._paused(*map(self.numerals.in_groups, parts))

    def _masked(self, token: str) -> str:
        ends = re.split(f"[{MASKED}]", token)
        said = []
        for shown, key in ((ends[0], "first"), (ends[-1], "last")):
            if shown:
                text = self.numerals.spelled(shown)
                said.append(self.say(f"narration.number.{key}", count=len(shown), text=text))
        return self._paused(*said, self.say(f"narration.number.{'rest' if said else 'all'}"))

    def _measured(self, found: re.Match[str]) -> bool:
        """Whether a unit of money or measure follows."""
        after = found.string[found.end() :].lstrip(".0123456789 ")
        return after.startswith(self._amounts)

    def _iso(self, token: str) -> str:
        year, month, day = token.split("-")
        named = self.say(f"display.month_{int(month)}")
        return self.say("display.full_day", year=year, month=named, day=int(day))

    def _paused(self, *parts: str) -> str:
        return self.say("narration.separator").join(parts)


WORDED: dict[str, Callable[[Wording, str], str]] = {
    "iso": Wording._iso,
    # The number of an office is public; citizens' own are kept without a dash.
    "landline": lambda _, token: token,
}
