"""What the station acts through: screen, voice, devices and platform."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

from drivers.id_card.port import IdCardReader
from drivers.receipt_printer.port import ReceiptPrinter
from kiosk.access.profile import Profile
from kiosk.journey.page import Page
from kiosk.station.attached import Attached
from kiosk.station.platform import Platform


class Display(Protocol):
    """The screen. Safe to call from the station's thread; returns at once."""

    def show(self, page: Page, profile: Profile) -> None:
        """Draw this page, unless a newer one comes first."""

    def press(self, key: str) -> None:
        """Do what a key of the keypad asks for, on the page shown before; UP is `up`.

        `again`, which no keypad need have: say again where the focus is, or the page.
        """

    def forget(self) -> None:
        """Drop every text of the session from fields and caches, and keys not yet done."""


class Listened(Protocol):
    """What speaks, told where it is heard. Safe to call from any thread."""

    def start(self) -> None:
        """Begin; returns at once."""

    def headphones(self, *, plugged: bool | None) -> None:
        """Headphones were plugged in or pulled; None: nobody knows any more. Returns at once."""

    def stop(self) -> None:
        """Be silent and end."""


@dataclass(frozen=True)
class Ports:
    """What the station acts through."""

    display: Display
    reader: IdCardReader
    printer: ReceiptPrinter
    platform: Platform
    attached: Attached = field(default_factory=lambda: Attached({}))
    voice: Listened | None = None
