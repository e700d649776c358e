"""What is left of a receipt broken off: never on the next citizen's paper, nor in its place."""

from __future__ import annotations

import dataclasses
import os
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import cast

import pytest

from drivers.receipt_printer.encoder import SlipEncoder
from drivers.receipt_printer.esc_pos import EscPosPrinter, PrinterTimes
from drivers.receipt_printer.glyphs import Glyphs
from drivers.receipt_printer.paper import PAPER_80_MM
from drivers.receipt_printer.picture import as_text, print_outs
from drivers.receipt_printer.port import JobEnd, JobEnded
from drivers.receipt_printer.real_time import CLEAR, without_real_time
from drivers.receipt_printer.slip import Pair, QrCode, Slip, Text
from drivers.simulators.clearing import Clearing
from drivers.simulators.esc_pos import EscPosSimulator, PrinterFault
from drivers.simulators.line import Line, PtyLine, TcpLine
from drivers.status import DeviceState, PaperState
from drivers.wire import Wire
from tests.drivers.printer_times import Hurried
from tests.harness.devices import Heard, eventually, quick_back_off

pytestmark = pytest.mark.filterwarnings("error::pytest.PytestUnhandledThreadExceptionWarning")

TIMES = PrinterTimes(poll=0.05, answer=20.0, patience=20.0, send=20.0, last_answer=20.0)
QUICK = dataclasses.replace(TIMES, answer=1.0, send=1.0, last_answer=1.0)
CLOSING_WAIT_S = 30  # setserial(8)
TAKEN = 3000  # bytes that the printer takes of a job before it stops
ONE_READ = 4096  # what it takes at once
DRAWN = Slip(tuple(Text(f"甲的第{number}行 𠮷", scale=3) for number in range(30)))
WRITTEN = Slip(tuple(Text(f"甲的第{number}行") for number in range(40)))
LONG = Slip((Text("甲" * 10_000),))
NEXT = Slip((Text("乙的回执"), Pair("办件编号", "4301002026"), Text("乙的最后一行")))

Start = Callable[[EscPosSimulator, Heard], EscPosPrinter]
CLEARS = pytest.mark.parametrize("clears", [True, False], ids=["clears", "cannot clear"])


@pytest.fixture(params=["pty", "tcp"])
def line(request: pytest.FixtureRequest, tmp_path: Path) -> Line:
    return TcpLine() if request.param == "tcp" else PtyLine(tmp_path / "printer")


@pytest.fixture
def times() -> Hurried:
    """A held line answers nothing, and not every printer that it was cleared."""
    return Hurried(TIMES, QUICK)


@pytest.fixture
def start(glyphs: Glyphs, times: Hurried) -> Iterator[Start]:
    begun: list[EscPosPrinter | EscPosSimulator] = []

    def started(end: EscPosSimulator, heard: Heard) -> EscPosPrinter:
        if end not in begun:
            end.start()
        encoder = SlipEncoder(PAPER_80_MM, glyphs)
        printer = EscPosPrinter(
            end.url, encoder, back_off=quick_back_off(), times=cast(PrinterTimes, times)
        )
        begun[:0] = [printer, end]
        with times.hurry():
            printer.start(heard)
            heard.wait_for_state(DeviceState.ONLINE)
        return printer

    yield started
    for one in begun:
        one.stop()


def on_paper(end: EscPosSimulator) -> list[str]:
    return [as_text(out.marks) for out in end.print_outs]


def read(data: bytes) -> list[str]:
    """What stands on the pieces of paper that these bytes make."""
    return [as_text(out) for out in print_outs(data, PAPER_80_MM)]


def alone(glyphs: Glyphs, slip: Slip) -> str:
    """What a slip says when nothing was before it."""
    [text] = read(SlipEncoder(PAPER_80_MM, glyphs).encode(slip))
    return text


@CLEARS
def test_after_a_printer_that_stopped_in_mid_job_the_next_receipt_is_whole_and_alone(
    line: Line, start: Start, times: Hurried, heard: Heard, glyphs: Glyphs, *, clears: bool
) -> None:
    end = EscPosSimulator(line, PAPER_80_MM, clears=clears)
    printer = start(end, heard)
    with times.hurry():
        line.hold(after=TAKEN)
        printer.print("job-a", DRAWN)
        assert heard.wait_for(JobEnded).end in (JobEnd.FAILED, JobEnd.UNKNOWN)
        heard.wait_for_state(DeviceState.BACK_OFF)
        line.let_go()
        heard.wait_for_state(DeviceState.ONLINE, count=2)
    printer.print("job-b", NEXT)
    assert heard.wait_for(JobEnded, count=2).end is JobEnd.SENT
    assert on_paper(end)[-1] == alone(glyphs, NEXT)
    assert "乙" not in "".join(on_paper(end)[:-1])


def test_what_the_line_still_held_of_a_job_broken_off_never_comes_out(
    tmp_path: Path, start: Start, times: Hurried, heard: Heard
) -> None:
    line = PtyLine(tmp_path / "printer")
    end = EscPosSimulator(line, PAPER_80_MM)
    printer = start(end, heard)
    # the read that goes over, and what the other end of a pseudo-terminal has taken by then
    most = TAKEN + 2 * ONE_READ
    with times.hurry():
        line.hold(after=TAKEN)
        printer.print("job-a", LONG)
        assert heard.wait_for(JobEnded).bytes_sent > most
        heard.wait_for_state(DeviceState.BACK_OFF)
    line.let_go()
    eventually(lambda: end.print_outs, "what had come out is cut off")
    assert sum(text.count("甲") for text in on_paper(end)) * 2 <= most


@CLEARS
def test_paper_put_in_after_it_ran_out_does_not_bring_the_last_ones_receipt(
    line: Line, start: Start, times: Hurried, heard: Heard, glyphs: Glyphs, *, clears: bool
) -> None:
    end = EscPosSimulator(line, PAPER_80_MM, clears=clears)
    printer = start(end, heard)
    end.fault = PrinterFault.PAPER_OUT_MID_JOB
    with nullcontext() if clears else times.hurry():
        printer.print("job-a", WRITTEN)
        assert heard.wait_for(JobEnded).end is JobEnd.PAPER_OUT
    end.paper = PaperState.FULL
    printer.print("job-b", NEXT)
    assert heard.wait_for(JobEnded, count=2).end is JobEnd.SENT
    # a printer that cannot clear has it in its buffer; at least it is a piece of its own
    before = [] if clears else [alone(glyphs, WRITTEN)]
    assert on_paper(end) == [*before, alone(glyphs, NEXT)]


def test_a_receipt_that_nobody_knows_of_does_not_come_out_later(
    line: Line, start: Start, times: Hurried, heard: Heard, glyphs: Glyphs
) -> None:
    end = EscPosSimulator(line, PAPER_80_MM)
    printer = start(end, heard)
    with times.hurry():
        line.hold(after=1)
        printer.print("job-a", WRITTEN)
        assert heard.wait_for(JobEnded).end in (JobEnd.FAILED, JobEnd.UNKNOWN)
    line.let_go()
    printer.print("job-b", NEXT)
    assert heard.wait_for(JobEnded, count=2).end is JobEnd.SENT
    assert on_paper(end)[-1] == alone(glyphs, NEXT)


def test_a_terminal_that_ended_in_mid_job_leaves_nothing_that_eats_the_first_receipt(
    line: Line, start: Start, heard: Heard, glyphs: Glyphs
) -> None:
    end = EscPosSimulator(line, PAPER_80_MM, clears=False)
    printer = start(end, heard)
    line.hold(after=TAKEN)
    printer.print("job-a", DRAWN)
    heard.wait_for_state(DeviceState.BUSY)
    printer.stop()
    line.let_go()
    again = Heard()
    start(end, again).print("job-b", NEXT)
    assert again.wait_for(JobEnded).end is JobEnd.SENT
    assert on_paper(end)[-1].endswith(alone(glyphs, NEXT))


def test_wherever_a_job_breaks_off_the_next_one_is_whole(glyphs: Glyphs) -> None:
    encoder = SlipEncoder(PAPER_80_MM, glyphs)
    job = encoder.encode(Slip((Text("甲 𠮷", scale=3), QrCode("办" * 100), Text("甲甲", scale=2))))
    afresh, following = encoder.fresh_start(cut=True), encoder.encode(NEXT)
    for end in (*range(0, 3000, 97), *range(len(job) - 400, len(job), 3)):
        *_, last = read(job[:end] + afresh + following)
        assert last == alone(glyphs, NEXT), f"broken off after {end} bytes"


def test_starting_afresh_puts_nothing_on_paper(glyphs: Glyphs) -> None:
    encoder = SlipEncoder(PAPER_80_MM, glyphs)
    assert read(encoder.fresh_start(cut=False)) == []
    assert read(encoder.fresh_start(cut=True) + encoder.encode(NEXT))[1:] == [alone(glyphs, NEXT)]


@pytest.mark.parametrize("number", [0x04, 0x05, 0x14])
def test_no_picture_switches_the_printer_off(number: int) -> None:
    dots = bytes([0x10, 0x10, number, 0x02, 0x01, 0x08, 0x10, number])
    cleaned = without_real_time(dots)
    assert len(cleaned) == len(dots)
    assert bytes([0x10, number]) not in cleaned


@pytest.mark.parametrize("piece", [1, 3, 50])
def test_a_printer_obeys_the_clearing_however_it_is_torn(piece: int) -> None:
    stream = b"\x1dv0\x00" + CLEAR[:4] + CLEAR + b"rest" + CLEAR + b"more"
    clearing, left = Clearing(), b""
    for start in range(0, len(stream), piece):
        part = stream[start : start + piece]
        end = clearing.feed(part)
        left = left + part if end is None else part[end:]
    assert left == b"more"


# -- the wire


def test_closing_a_line_that_is_held_up_neither_waits_nor_sends_the_rest(tmp_path: Path) -> None:
    line = PtyLine(tmp_path / "line")
    heard = bytearray()

    class Ear:
        def power_on(self) -> None:
            heard.clear()

        def receive(self, data: bytes) -> bytes:
            heard.extend(data)
            return b""

    line.start(Ear())
    line.hold()
    with Wire.open(line.url, 9600, lambda: False) as wire:
        wrote = wire.write(b"a" * 100_000, wire.deadline(0.5))
        began = time.monotonic()
    assert time.monotonic() - began < CLOSING_WAIT_S / 2
    line.let_go()
    with Wire.open(line.url, 9600, lambda: False) as wire:
        wire.write(b"b", wire.deadline(1.0))
        eventually(lambda: b"b" in heard, "the line goes on")
    # what the other end of a pseudo-terminal has taken already cannot be called back
    assert heard.count(b"a") <= ONE_READ < wrote
    line.stop()


def test_a_connection_that_is_held_up_is_reset_and_not_drained() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        port = server.getsockname()[1]
        with Wire.open(f"socket://127.0.0.1:{port}", 9600, lambda: False) as wire:
            peer, _ = server.accept()
            wrote = wire.write(b"a" * (8 << 20), wire.deadline(0.5))
            assert not wire.flush(wire.deadline(0.1))
        came = 0
        with peer, pytest.raises(ConnectionResetError):
            while data := peer.recv(1 << 16):
                came += len(data)
        assert came < wrote


def test_a_line_that_is_empty_is_known_to_be(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        with Wire.open(f"socket://127.0.0.1:{port}", 9600, lambda: False) as wire:
            wire.write(b"all", wire.deadline(1.0))
            assert wire.flush(wire.deadline(5.0))
    master, slave = os.openpty()
    with Wire.open(os.ttyname(slave), 9600, lambda: False) as wire:
        assert wire.flush(wire.deadline(1.0))
    os.close(master)
    os.close(slave)
