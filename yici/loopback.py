"""Ports on 127.0.0.1: free ones, and whether something answers there."""

from __future__ import annotations

import contextlib
import socket
from collections.abc import Sequence
from pathlib import Path

HOST = "127.0.0.1"
CONNECT_S = 1.0


def free_ports(wanted: Sequence[int]) -> tuple[int, ...]:
    """For each port wanted itself, or another where it is taken; all different."""
    chosen: list[int] = []
    with contextlib.ExitStack() as held:
        for port in wanted:
            holding = held.enter_context(hold(0 if port in chosen else port))
            chosen.append(holding.getsockname()[1])
    return tuple(chosen)


def hold(port: int = 0) -> socket.socket:
    """Hold this port, or another where it is taken; 0 asks for any.

    While it is held nobody is given it by chance, and a server that asks for it by its number gets
    it all the same: the socket does not listen, and shares its address as servers do.
    """
    held = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        held.bind((HOST, port))
    except OSError:
        held.bind((HOST, 0))
    return held


def takes_connections(address: tuple[str, int] | Path) -> bool:
    """Whether a server listens at a port, or at a socket in the file system."""
    family = socket.AF_UNIX if isinstance(address, Path) else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as client:
        client.settimeout(CONNECT_S)
        try:
            client.connect(str(address) if isinstance(address, Path) else address)
        except OSError:
            return False
        return True
