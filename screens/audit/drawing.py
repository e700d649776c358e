"""Draws pages for the audit by the real interaction and renderer, without a window."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import partial

from kiosk.access.chinese_input import ChineseInput
from kiosk.access.phrases import Phrases
from kiosk.access.profile import Language, Profile
from kiosk.journey.page import Choices, Field, FieldKind, Page
from kiosk.narration.passages import read
from kiosk.narration.port import Silent
from kiosk.narration.wording import Wording
from screens.audit.drawn import DrawnPage, Heard, Marked
from screens.audit.timing import EXTENSIONS
from screens.commands import Choose, Script, Turn
from screens.curtain import Curtain
from screens.editor import Editor
from screens.frame import Frame
from screens.interaction import Interaction
from screens.keypad import Keypad
from screens.panel import Panel
from screens.renderer import Renderer
from screens.stops import TabStop, Zone
from screens.style import Measure

PINYIN = "shang"  # has more candidates than one row holds
MOST_KEYS = 600  # of one page; more is walking in circles
COMPOSING = "composing"


class Clock:
    """Seconds that pass only when told."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        """The time."""
        return self.seconds


class Reader(Silent):
    """Says nothing, and knows what is read of a page: with speech, texts are places too."""

    def __init__(self, phrases: Phrases) -> None:
        self._wordings = {
            language: Wording(partial(phrases.text, language), language) for language in Language
        }
        self._stops: tuple[str, ...] = ()

    def heard(self, page: Page, language: Language) -> Heard:
        """The page as it is read."""
        wording = self._wordings[language]
        return Heard(read(page, wording.say, language), wording)

    def shown(self, page: Page, profile: Profile) -> None:
        """Another page."""
        if profile.speech.on:
            passages = self.heard(page, profile.language).passages
            self._stops = tuple(passage.name for passage in passages if not passage.acts)

    def stops(self) -> tuple[str, ...]:
        """Texts that are places."""
        return self._stops

    def forget(self) -> None:
        """The page is gone."""
        self._stops = ()


class Drawing:
    """Draws one page after another; nothing of one is left at the next."""

    def __init__(
        self,
        panel: Panel,
        phrases: Phrases,
        measure: Measure,
        chinese_input: ChineseInput,
        today: date,
    ) -> None:
        self._panel = panel
        self._reader = Reader(phrases)
        self._clock = Clock()
        self._interaction = Interaction(
            Renderer(panel, phrases, measure),
            Curtain(panel, phrases, measure),
            lambda: Editor(chinese_input, lambda: today),
            lambda _: None,
            self._reader,
            now=self._clock,
        )
        self._keypad = Keypad(self._interaction, str, now=self._clock)

    def page(self, page: Page, profile: Profile, *, keys: bool = False) -> DrawnPage:
        """All sides of a page. `keys`: and where DOWN and UP lead."""
        drawn = self._whole(page, profile)
        if page.count_down_s is not None:
            drawn = replace(drawn, after_touch_s=self._extended(page, profile))
        drawn = replace(drawn, marked=tuple(self._marked(drawn)))
        if not keys:
            return drawn
        downs, ups = (self._walk(page, profile, key) for key in ("down", "up"))
        return replace(drawn, downs=downs, ups=ups)

    def states(self, page: Page, profile: Profile) -> tuple[DrawnPage, ...]:
        """The page with other faces of its keyboard: while composing, letters, capitals."""
        made = []
        if any(isinstance(b, Field) and b.kind is FieldKind.CHINESE for b in page.blocks):
            self._show(page, profile)
            self._interaction.character(PINYIN)
            made.append(self._sides(page, profile, COMPOSING))
        for face in self._faces(page, profile):
            self._show(page, profile)
            self._interaction.run(Script(face))
            made.append(self._sides(page, profile, face))
        return tuple(made)

    def _faces(self, page: Page, profile: Profile) -> list[str]:
        """Faces that keys of the keyboard change to, found by changing to each in turn."""
        found: list[str] = []
        waiting: list[str | None] = [None]
        while waiting:
            face = waiting.pop()
            self._show(page, profile)
            if face is not None:
                self._interaction.run(Script(face))
            for target in self._frame().targets:
                if isinstance(target.command, Script) and target.command.name not in found:
                    found.append(target.command.name)
                    waiting.append(target.command.name)
        return found

    def _whole(self, page: Page, profile: Profile) -> DrawnPage:
        self._show(page, profile)
        return self._sides(page, profile, "")

    def _show(self, page: Page, profile: Profile) -> None:
        self._interaction.forget()
        self._keypad.forget()
        self._interaction.show(page, profile)
        self._keypad.shown()

    def _frame(self) -> Frame:
        frame = self._interaction.frame()
        if frame is None:
            raise AssertionError("a page was shown")
        return frame

    def _sides(self, page: Page, profile: Profile, state: str) -> DrawnPage:
        frame = self._frame()
        while frame.turns.at > 0:
            self._interaction.run(Turn(-1))
            frame = self._frame()
        sides = [frame]
        while frame.turns.more:
            self._interaction.run(Turn(1))
            frame = self._frame()
            sides.append(frame)
        return DrawnPage(
            page,
            profile,
            self._panel,
            tuple(sides),
            state,
            texts=frozenset(self._reader.stops()),
            heard=self._reader.heard(page, profile.language),
        )

    def _extended(self, page: Page, profile: Profile) -> int | None:
        """What is left of a count-down that was touched ten times in its last second."""
        self._show(page, profile)
        for _ in range(EXTENSIONS):
            self._clock.seconds += (page.count_down_s or 0) - 1
            self._interaction.touched()
        return self._interaction.seconds

    def _marked(self, drawn: DrawnPage) -> Iterator[Marked]:
        """The answers that would be the first to leave the glass, touched one by one."""
        for side, frame in enumerate(drawn.sides[:-1]):
            answers = [t.command for t in frame.targets if isinstance(t.command, Choose)]
            for answer in answers[-1:]:
                self._show(drawn.page, drawn.profile)
                self._interaction.turn_to(side)
                self._interaction.frame()
                self._interaction.show(_with(drawn.page, answer), drawn.profile)
                yield Marked(answer.choice, side, self._frame().offers(answer))

    def _walk(self, page: Page, profile: Profile, key: str) -> tuple[TabStop, ...]:
        """Where one key leads until it comes back to where it began."""
        self._show(page, profile)
        stops: list[TabStop] = []
        while len(stops) < MOST_KEYS:
            stop = self._press(key)
            if stop is None or _among(stops, stop):
                break
            stops.append(stop)
            if stop.zone is Zone.KEYS:
                stops += self._along_the_row(stops)
        return tuple(stops)

    def _along_the_row(self, seen: Sequence[TabStop]) -> list[TabStop]:
        """The keys beside the one with the focus, to both ends of its row."""
        row: list[TabStop] = []
        for key in ("right", "left"):
            last: TabStop | None = None
            while (stop := self._press(key)) is not None and stop != last:
                if stop.zone is not Zone.KEYS:
                    break
                last = stop
                if not _among((*row, *seen), stop):
                    row.append(stop)
        return row

    def _press(self, key: str) -> TabStop | None:
        """Press a key of the keypad; where the focus is then."""
        self._keypad.press(key)
        return self._keypad.here


def _with(page: Page, answer: Choose) -> Page:
    """The page with an answer marked, so that one can go on."""
    blocks = tuple(
        replace(block, selected=answer.choice)
        if isinstance(block, Choices) and block.id == answer.block
        else block
        for block in page.blocks
    )
    actions = tuple(replace(action, enabled=True) for action in page.actions)
    return replace(page, blocks=blocks, actions=actions)


def _among(stops: Sequence[TabStop], one: TabStop) -> bool:
    """Whether it is one of them, whatever was drawn meanwhile."""
    return any(stop.mark == one.mark for stop in stops)
