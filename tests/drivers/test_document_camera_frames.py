"""Where frames come from: MJPEG of every kind and of none, a capture that blocks, a folder."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drivers.code_scanner.camera import CameraScanner
from drivers.code_scanner.decoding import Decoder
from drivers.code_scanner.port import CodeScanned
from drivers.code_scanner.zxing import ZxingEngine
from drivers.document_camera.camera import PageCamera
from drivers.document_camera.mjpeg import MjpegCamera, decoded
from drivers.document_camera.multipart import BadStream, Part, Parts, boundary_of
from drivers.document_camera.port import PageCaptured
from drivers.frames import FrameSource
from drivers.owner import DeviceFault
from drivers.simulators.code_camera import qr_code
from drivers.simulators.desk import VIEW_MM, Desk, Laid, Scene, render
from drivers.simulators.desk_papers import Paper, Press
from drivers.simulators.document_camera import CameraFault, DocumentCameraSimulator
from drivers.simulators.picture_folder import PictureFolder
from drivers.status import DeviceState
from drivers.v4l2 import CapturedFrames, V4l2Camera
from drivers.wire import WireLost
from tests.harness.devices import CHINESE_FONT, SIMPLIFIED, Heard, eventually, quick_back_off
from tests.harness.leavings import nothing_left_behind

pytestmark = pytest.mark.filterwarnings("error::pytest.PytestUnhandledThreadExceptionWarning")

BOUNDARY = b"cut"
PATIENT_S = 15.0  # for a frame that is to come, on a busy machine


@pytest.fixture(scope="module")
def press() -> Press:
    return Press(CHINESE_FONT, SIMPLIFIED)


@pytest.fixture
def desk(press: Press) -> Iterator[DocumentCameraSimulator]:
    simulator = DocumentCameraSimulator(press, width=640, fps=30)
    simulator.start()
    yield simulator
    simulator.stop()


# -- the stream


def stream(*bodies: bytes, lengths: bool = True) -> bytes:
    parts = b""
    for body in bodies:
        length = f"Content-Length: {len(body)}\r\n".encode() if lengths else b""
        parts += b"--cut\r\nContent-Type: image/jpeg\r\n" + length + b"\r\n" + body + b"\r\n"
    return parts + b"--cut\r\n"


def cut(data: bytes, pieces: list[int], longest: int = 1 << 16) -> list[Part]:
    parts = Parts(BOUNDARY, longest)
    places = sorted(min(place, len(data)) for place in pieces)
    found: list[Part] = []
    for start, end in zip([0, *places], [*places, len(data)], strict=True):
        found += parts.feed(data[start:end])
    return found


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.binary(max_size=200).filter(lambda body: b"--cut" not in body), max_size=5),
    st.booleans(),
    st.lists(st.integers(0, 1500), max_size=12),
)
def test_parts_come_out_as_they_went_in_however_the_stream_is_torn(
    bodies: list[bytes], lengths: bool, pieces: list[int]
) -> None:
    found = cut(stream(*bodies, lengths=lengths), pieces)
    assert [part.body for part in found] == bodies
    assert [part.number for part in found] == list(range(1, len(bodies) + 1))


@settings(max_examples=300, deadline=None)
@given(
    st.lists(
        st.one_of(
            st.binary(max_size=300),
            st.sampled_from(
                [b"--cut", b"\r\n\r\n", b"Content-Length: 5\r\n", b"Content-Length: -1\r\n"]
            ),
        ),
        max_size=20,
    )
)
def test_noise_gives_parts_or_is_a_bad_stream_and_never_grows(pieces: list[bytes]) -> None:
    parts = Parts(BOUNDARY, longest=1000)
    try:
        for piece in pieces:
            for part in parts.feed(piece):
                assert len(part.body) <= 1000 + len(piece)
    except BadStream as error:
        assert "cut" not in str(error)


@pytest.mark.parametrize(
    "data",
    [
        b"--cut\r\nContent-Length: 99999999\r\n\r\n",
        b"--cut\r\nContent-Length: many\r\n\r\n",
        b"--cut\r\nContent-Length: -4\r\n\r\n",
        b"--cut\r\n" + b"X-Filler: 0\r\n" * 500,
        b"--cut\r\n\r\n" + b"x" * 70_000,
    ],
)
def test_a_stream_that_would_fill_the_memory_is_bad(data: bytes) -> None:
    with pytest.raises(BadStream):
        cut(data, list(range(0, len(data), 1000)))


def test_noise_without_a_boundary_is_thrown_away_as_it_comes() -> None:
    parts = Parts(BOUNDARY, longest=1000)
    for _ in range(100):
        assert list(parts.feed(b"x" * 5000)) == []
    assert [part.body for part in parts.feed(stream(b"picture"))] == [b"picture"]


@pytest.mark.parametrize(
    ("content_type", "boundary"),
    [
        ("multipart/x-mixed-replace; boundary=frame", b"frame"),
        ('multipart/x-mixed-replace;boundary="--a b"', b"a b"),
        ("multipart/x-mixed-replace; boundary=--myboundary; charset=x", b"myboundary"),
    ],
)
def test_boundaries_are_read_in_every_way_that_cameras_declare_them(
    content_type: str, boundary: bytes
) -> None:
    assert boundary_of(content_type) == boundary


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=60) | st.text(max_size=60).map(lambda text: "multipart/x; boundary" + text))
def test_a_content_type_is_a_boundary_or_a_bad_stream(content_type: str) -> None:
    try:
        assert 0 < len(boundary_of(content_type)) <= 70
    except BadStream as error:
        assert str(error)


# -- pictures


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_a_spoilt_jpeg_is_a_picture_of_bounded_size_or_none(data: st.DataObject) -> None:
    grey = np.arange(64 * 48, dtype=np.uint32).reshape(48, 64).astype(np.uint8)
    jpeg = bytearray(cv2.imencode(".jpg", grey)[1].tobytes())
    for _ in range(data.draw(st.integers(0, 6))):
        jpeg[data.draw(st.integers(0, len(jpeg) - 1))] = data.draw(st.integers(0, 255))
    end = data.draw(st.integers(0, len(jpeg)) | st.just(len(jpeg)))
    picture = decoded(bytes(jpeg[:end]))
    if picture is not None:
        assert picture.ndim == 3
        assert picture.shape[0] * picture.shape[1] <= 40_000_000


def test_a_few_bytes_that_claim_four_thousand_million_pixels_are_not_unpacked() -> None:
    jpeg = bytearray(cv2.imencode(".jpg", np.zeros((48, 64, 3), np.uint8))[1].tobytes())
    size = jpeg.index(b"\xff\xc0") + 5
    jpeg[size : size + 4] = b"\xff\xff\xff\xff"
    assert decoded(bytes(jpeg)) is None


# -- a camera over HTTP


def test_both_sources_fulfil_the_protocol_of_the_code_scanner() -> None:
    over_http: FrameSource = MjpegCamera("http://127.0.0.1:1/")
    over_usb: FrameSource = V4l2Camera(0)
    over_http.close()
    over_usb.close()


@pytest.mark.parametrize("with_lengths", [True, False])
def test_frames_come_with_and_without_content_length(
    with_lengths: bool, desk: DocumentCameraSimulator
) -> None:
    desk.with_lengths = with_lengths
    source = MjpegCamera(desk.url)
    source.open()
    frames = [source.frame(PATIENT_S) for _ in range(3)]
    source.close()
    assert [frame is not None and frame.shape for frame in frames] == [(480, 640, 3)] * 3


def test_a_frame_is_never_older_than_the_call_however_long_nobody_asked(
    desk: DocumentCameraSimulator,
) -> None:
    source = MjpegCamera(desk.url)
    source.open()
    assert source.frame(PATIENT_S) is not None
    for unread in (8, 24):  # at 30 a second: within a running stream, and one that has rested
        desk.show(Scene(desk=Desk.BLACK))
        wait_for_frames(desk, unread)
        desk.show(Scene(desk=Desk.WHITE))
        wait_for_frames(desk, 1)
        frame = source.frame(PATIENT_S)
        assert frame is not None
        assert frame.mean() > 100
    source.close()


def wait_for_frames(desk: DocumentCameraSimulator, count: int) -> None:
    sent = desk.frames_sent
    eventually(lambda: desk.frames_sent > sent + count, "the camera sends")


def test_a_stalled_stream_gives_no_frame_in_time_and_then_one_again(
    desk: DocumentCameraSimulator,
) -> None:
    source = MjpegCamera(desk.url)
    source.open()
    desk.fault = CameraFault.STALLED
    began = time.monotonic()
    eventually(lambda: source.frame(0.2) is None, "the stream has run dry")
    assert time.monotonic() - began < 8
    desk.fault = CameraFault.NONE
    eventually(lambda: source.frame(PATIENT_S) is not None, "it runs again")
    source.close()


def test_an_address_that_is_no_stream_is_a_fault_and_one_that_is_nothing_no_camera(
    desk: DocumentCameraSimulator,
) -> None:
    desk.fault = CameraFault.REFUSING
    with pytest.raises(WireLost, match="answers 503"):
        MjpegCamera(desk.url).open()
    for url in ("http://127.0.0.1:1/", "http://[", "nonsense"):
        with pytest.raises(WireLost):
            MjpegCamera(url).open()


class WebPage(BaseHTTPRequestHandler):
    """What many cameras answer under another path than that of their stream."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()


def test_a_web_page_is_no_camera() -> None:
    with HTTPServer(("127.0.0.1", 0), WebPage) as server:
        thread = threading.Thread(target=server.handle_request)
        thread.start()
        source = MjpegCamera(f"http://127.0.0.1:{server.server_address[1]}/")
        with pytest.raises(WireLost, match="not a stream of pictures"):
            source.open()
        source.close()
        thread.join(5)


def test_a_stream_of_garbage_is_a_fault(desk: DocumentCameraSimulator) -> None:
    source = MjpegCamera(desk.url)
    source.open()
    desk.fault = CameraFault.TORN
    with pytest.raises(DeviceFault, match="none of them a whole JPEG"):
        eventually(lambda: source.frame(2.0) is ..., "it is said")
    source.close()


def test_a_document_camera_reads_codes_too(
    desk: DocumentCameraSimulator, heard: Heard, tmp_path: Path
) -> None:
    sheet = cv2.cvtColor(np.pad(qr_code("T-042"), 150, constant_values=200), cv2.COLOR_GRAY2BGR)
    cv2.imwrite(str(tmp_path / "code.png"), cv2.resize(sheet, (640, 480)))
    scanner = CameraScanner(PictureFolder(tmp_path), Decoder([ZxingEngine()]))
    scanner.want(True)
    scanner.start(heard)
    assert heard.wait_for(CodeScanned).code.text == "T-042"
    scanner.stop()


# -- a capture of OpenCV's, on a real wire: its ffmpeg reads the same stream


def captured(desk: DocumentCameraSimulator) -> CapturedFrames:
    return CapturedFrames("usb-camera", lambda: cv2.VideoCapture(desk.url, cv2.CAP_FFMPEG))


def test_a_capture_gives_frames_taken_after_the_call(desk: DocumentCameraSimulator) -> None:
    source = captured(desk)
    source.open()
    frame = source.frame(PATIENT_S)
    assert frame is not None
    assert frame.shape == (480, 640, 3)
    source.close()


def test_a_capture_that_blocks_is_given_up_and_taken_again_when_it_lets_go(
    desk: DocumentCameraSimulator,
) -> None:
    with nothing_left_behind():
        blocked = threading.Event()
        source = CapturedFrames("usb-camera", lambda: Blocking(desk.url, blocked))
        source.open()
        began = time.monotonic()
        assert source.frame(0.2) is None
        source.close()
        assert time.monotonic() - began < 8  # 1.2 s, where the driver holds on for a minute
        with pytest.raises(WireLost, match="still blocks"):
            source.open()
        blocked.set()
        eventually(lambda: opens(source), "the camera can be taken again")
        assert source.frame(PATIENT_S) is not None
        source.close()
        desk.stop()


class Blocking:
    """A capture whose driver holds every read until it is let go."""

    def __init__(self, url: str, released: threading.Event) -> None:
        self._capture = cv2.VideoCapture(url, cv2.CAP_FFMPEG)
        self._released = released
        self.isOpened = self._capture.isOpened
        self.get = self._capture.get
        self.read = self._capture.read
        self.release = self._capture.release

    def grab(self) -> bool:
        self._released.wait(60)
        return self._capture.grab()


def opens(source: FrameSource) -> bool:
    try:
        source.open()
    except WireLost:
        return False
    return True


def test_a_usb_camera_that_is_not_there_is_no_camera(tmp_path: Path) -> None:
    with pytest.raises(WireLost, match="is not there"):
        V4l2Camera(tmp_path / "usb-camera").open()


def test_a_file_that_is_no_camera_cannot_be_opened(tmp_path: Path) -> None:
    (tmp_path / "video").write_bytes(b"no camera")
    with pytest.raises(WireLost, match="cannot be opened"):
        V4l2Camera(tmp_path / "video").open()


# -- a folder


def test_pictures_of_a_folder_are_captured_like_a_cameras(
    press: Press, heard: Heard, tmp_path: Path
) -> None:
    view = render(Scene((Laid(Paper.CARD, turn=10),)), press, 1280)
    cv2.imwrite(str(tmp_path / "1.png"), view.pixels)
    camera = PageCamera(PictureFolder(tmp_path), VIEW_MM, back_off=quick_back_off())
    camera.start(heard)
    camera.capture("job-1")
    page = heard.wait_for(PageCaptured).page
    assert (page.width_mm, page.height_mm) == (85.6, 53.98)
    (tmp_path / "1.png").unlink()
    camera.capture("job-2")
    heard.wait_for_state(DeviceState.ABSENT)
    camera.stop()
