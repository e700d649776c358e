"""What is handed in: the form, the answers and the papers of a session as one submission."""

from __future__ import annotations

from kiosk.gateway.port import Holder, MaterialEntry, Submission
from kiosk.journey.view import View


def build(view: View) -> Submission:
    """The submission under a fresh idempotency key. The outbox gives the provisional number."""
    session, form = view.session, view.form
    person = session.person
    if person is None:
        raise AssertionError("the way leads to the check page only with a person")
    return Submission(
        id=view.moment.fresh_id,
        terminal=view.world.site.terminal,
        life_event=view.event.slug,
        catalogue=view.world.catalogue.release,
        applicant=Holder(person.document_type.value, person.number, person.name),
        applied_at=view.moment.now,
        matters=tuple(matter.slug for matter in view.handed_in),
        answers=dict(session.answers),
        values=form.values,
        materials=_materials(view),
        delivery=form.values.get("delivery", ""),
        provisional_no="",
        visit=session.visit,
    )


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
    for material in view.taken_here:
        brought = material.slug in view.session.brought
        if brought or material.required:
            entries.append(MaterialEntry(material.slug, "counter" if brought else "later"))
    return tuple(entries)
