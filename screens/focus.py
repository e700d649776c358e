"""Where the focus is, kept on its place while pages change under it."""

from __future__ import annotations

from kiosk.journey.page import Page
from kiosk.narration.port import Place
from screens import leads
from screens.beneath import Beneath
from screens.commands import Enter, Leave
from screens.interaction import Interaction
from screens.places import place_of
from screens.stops import Mark, TabStop, Zone


class Focus:
    """The focus of one window. `here` is None until keys are used, and after a touch."""

    def __init__(self, interaction: Interaction) -> None:
        self._interaction = interaction
        self.forget()

    def forget(self) -> None:
        """The session ended: no key was used yet."""
        self.here: TabStop | None = None
        self._used = False  # keys, since the last touch
        self._beneath: Beneath[Mark | None] = Beneath()

    def touched(self) -> None:
        """A finger is used: no focus until the next key."""
        self.here, self._used = None, False

    def turn(self, before: Page | None, page: Page) -> None:
        """Another page: to where it was left under a dialog, else to where it begins."""
        kept = self.here.mark if self.here else None
        back = self._beneath.turned(before, page, kept)
        stops = self._interaction.stops()
        self.here = leads.find(stops, back)
        # Who listens hears the page first: the first step leads to its first place.
        if self.here is None and self._used and not self._interaction.narrator.stops():
            self.here = leads.first(stops, page)

    def stay(self, before: Page, page: Page) -> None:
        """The same page changed: to what is wrong on it now, else where it is."""
        if self.here is None:
            return
        mark = self.here.mark
        there = leads.of_block(self._interaction.stops(), leads.at_fault(before, page))
        if there is not None:
            self._put(there)
        self.hold()
        if self.here is not None and self.here.mark != mark:
            self._interaction.narrator.moved(self.place(self.here))

    def go(self, there: TabStop) -> None:
        """Put it on a place and say that, with the caret where it is the field of its page."""
        self._used = True
        self._put(there)
        self.hold()
        if self.here is not None:
            self.say(self.here)

    def _put(self, there: TabStop) -> None:
        editor = self._interaction.editor
        self.here = there
        if editor.composition.preedit:
            return  # the caret stays with what is composed, and the focus is free
        if isinstance(there.target and there.target.command, Enter):
            if not editor.dismissible and editor.focused != there.name:
                self._interaction.run(Enter(there.name))
        elif editor.dismissible and there.zone is not Zone.KEYS:
            self._interaction.run(Leave())

    def hold(self) -> None:
        """Keep it on its place, or the one nearest to where that was, and turn to it.

        A page may have been laid out anew since: a count-down alone moves places.
        """
        if self.here is None:
            return
        stops = self._interaction.stops()
        self.here = leads.find(stops, self.here.mark) or leads.nearest(stops, self.here)
        if self.here is not None:
            self._interaction.turn_to(self.here.side)

    def say(self, stop: TabStop) -> None:
        """Tell the narrator that the focus is there."""
        self._interaction.narrator.focused(self.place(stop))

    def place(self, stop: TabStop) -> Place:
        """A stop as the narrator knows it."""
        return place_of(stop, self._interaction.stops())
