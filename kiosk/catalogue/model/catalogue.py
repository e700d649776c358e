"""The whole catalogue, as it is read from files or from a release."""

from __future__ import annotations

from functools import cached_property

from kiosk.catalogue.model.element import Element, Group, Option
from kiosk.catalogue.model.licence import CodeEntry, Layout, LicenceType
from kiosk.catalogue.model.life_event import LifeEvent
from kiosk.catalogue.model.matter import Matter
from kiosk.catalogue.model.place import Delegation, ServicePoint, Unit
from kiosk.catalogue.model.record import Record, RegionCode, Text
from kiosk.catalogue.model.region import Region, Regions


class Catalogue(Record):
    """All of it. `release` is the content hash: two catalogues of one release are the same."""

    release: str
    life_events: tuple[LifeEvent, ...]
    elements: dict[str, Element]
    groups: dict[str, Group]
    licence_types: dict[str, LicenceType]
    layouts: dict[str, Layout]
    units: dict[str, Unit]
    service_points: dict[str, ServicePoint]
    delegations: dict[str, Delegation]
    tables: dict[str, tuple[CodeEntry, ...]]
    regions: dict[RegionCode, Text]

    def life_event(self, name: str) -> LifeEvent:
        """By slug or by its number in the annex; KeyError names what there is."""
        for event in self.life_events:
            if name in (event.slug, str(event.number)):
                return event
        known = ", ".join(event.slug for event in self.life_events)
        raise KeyError(f"no life event {name}; there are {known}")

    def options(self, element: Element) -> tuple[Option, ...]:
        """What can be chosen for a choice element: its own options or its code table's."""
        if element.table is None:
            return element.options
        return tuple(Option(value=e.code, label=e.label) for e in self.tables[element.table])

    def element(self, key: str) -> Element:
        """The element of a value's key: `heir_name.2` is the second entry's `heir_name`."""
        return self.elements[key.partition(".")[0]]

    @cached_property
    def region_tree(self) -> Regions:
        """The regions as a tree."""
        return Regions(Region(code=code, name=name) for code, name in self.regions.items())

    @cached_property
    def matters(self) -> dict[str, Matter]:
        """Every matter of every life event by its slug."""
        return {matter.slug: matter for event in self.life_events for matter in event.matters}

    def matter(self, slug: str) -> Matter:
        """A matter of any life event; KeyError when there is none."""
        return self.matters[slug]
