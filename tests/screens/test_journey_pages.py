"""Every page that 新生儿出生 can show, on the glass: whole, and unharmed by any key."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import pytest

from kiosk.access.profile import Language, TextSize
from kiosk.journey.effects import Submit
from kiosk.journey.page import Page
from kiosk.journey.signals import (
    CardFailed,
    CardLaid,
    CardRead,
    CardTrouble,
    DeviceChanged,
    DeviceHealth,
    IdleWarned,
    Kept,
    LicencesUnavailable,
    PrintOutcome,
    SubmissionRefused,
)
from kiosk.journey.world import World
from screens.driver import WindowDriver
from tests.harness.people import citizen
from tests.harness.walk import Walker, world
from tests.harness.window import Glass

ANSWERS = {
    "relation": "mother",
    "parents": "couple",
    "side": "mother",
    "claim": "yes",
    "child_name": "周禾一",
    "child_sex": "2",
    "child_birth_date": "2026-11-15",
    "child_birth_time": "06:42",
    "birth_hospital": "样例市妇幼保健院",
    "birth_weight_g": "3250",
    "gestation_weeks": "39",
    "father_name": "古丽尼格尔·样例江",
    "father_number": "439900199408250010",
    "father_nation": "05",
    "child_nation_side": "mother",
    "marriage_certificate_no": "J439900-2021-000001",
    "household_address": "湖南省长沙市岳麓区样例路一百二十八号样例小区十二栋三单元一千二百零一室",
    "phone": "13800000000",
    "bank_name": "样例银行股份有限公司长沙麓谷支行",
    "bank_account": "6222020000000000000",
    "delivery": "post",
}
KEYS = [
    str(code) for code in (*range(8, 14), 27, *range(32, 127), *range(273, 294), 301, 1073741882)
]


@cache
def shipped() -> World:
    return world()


def walker(language: Language) -> Walker:
    started = Walker(shipped())
    if language is Language.EN:
        started.press("language")
    return started


def from_end_to_end(language: Language) -> Iterator[Page]:
    """Everything asked, with every error at a field, every page in front, every print-out."""
    someone = walker(language)
    limian = citizen("limian")
    someone.begin(limian.person, ())
    for front in ("help", "problem", "leave"):
        someone.press(front)
        someone.press("kind.machine") if front == "problem" else None
        someone.press("stay" if front == "leave" else "close")
    someone.send(IdleWarned())
    someone.press("stay")
    someone.to("field.phone", ANSWERS)
    someone.write("1")
    someone.press("continue")
    someone.to("check", ANSWERS)
    (submit,) = someone.press("submit")
    assert isinstance(submit, Submit)
    someone.send(SubmissionRefused(submit.submission.id, "落户地址不在受理范围，请核对以后再交"))
    someone.press("continue")
    someone.to("done", ANSWERS)
    for outcome in PrintOutcome:
        someone.print_ends(outcome)
    someone.press("rate.1")
    someone.press("why.slow")
    someone.press("finish")
    yield from someone.pages


def with_trouble(language: Language) -> Iterator[Page]:
    """Cards, reader, platform and network as they can be wrong."""
    someone = walker(language)
    someone.press("begin")
    for slug in ("retirement", "joint_acceptance"):
        someone.press(slug)
        someone.press("back")
    someone.press("newborn")
    for trouble in CardTrouble:
        someone.send(CardFailed(trouble))
    someone.send(DeviceChanged("id_card", DeviceHealth.LOST))
    someone.send(DeviceChanged("id_card", DeviceHealth.READY))
    someone.send(CardLaid())
    someone.send(CardRead(citizen("gulixiang").person))
    someone.press("continue")
    someone.send(LicencesUnavailable())
    someone.choose("other")
    someone.press("continue")
    someone.press("back")
    someone.to("check", ANSWERS)
    (submit,) = someone.press("submit")
    assert isinstance(submit, Submit)
    someone.send(Kept(submit.submission.id, "XJ0001-20261122-0001"))
    yield from someone.pages


@cache
def pages(language: Language) -> tuple[Page, ...]:
    found = dict.fromkeys([*from_end_to_end(language), *with_trouble(language)])
    return tuple(found)


def wrong(driver: WindowDriver) -> list[str]:
    cut = [f"cut off: {drawn.text}" for drawn in driver.boxes() if drawn.cut]
    return cut + [f"over each other: {one} / {other}" for one, other in driver.overlaps()]


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("text", [TextSize.NORMAL, TextSize.LARGEST])
def test_nothing_is_cut_off_or_overlaps(glass: Glass, language: Language, text: TextSize):
    faults = []
    for page in pages(language):
        glass.show(page, text, language=language)
        for side in glass.turns():
            faults += [f"{page.id}, side {side}: {fault}" for fault in wrong(glass.driver)]
    assert not faults


def test_no_key_at_any_page_closes_or_breaks_the_screen(glass: Glass):
    seen = set()
    for page in pages(Language.ZH):
        if page.id in seen:
            continue
        seen.add(page.id)
        glass.show(page)
        for key in KEYS:
            glass.driver.key(key)
        assert glass.driver.page is not None
        assert glass.driver.page.id == page.id
    assert len(seen) > 30


def test_who_has_chosen_on_the_first_side_goes_on_without_turning_over(glass: Glass):
    before, after = [p for p in pages(Language.ZH) if p.id == "field.father_nation"][:2]
    glass.show(before)
    assert "continue" not in {target.name for target in glass.driver.frame.targets}
    glass.show(after)
    assert {"continue", "turn.next"} <= {target.name for target in glass.driver.frame.targets}
