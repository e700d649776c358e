"""Words in the middle of what is touched, with a pictogram before or after them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from screens.icons import has_icon
from screens.sketch import Box, Mark
from screens.style import Column, Lettering, Style, icon

ICON_EM = 1.1
SPACE_EM = 0.45  # between words and pictogram


@dataclass(frozen=True)
class Caption:
    """Words and a pictogram. `after`: the pictogram follows the words (an arrow onwards)."""

    text: str
    lettering: Lettering
    icon: str = ""
    after: bool = False
    icon_em: float = ICON_EM

    @property
    def _icon_size(self) -> int:
        return round(self.lettering.size * self.icon_em)

    def icon_room(self) -> float:
        """Width of the pictogram and the space beside it."""
        if not has_icon(self.icon):
            return 0.0
        space = round(SPACE_EM * self.lettering.size) if self.text else 0
        return self._icon_size + space

    def width(self, style: Style) -> float:
        """Width on one line."""
        return style.width(self.text, self.lettering) + self.icon_room()

    def height(self, style: Style, width: float) -> float:
        """Height when wrapped to `width`."""
        return self._column(style, width).y

    def _column(self, style: Style, width: float) -> Column:
        column = Column(style, 0, width - self.icon_room())
        column.text(self.text, self.lettering)
        return column

    def marks(
        self, box: Box, style: Style, align: Literal["left", "centre", "right"] = "centre"
    ) -> tuple[Mark, ...]:
        """The marks, in the middle of the box or at one of its ends."""
        room = self.icon_room()
        lines = self._column(style, box.width)
        wide = max((mark.box.width for mark in lines.marks), default=0.0)
        spare = max(0.0, box.width - wide - room)
        left = box.x + {"left": 0.0, "centre": spare / 2, "right": spare}[align]
        words = Column(style, left + (0 if self.after else room), wide + 1)
        words.y = box.y + (box.height - lines.y) / 2
        words.text(
            "\n".join(getattr(mark, "text", "") for mark in lines.marks), self.lettering, "centre"
        )
        if not room:
            return tuple(words.marks)
        x = left + wide + room - self._icon_size if self.after else left
        middle = box.y + box.height / 2
        return (*words.marks, *icon(self.icon, x, middle, self._icon_size, self.lettering.role))
