"""What a device may not leave behind when it is stopped: threads and open files."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.harness.devices import WITHIN_S, soon


@contextmanager
def nothing_left_behind() -> Iterator[None]:
    """Fails when, soon after the block, there are more threads or open files than before it.

    Fewer are well: what an earlier test left to end by itself may end meanwhile.
    """
    threads, files = set(threading.enumerate()), open_files()
    yield
    if not soon(lambda: threading.active_count() <= len(threads), WITHIN_S):
        left = sorted(thread.name for thread in set(threading.enumerate()) - threads)
        pytest.fail(f"threads left behind: {', '.join(left)}")
    if not soon(lambda: len(open_files()) <= len(files), WITHIN_S):
        left = sorted(set(open_files().items()) - set(files.items()))
        pytest.fail(f"open files left behind: {left}")


def open_files() -> dict[str, str]:
    """What each file descriptor of this process is open on."""
    found = {}
    for descriptor in Path("/proc/self/fd").iterdir():
        try:
            found[descriptor.name] = str(descriptor.readlink())
        except FileNotFoundError:  # the one by which the folder was listed, or closed meanwhile
            continue
    return found
