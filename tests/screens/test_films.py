"""A film in sign language: at its own rate, held, seen again, gone with its page, or broken."""

from __future__ import annotations

import threading
from pathlib import Path

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.journey.page import Page, Video
from screens.film import MOST_BYTES, Media, Playing, plays
from tests.harness.window import Glass
from tests.screens.sample_pages import ZH, Words, sample, step

RATE = 10
RED, GREEN = (200, 30, 30), (30, 160, 30)
SIZE = (320, 180)


def clip(file: Path, seconds: int = 2) -> Path:
    """Red in its first half, green in its second."""
    writer = cv2.VideoWriter(str(file), cv2.VideoWriter_fourcc(*"MJPG"), RATE, SIZE)
    for number in range(seconds * RATE):
        colour = RED if number < seconds * RATE / 2 else GREEN
        writer.write(np.full((SIZE[1], SIZE[0], 3), colour[::-1], np.uint8))
    writer.release()
    return file


def film_page(file: Path) -> Page:
    film = Video("film", str(file), "一张表，交一次材料", "播放", "停住", "从头看", "现在放不了")
    return step(Words(ZH), "sign_video", "手语", film)


@pytest.fixture
def shown(glass: Glass, tmp_path: Path) -> Glass:
    glass.show(film_page(clip(tmp_path / "clip.avi")))
    glass.driver.wait(lambda: colour(glass) == "red", "the first picture")
    return glass


def colour(glass: Glass) -> str:
    """In the middle of the film."""
    glass.driver.step()
    area = next(p for p in glass.driver.frame.placed if p.key[:2] == ("block", "film"))
    x, y = round(area.x + 200), round(area.y + 200)
    red, green, blue = glass.driver.picture().getpixel((x, y))  # type: ignore[misc]
    if red > 150 and green < 90 and blue < 90:
        return "red"
    return "green" if green > 120 and red < 90 and blue < 90 else "none"


def pass_time(glass: Glass, seconds: float, until: str) -> None:
    """Let seconds pass in small steps, so that the film is never far behind."""
    for _ in range(round(seconds * RATE)):
        glass.clock.seconds += 1 / RATE
        for _ in range(3):
            glass.driver.step()
    glass.driver.wait(lambda: colour(glass) == until, f"the {until} half")


def assert_stays(glass: Glass, half: str) -> None:
    """Give the clock of the film time to tick."""
    glass.driver.rest()
    assert colour(glass) == half


def says_that_it_cannot_be_shown(glass: Glass) -> bool:
    """Whether there are letters in the middle of the area."""
    area = next(p for p in glass.driver.frame.placed if p.key[:2] == ("block", "film"))
    middle = round(area.y + 240)
    strip = glass.driver.picture().crop((300, middle, 780, middle + 120))
    return len(strip.getcolors(10_000) or ()) > 5


def films() -> list[threading.Thread]:
    return [thread for thread in threading.enumerate() if thread.name == "film"]


def test_pictures_come_when_they_are_due(shown):
    assert colour(shown) == "red"
    pass_time(shown, 1.5, "green")


def test_held_it_stands_still_and_goes_on_from_there(shown):
    pass_time(shown, 0.5, "red")
    shown.driver.touch("hold.film")
    pass_time(shown, 5, "red")
    assert_stays(shown, "red")
    shown.driver.touch("play.film")
    pass_time(shown, 0.3, "red")
    assert_stays(shown, "red")
    pass_time(shown, 0.8, "green")


def test_seen_again_it_begins_anew(shown):
    pass_time(shown, 1.5, "green")
    shown.driver.touch("again.film")
    shown.driver.wait(lambda: colour(shown) == "red", "the beginning")


def test_at_its_end_it_rests_and_draws_nothing_more(shown):
    pass_time(shown, 2.5, "green")
    shown.driver.wait(lambda: shown.window.stage.playing is Playing.ENDED, "the end")
    before = shown.driver.redraws
    shown.clock.seconds += 1
    shown.driver.rest()
    assert shown.driver.redraws == before
    shown.driver.touch("play.film")
    shown.driver.wait(lambda: colour(shown) == "red", "the beginning")


def test_no_thread_outlives_the_page(shown):
    assert films()
    shown.show(sample("question"))
    shown.driver.wait(lambda: not films(), "the thread to end")


def test_no_picture_outlives_the_session(shown):
    shown.window.forget()
    shown.driver.settle()
    shown.driver.wait(lambda: not films(), "the thread to end")
    assert shown.driver.is_blank()


@pytest.mark.parametrize("content", [None, b"", b"\0" * 5000, b"RIFF....AVI LIST"])
def test_a_film_that_cannot_be_shown_is_said_to_be_so(
    glass: Glass, tmp_path: Path, content: bytes | None
):
    file = tmp_path / "broken.mp4"
    if content is not None:
        file.write_bytes(content)
    glass.show(film_page(file))
    glass.driver.wait(lambda: glass.window.stage.playing is Playing.BROKEN, "the file to be tried")
    assert says_that_it_cannot_be_shown(glass)
    assert "一张表，交一次材料" in "".join(glass.driver.texts())


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_decoder_that_falls_over_leaves_nobody_waiting(
    glass: Glass, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    def falls_over(file: str) -> None:
        raise cv2.error(f"no decoder for {file}")

    monkeypatch.setattr(cv2, "VideoCapture", falls_over)
    glass.show(film_page(tmp_path / "clip.avi"))
    glass.driver.wait(lambda: glass.window.stage.playing is Playing.BROKEN, "the file to be tried")
    # told of its end before what was raised is, which no other test is to be warned of
    glass.driver.wait(lambda: not films(), "the thread to end")
    assert says_that_it_cannot_be_shown(glass)


@settings(max_examples=15, deadline=None)
@given(st.binary(max_size=400))
def test_no_bytes_make_a_film_fall_over(tmp_path_factory: pytest.TempPathFactory, content: bytes):
    whole = clip(tmp_path_factory.mktemp("film") / "clip.avi").read_bytes()
    middle = len(whole) // 2
    damaged = tmp_path_factory.mktemp("film") / "damaged.avi"
    damaged.write_bytes(whole[:middle] + content + whole[middle + len(content) :])
    assert plays(str(damaged)) in {True, False}


def test_a_film_larger_than_a_panel_is_not_shown(tmp_path: Path):
    file = tmp_path / "large.avi"
    writer = cv2.VideoWriter(str(file), cv2.VideoWriter_fourcc(*"MJPG"), RATE, (2048, 1152))
    writer.write(np.zeros((1152, 2048, 3), np.uint8))
    writer.release()
    assert not plays(str(file))


def test_a_film_that_can_be_shown_has_no_fault(tmp_path: Path):
    clip(tmp_path / "newborn.avi")
    assert Media(tmp_path).fault("newborn.avi") == ""


def test_what_is_wrong_with_a_film_is_said_before_it_is_released(tmp_path: Path):
    (tmp_path / "text.mp4").write_text("no film", "utf-8")
    with (tmp_path / "huge.mp4").open("wb") as file:
        file.truncate(MOST_BYTES + 1)
    media = Media(tmp_path)
    assert "there is no file gone.mp4" in media.fault("gone.mp4")
    assert "not a film" in media.fault("text.mp4")
    assert "20,000,000" in media.fault("huge.mp4")
