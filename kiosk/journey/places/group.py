"""Another child, heir, shareholder? The entries so far, one more, or go on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kiosk.catalogue.model import Element, Group
from kiosk.journey.display import shown
from kiosk.journey.frame import primary, step_page
from kiosk.journey.page import Action, Page, Row, Rows, Weight
from kiosk.journey.session import Session
from kiosk.journey.signals import Pressed, Signal
from kiosk.journey.view import View
from kiosk.journey.way import onward


def page(view: View) -> Page:
    """Every entry by its first value, with a way to take it back; the first one stays."""
    group, count = _group(view), _count(view)
    rows = []
    for number in range(1, count + 1):
        key = _key(_members(view)[0].slug, number)
        rows.append(
            Row(
                f"entry_{number}",
                view.say("group.entry", name=view.words(group.name), number=number),
                value=shown(view, key),
                action=f"remove.{number}" if number > 1 else "",
                action_text=view.say("group.remove") if number > 1 else "",
            )
        )
    actions: tuple[Action, ...] = (primary(view, "group.done"),)
    if count < group.most:
        add = view.say("group.add", name=_within(view.words(group.name)))
        actions += (Action("add", add, Weight.PLAIN, icon="plus"),)
    return step_page(
        view,
        view.words(group.more),
        Rows("entries", tuple(rows)),
        eyebrow=view.words(view.event.name),
        actions=actions,
    )


def answer(view: View, signal: Signal) -> tuple[Session, tuple[()]]:
    """One more, one less, or all there are."""
    session, group, count = view.session, _group(view), _count(view)
    match signal:
        case Pressed(action="continue"):
            done = replace(session, groups_done=session.groups_done | {group.slug})
        case Pressed(action="add") if count < group.most:
            done = replace(
                session,
                entries={**session.entries, group.slug: count + 1},
                groups_done=session.groups_done - {group.slug},
            )
        case Pressed(action=action) if action in _removals(count):
            number = int(action.removeprefix("remove."))
            return replace(
                session,
                typed=dict(_without(view, number)),
                entries={**session.entries, group.slug: count - 1},
            ), ()
        case _:
            return session, ()
    return onward(view.of(done)), ()


def _group(view: View) -> Group:
    return view.world.catalogue.groups[view.session.place.item]


def _count(view: View) -> int:
    return view.session.entries.get(view.session.place.item, 1)


def _members(view: View) -> tuple[Element, ...]:
    slug = view.session.place.item
    return tuple(e for e in view.form.elements if e.group == slug and "." not in e.slug)


def _removals(count: int) -> frozenset[str]:
    return frozenset(f"remove.{number}" for number in range(2, count + 1))


def _without(view: View, gone: int) -> Iterator[tuple[str, str]]:
    """What was typed, with one entry taken out and the later ones moved up."""
    members = {member.slug for member in _members(view)}
    for key, value in view.session.typed.items():
        slug, _, number = key.partition(".")
        if slug not in members or not number or int(number) < gone:
            yield key, value
        elif int(number) > gone:
            yield _key(slug, int(number) - 1), value


def _key(slug: str, number: int) -> str:
    return slug if number == 1 else f"{slug}.{number}"


def _within(name: str) -> str:
    """The name of an entry as it stands in the middle of a sentence: another heir."""
    return name[:1].lower() + name[1:]
