"""What the log hears of a device's losses: each once, however often it is tried meanwhile."""

from __future__ import annotations

import traceback

import structlog

log = structlog.get_logger(__name__)


class LossLog:
    """Of one device; used on its thread only."""

    def __init__(self, device: str) -> None:
        self._device = device
        self._lost = False
        self._defects: set[str] = set()

    def lost(self, detail: str) -> None:
        """It is not there, or does not do what it should."""
        if not self._lost:
            log.warning("device.lost", device=self._device, detail=detail)
            self._lost = True

    def returned(self) -> None:
        """It does what it should."""
        if self._lost:
            log.info("device.returned", device=self._device)
            self._lost = False
        self._defects.clear()

    def defect(self, error: Exception) -> str:
        """A defect of a driver and where it is, for staff; logged once for each loss."""
        detail = _place(error)
        if detail not in self._defects:
            log.error("device.defect", device=self._device, detail=detail)
            self._defects.add(detail)
        return detail

    def listener_defect(self, error: Exception) -> None:
        """A defect of who listens to the device."""
        log.error("device.listener_defect", device=self._device, detail=_place(error))


def _place(error: Exception) -> str:
    # No message and no locals: they may hold what was on a card.
    place = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__} at {place.name}:{place.lineno}"
