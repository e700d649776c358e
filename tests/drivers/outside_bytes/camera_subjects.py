"""What cameras on the network say: streams, their boundaries, pictures."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np

from drivers.document_camera.mjpeg import decoded
from drivers.document_camera.multipart import BadStream, Parts, boundary_of
from tests.drivers.outside_bytes.feeding import Life, Subject

_LONGEST = 2000
_MOST_PIXELS = 40_000_000


def _stream() -> Life:
    parts = Parts(b"cut", _LONGEST)

    def feed(piece: bytes) -> None:
        for part in parts.feed(piece):
            assert len(part.body) <= _LONGEST + len(piece)

    return Life(feed, parts)


def _parts() -> list[bytes]:
    head = b"--cut\r\nContent-Type: image/jpeg\r\n"
    bodies = [bytes(range(256)), b"\xff\xd8 picture \xff\xd9", b""]
    with_length = [head + b"Content-Length: %d\r\n\r\n" % len(body) + body for body in bodies]
    return [*with_length, *(head + b"\r\n" + body + b"\r\n" for body in bodies)]


def _boundary(raw: bytes) -> None:
    assert 0 < len(boundary_of(raw.decode("latin-1"))) <= 70  # RFC 2046


def _jpegs() -> Sequence[bytes]:
    shades = np.arange(48 * 64 * 3, dtype=np.uint32).reshape(48, 64, 3).astype(np.uint8)
    return [
        cv2.imencode(".jpg", shades, [cv2.IMWRITE_JPEG_PROGRESSIVE, progressive])[1].tobytes()
        for progressive in (0, 1)
    ]


def _picture(raw: bytes) -> None:
    picture = decoded(raw)
    if picture is not None:
        rows, columns, channels = picture.shape
        assert channels == 3
        assert rows * columns <= _MOST_PIXELS


SUBJECTS = (
    Subject(
        "mjpeg stream",
        _parts,
        _stream,
        errors=(BadStream,),
        most_kept=2 * _LONGEST + 4500,  # a picture, a piece and a header
        length_at=slice(49, 52),
    ),
    Subject(
        "mjpeg boundary",
        lambda: [b'multipart/x-mixed-replace; boundary="--a b"', b"multipart/x; boundary=frame"],
        lambda: Life(_boundary),
        errors=(BadStream,),
    ),
    # a few bytes can claim 40 million pixels, which take a second to unpack
    Subject("jpeg", _jpegs, lambda: Life(_picture), slowest_s=5.0),
)
