"""Where an answer ends the way here: what to do instead goes home on paper."""

from __future__ import annotations

import pytest

from kiosk.journey.effects import PrintReceipt
from kiosk.journey.signals import PrintOutcome
from kiosk.journey.world import World
from tests.harness.walk import world
from tests.kiosk.journey.test_newborn import walk


@pytest.fixture(scope="module")
def shipped() -> World:
    return world()


def test_what_to_do_elsewhere_can_be_taken_home_on_paper_and_printed_again(shipped):
    walker = walk(shipped)
    walker.choose("other")
    walker.press("continue")
    (printed,) = walker.press("print")
    assert isinstance(printed, PrintReceipt)
    assert "父亲或母亲" in str(printed.receipt.sections)
    assert "大堂柜台" in str(printed.receipt.sections)
    walker.print_ends(PrintOutcome.FAILED)
    (again,) = walker.press("reprint")
    assert isinstance(again, PrintReceipt)
    assert again.receipt.sections == printed.receipt.sections
