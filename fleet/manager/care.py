"""What in a report needs a person, in the words of `drivers/status.py` (after XFS4IoT)."""

from __future__ import annotations

from fleet.protocol.messages import DeviceReport, Report, UpdateState

WORKING = frozenset({"online", "busy", "starting"})  # device states
PAPER_IN_ORDER = frozenset({"full", "unknown"})  # not every device has paper or can tell
UPDATE_FAILED = frozenset({UpdateState.REFUSED, UpdateState.ROLLED_BACK})


def wants_care(report: Report) -> bool:
    """Whether somebody should look at the terminal."""
    return (
        not report.terminal_running
        or report.update.state in UPDATE_FAILED
        or any(map(device_wants_care, report.devices))
    )


def device_wants_care(device: DeviceReport) -> bool:
    """Whether a device does not work, stands open, or has no or little paper."""
    return device.state not in WORKING or device.cover_open or device.paper not in PAPER_IN_ORDER
