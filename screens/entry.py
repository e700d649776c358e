"""The text of one field while it is typed: caret, length, and what the station has echoed. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from kiosk.access.chinese_input import Method
from kiosk.journey.page import Field, FieldKind
from screens.parts import COLUMNS, Parts

CHINESE, STROKES, LETTERS, CAPITALS = "chinese", "strokes", "letters", "capitals"
METHODS: Mapping[str, Method] = {CHINESE: Method.PINYIN, STROKES: Method.STROKE}
DIGITS = frozenset("0123456789")
MONEY = DIGITS | {"."}

ACCEPTS: Mapping[FieldKind, Callable[[str], str]] = {
    FieldKind.DIGITS: lambda text: "".join(c for c in text if c in DIGITS),
    FieldKind.ID_NUMBER: lambda text: "".join(c for c in text.upper() if c in DIGITS or c == "X"),
    FieldKind.MONEY: lambda text: "".join(c for c in text if c in MONEY),
}


@dataclass(frozen=True)
class Entry:
    """One field as it stands on the glass; kept out of the `repr`, for it may be personal.

    `sent` are texts sent to the station and not yet seen in a page: a page that shows one of
    them is only late, and must not undo what has been typed since. `said`: what the page showed
    last; shown again, for another reason, it says nothing of what was sent. `surnames`: offered
    while the field is empty, from page `picks` of them on. `unfinished`: somebody wanted to go on
    while something was composed for it.
    """

    kind: FieldKind
    longest: int
    text: str = field(default="", repr=False)
    caret: int = 0
    script: str = LETTERS
    parts: Parts | None = field(default=None, repr=False)
    sent: tuple[str, ...] = field(default=(), repr=False)
    said: str = field(default="", repr=False)
    surnames: tuple[str, ...] = ()
    picks: int = 0
    unfinished: bool = False

    @classmethod
    def of(cls, block: Field) -> Entry:
        """The entry of a field just shown."""
        parts = Parts.of(block.kind, block.value) if block.kind in COLUMNS else None
        script = CHINESE if block.kind is FieldKind.CHINESE else LETTERS
        entry = cls(block.kind, block.longest, block.value, len(block.value), script, parts)
        return replace(entry, said=block.value)

    @property
    def shown(self) -> str:
        """What the field shows."""
        return self.parts.shown if self.parts else self.text

    def seen(self, block: Field) -> Entry:
        """The entry after a page showed this value for it."""
        if block.value == self.said:
            return replace(self, longest=block.longest)
        kept = replace(self, longest=block.longest, said=block.value)
        if block.value == self.text:
            return replace(kept, sent=())
        if block.value in self.sent:
            later = self.sent[self.sent.index(block.value) + 1 :]
            return replace(kept, sent=later)
        return replace(Entry.of(block), script=self.script, surnames=self.surnames)

    def insert(self, text: str) -> Entry:
        """Put text at the caret, as much as there is room for."""
        if self.parts:
            parts = self.parts
            for digit in text:
                parts = parts.type(digit) if digit in DIGITS else parts
            return self.with_parts(parts)
        accepted = ACCEPTS[self.kind](text) if self.kind in ACCEPTS else text
        accepted = accepted[: max(0, self.longest - len(self.text))]
        typed = self.text[: self.caret] + accepted + self.text[self.caret :]
        return self._sent(replace(self, text=typed, caret=self.caret + len(accepted)))

    def replaced(self, text: str) -> Entry:
        """This text in place of all."""
        return self.cleared().insert(text)

    def erase(self) -> Entry:
        """Take away the character before the caret."""
        if self.parts:
            return self.with_parts(self.parts.erase())
        if self.caret == 0:
            return self
        typed = self.text[: self.caret - 1] + self.text[self.caret :]
        return self._sent(replace(self, text=typed, caret=self.caret - 1))

    def cleared(self) -> Entry:
        """Nothing."""
        if self.parts:
            return self.with_parts(self.parts.clear())
        return self._sent(replace(self, text="", caret=0))

    def moved(self, by: int) -> Entry:
        """The caret elsewhere (in a date: another column)."""
        if self.parts:
            return replace(self, parts=self.parts.select(self.parts.selected + by))
        return replace(self, caret=max(0, min(self.caret + by, len(self.text))))

    def with_parts(self, parts: Parts) -> Entry:
        """Other parts of a date or time."""
        return self._sent(replace(self, parts=parts, text=parts.text, caret=len(parts.text)))

    def _sent(self, changed: Entry) -> Entry:
        """The changed entry, remembering the text it had: a page may show that one still."""
        if changed.text == self.text:
            return changed
        return replace(changed, sent=(*self.sent, self.text), picks=0)
