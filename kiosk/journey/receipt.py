"""What the receipt of this session says: only what is known when it is printed."""

from __future__ import annotations

from collections.abc import Iterator

from kiosk.catalogue.model import Exemption, Handling
from kiosk.documents.receipt import Entry, Receipt, Section
from kiosk.gateway.port import MatterProgress
from kiosk.identity import numbers
from kiosk.identity.payloads import CASE, PROVISIONAL
from kiosk.journey.display import day, grouped, shown, units, visit_text
from kiosk.journey.particulars import drafted, fee, limit
from kiosk.journey.slips import layouts, licence_entries, matter_entries, phones
from kiosk.journey.view import View


def code_payload(view: View) -> str:
    """What the QR code says: the case number, or the provisional one."""
    outcome = view.session.outcome
    if outcome is None:
        raise AssertionError("a receipt is printed only with an outcome")
    if outcome.acknowledgement is not None:
        return CASE + outcome.acknowledgement.case_no
    return PROVISIONAL + outcome.provisional_no


def case_receipt(view: View) -> Receipt:
    """The receipt after handing in, or after keeping for later."""
    kept = view.session.outcome is None or view.session.outcome.acknowledgement is None
    payload = code_payload(view)
    site = view.world.site
    return Receipt(
        site=view.words(site.name),
        title=view.say("receipt.title"),
        number_label=view.say("receipt.provisional_no" if kept else "receipt.case_no"),
        number=grouped(payload.rsplit(":", 1)[1]),
        remark=view.say("receipt.kept") if kept else "",
        facts=tuple(_facts(view)),
        sections=tuple(_sections(view)),
        code=payload,
        code_caption=view.say("receipt.code"),
        closing=tuple(_closing(view)),
    )


def _facts(view: View) -> Iterator[tuple[str, str]]:
    person = view.session.person
    yield view.say("receipt.event"), view.words(view.event.name)
    if person is not None:
        yield view.say("receipt.applicant"), numbers.masked(person.name, first=1, last=0)
    yield view.say("receipt.time"), f"{view.moment.now:%Y-%m-%d %H:%M}"
    yield view.say("receipt.terminal"), view.world.site.terminal
    if view.visit is not None:
        yield view.say("receipt.visit"), visit_text(view, view.visit)
    if delivery := shown(view, "delivery"):
        yield view.say("receipt.delivery"), delivery


def _sections(view: View) -> Iterator[Section]:
    yield Section(view.say("receipt.matters"), tuple(_matters(view)))
    papers = [
        m
        for m in view.taken_here
        if (m.required or m.slug in view.session.brought) and m.slug not in view.session.promised
    ]
    handed_in = {matter.slug for matter in view.handed_in}
    told = tuple(
        matter
        for matter in view.matters
        if matter.slug not in handed_in and view.guidance.here(matter) is Handling.INFORM
    )
    if told:
        yield Section(view.say("receipt.told"), tuple(matter_entries(view, told)))
    if papers:
        entries = tuple(
            Entry(
                view.words(material.name),
                below=view.say(
                    "receipt.brought"
                    if material.slug in view.session.brought
                    else "receipt.not_brought"
                ),
                strong=True,
            )
            for material in papers
        )
        title = view.say("receipt.papers", counter=view.words(view.world.site.counter))
        yield Section(title, entries)
    for _, layout in layouts(view):
        found = tuple(licence_entries(view, layout, view.licence(layout.licence)))
        yield Section(view.words(layout.title), found)
    if to_mind := tuple(_to_mind(view)):
        yield Section(view.say("receipt.to_mind"), to_mind)
    if view.promised:
        names = tuple(Entry(view.words(material.name)) for material in view.promised)
        yield Section(view.say("receipt.promised"), names)


def _matters(view: View) -> Iterator[Entry]:
    outcome = view.session.outcome
    progress: dict[str, MatterProgress] = {}
    if outcome is not None and outcome.acknowledgement is not None:
        progress = {entry.matter: entry for entry in outcome.acknowledgement.matters}
    for matter in view.handed_in:
        entry = progress.get(matter.slug)
        if entry is not None and entry.due is not None:
            right = view.say("done.due", day=day(view, entry.due))
        elif entry is not None and entry.appointment:
            right = view.say("done.booked", number=entry.appointment)
        else:
            right = limit(view, matter)
        below = (units(view, matter.units), fee(view, matter))
        yield Entry(view.words(matter.name), right, "\n".join(filter(None, below)), strong=True)


def _to_mind(view: View) -> Iterator[Entry]:
    """Papers that the system makes or has and that still ask something: a signature, a copy.

    What is noted of a paper for which a licence stands is for those who bring it.
    """
    handed_in = {matter.slug for matter in view.handed_in}
    for material in view.exempt:
        by_system = material.exemption in (Exemption.SYSTEM_FORM, Exemption.PERSONAL_SPACE)
        if by_system and material.note is not None and handed_in & set(material.matters):
            yield Entry(view.words(material.name), below=view.words(material.note), strong=True)


def _closing(view: View) -> Iterator[str]:
    yield from phones(view)
    if drafted(view):
        yield view.say("slip.drafted")
    yield view.say("receipt.keep")
