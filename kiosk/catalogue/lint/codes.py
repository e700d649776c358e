"""Rules about codes: credit codes, codes of matters, materials, licences, guides, regions."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kiosk.catalogue.lint.rule import GB, Finding, Rule, Scope, Severity, Spot
from kiosk.catalogue.lint.walk import spots
from kiosk.catalogue.model import Catalogue, LifeEvent, Material, Matter, Provenance, Sourced
from kiosk.identity.codes import credit_code
from kiosk.identity.numbers import InvalidNumber, phone

CREDIT_CODE_LENGTH = 18
LEVELS = "1234567"  # 行使层级, GB/T 39046-2020 table A.2
GUIDE = re.compile(r"43[PT]C[A-Z0-9]{5,9}")  # a life event's guide on the portal of Hunan
ITEM = re.compile(r"[0-9A-Z]{12}(-\d{2})?")  # 基本编码, with the number of its 业务办理项
MATERIAL_ID = re.compile(r"M(?P<guide>.+)\d{4}")
LICENCE_CODE = re.compile(r"L\d{7}")
SHORT_NUMBER = re.compile(r"1\d{4}|9\d{4}|0\d{2,3}-1\d{4}")  # 12345, 95598, 0731-12345
SERVICE_NUMBER = re.compile(r"[48]00-?\d{3}-?\d{4}")

CREDIT = Rule(
    "code-credit",
    Severity.ERROR,
    "cases reach the department that is meant",
    "compare the code with the unit's certificate; the last character is a check",
    "GB 32100-2015",
)
TASK = Rule(
    "code-task",
    Severity.ERROR,
    "a matter is found on the platform by its 实施编码",
    "credit code (18), level (1 to 7), 基本编码 (12), in this order",
    f"{GB}, 实施编码",
)
TASK_UNIT = Rule(
    "code-task-unit",
    Severity.ERROR,
    "the 实施编码 is that of the unit that handles the matter",
    "correct the 实施编码, or name the unit whose credit code it begins with",
    f"{GB}, 实施编码",
)
TASK_BASE = Rule(
    "code-task-base",
    Severity.ERROR,
    "the 实施编码 is that of the matter",
    "the last 12 characters of the 实施编码 are the 基本编码",
    f"{GB}, 实施编码",
)
MATERIAL = Rule(
    "code-material",
    Severity.ERROR,
    "a paper and the licence that stands for it are the same kind",
    "compare both with the portal's list of standard materials",
    "portal: standardMaterialsCode",
)
MATERIAL_ID_OF = Rule(
    "code-material-id",
    Severity.ERROR,
    "a paper can be found again in the guide that it was taken from",
    "take `source_id` and `source` from the same guide",
    "portal: bzclId",
)
LICENCE = Rule(
    "code-licence",
    Severity.ERROR,
    "a licence is asked for under its code",
    "write L and seven digits, or leave it out",
    "portal: standardMaterialsCode",
)
GUIDE_CODE = Rule(
    "code-guide",
    Severity.ERROR,
    "the guide of a life event can be found on the portal",
    "write the code as the portal does: 43PCN0009",
    "portal",
)
REGION = Rule(
    "code-region",
    Severity.ERROR,
    "the way to a place is told by its region",
    "write a 12-digit code of regions.yaml",
    "GB/T 2260-2007, GB/T 10114-2003",
)
PHONE = Rule(
    "phone",
    Severity.ERROR,
    "a phone number that is printed can be called",
    "write 0731-88857992, 13800000000, 400-800-8000 or 12345; several with 、 between",
)
SOURCE = Rule(
    "source-form",
    Severity.WARNING,
    "what the portal says can be compared with the portal again",
    "name the guide (43PCN0009) or the matter's 基本编码 (12 characters)",
)
RULES = (
    CREDIT,
    TASK,
    TASK_UNIT,
    TASK_BASE,
    MATERIAL,
    MATERIAL_ID_OF,
    LICENCE,
    GUIDE_CODE,
    REGION,
    PHONE,
    SOURCE,
)


def findings(scope: Scope) -> Iterator[Finding]:
    """Codes that cannot be right."""
    catalogue = scope.catalogue
    for spot, record in spots(catalogue):
        if isinstance(record, Sourced):
            yield from _source(spot, record)
    for slug, unit in catalogue.units.items():
        spot = Spot("units", slug)
        if unit.code is not None and (fault := _credit_fault(unit.code)):
            yield CREDIT.at(spot / "code", fault)
        yield from _phone(spot / "phone", unit.phone)
    for slug, kind in catalogue.licence_types.items():
        if kind.code is not None and not LICENCE_CODE.fullmatch(kind.code):
            yield LICENCE.at(Spot("licence_types", slug) / "code", "is no code of a licence")
    for slug, point in catalogue.service_points.items():
        spot = Spot("service_points", slug)
        if point.region is not None and point.region not in catalogue.regions:
            yield REGION.at(spot / "region", f"there is no region {point.region}")
        yield from _phone(spot / "phone", point.phone)
    for event in catalogue.life_events:
        yield from _event(catalogue, event)


def _event(catalogue: Catalogue, event: LifeEvent) -> Iterator[Finding]:
    spot = Spot("life_events", event.slug)
    if event.code is not None and not GUIDE.fullmatch(event.code):
        yield GUIDE_CODE.at(spot / "code", f"{event.code} is no code of a guide")
    for name in ("consult_phone", "supervise_phone"):
        yield from _phone(spot / "guide" / name, getattr(event.guide, name))
    for number, matter in enumerate(event.matters):
        yield from _source(spot / "matters" / number, matter)
        yield from _task(catalogue, spot / "matters" / number, matter)
    for number, question in enumerate(event.questions):
        yield from _source(spot / "questions" / number, question)
    for number, material in enumerate(event.materials):
        here = spot / "materials" / number
        yield from _source(here, material)
        yield from _material(catalogue, here, material)


def _material(catalogue: Catalogue, spot: Spot, material: Material) -> Iterator[Finding]:
    kind = catalogue.licence_types.get(material.licence or "")
    licence_code = kind.code if kind else None
    code = material.code or ""
    if licence_code not in (None, code) and LICENCE_CODE.fullmatch(code):
        said = f"{code}, but the licence {material.licence} has {licence_code}"
        yield MATERIAL.at(spot / "code", said)
    if material.source_id is None:
        return
    read = MATERIAL_ID.fullmatch(material.source_id)
    of_guide = GUIDE.fullmatch(material.source) is not None
    if read is None or (of_guide and read["guide"] != material.source):
        said = f"{material.source_id} is not of {material.source or 'a guide'}"
        yield MATERIAL_ID_OF.at(spot / "source_id", said)


def _task(catalogue: Catalogue, spot: Spot, matter: Matter) -> Iterator[Finding]:
    if matter.task_code is None:
        return
    unit, level, base = (
        matter.task_code[:CREDIT_CODE_LENGTH],
        matter.task_code[CREDIT_CODE_LENGTH],
        matter.task_code[CREDIT_CODE_LENGTH + 1 :],
    )
    where = spot / "task_code"
    if fault := _credit_fault(unit):
        yield TASK.at(where, f"its first 18 characters are no credit code: {fault}")
    if level not in LEVELS:
        yield TASK.at(where, f"{level} is no level")
    if matter.catalogue_code is not None and base != matter.catalogue_code:
        yield TASK_BASE.at(where, f"ends with {base}, the 基本编码 is {matter.catalogue_code}")
    known = [catalogue.units[slug].code for slug in matter.units]
    if all(known) and unit not in known:
        yield TASK_UNIT.at(where, f"begins with {unit}, which is none of its units")


def _credit_fault(code: str) -> str:
    try:
        read = credit_code(code)
    except InvalidNumber as error:
        return str(error)
    return "" if read == code else "is not written as it is stored"


def _phone(spot: Spot, numbers: str | None) -> Iterator[Finding]:
    for number in (numbers or "").split("、") if numbers is not None else ():
        if SHORT_NUMBER.fullmatch(number) or SERVICE_NUMBER.fullmatch(number):
            continue
        try:
            phone(number)
            fault = "" if re.fullmatch(r"[0-9-]+", number) else "has other characters than digits"
        except InvalidNumber as error:
            fault = str(error)
        if fault:
            yield PHONE.at(spot, f"{number!r}: {fault}")


def _source(spot: Spot, record: Sourced) -> Iterator[Finding]:
    if record.provenance is Provenance.PORTAL and record.source:
        for name in re.split(r"[、, ]+", record.source):
            if not GUIDE.fullmatch(name) and not ITEM.fullmatch(name):
                yield SOURCE.at(spot / "source", f"{name} is neither a guide nor a matter's code")
