"""What a step may look at beside the session: catalogue, phrases, the site, the time-outs."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from kiosk.access.phrases import Phrases
from kiosk.catalogue.guidance import Guidance
from kiosk.catalogue.model import Catalogue, Text


@dataclass(frozen=True)
class Site:
    """Where the terminal stands. `counter` says where papers are taken and help is found."""

    terminal: str
    name: Text
    brand: Text
    counter: Text
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
    """Everything that is the same for every citizen at this terminal."""

    catalogue: Catalogue
    phrases: Phrases
    site: Site
    timing: Timing = field(default_factory=Timing)
    _guidances: dict[str, Guidance] = field(default_factory=dict, init=False, compare=False)

    def guidance(self, life_event: str) -> Guidance:
        """The life event with its conditions ready to be decided; KeyError when there is none."""
        found = self._guidances.get(life_event)
        if found is None:
            found = Guidance(self.catalogue, self.catalogue.life_event(life_event))
            self._guidances[life_event] = found
        return found


@dataclass(frozen=True)
class Moment:
    """Time and chance for one step, given by the station. `fresh_id` has not been used before."""

    now: datetime
    fresh_id: str
