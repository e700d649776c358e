"""A simulated document camera on a real wire: MJPEG over HTTP, of a desk that is drawn.

camera = DocumentCameraSimulator(Press(font))
camera.start()
camera.show(Scene(papers=(Laid(Paper.LETTER, turn=88),)))   # camera.url is what the driver opens
camera.fault = CameraFault.STALLED
camera.unplug()
"""

from __future__ import annotations

import contextlib
import random
import socket
import struct
import sys
import threading
from enum import StrEnum
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import cv2
import numpy as np

from drivers.simulators.desk import Scene, render
from drivers.simulators.desk_papers import Pixels, Press
from drivers.simulators.eve_process import held_port

_BOUNDARY = "frame"
_HOST = "127.0.0.1"
_POLL_S = 0.02
_STOP_S = 2.0
_GRAIN = 257  # pixels after which the noise repeats itself
_NOISE_FIELD = 256  # pixels by which the noise is larger than a frame, to be cut out anywhere
_QUALITY = 88
_START_OF_FRAME = b"\xff\xc0"


class CameraFault(StrEnum):
    """What can be wrong with the camera."""

    NONE = "none"
    FROZEN = "frozen"  # the same picture again and again
    BLACK = "black"  # something covers the lens
    STALLED = "stalled"  # the stream stays open and nothing comes
    SLOW = "slow"  # a few bytes at a time
    GARBAGE = "garbage"  # bytes that are no stream of pictures
    TORN = "torn"  # pictures that break off
    SMALL = "small"  # pictures of 160 × 120
    HUGE = "huge"  # pictures that claim to have 65,000 × 65,000 pixels
    REFUSING = "refusing"  # hangs up, and answers 503


class DocumentCameraSimulator:
    """The camera and its desk.

    `width`: pixels of a frame, in the proportion 4 to 3; `port` 0 takes a free one.
    """

    def __init__(
        self,
        press: Press,
        *,
        width: int = 1600,
        fps: float = 15.0,
        noise: float = 4.0,
        with_lengths: bool = True,
        seed: int = 1,
        port: int = 0,
    ) -> None:
        self._press = press
        self._width = width
        self._fps = fps
        self.with_lengths = with_lengths
        self._chance = np.random.default_rng(seed)
        grain = self._chance.normal(0, noise, (_GRAIN, _GRAIN, 3)).astype(np.int16)
        repeats = (width + _NOISE_FIELD) // _GRAIN + 1
        self._noise = np.tile(grain, (repeats, repeats, 1))
        self._views: tuple[Pixels, ...] = ()
        self._last = b""
        self._port = port
        self._held: socket.socket | None = None
        self._server: _Server | None = None
        self._thread: threading.Thread | None = None
        self.fault = CameraFault.NONE
        self.frames_sent = 0
        self.show(Scene())

    @property
    def url(self) -> str:
        """What the driver opens; the port stays the same once it was plugged in."""
        return f"http://{_HOST}:{self._port}/stream"

    @property
    def plugged(self) -> bool:
        """Whether the camera is on the wire."""
        return self._server is not None

    def start(self) -> None:
        """Plug the camera in."""
        self.plug()

    def stop(self) -> None:
        """Unplug it, end its threads and give its port back."""
        self.unplug()
        if self._held is not None:
            self._held.close()
            self._held = None

    def plug(self) -> None:
        """Put the camera back on its wire; nothing happens when it is on it."""
        if self._server is None:
            self._held = self._held or held_port(self._port)
            self._port = self._held.getsockname()[1]
            self._server = _Server((_HOST, self._port), self)
            self._thread = threading.Thread(
                target=self._server.serve_forever, args=(_POLL_S,), name="simulated-camera"
            )
            self._thread.start()

    def unplug(self) -> None:
        """Take the camera off its wire: connections are reset, new ones refused."""
        server, self._server = self._server, None
        if server is not None and self._thread is not None:
            server.hang_up()
            self._thread.join(_STOP_S)

    def show(self, *scenes: Scene) -> None:
        """Let the camera see these scenes in turn, a frame each: one for a desk at rest."""
        self._views = tuple(render(scene, self._press, self._width).pixels for scene in scenes)

    # -- the camera, as its server calls it

    @property
    def frame_s(self) -> float:
        """Seconds from one frame to the next."""
        return 1 / self._fps

    @property
    def refuses(self) -> bool:
        """Whether it answers nobody now."""
        return self.fault is CameraFault.REFUSING

    def picture(self) -> bytes:
        """What the camera sees now as a JPEG file, or what is wrong makes of it."""
        self.frames_sent += 1
        if self.fault is CameraFault.FROZEN:
            return self._last
        self._last = self._taken()
        match self.fault:
            case CameraFault.TORN:
                return self._last[: len(self._last) // 2]
            case CameraFault.HUGE:
                size = self._last.index(_START_OF_FRAME) + 5
                claimed = struct.pack(">HH", 65_000, 65_000)
                return self._last[:size] + claimed + self._last[size + 4 :]
        return self._last

    def _taken(self) -> bytes:
        views = self._views
        view = views[self.frames_sent % len(views)]
        match self.fault:
            case CameraFault.BLACK:
                view = np.zeros_like(view)
            case CameraFault.SMALL:
                view = view[:120, :160]
        rows, columns = view.shape[:2]
        top, left = self._chance.integers(0, _NOISE_FIELD, 2)
        noise = self._noise[top : top + rows, left : left + columns]
        seen = cv2.add(view, noise, dtype=cv2.CV_8U)
        return cv2.imencode(".jpg", seen, [cv2.IMWRITE_JPEG_QUALITY, _QUALITY])[1].tobytes()


class _Server(ThreadingHTTPServer):
    """A thread for each connection, which all end when the camera is unplugged."""

    daemon_threads = False
    block_on_close = True

    def __init__(self, address: tuple[str, int], camera: DocumentCameraSimulator) -> None:
        super().__init__(address, _Stream)
        self.camera = camera
        self.gone = threading.Event()
        self._lock = threading.Lock()
        self._connections: set[socket.socket] = set()

    def hang_up(self) -> None:
        """Reset all connections and give the port back."""
        self.gone.set()
        self.shutdown()
        with self._lock:
            for connection in self._connections:
                # linger of 0 s: closing resets the connection, as a camera losing power does
                connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                with contextlib.suppress(OSError):  # the caller hung up first
                    connection.shutdown(socket.SHUT_RD)
        self.server_close()

    def held(self, connection: socket.socket, held: bool) -> None:
        """Note a connection that is open, or no longer."""
        with self._lock:
            (self._connections.add if held else self._connections.discard)(connection)

    def shutdown_request(self, request: socket.socket) -> None:  # type: ignore[override]
        """Close without the farewell that a plug pulled out does not give."""
        self.held(request, False)
        self.close_request(request)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A caller that hangs up in mid-picture is nothing to speak of."""
        if not isinstance(sys.exception(), OSError):
            super().handle_error(request, client_address)


class _Stream(BaseHTTPRequestHandler):
    server: _Server
    timeout = _STOP_S

    def setup(self) -> None:
        super().setup()
        self.server.held(self.connection, True)

    def do_GET(self) -> None:
        """Answer with pictures until the caller hangs up."""
        camera = self.server.camera
        if camera.refuses:
            self.send_error(503)
            return
        self.send_response(200)
        self.send_header("Content-Type", f"multipart/x-mixed-replace; boundary={_BOUNDARY}")
        self.end_headers()
        while not self.server.gone.wait(camera.frame_s):
            match camera.fault:
                case CameraFault.REFUSING:
                    return
                case CameraFault.STALLED:
                    continue
            self._send(camera, camera.picture())

    def _send(self, camera: DocumentCameraSimulator, picture: bytes) -> None:
        match camera.fault:
            case CameraFault.GARBAGE:
                self.wfile.write(random.randbytes(len(picture)))  # noqa: S311 - noise
            case CameraFault.SLOW:
                for start in range(0, len(picture), 1000):
                    if self.server.gone.wait(_POLL_S) or camera.fault is not CameraFault.SLOW:
                        return
                    self.wfile.write(picture[start : start + 1000])
            case _:
                self.wfile.write(self._header(camera, picture) + picture + b"\r\n")

    def _header(self, camera: DocumentCameraSimulator, picture: bytes) -> bytes:
        length = f"Content-Length: {len(picture)}\r\n" if camera.with_lengths else ""
        return f"--{_BOUNDARY}\r\nContent-Type: image/jpeg\r\n{length}\r\n".encode()

    def log_message(self, format: str, *args: object) -> None:
        """Nothing on stderr."""
