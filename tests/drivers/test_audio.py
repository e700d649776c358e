"""Loudspeaker and headphones: what the driver plays, drops, loses and finds again."""

from __future__ import annotations

import errno
import io
import math
import os
import struct
import subprocess
import sys
import threading
import time
import wave
from array import array
from collections.abc import Iterator
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from drivers.audio import port
from drivers.audio.alsa import AlsaAudio
from drivers.audio.outputs import AudioTimes
from drivers.audio.pacing import Pacing
from drivers.audio.port import Audio, Output
from drivers.audio.tone import SECONDS
from drivers.self_test import Result, SelfTesting
from drivers.simulators.audio import AudioFault, AudioSimulator
from drivers.simulators.bench import Bench
from drivers.simulators.docked.audio import audio as docked
from drivers.simulators.docked.device import NoSuchThing
from drivers.status import DeviceState
from kiosk.access.speech import port as speech
from tests.harness.devices import REPOSITORY, Heard, eventually, quick_back_off
from tests.harness.leavings import nothing_left_behind

pytestmark = pytest.mark.filterwarnings("error::pytest.PytestUnhandledThreadExceptionWarning")

PIECE_S = 0.02
# A busy machine may take sound late; only an output that takes none need not be waited for long.
TIMES = AudioTimes(take=20.0, drop=20.0)


def counted(seconds: float, first: int = 1) -> bytes:
    """Sound in which each sample is the next number, so that a lost or doubled one shows."""
    count = int(seconds * port.SAMPLE_RATE)
    return struct.pack(f"<{count}h", *(place % 30_000 + first for place in range(count)))


def pieces(sound: bytes) -> list[bytes]:
    size = int(PIECE_S * port.SAMPLE_RATE) * 2
    return [sound[start : start + size] for start in range(0, len(sound), size)]


@pytest.fixture
def end(tmp_path: Path) -> Iterator[AudioSimulator]:
    simulator = AudioSimulator(tmp_path)
    simulator.start()
    yield simulator
    simulator.stop()


@pytest.fixture
def audio(end: AudioSimulator, heard: Heard) -> Iterator[AlsaAudio]:
    audio = an_audio(end)
    audio.start(heard)
    heard.wait_for_state(DeviceState.ONLINE)
    yield audio
    audio.stop()


def an_audio(end: AudioSimulator, times: AudioTimes = TIMES) -> AlsaAudio:
    return AlsaAudio(end.loudspeaker.pcm, end.headphones.pcm, back_off=quick_back_off, times=times)


def test_driver_fulfils_its_port_and_its_outputs_are_sinks_of_the_voice(
    end: AudioSimulator,
) -> None:
    audio: Audio = an_audio(end)
    sink: speech.Sink = audio.loudspeaker
    output: Output = audio.loudspeaker
    assert sink is output
    assert speech.SAMPLE_RATE == port.SAMPLE_RATE
    audio.stop()


def test_what_is_played_is_heard_whole_and_in_order(end: AudioSimulator, audio: AlsaAudio) -> None:
    sound = counted(0.4)
    for piece in pieces(sound):
        audio.headphones.play(piece)
    for piece in pieces(bytes(len(counted(0.2)))):
        audio.headphones.play(piece)
    eventually(lambda: sound in end.headphones.sound(), "all of it is heard")
    assert end.loudspeaker.heard() == []


def test_sound_is_never_more_than_a_tenth_of_a_second_ahead(
    end: AudioSimulator, audio: AlsaAudio
) -> None:
    began = time.monotonic()
    for place, piece in enumerate(pieces(counted(0.6)), 1):
        audio.loudspeaker.play(piece)
        played = place * PIECE_S
        assert played - (time.monotonic() - began) <= port.AHEAD_S + 1e-6


def test_nothing_follows_a_drop(end: AudioSimulator, audio: AlsaAudio) -> None:
    for piece in pieces(counted(0.3)):
        audio.loudspeaker.play(piece)
    audio.loudspeaker.drop()
    eventually(lambda: end.loudspeaker.caught_up, "what was held back is given out")
    dropped = time.monotonic()
    later = counted(PIECE_S, first=20_000)
    audio.loudspeaker.play(later)
    audio.loudspeaker.drop()
    eventually(lambda: later in end.loudspeaker.sound(), "what is played later is heard")
    assert end.loudspeaker.sound().endswith(later)
    known = [piece for piece in end.loudspeaker.heard(dropped) if piece.samples not in later]
    assert known == []


def test_a_drop_ends_a_play_that_waits(end: AudioSimulator, audio: AlsaAudio) -> None:
    playing = threading.Thread(target=audio.loudspeaker.play, args=(counted(20.0),))
    playing.start()
    eventually(end.loudspeaker.heard, "it is heard")
    audio.loudspeaker.drop()
    playing.join(10.0)
    assert not playing.is_alive()
    assert end.loudspeaker.seconds < 15


def test_a_pulled_output_raises_and_the_other_goes_on(
    end: AudioSimulator, audio: AlsaAudio, heard: Heard
) -> None:
    end.headphones.unplug()
    with pytest.raises(OSError, match="headphones") as caught:
        for piece in pieces(counted(1.0)):
            audio.headphones.play(piece)
    assert caught.value.errno == errno.ENODEV
    heard.wait_for_state(DeviceState.FAULTED)
    assert audio.status().detail.startswith("headphones: ")
    audio.loudspeaker.play(counted(0.05))
    audio.loudspeaker.drop()
    eventually(end.loudspeaker.heard, "the loudspeaker is heard")


def test_an_output_that_returns_plays_again_and_both_are_logged_once(
    end: AudioSimulator, heard: Heard
) -> None:
    with capture_logs() as logs:
        audio = an_audio(end)
        audio.start(heard)
        heard.wait_for_state(DeviceState.ONLINE)
        end.loudspeaker.unplug()
        with pytest.raises(OSError, match="loudspeaker"):
            for piece in pieces(counted(1.0)):
                audio.loudspeaker.play(piece)
        heard.wait_for_state(DeviceState.BACK_OFF, count=3)
        end.loudspeaker.plug()
        heard.wait_for_state(DeviceState.ONLINE, count=2)
        audio.loudspeaker.play(counted(0.05))
        audio.loudspeaker.drop()
        eventually(end.loudspeaker.heard, "it is heard")
        audio.stop()
    told = [(entry["event"], entry["device"]) for entry in logs]
    assert told == [
        ("device.lost", "audio.loudspeaker"),
        ("device.returned", "audio.loudspeaker"),
    ]


def test_an_output_that_takes_nothing_does_not_hold_its_player_up(
    end: AudioSimulator, heard: Heard
) -> None:
    audio = an_audio(end, AudioTimes())
    audio.start(heard)
    heard.wait_for_state(DeviceState.ONLINE)
    end.fault = AudioFault.STALLED
    with pytest.raises(OSError, match="loudspeaker") as caught:
        for piece in pieces(counted(25.0)):
            began = time.monotonic()
            audio.loudspeaker.play(piece)
    assert caught.value.errno == errno.ETIMEDOUT
    assert time.monotonic() - began < 7  # of which it is given one
    end.fault = AudioFault.NONE
    eventually(end.loudspeaker.heard, "it plays on")
    audio.stop()


def test_an_output_that_is_not_there_is_said_so_at_once(tmp_path: Path, heard: Heard) -> None:
    end = AudioSimulator(tmp_path)
    audio = an_audio(end)
    audio.start(heard)
    heard.wait_for_state(DeviceState.FAULTED)
    began = time.monotonic()
    with pytest.raises(OSError, match="headphones"):
        audio.headphones.play(counted(PIECE_S))
    audio.headphones.drop()
    assert time.monotonic() - began < TIMES.drop  # what an output that is there is given
    audio.stop()
    end.stop()


def test_a_name_that_alsa_does_not_know_is_absent_and_says_why(
    heard: Heard, capfd: pytest.CaptureFixture[str]
) -> None:
    audio = AlsaAudio("plughw:CARD=nowhere,DEV=0", back_off=quick_back_off)
    audio.start(heard)
    eventually(lambda: "plughw:CARD=nowhere" in audio.status().detail, "the name is told")
    assert audio.status().state is DeviceState.ABSENT
    assert audio.headphones is None
    audio.stop()
    assert capfd.readouterr().err == ""


def test_an_output_that_never_opens_holds_nobody_up(tmp_path: Path) -> None:
    """A pipe that nobody reads, as a killed dock leaves it; a sound server that hangs is alike."""
    os.mkfifo(tmp_path / "pcm")
    program = f"""
from drivers.audio.alsa import AlsaAudio
audio = AlsaAudio("file:FILE={tmp_path / "pcm"},FORMAT=raw")
audio.start(print)
try:
    audio.loudspeaker.play(bytes(882))
except OSError as error:
    print(error.strerror)
audio.stop()
"""
    # in a process of its own: a thread that waits with Python's lock held would hold this one, too
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert "No such device" in done.stdout


def test_one_output_for_both_is_refused() -> None:
    with pytest.raises(ValueError, match="name two"):
        AlsaAudio("plughw:0", "plughw:0")


def test_a_self_test_sounds_a_tone_on_both_outputs(end: AudioSimulator, audio: AlsaAudio) -> None:
    device: SelfTesting = audio
    report = device.self_test(within_s=40.0)
    assert report.result is Result.UNKNOWN  # nobody can say from here that it was heard
    assert report.findings == {"loudspeaker": "sent", "headphones": "sent"}
    audio.loudspeaker.drop()
    audio.headphones.drop()
    for ear in (end.loudspeaker, end.headphones):
        eventually(lambda ear=ear: ear.seconds >= SECONDS, "all of it is heard")  # type: ignore[misc]
        assert -25 < ear.loudness_db() < -10


def test_a_self_test_says_which_output_is_gone(
    end: AudioSimulator, audio: AlsaAudio, heard: Heard
) -> None:
    end.headphones.unplug()
    report = audio.self_test(within_s=8.0)  # for each output a half; a tone takes 0.35 s
    assert report.result is Result.FAILED
    assert report.findings == {"loudspeaker": "sent", "headphones": "failed"}
    end.headphones.plug()
    eventually(lambda: audio.status().usable, "it is back")
    assert audio.self_test(within_s=40.0).result is Result.UNKNOWN


def without_pauses(bench: Bench) -> bytes:
    """What is heard on the dock; a machine that is late makes pauses in it."""
    with wave.open(io.BytesIO(bench.sound("audio", "loudspeaker"))) as file:
        samples = array("h", file.readframes(file.getnframes()))
    return array("h", filter(None, samples)).tobytes()


def test_an_output_is_there_with_its_pipe_or_not_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A driver that tries between two steps would make a file where the pipe is to be."""
    end = AudioSimulator(tmp_path)
    seen = []
    make = os.mkfifo

    def tried_meanwhile(path: Path) -> None:
        seen.append((tmp_path / "loudspeaker").exists())
        make(path)

    monkeypatch.setattr(os, "mkfifo", tried_meanwhile)
    end.loudspeaker.plug()
    assert seen == [False]
    assert (tmp_path / "loudspeaker" / "pcm").is_fifo()
    end.loudspeaker.unplug()
    assert not (tmp_path / "loudspeaker").exists()


def test_what_was_heard_can_be_listened_to_on_the_dock(tmp_path: Path) -> None:
    bench = Bench([docked(AudioSimulator(tmp_path))], [])
    with bench.plugged_in():
        audio = AlsaAudio(bench.address("audio"), back_off=quick_back_off, times=TIMES)
        audio.start(lambda _: None)
        eventually(lambda: audio.status().usable, "it is there")
        audio.loudspeaker.play(counted(0.3))
        audio.loudspeaker.drop()
        audio.stop()
        eventually(lambda: counted(0.3) in without_pauses(bench), "it is heard")
        assert bench.state()["audio"].facts["loudspeaker"] >= "0.3 s"
        with wave.open(io.BytesIO(bench.sound("audio", "loudspeaker"))) as file:
            assert (file.getframerate(), file.getnchannels()) == (port.SAMPLE_RATE, 1)
        with pytest.raises(NoSuchThing, match="bell"):
            bench.sound("audio", "bell")
        bench.set("audio", "loudspeaker", "out")
        assert not bench.state()["audio"].plugged


def test_stopping_gives_everything_back(end: AudioSimulator, heard: Heard) -> None:
    with nothing_left_behind():
        for _ in range(3):
            audio = an_audio(end)
            audio.start(lambda _: None)
            eventually(lambda audio=audio: audio.status().usable, "it is there")  # type: ignore[misc]
            audio.stop()
    with pytest.raises(OSError, match="loudspeaker"):
        audio.loudspeaker.play(counted(PIECE_S))


def test_pacing_catches_up_after_a_pause_without_running_ahead() -> None:
    now = [100.0]
    pacing = Pacing(0.1, lambda: now[0])
    for _ in range(5):
        assert pacing.wait_s(0.02) == 0
        pacing.handed_on(0.02)
    assert math.isclose(pacing.wait_s(0.02), 0.02)
    now[0] += 10
    assert pacing.wait_s(0.1) == 0
    pacing.handed_on(0.1)
    assert pacing.wait_s(0.02) > 0
    pacing.dropped()
    assert pacing.wait_s(0.1) == 0
