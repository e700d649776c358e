"""What a printer gives out is also heard, by whoever has the pages read aloud, and only by them."""

from __future__ import annotations

import pytest

from kiosk.journey.effects import PrintReceipt
from kiosk.journey.signals import HeadphonesChanged
from tests.harness.people import citizen
from tests.harness.walk import Walker, world
from tests.kiosk.journey.test_newborn import LONG as NEWBORN


@pytest.fixture(scope="module")
def shipped():
    return world()


def handed_in(shipped, *, listening: bool) -> Walker:
    walker = Walker(shipped)
    who = citizen("chen")
    walker.send(HeadphonesChanged(listening))
    walker.begin(who.person, who.licences)
    walker.to("done", NEWBORN)
    return walker


def test_every_line_of_the_receipt_is_heard(shipped):
    walker = handed_in(shipped, listening=True)
    (receipt,) = (e.receipt for e in walker.effects if isinstance(e, PrintReceipt))
    heard = "\n".join(walker.page.heard)
    assert receipt.number in heard
    for _, value in receipt.facts:
        assert value in heard
    for section in receipt.sections:
        assert section.title in heard
        for entry in section.entries:
            assert entry.text in heard
            assert entry.right in heard
    for line in receipt.closing:
        assert line in heard


def test_who_reads_with_their_eyes_is_told_nothing_more(shipped):
    assert handed_in(shipped, listening=False).page.heard == ()
