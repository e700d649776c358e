"""Every page of every life event: each is walked until every answer to its questions was given."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from random import Random

from kiosk.journey.page import Choices, Field, Options, Rows, Signature
from kiosk.journey.session import Session
from kiosk.journey.signals import CardRead, Signed
from yici.audit.visitor import Situation, Visitor
from yici.journey.invented import Inventor

MOST_PAGES = 200  # of one walk; more is walking in circles
MOST_WALKS = 40  # of one life event
MOST_ATTEMPTS = 12  # at one field
ENDS = frozenset({"done", "told", "stopped"})
STROKES = (((100, 400), (500, 600), (900, 400)),)


@dataclass
class Explorer:
    """Walks one life event again and again. `visitor`: makes somebody new before the terminal."""

    life_event: str
    visitor: Callable[[int], Visitor]
    inventor: Inventor
    ended: set[str] = field(default_factory=set)
    _taken: Counter[tuple[str, str]] = field(default_factory=Counter)
    _ways: dict[tuple[str, str], dict[str, str]] = field(default_factory=dict)
    _said: dict[str, str] = field(default_factory=dict)
    _wish: Mapping[str, str] = field(default_factory=dict)

    def explore(self) -> Iterator[Situation]:
        """All situations of all walks, until no answer is left that was not given.

        Every later walk goes by the answers that led to a question, and gives one of the answers
        to it that nobody gave yet.
        """
        for walk in range(MOST_WALKS):
            self._said = {}
            visitor = self.visitor(walk)
            self._walk(visitor)
            yield from visitor.situations
            left = self.left()
            if not left:
                return
            self._wish = {**self._ways[left[0]], left[0][0]: left[0][1]}

    def left(self) -> list[tuple[str, str]]:
        """Questions with the answers to them that no walk gave."""
        return sorted(way for way in self._ways if not self._taken[way])

    def _walk(self, visitor: Visitor) -> None:
        visitor.press("begin")
        visitor.press(self.life_event)
        for _ in range(MOST_PAGES):
            place = visitor.session.place.name
            if place in ENDS:
                self.ended.add(place)
                return
            before: Session = visitor.session
            self._on(place, visitor)
            if visitor.session == before:  # nothing fits what was said before
                return

    def _on(self, place: str, visitor: Visitor) -> None:
        match place:
            case "identify":
                visitor.send(CardRead(visitor.person))
            case "field":
                self._fill(visitor)
            case "group":
                self._choose_action(visitor, ("add", "continue"))
            case "materials":
                self._papers(visitor)
                visitor.go_on()
            case "sign":
                for block in visitor.page.blocks:
                    if isinstance(block, Signature):
                        visitor.send(Signed(visitor.page.id, block.id, STROKES))
                visitor.go_on()
            case _:
                self._answer(visitor)
                visitor.go_on()

    def _answer(self, visitor: Visitor) -> None:
        """Mark the answer that was given least so far; of several of many, one."""
        for block in visitor.page.blocks:
            if isinstance(block, Choices | Options):
                ids = [choice.id for choice in block.choices]
                visitor.choose(block, self._least(visitor.page.id, ids))

    def _least(self, page: str, ids: list[str]) -> str:
        """Of what is offered on a page, what this walk is for, or what was taken least."""
        least = min(ids, key=lambda one: self._taken[page, one])
        if page.startswith("question."):
            for one in ids:
                self._ways.setdefault((page, one), dict(self._said))
            least = self._wish[page] if self._wish.get(page) in ids else least
            self._said[page] = least
        self._taken[page, least] += 1
        return least

    def _choose_action(self, visitor: Visitor, names: tuple[str, ...]) -> None:
        there = {action.id for action in visitor.page.actions if action.enabled}
        visitor.press(self._least(visitor.page.id, [name for name in names if name in there]))

    def _papers(self, visitor: Visitor) -> None:
        """Turn every switch once; a paper that a promise can stand for has a page of its own."""
        rows = [row for b in visitor.page.blocks if isinstance(b, Rows) for row in b.rows]
        for row in rows:
            if row.action:
                visitor.press(row.action)
            if visitor.session.place.name == "paper":
                self._answer(visitor)
                visitor.go_on()

    def _fill(self, visitor: Visitor) -> None:
        """Nothing first, to see what is said to that; then what fits."""
        key, here = visitor.session.place.item, visitor.page.id
        if not self._taken[here, "nothing"]:
            self._taken[here, "nothing"] += 1
            visitor.go_on()
        for attempt in range(MOST_ATTEMPTS):
            if visitor.page.id != here:
                return
            self._value(key, attempt, visitor)
            visitor.go_on()

    def _value(self, key: str, attempt: int, visitor: Visitor) -> None:
        for block in visitor.page.blocks:
            if isinstance(block, Field):
                visitor.write(block, self._invented(key, attempt, visitor))
            elif isinstance(block, Choices):
                self._descend(visitor)

    def _descend(self, visitor: Visitor) -> None:
        """A region is chosen level by level, until what is chosen is still offered."""
        while True:
            block = next(b for b in visitor.page.blocks if isinstance(b, Choices))
            choice = self._least(visitor.page.id, [one.id for one in block.choices])
            visitor.choose(block, choice)
            now = next(b for b in visitor.page.blocks if isinstance(b, Choices))
            if choice in {one.id for one in now.choices}:
                return

    def _invented(self, key: str, attempt: int, visitor: Visitor) -> str:
        """Made up; now and then what a field like it was given before, for rules between two."""
        element = self.inventor.catalogue.element
        alike = [
            value
            for other, value in visitor.session.typed.items()
            if element(other).check is element(key).check
        ]
        if attempt % 2 and alike:
            return self.inventor.chance.choice(alike)
        return self.inventor.value(key, attempt)


def seeded(life_event: str) -> Random:
    """Chance that is the same at every audit."""
    return Random(life_event)  # noqa: S311  no secret
