"""One voice: what is heard, when, through which output, and what is left of it."""

from __future__ import annotations

import gc
import itertools
import math
import random
import threading
import time
import weakref
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from drivers.audio.alsa import AlsaAudio
from drivers.audio.outputs import AudioTimes
from drivers.simulators.audio import AudioSimulator, Ear
from kiosk.access.profile import LOUDEST, QUIETEST, Language, Speech
from kiosk.access.speech import outlet
from kiosk.access.speech.cache import PhraseCache
from kiosk.access.speech.espeak import SpeechUnavailable
from kiosk.access.speech.port import SAMPLE_RATE, Sinks, Utterance, Voice
from kiosk.access.speech.synthesiser import Synthesiser
from kiosk.access.speech.voice import SpokenVoice
from kiosk.backoff import Backoff
from tests.harness.devices import REPOSITORY, eventually, quick_back_off

pytestmark = pytest.mark.filterwarnings("error::pytest.PytestUnhandledThreadExceptionWarning")

TABLES = REPOSITORY / "config/speech"
GREETING = "您好，欢迎使用自助服务终端。"
LONG = "请把身份证放在读卡器上，不要拿开，等屏幕上出现您的名字再取走。" * 3
HOW = Speech(on=True, volume=LOUDEST, rate=2)
LEFT_OVER = SAMPLE_RATE * 2 // 8  # bytes: what the output holds back, and the piece under way


class Transcript:
    """What was heard, with the moment."""

    def __init__(self) -> None:
        self.texts: list[str] = []

    def hear(self, utterance: Utterance) -> None:
        if not utterance.private:
            self.texts.append(utterance.text)
        else:
            self.texts.append("…")


class Booth:
    """A voice on both outputs of a simulated terminal."""

    def __init__(self, folder: Path, synthesiser: Synthesiser) -> None:
        self.end = AudioSimulator(folder)
        self.end.start()
        self.audio = AlsaAudio(
            self.end.loudspeaker.pcm,
            self.end.headphones.pcm,
            back_off=quick_back_off,
            times=AudioTimes(take=20.0, drop=20.0),
        )
        self.audio.start(lambda _: None)
        eventually(lambda: self.audio.status().usable, "the outputs are there")
        self.cache = PhraseCache(lambda text: text in (GREETING, LONG))
        self.voice = SpokenVoice(
            lambda: synthesiser,
            Sinks(self.audio.loudspeaker, self.audio.headphones),
            self.cache,
            waits=Backoff(first_s=0.05, longest_s=0.1),
        )
        self.transcript = Transcript()
        self.voice.listen(self.transcript.hear)
        self.voice.start()
        self.voice.prepare()
        for ear in (self.end.loudspeaker, self.end.headphones):
            ear.forget()

    def close(self) -> None:
        self.voice.stop()
        self.audio.stop()
        self.end.stop()

    def said(self) -> None:
        eventually(lambda: not self.voice.speaking, "all is said")
        for ear in (self.end.loudspeaker, self.end.headphones):
            eventually(lambda ear=ear: ear.caught_up, "all is heard")  # type: ignore[misc]

    def quiet(self, ear: Ear, seconds: float = 0.25) -> bool:
        """Whether from now on there comes a tenth of a second of sound at most, and then none.

        What came is measured, not when: a busy machine hears late what was played in time.
        """
        before = ear.unheard
        began = time.monotonic()

        def over() -> bool:
            since = time.monotonic() - seconds
            return since > began and ear.caught_up and ear.heard(since) == []

        eventually(over, "no more is heard")
        came = sum(len(piece.samples) for piece in ear.heard(began)) - before
        return came <= LEFT_OVER


@pytest.fixture(scope="module")
def synthesiser() -> Synthesiser:
    return Synthesiser(TABLES)


@pytest.fixture
def booth(tmp_path: Path, synthesiser: Synthesiser) -> Iterator[Booth]:
    booth = Booth(tmp_path, synthesiser)
    yield booth
    booth.close()


def say(*texts: str, private: bool = False) -> list[Utterance]:
    return [Utterance(text, Language.ZH, private=private) for text in texts]


def test_the_voice_fulfils_its_port(booth: Booth) -> None:
    voice: Voice = booth.voice
    assert not voice.speaking
    assert not voice.private


def test_what_is_said_is_heard_and_told_in_order(booth: Booth) -> None:
    booth.voice.speak(say("您好", "请"), HOW)
    booth.voice.add(say("谢谢"), HOW)
    booth.said()
    assert booth.transcript.texts == ["您好", "请", "谢谢"]
    assert booth.end.loudspeaker.seconds > 1
    assert booth.end.headphones.heard() == []


def test_speaking_takes_the_place_of_what_is_said_at_once(booth: Booth) -> None:
    booth.voice.speak(say(LONG, "再见"), HOW)
    eventually(booth.end.loudspeaker.heard, "it is heard")
    booth.voice.speak(say("您好"), HOW)
    before = written_s(booth.end.loudspeaker)
    booth.said()
    assert booth.transcript.texts == [LONG, "您好"]
    assert booth.end.loudspeaker.seconds - before < 2


def written_s(ear: Ear) -> float:
    """Seconds of sound that went out so far, those too that are not heard yet."""
    return ear.unheard / 2 / SAMPLE_RATE + ear.seconds


@pytest.mark.parametrize("text", [GREETING, "这是一句没有说过的话。"])
def test_the_first_sound_comes_within_a_tenth_of_a_second(booth: Booth, text: str) -> None:
    ear = booth.end.loudspeaker
    booth.voice.speak(say(text), HOW)
    eventually(ear.heard, "it was heard once")

    def waited_s() -> float:
        booth.voice.silence()
        eventually(lambda: not booth.voice.speaking, "silence")
        assert booth.quiet(ear)
        asked = time.monotonic()
        booth.voice.speak(say(text), HOW)
        return eventually(lambda: ear.heard(asked), "it is heard")[0].at - asked

    # what a busy machine adds is not the voice's: it counts how soon it can be
    eventually(lambda: waited_s() <= 0.1, "the first sound within a tenth of a second")


def test_silence_is_silence_within_a_tenth_of_a_second(booth: Booth) -> None:
    booth.voice.speak(say(LONG, LONG), HOW)
    eventually(lambda: booth.end.loudspeaker.seconds > 0.5, "it is heard")
    booth.voice.silence()
    assert booth.quiet(booth.end.loudspeaker)
    eventually(lambda: not booth.voice.speaking, "silence")
    assert booth.transcript.texts == [LONG]


def test_nothing_of_a_private_utterance_is_left_after_silence(booth: Booth) -> None:
    booth.voice.headphones(plugged=True)
    secret = Utterance("紫金胡同十九号", Language.ZH, private=True)
    waiting = Utterance("四三零一零一", Language.ZH, private=True)
    left = weakref.ref(secret), weakref.ref(waiting)
    booth.voice.speak([secret, waiting], HOW)
    eventually(booth.end.headphones.heard, "it is heard")
    booth.voice.silence()
    eventually(lambda: not booth.voice.speaking, "silence")
    del secret, waiting
    eventually(lambda: [ref() for ref in left] == [None, None], "both are gone")
    gc.collect()
    assert not reachable(booth.voice, lambda thing: isinstance(thing, str) and "紫金胡" in thing)
    assert not reachable(
        booth.voice, lambda thing: isinstance(thing, bytes) and len(thing) > 40_000
    )
    assert booth.cache.size == 0


def reachable(root: object, wanted: Callable[[object], bool]) -> list[object]:
    """What is held by `root` and what it holds, modules and classes left out."""
    seen: set[int] = set()
    queue, found = [root], []
    while queue:
        thing = queue.pop()
        if id(thing) in seen or isinstance(thing, type) or type(thing).__name__ == "module":
            continue
        seen.add(id(thing))
        if wanted(thing):
            found.append(thing)
        if isinstance(thing, dict) and "__name__" in thing:
            continue  # a module's names, reached through a function
        queue += gc.get_referents(thing)
    return found


def test_only_fixed_phrases_are_kept_and_no_private_one(booth: Booth) -> None:
    booth.voice.headphones(plugged=True)
    booth.voice.speak(say("不是固定的话"), HOW)
    booth.voice.add(say(GREETING, private=True), HOW)
    eventually(lambda: len(booth.transcript.texts) == 2, "both are heard")
    booth.voice.silence()
    eventually(lambda: not booth.voice.speaking, "silence")
    assert booth.cache.size == 0
    booth.voice.speak(say(GREETING), HOW)
    eventually(lambda: len(booth.transcript.texts) == 3, "it is heard")
    booth.voice.silence()
    eventually(lambda: booth.cache.size > SAMPLE_RATE * 2, "it is kept, though broken off")


def test_private_speech_is_not_heard_aloud_when_headphones_are_pulled(booth: Booth) -> None:
    booth.voice.headphones(plugged=True)
    assert booth.voice.private
    booth.voice.speak(say(LONG, LONG, private=True), HOW)
    eventually(lambda: booth.end.headphones.seconds > 0.3, "it is heard")
    booth.voice.headphones(plugged=False)
    assert booth.quiet(booth.end.headphones)
    assert not booth.voice.private
    eventually(lambda: not booth.voice.speaking, "silence")
    # what was on its way when they were pulled
    booth.voice.add(say("四三零一零一", private=True), HOW)
    booth.said()
    assert booth.end.loudspeaker.heard() == []
    assert booth.transcript.texts == ["…"]


def test_private_speech_is_never_heard_aloud_whatever_is_done(booth: Booth) -> None:
    chance = random.Random(5)
    texts = (GREETING, "四三零一零一", "紫金胡同十九号。")
    acts: list[Callable[[], None]] = [
        lambda: booth.voice.headphones(plugged=chance.choice([True, False, None])),
        lambda: booth.voice.headphones(plugged=True),
        lambda: booth.voice.speak(say(*texts, private=True), HOW),
        lambda: booth.voice.add(say(chance.choice(texts), private=True), HOW),
        lambda: booth.voice.pause(paused=chance.random() < 0.5),
        booth.voice.silence,
        booth.end.headphones.unplug,
        booth.end.headphones.plug,
    ]
    threads = [
        threading.Thread(target=lambda: [chance.choice(acts)() or rest(chance) for _ in range(60)])
        for _ in range(2)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    booth.end.headphones.plug()
    booth.voice.headphones(plugged=True)

    def heard_in_them() -> bool:
        asked = time.monotonic()
        booth.voice.speak(say("您好"), HOW)
        booth.said()
        return sum(len(piece.samples) for piece in booth.end.headphones.heard(asked)) > LEFT_OVER

    eventually(heard_in_them, "it still speaks")
    assert booth.end.loudspeaker.heard() == []


def rest(chance: random.Random) -> None:
    """As long as a citizen and a cable take."""
    time.sleep(chance.uniform(0, 0.06))


def test_headphones_that_nobody_knows_of_count_as_pulled(booth: Booth) -> None:
    booth.voice.headphones(plugged=True)
    booth.voice.speak(say(LONG, private=True), HOW)
    eventually(booth.end.headphones.heard, "it is heard")
    booth.voice.headphones(plugged=None)
    booth.voice.speak(say("您好"), HOW)
    booth.said()
    assert booth.transcript.texts == ["…", "您好"]
    assert booth.end.loudspeaker.seconds < 2


def test_what_its_owner_allowed_is_said_aloud(booth: Booth) -> None:
    booth.voice.speak(say("四三零一", private=True), Speech(on=True, numbers_aloud=True))
    booth.said()
    assert booth.end.loudspeaker.heard()
    assert booth.cache.size == 0


def test_headphones_plugged_in_take_over_within_an_utterance(booth: Booth) -> None:
    booth.voice.speak(say(LONG), HOW)
    eventually(lambda: booth.end.loudspeaker.seconds > 0.5, "it is heard aloud")
    booth.voice.headphones(plugged=True)
    eventually(booth.end.headphones.heard, "it is heard in them")
    assert booth.quiet(booth.end.loudspeaker)
    assert booth.transcript.texts == [LONG]


def test_a_pause_loses_nothing(booth: Booth) -> None:
    ear = booth.end.loudspeaker
    booth.voice.speak(say(GREETING, GREETING), HOW)
    booth.said()
    whole = heard_sound(ear)
    ear.forget()
    paused = threading.Event()

    def pause_in_mid_sound(_: Utterance) -> None:
        if len(booth.transcript.texts) == 4:  # the second one begins again
            booth.voice.pause(paused=True)
            paused.set()

    booth.voice.listen(pause_in_mid_sound)
    booth.voice.speak(say(GREETING, GREETING), HOW)
    eventually(paused.is_set, "it is paused")
    assert booth.quiet(ear)
    assert booth.voice.speaking
    before = written_s(ear)
    booth.voice.pause(paused=False)
    booth.said()
    assert ear.seconds - before > 1
    assert heard_sound(ear) == whole
    assert booth.transcript.texts == [GREETING] * 4


def heard_sound(ear: Ear) -> bytes:
    """All that was heard; the output holds its end back until more comes, and that is silence."""
    return ear.sound().strip(b"\0")


def test_what_is_said_after_a_pause_is_not_held(booth: Booth) -> None:
    booth.voice.speak(say(LONG), HOW)
    eventually(booth.end.loudspeaker.heard, "it is heard")
    booth.voice.pause(paused=True)
    booth.voice.speak(say("您好"), HOW)
    booth.said()
    assert booth.transcript.texts == [LONG, "您好"]


def test_volume_changes_at_once_and_rate_with_the_next_utterance(booth: Booth) -> None:
    ear = booth.end.loudspeaker
    booth.voice.speak(say(GREETING * 3, GREETING), Speech(on=True, volume=LOUDEST))
    eventually(lambda: ear.seconds > 0.6, "it is heard")
    loud = ear.loudness_db()
    booth.voice.tune(Speech(on=True, volume=QUIETEST, rate=3))

    def quieter() -> bool:
        return -math.inf < ear.loudness_db(time.monotonic() - 0.2) < loud - 15

    eventually(quieter, "it is heard more quietly")
    assert booth.transcript.texts == [GREETING * 3]
    eventually(lambda: len(booth.transcript.texts) == 2, "the second is heard")
    second = written_s(ear)
    booth.said()
    assert ear.seconds - second < 2.5


def test_every_step_of_volume_is_louder_by_ten_decibels_at_most(booth: Booth) -> None:
    ear = booth.end.headphones
    booth.voice.headphones(plugged=True)
    levels = []
    for volume in range(QUIETEST, LOUDEST + 1):
        ear.forget()
        booth.voice.speak(say("好"), Speech(on=True, volume=volume, rate=3))
        booth.said()
        levels.append(ear.loudness_db())
    steps = [louder - quieter for quieter, louder in itertools.pairwise(levels)]
    assert [step for step in steps if not 3 < step <= 10] == []


def test_a_lost_output_is_logged_once_and_spoken_to_again_when_it_returns(booth: Booth) -> None:
    with capture_logs() as logs:
        booth.end.loudspeaker.unplug()
        booth.voice.speak(say(LONG), HOW)
        booth.said()
        booth.transcript.texts.clear()
        for _ in range(3):
            booth.voice.speak(say("您好"), HOW)
            booth.said()
        assert booth.transcript.texts == []
        booth.end.loudspeaker.plug()

        def heard_again() -> bool:
            booth.voice.speak(say("您好"), HOW)
            booth.said()
            return bool(booth.transcript.texts)

        eventually(heard_again, "it is heard again")
    told = [
        (entry["event"], entry["sink"])
        for entry in logs
        if entry["event"].startswith("speech.sink")
    ]
    assert told == [
        ("speech.sink_lost", "loudspeaker"),
        ("speech.sink_returned", "loudspeaker"),
    ]
    assert not any("您好" in str(entry) or LONG in str(entry) for entry in logs)


def test_waits_for_a_lost_output_grow_and_are_drawn_by_chance() -> None:
    class Gone:
        tries = 0

        def play(self, samples: bytes) -> None:
            self.tries += 1
            raise OSError(19, "No such device")

        def drop(self) -> None:
            return

    now = [0.0]
    gone = Gone()
    lost = outlet.Outlet("loudspeaker", gone, outlet.Chance(lambda: now[0], random.Random(1)))
    tried = []
    while now[0] < 60:
        before = gone.tries
        assert not lost.play(b"\0\0")
        if gone.tries > before:
            tried.append(now[0])
        now[0] += 0.01
    waits = [later - earlier for earlier, later in itertools.pairwise(tried)]
    assert waits[0] < 0.31
    assert max(waits) > 5
    assert max(waits) <= 10.02


def test_what_is_said_after_a_late_silence_is_heard() -> None:
    class Late:
        heard = b""

        def play(self, samples: bytes) -> None:
            self.heard += samples

        def drop(self) -> None:
            raise TimeoutError(110, "Connection timed out")

    late = Late()
    busy = outlet.Outlet("headphones", late, outlet.Chance(lambda: 0.0, random.Random(1)))
    busy.drop()
    assert busy.play(b"\1\0")
    assert late.heard == b"\1\0"


class Busy:
    """A sink that takes nothing in time for so many times."""

    def __init__(self, times: int) -> None:
        self.times = times
        self.heard = b""

    def play(self, samples: bytes) -> None:
        self.times -= 1
        if self.times >= 0:
            raise TimeoutError(110, "Connection timed out")
        self.heard += samples

    def drop(self) -> None:
        return


@pytest.mark.parametrize(("late", "heard"), [(1, True), (3, True), (4, False)])
def test_what_a_busy_machine_takes_late_is_said_all_the_same(
    synthesiser: Synthesiser, late: int, heard: bool
) -> None:
    busy, transcript = Busy(late), Transcript()
    voice = SpokenVoice(lambda: synthesiser, Sinks(busy, None), PhraseCache(lambda _: False))
    voice.listen(transcript.hear)
    voice.start()
    with capture_logs() as logs:
        voice.speak(say("您好"), HOW)
        eventually(lambda: not voice.speaking, "all is said")
    voice.stop()
    assert (transcript.texts == ["您好"]) is heard
    assert bool(busy.heard) is heard
    assert ("speech.sink_lost" in str(logs)) is not heard


def test_without_a_synthesis_nothing_is_said_and_it_is_told_once(booth: Booth) -> None:
    def missing() -> Synthesiser:
        raise SpeechUnavailable("libespeak-ng.so.1 cannot be loaded; install libespeak-ng1")

    voice = SpokenVoice(missing, Sinks(booth.audio.loudspeaker, None), booth.cache)
    voice.listen(booth.transcript)
    with capture_logs() as logs:
        voice.start()
        for _ in range(3):
            voice.speak(say("您好"), HOW)
            eventually(lambda: not voice.speaking, "it is given up")
        voice.stop()
    assert [entry["event"] for entry in logs] == ["speech.unavailable"]
    assert "libespeak-ng1" in logs[0]["reason"]
    assert booth.transcript.texts == []


def test_a_language_whose_voice_is_missing_is_told_once_and_others_go_on(booth: Booth) -> None:
    klingon = Language("tlh")
    voice = SpokenVoice(
        lambda: Synthesiser(TABLES, {klingon: "no-such-voice"}),
        Sinks(booth.audio.loudspeaker, None),
        booth.cache,
    )
    voice.listen(booth.transcript.hear)
    with capture_logs() as logs:
        voice.start()
        voice.speak([Utterance("nuqneH", klingon)] * 2 + say("您好"), HOW)
        eventually(lambda: not voice.speaking, "all is said")
        voice.stop()
    assert booth.transcript.texts == ["您好"]
    assert [entry["event"] for entry in logs] == ["speech.unavailable"]
    assert "no-such-voice" in logs[0]["reason"]


def test_a_listener_that_fails_does_not_end_the_voice(booth: Booth) -> None:
    def failing(utterance: Utterance) -> None:
        raise RuntimeError(utterance.text)

    booth.voice.listen(failing)
    with capture_logs() as logs:
        booth.voice.speak(say("您好", "再见"), HOW)
        booth.said()
    assert booth.transcript.texts == ["您好", "再见"]
    assert [entry["event"] for entry in logs] == ["speech.listener_defect"] * 2
    assert "您好" not in str(logs)


def test_nothing_is_loaded_before_it_is_needed(booth: Booth, synthesiser: Synthesiser) -> None:
    loads = []

    def load() -> Synthesiser:
        loads.append(threading.current_thread().name)
        return synthesiser

    voice = SpokenVoice(load, Sinks(booth.audio.loudspeaker, None), booth.cache)
    voice.start()
    voice.silence()
    voice.pause(paused=True)
    voice.headphones(plugged=False)
    assert loads == []
    voice.headphones(plugged=True)
    eventually(lambda: loads, "it is loaded")
    assert loads == ["voice"]
    assert not voice.private  # there is no output for them
    voice.stop()


def test_a_private_utterance_says_nothing_of_itself() -> None:
    assert "四三零" not in repr(Utterance("四三零", Language.ZH, private=True))
