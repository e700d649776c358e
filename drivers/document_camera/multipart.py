"""The pictures in a stream of MJPEG over HTTP (multipart/x-mixed-replace, RFC 2046). Pure.

Cameras differ: with and without Content-Length, with a boundary that is declared with its dashes or
without them. A body without a length ends at the next boundary. Nothing grows beyond `longest`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message
from email.parser import BytesHeaderParser

LONGEST = 16 << 20  # bytes of one picture; 8 million pixels make 1 to 4 MB
_LONGEST_HEADER = 4096
_LONGEST_BOUNDARY = 70  # RFC 2046, 5.1.1
_END_OF_HEADER = b"\r\n\r\n"


class BadStream(Exception):
    """The stream is none of pictures; names no content."""


@dataclass(frozen=True, eq=False)
class Part:
    """One picture; `number` counts parts from 1 in the order in which they began."""

    number: int
    body: bytes


def boundary_of(content_type: str) -> bytes:
    """The boundary that a Content-Type declares, without its dashes; raises BadStream."""
    message = Message()
    message["Content-Type"] = content_type.replace("\r", "").replace("\n", "")
    if message.get_content_maintype() != "multipart":
        raise BadStream("not a stream of pictures (multipart)")
    try:
        boundary = str(message.get_param("boundary", "")).strip().lstrip("-").encode("ascii")
    except UnicodeEncodeError as error:
        raise BadStream("its boundary is not ASCII") from error
    if not 0 < len(boundary) <= _LONGEST_BOUNDARY:
        raise BadStream("it declares no boundary")
    return boundary


class Parts:
    """Cuts a stream into its parts. `begun`: how many have begun so far."""

    def __init__(self, boundary: bytes, longest: int = LONGEST) -> None:
        self._delimiter = b"--" + boundary
        self._longest = longest
        self._bytes = bytearray()
        self._searched = 0  # so far there is no delimiter in `_bytes`
        self._in_body = False
        self._length: int | None = None
        self.begun = 0

    def feed(self, data: bytes) -> Iterator[Part]:
        """The parts that end with these bytes; raises BadStream."""
        self._bytes += data
        while True:
            if not self._in_body and not self._take_header():
                return
            body = self._take_body()
            if body is None:
                return
            self._in_body = False
            yield Part(self.begun, body)

    def _take_header(self) -> bool:
        """Go behind the next boundary and its header; False when they are not here yet."""
        start = self._find_delimiter()
        if start is None:
            # what comes before a boundary is nothing; the start of one may be at the end
            del self._bytes[: max(0, len(self._bytes) - len(self._delimiter))]
            self._searched = 0
            return False
        end = self._bytes.find(_END_OF_HEADER, start)
        if (len(self._bytes) if end < 0 else end) - start > _LONGEST_HEADER:
            raise BadStream(f"the header of a picture is over {_LONGEST_HEADER} bytes")
        if end < 0:
            self._searched = start
            return False
        self._length = self._length_in(bytes(self._bytes[start:end]))
        del self._bytes[: end + len(_END_OF_HEADER)]
        self._searched = 0
        self._in_body = True
        self.begun += 1
        return True

    def _length_in(self, header: bytes) -> int | None:
        _, _, lines = header.partition(b"\r\n")
        given = BytesHeaderParser().parsebytes(lines)["Content-Length"]
        if given is None:
            return None
        text = str(given).strip()
        if not (text.isascii() and text.isdigit()) or len(text) > len(str(self._longest)):
            raise BadStream("the length of a picture is no number, or too large")
        if int(text) > self._longest:
            raise BadStream(f"a picture is over {self._longest} bytes")
        return int(text)

    def _take_body(self) -> bytes | None:
        """The body when it is whole."""
        if self._length is not None:
            if len(self._bytes) < self._length:
                return None
            end = self._length
        else:
            found = self._find_delimiter()
            if found is None:
                if len(self._bytes) > self._longest:
                    raise BadStream(f"a picture is over {self._longest} bytes")
                return None
            end = found
        body = bytes(self._bytes[:end])
        del self._bytes[:end]
        self._searched = 0
        return body if self._length is not None else body.removesuffix(b"\r\n")

    def _find_delimiter(self) -> int | None:
        found = self._bytes.find(self._delimiter, self._searched)
        if found < 0:
            self._searched = max(0, len(self._bytes) - len(self._delimiter))
            return None
        return found
