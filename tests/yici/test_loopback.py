"""Ports of a station."""

from __future__ import annotations

import socket
from pathlib import Path

from yici.loopback import HOST, free_ports, hold, takes_connections


def test_a_free_port_is_taken_as_wanted() -> None:
    with hold() as held:
        port = held.getsockname()[1]
        assert free_ports([port]) == (port,)


def test_a_port_that_is_held_is_for_whoever_asks_for_it_and_for_one_alone() -> None:
    with hold() as held:
        port = held.getsockname()[1]
        with socket.create_server((HOST, port)):
            assert takes_connections((HOST, port))
            assert free_ports([port]) != (port,)
        with socket.create_server((HOST, port)):
            assert takes_connections((HOST, port))


def test_a_port_in_use_is_replaced_and_no_port_is_given_twice() -> None:
    with socket.create_server((HOST, 0)) as other:
        taken = other.getsockname()[1]
        chosen = free_ports([taken, taken, taken])
    assert taken not in chosen
    assert len(set(chosen)) == 3
    with hold() as held:
        wanted = held.getsockname()[1]
        first, *others = free_ports([wanted, wanted, wanted])
    assert first == wanted
    assert len({first, *others}) == 3


def test_a_listening_port_and_a_listening_file_take_connections(tmp_path: Path) -> None:
    path = tmp_path / "X99"
    with socket.create_server((HOST, 0)) as port, socket.socket(socket.AF_UNIX) as file:
        file.bind(str(path))
        file.listen()
        assert takes_connections(port.getsockname()[:2])
        assert takes_connections(path)


def test_a_closed_port_and_a_missing_or_dead_file_take_none(tmp_path: Path) -> None:
    dead = tmp_path / "X99"
    with socket.socket(socket.AF_UNIX) as file:
        file.bind(str(dead))
    with hold() as closed:
        assert not takes_connections(closed.getsockname())
    assert not takes_connections(tmp_path / "X98")
    assert not takes_connections(dead)
