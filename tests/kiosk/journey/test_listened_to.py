"""Whoever listens hears a page to its end before it goes by itself."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.access.profile import FASTEST, SLOWEST, Language, Profile, Speech
from kiosk.access.speech.port import SAMPLE_RATE, Utterance
from kiosk.access.speech.synthesiser import Synthesiser
from kiosk.journey.listening import listening_s
from kiosk.journey.page import Page
from kiosk.journey.places.broken import BROKEN
from kiosk.journey.places.told import TOLD
from kiosk.journey.session import Place, Session
from kiosk.journey.signals import IdleWarned
from kiosk.journey.step import show
from kiosk.journey.world import Moment
from kiosk.narration.arrival import arrival
from kiosk.narration.wording import Wording
from kiosk.station.clock import Deadlines
from tests.harness.people import citizen
from tests.harness.walk import NOW, Walker, world
from tests.screens.test_journey_pages import ANSWERS

IDLE_S = 120
TO_ANSWER_S = 3
BYTES_A_SECOND = 2 * SAMPLE_RATE
PAUSE_S = 0.3  # after an utterance


@pytest.fixture(scope="module")
def speaks() -> Synthesiser:
    return Synthesiser(Path("config/speech"))


@pytest.fixture(scope="module")
def done() -> Walker:
    """A citizen whose receipt is in the printer's mouth."""
    walker = Walker(world())
    who = citizen("limian")
    walker.begin(who.person, who.licences)
    walker.to("done", ANSWERS)
    return walker


@pytest.fixture(params=["done", "goodbye", "broken"])
def ending(done: Walker, request: pytest.FixtureRequest) -> Session:
    """A session on a page that goes by itself."""
    if request.param == "done":
        return done.session
    if request.param == "broken":
        return replace(done.session, place=BROKEN)
    going = Walker(done.world)
    going.session = replace(done.session, card_on_reader=True)
    going.page = done.page
    going.press("finish")
    return going.session


def seconds(said: list[Utterance], rate: int, speaks: Synthesiser) -> float:
    """How long the sound is that a loudspeaker would get."""
    sound: list[int] = []

    def take(piece: bytes) -> bool:
        sound.append(len(piece))
        return True

    for utterance in said:
        speaks.say(utterance, rate, take)
    return sum(sound) / BYTES_A_SECOND + PAUSE_S * len(said)


@pytest.mark.parametrize("rate", [SLOWEST, 0, FASTEST])
@pytest.mark.parametrize("language", list(Language)[:2])
def test_a_page_that_goes_by_itself_is_heard_to_its_end(
    done: Walker, ending: Session, speaks: Synthesiser, language: Language, rate: int
):
    profile = Profile(language=language, speech=Speech(on=True, rate=rate))
    page = shown(done, replace(ending, profile=profile))

    def say(key: str, **places: object) -> str:
        return done.world.phrases.text(language, key, **places)

    wording = Wording(say, language)
    said = [*arrival(page, wording), wording.phrase("narration.hint.walk")]
    utterances = [Utterance(one.full, language) for one in said if one]
    assert page.count_down_s is not None
    assert page.count_down_s >= seconds(utterances, rate, speaks) + TO_ANSWER_S


def test_nobody_is_asked_whether_they_are_there_while_they_listen(done: Walker):
    listening = Profile(speech=Speech(on=True, rate=SLOWEST))
    reader = Walker(done.world)
    reader.session = replace(done.session, place=Place("notice"), profile=listening)
    notice = shown(reader, reader.session)
    patience_s = IDLE_S * listening.patience
    heard_s = listening_s(notice, SLOWEST)
    assert heard_s > patience_s
    for speech, warned_s in ((listening.speech, heard_s), (Speech(), patience_s)):
        deadlines = Deadlines(IDLE_S)
        deadlines.touched(0, listening.patience)
        deadlines.shown(notice, speech, 0, touched=True)
        assert deadlines.due(warned_s - 1) is None
        assert deadlines.due(warned_s) == IdleWarned()


def test_a_slip_is_heard_to_its_end_before_anybody_is_asked_whether_they_are_there(done: Walker):
    walker = Walker(done.world)
    walker.session = replace(done.session, place=TOLD)
    walker.page = shown(walker, walker.session)
    walker.send(IdleWarned())
    assert walker.page.id == "told"


def test_who_does_not_listen_waits_no_longer_for_it(done: Walker):
    assert shown(done, done.session).count_down_s == done.world.timing.done_s


def shown(walker: Walker, session: Session) -> Page:
    return show(walker.world, session, Moment(NOW, "id-0")).page
