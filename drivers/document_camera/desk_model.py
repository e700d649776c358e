"""What the empty desk looks like, learnt from the rim of a frame. Pure.

The desk's colour is taken to change evenly over the view, as lamps at one side make it; papers and
hands that cross the rim are outliers, as long as they are the smaller part of it.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

Lab = npt.NDArray[np.float32]  # rows × columns × 3: lightness 0 to 100, a, b
Field = npt.NDArray[np.float32]  # rows × columns

_RIM = 0.025  # of the width
_ROUNDS = 5
_EVERY = 7  # pixels of the rim that are enough to learn it from
_LEAST_DEVIATION = 1.2  # of Lab; what sensors and JPEG leave of an even surface
_SHADE = 0.35  # how much of a darkening counts, where the hue is the desk's: it is mostly shadow


def strangeness(lab: Lab) -> Field:
    """How far each pixel is from the desk, in standard deviations of the desk itself."""
    rows, columns = lab.shape[:2]
    rim = max(3, round(columns * _RIM))
    mask = np.ones((rows, columns), bool)
    mask[rim:-rim, rim:-rim] = False
    y, x = np.indices((rows, columns), np.float32)
    plane = np.stack([np.ones_like(x), x / columns - 0.5, y / columns - 0.5], axis=-1)
    desk, deviation = _fit(plane[mask][::_EVERY], lab[mask][::_EVERY])
    away = lab - plane @ desk
    shaded = away[:, :, 0] < 0
    away[:, :, 0] = np.where(shaded, away[:, :, 0] * _SHADE, away[:, :, 0])
    return np.asarray(_length(away) / deviation, np.float32)


def _fit(plane: Lab, seen: Lab) -> tuple[Lab, float]:
    """Coefficients and deviation, leaving out more of what does not fit in each round."""
    chosen = _length(seen - np.median(seen, axis=0))
    keep = chosen <= np.quantile(chosen, 0.7)
    for _ in range(_ROUNDS):
        desk, *_ = np.linalg.lstsq(plane[keep], seen[keep], rcond=None)
        away = _length(seen - plane @ desk)
        deviation = max(_LEAST_DEVIATION, float(np.sqrt(np.mean(away[keep] ** 2))))
        keep = away <= 3 * deviation
    return desk, deviation


def _length(away: npt.NDArray[Any]) -> Field:
    return np.asarray(np.sqrt(np.einsum("...i,...i", away, away)), np.float32)
