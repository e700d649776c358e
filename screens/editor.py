"""All fields of the page being shown, the one with the caret, and its composition.

Knows no widget: commands go in, and the text that changed comes out.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from kiosk.access.chinese_input import ChineseInput, ChineseInputUnavailable, Composition
from kiosk.journey.page import Cards, Choices, Field, FieldKind, Page
from screens import commands
from screens.entry import DIGITS, LETTERS, METHODS, Entry

EMPTY = Composition()
SCRIPTS = {method: script for script, method in METHODS.items()}


class Editor:
    """Fields of one page. `today`: where a date that is stepped through begins."""

    def __init__(self, chinese_input: ChineseInput, today: Callable[[], date]) -> None:
        self._engine = chinese_input
        self._today = today
        self._page = ""
        self._entries: dict[str, Entry] = {}
        self._composed = False
        self.focused: str | None = None
        self.dismissible = False
        self.chinese = True
        self.composition = EMPTY

    def show(self, page: Page) -> None:
        """Keep the entries of a page shown before, begin those of another."""
        fields = [block for block in page.blocks if isinstance(block, Field)]
        if page.id != self._page:
            self._drop()
            self._page = page.id
        self._entries = {
            block.id: old.seen(block)
            if (old := self._entries.get(block.id)) and old.kind is block.kind
            else self._entry(block)
            for block in fields
        }
        self.dismissible = any(
            isinstance(block, Choices) or (isinstance(block, Cards) and not block.found)
            for block in page.blocks
        )
        if self.focused not in self._entries:
            self.leave()
            if fields and not self.dismissible:
                self.focused = next((f.id for f in fields if f.error), fields[0].id)

    def _entry(self, block: Field) -> Entry:
        """The entry of a field just shown, in the method of the fields before it."""
        entry = self._by_method(Entry.of(block))
        return replace(entry, surnames=self._surnames()) if _is_name(block) else entry

    def _by_method(self, entry: Entry) -> Entry:
        if entry.script not in METHODS:
            return entry
        return replace(entry, script=SCRIPTS[self._engine.method])

    def _surnames(self) -> tuple[str, ...]:
        try:
            return self._engine.surnames()
        except ChineseInputUnavailable:
            self.chinese = False
            return ()

    @property
    def state(self) -> tuple[object, ...]:
        """All that a drawing of the fields and their keyboard depends on."""
        entries = tuple(self._entries.items())
        return entries, self.focused, self.composition, self.dismissible, self.chinese

    def entry(self, field: str) -> Entry:
        """The entry of a field; KeyError when the page has none of that id."""
        return self._entries[field]

    @property
    def entered(self) -> Entry | None:
        """The entry with the caret."""
        return self._entries.get(self.focused) if self.focused else None

    def enter(self, field: str) -> None:
        """Put the caret into a field."""
        if field != self.focused:
            self._end_composition()
        self.focused = field
        if (entry := self.entered) is not None:
            self._entries[field] = self._by_method(entry)

    def stay(self) -> None:
        """Say beside the field that what is composed must be chosen or deleted first."""
        if (entry := self.entered) is not None and self.focused is not None:
            self._entries[self.focused] = replace(entry, unfinished=True)

    def leave(self) -> None:
        """Take the caret out of all fields."""
        self._end_composition()
        self.focused = None

    def forget(self) -> None:
        """Drop all of a session: its text, and how it was typed."""
        self._drop()
        try:
            self._engine.forget()
        except ChineseInputUnavailable:
            self.chinese = False

    def _drop(self) -> None:
        self.leave()
        self._entries = {}
        self._page = ""
        self.chinese = True

    def run(self, command: commands.Command) -> tuple[str, str] | None:
        """Do it; gives the field and its text when that changed."""
        entry = self.entered
        if entry is None or self.focused is None:
            return None
        changed = self._changed(entry, command)
        if not self.composition.preedit:
            changed = replace(changed, unfinished=False)
        self._entries[self.focused] = changed
        return (self.focused, changed.text) if changed.text != entry.text else None

    def _changed(self, entry: Entry, command: commands.Command) -> Entry:
        match command:
            case commands.Insert(text):
                return entry.insert(text)
            case commands.Replace(text):
                self._end_composition()
                return entry.replaced(text)
            case commands.Erase() if self.composition.preedit:
                return self._composing(entry, self._engine.backspace)
            case commands.Erase():
                return entry.erase()
            case commands.Clear():
                self._end_composition()
                return entry.cleared()
            case commands.Script(name):
                self._end_composition()
                return self._changed_script(entry, name)
            case commands.SelectPart(index) if entry.parts:
                return entry.with_parts(entry.parts.select(index))
            case commands.StepPart(index, by) if entry.parts:
                return entry.with_parts(entry.parts.step(index, by, self._today()))
        return self._composed_by(entry, command)

    def _composed_by(self, entry: Entry, command: commands.Command) -> Entry:
        match command:
            case commands.Compose(letter):
                return self._composing(entry, lambda: self._begun(entry).type(letter))
            case commands.Pick(index):
                return self._composing(entry, lambda: self._engine.choose(index))
            case commands.MoreCandidates(forward) if not self.composition.preedit:
                return replace(entry, picks=max(0, entry.picks + (1 if forward else -1)))
            case commands.MoreCandidates(forward):
                return self._composing(entry, lambda: self._engine.turn(forward=forward))
        return entry

    def _begun(self, entry: Entry) -> ChineseInput:
        """The input method, begun anew where nothing is being composed."""
        if not self.composition.preedit:
            surname = bool(entry.surnames) and entry.caret == 0
            self._engine.begin(METHODS[entry.script], surname=surname)
        return self._engine

    def _changed_script(self, entry: Entry, script: str) -> Entry:
        """The entry with another face of its keyboard; pinyin or strokes stay for later fields."""
        if script in METHODS:
            try:
                self._engine.begin(METHODS[script])
            except ChineseInputUnavailable:
                self.chinese = False
                return replace(entry, script=LETTERS)
        return replace(entry, script=script)

    def _composing(self, entry: Entry, act: Callable[[], Composition]) -> Entry:
        """The entry after the input method answered; without one, letters are typed as they are."""
        self._composed = True
        try:
            self.composition = act()
        except ChineseInputUnavailable:
            self.chinese = False
            self.composition = EMPTY
            return replace(entry, script=LETTERS)
        return entry.insert(self.composition.committed) if self.composition.committed else entry

    def _end_composition(self) -> None:
        self.composition = EMPTY
        if (entry := self.entered) is not None and self.focused is not None:
            self._entries[self.focused] = replace(entry, unfinished=False)
        if not self._composed:
            return
        self._composed = False
        try:
            self._engine.clear()
        except ChineseInputUnavailable:
            self.chinese = False

    def typed(self, character: str) -> commands.Command | None:
        """What a character from a keyboard of keys asks for, in the field with the caret."""
        entry = self.entered
        if entry is None:
            return None
        composing = bool(self.composition.preedit)
        if entry.script in METHODS and self.chinese:
            if character.isascii() and character.isalpha():
                return commands.Compose(character.lower())
            if composing and character == " ":
                return commands.Pick(0)
            if composing and character in DIGITS and character != "0":
                return commands.Pick(int(character) - 1)
        return commands.Insert(character) if character.isprintable() and not composing else None

    def move(self, by: int) -> bool:
        """Move the caret; whether there was one."""
        entry = self.entered
        if entry is None or self.focused is None:
            return False
        self._entries[self.focused] = entry.moved(by)
        return True


def _is_name(block: Field) -> bool:
    return block.person and block.kind is FieldKind.CHINESE
