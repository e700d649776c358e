"""What stands around a terminal for one journey: the sandbox platform and simulated devices."""

from __future__ import annotations

import secrets
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from drivers.id_card.port import IdCard
from drivers.nav_keypad.driver import KEYBOARD
from drivers.nav_keypad.layout import Layout
from drivers.receipt_printer.glyphs import Glyphs
from drivers.receipt_printer.paper import PAPER_80_MM
from drivers.receipt_printer.picture import as_png
from drivers.simulators import people
from drivers.simulators.audio import AudioSimulator
from drivers.simulators.code_scanner import ScannerLine
from drivers.simulators.esc_pos import EscPosSimulator
from drivers.simulators.line import PtyLine
from drivers.simulators.nav_keypad import NavKeypadSimulator
from drivers.simulators.sam_a import SamASimulator
from yici.mistakes import Unusable

KEYS = {**KEYBOARD, "KEY_TAB": "next"}  # a keypad, and a socket for a second switch
STOP_TIMEOUT_S = 10.0
ASK_TIMEOUT_S = 10.0


@dataclass(frozen=True)
class Surroundings:
    """The far ends of a terminal's wires."""

    platform_url: str
    key: str
    reader: SamASimulator
    printer: EscPosSimulator
    keypad: NavKeypadSimulator
    audio: AudioSimulator
    cards: dict[str, IdCard]

    def newest_case(self) -> dict[str, Any]:
        """What the platform has of the newest case, as its desk shows it; empty when none."""
        answer = httpx.get(
            f"{self.platform_url}/desk/cases", timeout=ASK_TIMEOUT_S, trust_env=False
        ).raise_for_status()
        return next(iter(answer.json()), {})

    @property
    def keys(self) -> dict[str, str]:
        """What the keys of the keypad mean."""
        return KEYS

    @property
    def papers(self) -> int:
        """How many pieces of paper the printer has given out."""
        outs = self.printer.print_outs
        return outs[-1].number if outs else 0

    def save_receipt(self, file: Path, font: Path) -> None:
        """The newest piece of paper as a picture. Raises IndexError when there is none."""
        marks = self.printer.print_outs[-1].marks
        file.write_bytes(as_png(marks, PAPER_80_MM, Glyphs(font)))


@contextmanager
def surroundings(folder: Path, config: Path) -> Iterator[Surroundings]:
    """Platform and devices with their data and wires in `folder`; ended on leaving.

    `config`: the folder that holds `sandbox/people.yaml` and `catalogue`. Raises PeopleError, and
    Unusable when the platform does not start, having said why on standard error.
    """
    key = secrets.token_hex(16)
    invented = config / "sandbox/people.yaml"
    cards = {person.slug: person.card for person in people.load(invented)}
    reader = SamASimulator(PtyLine(folder / "id-card"))
    printer = EscPosSimulator(PtyLine(folder / "receipt-printer"), PAPER_80_MM)
    keypad = NavKeypadSimulator(ScannerLine(folder / "keypad"), Layout.of(KEYS))
    audio = AudioSimulator(folder / "audio")
    devices = (reader, printer, keypad, audio)
    command = [sys.executable, "-m", "kiosk.gateway.sandbox", "--port", "0", "--key", key]
    command += ["--data", str(folder / "platform"), "--people", str(invented)]
    command += ["--catalogue", str(config / "catalogue")]
    with subprocess.Popen(command, cwd=config.parent, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603
        try:
            if process.stdout is None:
                raise AssertionError("stdout is a pipe")
            url = process.stdout.readline().strip()
            if not url:
                raise Unusable(f"no platform with what is in {config}; why is said above")
            for device in devices:
                device.start()
            yield Surroundings(url, key, reader, printer, keypad, audio, cards)
        finally:
            for device in devices:
                device.stop()
            process.terminate()
            process.wait(STOP_TIMEOUT_S)
