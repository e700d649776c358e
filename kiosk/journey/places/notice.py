"""One notice (一次告知): basis, conditions, procedure, limit, way and materials, all of it once.

Where nothing of a life event can be handed in here, the notice is the end: it is printed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kiosk.catalogue.model import Guide, Handling, Material, Matter, Reductions, Text
from kiosk.journey.display import units
from kiosk.journey.effects import Effect
from kiosk.journey.frame import primary, step_page
from kiosk.journey.page import (
    Action,
    Block,
    Figure,
    Figures,
    Heading,
    Page,
    Paragraph,
    Row,
    Rows,
    Tone,
    Weight,
)
from kiosk.journey.particulars import (
    done_here,
    drafted,
    fee,
    limit,
    limit_exceeded,
    limit_of_all,
    longest_days,
    official_name,
    open_fees,
    paper_mark,
    paper_note,
    results,
    why_exempt,
    why_not_here,
)
from kiosk.journey.places import told
from kiosk.journey.session import Place, Session
from kiosk.journey.signals import Pressed, Signal
from kiosk.journey.slips import notice_slip, service_points
from kiosk.journey.view import View
from kiosk.journey.way import after_notice

SIGN_VIDEO = Place("sign_video")
LEADS = {Handling.INFORM: "notice.lead_told", Handling.PRINT: "notice.lead_printed"}


def page(view: View) -> Page:
    """What need not be brought comes first; then what must, then the rest in full."""
    told_only = view.handling is Handling.INFORM
    count = len(view.matters)
    return step_page(
        view,
        view.say("notice.title"),
        *_blocks(view, view.event.guide),
        lead=view.say(LEADS.get(view.handling, "notice.lead"), count=count),
        eyebrow=view.words(view.event.name),
        actions=(
            primary(view, "notice.print", name="print")
            if told_only
            else primary(view, "notice.continue"),
            *_in_signs(view),
        ),
    )


def _in_signs(view: View) -> tuple[Action, ...]:
    """The film in sign language, where the life event has one."""
    if view.event.sign_video is None:
        return ()
    return (Action("sign_video", view.say("notice.sign_video"), Weight.PLAIN, icon="video"),)


def answer(view: View, signal: Signal) -> tuple[Session, tuple[Effect, ...]]:
    """Read, and on; or printed and taken home."""
    match signal:
        case Pressed(action="continue") if view.handling is not Handling.INFORM:
            return after_notice(view), ()
        case Pressed(action="print") if view.handling is Handling.INFORM:
            return told.reach(view, notice_slip)
        case Pressed(action="sign_video") if view.event.sign_video is not None:
            return view.session.aside(SIGN_VIDEO), ()
    return view.session, ()


def _blocks(view: View, guide: Guide) -> Iterator[Block]:
    if name := official_name(view):
        yield Paragraph("official_name", view.say("notice.official_name", name=name), small=True)
    yield Figures("figures", tuple(_figures(view)))
    if guide.reductions is not None:
        yield Paragraph("reductions", _published(view, guide.reductions), small=True)
    if view.exempt:
        yield Heading("exempt_title", view.say("notice.exempt"))
        yield Rows("exempt", tuple(_exempt_row(view, material) for material in view.exempt))
    if view.to_bring:
        yield Heading("bring_title", view.say("notice.bring"))
        yield Rows("bring", tuple(_copies_row(view, material) for material in view.to_bring))
    yield from _matters(view)
    yield from _list(view, "conditions", guide.conditions)
    yield from _list(view, "process", guide.process)
    yield Heading("way_title", view.say("notice.way"))
    yield Paragraph("way", view.words(guide.way))
    yield from _points(view)
    yield from _list(view, "basis", guide.basis)
    yield Heading("phones_title", view.say("notice.phones"))
    yield Rows("phones", tuple(_phone_rows(view, guide)))
    yield from _questions(view, guide)
    if drafted(view):
        yield Paragraph("drafted", view.say("notice.drafted"), small=True)


def _figures(view: View) -> Iterator[Figure]:
    """What awaits this citizen, by the answers given so far."""
    if days := longest_days(view):
        yield Figure(view.say("notice.longest"), view.say("notice.limit", days=days))
    papers = view.say("notice.papers_value", count=len(view.to_bring))
    yield Figure(view.say("notice.papers"), papers)


def _published(view: View, reductions: Reductions) -> str:
    """The four reductions (四减) as they are published; of every citizen alike, not of this one."""
    names = Reductions.model_fields
    before = {f"{name}_before": getattr(reductions, name).before for name in names}
    after = {name: getattr(reductions, name).after for name in names}
    return view.say("notice.reductions", **before, **after)


def _exempt_row(view: View, material: Material) -> Row:
    return Row(
        material.slug,
        view.words(material.name),
        view.words(material.note) if material.note else "",
        value=why_exempt(view, material),
        icon="check",
        tone=Tone.OK,
    )


def bring_row(view: View, material: Material) -> Row:
    """A paper to hand in: what it is, what to mind, and how to hand it in here."""
    here = {matter.slug for matter in view.handed_in} & set(material.matters)
    badge = paper_mark(view, material) or (view.say("notice.at_counter") if here else "")
    return Row(material.slug, view.words(material.name), paper_note(view, material), badge=badge)


def _copies_row(view: View, material: Material) -> Row:
    row = bring_row(view, material)
    if not material.copies:
        return row
    return replace(row, value=view.say("notice.copies", count=material.copies))


def _matters(view: View) -> Iterator[Block]:
    yield Heading("matters_title", view.say("notice.matters"))
    yield Rows("matters", tuple(_matter_row(view, matter) for matter in view.matters))
    if days := limit_of_all(view):
        key = "notice.limit_of_all_exceeded" if limit_exceeded(view) else "notice.limit_of_all"
        yield Paragraph("limit_of_all", view.say(key, limit=days))
    if text := open_fees(view):
        yield Paragraph("open_fees", text, small=True)


def _matter_row(view: View, matter: Matter) -> Row:
    legal = matter.legal_days
    detail = (
        units(view, matter.units),
        results(view, matter),
        fee(view, matter),
        _fee_basis(view, matter),
        view.say("notice.legal_limit", days=legal) if legal is not None else "",
        view.words(matter.visit) if matter.visit else "",
        why_not_here(view, matter),
    )
    return Row(
        matter.slug,
        view.words(matter.name),
        "\n".join(filter(None, detail)),
        value=limit(view, matter),
        badge=done_here(view, matter),
    )


def _fee_basis(view: View, matter: Matter) -> str:
    if matter.fee is None or matter.fee.basis is None:
        return ""
    return view.say("notice.fee_basis", basis=view.words(matter.fee.basis))


def _list(view: View, name: str, texts: tuple[Text, ...]) -> Iterator[Block]:
    if texts:
        yield Heading(f"{name}_title", view.say(f"notice.{name}"))
        numbered = enumerate((view.words(text) for text in texts), start=1)
        yield Rows(
            name, tuple(Row(f"{name}_{n}", f"{n}. {text}", plain=True) for n, text in numbered)
        )


def _points(view: View) -> Iterator[Block]:
    points = service_points(view)
    if points:
        yield Heading("points_title", view.say("notice.points"))
        rows = []
        for point in points:
            facts = (view.words(text) for text in (point.address, point.hours) if text)
            detail = "\n".join(facts) or view.say("frame.not_published")
            rows.append(Row(point.slug, view.words(point.name), detail, value=point.phone or ""))
        yield Rows("points", tuple(rows))


def _phone_rows(view: View, guide: Guide) -> Iterator[Row]:
    for name, phone in (("consult", guide.consult_phone), ("supervise", guide.supervise_phone)):
        yield Row(name, view.say(f"notice.{name}"), value=phone or view.say("frame.not_published"))


def _questions(view: View, guide: Guide) -> Iterator[Block]:
    if guide.faq:
        yield Heading("faq_title", view.say("notice.faq"))
        yield Rows(
            "faq",
            tuple(
                Row(f"faq_{n}", view.words(asked.question), view.words(asked.answer))
                for n, asked in enumerate(guide.faq, start=1)
            ),
        )
