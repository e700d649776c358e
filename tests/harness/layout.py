"""Pages laid out without a window: on panels that hang elsewhere, for any profile."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.access.chinese_input import ChineseInput
from kiosk.access.phrases import Phrases
from kiosk.access.profile import Profile
from kiosk.journey.page import Page
from screens.editor import Editor
from screens.frame import Frame
from screens.panel import Panel
from screens.renderer import Renderer
from screens.sketch import Box, Line
from screens.style import Measure
from tests.harness.window import ROOT, TODAY


@dataclass(frozen=True)
class Desk:
    """Where pages are laid out. `measure` is that of the window under test."""

    measure: Measure
    chinese_input: ChineseInput

    def renderer(self, panel: Panel) -> Renderer:
        return Renderer(panel, Phrases.load(ROOT / "config" / "phrases"), self.measure)

    def sides(
        self, page: Page, profile: Profile, renderer: Renderer | None = None
    ) -> tuple[Frame, ...]:
        """All sides of a page just come, on the panel of the design where no other is given."""
        renderer = renderer or self.renderer(Panel())
        editor = Editor(self.chinese_input, lambda: TODAY)
        editor.show(page)
        return renderer.sides(page, profile, editor, seconds=page.count_down_s)


def faults(frame: Frame, panel: Panel) -> list[str]:
    """What is cut off, and what lies over what."""
    glass = Box(0, 0, panel.width, panel.height)
    lines: list[tuple[Line, Box]] = [
        (line, frame.room if placed.key[0] in ("block", "head") else glass)
        for placed in frame.placed
        for line in placed.lines
    ]
    cut = [f"cut off: {line.text}" for line, room in lines if not room.contains(line.box, slack=2)]
    over = [
        f"over each other: {one.text} / {other.text}"
        for number, (one, _) in enumerate(lines)
        for other, _ in lines[number + 1 :]
        if one.box.overlaps(other.box, slack=2)
    ]
    targets = frame.targets
    meeting = [
        f"targets meet: {one.name} / {other.name}"
        for number, one in enumerate(targets)
        for other in targets[number + 1 :]
        if one.box.overlaps(other.box, slack=0.5)
    ]
    return cut + over + meeting
