"""The lights of a signal board on its real wire show the way through a session."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from drivers.kinds import Kind
from drivers.signals.board import SerialBoard
from drivers.signals.port import LightState
from drivers.simulators.code_scanner import ScannerLine
from drivers.simulators.signals import SignalBoardSimulator
from tests.harness.devices import eventually, quick_back_off
from tests.harness.station import Citizen, running_station
from tests.kiosk.station.conftest import SCRIPT, Site

OFF, ON, BLINK = LightState.OFF, LightState.ON, LightState.BLINK


@pytest.fixture
def board(tmp_path: Path) -> Iterator[SignalBoardSimulator]:
    lights = ("reader", "printer", "call")
    simulator = SignalBoardSimulator(ScannerLine(tmp_path / "board"), lights=lights)
    simulator.start()
    yield simulator
    simulator.stop()


@pytest.fixture
def citizen(site: Site, board: SignalBoardSimulator) -> Iterator[Citizen]:
    signals = {Kind.SIGNALS: lambda: SerialBoard(board.url, back_off=quick_back_off())}
    with running_station(site.settings, attached=signals) as (someone, _):
        yield someone


def shines(board: SignalBoardSimulator, **lights: LightState) -> None:
    """Wait until these lights are so."""
    told = ", ".join(f"{name} {state}" for name, state in lights.items())
    eventually(lambda: lights.items() <= board.lights.items(), told)


def test_the_reader_is_lit_while_a_card_is_asked_for(
    citizen: Citizen, site: Site, board: SignalBoardSimulator
) -> None:
    citizen.go("begin", "choose")
    citizen.go("newborn", "identify")
    shines(board, reader=ON, printer=OFF, call=OFF)
    site.reader.lay(site.people["chen"])
    citizen.screen.wait_for("consent")
    shines(board, reader=OFF)


def test_the_reader_blinks_for_a_card_that_is_left_behind(
    citizen: Citizen, site: Site, board: SignalBoardSimulator
) -> None:
    site.identify(citizen)
    citizen.go("leave", "leave")
    citizen.go("end", "goodbye")
    shines(board, reader=BLINK)
    site.reader.remove()
    citizen.go("finish", "idle")
    shines(board, reader=ON)


def test_the_printer_blinks_where_the_receipt_comes_out(
    citizen: Citizen, site: Site, board: SignalBoardSimulator
) -> None:
    site.identify(citizen)
    citizen.to("done", SCRIPT)
    shines(board, printer=BLINK)
    site.reader.remove()
    citizen.go("finish", "goodbye")
    shines(board, printer=OFF)


def test_whoever_asks_for_help_is_seen_from_afar(
    citizen: Citizen, board: SignalBoardSimulator
) -> None:
    citizen.go("begin", "choose")
    citizen.go("help", "help")
    shines(board, call=ON)
    citizen.go("close", "choose")
    shines(board, call=OFF)


def test_a_board_that_comes_back_shows_what_it_would_have_shown(
    citizen: Citizen, board: SignalBoardSimulator
) -> None:
    citizen.go("begin", "choose")
    shines(board, reader=ON)
    board.unplug()
    citizen.go("help", "help")
    board.plug()
    shines(board, call=ON)
