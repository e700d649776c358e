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
    with contextlib.ExitStack() as held:
        return tuple(held.enter_context(_free(port)).getsockname()[1] for port in wanted)


def _free(port: int) -> socket.socket:
    try:
        return socket.create_server((HOST, port))
    except OSError:
        return socket.create_server((HOST, 0))


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
