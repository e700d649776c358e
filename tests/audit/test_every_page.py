"""Every page of all life events meets every rule: each in one profile, in another one tomorrow."""

from __future__ import annotations

import pytest

from kiosk.journey.places import PLACES
from kiosk.journey.world import World
from screens.audit.colours import RULES as PIXEL_RULES
from screens.audit.photography import Photography
from screens.audit.rules import LAYOUT_RULES
from tests.harness.window import Glass
from yici.audit.auditor import Auditor
from yici.audit.results import Results
from yici.audit.room import Room
from yici.audit.run import covering_plan, look, look_at_pixels, pixel_plan
from yici.audit.visitor import Situation

SHOWN = 12  # findings of one rule

pytestmark = pytest.mark.timeout(900)  # the first one waits for all pages to be walked and drawn


@pytest.fixture(scope="module")
def laid_out(auditor: Auditor, situations: tuple[Situation, ...], rotation: int) -> Results:
    return look(auditor, covering_plan(situations, rotation))


@pytest.fixture(scope="module")
def painted(
    auditor: Auditor, situations: tuple[Situation, ...], rotation: int, _glass: Glass
) -> Results:
    plan = pixel_plan(situations, rotation)
    return look_at_pixels(auditor, plan, Photography(_glass.driver))


def unmet(results: Results, rule: str, rotation: int) -> str:
    """What does not meet a rule, and how to see it again; nothing where all does."""
    findings = results.tallies[rule].findings
    if not findings:
        return ""
    lines = [f"{len(findings)} findings; repeat with YICI_AUDIT_ROTATION={rotation}"]
    return "\n".join([*lines, *map(str, findings[:SHOWN])])


@pytest.mark.parametrize("rule", [rule.id for rule in LAYOUT_RULES])
def test_every_page_of_all_life_events_meets(rule: str, laid_out: Results, rotation: int) -> None:
    assert laid_out.tallies[rule].measured, "nothing was there to measure"
    assert unmet(laid_out, rule, rotation) == ""


@pytest.mark.parametrize("rule", [rule.id for rule in PIXEL_RULES])
def test_what_is_painted_meets(rule: str, painted: Results, rotation: int) -> None:
    assert painted.tallies[rule].measured, "nothing was there to measure"
    assert unmet(painted, rule, rotation) == ""


def test_all_places_and_all_life_events_are_among_the_pages(
    situations: tuple[Situation, ...], room: Room
) -> None:
    shown = {(one.session.over or one.session.place).name for one in situations}
    assert shown == PLACES.keys()
    assert {one.of for one in situations} >= {event.slug for event in events(room.world)}


def test_every_question_of_every_life_event_is_among_the_pages(
    situations: tuple[Situation, ...], room: Room
) -> None:
    pages = {one.page.id for one in situations}
    for event in events(room.world):
        for question in event.questions:
            assert f"question.{question.slug}" in pages, event.slug


def events(world: World):
    return world.catalogue.life_events
