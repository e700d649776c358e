"""Materials of a guide as records, with the licences that stand for them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from kiosk.catalogue.model import Catalogue, Exemption, Provenance
from kiosk.catalogue.portal_import.guide import PortalGuide, PortalMaterial
from kiosk.catalogue.portal_import.parties import Record, said
from kiosk.catalogue.portal_import.sentences import CHINESE, UNFINISHED, paragraph, plain, sentences
from kiosk.catalogue.portal_import.sentences import name as plain_name
from kiosk.catalogue.portal_import.slugs import Slugs
from kiosk.catalogue.portal_import.words import PortalWords

# 免提交方式 (mtjfs) by the portal's number, or by the word that some guides have for it.
EXEMPTIONS: Mapping[str, Exemption] = {
    "1": Exemption.SYSTEM_FORM,
    "2": Exemption.LINKED,
    "3": Exemption.LICENCE_CHECK,
    "4": Exemption.SUBMIT,
    "5": Exemption.PERSONAL_SPACE,
    **{exemption.value: exemption for exemption in Exemption},
}
BY_LICENCE = (Exemption.LINKED, Exemption.LICENCE_CHECK)
MATERIAL_CODE = re.compile(r"[A-Z]\d{7}")
MOST_COPIES = 20
LONGEST_NOTE = 60  # characters; a note stands in one line of a list
LONGEST_ISSUER = 16
LONGEST_SLUG = 36


@dataclass
class Papers:
    """The materials as records; the licences they need; what was doubtful."""

    records: list[Record] = field(default_factory=list)
    licences: list[str] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)


def papers(
    guide: PortalGuide, catalogue: Catalogue, words: PortalWords, matters: Sequence[str]
) -> Papers:
    """Every material of a guide; the portal asks for them for the whole, so all matters do."""
    found = Papers()
    slugs = Slugs(())
    by_code = {kind.code: slug for slug, kind in catalogue.licence_types.items() if kind.code}
    for material in guide.materials:
        name = plain_name(material.name)
        if not CHINESE.search(name):
            found.doubts.append(f"a material called {material.name[:40]} is left out")
            continue
        record: Record = {"slug": slugs.of(name, LONGEST_SLUG)}
        if material.material_id and re.fullmatch(rf"M{guide.code}\d{{4}}", material.material_id):
            record["source_id"] = material.material_id
        code = material.standard_code or ""
        if MATERIAL_CODE.fullmatch(code):
            record["code"] = code
        record |= {"provenance": Provenance.PORTAL.value, "source": guide.code}
        record |= {"name": said(name), "matters": list(matters)}
        if not material.required:
            record["required"] = False
        if material.copies is not None and 1 <= material.copies <= MOST_COPIES:
            record["copies"] = material.copies
        record |= _exempted(material, by_code.get(code), found)
        record |= _told(material, words)
        found.records.append(record)
    return found


def _exempted(material: PortalMaterial, licence: str | None, found: Papers) -> Record:
    exemption = EXEMPTIONS.get(material.exemption or "4")
    if exemption is None:
        found.doubts.append(f"{material.name}: exemption {material.exemption} is unknown")
        exemption = Exemption.SUBMIT
    record: Record = {"exemption": exemption.value}
    if exemption in BY_LICENCE:
        if licence is None:
            found.doubts.append(f"{material.name}: checked by a licence that is not named")
        else:
            record["licence"] = licence
            if licence not in found.licences:
                found.licences.append(licence)
    return record


def _told(material: PortalMaterial, words: PortalWords) -> Record:
    record: Record = {}
    issuer = plain(material.source_note or "").strip("。， ")
    if (
        len(issuer) <= LONGEST_ISSUER
        and not UNFINISHED.search(issuer)
        and issuer.endswith(words.issuers)
    ):
        record["issued_by"] = said(issuer)
    parts = [s for s in sentences(material.fill_notes or "") if s not in words.nothing]
    note: list[str] = []
    for part in parts:
        if len(paragraph([*note, part])) > LONGEST_NOTE:
            break
        note.append(part)
    if note:
        record["note"] = said(paragraph(note))
    return record
