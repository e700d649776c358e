"""A citizen lays papers under a camera that speaks MJPEG: what the driver tells."""

from __future__ import annotations

import dataclasses
import logging
import subprocess
import sys
from collections.abc import Iterator

import numpy as np
import pytest
from structlog.testing import capture_logs

from drivers.document_camera.camera import PageCamera
from drivers.document_camera.looking import LookingTimes
from drivers.document_camera.mjpeg import MjpegCamera
from drivers.document_camera.port import (
    CaptureFailed,
    CaptureFault,
    DocumentCamera,
    Hint,
    PageCaptured,
    PreviewFrame,
)
from drivers.simulators.desk import VIEW_MM, Desk, Laid, Scene
from drivers.simulators.desk_papers import Paper, Press
from drivers.simulators.document_camera import CameraFault, DocumentCameraSimulator
from drivers.status import DeviceState, StatusChanged
from tests.harness.devices import (
    CHINESE_FONT,
    SIMPLIFIED,
    Heard,
    eventually,
    quick_back_off,
)
from tests.harness.leavings import nothing_left_behind

pytestmark = pytest.mark.filterwarnings("error::pytest.PytestUnhandledThreadExceptionWarning")

TIMES = LookingTimes(first=6.0, frame=4.0, health=0.1, patience=20.0, better=0.4, longest=20.0)
# For a camera without good frames: so that it is found out soon, and a job given up with it.
SHORT = LookingTimes(first=1.5, frame=1.0, health=0.1, patience=0.2, better=0.4)
LETTER = Scene(papers=(Laid(Paper.LETTER, turn=88),))
CARD = Scene(papers=(Laid(Paper.CARD, turn=-12),), desk=Desk.BEECH)


@pytest.fixture(scope="module")
def press() -> Press:
    return Press(CHINESE_FONT, SIMPLIFIED)


@pytest.fixture
def desk(press: Press) -> Iterator[DocumentCameraSimulator]:
    simulator = DocumentCameraSimulator(press, width=1280, fps=20)
    simulator.start()
    yield simulator
    simulator.stop()


def make_camera(desk: DocumentCameraSimulator, times: LookingTimes = TIMES) -> PageCamera:
    return PageCamera(MjpegCamera(desk.url), VIEW_MM, back_off=quick_back_off(), times=times)


@pytest.fixture
def camera(desk: DocumentCameraSimulator, heard: Heard) -> Iterator[PageCamera]:
    camera = make_camera(desk)
    camera.start(heard)
    heard.wait_for_state(DeviceState.ONLINE)
    yield camera
    camera.stop()


def test_driver_fulfils_the_port(desk: DocumentCameraSimulator) -> None:
    camera: DocumentCamera = make_camera(desk)
    camera.stop()


def test_a_page_is_captured_at_200_dpi_in_its_true_size(
    desk: DocumentCameraSimulator, camera: PageCamera, heard: Heard
) -> None:
    desk.show(LETTER)
    camera.capture("job-1")
    captured = heard.wait_for(PageCaptured)
    assert captured.job == "job-1"
    assert captured.hints == frozenset()
    assert (captured.page.width_mm, captured.page.height_mm) == (297, 210)
    assert captured.page.pixels.shape == (1654, 2339, 3)
    assert captured.page.camera_dpi == pytest.approx(1280 / VIEW_MM * 25.4, rel=0.03)
    assert len(heard.threads) == 1
    assert DeviceState.BUSY in heard.states


def test_what_was_up_in_the_frame_is_up_on_the_page(
    desk: DocumentCameraSimulator, camera: PageCamera, heard: Heard, press: Press
) -> None:
    desk.show(CARD)
    camera.capture("job-1")
    page = heard.wait_for(PageCaptured).page
    printed = press.printed(Paper.CARD)
    portrait = page.pixels[70:280, 440:610].mean()
    elsewhere = page.pixels[70:280, 60:230].mean()
    assert page.width_mm > page.height_mm
    assert portrait < elsewhere - 5, "the portrait of a card is at its right"
    assert printed[70:280, 440:610].mean() < 230


def test_an_empty_desk_is_no_page(camera: PageCamera, heard: Heard) -> None:
    camera.capture("job-1")
    failed = heard.wait_for(CaptureFailed)
    assert failed == CaptureFailed("job-1", CaptureFault.NO_PAGE, frozenset({Hint.NO_PAGE}))


def test_a_hand_that_is_drawn_back_in_time_is_not_on_the_page(
    desk: DocumentCameraSimulator, heard: Heard
) -> None:
    desk.show(Scene(papers=LETTER.papers, hand=0.45))
    camera = make_camera(desk, dataclasses.replace(TIMES, better=20.0))
    camera.start(heard)
    camera.capture("job-1")
    heard.wait_for_state(DeviceState.BUSY)
    sent = desk.frames_sent
    eventually(lambda: desk.frames_sent > sent + 6, "it is seen with the hand")
    desk.show(LETTER)
    assert heard.wait_for(PageCaptured).hints == frozenset()
    camera.stop()


def test_a_page_taken_away_is_not_in_the_next_capture(
    desk: DocumentCameraSimulator, camera: PageCamera, heard: Heard
) -> None:
    desk.show(LETTER)
    camera.capture("before")
    heard.wait_for(PageCaptured)
    desk.show(Scene())
    camera.capture("after")
    assert heard.wait_for(CaptureFailed).job == "after"


def test_the_preview_shows_where_the_page_lies_and_ends_when_told(
    desk: DocumentCameraSimulator, camera: PageCamera
) -> None:
    shown: list[PreviewFrame] = []
    desk.show(CARD)
    camera.preview(shown.append, fps=15)
    frame = eventually(lambda: next((f for f in shown if f.page), None), "a page is seen")
    assert frame.pixels.shape == (480, 640, 3)
    assert frame.hints == frozenset()
    assert frame.page is not None
    middle = np.mean([(corner.x, corner.y) for corner in frame.page], axis=0)
    assert middle == pytest.approx((0.5, 0.5), abs=0.02)
    camera.preview(None)
    count = len(shown)
    sent = desk.frames_sent
    eventually(lambda: desk.frames_sent > sent + 10, "time goes by")
    assert len(shown) <= count + 1


def test_a_preview_goes_on_around_a_capture(
    desk: DocumentCameraSimulator, camera: PageCamera, heard: Heard
) -> None:
    shown: list[PreviewFrame] = []
    desk.show(CARD)
    camera.preview(shown.append, fps=15)
    eventually(lambda: shown, "the preview begins")
    camera.capture("job-1")
    heard.wait_for(PageCaptured)
    count = len(shown)
    eventually(lambda: len(shown) > count, "the preview goes on")


def test_a_defect_of_the_preview_ends_the_preview_and_not_the_camera(
    desk: DocumentCameraSimulator, camera: PageCamera, heard: Heard
) -> None:
    desk.show(CARD)

    def defective(_: PreviewFrame) -> None:
        raise ZeroDivisionError

    with capture_logs() as logs:
        camera.preview(defective, fps=15)
        eventually(lambda: logs, "the defect is logged")
        camera.capture("job-1")
        heard.wait_for(PageCaptured)
    assert [entry["event"] for entry in logs] == ["device.listener_defect"]


def test_a_cancelled_capture_ends_as_cancelled(
    desk: DocumentCameraSimulator, camera: PageCamera, heard: Heard
) -> None:
    desk.fault = CameraFault.STALLED
    camera.capture("job-1")
    camera.cancel("job-1")
    assert heard.wait_for(CaptureFailed) == CaptureFailed("job-1", CaptureFault.CANCELLED)


@pytest.mark.parametrize(
    "fault",
    [
        CameraFault.FROZEN,
        CameraFault.STALLED,
        CameraFault.SLOW,
        CameraFault.GARBAGE,
        CameraFault.TORN,
        CameraFault.SMALL,
        CameraFault.HUGE,
        CameraFault.REFUSING,
    ],
)
def test_a_camera_without_good_frames_is_faulted_and_comes_back_by_itself(
    fault: CameraFault, desk: DocumentCameraSimulator, heard: Heard
) -> None:
    desk.show(CARD)
    camera = make_camera(desk, SHORT)
    camera.start(heard)
    heard.wait_for_state(DeviceState.ONLINE)
    with capture_logs() as logs:
        desk.fault = fault
        camera.capture("while faulted")
        eventually(lambda: logs, "the loss is logged", timeout_s=8)
        failed = heard.wait_for(CaptureFailed, timeout_s=8)
        assert failed == CaptureFailed("while faulted", CaptureFault.NO_CAMERA)
        desk.fault = CameraFault.NONE
        eventually(lambda: camera.status().state is DeviceState.ONLINE, "it is back")
        camera.capture("afterwards")
        assert heard.wait_for(PageCaptured).job == "afterwards"
        camera.stop()
    assert [entry["event"] for entry in logs] == ["device.lost", "device.returned"]


def test_a_capture_of_a_camera_that_is_there_may_take_longer_than_one_waits_for_a_camera(
    desk: DocumentCameraSimulator, heard: Heard
) -> None:
    desk.show(CARD)
    camera = make_camera(desk, dataclasses.replace(TIMES, patience=0.01))  # less than two frames
    camera.start(heard)
    heard.wait_for_state(DeviceState.ONLINE)
    camera.capture("job-1")
    assert heard.wait_for(PageCaptured).job == "job-1"
    camera.stop()


def test_a_capture_without_a_fresh_frame_ends_although_the_camera_is_there(
    press: Press, heard: Heard
) -> None:
    desk = DocumentCameraSimulator(press, width=640, fps=5)  # so that it has not hung long enough
    desk.start()
    camera = make_camera(desk, dataclasses.replace(TIMES, longest=0.5))
    camera.start(heard)
    heard.wait_for_state(DeviceState.ONLINE)
    desk.fault = CameraFault.FROZEN
    camera.capture("job-1")
    failed = heard.wait_for(CaptureFailed)
    assert failed == CaptureFailed("job-1", CaptureFault.NO_CAMERA)
    before = heard.events[: heard.events.index(failed)]  # later it has hung long enough
    states = [event.status.state for event in before if isinstance(event, StatusChanged)]
    assert set(states[1:]) <= {DeviceState.ONLINE, DeviceState.BUSY}
    camera.stop()
    desk.stop()


def test_what_was_seen_until_a_capture_must_end_is_handed_over(
    desk: DocumentCameraSimulator, heard: Heard
) -> None:
    desk.show(Scene(papers=LETTER.papers, hand=0.45))
    camera = make_camera(desk, dataclasses.replace(TIMES, better=60.0, longest=5.0))
    camera.start(heard)
    heard.wait_for_state(DeviceState.ONLINE)
    camera.capture("job-1")
    assert Hint.COVERED in heard.wait_for(PageCaptured).hints
    camera.stop()


def test_a_covered_lens_is_too_dark_and_no_fault(
    desk: DocumentCameraSimulator, camera: PageCamera, heard: Heard
) -> None:
    desk.fault = CameraFault.BLACK
    camera.capture("job-1")
    failed = heard.wait_for(CaptureFailed)
    assert failed.fault is CaptureFault.NO_PAGE
    assert Hint.TOO_DARK in failed.hints
    assert camera.status().usable


def test_unplugged_in_mid_capture_and_plugged_in_again_the_capture_is_taken(
    desk: DocumentCameraSimulator, camera: PageCamera, heard: Heard
) -> None:
    desk.show(CARD)
    with capture_logs() as logs:
        desk.unplug()
        heard.wait_for_state(DeviceState.ABSENT)
        camera.capture("job-1")
        desk.plug()
        assert heard.wait_for(PageCaptured).job == "job-1"
    assert [entry["event"] for entry in logs] == ["device.lost", "device.returned"]


def test_30_plug_cycles_leave_no_thread_and_no_descriptor(press: Press, heard: Heard) -> None:
    with nothing_left_behind():
        desk = DocumentCameraSimulator(press, width=640, fps=60)
        desk.start()
        camera = make_camera(desk)
        camera.start(heard)
        for cycle in range(1, 31):
            heard.wait_for_state(DeviceState.ONLINE, cycle)
            desk.unplug()
            heard.wait_for_state(DeviceState.ABSENT, cycle)
            desk.plug()
        camera.stop()
        desk.stop()


def test_stop_ends_waiting_captures_and_tells_nothing_afterwards(
    desk: DocumentCameraSimulator, heard: Heard
) -> None:
    desk.fault = CameraFault.STALLED
    camera = make_camera(desk)
    camera.start(heard)
    camera.capture("job-1")
    camera.stop()
    assert heard.wait_for(CaptureFailed).fault is CaptureFault.CANCELLED
    told = len(heard.events)
    with pytest.raises(RuntimeError, match="stopped"):
        camera.capture("job-2")
    assert len(heard.events) == told


def test_an_address_never_says_its_password(
    desk: DocumentCameraSimulator, heard: Heard, caplog: pytest.LogCaptureFixture
) -> None:
    source = MjpegCamera(desk.url.replace("http://", "http://staff:s3cret@"))
    camera = PageCamera(source, VIEW_MM, back_off=quick_back_off(), times=TIMES)
    with capture_logs() as logs, caplog.at_level(logging.INFO):
        camera.start(heard)
        heard.wait_for_state(DeviceState.ONLINE)
        desk.unplug()
        heard.wait_for_state(DeviceState.ABSENT)
        camera.stop()
    assert "127.0.0.1" in logs[0]["detail"]
    assert "/stream" in caplog.text, "httpx has logged its requests"
    assert "s3cret" not in repr(logs) + repr(heard.events) + caplog.text


def test_the_driver_is_read_without_loading_a_picture_library() -> None:
    probe = (
        "import sys, drivers.document_camera.camera, drivers.document_camera.mjpeg, "
        "drivers.v4l2, drivers.document_camera.bundle; "
        "print({'cv2', 'numpy', 'PIL', 'httpx'} & set(sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", probe], capture_output=True, text=True, timeout=30, check=True
    )
    assert done.stdout.strip() == "set()"
