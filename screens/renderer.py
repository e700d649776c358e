"""From a page and a profile to a frame, doing again only what changed.

Blocks are told apart by id and class: one that is the same on the next page with the same id
keeps its sketch, its caret and its keyboard.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from kiosk.access.phrases import Phrases
from kiosk.access.profile import Language, Profile
from kiosk.journey.page import Field, Layout, Page
from screens.contents import Contents, answered
from screens.count_down import CountDown
from screens.count_down import count_down as counted
from screens.editor import Editor
from screens.frame import Frame
from screens.keyboards import keyboard
from screens.layouts import idle, step
from screens.layouts.turning import Item
from screens.metrics import Metrics
from screens.panel import Panel
from screens.reach import seated
from screens.sketch import Piece
from screens.style import Measure, Style

# Ways to bring a keyboard and its field onto one side: cramped keys, fewer pills on later sides,
# and no answer to what is typed between the two.
SPARING = ((False, False, False), (True, False, False), (True, True, False), (True, True, True))


class Renderer:
    """Frames for one panel. Draws nothing; `measure` gives the width of text."""

    def __init__(self, panel: Panel, phrases: Phrases, measure: Measure) -> None:
        """Raises PanelOutOfReach when the panel hangs too high or too low for a wheelchair."""
        self._panel = panel
        self._phrases = phrases
        self._measure = measure
        self._seated = seated(panel)
        self._in_force: tuple[object, ...] | None = None
        self._contents: tuple[Contents, Contents] | None = None  # at ease, tight
        self._last: tuple[object, tuple[Frame, ...]] | None = None

    def frame(
        self, page: Page, profile: Profile, editor: Editor, *, at: int, seconds: int | None
    ) -> Frame:
        """The frame of one side, or of the last one when there are fewer.

        `seconds`: what is left of the count-down of the page.
        """
        sides = self.sides(page, profile, editor, seconds=seconds)
        return sides[min(at, len(sides) - 1)]

    def sides(
        self, page: Page, profile: Profile, editor: Editor, *, seconds: int | None = None
    ) -> tuple[Frame, ...]:
        """The frames of all sides of a page; those given last are not worked out again."""
        asked = (page, manner(profile), editor.state, seconds)
        if self._last is None or self._last[0] != asked:
            self._last = asked, self._laid_out(page, profile, editor, counted(page, seconds))
        return self._last[1]

    def _laid_out(
        self, page: Page, profile: Profile, editor: Editor, count_down: CountDown
    ) -> tuple[Frame, ...]:
        """At ease, unless less space makes fewer sides of it, or room for a keyboard."""
        at_ease, tight = self._both(profile)
        roomy = _lay_out(page, editor, at_ease, count_down)
        if len(roomy) == 1:
            return roomy
        close = _lay_out(page, editor, tight, count_down)
        if not close:  # the idle picture too full for itself is laid out like any page
            return _in_steps(page, editor, tight, count_down)
        typing = editor.focused is not None
        return close if typing or not roomy or len(close) < len(roomy) else roomy

    def forget(self) -> None:
        """Drop all sketches."""
        self._last = None
        for contents in self._contents or ():
            contents.forget()

    def _both(self, profile: Profile) -> tuple[Contents, Contents]:
        wanted = manner(profile)
        if self._contents is None or wanted != self._in_force:
            self._in_force = wanted
            style = Style(
                Metrics(self._panel, profile.text, profile.care),
                self._measure,
                self._say(profile.language),
                care=profile.care,
                hand=profile.hand,
                seated=self._seated if profile.seated else None,
            )
            close = replace(style, metrics=Metrics(self._panel, profile.text), tight=True)
            self._contents = Contents(style), Contents(close)
        return self._contents

    def _say(self, language: Language) -> Callable[..., str]:
        def say(key: str, **places: object) -> str:
            return self._phrases.text(language, key, **places)

        return say


def manner(profile: Profile) -> tuple[object, ...]:
    """What of a profile changes where things are; colours and sound do not."""
    return profile.text, profile.language, profile.seated, profile.hand, profile.care


def _lay_out(
    page: Page, editor: Editor, contents: Contents, count_down: CountDown
) -> tuple[Frame, ...]:
    if page.layout is Layout.IDLE:
        frame = idle.lay_out(page, contents.items(page, editor), count_down, contents.style)
        return () if frame is None else (frame,)
    return _in_steps(page, editor, contents, count_down)


def _in_steps(
    page: Page, editor: Editor, contents: Contents, count_down: CountDown
) -> tuple[Frame, ...]:
    """In the least sparing way that has the question on one side with its field and keyboard.

    Else in the least sparing one that parts no keyboard from its field, else in the most sparing.
    """
    kept: tuple[Frame, ...] = ()
    for spared in SPARING if contents.style.tight else SPARING[:1]:
        frames = _spared(page, editor, contents, count_down, spared)
        if step.together(frames) and step.begun(frames[0]):
            return frames
        if not (kept and step.together(kept)):
            kept = frames
    return kept


def _spared(
    page: Page,
    editor: Editor,
    contents: Contents,
    count_down: CountDown,
    spared: tuple[bool, bool, bool],
) -> tuple[Frame, ...]:
    cramped, pills_once, apart = spared
    items = contents.items(page, editor)
    keys = _keyboard(page, editor, replace(contents.style, cramped=cramped))
    typing = keys is not None
    below = answered(page.blocks) and not apart
    if keys is not None and not editor.dismissible and not below:
        # on a page that is there to be filled in, the keyboard is part of its field
        at = _after_field(items, editor)
        items[at - 1] = replace(items[at - 1], piece=replace(items[at - 1].piece, joined=True))
        items.insert(at, Item(("keyboard",), keys, low=True))
        keys = None
    sheet = step.Sheet(
        page, items, keys, typing, count_down, keyboard_once=below, pills_once=pills_once
    )
    return step.lay_out(sheet, contents.style)


def _after_field(items: Sequence[Item], editor: Editor) -> int:
    """The place behind the last piece of the field with the caret."""
    mine = [n for n, item in enumerate(items) if item.key[:2] == ("block", editor.focused)]
    return max(mine) + 1


def _keyboard(page: Page, editor: Editor, style: Style) -> Piece | None:
    entry = editor.entered
    if entry is None or editor.focused is None:
        return None
    block = page.block(editor.focused)
    assert isinstance(block, Field)  # noqa: S101 -- the editor holds fields only
    return keyboard(
        block,
        entry,
        editor.composition,
        style.metrics.width,
        style,
        dismissible=editor.dismissible,
        chinese=editor.chinese,
    )
