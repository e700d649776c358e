"""What the look-up of e-licences came to is told to whoever agreed to it."""

from __future__ import annotations

import pytest

from kiosk.journey.page import Callout, Heading
from kiosk.journey.world import World
from tests.harness.people import citizen
from tests.harness.walk import Walker, world
from tests.kiosk.journey.test_newborn import walk


@pytest.fixture(scope="module")
def shipped() -> World:
    return world()


def without_licences(shipped: World) -> Walker:
    walker = Walker(shipped)
    walker.begin(citizen("chen").person, ())
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
