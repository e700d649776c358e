"""One frame looked at: whole for a capture, small for a preview. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from drivers.document_camera import judging
from drivers.document_camera.edges import sharpened
from drivers.document_camera.finding import Frame, find, shrunk
from drivers.document_camera.outline import Outline
from drivers.document_camera.port import Corner, Corners, Hint, Page, PreviewFrame
from drivers.document_camera.straightening import Size, at_scale, size_of, straightened

_PREVIEW_PER_MM = 1.4  # pixels; as fine as a preview shows an A4 page


@dataclass(frozen=True, eq=False)
class Sight:
    """What a frame shows. Without a page, `outline` and `size` are None."""

    outline: Outline | None
    size: Size | None
    hints: frozenset[Hint]


def examined(frame: Frame, view_mm: float) -> Sight:
    """The page in a frame and everything that can be said of its picture."""
    finding = find(frame)
    hints = judging.hints_of_place(frame, finding)
    if finding.outline is None:
        return Sight(None, None, hints)
    outline = sharpened(frame, finding.outline)
    size = size_of(outline, frame.shape[1], view_mm)
    page = at_scale(frame, outline, size, judging.PER_MM)
    hints |= judging.hints_of_light(page, judging.PER_MM)
    if judging.is_blurred(page):
        hints |= {Hint.BLURRED}
    page.fill(0)
    return Sight(outline, size, hints)


def page_of(frame: Frame, sight: Sight) -> Page | None:
    """The page that was seen, straightened."""
    if sight.outline is None or sight.size is None:
        return None
    return straightened(frame, sight.outline, sight.size)


def preview_of(frame: Frame, view_mm: float) -> PreviewFrame:
    """The frame as it is shown to the citizen, 640 pixels wide at most."""
    small = shrunk(frame)
    finding = find(small)
    hints = judging.hints_of_place(small, finding)
    if finding.outline is None:
        return PreviewFrame(small, None, hints)
    true_size = size_of(finding.outline, small.shape[1], view_mm)
    page = at_scale(small, finding.outline, true_size, _PREVIEW_PER_MM)
    hints |= judging.hints_of_light(page, _PREVIEW_PER_MM)
    page.fill(0)
    return PreviewFrame(small, _shares(finding.outline, small), hints)


def _shares(outline: Outline, frame: Frame) -> Corners:
    rows, columns = frame.shape[:2]
    first, second, third, fourth = (Corner(x / columns, y / rows) for x, y in outline.tolist())
    return first, second, third, fourth
