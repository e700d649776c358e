"""The ring that goes round groups and places for who has only a switch or two: what it is at, when.

How it goes is the table of `screens/scanning.py`; here it meets the page on the glass.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from kiosk.access.profile import Scanning
from screens import commands, leads, scanning
from screens.interaction import Interaction
from screens.scanning import Event, Phase, Scan
from screens.sketch import Box
from screens.stops import TabStop, around


class Switches:
    """The ring of one window. `pace_s`: how long it rests on each when it moves by itself."""

    def __init__(
        self, interaction: Interaction, *, now: Callable[[], float], pace_s: float
    ) -> None:
        self._interaction = interaction
        self._now = now
        self._pace_s = pace_s
        self._due = 0.0
        self._scan: Scan | None = None

    @property
    def moving(self) -> bool:
        """Whether it moves by itself."""
        scan = self._scan
        return scan is not None and scan.phase is not Phase.RESTING and not scan.tireless

    @property
    def due(self) -> bool:
        """Whether it is to move now: never while something is said."""
        if self.moving and self._interaction.narrator.speaking:
            self._wait()
        return self.moving and self._now() >= self._due

    @property
    def at_group(self) -> bool:
        """Whether it is around a whole group."""
        return self._scan is not None and self._scan.phase is Phase.GROUPS

    @property
    def at(self) -> TabStop | None:
        """The place it is at, or the first of the group; None while it rests."""
        group = self._group()
        if self._scan is None or self._scan.phase is Phase.RESTING or not group:
            return None
        return group[0] if self.at_group else group[min(self._scan.place, len(group) - 1)]

    @property
    def box(self) -> Box | None:
        """What is drawn around: the place, or the whole group."""
        at = self.at
        if at is None or not self.at_group:
            return at.box if at else None
        boxes = [stop.box for stop in self._group() if stop.box is not None]
        return around(boxes) if boxes else None

    def begin(self, by: Scanning) -> None:
        """A page to choose on: start with its first group."""
        self._scan = Scan(tireless=by is Scanning.TWO_SWITCHES)
        self._wait()

    def rest(self) -> None:
        """Wait for the next press."""
        if self._scan is not None:
            self._scan = replace(self._scan, phase=Phase.RESTING)

    def end(self) -> None:
        """No ring any more."""
        self._scan = None

    def happened(self, event: Event) -> TabStop | None:
        """A switch was pressed or the time of one place is over; the place that is chosen by it."""
        groups = self._groups()
        if self._scan is None:
            return None
        self._scan = scanning.after(self._scan, event, [len(group) for group in groups])
        self._wait()
        return groups[self._scan.group][self._scan.place] if self._scan.chosen else None

    def stay(self, chosen: TabStop) -> None:
        """Go on with the group that was chosen from, or what it led to: a keyboard, a side."""
        entered = chosen.target is not None and isinstance(chosen.target.command, commands.Enter)
        self.to(chosen, 1 if entered else leads.turn(chosen))

    def to(self, stop: TabStop, by: int = 0) -> None:
        """Go on with the group of a place, or the one so many after it."""
        marks = [[one.mark for one in group] for group in self._groups()]
        at = next((n for n, group in enumerate(marks) if stop.mark in group), None)
        if self._scan is not None and at is not None:
            self._scan = replace(self._scan, group=(at + by) % len(marks))
            self._wait()

    def _wait(self) -> None:
        at = self.at
        reading = at is not None and leads.turn(at) != 0  # nothing else to do on that side
        self._due = self._now() + self._pace_s * (scanning.READING if reading else 1)

    def _groups(self) -> tuple[tuple[TabStop, ...], ...]:
        page = self._interaction.page
        onward = leads.onward(page) if page is not None else ""
        return scanning.groups(self._interaction.stops(), onward)

    def _group(self) -> tuple[TabStop, ...]:
        """The group that the ring is at."""
        groups = self._groups() if self._scan is not None else ()
        return groups[min(self._scan.group, len(groups) - 1)] if self._scan and groups else ()
