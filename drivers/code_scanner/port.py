"""What the rest of the program knows of a code scanner."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from drivers.self_test import SELF_TEST_S, SelfTestReport
from drivers.status import DeviceStatus, StatusChanged


class Symbology(StrEnum):
    """The kinds of code that are looked for. Scanners on a wire do not say which one it was."""

    UNKNOWN = "unknown"
    QR_CODE = "qr_code"
    MICRO_QR_CODE = "micro_qr_code"
    DATA_MATRIX = "data_matrix"
    AZTEC = "aztec"
    PDF417 = "pdf417"
    CODE_128 = "code_128"
    CODE_39 = "code_39"


@dataclass(frozen=True)
class Point:
    """Pixels right of and below the frame's top left corner; may lie a little outside of it."""

    x: int
    y: int


@dataclass(frozen=True)
class Code:
    """What one code says. `outline`: its corners in the frame, empty when no frame was seen."""

    text: str
    symbology: Symbology = Symbology.UNKNOWN
    outline: tuple[Point, ...] = ()

    def __repr__(self) -> str:
        """Says nothing of the text, which may be a person's."""
        return f"Code(symbology={self.symbology.value}, {len(self.text)} characters)"


class ScanFault(StrEnum):
    """Why something came from the scanner and no code could be made of it."""

    TOO_LONG = "too_long"
    INCOMPLETE = "incomplete"  # it stopped in the middle, or a part was lost
    UNREADABLE = "unreadable"  # no text in any encoding, or keys that type none


@dataclass(frozen=True)
class CodeScanned:
    """A code was shown. Its text is as it was in the code; nobody has judged it yet."""

    code: Code


@dataclass(frozen=True)
class ScanFailed:
    """Something was shown, or noise came; the citizen may show it again."""

    fault: ScanFault


ScannerEvent = CodeScanned | ScanFailed | StatusChanged


class CodeScanner(Protocol):
    """One owner thread; events come on that thread, in order, one at a time.

    While `wanted` is off, whatever is shown is thrown away. So is a code of which a part came
    before it was switched on: what one citizen shows never reaches the next.
    """

    def start(self, on_event: Callable[[ScannerEvent], None]) -> None:
        """Begin; returns at once."""

    def want(self, wanted: bool) -> None:
        """Whether codes may be told now; returns at once."""

    def self_test(
        self, within_s: float = SELF_TEST_S, given_up: Callable[[], bool] = lambda: False
    ) -> SelfTestReport:
        """See `drivers.self_test.SelfTesting`: a frame, or no more than an open port."""

    def status(self) -> DeviceStatus:
        """The last known status."""

    def stop(self) -> None:
        """End the thread and close the port; returns when both are done (at most 2 s)."""
