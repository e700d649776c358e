"""Sizes in pixels from millimetres and the text size in force.

A letter's size is given by the height of its capital (EN 301 549 5.1.4, VVSG 2.0 7.1-G); in
Noto Sans SC a capital is 0.73 em high. Everything that holds text grows with the text.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property

from kiosk.access.profile import TextSize
from screens.panel import Panel

CAPITAL_EM = 0.73  # Noto Sans SC, OS/2 sCapHeight
MM_PER_INCH = 25.4
DESIGN_PPI = 81.6  # 27 inch, 1080 × 1920: the panel for which distances are given in pixels
MIN_TARGET_MM = 12.7  # VVSG 2.0 7.2-I
MIN_GAP_MM = 2.54  # between two targets, VVSG 2.0 7.2-I

BODY_LEADING = 1.5
TITLE_LEADING = 1.25


@dataclass(frozen=True)
class Metrics:
    """All sizes of one panel at one text size, in pixels.

    `care`: cards and answers stand out more.
    """

    panel: Panel
    text_size: TextSize
    care: bool = False

    def px(self, distance: float) -> int:
        """A distance given for the design panel, on this one."""
        return round(distance * self.panel.ppi / DESIGN_PPI)

    def mm(self, millimetres: float) -> int:
        """A length on the glass, rounded up."""
        return math.ceil(millimetres * self.panel.ppi / MM_PER_INCH)

    def em(self, times: float = 1.0) -> int:
        """A font size as a multiple of body text, never below the smallest legible one."""
        return max(self.smallest, round(times * self.body))

    def _font(self, size: TextSize) -> float:
        return size.capital_mm * self.panel.ppi / MM_PER_INCH / CAPITAL_EM

    @cached_property
    def body(self) -> int:
        """Font size of running text."""
        return round(self._font(self.text_size))

    @cached_property
    def smallest(self) -> int:
        """The smallest font size ever drawn."""
        return round(self._font(TextSize.SMALL))

    @cached_property
    def title(self) -> int:
        """Font size of the page title."""
        return self.em(1.9)

    @cached_property
    def card_title(self) -> int:
        """Font size of card titles and headings."""
        return self.em(1.5 if self.care else 1.3)

    @cached_property
    def action(self) -> int:
        """Font size of main buttons."""
        return self.em(1.3)

    @cached_property
    def lead(self) -> int:
        """Font size of the sentence under the title."""
        return self.em(1.12)

    @cached_property
    def detail(self) -> int:
        """Font size of a line under another."""
        return self.em(0.94)

    @cached_property
    def foot(self) -> int:
        """Font size of the bar above and of the actions at the foot."""
        return self.em(0.82)

    @cached_property
    def margin(self) -> int:
        """From the edge of the glass to what is on it."""
        return self.px(56)

    @cached_property
    def gap(self) -> int:
        """Between two things that can be touched."""
        return self.px(24)

    @cached_property
    def radius(self) -> int:
        """Corner of cards and buttons."""
        return self.px(20)

    @cached_property
    def button(self) -> int:
        """Height of a main button."""
        return max(self.px(128), round(2.55 * self.action))

    @cached_property
    def target(self) -> int:
        """The least width and height of anything that can be touched."""
        return self.mm(MIN_TARGET_MM)

    @cached_property
    def width(self) -> int:
        """Width of the page between its margins."""
        return self.panel.width - 2 * self.margin
