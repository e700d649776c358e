"""What of the glass a hand reaches from a chair, in pixels, from how high the panel hangs. Pure."""

from __future__ import annotations

import math
from dataclasses import dataclass

from screens.panel import Panel

HIGHEST_MM = 1120.0  # EN 301 549 8.3.2.3: over knees, past an obstruction of 510 to 635 mm
LOWEST_MM = 380.0  # EN 301 549 8.3.3
LEAST_MM = 400.0  # what a keyboard and the actions take at the largest text
MM_PER_INCH = 25.4


class PanelOutOfReach(ValueError):
    """Too little of the picture can be reached from a chair; says how to mount the panel."""


@dataclass(frozen=True)
class Reach:
    """Rows of the glass between which everything lies that can be touched, from its top."""

    top: int
    bottom: int


def standing(panel: Panel) -> Reach:
    """All of the glass."""
    return Reach(0, panel.height)


def seated(panel: Panel) -> Reach:
    """What lies 380 to 1120 mm above the floor. Raises PanelOutOfReach."""
    height_mm = panel.height * MM_PER_INCH / panel.ppi
    top_mm = panel.bottom_mm + height_mm
    within = min(top_mm, HIGHEST_MM) - max(panel.bottom_mm, LOWEST_MM)
    if within < min(LEAST_MM, height_mm):
        raise PanelOutOfReach(
            f"panel.bottom_mm = {panel.bottom_mm:g}: {max(0.0, within):.0f} mm of the picture lie "
            f"within reach from a wheelchair ({LOWEST_MM:g} to {HIGHEST_MM:g} mm above the floor, "
            f"EN 301 549 8.3.2.3 and 8.3.3), and {LEAST_MM:g} mm are needed. Mount the panel with "
            f"the lower edge of its picture at most {HIGHEST_MM - LEAST_MM:g} mm above the floor "
            "and put that height into panel.bottom_mm."
        )
    scale = panel.ppi / MM_PER_INCH
    above = math.ceil(max(0.0, top_mm - HIGHEST_MM) * scale)
    below = math.ceil(max(0.0, LOWEST_MM - panel.bottom_mm) * scale)
    return Reach(above, panel.height - below)
