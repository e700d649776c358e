"""What the rest of the program knows of a document camera."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from drivers.self_test import SELF_TEST_S, SelfTestReport
from drivers.status import DeviceStatus, StatusChanged

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Pixels = npt.NDArray[np.uint8]  # rows × columns × 3, blue green red

DPI = 200  # of a straightened page
MM_PER_INCH = 25.4


class Hint(StrEnum):
    """What is wrong with a picture, for the citizen to put right. Words for it are phrases."""

    NO_PAGE = "no_page"
    CUT_OFF = "cut_off"  # it, or what hides it, runs out of the picture
    COVERED = "covered"  # something lies over its edge, most often a hand
    SEVERAL_PAGES = "several_pages"  # the largest is taken
    TOO_DARK = "too_dark"
    GLARE = "glare"
    BLURRED = "blurred"


@dataclass(frozen=True)
class Corner:
    """A place in a frame, as shares of its width and height from the top left."""

    x: float
    y: float


Corners = tuple[Corner, Corner, Corner, Corner]  # from the top left, clockwise


@dataclass(frozen=True, eq=False)
class Page:
    """A straightened page at 200 dpi, as it lay: what was up in the frame is up here.

    `camera_dpi` is how fine the camera saw it; where that is less than 200, the pixels in between
    are interpolated.
    """

    pixels: Pixels
    width_mm: float
    height_mm: float
    camera_dpi: float

    def forget(self) -> None:
        """Overwrite the picture; for when it was handed on, or its citizen has gone."""
        self.pixels.fill(0)

    def __repr__(self) -> str:
        """Says nothing of what is on it."""
        return f"Page({self.width_mm:.0f} × {self.height_mm:.0f} mm, {self.camera_dpi:.0f} dpi)"


@dataclass(frozen=True, eq=False)
class PreviewFrame:
    """A small picture of the desk, where the page was seen, and what is wrong, as far as a small
    picture tells: never BLURRED. Whoever shows it calls `forget` when the next one comes.
    """

    pixels: Pixels
    page: Corners | None
    hints: frozenset[Hint]

    def forget(self) -> None:
        """Overwrite the picture."""
        self.pixels.fill(0)

    def __repr__(self) -> str:
        """Says nothing of what is in it."""
        return f"PreviewFrame({sorted(self.hints)})"


@dataclass(frozen=True, eq=False)
class PageCaptured:
    """A page, and what may be wrong with it; without hints it is as good as this camera can."""

    job: str
    page: Page
    hints: frozenset[Hint]


class CaptureFault(StrEnum):
    """Why a capture gave no page."""

    NO_PAGE = "no_page"  # none was seen whole; the hints say more
    NO_CAMERA = "no_camera"  # it was not there, or gave no fresh frame, as long as a job may wait
    CANCELLED = "cancelled"


@dataclass(frozen=True)
class CaptureFailed:
    """The end of a capture without a page."""

    job: str
    fault: CaptureFault
    hints: frozenset[Hint] = frozenset()


CameraEvent = PageCaptured | CaptureFailed | StatusChanged


class DocumentCamera(Protocol):
    """One owner thread; events and previews come on that thread, in order, one at a time."""

    def start(self, on_event: Callable[[CameraEvent], None]) -> None:
        """Begin; returns at once."""

    def preview(self, on_frame: Callable[[PreviewFrame], None] | None, fps: float = 5.0) -> None:
        """Show what lies there, at most `fps` times a second, until called with None.

        A frame begun before that call may still come after it.
        """

    def capture(self, job: str) -> None:
        """Queue a capture; returns at once. PageCaptured or CaptureFailed comes within 10 s."""

    def cancel(self, job: str) -> None:
        """Give a capture up, waiting or begun; it ends as CANCELLED unless it has ended."""

    def self_test(
        self, within_s: float = SELF_TEST_S, given_up: Callable[[], bool] = lambda: False
    ) -> SelfTestReport:
        """See `drivers.self_test.SelfTesting`: a frame."""

    def status(self) -> DeviceStatus:
        """The last known status."""

    def stop(self) -> None:
        """End the thread and give the camera back; returns when both are done (at most 2 s)."""
