"""What the platform knows of matters: their names, departments and promised limits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from kiosk.catalogue.model import Catalogue, Matter


@dataclass(frozen=True)
class MatterFacts:
    """One matter. `promise_days` in working days, None where no limit is published."""

    name: str
    department: str
    promise_days: int | None


class MatterDirectory(Protocol):
    """Life events and their matters, by slug. Both raise KeyError for an unknown life event."""

    def name(self, life_event: str) -> str:
        """The Chinese name of a life event."""

    def matters(self, life_event: str) -> Mapping[str, MatterFacts]:
        """Its matters by slug."""


class CatalogueMatters:
    """The matters of a catalogue."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue

    def name(self, life_event: str) -> str:
        """The Chinese name of a life event; KeyError when there is none."""
        return self._catalogue.life_event(life_event).name.zh

    def matters(self, life_event: str) -> Mapping[str, MatterFacts]:
        """Its matters by slug; KeyError when there is no such life event."""
        return {
            matter.slug: MatterFacts(matter.name.zh, self._department(matter), matter.promise_days)
            for matter in self._catalogue.life_event(life_event).matters
        }

    def _department(self, matter: Matter) -> str:
        return "、".join(self._catalogue.units[unit].name.zh for unit in matter.units)
