"""A card in a reader behind a real pcscd: what the driver tells of each card and each fault."""

from __future__ import annotations

import dataclasses
import os
import threading
from collections.abc import Iterator
from datetime import date

import pytest
from structlog.testing import capture_logs

from drivers.simulators.smart_card import CardSimulatorFault, SmartCardSimulator
from drivers.simulators.virtual_card import (
    bank_image,
    social_security_image,
    staff_image,
)
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
from tests.harness.devices import Heard, eventually, open_descriptors, quick_back_off

pytestmark = pytest.mark.filterwarnings("error::pytest.PytestUnhandledThreadExceptionWarning")

TIMES = SmartCardTimes(poll=0.02, service=0.5, power=2.0, answer=0.3, settle=0.1)
SETTLING = dataclasses.replace(TIMES, settle=0.5)
STAFF = StaffCard("S-0042")
HOLDER = SocialSecurityCard(
    version="2.00",
    region="430100",
    issued=date(2016, 5, 20),
    expires=date(2026, 5, 20),
    card_number="K12345678",
    number="11010519491231002X",
    name="李𠮷㙍",
    sex="2",
    nation="01",
    birth=date(1949, 12, 31),
)


@pytest.fixture(scope="module")
def service() -> Iterator[SmartCardSimulator]:
    simulator = SmartCardSimulator()
    simulator.start()
    os.environ["PCSCLITE_CSOCK_NAME"] = simulator.socket_path
    yield simulator
    simulator.stop()


@pytest.fixture
def end(service: SmartCardSimulator) -> Iterator[SmartCardSimulator]:
    yield service
    service.fault = CardSimulatorFault.NONE
    service.plug()  # starts pcscd anew, with an empty reader


@pytest.fixture
def reader(end: SmartCardSimulator, heard: Heard) -> Iterator[PcscReader]:
    reader = a_reader()
    reader.start(heard)
    heard.wait_for_state(DeviceState.ONLINE)
    yield reader
    reader.stop()


def a_reader(pattern: str = "simulated*", times: SmartCardTimes = TIMES) -> PcscReader:
    return PcscReader(pattern, back_off=quick_back_off(), times=times)


def cards(heard: Heard) -> list[object]:
    return [event.card for event in heard.all(SmartCardRead)]


def calls_left_behind() -> bool:
    return any(thread.name == "pcsc-calls" for thread in threading.enumerate())


def test_driver_fulfils_the_port() -> None:
    reader: SmartCardReader = a_reader()
    reader.stop()


def test_a_staff_card_is_read_and_its_removal_told(
    end: SmartCardSimulator, reader: PcscReader, heard: Heard
) -> None:
    reader.want(True)
    end.insert(staff_image(STAFF))
    heard.wait_for(SmartCardRead)
    end.remove()
    heard.wait_for(SmartCardRemoved)
    assert heard.story() == ["SmartCardInserted", "SmartCardRead", "SmartCardRemoved"]
    assert cards(heard) == [STAFF]
    assert heard.wait_for(SmartCardInserted).atr[0] == 0x3B
    assert len(heard.threads) == 1


@pytest.mark.parametrize(
    ("version", "t0"), [("1.00", True), ("2.00", False)], ids=["1.00, T=0", "2.00, T=1"]
)
def test_a_social_security_card_gives_what_it_gives_to_anybody(
    version: str, t0: bool, end: SmartCardSimulator, reader: PcscReader, heard: Heard
) -> None:
    card = dataclasses.replace(HOLDER, version=version)
    reader.want(True)
    end.insert(social_security_image(card), t0=t0)
    heard.wait_for(SmartCardRead)
    assert cards(heard) == [card]


def test_what_a_third_generation_card_keeps_to_itself_stays_empty(
    end: SmartCardSimulator, reader: PcscReader, heard: Heard
) -> None:
    card = dataclasses.replace(HOLDER, version="3.00")
    reader.want(True)
    end.insert(social_security_image(card, locked_holder=True))
    heard.wait_for(SmartCardRead)
    assert cards(heard) == [
        SocialSecurityCard("3.00", "430100", issued=HOLDER.issued, expires=HOLDER.expires)
    ]


def test_a_long_answer_is_fetched_to_its_end(
    end: SmartCardSimulator, reader: PcscReader, heard: Heard
) -> None:
    reader.want(True)
    end.insert(staff_image(STAFF, control=bytes(1000)))
    heard.wait_for(SmartCardRead)
    assert cards(heard) == [STAFF]


def test_a_card_of_another_kind_is_named_so(
    end: SmartCardSimulator, reader: PcscReader, heard: Heard
) -> None:
    reader.want(True)
    end.insert(bank_image())
    assert heard.wait_for(SmartCardFailed).fault is SmartCardFault.UNKNOWN_TYPE


def test_a_card_is_not_read_before_it_is_wanted_and_anew_for_whoever_wants_it_next(
    end: SmartCardSimulator, reader: PcscReader, heard: Heard
) -> None:
    before = end.commands
    end.insert(staff_image(STAFF))
    heard.wait_for(SmartCardInserted)
    asked = end.commands
    reader.want(True)
    heard.wait_for(SmartCardRead)
    reader.want(True)
    reader.want(False)
    reader.want(True)
    heard.wait_for(SmartCardRead, count=2)
    assert heard.story() == ["SmartCardInserted", "SmartCardRead", "SmartCardRead"]
    assert asked == before


def test_a_card_changed_between_two_looks_is_another_card(
    end: SmartCardSimulator, heard: Heard
) -> None:
    reader = a_reader(times=SmartCardTimes(poll=0.9))
    reader.start(heard)
    heard.wait_for_state(DeviceState.ONLINE)
    reader.want(True)
    end.insert(staff_image(STAFF))
    heard.wait_for(SmartCardRead)
    other = StaffCard("S-0043")
    end.insert(staff_image(other))
    heard.wait_for(SmartCardRead, count=2)
    reader.stop()
    assert heard.story()[2:4] == ["SmartCardRemoved", "SmartCardInserted"]
    assert cards(heard) == [STAFF, other]


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
    end: SmartCardSimulator,
    reader: PcscReader,
    heard: Heard,
) -> None:
    reader.want(True)
    end.fault = fault
    end.insert(social_security_image(HOLDER))
    assert heard.wait_for(SmartCardFailed).fault is told
    assert heard.story()[:2] == ["SmartCardInserted", "SmartCardFailed"]
    assert DeviceState.FAULTED not in heard.states


def test_after_a_card_was_torn_out_the_next_is_read(end: SmartCardSimulator, heard: Heard) -> None:
    reader = a_reader(times=SETTLING)
    reader.start(heard)
    reader.want(True)
    end.fault = CardSimulatorFault.TORN_OUT
    end.insert(social_security_image(HOLDER))
    heard.wait_for(SmartCardRemoved)
    end.fault = CardSimulatorFault.NONE
    end.insert(staff_image(STAFF))
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
    end: SmartCardSimulator, reader: PcscReader, heard: Heard
) -> None:
    reader.want(True)
    end.fault = CardSimulatorFault.GARBAGE
    end.insert(staff_image(STAFF))
    heard.wait_for(SmartCardFailed)
    assert cards(heard) == []


def test_a_slow_card_is_read(end: SmartCardSimulator, reader: PcscReader, heard: Heard) -> None:
    reader.want(True)
    end.fault = CardSimulatorFault.SLOW
    end.insert(social_security_image(HOLDER))
    heard.wait_for(SmartCardRead)
    assert cards(heard) == [HOLDER]


def test_a_card_that_never_answers_is_given_up_and_its_removal_frees_the_reader(
    end: SmartCardSimulator, reader: PcscReader, heard: Heard
) -> None:
    reader.want(True)
    end.fault = CardSimulatorFault.SILENT
    end.insert(staff_image(STAFF))
    assert heard.wait_for(SmartCardFailed).fault is SmartCardFault.UNREADABLE
    heard.wait_for_state(DeviceState.ABSENT)
    end.fault = CardSimulatorFault.NONE
    end.remove()
    heard.wait_for_state(DeviceState.ONLINE, count=2)
    heard.wait_for(SmartCardRemoved)


def test_stopping_does_not_wait_for_a_card_that_never_answers(
    end: SmartCardSimulator, heard: Heard
) -> None:
    reader = a_reader()
    reader.start(heard)
    reader.want(True)
    end.fault = CardSimulatorFault.SILENT
    before = end.commands
    end.insert(staff_image(STAFF))
    eventually(lambda: end.commands > before, "the card is asked")
    with capture_logs() as logs:
        reader.stop()
    assert logs == []
    end.remove()
    eventually(lambda: not calls_left_behind(), "the call that was left behind returns")


def test_without_the_service_the_reader_is_absent_and_comes_with_it(
    end: SmartCardSimulator, heard: Heard
) -> None:
    end.stop_service()
    reader = a_reader()
    with capture_logs() as logs:
        reader.start(heard)
        eventually(lambda: logs, "the loss is logged")
        assert reader.status().state is DeviceState.ABSENT
        assert "is pcscd running?" in logs[0]["detail"]
        end.start_service()
        heard.wait_for_state(DeviceState.ONLINE)
    reader.stop()
    assert [entry["event"] for entry in logs] == ["device.lost", "device.returned"]


def test_a_reader_that_is_not_there_is_named_with_those_that_are(
    end: SmartCardSimulator, heard: Heard
) -> None:
    reader = a_reader("Omnikey*")
    with capture_logs() as logs:
        reader.start(heard)
        eventually(lambda: logs, "the loss is logged")
    reader.stop()
    assert "no reader is named like Omnikey*" in logs[0]["detail"]
    assert "Simulated Reader 00 00" in logs[0]["detail"]


def test_unplugged_and_plugged_in_again_it_reads_without_a_restart(
    end: SmartCardSimulator, reader: PcscReader, heard: Heard
) -> None:
    reader.want(True)
    end.insert(staff_image(STAFF))
    heard.wait_for(SmartCardRead)
    with capture_logs() as logs:
        end.unplug()
        heard.wait_for_state(DeviceState.ABSENT)
        end.plug()
        heard.wait_for_state(DeviceState.ONLINE, count=3)  # the second was after reading
    assert [entry["event"] for entry in logs] == ["device.lost", "device.returned"]
    heard.wait_for(SmartCardRemoved)
    end.insert(social_security_image(HOLDER))
    heard.wait_for(SmartCardRead, count=2)
    assert cards(heard) == [STAFF, HOLDER]


def test_the_service_dying_in_an_exchange_loses_the_card_and_not_the_driver(
    end: SmartCardSimulator, reader: PcscReader, heard: Heard
) -> None:
    reader.want(True)
    end.fault = CardSimulatorFault.SILENT
    before = end.commands
    end.insert(staff_image(STAFF))
    eventually(lambda: end.commands > before, "the card is asked")
    end.stop_service()
    assert heard.wait_for(SmartCardFailed).fault is SmartCardFault.UNREADABLE
    end.fault = CardSimulatorFault.NONE
    end.start_service()
    heard.wait_for_state(DeviceState.ONLINE, count=2)
    end.insert(staff_image(STAFF))
    heard.wait_for(SmartCardRead)


def test_a_service_that_hangs_is_waited_for_and_used_again(
    end: SmartCardSimulator, reader: PcscReader, heard: Heard
) -> None:
    with end.hanging():
        heard.wait_for_state(DeviceState.FAULTED)
        assert reader.status().usable is False
    heard.wait_for_state(DeviceState.ONLINE, count=2)


def test_a_service_that_hangs_when_it_is_opened_costs_no_descriptor(
    end: SmartCardSimulator, heard: Heard
) -> None:
    threads, descriptors = threading.active_count(), open_descriptors()
    reader = a_reader()
    with end.hanging(), capture_logs() as logs:
        reader.start(heard)
        eventually(lambda: logs, "the loss is logged")
        assert "no return within 0.5 s" in logs[0]["detail"]
    heard.wait_for_state(DeviceState.ONLINE)
    reader.stop()
    assert threading.active_count() == threads
    assert open_descriptors() == descriptors


def test_twenty_losses_of_the_service_leave_no_thread_and_no_descriptor(
    end: SmartCardSimulator, heard: Heard
) -> None:
    threads, descriptors = threading.active_count(), open_descriptors()
    reader = a_reader()
    reader.start(heard)
    heard.wait_for_state(DeviceState.ONLINE)
    for loss in range(1, 21):
        end.stop_service()
        heard.wait_for_state(DeviceState.BACK_OFF, count=loss)
        end.start_service()
        heard.wait_for_state(DeviceState.ONLINE, count=loss + 1)
    reader.stop()
    assert threading.active_count() == threads
    assert open_descriptors() == descriptors


def test_what_is_on_a_card_appears_in_no_repr_and_no_log(
    end: SmartCardSimulator, heard: Heard
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
        end.insert(social_security_image(HOLDER))
        heard.wait_for(SmartCardRead)
        reader.stop()
    assert [entry["event"] for entry in logs] == ["device.listener_defect"]
    said = f"{logs}{heard.events}"
    assert not any(said.count(secret) for secret in (HOLDER.name, HOLDER.number))
    assert STAFF.identifier not in repr(STAFF)
