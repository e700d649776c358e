"""The privacy curtain: what is on the glass in place of a page that only its owner may know.

Keys and narration go on over the page beneath it; of that page it shows nothing but how long it
still stays.
"""

from __future__ import annotations

from kiosk.access.phrases import Phrases
from kiosk.access.profile import Profile
from kiosk.journey.page import Page
from kiosk.journey.signals import Adjustment
from screens.bars.bottom import Turns
from screens.caption import Caption
from screens.commands import Adjust
from screens.frame import Frame
from screens.metrics import TITLE_LEADING, Metrics
from screens.panel import Panel
from screens.reach import seated
from screens.sketch import Box, Outline, Piece, Placed, Target
from screens.style import Column, Lettering, Measure, Style, icon
from screens.theme import Role

UNCOVER = "uncover"
PICTURE = "eye-off"
TOP_SHARE = 0.24  # of the height of the glass, above the picture
PICTURE_EM = 3.0


class Curtain:
    """Covers for one panel."""

    def __init__(self, panel: Panel, phrases: Phrases, measure: Measure) -> None:
        self._panel = panel
        self._phrases = phrases
        self._measure = measure

    def opens(self, profile: Profile) -> str:
        """What the button is called that takes the curtain away."""
        return self._phrases.text(profile.language, "curtain.open")

    def frame(self, page: Page, profile: Profile, seconds: int | None) -> Frame:
        """The cover of a page. `seconds`: what is left of its count-down."""

        def say(key: str, **places: object) -> str:
            return self._phrases.text(profile.language, key, **places)

        reach = seated(self._panel) if profile.seated else None
        style = Style(Metrics(self._panel, profile.text), self._measure, say, seated=reach)
        words, button = self._words(style, seconds), _button(style)
        margin = style.metrics.margin
        low = style.reach.bottom - button.height - style.metrics.px(96)
        placed = (
            Placed(("curtain",), words, margin, round(self._panel.height * TOP_SHARE)),
            Placed(("bottom",), button, margin, low),
        )
        room = Box(margin, 0, style.metrics.width, low)
        return Frame(page.id, placed, Turns(), room)

    def _words(self, style: Style, seconds: int | None) -> Piece:
        size = style.metrics.em(PICTURE_EM)
        column = Column(style, 0, style.metrics.width)
        left = (style.metrics.width - size) / 2
        column.marks.extend(icon(PICTURE, left, size / 2, size, Role.INK2))
        column.space(size + style.metrics.px(40))
        column.text(style.say("curtain.title"), style.title(), "centre")
        column.space(style.metrics.px(16))
        column.text(style.say("curtain.lead"), style.lead(), "centre")
        if seconds is not None:
            column.space(style.metrics.px(48))
            column.text(str(seconds), style.title(), "centre")
        return column.piece()


def _button(style: Style) -> Piece:
    metrics = style.metrics
    lettering = Lettering(metrics.em(1.6), True, Role.ON_PRIMARY, TITLE_LEADING, balance=True)
    caption = Caption(style.say("curtain.open"), lettering, "eye")
    inside = metrics.width - metrics.px(48)
    high = caption.height(style, inside) + metrics.px(48)
    box = Box(0, 0, metrics.width, max(metrics.px(188), high))
    outline = Outline(box, Role.PRIMARY, Role.PRIMARY, 0, metrics.radius)
    marks = (outline, *caption.marks(box.grown(-metrics.px(24)), style))
    target = Target(UNCOVER, box, Adjust(Adjustment.CURTAIN), metrics.radius)
    return Piece(box.height, marks, (target,))
