"""Real-time commands: what a printer obeys as it comes in, wherever it stands in the bytes.

Epson's ESC/POS reference, "Real-time Commands". `DLE DC4 8` (Clear buffer(s); Citizen and others
have it too) is obeyed without paper, with the cover open, with a full buffer and in the middle of
another command: the printer forgets all that it has not printed and answers `37 25 00`; until then
nothing may be sent. A printer that does not know it takes the ten bytes for data of the command it
is in, or for control characters that print nothing.

The reference also warns that such bytes are obeyed inside pictures: see `without_real_time`.
"""

from __future__ import annotations

from drivers.wire import Wire

CLEAR = bytes.fromhex("10140801031401060208")
CLEARED = bytes.fromhex("372500")

_LEADS = (b"\x10\x04", b"\x10\x05", b"\x10\x14")  # DLE EOT, DLE ENQ, DLE DC4


def clear(wire: Wire, within_s: float) -> bool:
    """Have the printer forget what it has not printed; whether it said that it did.

    Raises what the wire raises.
    """
    wire.drain()
    until = wire.deadline(within_s)
    heard = b""
    if wire.write(CLEAR, until) == len(CLEAR):
        while CLEARED not in heard and (data := wire.read(until)):
            heard = heard[-len(CLEARED) :] + data
    return CLEARED in heard


def without_real_time(dots: bytes) -> bytes:
    """A picture's bytes with nothing in them that would be obeyed: a dot or two of it go.

    A drawer opened, a printer switched off and an answer to no question are all made of dots.
    """
    for lead in _LEADS:
        dots = dots.replace(lead, lead[:1] + b"\x00")
    return dots
