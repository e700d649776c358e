"""Says what is on the glass, what changed, where the focus is and what is typed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import partial
from itertools import takewhile

from kiosk.access.phrases import Phrases
from kiosk.access.profile import Profile
from kiosk.access.speech.port import Utterance, Voice
from kiosk.journey.page import Field, Page, Weight
from kiosk.narration import adjustments, echo
from kiosk.narration.arrival import arrival, changes, presses, withheld
from kiosk.narration.blocks import reading
from kiosk.narration.echo import Typed
from kiosk.narration.keys import Explained, called
from kiosk.narration.passages import Passage, count_down, head, read
from kiosk.narration.port import Place
from kiosk.narration.wording import Said, Wording

HINTS = 3  # pages on which is said how to go on; by then one knows
LONG = 15  # texts before the first thing to select
TOLD = (30, 20, 10, 5)  # s left of a count-down
URGENT = 10  # s from which the count-down comes before anything else


class PageNarrator:
    """A narrator with a voice. Says nothing while speech is off. Used by the window's thread.

    `explained` tells a character from its homophones (`Characters.explained`).
    """

    def __init__(self, voice: Voice, phrases: Phrases, explained: Explained) -> None:
        self._voice = voice
        self._phrases = phrases
        self._explained = explained
        self._clear()

    def _clear(self) -> None:
        self._page: Page | None = None
        self._profile = Profile()
        self._passages: tuple[Passage, ...] = ()
        self._typed: dict[str, Typed] = {}
        self._field = ""
        self._hints = self._answers = 0
        self._left: int | None = None  # seconds of the count-down of the page
        self._why = False  # whether was said on this page why something is not read aloud
        self._paused = False

    @property
    def speaking(self) -> bool:
        """Whether anything is being said."""
        return self._voice.speaking

    def shown(self, page: Page, profile: Profile) -> None:
        """Another page whole; of the same one, and of the profile, what is new."""
        before, was = self._page, self._profile
        self._page, self._profile = page, profile
        if not profile.speech.on:
            if was.speech.on:
                self._voice.silence()
            self._passages = ()
            return
        if before is None or (before.id, before.count_down_s) != (page.id, page.count_down_s):
            self._left = page.count_down_s
        wording = self._wording()
        self._passages = read(page, wording.say, profile.language)
        heard_before = was.speech.on and before is not None
        notices = adjustments.heard(was, profile, wording) if heard_before else []
        if heard_before and was.speech != profile.speech:
            self._voice.tune(profile.speech)
        if before is None or before.id != page.id:
            self._arrive(notices)
        elif not heard_before:
            self._arrive([wording.phrase("narration.speech_on")])
        elif was.language is not profile.language:
            self._arrive(notices)
        else:
            self._update(before, page, notices)

    def focused(self, place: Place) -> None:
        """The place, in place of what was being said, and where on the page it is."""
        if self._page is None or not self._profile.speech.on:
            return
        wording = self._wording()
        said = [self._called(place)]
        passage = self._passage(place)
        if passage is not None:
            said += self._keyboard(passage, wording)
        if place.count:
            number, count = place.number, place.count
            said.append(wording.phrase("narration.place", number=number, count=count))
        self._speak(said)

    def moved(self, place: Place) -> None:
        """The place and nothing else, after the answer to what put it there."""
        if self._page is None or not self._profile.speech.on:
            return
        block = self._block(place.name)
        if block is not None and block.error:  # which was what was said before
            block = replace(block, error="")
            said = [part.said for part in reading(block, self._wording())]
        else:
            said = [self._called(place)]
        self._voice.add(self._utterances(said), self._profile.speech)

    def typed(self, field: str, text: str, preedit: str) -> None:
        """What came or went in a field."""
        block = self._block(field)
        if block is None:
            return
        self._field = field
        before = self._typed.get(field, Typed(block.value))
        self._typed[field] = after = Typed(text, preedit)
        if self._profile.speech.on:
            self._speak([echo.heard(before, after, block, self._wording())], why=False)

    def unfinished(self, script: str) -> None:
        """What is to be done first, as it stands beside the field."""
        if self._profile.speech.on:
            said = self._wording().phrase(f"keyboard.unfinished_{script}")
            self._speak([said], why=False)

    def counting(self, seconds: int) -> None:
        """At 30, 20, 10 and 5 seconds; from 10 on before anything else."""
        page, self._left = self._page, seconds
        if page is None or not self._profile.speech.on or seconds not in TOLD:
            return
        if page.count_down_s is None or seconds >= page.count_down_s:
            return
        said = count_down(page, self._wording(), seconds)
        if seconds <= URGENT:
            self._speak([said])
        else:
            self._voice.add(self._utterances([said]), self._profile.speech)

    def again(self) -> None:
        """Everything on the page, from its beginning to its last button."""
        if self._page is None or not self._profile.speech.on:
            return
        self._why = False
        hint = self._wording().phrase("narration.hint.walk")
        self._speak([*(Said(p.text, p.aloud) for p in self._now()), hint])

    def pause(self) -> None:
        """Hold within a sentence, or go on from there."""
        if self._profile.speech.on:
            self._hold(not self._paused)

    def stops(self) -> tuple[str, ...]:
        """Names of what is only read; none while nothing is read aloud."""
        return tuple(passage.name for passage in self._passages if not passage.acts)

    def forget(self) -> None:
        """Silence, and nothing kept of anybody."""
        self._voice.silence()
        self._hold(False)
        self._clear()

    # What is said of a page

    def _arrive(self, notices: Iterable[Said]) -> None:
        page, wording = self._page, self._wording()
        if page is None:
            return
        self._typed, self._field, self._why = {}, "", False
        told, heads = list(arrival(page, wording)), len(head(page, wording))
        said = [*notices, *told[:heads], *self._warning(wording), *told[heads:]]
        if self._hints < HINTS and not page.busy:
            self._hints += 1
            said.append(wording.phrase("narration.hint.walk"))
        elif presses(page):
            said.append(wording.phrase("narration.hint.buttons"))
        self._speak(said)

    def _warning(self, wording: Wording) -> list[Said]:
        """That there is much to hear before anything can be done, and how to pass over it."""
        texts = list(takewhile(lambda passage: not passage.acts, self._passages))
        if len(texts) < LONG:
            return []
        return [wording.phrase("narration.hint.long", count=len(texts))]

    def _update(self, before: Page, page: Page, notices: list[Said]) -> None:
        wording = self._wording()
        if before.title != page.title:
            self._arrive(notices)
            return
        said = notices or [one for one in changes(before, page, wording) if one]
        said += self._go_on(before, page, wording)
        if said and page.heard and not notices:  # a print-out is read to its end
            self._voice.add(self._utterances(said), self._profile.speech)
        elif said:
            self._speak(said)

    def _go_on(self, before: Page, page: Page, wording: Wording) -> list[Said]:
        """The first times that an answer lets one go on: by which button."""
        disabled = {action.id for action in before.actions if not action.enabled}
        ready = [a for a in page.actions if a.weight is Weight.PRIMARY and a.enabled]
        typing = any(isinstance(block, Field) for block in page.blocks)
        if typing or not ready or ready[0].id not in disabled or self._answers == HINTS:
            return []
        self._answers += 1
        return [wording.fill("narration.hint.go_on", label=wording.text(ready[0].text))]

    def _keyboard(self, passage: Passage, wording: Wording) -> list[Said]:
        """How to type into the field."""
        block = self._block(passage.name) if passage.acts else None
        if block is None:
            return []
        self._field = block.id
        return [wording.phrase(f"narration.keyboard.{block.kind.value}")]

    def _now(self) -> tuple[Passage, ...]:
        """The passages with what is left of the count-down."""
        page = self._page
        if page is not None and self._left != page.count_down_s:
            left = replace(page, count_down_s=self._left)
            self._passages = read(left, self._wording().say, self._profile.language)
        return self._passages

    def _called(self, place: Place) -> Said:
        passage = self._passage(place)
        if passage is not None:
            return Said(passage.text, passage.aloud)
        preedit = self._typed.get(self._field, Typed()).preedit
        field, wording = self._edited(), self._wording()
        return called(place, field, preedit=preedit, wording=wording, explained=self._explained)

    def _passage(self, place: Place) -> Passage | None:
        """Of several that share a name, the one of that block."""
        named = [one for one in self._now() if one.name == place.name]
        of_block = [one for one in named if one.block == place.block]
        return next(iter([*of_block, *named]), None)

    def _block(self, name: str) -> Field | None:
        blocks = self._page.blocks if self._page else ()
        return next((b for b in blocks if isinstance(b, Field) and b.id == name), None)

    def _edited(self) -> Field | None:
        """The field that a keyboard is for: the one last typed in or looked at, or the first."""
        blocks = self._page.blocks if self._page else ()
        first = next((b for b in blocks if isinstance(b, Field)), None)
        return self._block(self._field) or first

    # How it is said

    def _wording(self) -> Wording:
        language = self._profile.language
        text = self._phrases.plain if self._profile.care else self._phrases.text
        return Wording(partial(text, language), language)

    def _speak(self, said: list[Said], *, why: bool = True) -> None:
        """In place of what was being said. `why`: tell once a page why something is left out."""
        if why and not self._why and not self._open and withheld(said):
            self._why = True
            said = [*said, self._wording().phrase("narration.why_withheld")]
        utterances = self._utterances(said)
        if utterances:
            self._hold(False)
            self._voice.speak(utterances, self._profile.speech)

    @property
    def _open(self) -> bool:
        """Whether personal numbers may be said: only the citizen hears them, or wants it so."""
        return self._voice.private or self._profile.speech.numbers_aloud

    def _utterances(self, said: Iterable[Said]) -> tuple[Utterance, ...]:
        language, may = self._profile.language, self._open
        return tuple(
            Utterance(one.full, language, one.private) if may else Utterance(one.aloud, language)
            for one in said
            if one
        )

    def _hold(self, paused: bool) -> None:
        if self._paused != paused:
            self._paused = paused
            self._voice.pause(paused=paused)
