"""What a step may look at beside the session: catalogue, phrases, the site, the time-outs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from kiosk.access.phrases import Phrases
from kiosk.catalogue.guidance import Guidance
from kiosk.catalogue.model import Catalogue, Element, Text
from kiosk.catalogue.search.entry import Hit
from kiosk.catalogue.where import Authority

SATURDAY = 5

Find = Callable[[Catalogue, str, int], tuple[Hit, ...]]
"""The hits of a query in a catalogue, the best first, at most so many."""

FindOptions = Callable[[Catalogue, Element, str], tuple[str, ...]]
"""Values of the options of an element that fit a query, the best first."""


@dataclass(frozen=True)
class Site:
    """Where the terminal stands. `counter` says where papers are taken and help is found.

    `reader` says where the card reader is, in words for eye and hand; `point` is the service point
    of the catalogue to which units delegate matters.
    """

    terminal: str
    point: str
    name: Text
    brand: Text
    counter: Text
    reader: Text
    phone: str
    hours: str


@dataclass(frozen=True)
class Timing:
    """Time-outs in seconds (VVSG: warn after 2 to 5 min, then 20 to 45 s to answer)."""

    idle_warning_s: int = 120
    idle_answer_s: int = 30
    done_s: int = 60
    goodbye_s: int = 8
    submit_wait_s: int = 8


@dataclass(frozen=True)
class World:
    """Everything that is the same for every citizen at this terminal.

    `is_working_day` says on which days a visit can be booked; `media` holds the films that life
    events name.
    """

    catalogue: Catalogue
    phrases: Phrases
    site: Site
    timing: Timing = field(default_factory=Timing)
    is_working_day: Callable[[date], bool] = lambda day: day.weekday() < SATURDAY
    find: Find = lambda _catalogue, _query, _limit: ()
    media: Path = Path("config/media")
    find_options: FindOptions = lambda _catalogue, _element, _query: ()
    _guidances: dict[tuple[str, date], Guidance] = field(
        default_factory=dict, init=False, compare=False, repr=False
    )

    def guidance(self, life_event: str, today: date) -> Guidance:
        """The life event with its conditions ready to be decided; KeyError when there is none."""
        found = self._guidances.get((life_event, today))
        if found is None:
            event = self.catalogue.life_event(life_event)
            authority = Authority(self.catalogue, self.site.point, today)
            found = Guidance(self.catalogue, event, authority)
            if any(day != today for _, day in self._guidances):
                self._guidances.clear()
            self._guidances[life_event, today] = found
        return found


@dataclass(frozen=True)
class Moment:
    """Time and chance for one step, given by the station. `fresh_id` has not been used before."""

    now: datetime
    fresh_id: str
