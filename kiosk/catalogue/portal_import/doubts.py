"""What in a guide contradicts itself or is missing: the head of the file that it becomes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from kiosk.catalogue.model import Catalogue
from kiosk.catalogue.portal_import.guide import PortalGuide
from kiosk.catalogue.portal_import.parties import usable_phone


def doubts(guide: PortalGuide, catalogue: Catalogue) -> Iterator[str]:
    """One line each, in English with the guide's own words."""
    yield "limits carry no unit in the source; taken as working days"
    yield from _limits(guide)
    yield from _counts(guide)
    yield from _names(guide)
    for event in catalogue.life_events:
        if event.code == guide.code:
            yield f"the guide belongs to the life event {event.slug} already"
    if not guide.lead_department:
        yield "no lead department is named"
    if any(matter.department is None for matter in guide.linked_matters):
        together = "、".join(guide.cooperating_departments)
        yield f"which unit handles which matter is not said; taking part: {together or 'nobody'}"
    for key in ("consult_phone", "supervise_phone"):
        text = getattr(guide, key)
        if text and usable_phone(text) is None:
            yield f"{key} {text[:40]} cannot be called; left out"
    if guide.fee and not (guide.charges or guide.extra.charges):
        yield "a fee is charged, but for what and how much is not said"
    if guide.fee is not False and guide.linked_matters:
        yield "it is not free, or does not say so: drafted as told of and not handed in here"


def _limits(guide: PortalGuide) -> Iterator[str]:
    whole = guide.completed_limit
    if whole is None:
        yield "no limit is given for the whole"
        return
    for matter in guide.linked_matters:
        if matter.promise_limit is not None and matter.promise_limit > whole:
            yield f"{matter.name} takes {matter.promise_limit} days, the whole {whole}"


def _counts(guide: PortalGuide) -> Iterator[str]:
    if not guide.linked_matters:
        yield "no matter is named; the whole stands as one, and is only told of"
    figures = guide.reduction.materials if guide.reduction else None
    if figures and figures[1] != len(guide.materials):
        yield f"{figures[1]} materials after the reduction, but {len(guide.materials)} are listed"
    if not guide.materials:
        yield "no material is listed"
    for name in ("days", "trips", "materials", "steps"):
        pair = getattr(guide.reduction, name, None)
        if pair is None:
            yield f"no reduction of {name} is given; all four are left out"
        elif pair[1] > pair[0]:
            yield f"the reduction of {name} grows from {pair[0]} to {pair[1]}; all are left out"


def _names(guide: PortalGuide) -> Iterator[str]:
    for what, names in (
        ("matter", [matter.name for matter in guide.linked_matters]),
        ("material", [material.name for material in guide.materials]),
        ("material id", [m.material_id for m in guide.materials if m.material_id]),
    ):
        for name, count in Counter(names).items():
            if count > 1:
                yield f"the {what} {name} stands there {count} times"
