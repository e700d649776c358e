"""Finding a life event by what it is called, in characters, pinyin, initials or common words."""

from __future__ import annotations

from dataclasses import replace

from kiosk.catalogue.search import Hit, Kind
from kiosk.journey.frame import step_page
from kiosk.journey.page import Block, Callout, Cards, Choice, Field, FieldKind, Page, Tone
from kiosk.journey.places import choose
from kiosk.journey.session import Session
from kiosk.journey.signals import Edited, Pressed, Signal
from kiosk.journey.view import View

SHOWN = 4  # as many as stand between field and keyboard in the default size
LONGEST = 20


def page(view: View) -> Page:
    """The field, and what fits so far, the best first.

    That nothing does stands above the field: whatever is below it may be on another side.
    """
    query = view.session.draft or ""
    hits = _hits(view, query)
    nothing = bool(query) and not hits
    blocks: list[Block] = [
        Field("query", view.say("search.label"), FieldKind.CHINESE, query, longest=LONGEST)
    ]
    if hits:
        blocks.append(Cards("hits", tuple(_card(view, hit) for hit in hits), columns=1, found=True))
    if nothing:
        advice = view.say("search.nothing_detail")
        blocks.append(Callout("advice", advice, icon="information", tone=Tone.PLAIN))
    lead = view.say("search.nothing" if nothing else "search.lead")
    return step_page(view, view.say("search.title"), *blocks, lead=lead)


def answer(view: View, signal: Signal) -> tuple[Session, tuple[()]]:
    """Search with every character; a hit opens its life event."""
    match signal:
        case Edited(field="query", text=text):
            return replace(view.session, draft=text[:LONGEST]), ()
        case Pressed(action=action):
            for hit in _hits(view, view.session.draft or ""):
                if action == _name(hit):
                    return choose.begin(view, hit.entry.life_event), ()
    return view.session, ()


def _hits(view: View, query: str) -> tuple[Hit, ...]:
    return view.world.find(view.world.catalogue, query, SHOWN) if query.strip() else ()


def _name(hit: Hit) -> str:
    return f"{hit.entry.kind.name.lower()}.{hit.entry.slug}"


def _card(view: View, hit: Hit) -> Choice:
    """The name with the part that fits marked; above it the wording that led to it."""
    catalogue = view.world.catalogue
    event = catalogue.life_event(hit.entry.life_event)
    matter = None if hit.entry.kind is Kind.LIFE_EVENT else catalogue.matter(hit.entry.slug)
    name = view.words(matter.name if matter else event.name)
    detail = view.say("search.part_of", event=view.words(event.name)) if matter else ""
    if hit.text == name:
        return Choice(_name(hit), name, detail or view.words(event.summary), event.icon, hit.marks)
    title = view.say("search.led_to", wording=hit.text, name=name)
    shift = title.find(hit.text)
    marks = tuple((start + shift, end + shift) for start, end in hit.marks)
    return Choice(_name(hit), title, detail, event.icon, marks)
