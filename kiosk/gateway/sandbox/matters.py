"""What the platform knows of matters and materials: departments, limits, visits, deferrals."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from kiosk.catalogue.model import Catalogue, Handling, Material, Matter
from kiosk.catalogue.model.matter import ProcedureCode


@dataclass(frozen=True)
class MatterFacts:
    """One matter. `promise_days` in working days, None where no limit is published.

    `unit` sees the applicant where the matter is `seen_in_person`. `procedure` names the special
    procedure (特别程序) that stops its clock, empty where the catalogue names none.
    """

    name: str
    department: str
    unit: str
    promise_days: int | None
    seen_in_person: bool
    instant: bool
    procedure: str
    procedure_code: ProcedureCode


@dataclass(frozen=True)
class MaterialFacts:
    """One material and the matters that ask for it.

    `deferral_days` in working days, None where it cannot be deferred (容缺); `promisable`: a
    commitment (告知承诺) can stand for it.
    """

    name: str
    matters: frozenset[str]
    deferral_days: int | None
    promisable: bool


class MatterDirectory(Protocol):
    """Life events and what belongs to them, by slug; KeyError for an unknown life event."""

    def name(self, life_event: str) -> str:
        """The Chinese name of a life event."""

    def matters(self, life_event: str) -> Mapping[str, MatterFacts]:
        """Its matters by slug."""

    def materials(self, life_event: str) -> Mapping[str, MaterialFacts]:
        """Its materials by slug."""


class CatalogueMatters:
    """The matters of a catalogue."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue

    def name(self, life_event: str) -> str:
        """The Chinese name of a life event; KeyError when there is none."""
        return self._catalogue.life_event(life_event).name.zh

    def matters(self, life_event: str) -> Mapping[str, MatterFacts]:
        """Its matters by slug; KeyError when there is no such life event."""
        event = self._catalogue.life_event(life_event)
        return {matter.slug: self._matter(matter) for matter in event.matters}

    def materials(self, life_event: str) -> Mapping[str, MaterialFacts]:
        """Its materials by slug; KeyError when there is no such life event."""
        event = self._catalogue.life_event(life_event)
        return {material.slug: _material(material) for material in event.materials}

    def _matter(self, matter: Matter) -> MatterFacts:
        procedure = matter.procedures[0] if matter.procedures else None
        return MatterFacts(
            name=matter.name.zh,
            department="、".join(self._catalogue.units[unit].name.zh for unit in matter.units),
            unit=matter.units[0],
            promise_days=matter.promise_days,
            seen_in_person=matter.handling is Handling.BOOK,
            instant=matter.instant,
            procedure=procedure.name.zh if procedure else "",
            procedure_code=procedure.code if procedure else ProcedureCode.OTHER,
        )


def _material(material: Material) -> MaterialFacts:
    return MaterialFacts(
        name=material.name.zh,
        matters=frozenset(material.matters),
        deferral_days=material.deferral.days if material.deferral else None,
        promisable=material.commitment is not None,
    )
