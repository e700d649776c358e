"""What the look-up of e-licences came to is told to whoever agreed to it."""

from __future__ import annotations

import pytest

from kiosk.journey.page import Callout, Heading, Rows
from kiosk.journey.signals import LicencesFound, LicencesUnavailable
from kiosk.journey.world import World
from tests.harness.people import citizen
from tests.harness.walk import Walker, world
from tests.kiosk.journey.test_newborn import walk


@pytest.fixture(scope="module")
def shipped() -> World:
    return world()


def without_licences(shipped: World, event: str = "newborn") -> Walker:
    walker = Walker(shipped)
    walker.begin(citizen("chen").person, (), event)
    return walker


def test_who_has_no_licence_is_told_that_none_was_found(shipped):
    walker = without_licences(shipped)
    remark = walker.page.block("none")
    assert isinstance(remark, Callout)
    assert "没有查到" in remark.title


def test_who_refused_the_look_up_or_has_licences_is_not_told_that_none_was_found(shipped):
    found = walk(shipped)
    assert "没有查到" not in str(found.page)
    refused = without_licences(shipped)
    refused.press("back")
    refused.press("refuse")
    assert refused.page.id == found.page.id
    assert "没有查到" not in str(refused.page)


def test_every_licence_that_a_matter_looks_up_stands_on_the_page_by_its_own_title(shipped):
    walker = Walker(shipped)
    walker.begin(citizen("chen").person, (), event="certificates")
    walker.to("found", {"which": "driving"})
    titles = [block.text for block in walker.page.blocks if isinstance(block, Heading)]
    assert titles == ["驾驶证核验结果", "行驶证核验结果"]
    assert len({block.id for block in walker.page.blocks}) == len(walker.page.blocks)


@pytest.mark.parametrize(
    ("answers", "why"),
    [
        (["continue", LicencesFound(())], "没有查到"),
        (["continue", LicencesUnavailable()], "现在查不了"),
        (["refuse"], "您没有同意查询"),
    ],
)
def test_page_and_slip_say_why_there_is_nothing(shipped, answers, why):
    walker = without_licences(shipped, event="certificates")
    walker.press("back")
    for answer in answers:
        if isinstance(answer, str):
            walker.press(answer)
        else:
            walker.send(answer)
    walker.to("found", {"which": "driving"})
    rows = [row for block in walker.page.blocks if isinstance(block, Rows) for row in block.rows]
    assert [row.text for row in rows] == [why, why]
    assert walker.page.lead == ""
    (printed,) = walker.press("print")
    entries = [entry.text for section in printed.receipt.sections for entry in section.entries]
    assert entries.count(why) == 2
