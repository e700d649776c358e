"""How two boxes lie to each other, in pixels."""

from __future__ import annotations

import math

from screens.sketch import Box


def shared(one: Box, other: Box) -> float:
    """How far one reaches into the other, along the side of which it is less.

    Negative where they are beside each other.
    """
    return min(
        min(one.right, other.right) - max(one.x, other.x),
        min(one.bottom, other.bottom) - max(one.y, other.y),
    )


def beyond(inner: Box, outer: Box) -> float:
    """How far one reaches out of the other at the most; negative where it is well inside."""
    return max(
        outer.x - inner.x,
        outer.y - inner.y,
        inner.right - outer.right,
        inner.bottom - outer.bottom,
    )


def apart(one: Box, other: Box) -> float:
    """From one to the other the shortest way; negative where they lie over each other."""
    across = max(one.x, other.x) - min(one.right, other.right)
    down = max(one.y, other.y) - min(one.bottom, other.bottom)
    if across > 0 and down > 0:
        return math.hypot(across, down)
    return max(across, down)
