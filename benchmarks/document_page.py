"""From a frame to a straightened page and a PDF, against the plain JPEG of the frame.

`python -m benchmarks.document_page`: frames of 8 million pixels, as a camera for A4 at 200 dpi
gives them. `floor` is OpenCV's JPEG of the same frame: what a program would do that keeps the
picture as it is. `preview` is a frame as the citizen sees it live. Then, on frames of 2 million
pixels, how many pages are found, how exactly, and how often the right thing is said of what is
wrong. The last line is JSON; the exit code is 1 when under 95 % are found, under 90 % judged
right, or a page takes more than 500 KB.
"""

from __future__ import annotations

import json
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import cv2
import numpy as np

from drivers.document_camera import seeing
from drivers.document_camera.outline import ordered
from drivers.document_camera.pdf import LONGEST_PAGE, as_pdf
from drivers.document_camera.port import Page
from drivers.simulators.desk import VIEW_MM, render
from drivers.simulators.desk_papers import Press
from drivers.simulators.desk_scenes import CONDITIONS, photographed, scenes

SEED = 23
TIMED = 12
FOUND = 192
OF_EACH = 24
WIDE, USUAL = 3264, 1600
CLOSE = 1 / 400  # of the frame's width, at the worst corner
FONT = (Path("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc"), 2)

T = TypeVar("T")


def timed(times: dict[str, list[float]], what: str, work: Callable[[], T]) -> T:
    began = time.perf_counter()
    done = work()
    times.setdefault(what, []).append((time.perf_counter() - began) * 1000)
    return done


def speed(press: Press) -> tuple[dict[str, float], int]:
    """Median milliseconds by step, and the largest PDF of one page."""
    times: dict[str, list[float]] = {}
    largest = 0
    for scene, chance in scenes(TIMED, SEED):
        frame = photographed(render(scene, press, WIDE), chance)
        timed(times, "floor", lambda f=frame: cv2.imencode(".jpg", f))
        sight = timed(times, "look", lambda f=frame: seeing.examined(f, VIEW_MM))
        page = timed(times, "straighten", lambda f=frame, s=sight: seeing.page_of(f, s))
        assert isinstance(page, Page), "every page of this set is found"
        largest = max(largest, len(timed(times, "pdf", lambda p=page: as_pdf([p]))))
        timed(times, "preview", lambda f=frame: seeing.preview_of(f, VIEW_MM))
    return {what: round(statistics.median(each), 1) for what, each in times.items()}, largest


def exactness(press: Press) -> tuple[float, list[float]]:
    """The share of pages found, and the error of the worst corner of each, in pixels."""
    errors = []
    for scene, chance in scenes(FOUND, SEED):
        view = render(scene, press, USUAL)
        sight = seeing.examined(photographed(view, chance), VIEW_MM)
        if sight.outline is not None:
            true = ordered(view.corners[0])
            turns = (np.roll(sight.outline, turn, axis=0) for turn in range(4))
            errors.append(min(float(np.hypot(*(turn - true).T).max()) for turn in turns))
    close = [error for error in errors if error < CLOSE * USUAL]
    return len(close) / FOUND, errors


def judged_right(press: Press) -> dict[str, float]:
    """By condition, the share of frames of which the right thing is said."""
    right = dict.fromkeys(CONDITIONS, 0)
    for name, condition in CONDITIONS.items():
        for plain, chance in scenes(OF_EACH, SEED + len(name)):
            view = render(condition.spoil(plain, chance), press, USUAL)
            hints = seeing.examined(photographed(view, chance), VIEW_MM).hints
            right[name] += (condition.hint in hints) if condition.hint else not hints
    return {name: round(count / OF_EACH, 3) for name, count in right.items()}


def main() -> int:
    """Measure, print, compare."""
    press = Press(*FONT)
    milliseconds, largest = speed(press)
    found, errors = exactness(press)
    right = judged_right(press)
    for step, each in milliseconds.items():
        print(f"{step:20}{each:>8.1f} ms{each / milliseconds['floor']:>8.1f} × the floor")
    for name, share in right.items():
        print(f"{name:20}{share:>8.0%}")
    figures = {
        "benchmark": "document page",
        "frame": WIDE,
        "ms": milliseconds,
        "largest_page_bytes": largest,
        "found": round(found, 3),
        "corner_error_px": {
            "median": round(statistics.median(errors), 2),
            "p95": round(float(np.quantile(errors, 0.95)), 2),
        },
        "judged_right": right,
    }
    print(json.dumps(figures))
    good = found >= 0.95 and statistics.mean(right.values()) >= 0.9 and largest <= LONGEST_PAGE
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
