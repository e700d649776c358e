"""Ports of a station."""

from __future__ import annotations

import socket
from pathlib import Path

from yici.loopback import HOST, free_ports, takes_connections


def test_a_free_port_is_taken_as_wanted() -> None:
    (port,) = free_ports([0])
    assert free_ports([port]) == (port,)


def test_a_port_in_use_is_replaced_and_no_port_is_given_twice() -> None:
    with socket.create_server((HOST, 0)) as other:
        taken = other.getsockname()[1]
        chosen = free_ports([taken, taken, taken])
    assert taken not in chosen
    assert len(set(chosen)) == 3


def test_a_listening_port_and_a_listening_file_take_connections(tmp_path: Path) -> None:
    path = tmp_path / "X99"
    with socket.create_server((HOST, 0)) as port, socket.socket(socket.AF_UNIX) as file:
        file.bind(str(path))
        file.listen()
        assert takes_connections(port.getsockname()[:2])
        assert takes_connections(path)


def test_a_closed_port_and_a_missing_or_dead_file_take_none(tmp_path: Path) -> None:
    (port,) = free_ports([0])
    dead = tmp_path / "X99"
    with socket.socket(socket.AF_UNIX) as file:
        file.bind(str(dead))
    assert not takes_connections((HOST, port))
    assert not takes_connections(tmp_path / "X98")
    assert not takes_connections(dead)
