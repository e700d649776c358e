"""Frames of a camera that speaks MJPEG over HTTP, as many document and network cameras do.

A camera pushes pictures whether they are read or not, so what is in the pipe is old. A stream that
has rested is therefore asked for anew; in one that runs, what waits is thrown away first; and of
either the picture already begun is left out.
"""

from __future__ import annotations

import io
import select
import time
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from drivers.document_camera.multipart import BadStream, Parts, boundary_of
from drivers.document_camera.watchdog import Watchdog
from drivers.owner import DeviceFault
from drivers.wire import WireLost

if TYPE_CHECKING:
    import httpx

    from drivers.document_camera.port import Pixels

_OK = 200
_OPEN_S = 1.5  # until the answer's header is whole; the ports' stop() waits 2 s
_READ_S = 1.0
_GRACE_S = 0.5  # beyond a frame's time, so that a stream that still goes is not hung up
_RESTED_S = 0.5
_MOST_WAITING = 64 << 20  # bytes thrown away at most before a frame
_MOST_PIXELS = 40_000_000
_PADDING = b"\0\r\n"  # that some cameras fill pictures up with
_END_OF_IMAGE = b"\xff\xd9"


class MjpegCamera:
    """A `FrameSource`. `url`: `http[s]://[user:password@]host[:port]/path`.

    Nothing of the address but host and port is ever in an error's text.
    """

    def __init__(self, url: str, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._url = url
        self._clock = clock
        self._client: httpx.Client | None = None
        self._response: httpx.Response | None = None
        self._chunks: Iterator[bytes] = iter(())
        self._parts = Parts(b"-")
        self._read_at = 0.0
        self._watchdog = Watchdog()

    def open(self) -> None:
        """Ask for the stream; raises WireLost when there is none within 1.5 s."""
        import httpx  # noqa: PLC0415 - 0.1 s and 16 MB, on the camera's thread and not before

        self._client = httpx.Client(
            timeout=httpx.Timeout(_READ_S, connect=_OPEN_S),
            limits=httpx.Limits(max_keepalive_connections=0),  # the watchdog sees new ones only
            follow_redirects=False,
            trust_env=False,  # a citizen's papers pass through no proxy
        )
        try:
            with self._watchdog.within(_OPEN_S):
                self._ask()
        except WireLost as error:
            self.close()
            if self._watchdog.bit:
                raise WireLost(f"{self._place()}: no answer within {_OPEN_S:g} s") from error
            raise

    def frame(self, timeout_s: float) -> Pixels | None:
        """A frame that the camera began to send after this call; None when none came in time,
        at most 0.5 s later.

        Raises WireLost, and DeviceFault for a stream that is none or has no pictures in it.
        """
        try:
            with self._watchdog.within(timeout_s + _GRACE_S):
                return self._fresh_picture(self._clock() + timeout_s)
        except WireLost:
            if not self._watchdog.bit:
                raise
            return None
        finally:
            if self._watchdog.bit:
                self._give_stream_back()

    def _fresh_picture(self, until: float) -> Pixels | None:
        import httpx  # noqa: PLC0415 - it is loaded by now

        try:
            if self._clock() - self._read_at > _RESTED_S:
                self._ask()
            else:
                self._throw_away_what_waits(until)
            return self._next_picture(until)
        except httpx.ReadTimeout:
            self._give_stream_back()
            return None
        except httpx.HTTPError as error:
            raise WireLost(f"{self._place()}: {type(error).__name__}") from error
        except BadStream as error:
            raise DeviceFault(f"{self._place()}: {error}") from error

    def close(self) -> None:
        """Hang up."""
        self._give_stream_back()
        if self._client is not None:
            self._client.close()
            self._client = None
        self._parts = Parts(b"-")

    def _give_stream_back(self) -> None:
        self._read_at = 0.0  # whoever wants a frame asks for the stream anew
        if self._response is not None:
            self._response.close()
            self._response = None
        self._watchdog.release()

    def _ask(self) -> None:
        import httpx  # noqa: PLC0415 - it is loaded by now

        if self._client is None:
            raise WireLost("the camera is not open")
        self._give_stream_back()
        try:
            url = httpx.URL(self._url)
            # user and password apart from the address, which httpx writes into its log
            request = self._client.build_request(
                "GET", url.copy_with(userinfo=b""), extensions={"trace": self._watchdog.trace}
            )
            auth = httpx.BasicAuth(url.username, url.password) if url.userinfo else None
            self._response = response = self._client.send(request, auth=auth, stream=True)
        except (httpx.HTTPError, httpx.InvalidURL, UnicodeError) as error:
            raise WireLost(f"{self._place()}: {type(error).__name__}") from error
        if response.status_code != _OK:
            raise WireLost(f"{self._place()} answers {response.status_code}")
        try:
            self._parts = Parts(boundary_of(response.headers.get("Content-Type", "")))
        except BadStream as error:
            raise WireLost(f"{self._place()}: {error}") from error
        self._chunks = response.iter_raw()
        self._read_at = self._clock()

    def _throw_away_what_waits(self, until: float) -> None:
        left = _MOST_WAITING
        while left > 0 and self._waits() and self._clock() < until:
            chunk = self._next_chunk()
            left -= len(chunk)
            for _ in self._parts.feed(chunk):
                pass

    def _waits(self) -> bool:
        if self._response is None:
            return False
        stream = self._response.extensions["network_stream"]
        return bool(select.select([stream.get_extra_info("socket")], [], [], 0)[0])

    def _next_picture(self, until: float) -> Pixels | None:
        # of a new stream, the first picture may be one that the camera had kept
        begun = max(1, self._parts.begun)
        spoilt = 0
        while self._clock() < until:
            for part in self._parts.feed(self._next_chunk()):
                if part.number <= begun:
                    continue
                picture = decoded(part.body)
                if picture is not None:
                    return picture
                spoilt += 1
        if spoilt:
            raise DeviceFault(f"{self._place()}: {spoilt} pictures, none of them a whole JPEG")
        return None

    def _next_chunk(self) -> bytes:
        chunk = next(self._chunks, None)
        if chunk is None:
            raise WireLost(f"{self._place()}: the stream ended")
        self._read_at = self._clock()
        return chunk

    def _place(self) -> str:
        import httpx  # noqa: PLC0415 - it is loaded by now

        try:
            url = httpx.URL(self._url)
        except httpx.InvalidURL:
            return "the camera's url"
        return f"{url.host}:{url.port or url.scheme}"


def decoded(jpeg: bytes) -> Pixels | None:
    """A JPEG as rows × columns × 3, blue green red; None for what is none, or not whole.

    Its size is known before it is unpacked: a few bytes can claim 65,535 × 65,535 pixels.
    """
    import cv2  # noqa: PLC0415 - see `open`
    import numpy as np  # noqa: PLC0415
    from PIL import Image  # noqa: PLC0415

    try:
        with Image.open(io.BytesIO(jpeg), formats=("JPEG",)) as header:
            pixels = header.width * header.height
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None
    whole = jpeg.rstrip(_PADDING).endswith(_END_OF_IMAGE)
    if not whole or pixels > _MOST_PIXELS:
        return None
    # OpenCV unpacks in a quarter of Pillow's time
    data = np.frombuffer(jpeg, np.uint8)
    try:
        picture = cv2.imdecode(data, cv2.IMREAD_COLOR | cv2.IMREAD_IGNORE_ORIENTATION)
    except cv2.error:
        return None
    return None if picture is None else np.asarray(picture, np.uint8)
