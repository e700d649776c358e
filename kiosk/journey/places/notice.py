"""One notice (一次告知): basis, conditions, procedure, limit, way and materials, all of it once."""

from __future__ import annotations

from collections.abc import Iterator

from kiosk.catalogue.model import Exemption, Guide, Material, Reduction, Text
from kiosk.journey.display import units
from kiosk.journey.frame import primary, step_page
from kiosk.journey.page import Block, Figure, Figures, Heading, Page, Paragraph, Row, Rows, Tone
from kiosk.journey.session import Session
from kiosk.journey.signals import Pressed, Signal
from kiosk.journey.view import View
from kiosk.journey.way import after_notice


def page(view: View) -> Page:
    """What need not be brought comes first; then what must, then the rest in full."""
    matters = view.guidance.matters(view.form.facts)
    return step_page(
        view,
        view.say("notice.title"),
        *_blocks(view, view.event.guide),
        lead=view.say("notice.lead", count=len(matters)),
        actions=(primary(view, "notice.continue"),),
    )


def answer(view: View, signal: Signal) -> tuple[Session, tuple[()]]:
    """Read, and on."""
    if isinstance(signal, Pressed) and signal.action == "continue":
        return after_notice(view), ()
    return view.session, ()


def _blocks(view: View, guide: Guide) -> Iterator[Block]:
    if guide.reductions is not None:
        yield Figures("reductions", tuple(_figures(view, guide)))
        yield Paragraph("reductions_source", view.say("notice.reductions_source"), small=True)
    if view.exempt:
        yield Heading("exempt_title", view.say("notice.exempt"))
        yield Rows("exempt", tuple(_exempt_row(view, material) for material in view.exempt))
    if view.to_bring:
        yield Heading("bring_title", view.say("notice.bring"))
        yield Rows("bring", tuple(bring_row(view, material) for material in view.to_bring))
    yield Heading("matters_title", view.say("notice.matters"))
    yield Rows("matters", tuple(_matter_rows(view)))
    yield from _list(view, "conditions", guide.conditions)
    yield from _list(view, "process", guide.process)
    yield Heading("way_title", view.say("notice.way"))
    yield Paragraph("way", view.words(guide.way))
    yield from _list(view, "basis", guide.basis)
    yield Heading("phones_title", view.say("notice.phones"))
    yield Rows("phones", tuple(_phone_rows(view, guide)))


def _figures(view: View, guide: Guide) -> Iterator[Figure]:
    if guide.reductions is None:
        return
    for name in ("days", "trips", "materials", "steps"):
        reduction: Reduction = getattr(guide.reductions, name)
        yield Figure(
            label=view.say(f"notice.{name}"),
            now=view.say(f"notice.{name}_value", count=reduction.after),
            before=view.say(f"notice.{name}_value", count=reduction.before),
        )


def why_exempt(view: View, material: Material) -> str:
    """Why a paper need not be brought."""
    if material.exemption is Exemption.SYSTEM_FORM:
        return view.say("notice.why_form")
    return view.say("notice.why_licence")


def _exempt_row(view: View, material: Material) -> Row:
    name = view.words(material.name)
    return Row(material.slug, name, value=why_exempt(view, material), icon="check", tone=Tone.OK)


def bring_row(view: View, material: Material) -> Row:
    """A paper to hand in: what it is, what to mind, and how to hand it in here."""
    detail = view.words(material.note) if material.note else ""
    if not detail and material.issued_by:
        detail = view.say("notice.issued_by", unit=view.words(material.issued_by))
    badge = "notice.at_counter" if material.required else "notice.optional"
    return Row(material.slug, view.words(material.name), detail, badge=view.say(badge))


def _matter_rows(view: View) -> Iterator[Row]:
    for matter in view.guidance.matters(view.form.facts):
        days = matter.promise_days
        limit = (
            view.say("notice.limit", days=days) if days is not None else view.say("notice.no_limit")
        )
        yield Row(matter.slug, view.words(matter.name), units(view, matter.units), value=limit)


def _list(view: View, name: str, texts: tuple[Text, ...]) -> Iterator[Block]:
    if texts:
        yield Heading(f"{name}_title", view.say(f"notice.{name}"))
        numbered = enumerate((view.words(text) for text in texts), start=1)
        yield Rows(
            name, tuple(Row(f"{name}_{n}", f"{n}. {text}", plain=True) for n, text in numbered)
        )


def _phone_rows(view: View, guide: Guide) -> Iterator[Row]:
    for name, phone in (("consult", guide.consult_phone), ("supervise", guide.supervise_phone)):
        yield Row(name, view.say(f"notice.{name}"), value=phone or view.say("frame.not_published"))
