"""A network camera that sends a byte now and then and never ends: nothing waits for it."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from structlog.testing import capture_logs

from drivers.document_camera.camera import PageCamera
from drivers.document_camera.looking import LookingTimes
from drivers.document_camera.mjpeg import MjpegCamera
from drivers.document_camera.port import CaptureFailed, CaptureFault
from drivers.wire import WireLost
from tests.harness.devices import Heard, quick_back_off
from tests.harness.leavings import nothing_left_behind

pytestmark = pytest.mark.filterwarnings("error::pytest.PytestUnhandledThreadExceptionWarning")

LINE = b"HTTP/1.1 200 OK\r\n"
STREAM = LINE + b"Content-Type: multipart/x-mixed-replace; boundary=frame\r\n"
HEADER = LINE + b"X-Slow: "
CHUNK = STREAM + b"Transfer-Encoding: chunked\r\n\r\n5;slow="
PICTURE = STREAM + b"\r\n--frame\r\nContent-Type: image/jpeg\r\n\r\n"


class Dripping(ThreadingHTTPServer):
    """Answers with `start` at once, then a byte every 20 ms for ever."""

    daemon_threads = False

    def __init__(self, start: bytes) -> None:
        super().__init__(("127.0.0.1", 0), _Answer)
        self.start = start
        self.over = threading.Event()
        self.url = f"http://127.0.0.1:{self.server_address[1]}/stream"


class _Answer(BaseHTTPRequestHandler):
    server: Dripping

    def do_GET(self) -> None:
        try:
            self.wfile.write(self.server.start)
            while not self.server.over.wait(0.02):
                self.wfile.write(b"a")
        except OSError:
            self.close_connection = True  # the caller hung up, as it should

    def log_message(self, format: str, *args: object) -> None:
        """Nothing on stderr."""


@pytest.fixture(params=[HEADER, CHUNK, PICTURE], ids=["header", "chunk", "picture"])
def dripping(request: pytest.FixtureRequest) -> Iterator[Dripping]:
    with nothing_left_behind(), Dripping(request.param) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        yield server
        server.over.set()
        server.shutdown()
        thread.join(5)


def test_a_capture_ends_and_the_loss_is_told_once(dripping: Dripping, heard: Heard) -> None:
    times = LookingTimes(first=1.0, frame=0.5, patience=0.5)
    camera = PageCamera(MjpegCamera(dripping.url), 420, back_off=quick_back_off(), times=times)
    with capture_logs() as logs:
        camera.start(heard)
        camera.capture("job-1")
        failed = heard.wait_for(CaptureFailed, timeout_s=10)
        camera.stop()
    assert failed == CaptureFailed("job-1", CaptureFault.NO_CAMERA)
    assert [entry["event"] for entry in logs] == ["device.lost"], "and stop() was not slow"
    assert "within" in logs[0]["detail"]


def test_stop_does_not_wait_for_the_next_byte(dripping: Dripping, heard: Heard) -> None:
    camera = PageCamera(MjpegCamera(dripping.url), 420)
    camera.start(heard)
    camera.capture("job-1")
    with capture_logs() as logs:
        camera.stop()
    assert "device.slow_stop" not in [entry["event"] for entry in logs]
    assert heard.wait_for(CaptureFailed).fault is CaptureFault.CANCELLED


def test_no_frame_comes_and_that_in_time(dripping: Dripping) -> None:
    source = MjpegCamera(dripping.url)
    began = time.monotonic()
    try:
        source.open()
        frames = [source.frame(0.3), source.frame(0.3)]
    except WireLost as error:
        frames = []
        assert "no answer within 1.5 s" in str(error)
    finally:
        source.close()
    assert not any(frames)
    assert time.monotonic() - began < 8
