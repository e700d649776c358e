"""Pages of no life event, or of all of them: idle, choosing, search, cards, help, trouble, ends."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta

from kiosk.catalogue.model import LifeCycle
from kiosk.gateway.port import CaseStatus, DayPart, MatterProgress, Visit
from kiosk.journey.page import Cards
from kiosk.journey.session import Place
from kiosk.journey.signals import (
    CardFailed,
    CardLaid,
    CardRead,
    CardTrouble,
    CasesFound,
    CasesUnavailable,
    Chosen,
    DeviceChanged,
    DeviceHealth,
    Edited,
    IdleWarned,
    Kept,
    LicencesUnavailable,
    PrintFinished,
    PrintOutcome,
    SubmissionRefused,
)
from yici.audit.visitor import CASE_NO, DUE, Situation, Visitor

EXAMPLE = "newborn"  # the life event at which things go wrong
QUERIES = ("出生", "csdj", "社保", "xyzxyz")
BROKEN, NOTICE, FILM = Place("broken"), Place("notice"), Place("sign_video")
REFUSAL = "落户地址不在受理范围，请核对以后再交。"

Make = Callable[[], Visitor]


def everywhere(make: Make) -> Iterator[Situation]:
    """All of them. `make`: somebody new before the terminal, whom nothing answers by itself."""
    for scene in (idle, choosing, searching, cards, in_front, film, progress, broken):
        visitor = make()
        scene(visitor)
        yield from visitor.situations


def handed_in(at_check: Situation, make: Make) -> Iterator[Situation]:
    """What becomes of a submission, and of its print-out, from the check page on."""
    for ends in (_acknowledged, _kept, _refused):
        visitor = make()
        visitor.session, visitor.page = at_check.session, at_check.page
        visitor.press("submit")
        ends(visitor)
        yield from visitor.situations


def idle(visitor: Visitor) -> None:
    """Before anybody came, with a card being read, and with one that somebody left."""
    visitor.send(CardLaid())
    visitor.session = replace(visitor.session, waiting=False, card_on_reader=True, card_left=True)
    visitor.send(DeviceChanged("receipt_printer", DeviceHealth.PAPER_OUT))


def choosing(visitor: Visitor) -> None:
    """Every list of life events, before and after the citizen is known, and after a bad card."""
    visitor.press("begin")
    for cycle in LifeCycle:
        visitor.send(Chosen(visitor.page.id, "life_cycle", cycle.value))
    visitor.send(CardFailed(CardTrouble.UNREADABLE))
    visitor.send(CardRead(visitor.person))


def searching(visitor: Visitor) -> None:
    """Nothing yet, hits of several kinds, and no hit."""
    visitor.press("begin")
    visitor.press("search")
    for query in QUERIES:
        visitor.send(Edited(visitor.page.id, "query", query))


def cards(visitor: Visitor) -> None:
    """Everything that can be wrong with a card, its reader, or the platform behind."""
    visitor.press("begin")
    visitor.press(EXAMPLE)
    for trouble in CardTrouble:
        visitor.send(CardFailed(trouble))
    for health in (DeviceHealth.LOST, DeviceHealth.READY):
        visitor.send(DeviceChanged("id_card", health))
    visitor.session = replace(visitor.session, card_left=True)
    visitor.send(DeviceChanged("id_card", DeviceHealth.READY))
    visitor.session = replace(visitor.session, card_left=False)
    visitor.send(CardLaid())
    visitor.send(CardRead(visitor.person))
    visitor.go_on()
    visitor.send(LicencesUnavailable())


def in_front(visitor: Visitor) -> None:
    """Help, trouble told, leaving, the ways of using the terminal, the warning, goodbye."""
    visitor.press("begin")
    visitor.press("help")
    visitor.press("close")
    visitor.press("problem")
    kinds = next(b for b in visitor.page.blocks if isinstance(b, Cards))
    visitor.press(kinds.cards[0].id)
    visitor.press("close")
    visitor.press("ease")
    visitor.press("close")
    visitor.send(IdleWarned())
    visitor.press("stay")
    visitor.send(CardLaid())
    visitor.press("leave")
    visitor.press("end")
    visitor.press("finish")


def film(visitor: Visitor) -> None:
    """A film in sign language, which a life event may have; its words stand beside it."""
    visitor.press("begin")
    visitor.session = replace(
        visitor.session, life_event=EXAMPLE, place=FILM, trail=(NOTICE,), told_only=True
    )
    visitor.send(DeviceChanged("id_card", DeviceHealth.READY))


def progress(visitor: Visitor) -> None:
    """Where one's cases stand: asked for, unknown, none, and one of every state."""
    visitor.press("begin")
    visitor.press("progress")
    visitor.send(CardRead(visitor.person))
    visitor.send(CasesUnavailable())
    visitor.send(CasesFound(()))
    visitor.send(CasesFound(_cases(visitor)))


def broken(visitor: Visitor) -> None:
    """The terminal itself failed, before and after a submission had gone out."""
    for gone_out in (False, True):
        visitor.session = replace(visitor.session, place=BROKEN, gone_out=gone_out)
        visitor.send(DeviceChanged("id_card", DeviceHealth.READY))


def _cases(visitor: Visitor) -> tuple[CaseStatus, ...]:
    """A case in every state a matter can be in, with a visit and papers still owed."""
    today = visitor.moment.now.date()
    event = visitor.world.catalogue.life_event(EXAMPLE)
    states = ("accepted", "suspended", "finished", "rejected")
    matters = tuple(
        MatterProgress(
            matter.slug,
            matter.name.zh,
            "样例部门",
            today + DUE,
            states[number % len(states)],
            "Y1124003K" if number == 0 else "",
        )
        for number, matter in enumerate(event.matters)
    )
    owing = tuple(material.slug for material in event.materials[:2])
    one = CaseStatus(
        CASE_NO,
        EXAMPLE,
        "accepted",
        matters,
        visitor.moment.now,
        Visit(today + timedelta(days=2), DayPart.MORNING),
        owing,
        today + DUE,
    )
    others = (replace(one, case_no=f"{CASE_NO[:-2]}{n}", missing=()) for n in range(10, 16))
    return (one, *others)


def _acknowledged(visitor: Visitor) -> None:
    """Handed in; every way that printing can end; a bad rating with its reason."""
    visitor.acknowledge()
    for outcome in PrintOutcome:
        visitor.send(PrintFinished(visitor.session.print_job, outcome))
    visitor.press("rate.1")
    reasons = next(b for b in visitor.page.blocks if isinstance(b, Cards))
    visitor.press(reasons.cards[0].id)


def _kept(visitor: Visitor) -> None:
    """The platform does not answer."""
    ident = visitor.session.submission
    visitor.send(Kept(ident.id if ident else "", "XJ0001-20261122-0001"))
    visitor.send(PrintFinished(visitor.session.print_job, PrintOutcome.PAPER_OUT))


def _refused(visitor: Visitor) -> None:
    """The platform will not have it; and the terminal cannot keep it."""
    for reason in (REFUSAL, ""):
        ident = visitor.session.submission
        visitor.send(SubmissionRefused(ident.id if ident else "", reason))
        visitor.go_on()
        visitor.press("submit")
