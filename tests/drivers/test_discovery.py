"""What is attached to a machine, as `yici devices` lists it."""

from __future__ import annotations

from pathlib import Path

import pytest

from drivers.discovery import Attachment, Port, discover
from kiosk.access.phrases import Phrases
from tests.harness.devices import REPOSITORY


def found(folder: Path, port: Port) -> list[Attachment]:
    everything = discover(*(folder / kind for kind in ("video", "input", "usbmisc", "sound")))
    return [one for one in everything.found if one.port is port]


@pytest.mark.parametrize(
    ("identifier", "name"),
    [
        ("MFG:EPSON;CMD:ESC/P2;MDL:TM-T88V;CLS:PRINTER;", "EPSON TM-T88V"),
        ("MANUFACTURER:GP; MODEL:L80180;", "GP L80180"),
        ("\0\xff;:;", ""),
    ],
)
def test_a_printer_on_usb_is_listed_by_the_url_that_settings_take(
    identifier: str, name: str, tmp_path: Path
) -> None:
    device = tmp_path / "usbmisc" / "lp0" / "device"
    device.mkdir(parents=True)
    (device / "ieee1284_id").write_text(identifier, "latin-1")
    assert found(tmp_path, Port.PRINTER) == [Attachment(Port.PRINTER, "usblp:///dev/usb/lp0", name)]


def test_what_a_sound_card_plays_on_is_listed_by_its_alsa_name(tmp_path: Path) -> None:
    sound = tmp_path / "sound"
    for device in ("pcmC1D0p", "pcmC1D0c", "controlC1", "card1"):
        (sound / device).mkdir(parents=True)
    (sound / "card1" / "id").write_text("Device\n", "utf-8")
    assert found(tmp_path, Port.SOUND) == [
        Attachment(Port.SOUND, "plughw:CARD=Device,DEV=0", "Device")
    ]


def test_every_kind_of_port_has_its_words() -> None:
    keys = Phrases.load(REPOSITORY / "config/devices/phrases").keys()
    assert {f"port.{port}" for port in Port} <= keys
