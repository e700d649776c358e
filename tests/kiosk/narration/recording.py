"""A voice that keeps what it is told to say, and pages of real walks to say it of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from random import Random

from kiosk.access.profile import Language, Profile, Speech
from kiosk.access.speech.port import Utterance
from kiosk.journey.page import Page
from kiosk.journey.world import World
from kiosk.narration.wording import Wording
from tests.harness.applicant import Applicant, Known
from tests.harness.people import citizen
from tests.harness.walk import NOW, Walker, world
from tests.kiosk.journey.applicants import told
from yici.journey.invented import Inventor

EVENTS = {
    Language.ZH: ("newborn", "retirement", "company_founding"),
    Language.EN: ("newborn", "school"),
}


class Recorder:
    """A voice without sound. `private`: as if headphones were plugged in."""

    def __init__(self, *, private: bool = False) -> None:
        self.private = private
        self.speaking = False
        self.said: list[Utterance] = []  # the last thing that was said in one go
        self.every: list[Utterance] = []
        self.calls: list[str] = []

    def speak(self, utterances: Sequence[Utterance], how: Speech) -> None:
        self.calls.append("speak")
        self.said = list(utterances)
        self.every += utterances

    def add(self, utterances: Sequence[Utterance], how: Speech) -> None:
        self.calls.append("add")
        self.said = [*self.said, *utterances]
        self.every += utterances

    def tune(self, how: Speech) -> None:
        self.calls.append(f"tune {how.volume} {how.rate}")

    def pause(self, *, paused: bool) -> None:
        self.calls.append("pause" if paused else "go on")

    def silence(self) -> None:
        self.calls.append("silence")
        self.said = []

    @property
    def heard(self) -> str:
        """The last thing that was said, as one text."""
        return " | ".join(utterance.text for utterance in self.said)


@cache
def shipped() -> World:
    """Catalogue and phrases as they ship."""
    return world()


def wording(language: Language) -> Wording:
    def say(key: str, **places: object) -> str:
        return shipped().phrases.text(language, key, **places)

    return Wording(say, language)


def listening(language: Language = Language.ZH, **how: object) -> Profile:
    """Somebody who hears the pages."""
    return Profile(language=language, speech=Speech(on=True, **how))


@cache
def pages(event: str, language: Language) -> tuple[Page, ...]:
    """Every page of one walk through a life event, from the idle picture to its end."""
    one = next(each for each in told() if each.life_event == event)
    applicant = Applicant(
        Walker(shipped(), NOW, event),
        citizen(one.who).person,
        Known(citizen(one.who)),
        Inventor(shipped().catalogue, NOW.date(), Random(event)),
        says={**one.answers, **one.values},
        entries=one.entries,
        papers=one.papers,
    )
    applicant.walk(event, language.value)
    walked = applicant.walker.pages
    return tuple(walked[1:] if language is not Language.ZH else walked)


def every_page() -> Iterator[tuple[Language, Page]]:
    """Pages of several life events in both languages, each once."""
    for language, events in EVENTS.items():
        seen: set[str] = set()
        for event in events:
            for page in pages(event, language):
                if repr(page) not in seen:
                    seen.add(repr(page))
                    yield language, page
