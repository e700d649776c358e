"""A citizen holds a code under a camera: what the driver tells."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from structlog.testing import capture_logs

from drivers.code_scanner.camera import CameraScanner, CameraTimes
from drivers.code_scanner.decoding import Decoder
from drivers.code_scanner.port import CodeScanned, CodeScanner
from drivers.code_scanner.zbar import ZbarEngine
from drivers.code_scanner.zxing import ZxingEngine
from drivers.simulators.code_camera import (
    CameraFault,
    CodeCameraSimulator,
    qr_code,
    side_by_side,
)
from drivers.status import DeviceState
from tests.harness.devices import Heard, eventually, quick_back_off
from tests.harness.leavings import nothing_left_behind

pytestmark = pytest.mark.filterwarnings("error::pytest.PytestUnhandledThreadExceptionWarning")

TIMES = CameraTimes(frame=0.3, between=0.005, health=0.05, forget=0.1)
CASE = "yici:case:430100202611220001234"


@pytest.fixture
def camera() -> CodeCameraSimulator:
    return CodeCameraSimulator()


def make_scanner(camera: CodeCameraSimulator) -> CameraScanner:
    decoder = Decoder([ZxingEngine(), ZbarEngine()])
    return CameraScanner(camera, decoder, back_off=quick_back_off(), times=TIMES)


@pytest.fixture
def scanner(camera: CodeCameraSimulator, heard: Heard) -> Iterator[CameraScanner]:
    scanner = make_scanner(camera)
    scanner.start(heard)
    heard.wait_for_state(DeviceState.ONLINE)
    yield scanner
    scanner.stop()


def texts(heard: Heard) -> list[str]:
    return [event.code.text for event in heard.all(CodeScanned)]


def wait_for_frames(camera: CodeCameraSimulator, count: int) -> None:
    taken = camera.frames_taken
    eventually(lambda: camera.frames_taken > taken + count, "more frames are taken")


def test_driver_fulfils_the_port(camera: CodeCameraSimulator) -> None:
    scanner: CodeScanner = make_scanner(camera)
    scanner.stop()


def test_a_code_held_still_is_told_once(
    camera: CodeCameraSimulator, scanner: CameraScanner, heard: Heard
) -> None:
    scanner.want(True)
    camera.hold(qr_code(CASE))
    heard.wait_for(CodeScanned)
    wait_for_frames(camera, 10)
    assert texts(heard) == [CASE]
    assert len(heard.threads) == 1


def test_a_code_taken_away_and_held_again_is_told_again(
    camera: CodeCameraSimulator, scanner: CameraScanner, heard: Heard
) -> None:
    scanner.want(True)
    camera.hold(qr_code(CASE))
    heard.wait_for(CodeScanned)

    def held_again() -> bool:
        camera.hold(None)
        wait_for_frames(camera, 8)
        camera.hold(qr_code(CASE))
        wait_for_frames(camera, 2)
        return len(texts(heard)) > 1

    eventually(held_again, "the code is told again")


def test_two_codes_on_one_sheet_are_both_told(
    camera: CodeCameraSimulator, scanner: CameraScanner, heard: Heard
) -> None:
    scanner.want(True)
    camera.hold(side_by_side(qr_code(CASE), qr_code("T-042")))
    heard.wait_for(CodeScanned, count=2)
    assert sorted(texts(heard)) == ["T-042", CASE]


def test_no_frame_is_looked_at_while_no_code_is_wanted(
    camera: CodeCameraSimulator, scanner: CameraScanner, heard: Heard
) -> None:
    camera.hold(qr_code(CASE))
    wait_for_frames(camera, 3)
    assert heard.story() == []


def test_a_code_that_lies_there_is_told_to_whoever_wants_one_next(
    camera: CodeCameraSimulator, scanner: CameraScanner, heard: Heard
) -> None:
    camera.hold(qr_code(CASE))
    scanner.want(True)
    heard.wait_for(CodeScanned)
    scanner.want(False)
    wait_for_frames(camera, 2)
    scanner.want(True)
    heard.wait_for(CodeScanned, count=2)


@pytest.mark.parametrize("fault", [CameraFault.FROZEN, CameraFault.BROKEN_FRAMES])
def test_a_camera_without_frames_is_faulted_and_comes_back_by_itself(
    fault: CameraFault, camera: CodeCameraSimulator, scanner: CameraScanner, heard: Heard
) -> None:
    scanner.want(True)
    with capture_logs() as logs:
        camera.fault = fault
        heard.wait_for_state(DeviceState.BACK_OFF, count=2)
        camera.fault = CameraFault.NONE
        camera.hold(qr_code(CASE))
        heard.wait_for(CodeScanned)
    assert [entry["event"] for entry in logs] == ["device.lost", "device.returned"]


def test_a_dark_frame_holds_no_code_and_is_no_fault(
    camera: CodeCameraSimulator, scanner: CameraScanner, heard: Heard
) -> None:
    camera.fault = CameraFault.DARK
    camera.hold(qr_code(CASE))
    scanner.want(True)
    wait_for_frames(camera, 5)
    assert heard.story() == []
    assert scanner.status().state is DeviceState.ONLINE


def test_unplugged_and_plugged_in_again_it_reads_without_a_restart(
    camera: CodeCameraSimulator, scanner: CameraScanner, heard: Heard
) -> None:
    scanner.want(True)
    with capture_logs() as logs:
        camera.unplug()
        heard.wait_for_state(DeviceState.ABSENT)
        camera.plug()
        heard.wait_for_state(DeviceState.ONLINE, count=2)
    assert [entry["event"] for entry in logs] == ["device.lost", "device.returned"]
    camera.hold(qr_code(CASE))
    heard.wait_for(CodeScanned)


class Defective(CodeCameraSimulator):
    """Raises once what no source should."""

    def __init__(self) -> None:
        super().__init__()
        self.opened = 0

    def open(self) -> None:
        self.opened += 1
        if self.opened == 1:
            raise ZeroDivisionError
        super().open()


def test_a_defect_of_the_source_does_not_end_the_scanner(heard: Heard) -> None:
    camera = Defective()
    scanner = make_scanner(camera)
    with capture_logs() as logs:
        scanner.start(heard)
        heard.wait_for_state(DeviceState.ONLINE)
        scanner.stop()
    assert logs[0]["event"] == "device.defect"
    assert camera.opened == 2


def test_stop_gives_the_camera_back_and_leaves_no_thread(
    camera: CodeCameraSimulator, heard: Heard
) -> None:
    with nothing_left_behind():
        scanner = make_scanner(camera)
        scanner.start(heard)
        scanner.want(True)
        heard.wait_for_state(DeviceState.ONLINE)
        scanner.stop()
    told = len(heard.events)
    scanner.want(True)
    assert len(heard.events) == told
