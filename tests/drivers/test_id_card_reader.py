"""A citizen, a card, a reader: what the driver tells, on a real wire."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from drivers.id_card.port import (
    CardFailed,
    CardFault,
    CardLaid,
    CardRead,
    CardRemoved,
    IdCard,
    IdCardReader,
)
from drivers.id_card.sam_a import ReaderTimes, SamAReader
from drivers.simulators.line import Line, PtyLine, TcpLine
from drivers.simulators.sam_a import Finds, ReaderFault, SamASimulator
from drivers.status import DeviceState
from tests.harness.devices import Heard, eventually, quick_back_off
from tests.harness.leavings import nothing_left_behind

pytestmark = pytest.mark.filterwarnings("error::pytest.PytestUnhandledThreadExceptionWarning")

# A busy machine may answer late; only where no answer comes, it need not be waited for long.
TIMES = ReaderTimes(poll=0.02, watch=0.05, answer=2.0, read=4.0)
QUICK = ReaderTimes(poll=0.02, watch=0.05, answer=1.0, read=1.0)
PATIENT = ReaderTimes(poll=0.02, watch=0.05, answer=20.0, read=20.0)
LOST = [DeviceState.FAULTED, DeviceState.BACK_OFF]


def make_reader(url: str, times: ReaderTimes = TIMES) -> SamAReader:
    return SamAReader(url, back_off=quick_back_off(), times=times)


@pytest.fixture
def reader(reader_end: SamASimulator, heard: Heard) -> Iterator[SamAReader]:
    reader = make_reader(reader_end.url)
    reader.start(heard)
    heard.wait_for_state(DeviceState.ONLINE)
    yield reader
    reader.stop()


@pytest.fixture(params=["pty", "tcp", Finds.ALL, Finds.ONCE])
def any_reader_end(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[SamASimulator]:
    line: Line = TcpLine() if request.param == "tcp" else PtyLine(tmp_path / "any-reader")
    finds = request.param if request.param in set(Finds) else Finds.UNSELECTED
    simulator = SamASimulator(line, finds=finds)
    simulator.start()
    yield simulator
    simulator.stop()


@pytest.fixture
def any_reader(any_reader_end: SamASimulator, heard: Heard) -> Iterator[SamAReader]:
    reader = make_reader(any_reader_end.url)
    reader.start(heard)
    heard.wait_for_state(DeviceState.ONLINE)
    yield reader
    reader.stop()


def test_driver_fulfils_the_port() -> None:
    reader: IdCardReader = make_reader("/dev/null/none")
    reader.stop()


@pytest.mark.parametrize("slug", ["chen", "zhou", "gulixiang", "limian", "wang", "liu", "huang"])
def test_every_test_persons_card_is_read_as_it_is(
    slug: str,
    people: dict[str, IdCard],
    reader_end: SamASimulator,
    reader: SamAReader,
    heard: Heard,
) -> None:
    reader_end.lay(people[slug])
    reader.want(True)
    assert heard.wait_for(CardRead).card == people[slug]


def test_a_card_is_told_laid_read_and_removed_once(
    people: dict[str, IdCard], any_reader_end: SamASimulator, any_reader: SamAReader, heard: Heard
) -> None:
    any_reader.want(True)
    any_reader_end.lay(people["chen"])
    heard.wait_for(CardRead)
    any_reader_end.remove()
    heard.wait_for(CardRemoved)
    any_reader_end.lay(people["zhou"])
    heard.wait_for(CardRead, count=2)
    assert heard.story() == ["CardLaid", "CardRead", "CardRemoved", "CardLaid", "CardRead"]
    assert len(heard.threads) == 1


def test_a_card_that_stays_is_not_read_twice(
    people: dict[str, IdCard], reader_end: SamASimulator, reader: SamAReader, heard: Heard
) -> None:
    reader.want(True)
    reader_end.lay(people["chen"])
    heard.wait_for(CardRead)
    asked = reader_end.requests
    eventually(lambda: reader_end.requests > asked + 10, "the reader keeps watch")
    reader_end.remove()
    heard.wait_for(CardRemoved)
    assert reader_end.texts_read == 1


def keeps_watch(reader_end: SamASimulator) -> None:
    asked = reader_end.requests
    eventually(lambda: reader_end.requests > asked + 10, "the reader keeps watch")


def test_while_no_card_is_wanted_it_is_told_laid_and_removed_and_not_read(
    people: dict[str, IdCard], any_reader_end: SamASimulator, any_reader: SamAReader, heard: Heard
) -> None:
    any_reader_end.lay(people["chen"])
    heard.wait_for(CardLaid)
    keeps_watch(any_reader_end)
    any_reader_end.remove()
    heard.wait_for(CardRemoved)
    keeps_watch(any_reader_end)
    assert heard.story() == ["CardLaid", "CardRemoved"]
    assert any_reader_end.texts_read == 0


def test_a_card_laid_again_after_its_reading_is_told_laid_and_not_read_again(
    people: dict[str, IdCard], any_reader_end: SamASimulator, any_reader: SamAReader, heard: Heard
) -> None:
    any_reader.want(True)
    any_reader_end.lay(people["chen"])
    heard.wait_for(CardRead)
    any_reader.want(False)
    any_reader_end.remove()
    heard.wait_for(CardRemoved)
    any_reader_end.lay(people["chen"])
    heard.wait_for(CardLaid, count=2)
    keeps_watch(any_reader_end)
    assert heard.story() == ["CardLaid", "CardRead", "CardRemoved", "CardLaid"]
    assert any_reader_end.texts_read == 1


def test_a_card_that_lies_there_when_the_reader_comes_up_is_told_unseen(
    people: dict[str, IdCard], any_reader_end: SamASimulator, heard: Heard
) -> None:
    any_reader_end.lay(people["chen"])
    reader = make_reader(any_reader_end.url)
    reader.start(heard)
    assert heard.wait_for(CardLaid).unseen
    keeps_watch(any_reader_end)
    any_reader_end.remove()
    heard.wait_for(CardRemoved)
    any_reader_end.lay(people["chen"])
    assert not heard.wait_for(CardLaid, count=2).unseen
    reader.stop()
    assert any_reader_end.texts_read == 0


def test_a_card_laid_while_the_reader_was_lost_is_told_unseen_when_it_returns(
    people: dict[str, IdCard], any_reader_end: SamASimulator, any_reader: SamAReader, heard: Heard
) -> None:
    any_reader_end.unplug()
    heard.wait_for_state(DeviceState.ABSENT)
    any_reader_end.lay(people["chen"])
    any_reader_end.plug()
    assert heard.wait_for(CardLaid).unseen


def test_an_unseen_card_is_read_only_once_it_is_wanted_anew(
    people: dict[str, IdCard], any_reader_end: SamASimulator, heard: Heard
) -> None:
    any_reader_end.lay(people["chen"])
    reader = make_reader(any_reader_end.url)
    reader.want(True)
    reader.start(heard)
    assert heard.wait_for(CardLaid).unseen
    keeps_watch(any_reader_end)
    assert any_reader_end.texts_read == 0
    reader.want(False)
    reader.want(True)
    assert heard.wait_for(CardRead).card == people["chen"]
    reader.stop()
    assert heard.story() == ["CardLaid", "CardLaid", "CardRead"]


def test_a_card_seen_being_laid_is_not_told_anew_when_the_reader_was_lost_for_a_while(
    people: dict[str, IdCard], any_reader_end: SamASimulator, any_reader: SamAReader, heard: Heard
) -> None:
    any_reader_end.lay(people["chen"])
    heard.wait_for(CardLaid)
    any_reader_end.unplug()
    heard.wait_for_state(DeviceState.ABSENT)
    any_reader_end.plug()
    heard.wait_for_state(DeviceState.ONLINE, count=2)
    keeps_watch(any_reader_end)
    assert heard.story() == ["CardLaid"]


def test_a_card_laid_before_it_is_wanted_is_read_when_wanted(
    people: dict[str, IdCard], any_reader_end: SamASimulator, any_reader: SamAReader, heard: Heard
) -> None:
    any_reader_end.lay(people["chen"])
    heard.wait_for(CardLaid)
    any_reader.want(True)
    assert heard.wait_for(CardRead).card == people["chen"]
    assert heard.story() == ["CardLaid", "CardLaid", "CardRead"]


def test_a_card_still_lying_is_read_again_for_the_next_citizen(
    people: dict[str, IdCard], any_reader_end: SamASimulator, any_reader: SamAReader, heard: Heard
) -> None:
    any_reader.want(True)
    any_reader_end.lay(people["chen"])
    heard.wait_for(CardRead)
    any_reader.want(False)
    any_reader.want(True)
    heard.wait_for(CardRead, count=2)
    assert heard.story() == ["CardLaid", "CardRead", "CardLaid", "CardRead"]


def test_a_card_taken_while_no_card_is_wanted_is_told_removed(
    people: dict[str, IdCard], reader_end: SamASimulator, reader: SamAReader, heard: Heard
) -> None:
    reader_end.lay(people["chen"])
    reader.want(True)
    heard.wait_for(CardRead)
    reader.want(False)
    reader_end.remove()
    heard.wait_for(CardRemoved)


def test_a_card_taken_while_being_read_is_a_failure_of_its_own(
    people: dict[str, IdCard], any_reader_end: SamASimulator, any_reader: SamAReader, heard: Heard
) -> None:
    any_reader_end.fault = ReaderFault.REMOVED_WHILE_READ
    any_reader.want(True)
    any_reader_end.lay(people["chen"])
    assert heard.wait_for(CardFailed).fault is CardFault.REMOVED
    heard.wait_for(CardRemoved)
    assert heard.story() == ["CardLaid", "CardFailed", "CardRemoved"]


def test_one_wrong_check_byte_is_read_over(
    people: dict[str, IdCard], reader_end: SamASimulator, reader: SamAReader, heard: Heard
) -> None:
    reader_end.fault = ReaderFault.WRONG_CHECK_ONCE
    reader_end.lay(people["chen"])
    reader.want(True)
    assert heard.wait_for(CardRead).card == people["chen"]
    assert reader_end.texts_read == 2


def test_wrong_check_bytes_make_the_card_unreadable_after_one_more_try(
    people: dict[str, IdCard], reader_end: SamASimulator, reader: SamAReader, heard: Heard
) -> None:
    reader_end.fault = ReaderFault.WRONG_CHECK
    reader_end.lay(people["chen"])
    reader.want(True)
    assert heard.wait_for(CardFailed).fault is CardFault.UNREADABLE
    assert reader_end.texts_read == 2
    assert reader.status().usable


def test_a_card_of_a_type_nobody_knows_is_named_so(
    people: dict[str, IdCard], reader_end: SamASimulator, reader: SamAReader, heard: Heard
) -> None:
    reader_end.fault = ReaderFault.UNKNOWN_TYPE
    reader_end.lay(people["chen"])
    reader.want(True)
    assert heard.wait_for(CardFailed).fault is CardFault.UNKNOWN_TYPE


def test_answers_in_single_bytes_are_put_together(
    people: dict[str, IdCard], reader_end: SamASimulator, reader: SamAReader, heard: Heard
) -> None:
    reader_end.fault = ReaderFault.PIECES
    reader_end.lay(people["limian"])
    reader.want(True)
    assert heard.wait_for(CardRead).card == people["limian"]


def test_a_slow_module_is_waited_for(
    people: dict[str, IdCard], reader_end: SamASimulator, heard: Heard
) -> None:
    reader_end.fault = ReaderFault.SLOW
    patient = SamAReader(reader_end.url, back_off=quick_back_off())
    patient.start(heard)
    patient.want(True)
    heard.wait_for_state(DeviceState.ONLINE)
    reader_end.lay(people["chen"])
    heard.wait_for(CardRead)
    patient.stop()


@pytest.mark.parametrize("fault", [ReaderFault.SILENT, ReaderFault.GARBAGE])
def test_a_module_without_sense_is_faulted_and_comes_back_by_itself(
    fault: ReaderFault, people: dict[str, IdCard], reader_end: SamASimulator, heard: Heard
) -> None:
    reader = make_reader(reader_end.url, QUICK)
    with capture_logs() as logs:
        reader.start(heard)
        heard.wait_for_state(DeviceState.ONLINE)
        reader_end.fault = fault
        heard.wait_for_state(DeviceState.BACK_OFF, count=3)
        assert not reader.status().usable
        reader_end.fault = ReaderFault.NONE
        heard.wait_for_state(DeviceState.ONLINE, count=2)
    assert [entry["event"] for entry in logs] == ["device.lost", "device.returned"]
    reader_end.lay(people["chen"])
    reader.want(True)
    heard.wait_for(CardRead)
    reader.stop()


def test_unplugged_and_plugged_in_again_it_reads_without_a_restart(
    people: dict[str, IdCard], any_reader_end: SamASimulator, any_reader: SamAReader, heard: Heard
) -> None:
    any_reader.want(True)
    any_reader_end.unplug()
    heard.wait_for_state(DeviceState.ABSENT)
    any_reader_end.plug()
    heard.wait_for_state(DeviceState.ONLINE, count=2)
    any_reader_end.lay(people["chen"])
    heard.wait_for(CardRead)
    told = [change for change in heard.states if change is not DeviceState.BUSY]
    assert told[:2] == [DeviceState.STARTING, DeviceState.ONLINE]
    assert told[2:5] == [*LOST, DeviceState.ABSENT]


def test_a_card_read_before_the_reader_was_lost_is_told_removed_after(
    people: dict[str, IdCard], reader_end: SamASimulator, reader: SamAReader, heard: Heard
) -> None:
    reader.want(True)
    reader_end.lay(people["chen"])
    heard.wait_for(CardRead)
    reader_end.unplug()
    heard.wait_for_state(DeviceState.ABSENT)
    reader_end.remove()
    reader_end.plug()
    heard.wait_for(CardRemoved)
    assert heard.story() == ["CardLaid", "CardRead", "CardRemoved"]


def being_read(card: IdCard, reader_end: SamASimulator, reader: SamAReader, heard: Heard) -> None:
    """Start the reader and have it read a card; the module says no more, so that it goes on."""

    def listen(event: object) -> None:
        if isinstance(event, CardLaid) and heard.all(CardLaid) == []:
            reader_end.fault = ReaderFault.SILENT
        heard(event)

    reader.start(listen)
    heard.wait_for_state(DeviceState.ONLINE)
    reader.want(True)
    reader_end.lay(card)
    heard.wait_for(CardLaid)


def test_a_reader_lost_while_reading_fails_the_card_and_reads_it_on_return(
    people: dict[str, IdCard], reader_end: SamASimulator, heard: Heard
) -> None:
    reader = make_reader(reader_end.url, PATIENT)
    being_read(people["chen"], reader_end, reader, heard)
    reader_end.unplug()
    assert heard.wait_for(CardFailed).fault is CardFault.UNREADABLE
    reader_end.fault = ReaderFault.NONE
    reader_end.plug()
    heard.wait_for(CardRead)
    reader.stop()
    assert heard.story() == ["CardLaid", "CardFailed", "CardLaid", "CardRead"]


def test_a_card_taken_while_the_reader_was_lost_in_its_reading_is_told_removed(
    people: dict[str, IdCard], reader_end: SamASimulator, heard: Heard
) -> None:
    reader = make_reader(reader_end.url, PATIENT)
    being_read(people["chen"], reader_end, reader, heard)
    reader_end.unplug()
    heard.wait_for(CardFailed)
    reader_end.remove()
    reader_end.fault = ReaderFault.NONE
    reader_end.plug()
    heard.wait_for(CardRemoved)
    reader.stop()
    assert heard.story() == ["CardLaid", "CardFailed", "CardRemoved"]


def test_started_before_the_reader_is_there_it_waits_for_it(
    reader_end: SamASimulator, heard: Heard
) -> None:
    reader_end.unplug()
    reader = make_reader(reader_end.url)
    with capture_logs() as logs:
        reader.start(heard)
        eventually(lambda: logs, "the loss is logged")
        reader_end.plug()
        heard.wait_for_state(DeviceState.ONLINE)
        reader.stop()
    assert [entry["event"] for entry in logs] == ["device.lost", "device.returned"]


def test_twenty_losses_leave_no_thread_and_no_descriptor(
    reader_end: SamASimulator, heard: Heard
) -> None:
    with nothing_left_behind():
        reader = make_reader(reader_end.url)
        reader.start(heard)
        heard.wait_for_state(DeviceState.ONLINE)
        for loss in range(1, 21):
            reader_end.unplug()
            heard.wait_for_state(DeviceState.BACK_OFF, count=loss)
            reader_end.plug()
            heard.wait_for_state(DeviceState.ONLINE, count=loss + 1)
        reader.stop()


@pytest.mark.parametrize("fault", [ReaderFault.NONE, ReaderFault.SILENT])
def test_stop_ends_within_two_seconds_whatever_the_reader_does(
    fault: ReaderFault, reader_end: SamASimulator, heard: Heard
) -> None:
    reader_end.fault = fault
    reader = SamAReader(reader_end.url)
    with nothing_left_behind():
        reader.start(heard)
        heard.wait_for_state(DeviceState.STARTING)
        began = time.monotonic()
        reader.stop()
        assert time.monotonic() - began < 2
    told = len(heard.events)
    reader.want(True)
    assert len(heard.events) == told


def test_a_listener_that_raises_does_not_stop_the_reader(
    people: dict[str, IdCard], reader_end: SamASimulator, heard: Heard
) -> None:
    def listen(event: object) -> None:
        heard(event)
        if isinstance(event, CardLaid):
            raise RuntimeError("a defect of the listener")  # noqa: TRY004 - any error will do

    reader = make_reader(reader_end.url)
    with capture_logs() as logs:
        reader.start(listen)
        reader.want(True)
        heard.wait_for_state(DeviceState.ONLINE)
        reader_end.lay(people["chen"])
        heard.wait_for(CardRead)
        reader.stop()
    assert [entry["event"] for entry in logs] == ["device.listener_defect"]
    assert "a defect" not in str(logs)
