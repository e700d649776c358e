"""A board with lights, door, presence and power: what the driver tells and sets."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from drivers.life import BackOff
from drivers.signals.board import BoardTimes, SerialBoard
from drivers.signals.lines import LineDecoder, StateAsked, encode
from drivers.signals.port import (
    DoorChanged,
    LightRefused,
    LightState,
    Power,
    PowerChanged,
    PowerSource,
    PresenceChanged,
    SignalBoard,
    SignalState,
)
from drivers.simulators.code_scanner import ScannerLine
from drivers.simulators.signals import BoardFault, SignalBoardSimulator
from drivers.status import DeviceState
from tests.harness.devices import Heard, eventually, quick_back_off
from tests.harness.leavings import nothing_left_behind

pytestmark = pytest.mark.filterwarnings("error::pytest.PytestUnhandledThreadExceptionWarning")

# A busy machine may answer late; only where no answer comes, it need not be waited for long.
TIMES = BoardTimes(poll=0.05, answer=4.0)
QUICK = BoardTimes(poll=0.05, answer=0.8)
MAINS = Power(PowerSource.MAINS, 100)
BATTERY = Power(PowerSource.BATTERY, 83)


@pytest.fixture
def end(tmp_path: Path) -> Iterator[SignalBoardSimulator]:
    simulator = SignalBoardSimulator(ScannerLine(tmp_path / "signals"), lights=("reader", "help"))
    simulator.start()
    yield simulator
    simulator.stop()


@pytest.fixture
def board(end: SignalBoardSimulator, heard: Heard) -> Iterator[SerialBoard]:
    board = a_board(end)
    board.start(heard)
    heard.wait_for_state(DeviceState.ONLINE)
    yield board
    board.stop()


def a_board(end: SignalBoardSimulator, times: BoardTimes = TIMES) -> SerialBoard:
    return SerialBoard(end.url, back_off=quick_back_off(), times=times)


def test_driver_fulfils_the_port(end: SignalBoardSimulator) -> None:
    board: SignalBoard = a_board(end)
    board.stop()


def test_what_the_board_says_is_known_when_it_is_online(board: SerialBoard, heard: Heard) -> None:
    assert board.state() == SignalState(door_open=False, present=False, power=MAINS)
    assert heard.story() == ["DoorChanged", "PresenceChanged", "PowerChanged"]


def test_changes_are_told_once_and_at_once(
    end: SignalBoardSimulator, board: SerialBoard, heard: Heard
) -> None:
    end.door_open = True
    end.present = True
    end.present = True
    end.power = BATTERY
    assert heard.wait_for(DoorChanged, count=2).open is True
    assert heard.wait_for(PresenceChanged, count=2).present is True
    assert heard.wait_for(PowerChanged, count=2).power == BATTERY
    polled = end.questions
    eventually(lambda: end.questions > polled + 2, "the board is asked again")
    assert len(heard.all(PresenceChanged)) == 2
    assert board.state() == SignalState(door_open=True, present=True, power=BATTERY)
    assert len(heard.threads) == 1


def test_a_part_that_the_board_has_not_is_unknown(tmp_path: Path, heard: Heard) -> None:
    end = SignalBoardSimulator(ScannerLine(tmp_path / "signals"))
    end.power = None
    end.door_open = None
    end.start()
    board = a_board(end)
    board.start(heard)
    heard.wait_for_state(DeviceState.ONLINE)
    assert board.state() == SignalState(present=False)
    board.stop()
    end.stop()


def test_a_light_is_set_and_set_again_when_the_board_returns(
    end: SignalBoardSimulator, board: SerialBoard, heard: Heard
) -> None:
    board.light("reader", LightState.BLINK)
    eventually(lambda: end.lights["reader"] is LightState.BLINK, "the light blinks")
    end.unplug()
    heard.wait_for_state(DeviceState.ABSENT)
    board.light("help", LightState.ON)
    end.plug()
    eventually(
        lambda: end.lights == {"reader": LightState.BLINK, "help": LightState.ON},
        "both lights are as wished",
    )


def test_a_light_wished_before_the_board_is_there_is_set_when_it_comes(
    end: SignalBoardSimulator, heard: Heard
) -> None:
    board = a_board(end)
    board.light("reader", LightState.ON)
    board.start(heard)
    eventually(lambda: end.lights["reader"] is LightState.ON, "the light is on")
    board.stop()


def test_lights_of_a_board_that_started_anew_are_set_again(
    end: SignalBoardSimulator, board: SerialBoard
) -> None:
    board.light("reader", LightState.ON)
    eventually(lambda: end.lights["reader"] is LightState.ON, "the light is on")
    end.power_on()
    eventually(lambda: end.lights["reader"] is LightState.ON, "the light is on again")


def test_a_light_that_is_not_there_is_refused_once_and_the_others_work(
    end: SignalBoardSimulator, board: SerialBoard, heard: Heard
) -> None:
    board.light("ceiling", LightState.ON)
    board.light("reader", LightState.ON)
    assert heard.wait_for(LightRefused).light == "ceiling"
    board.light("ceiling", LightState.OFF)
    eventually(lambda: end.lights["reader"] is LightState.ON, "the light is on")
    polled = end.questions
    eventually(lambda: end.questions > polled + 2, "the board is asked again")
    assert len(heard.all(LightRefused)) == 1


@pytest.mark.parametrize("name", ["", "Reader", "a b", "reader\r\nDOOR 1", "x" * 17])
def test_a_light_that_cannot_have_that_name_is_a_mistake(
    name: str, end: SignalBoardSimulator
) -> None:
    board = a_board(end)
    with pytest.raises(ValueError, match="a light has 1 to 16"):
        board.light(name, LightState.ON)
    board.stop()


@pytest.mark.parametrize("fault", [BoardFault.PIECES, BoardFault.SLOW, BoardFault.SILENT_ONCE])
def test_a_board_with_a_poor_line_stays_online(
    fault: BoardFault, end: SignalBoardSimulator, board: SerialBoard, heard: Heard
) -> None:
    end.fault = fault
    polled = end.questions
    eventually(lambda: end.questions > polled + 2, "the board is asked again")
    end.fault = BoardFault.NONE
    end.door_open = True
    heard.wait_for(DoorChanged, count=2)
    assert heard.states == [DeviceState.STARTING, DeviceState.ONLINE]
    assert [event.open for event in heard.all(DoorChanged)] == [False, True]


@pytest.mark.parametrize("fault", [BoardFault.SILENT, BoardFault.GARBAGE, BoardFault.WRONG_CHECK])
def test_a_board_that_makes_no_sense_is_faulted_unknown_and_comes_back(
    fault: BoardFault, end: SignalBoardSimulator, heard: Heard
) -> None:
    board = a_board(end, QUICK)
    with capture_logs() as logs:
        board.start(heard)
        heard.wait_for_state(DeviceState.ONLINE)
        end.fault = fault
        heard.wait_for_state(DeviceState.BACK_OFF)
        assert board.state() == SignalState()
        end.fault = BoardFault.NONE
        heard.wait_for_state(DeviceState.ONLINE, count=2)
    assert [entry["event"] for entry in logs] == ["device.lost", "device.returned"]
    board.stop()
    assert [event.power for event in heard.all(PowerChanged)][:3] == [MAINS, None, MAINS]


def test_a_change_with_a_wrong_checksum_is_told_by_the_next_poll(
    end: SignalBoardSimulator, board: SerialBoard, heard: Heard
) -> None:
    end.fault = BoardFault.WRONG_CHECK
    end.door_open = True
    end.fault = BoardFault.NONE
    assert heard.wait_for(DoorChanged, count=2).open is True


class SpoilsALine(SignalBoardSimulator):
    """Of one answer the line of the door comes damaged, once it is to."""

    def __init__(self, line: ScannerLine) -> None:
        super().__init__(line)
        self.spoils = threading.Event()

    def receive(self, data: bytes) -> bytes:
        answer = super().receive(data)
        if b"DOOR" in answer and self.spoils.is_set():
            self.spoils.clear()
            return answer.replace(b"DOOR", b"DOXR")
        return answer


def test_a_part_of_which_the_line_came_damaged_is_not_taken_for_missing(
    tmp_path: Path, heard: Heard
) -> None:
    end = SpoilsALine(ScannerLine(tmp_path / "signals"))
    end.start()
    board = a_board(end)
    board.start(heard)
    heard.wait_for_state(DeviceState.ONLINE)
    end.spoils.set()
    eventually(lambda: not end.spoils.is_set(), "a line is damaged")
    polled = end.questions
    eventually(lambda: end.questions > polled + 2, "the board is asked again")
    assert heard.story() == ["DoorChanged", "PresenceChanged", "PowerChanged"]
    board.stop()
    end.stop()


def test_what_the_board_says_by_itself_comes_behind_an_answer_that_is_going_out(
    end: SignalBoardSimulator, board: SerialBoard, heard: Heard
) -> None:
    end.fault = BoardFault.SLOW  # the answer is made up, and goes out later
    polled = end.questions
    eventually(lambda: end.questions > polled, "the board is asked")
    end.door_open = True
    heard.wait_for(DoorChanged, count=2)
    polled = end.questions
    eventually(lambda: end.questions > polled + 2, "the board is asked again")
    assert [event.open for event in heard.all(DoorChanged)] == [False, True]


def test_a_flood_without_an_end_of_line_neither_fills_memory_nor_stops_the_board(
    end: SignalBoardSimulator, board: SerialBoard, heard: Heard
) -> None:
    for _ in range(100):
        end.send(b"X" * 1000)
    end.send(b"\n")
    end.present = True
    assert heard.wait_for(PresenceChanged, count=2).present is True
    assert DeviceState.FAULTED not in heard.states


def test_unplugged_and_plugged_in_again_it_tells_without_a_restart(
    end: SignalBoardSimulator, board: SerialBoard, heard: Heard
) -> None:
    with capture_logs() as logs:
        end.unplug()
        heard.wait_for_state(DeviceState.ABSENT)
        end.plug()
        heard.wait_for_state(DeviceState.ONLINE, count=2)
    assert [entry["event"] for entry in logs] == ["device.lost", "device.returned"]
    assert [event.open for event in heard.all(DoorChanged)] == [False, None, False]


def test_thirty_losses_leave_no_thread_and_no_descriptor(
    end: SignalBoardSimulator, heard: Heard
) -> None:
    with nothing_left_behind():
        board = a_board(end)
        board.start(heard)
        heard.wait_for_state(DeviceState.ONLINE)
        for loss in range(1, 31):
            end.unplug()
            heard.wait_for_state(DeviceState.BACK_OFF, count=loss)
            end.plug()
            heard.wait_for_state(DeviceState.ONLINE, count=loss + 1)
        board.stop()


class DeafToLights(SignalBoardSimulator):
    """Tells everything and takes no notice of lights."""

    def receive(self, data: bytes) -> bytes:
        questions = [heard for heard in LineDecoder().feed(data) if isinstance(heard, StateAsked)]
        return super().receive(b"".join(encode(question) for question in questions))


class NotedBackOff(BackOff):
    """Keeps what it said."""

    def __init__(self, steady_s: float) -> None:
        super().__init__(first_s=0.02, longest_s=1.0, steady_s=steady_s)
        self.waits: list[float] = []

    def next_s(self) -> float:
        self.waits.append(super().next_s())
        return self.waits[-1]


def test_a_board_that_tells_and_does_not_do_is_tried_less_and_less_often(
    tmp_path: Path, heard: Heard
) -> None:
    end = DeafToLights(ScannerLine(tmp_path / "signals"), lights=("reader",))
    end.start()
    back_off = NotedBackOff(steady_s=60.0)
    board = SerialBoard(end.url, back_off=back_off, times=BoardTimes(answer=0.1))
    board.light("reader", LightState.ON)
    with capture_logs() as logs:
        board.start(heard)
        heard.wait_for_state(DeviceState.BACK_OFF, count=6)
        board.stop()
    end.stop()
    assert DeviceState.ONLINE in heard.states
    assert back_off.waits[:5] == sorted(back_off.waits[:5])
    assert back_off.waits[4] > 4 * back_off.first_s
    assert [entry["event"] for entry in logs] == ["device.lost"]


def test_a_board_that_does_its_work_again_has_returned_and_is_tried_again_at_once(
    end: SignalBoardSimulator, heard: Heard
) -> None:
    back_off = NotedBackOff(steady_s=0.2)
    board = SerialBoard(end.url, back_off=back_off, times=TIMES)
    with capture_logs() as logs:
        board.start(heard)
        heard.wait_for_state(DeviceState.ONLINE)
        end.unplug()
        eventually(lambda: len(back_off.waits) > 3, "it is tried again and again")
        assert back_off.waits[3] > back_off.first_s
        end.plug()
        eventually(lambda: len(logs) > 1, "the return is logged")
        tried = len(back_off.waits)
        end.unplug()
        eventually(lambda: len(back_off.waits) > tried, "it is lost again")
        assert back_off.waits[tried] <= back_off.first_s
        board.stop()
    assert [entry["event"] for entry in logs][:2] == ["device.lost", "device.returned"]
