"""Slips that carry no case: the one notice to take home, and the result of a query."""

from __future__ import annotations

from collections.abc import Iterator

from kiosk.catalogue.model import Handling, Layout, LayoutRow, Matter, ServicePoint
from kiosk.documents.receipt import Entry, Receipt, Section
from kiosk.gateway.port import Licence
from kiosk.identity import numbers
from kiosk.journey.display import units
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


def service_points(view: View) -> tuple[ServicePoint, ...]:
    """Where the life event is handled beside this terminal."""
    points = view.world.catalogue.service_points
    return tuple(points[slug] for slug in view.event.service_points)


def slip(view: View) -> Receipt:
    """The slip of the way: the query's result, else the notice."""
    return query_slip(view) if view.handling is Handling.PRINT else notice_slip(view)


def query_slip(view: View) -> Receipt:
    """What was found, with the remark that it is no certificate."""
    found = [(m, x, view.licence(x.licence)) for m, x in layouts(view)]
    sections = tuple(
        Section(view.words(layout.title), tuple(licence_entries(view, layout, licence)))
        for _, layout, licence in found
    )
    remarks = dict.fromkeys(view.words(layout.remark) for _, layout, _ in found)
    return _receipt(view, view.say("slip.query"), sections, tuple(remarks))


def notice_slip(view: View) -> Receipt:
    """Matters, materials and places: everything to take home."""
    matters = tuple(
        Entry(view.words(matter.name), below=units(view, matter.units)) for matter in view.matters
    )
    bring = tuple(Entry(view.words(material.name)) for material in view.to_bring)
    points = tuple(
        Entry(view.words(point.name), below=view.words(point.address) if point.address else "")
        for point in service_points(view)
    )
    titled = (("slip.matters", matters), ("slip.bring", bring), ("slip.points", points))
    sections = tuple(Section(view.say(key), entries) for key, entries in titled if entries)
    return _receipt(view, view.say("slip.notice"), sections, tuple(_phones(view)))


def _receipt(
    view: View, title: str, sections: tuple[Section, ...], closing: tuple[str, ...]
) -> Receipt:
    person = view.session.person
    facts = [(view.say("receipt.event"), view.words(view.event.name))]
    if person is not None:
        name = numbers.masked(person.name, first=1, last=0)
        facts.append((view.say("receipt.applicant"), name))
    facts.append((view.say("receipt.time"), f"{view.moment.now:%Y-%m-%d %H:%M}"))
    facts.append((view.say("receipt.terminal"), view.world.site.terminal))
    return Receipt(
        site=view.words(view.world.site.name),
        title=title,
        number_label="",
        number="",
        remark="",
        facts=tuple(facts),
        sections=sections,
        code="",
        code_caption="",
        closing=closing,
    )


def licence_entries(view: View, layout: Layout, licence: Licence | None) -> Iterator[Entry]:
    """The lines of a layout, or that there is no such licence."""
    if licence is None:
        yield Entry(view.say("found.none"))
        return
    for row in layout.rows:
        if value := field_value(row, licence):
            yield Entry(view.words(row.label), value)


def _phones(view: View) -> Iterator[str]:
    guide = view.event.guide
    if guide.consult_phone:
        yield view.say("receipt.consult", phone=guide.consult_phone)
    if guide.supervise_phone:
        yield view.say("receipt.supervise", phone=guide.supervise_phone)
