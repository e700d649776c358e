"""Where a camera's frames come from, whatever is looked for in them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Frame = npt.NDArray[np.uint8]  # rows × columns × 3, blue green red; or rows × columns, grey


class FrameSource(Protocol):
    """One camera. Every method is called from one thread, the owner's.

    All raise `drivers.wire.WireLost` when the camera is not there, or not any more.
    """

    def open(self) -> None:
        """Take the camera; returns when frames can be asked for."""

    def frame(self, timeout_s: float) -> Frame | None:
        """A frame that was taken after this call; None when none came in time.

        Frames that the camera or its driver has kept from before must be thrown away: what lay
        there for one citizen is not to be read for the next.
        """

    def close(self) -> None:
        """Give the camera back; nothing happens when it is not open."""
