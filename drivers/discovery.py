"""What is attached to this machine, whether the settings name it or not. Opens no device.

Listing what may not be listed (no rights, no service) is told in `notes`, never left out silently.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from importlib import import_module
from pathlib import Path

VIDEO = Path("/sys/class/video4linux")
INPUT = Path("/dev/input")
PRINTERS = Path("/sys/class/usbmisc")
SOUND = Path("/sys/class/sound")

_PLAYS = re.compile(r"pcmC(\d+)D(\d+)p")  # card, device, playback
_MAKER, _MODEL = ("MFG", "MANUFACTURER"), ("MDL", "MODEL")  # IEEE 1284, of the device ID


class Port(StrEnum):
    """How a device is attached."""

    SERIAL = "serial"
    INPUT = "input"  # keyboards, scanners that play one, keypads
    VIDEO = "video"
    PRINTER = "printer"  # of the USB printer class
    SOUND = "sound"  # what a sound card plays on
    SMART_CARD = "smart_card"  # a reader that pcscd serves


@dataclass(frozen=True)
class Attachment:
    """One device. `where` is what settings name it by."""

    port: Port
    where: str
    name: str


@dataclass(frozen=True)
class Discovery:
    """Everything found; `notes`: why something could not be looked for."""

    found: tuple[Attachment, ...]
    notes: tuple[str, ...] = ()


def discover(
    video: Path = VIDEO, inputs: Path = INPUT, printers: Path = PRINTERS, sound: Path = SOUND
) -> Discovery:
    """Look everywhere."""
    found: list[Attachment] = []
    notes: list[str] = []
    looks: tuple[Callable[[list[Attachment]], None], ...] = (
        _serial_ports,
        lambda found: _input_devices(found, inputs),
        lambda found: _video_devices(found, video),
        lambda found: _usb_printers(found, printers),
        lambda found: _sound_outputs(found, sound),
        _card_readers,
    )
    for look in looks:
        try:
            look(found)
        except (OSError, ImportError, _NotListed) as error:
            notes.append(str(error))
    return Discovery(tuple(found), tuple(notes))


class _NotListed(Exception):
    """A kind of device cannot be listed; says why."""


def _serial_ports(found: list[Attachment]) -> None:
    from serial.tools import list_ports  # noqa: PLC0415 - only for who lists

    for port in sorted(list_ports.comports(), key=lambda port: port.device):
        if port.hwid != "n/a":  # a port of the chipset behind which nothing is wired
            found.append(Attachment(Port.SERIAL, _lasting(Path(port.device)), port.description))


def _lasting(port: Path) -> str:
    """The name that stays when ports are swapped, where udev made one."""
    for link in sorted(Path("/dev/serial/by-id").glob("*")):
        if link.resolve() == port:
            return str(link)
    return str(port)


def _input_devices(found: list[Attachment], folder: Path) -> None:
    from evdev import InputDevice, list_devices  # noqa: PLC0415

    readable = sorted(list_devices(str(folder)))
    for path in readable:
        with suppress(OSError):  # unplugged since it was listed
            device: InputDevice[str] = InputDevice(path)
            found.append(Attachment(Port.INPUT, path, device.name))
            device.close()
    if (hidden := len(list(folder.glob("event*"))) - len(readable)) > 0:
        raise _NotListed(f"{folder}: {hidden} devices may not be read; join the group input")


def _video_devices(found: list[Attachment], folder: Path) -> None:
    for device in sorted(folder.glob("video*")):
        name = (device / "name").read_text("utf-8").strip()
        found.append(Attachment(Port.VIDEO, f"/dev/{device.name}", name))


def _usb_printers(found: list[Attachment], folder: Path) -> None:
    for device in sorted(folder.glob("lp*")):
        name = _printer_name((device / "device" / "ieee1284_id").read_text("utf-8", "replace"))
        found.append(Attachment(Port.PRINTER, f"usblp:///dev/usb/{device.name}", name))


def _printer_name(identifier: str) -> str:
    """Maker and model out of `MFG:EPSON;MDL:TM-T88V;CLS:PRINTER;`."""
    pairs = dict(part.strip().split(":", 1) for part in identifier.split(";") if ":" in part)
    said = (next((pairs[key] for key in keys if key in pairs), "") for keys in (_MAKER, _MODEL))
    return " ".join(filter(None, said))


def _sound_outputs(found: list[Attachment], folder: Path) -> None:
    for device in sorted(folder.glob("pcm*")):
        if playing := _PLAYS.fullmatch(device.name):
            card, number = playing.groups()
            name = (folder / f"card{card}" / "id").read_text("utf-8").strip()
            found.append(Attachment(Port.SOUND, f"plughw:CARD={name},DEV={number}", name))


def _card_readers(found: list[Attachment]) -> None:
    scard = import_module("smartcard.scard")  # by name, for pyscard carries no types
    code, context = scard.SCardEstablishContext(scard.SCARD_SCOPE_SYSTEM)
    if code != scard.SCARD_S_SUCCESS:
        raise _NotListed("PC/SC: no service; is pcscd running?")
    try:
        _, readers = scard.SCardListReaders(context, [])
        found += (Attachment(Port.SMART_CARD, name, name) for name in readers)
    finally:
        scard.SCardReleaseContext(context)
