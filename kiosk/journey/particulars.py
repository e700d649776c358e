"""The particulars of matters and papers, worded once for notice, slip and receipt."""

from __future__ import annotations

from kiosk.catalogue.model import Exemption, Handling, Material, Matter, Provenance
from kiosk.journey.view import View

WHY_EXEMPT = {
    Exemption.SYSTEM_FORM: "notice.why_form",
    Exemption.PERSONAL_SPACE: "notice.why_space",
    Exemption.LINKED: "notice.why_linked",
}
DONE_HERE = {Handling.BOOK: "notice.booked", Handling.PRINT: "notice.printed"}


def official_name(view: View) -> str:
    """What the list of life events calls this one; empty where people call it the same."""
    name = view.event.official_name
    official = view.words(name) if name is not None else ""
    return "" if official == view.words(view.event.name) else official


def limit(view: View, matter: Matter) -> str:
    """By when a matter is done; that nothing is published where it is not."""
    if matter.instant:
        return view.say("notice.instant")
    if matter.promise_days is not None:
        return view.say("notice.limit", days=matter.promise_days)
    return view.say("notice.no_limit")


def limit_of_all(view: View) -> str:
    """The limit of the life event as a whole; empty where none is published."""
    days = view.event.guide.limit_days
    return "" if days is None else view.say("notice.limit", days=days)


def longest_days(view: View) -> int | None:
    """The longest published limit of the matters, in working days; None where none is published."""
    days = [m.promise_days for m in view.matters if m.promise_days is not None]
    return max(days, default=None)


def limit_exceeded(view: View) -> bool:
    """Whether a single matter takes longer than what is published of the whole."""
    whole, longest = view.event.guide.limit_days, longest_days(view)
    return whole is not None and longest is not None and longest > whole


def why_stopped(view: View) -> str:
    """Why an answer ends the way here and what to do instead; empty where none does."""
    option = view.guidance.stop(view.form.facts)
    return view.words(option.stop) if option and option.stop else ""


def fee(view: View, matter: Matter) -> str:
    """Whether a matter costs money, how much and when; empty where nothing is published."""
    if matter.fee is None:
        return ""
    if not matter.fee.charged:
        text = view.say("notice.free")
    elif matter.fee.amount_yuan is not None:
        text = view.say("notice.fee", yuan=matter.fee.amount_yuan)
    else:
        text = view.say("notice.charged")
    if matter.fee.note is None:
        return text
    return view.say("notice.with_note", text=text, note=view.words(matter.fee.note))


def open_fees(view: View) -> str:
    """That the fees of the matters without one are not published; empty where all are."""
    told = {matter.fee is not None for matter in view.matters}
    if False not in told:
        return ""
    return view.say("notice.other_fees" if True in told else "notice.no_fees")


def done_here(view: View, matter: Matter) -> str:
    """That a matter is booked or printed here; empty where it is simply handed in, or told."""
    here = view.guidance.here(matter)
    if view.handling is Handling.INFORM or here not in DONE_HERE:
        return ""
    return view.say(DONE_HERE[here])


def why_not_here(view: View, matter: Matter) -> str:
    """Why nothing is done about a matter here; empty where something is."""
    authority = view.guidance.authority
    absence = authority.absence(matter) if authority else None
    if absence is not None:
        return view.say(f"where.{absence.value}")
    return view.say("notice.with_card") if view.session.told_only else ""


def results(view: View, matter: Matter) -> str:
    """What comes of a matter; empty where nothing is published."""
    names = view.say("frame.comma").join(view.words(result.name) for result in matter.results)
    return view.say("notice.results", names=names) if names else ""


def why_exempt(view: View, material: Material) -> str:
    """Why a paper need not be brought."""
    return view.say(WHY_EXEMPT.get(material.exemption, "notice.why_licence"))


def paper_note(view: View, material: Material) -> str:
    """What to mind about a paper, else who issues it."""
    if material.note is not None:
        return view.words(material.note)
    if material.issued_by is not None:
        return view.say("notice.issued_by", unit=view.words(material.issued_by))
    return ""


def paper_mark(view: View, material: Material) -> str:
    """What can be done instead of handing a paper in; empty where it must be handed in."""
    if not material.required:
        return view.say("notice.optional")
    if material.commitment is not None:
        return view.say("notice.promise")
    if material.deferral is not None and material.deferral.days is not None:
        return view.say("notice.deferred")
    return ""


def drafted(view: View) -> bool:
    """Whether something that is told or asked was drafted and not published."""
    elements = (e for e in view.form.elements if e.provenance is Provenance.DRAFTED)
    records = (*view.matters, *view.materials, *view.event.questions)
    return any(r.provenance is Provenance.DRAFTED for r in records) or any(elements)
