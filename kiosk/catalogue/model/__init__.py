"""The catalogue's records, one pydantic model for files, terminal and releases.

Names follow GB/T 39046-2020: a life event (一件事) bundles matters (事项); a matter needs data
elements (数据元) and materials (材料); a licence (电子证照) may stand for a material. Every
record says where it comes from (`Sourced`).
"""

from kiosk.catalogue.model.catalogue import Catalogue
from kiosk.catalogue.model.element import (
    Check,
    Element,
    ElementKind,
    Group,
    Option,
    Sensitivity,
    Source,
)
from kiosk.catalogue.model.licence import CodeEntry, Layout, LayoutRow, LicenceType, Paper
from kiosk.catalogue.model.life_event import (
    Answered,
    Guide,
    LifeCycle,
    LifeEvent,
    Question,
    Reduction,
    Reductions,
    Rule,
    SummaryRow,
)
from kiosk.catalogue.model.matter import (
    Applicant,
    Commitment,
    Deferral,
    Exemption,
    Fee,
    Handling,
    Material,
    Matter,
    MatterType,
    ProcedureCode,
    Result,
    SpecialProcedure,
)
from kiosk.catalogue.model.place import Delegation, ServicePoint, Unit
from kiosk.catalogue.model.record import (
    Condition,
    Provenance,
    Record,
    RegionCode,
    Slug,
    Sourced,
    Text,
)

__all__ = [
    "Answered",
    "Applicant",
    "Catalogue",
    "Check",
    "CodeEntry",
    "Commitment",
    "Condition",
    "Deferral",
    "Delegation",
    "Element",
    "ElementKind",
    "Exemption",
    "Fee",
    "Group",
    "Guide",
    "Handling",
    "Layout",
    "LayoutRow",
    "LicenceType",
    "LifeCycle",
    "LifeEvent",
    "Material",
    "Matter",
    "MatterType",
    "Option",
    "Paper",
    "ProcedureCode",
    "Provenance",
    "Question",
    "Record",
    "Reduction",
    "Reductions",
    "RegionCode",
    "Result",
    "Rule",
    "Sensitivity",
    "ServicePoint",
    "Slug",
    "Source",
    "Sourced",
    "SpecialProcedure",
    "SummaryRow",
    "Text",
    "Unit",
]
