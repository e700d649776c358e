"""A card in a reader behind a real pcscd: what the driver tells of each kind of card."""

from __future__ import annotations

import dataclasses

import pytest
from structlog.testing import capture_logs

from drivers.simulators.smart_card import SmartCardSimulator
from drivers.simulators.virtual_card import bank_image, social_security_image, staff_image
from drivers.smart_card.port import (
    SmartCardFailed,
    SmartCardFault,
    SmartCardInserted,
    SmartCardRead,
    SmartCardReader,
    SmartCardRemoved,
    SocialSecurityCard,
    StaffCard,
)
from drivers.smart_card.reader import PcscReader, SmartCardTimes
from drivers.status import DeviceState
from tests.harness.devices import Heard
from tests.harness.smart_card import HOLDER, STAFF, a_reader, cards

pytestmark = pytest.mark.filterwarnings("error::pytest.PytestUnhandledThreadExceptionWarning")


def test_driver_fulfils_the_port() -> None:
    reader: SmartCardReader = a_reader()
    reader.stop()


def test_a_staff_card_is_read_and_its_removal_told(
    card_end: SmartCardSimulator, card_reader: PcscReader, heard: Heard
) -> None:
    card_reader.want(True)
    card_end.insert(staff_image(STAFF))
    heard.wait_for(SmartCardRead)
    card_end.remove()
    heard.wait_for(SmartCardRemoved)
    assert heard.story() == ["SmartCardInserted", "SmartCardRead", "SmartCardRemoved"]
    assert cards(heard) == [STAFF]
    assert heard.wait_for(SmartCardInserted).atr[0] == 0x3B
    assert len(heard.threads) == 1


@pytest.mark.parametrize(
    ("version", "t0"), [("1.00", True), ("2.00", False)], ids=["1.00, T=0", "2.00, T=1"]
)
def test_a_social_security_card_gives_what_it_gives_to_anybody(
    version: str, t0: bool, card_end: SmartCardSimulator, card_reader: PcscReader, heard: Heard
) -> None:
    card = dataclasses.replace(HOLDER, version=version)
    card_reader.want(True)
    card_end.insert(social_security_image(card), t0=t0)
    heard.wait_for(SmartCardRead)
    assert cards(heard) == [card]


def test_what_a_third_generation_card_keeps_to_itself_stays_empty(
    card_end: SmartCardSimulator, card_reader: PcscReader, heard: Heard
) -> None:
    card = dataclasses.replace(HOLDER, version="3.00")
    card_reader.want(True)
    card_end.insert(social_security_image(card, locked_holder=True))
    heard.wait_for(SmartCardRead)
    assert cards(heard) == [
        SocialSecurityCard("3.00", "430100", issued=HOLDER.issued, expires=HOLDER.expires)
    ]


def test_a_long_answer_is_fetched_to_its_end(
    card_end: SmartCardSimulator, card_reader: PcscReader, heard: Heard
) -> None:
    card_reader.want(True)
    card_end.insert(staff_image(STAFF, control=bytes(1000)))
    heard.wait_for(SmartCardRead)
    assert cards(heard) == [STAFF]


def test_a_card_of_another_kind_is_named_so(
    card_end: SmartCardSimulator, card_reader: PcscReader, heard: Heard
) -> None:
    card_reader.want(True)
    card_end.insert(bank_image())
    assert heard.wait_for(SmartCardFailed).fault is SmartCardFault.UNKNOWN_TYPE


def test_a_card_is_not_read_before_it_is_wanted_and_anew_for_whoever_wants_it_next(
    card_end: SmartCardSimulator, card_reader: PcscReader, heard: Heard
) -> None:
    before = card_end.commands
    card_end.insert(staff_image(STAFF))
    heard.wait_for(SmartCardInserted)
    asked = card_end.commands
    card_reader.want(True)
    heard.wait_for(SmartCardRead)
    card_reader.want(True)
    card_reader.want(False)
    card_reader.want(True)
    heard.wait_for(SmartCardRead, count=2)
    assert heard.story() == ["SmartCardInserted", "SmartCardRead", "SmartCardRead"]
    assert asked == before


def test_a_card_changed_between_two_looks_is_another_card(
    card_end: SmartCardSimulator, heard: Heard
) -> None:
    reader = a_reader(times=SmartCardTimes(poll=0.9))
    reader.start(heard)
    heard.wait_for_state(DeviceState.ONLINE)
    reader.want(True)
    card_end.insert(staff_image(STAFF))
    heard.wait_for(SmartCardRead)
    other = StaffCard("S-0043")
    card_end.insert(staff_image(other))
    heard.wait_for(SmartCardRead, count=2)
    reader.stop()
    assert heard.story()[2:4] == ["SmartCardRemoved", "SmartCardInserted"]
    assert cards(heard) == [STAFF, other]


def test_what_is_on_a_card_appears_in_no_repr_and_no_log(
    card_end: SmartCardSimulator, heard: Heard
) -> None:
    def listen(event: object) -> None:
        heard(event)
        if isinstance(event, SmartCardRead):
            raise ValueError(vars(event.card))  # noqa: TRY004 - any error will do

    reader = a_reader()
    with capture_logs() as logs:
        reader.start(listen)
        reader.want(True)
        heard.wait_for_state(DeviceState.ONLINE)
        card_end.insert(social_security_image(HOLDER))
        heard.wait_for(SmartCardRead)
        reader.stop()
    assert [entry["event"] for entry in logs] == ["device.listener_defect"]
    said = f"{logs}{heard.events}"
    assert not any(said.count(secret) for secret in (HOLDER.name, HOLDER.number))
    assert STAFF.identifier not in repr(STAFF)
