"""What is handed in: the form, the answers and the papers of a session as one submission."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import count, islice

from kiosk.catalogue.model import Material
from kiosk.gateway.port import Holder, MaterialEntry, Signature, SignedBy, Submission
from kiosk.journey.view import View


def build(view: View) -> Submission:
    """The submission under a fresh idempotency key. The outbox gives the provisional number."""
    session, form = view.session, view.form
    person = session.person
    if person is None:
        raise AssertionError("the way leads to the check page only with a person")
    if not view.handed_in:
        raise AssertionError("the way leads to the check page only with something to hand in")
    return Submission(
        id=view.moment.fresh_id,
        terminal=view.world.site.terminal,
        life_event=view.event.slug,
        catalogue=view.world.catalogue.release,
        applicant=Holder.of(person),
        applied_at=view.moment.now,
        matters=tuple(matter.slug for matter in view.handed_in),
        answers=dict(view.answers),
        values=form.values,
        materials=_materials(view),
        delivery=form.values.get("delivery", ""),
        provisional_no="",
        visit=view.visit,
        signature=_signature(view),
    )


def _signature(view: View) -> Signature | None:
    """How the promises were signed; None where nothing is promised (any more)."""
    if not view.promised:
        return None
    if view.session.strokes:
        return Signature(SignedBy.HAND, view.session.strokes)
    return Signature(SignedBy.CARD) if view.session.card_again else None


def _materials(view: View) -> tuple[MaterialEntry, ...]:
    entries = []
    handed_in = {matter.slug for matter in view.handed_in}
    for material in view.exempt:
        if not handed_in & set(material.matters):
            continue
        licence = view.licence(material.licence) if material.licence else None
        if licence is not None:
            entries.append(MaterialEntry(material.slug, "licence", licence.identifier))
        else:
            entries.append(MaterialEntry(material.slug, "generated"))
    entries += [entry for m in view.taken_here if (entry := _handed_in(view, m)) is not None]
    return tuple(entries)


def _handed_in(view: View, material: Material) -> MaterialEntry | None:
    """How a paper is dealt with; one that may be left out and is, not at all."""
    if material.slug in view.session.brought:
        return MaterialEntry(material.slug, "counter")
    if material.slug in view.session.promised:
        return MaterialEntry(material.slug, "commitment")
    if not material.required:
        return None
    due = deferred_until(view, material)
    return MaterialEntry(material.slug, "deferred" if due else "later", due=due)


def deferred_until(view: View, material: Material) -> date | None:
    """Until when a paper may follow (容缺); None: nothing begins without it."""
    deferral = material.deferral
    if deferral is None or deferral.days is None:
        return None
    days = (view.today + timedelta(days=ahead) for ahead in count(1))
    working = (day for day in days if view.world.is_working_day(day))
    return next(islice(working, deferral.days - 1, None))
