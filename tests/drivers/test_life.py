"""The life of a device as a table, its waits, and the real wire beneath it."""

from __future__ import annotations

import os
import pty
import random
import select
from pathlib import Path

import pytest

from drivers.life import LIFE, BackOff, Happening
from drivers.status import DeviceState, DeviceStatus
from drivers.wire import Stopped, Wire, WireLost
from tests.harness.devices import WITHIN_S


def test_every_state_can_be_reached_and_left() -> None:
    assert {state for state, _ in LIFE} == set(DeviceState)
    assert set(LIFE.values()) == set(DeviceState)


def test_whatever_fails_comes_online_again() -> None:
    way = (Happening.FAILED, Happening.PORT_CLOSED, Happening.PORT_OPENED, Happening.ANSWERED)
    for failing in (DeviceState.STARTING, DeviceState.ONLINE, DeviceState.BUSY):
        state = failing
        for happening in way:
            state = LIFE[state, happening]
        assert state is DeviceState.ONLINE


def test_only_an_answer_makes_a_device_usable() -> None:
    usable = {state for state in DeviceState if DeviceStatus("any", state).usable}
    entries = {
        happening
        for (state, happening), then in LIFE.items()
        if then in usable and state not in usable
    }
    assert entries == {Happening.ANSWERED}


def test_waits_grow_to_the_longest_and_begin_anew_after_an_answer() -> None:
    back_off = BackOff(first_s=0.3, longest_s=10.0, chance=random.Random(1))
    waits = [back_off.next_s() for _ in range(40)]
    for failures, wait in enumerate(waits):
        span = min(10.0, 0.3 * 2**failures)
        assert span / 2 <= wait <= span
    assert len({round(wait, 3) for wait in waits[10:]}) > 20
    back_off.reset()
    assert back_off.next_s() <= 0.3


@pytest.mark.parametrize(
    "url",
    [
        "/dev/there-is-no-such-port",
        "socket://127.0.0.1:1",
        "socket://nowhere",
        "carrier-pigeon://1",
    ],
)
def test_a_port_that_cannot_be_opened_says_which(url: str) -> None:
    with pytest.raises(WireLost, match=r"cannot be opened") as caught:
        Wire.open(url, 115200, lambda: False)
    assert url in str(caught.value)


def test_a_file_that_is_no_port_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.touch()
    with pytest.raises(WireLost):
        Wire.open(str(file), 115200, lambda: False)


def test_a_port_has_one_owner() -> None:
    master, slave = pty.openpty()
    name = os.ttyname(slave)
    with Wire.open(name, 115200, lambda: False), pytest.raises(WireLost):
        Wire.open(name, 115200, lambda: False)
    os.close(master)
    os.close(slave)


def test_waiting_on_a_wire_ends_when_the_owner_is_to_stop() -> None:
    master, slave = pty.openpty()
    asked = iter([False, False])
    wire = Wire.open(os.ttyname(slave), 115200, lambda: next(asked, True))
    with wire, pytest.raises(Stopped):
        wire.read(wire.deadline(60))
    os.close(master)
    os.close(slave)


def test_writing_to_nobody_ends_in_time_and_counts_what_went_out() -> None:
    master, slave = pty.openpty()
    with Wire.open(os.ttyname(slave), 115200, lambda: False) as wire:
        sent = wire.write(b"x" * 1_000_000, wire.deadline(0.05))
        assert 0 < sent < 1_000_000
        waiting = 0
        os.set_blocking(master, False)
        while waiting < sent:
            assert select.select([master], [], [], WITHIN_S)[0], "all that was sent comes"
            waiting += len(os.read(master, 65536))
        assert waiting == sent
    os.close(master)
    os.close(slave)
