"""The kernel's `struct input_event`, as scanners that play a keyboard and keypads send it."""

from __future__ import annotations

import struct

EVENT = struct.Struct("@llHHi")  # seconds, microseconds, type, code, value
UP, DOWN = 0, 1  # values of a key; 2 is its repetition
