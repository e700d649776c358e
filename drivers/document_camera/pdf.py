"""Pages as one PDF, each within a bound of bytes, made in memory alone.

A page keeps its colours as long as it fits; then it loses detail, then colour, and at the very last
its shades of grey. 200 dpi stays.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from drivers.document_camera.port import MM_PER_INCH, Page

if TYPE_CHECKING:
    from PIL import Image

LONGEST_PAGE = 500_000  # bytes
_FRAME = 2_000  # bytes of PDF around a picture, at most

Mode = Literal["RGB", "L", "1"]


@dataclass(frozen=True)
class _Way:
    """How a page is written: Pillow's mode, and JPEG's quality (none for bilevel)."""

    mode: Mode
    quality: int = 0


_WAYS = (
    _Way("RGB", 85),
    _Way("RGB", 75),
    _Way("RGB", 60),
    _Way("L", 70),
    _Way("RGB", 45),
    _Way("L", 50),
    _Way("L", 30),
    _Way("1"),
)


class TooLarge(Exception):
    """A page that fits in no way, or a document without pages."""


def as_pdf(pages: Sequence[Page], longest_page: int = LONGEST_PAGE) -> bytes:
    """The pages in order; raises TooLarge when one cannot be kept within `longest_page` bytes."""
    if not pages:
        raise TooLarge("no page to make a document of")
    with io.BytesIO() as file:
        for number, page in enumerate(pages):
            _append(file, page, longest_page - _FRAME, first=number == 0)
        whole = file.getvalue()
        _overwrite(file)
    return whole


def _append(file: io.BytesIO, page: Page, longest: int, *, first: bool) -> None:
    from PIL import Image  # noqa: PLC0415 - with the first document, not at the terminal's start

    dpi = page.pixels.shape[1] / page.width_mm * MM_PER_INCH
    with Image.fromarray(page.pixels[:, :, ::-1]) as colours:
        for way in _WAYS:
            with _in_mode(colours, way.mode) as picture:
                if _size(picture, way) > longest:
                    continue
                quality = {"quality": way.quality} if way.quality else {}
                picture.save(file, "PDF", append=not first, resolution=dpi, title="", **quality)
                return
    raise TooLarge(f"a page of {page.width_mm:.0f} × {page.height_mm:.0f} mm does not fit")


def _in_mode(colours: Image.Image, mode: Mode) -> Image.Image:
    if mode != "1":
        return colours.convert(mode)
    grey = colours.convert("L")
    return grey.point(_threshold(grey), "1")


def _threshold(grey: Image.Image) -> list[int]:
    """Black below half of the paper's own brightness, for light is seldom even."""
    counts = grey.histogram()
    paper, seen = 0, 0
    while seen < sum(counts) * 0.6 and paper < len(counts) - 1:
        seen += counts[paper]
        paper += 1
    return [255 if value > 0.6 * paper else 0 for value in range(len(counts))]


def _size(picture: Image.Image, way: _Way) -> int:
    """How many bytes the picture takes in the PDF, which writes it in the same way."""
    with io.BytesIO() as trial:
        if way.mode == "1":
            picture.save(trial, "TIFF", compression="group4")
        else:
            picture.save(trial, "JPEG", quality=way.quality)
        size = trial.tell()
        _overwrite(trial)
    return size


def _overwrite(file: io.BytesIO) -> None:
    with file.getbuffer() as memory:
        memory[:] = bytes(len(memory))
