"""Slips that carry no case: the one notice to take home, and the result of a query."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from kiosk.catalogue.model import Handling, Layout, LayoutRow, Matter, ServicePoint
from kiosk.documents.receipt import Entry, Receipt, Section
from kiosk.gateway.port import Licence
from kiosk.identity import numbers
from kiosk.journey.display import units
from kiosk.journey.particulars import (
    done_here,
    drafted,
    fee,
    limit,
    limit_exceeded,
    limit_of_all,
    official_name,
    open_fees,
    paper_mark,
    paper_note,
    why_exempt,
    why_not_here,
    why_stopped,
)
from kiosk.journey.view import View


def layouts(view: View) -> Iterator[tuple[Matter, Layout]]:
    """Matters that are looked up and printed here, each with its layout."""
    for matter in view.matters:
        if view.guidance.here(matter) is Handling.PRINT:
            for result in matter.results:
                if result.layout is not None:
                    yield matter, view.world.catalogue.layouts[result.layout]


def field_value(row: LayoutRow, licence: Licence) -> str:
    """The value behind a label; numbers that identify are masked."""
    value = licence.fields.get(row.field, "")
    return numbers.masked(value) if row.masked else value


def why_missing(view: View) -> str:
    """The phrase for a licence that is not there; with `_detail` behind it, what to do."""
    session = view.session
    if session.licences_failed:
        return "found.unavailable"
    refused = not session.licences and not session.licences_none
    return "found.refused" if refused else "found.none"


def service_points(view: View) -> tuple[ServicePoint, ...]:
    """Where the life event is handled beside this terminal."""
    points = view.world.catalogue.service_points
    return tuple(points[slug] for slug in view.event.service_points)


def slip(view: View) -> Receipt:
    """The slip of the way: what to do elsewhere, the query's result, else the notice."""
    if why_stopped(view):
        return stopped_slip(view)
    return query_slip(view) if view.handling is Handling.PRINT else notice_slip(view)


def query_slip(view: View) -> Receipt:
    """What was found, with the remark that it is no certificate; then what else belongs to it."""
    found = [(m, x, view.licence(x.licence)) for m, x in layouts(view)]
    sections = tuple(
        Section(view.words(layout.title), tuple(licence_entries(view, layout, licence)))
        for _, layout, licence in found
    )
    printed = {matter.slug for matter, _, _ in found}
    others = tuple(matter for matter in view.matters if matter.slug not in printed)
    remarks = dict.fromkeys(view.words(layout.remark) for _, layout, _ in found)
    told = tuple(_told(view, others)) if others else ()
    closing = (*remarks, *_closing(view))
    return _receipt(view, view.say("slip.query"), (*sections, *told), closing)


def notice_slip(view: View) -> Receipt:
    """Matters, papers and places: everything to take home."""
    sections = tuple(_told(view, view.matters))
    return _receipt(view, view.say("slip.notice"), sections, tuple(_closing(view)))


def stopped_slip(view: View) -> Receipt:
    """Why nothing is done here, what to do instead, and whom to ask."""
    site = view.world.site
    entries = (
        Entry(why_stopped(view)),
        Entry(
            view.say("stopped.ask", counter=view.words(site.counter)),
            below=view.say("stopped.phone", phone=site.phone),
        ),
    )
    sections = (Section(view.say("slip.stopped"), entries),)
    return _receipt(view, view.say("slip.notice"), sections, tuple(_closing(view)))


def _told(view: View, matters: tuple[Matter, ...]) -> Iterator[Section]:
    """What the notice says and is needed at home, without what nobody looks up there."""
    guide = view.event.guide
    conditions = tuple(
        Entry(f"{n}. {view.words(text)}") for n, text in enumerate(guide.conditions, start=1)
    )
    titled = (
        ("slip.matters", tuple(matter_entries(view, matters))),
        ("slip.bring", tuple(_bring(view))),
        ("slip.exempt", tuple(_exempt(view))),
        ("slip.points", tuple(_points(view))),
        ("notice.conditions", conditions),
        ("notice.way", (Entry(view.words(guide.way)),)),
    )
    return (Section(view.say(key), entries) for key, entries in titled if entries)


def matter_entries(view: View, matters: tuple[Matter, ...]) -> Iterator[Entry]:
    """Matters with limit, unit, fee and where they are handled; what most share is said once."""
    done = {m.slug: done_here(view, m) or why_not_here(view, m) for m in matters}
    often, times = Counter(done.values()).most_common(1)[0]
    if often and times > 1:  # said once, to save paper
        yield Entry(often if times == len(matters) else view.say("slip.mostly", text=often))
    for matter in matters:
        own = done[matter.slug]
        below = (
            units(view, matter.units),
            fee(view, matter),
            view.words(matter.visit) if matter.visit else "",
            "" if own == often and times > 1 else own,
        )
        right = limit(view, matter)
        yield Entry(view.words(matter.name), right, "\n".join(filter(None, below)), strong=True)
    if days := limit_of_all(view):
        longer = view.say("slip.limit_exceeded") if limit_exceeded(view) else ""
        yield Entry(view.say("slip.limit_of_all"), days, longer)
    if text := open_fees(view):
        yield Entry(text)


def _bring(view: View) -> Iterator[Entry]:
    for material in view.to_bring:
        right = paper_mark(view, material)
        name = view.say("slip.paper", name=view.words(material.name))
        yield Entry(name, right, paper_note(view, material), strong=True)


def _exempt(view: View) -> Iterator[Entry]:
    for material in view.exempt:
        note = view.words(material.note) if material.note else ""
        yield Entry(view.words(material.name), why_exempt(view, material), note, strong=True)


def _points(view: View) -> Iterator[Entry]:
    for point in service_points(view):
        facts = [view.words(text) for text in (point.address, point.hours) if text]
        if point.phone:
            facts.append(view.say("slip.phone", phone=point.phone))
        below = "\n".join(facts) or view.say("frame.not_published")
        yield Entry(view.words(point.name), below=below, strong=True)


def _receipt(
    view: View, title: str, sections: tuple[Section, ...], closing: tuple[str, ...]
) -> Receipt:
    return Receipt(
        site=view.words(view.world.site.name),
        title=title,
        number_label="",
        number="",
        remark="",
        facts=tuple(_facts(view)),
        sections=sections,
        code="",
        code_caption="",
        closing=closing,
    )


def _facts(view: View) -> Iterator[tuple[str, str]]:
    person = view.session.person
    yield view.say("receipt.event"), view.words(view.event.name)
    if name := official_name(view):
        yield view.say("slip.official_name"), name
    if person is not None:
        yield view.say("receipt.applicant"), numbers.masked(person.name, first=1, last=0)
    yield view.say("receipt.time"), f"{view.moment.now:%Y-%m-%d %H:%M}"
    yield view.say("receipt.terminal"), view.world.site.terminal


def licence_entries(view: View, layout: Layout, licence: Licence | None) -> Iterator[Entry]:
    """The lines of a layout, or why there is no such licence."""
    if licence is None:
        yield Entry(view.say(why_missing(view)))
        return
    for row in layout.rows:
        if value := field_value(row, licence):
            yield Entry(view.words(row.label), value)


def phones(view: View) -> Iterator[str]:
    """Whom to ask and to whom to complain; that nothing is published where that is so."""
    guide, open_ = view.event.guide, view.say("frame.not_published")
    yield view.say("receipt.consult", phone=guide.consult_phone or open_)
    yield view.say("receipt.supervise", phone=guide.supervise_phone or open_)


def _closing(view: View) -> Iterator[str]:
    yield from phones(view)
    if drafted(view):
        yield view.say("slip.drafted")
