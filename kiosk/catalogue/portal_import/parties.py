"""Who handles the matters of a guide and where: units and service points, known or new."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from kiosk.catalogue.model import Catalogue, Provenance
from kiosk.catalogue.portal_import.guide import PortalGuide
from kiosk.catalogue.portal_import.sentences import CHINESE, UNFINISHED, plain, short
from kiosk.catalogue.portal_import.sentences import name as plain_name
from kiosk.catalogue.portal_import.slugs import Slugs
from kiosk.catalogue.portal_import.words import PortalWords
from kiosk.catalogue.sheets.english import untranslated
from kiosk.identity.numbers import InvalidNumber, phone

Record = dict[str, Any]  # as it is written in YAML


def said(zh: str) -> Record:
    """A text with English that says that it is missing."""
    return {"zh": zh, "en": untranslated(zh)}


def usable_phone(text: str | None) -> str | None:
    """A phone number that can be called; None for anything else."""
    number = plain(text or "").replace("－", "-").replace("—", "-").replace(" ", "")
    try:
        phone(number)
    except InvalidNumber:
        return None
    return number if set(number) <= set("0123456789-") else None


class Parties:
    """Units by the names that a guide gives them; those that are new are kept to be written."""

    def __init__(self, catalogue: Catalogue, guide: PortalGuide, words: PortalWords) -> None:
        self._guide = guide
        self._words = words
        self._by_name = {unit.name.zh: slug for slug, unit in catalogue.units.items()}
        self._slugs = Slugs(catalogue.units)
        self._known = set(catalogue.units)
        self.new: list[Record] = []

    def unit(self, name: str) -> str:
        """The slug of a unit by its name, under which the catalogue may know it or not."""
        name = plain_name(name)
        for candidate in self._candidates(name):
            if candidate in self._by_name:
                return self._by_name[candidate]
        slug = self._slugs.of(name)
        self._by_name[name] = slug
        self.new.append({"slug": slug, "name": said(name), **self._sourced()})
        return slug

    def unknown(self) -> str:
        """The unit that stands for all that a guide does not name."""
        unit = self._words.unknown_unit
        if unit.slug not in self._known:
            self._known.add(unit.slug)
            self.new.append({"slug": unit.slug, "name": unit.name.model_dump()})
        return unit.slug

    def _candidates(self, name: str) -> Iterator[str]:
        yield name
        for portal, annex in self._words.same_names.items():
            if name.startswith(portal):
                yield annex + name.removeprefix(portal)

    def _sourced(self) -> Mapping[str, str]:
        return {"provenance": Provenance.PORTAL.value, "source": self._guide.code}


def service_points(
    catalogue: Catalogue, guide: PortalGuide, slugs: Slugs
) -> tuple[list[str], list[Record]]:
    """Slugs of the guide's service points, and the records of those that are new."""
    by_name = {point.name.zh: slug for slug, point in catalogue.service_points.items()}
    found: list[str] = []
    new: list[Record] = []
    for point in guide.service_points:
        name = plain_name(point.name)
        if not CHINESE.search(name):
            continue
        if name not in by_name:
            by_name[name] = slugs.of(short(name, 12))
            record: Record = {"slug": by_name[name], "name": said(name)}
            if guide.area_code in catalogue.regions:
                record["region"] = guide.area_code
            for key, text in (("address", point.address), ("hours", point.hours)):
                line = plain(text or "").strip("。； ")
                if CHINESE.search(line) and not UNFINISHED.search(line):
                    record[key] = said(line)
            if number := usable_phone(point.phone):
                record["phone"] = number
            record |= {"provenance": Provenance.PORTAL.value, "source": guide.code}
            new.append(record)
        if by_name[name] not in found:
            found.append(by_name[name])
    return found, new
