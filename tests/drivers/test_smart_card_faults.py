"""Cards, readers and a pcscd at fault: what the driver tells, and that it comes back by itself."""

from __future__ import annotations

import dataclasses
import importlib
import threading

import pytest
from structlog.testing import capture_logs

from drivers.simulators.smart_card import CardSimulatorFault, SmartCardSimulator
from drivers.simulators.virtual_card import social_security_image, staff_image
from drivers.smart_card.port import (
    SmartCardFailed,
    SmartCardFault,
    SmartCardInserted,
    SmartCardRead,
    SmartCardRemoved,
)
from drivers.smart_card.reader import PcscReader
from drivers.status import DeviceState
from tests.harness.devices import Heard, eventually
from tests.harness.leavings import nothing_left_behind
from tests.harness.smart_card import HOLDER, STAFF, TIMES, a_reader, cards

pytestmark = pytest.mark.filterwarnings("error::pytest.PytestUnhandledThreadExceptionWarning")


SETTLING = dataclasses.replace(TIMES, settle=20.0)  # it ends as soon as the removal shows


def calls_left_behind() -> bool:
    return any(thread.name == "pcsc-calls" for thread in threading.enumerate())


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        (CardSimulatorFault.MUTE, SmartCardFault.MUTE),
        (CardSimulatorFault.WRONG_STATUS, SmartCardFault.UNREADABLE),
        (CardSimulatorFault.SHORT, SmartCardFault.UNREADABLE),
        (CardSimulatorFault.ENDLESS, SmartCardFault.UNREADABLE),
    ],
)
def test_a_card_at_fault_fails_and_the_reader_stays_online(
    fault: CardSimulatorFault,
    told: SmartCardFault,
    card_end: SmartCardSimulator,
    card_reader: PcscReader,
    heard: Heard,
) -> None:
    card_reader.want(True)
    card_end.fault = fault
    card_end.insert(social_security_image(HOLDER))
    assert heard.wait_for(SmartCardFailed).fault is told
    assert heard.story()[:2] == ["SmartCardInserted", "SmartCardFailed"]
    assert DeviceState.FAULTED not in heard.states


def test_after_a_card_was_torn_out_the_next_is_read(
    card_end: SmartCardSimulator, heard: Heard
) -> None:
    reader = a_reader(times=SETTLING)
    reader.start(heard)
    reader.want(True)
    card_end.fault = CardSimulatorFault.TORN_OUT
    card_end.insert(social_security_image(HOLDER))
    heard.wait_for(SmartCardRemoved)
    card_end.fault = CardSimulatorFault.NONE
    card_end.insert(staff_image(STAFF))
    heard.wait_for(SmartCardRead)
    reader.stop()
    assert heard.wait_for(SmartCardFailed).fault is SmartCardFault.REMOVED
    assert heard.story() == [
        "SmartCardInserted",
        "SmartCardFailed",
        "SmartCardRemoved",
        "SmartCardInserted",
        "SmartCardRead",
    ]


def test_noise_in_place_of_answers_never_becomes_a_card(
    card_end: SmartCardSimulator, card_reader: PcscReader, heard: Heard
) -> None:
    card_reader.want(True)
    card_end.fault = CardSimulatorFault.GARBAGE
    card_end.insert(staff_image(STAFF))
    heard.wait_for(SmartCardFailed)
    assert cards(heard) == []


def test_a_slow_card_is_read(
    card_end: SmartCardSimulator, card_reader: PcscReader, heard: Heard
) -> None:
    card_reader.want(True)
    card_end.fault = CardSimulatorFault.SLOW
    card_end.insert(social_security_image(HOLDER))
    heard.wait_for(SmartCardRead)
    assert cards(heard) == [HOLDER]


def test_a_card_that_never_answers_is_given_up_and_its_removal_frees_the_reader(
    card_end: SmartCardSimulator, card_reader: PcscReader, heard: Heard
) -> None:
    card_reader.want(True)
    card_end.fault = CardSimulatorFault.SILENT
    card_end.insert(staff_image(STAFF))
    assert heard.wait_for(SmartCardFailed).fault is SmartCardFault.UNREADABLE
    heard.wait_for_state(DeviceState.ABSENT)
    card_end.fault = CardSimulatorFault.NONE
    card_end.remove()
    heard.wait_for_state(DeviceState.ONLINE, count=2)
    heard.wait_for(SmartCardRemoved)


def test_stopping_does_not_wait_for_a_card_that_never_answers(
    card_end: SmartCardSimulator, heard: Heard
) -> None:
    reader = a_reader()
    reader.start(heard)
    reader.want(True)
    card_end.fault = CardSimulatorFault.SILENT
    before = card_end.commands
    card_end.insert(staff_image(STAFF))
    eventually(lambda: card_end.commands > before, "the card is asked")
    with capture_logs() as logs:
        reader.stop()
    assert logs == []
    card_end.remove()
    eventually(lambda: not calls_left_behind(), "the call that was left behind returns")


def test_a_card_that_another_program_has_is_read_when_it_is_let_go_and_wanted_again(
    card_end: SmartCardSimulator, card_reader: PcscReader, heard: Heard
) -> None:
    scard = importlib.import_module("smartcard.scard")
    card_end.insert(staff_image(STAFF))
    heard.wait_for(SmartCardInserted)
    _, context = scard.SCardEstablishContext(scard.SCARD_SCOPE_SYSTEM)
    exclusive, t1 = scard.SCARD_SHARE_EXCLUSIVE, scard.SCARD_PROTOCOL_T1
    scard.SCardConnect(context, card_reader.status().detail, exclusive, t1)
    card_reader.want(True)
    assert heard.wait_for(SmartCardFailed).detail == "power-up: sharing violation"
    scard.SCardReleaseContext(context)
    card_reader.want(False)
    card_reader.want(True)
    heard.wait_for(SmartCardRead)
    assert DeviceState.FAULTED not in heard.states


def test_without_the_service_the_reader_is_absent_and_comes_with_it(
    card_end: SmartCardSimulator, heard: Heard
) -> None:
    card_end.stop_service()
    reader = a_reader()
    with capture_logs() as logs:
        reader.start(heard)
        eventually(lambda: logs, "the loss is logged")
        assert reader.status().state is DeviceState.ABSENT
        assert "is pcscd running?" in logs[0]["detail"]
        card_end.start_service()
        heard.wait_for_state(DeviceState.ONLINE)
    reader.stop()
    assert [entry["event"] for entry in logs] == ["device.lost", "device.returned"]


def test_a_reader_that_is_not_there_is_named_with_those_that_are(
    card_end: SmartCardSimulator, heard: Heard
) -> None:
    reader = a_reader("Omnikey*")
    with capture_logs() as logs:
        reader.start(heard)
        eventually(lambda: logs, "the loss is logged")
    reader.stop()
    assert "no reader is named like Omnikey*" in logs[0]["detail"]
    assert "Simulated Reader 00 00" in logs[0]["detail"]


def test_unplugged_and_plugged_in_again_it_reads_without_a_restart(
    card_end: SmartCardSimulator, card_reader: PcscReader, heard: Heard
) -> None:
    card_reader.want(True)
    card_end.insert(staff_image(STAFF))
    heard.wait_for(SmartCardRead)
    with capture_logs() as logs:
        card_end.unplug()
        heard.wait_for_state(DeviceState.ABSENT)
        card_end.plug()
        heard.wait_for_state(DeviceState.ONLINE, count=3)  # the second was after reading
    assert [entry["event"] for entry in logs] == ["device.lost", "device.returned"]
    heard.wait_for(SmartCardRemoved)
    card_end.insert(social_security_image(HOLDER))
    heard.wait_for(SmartCardRead, count=2)
    assert cards(heard) == [STAFF, HOLDER]


def test_the_service_dying_in_an_exchange_loses_the_card_and_not_the_driver(
    card_end: SmartCardSimulator, card_reader: PcscReader, heard: Heard
) -> None:
    card_reader.want(True)
    card_end.fault = CardSimulatorFault.SILENT
    before = card_end.commands
    card_end.insert(staff_image(STAFF))
    eventually(lambda: card_end.commands > before, "the card is asked")
    card_end.stop_service()
    assert heard.wait_for(SmartCardFailed).fault is SmartCardFault.UNREADABLE
    card_end.fault = CardSimulatorFault.NONE
    card_end.start_service()
    heard.wait_for_state(DeviceState.ONLINE, count=2)
    card_end.insert(staff_image(STAFF))
    heard.wait_for(SmartCardRead)


def test_a_service_that_hangs_is_waited_for_and_used_again(
    card_end: SmartCardSimulator, card_reader: PcscReader, heard: Heard
) -> None:
    with card_end.hanging():
        heard.wait_for_state(DeviceState.FAULTED)
        assert card_reader.status().usable is False
    heard.wait_for_state(DeviceState.ONLINE, count=2)


def test_a_service_that_hangs_when_it_is_opened_costs_no_descriptor(
    card_end: SmartCardSimulator, heard: Heard
) -> None:
    with nothing_left_behind():
        reader = a_reader()
        with card_end.hanging(), capture_logs() as logs:
            reader.start(heard)
            eventually(lambda: logs, "the loss is logged")
            assert f"no return within {TIMES.service:g} s" in logs[0]["detail"]
        heard.wait_for_state(DeviceState.ONLINE)
        reader.stop()


def test_twenty_losses_of_the_service_leave_no_thread_and_no_descriptor(
    card_end: SmartCardSimulator, heard: Heard
) -> None:
    with nothing_left_behind():
        reader = a_reader()
        reader.start(heard)
        heard.wait_for_state(DeviceState.ONLINE)
        for loss in range(1, 21):
            card_end.stop_service()
            heard.wait_for_state(DeviceState.BACK_OFF, count=loss)
            card_end.start_service()
            heard.wait_for_state(DeviceState.ONLINE, count=loss + 1)
        reader.stop()
