"""Looks at every device of the settings, or has it test itself and print its test page."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, cast

from drivers.driver import Equipment
from drivers.kinds import Kind
from drivers.registry import Configured
from drivers.self_test import Result, SelfTestReport
from yici.device_hearing import Hearing

if TYPE_CHECKING:
    from drivers.driver import Device
    from drivers.page_printer.port import PagePrinter
    from drivers.receipt_printer.port import ReceiptPrinter

PRINT_S = 60.0  # a test page from print() to its end; printers that sleep take half of it
_JOB = "test-page"
_WELL = (Result.PASSED, Result.UNKNOWN)
_PRINTED = ("sent", "reported_done")


@dataclass(frozen=True)
class Checked:
    """One device. `printed`: the end of its test page; `none` for a printer that must not print
    one, empty when none was asked for.
    """

    configured: Configured
    test: SelfTestReport
    printed: str = ""

    @property
    def well(self) -> bool:
        """Whether nobody has to look after it."""
        return self.test.result in _WELL and self.printed in ("", "none", *_PRINTED)


@dataclass(frozen=True)
class PrinterPages:
    """What test pages are made of. `say` gives a phrase."""

    say: Callable[[str], str]
    font: Path
    now: datetime

    def print_on(self, device: Device, configured: Configured) -> bool:
        """Hand the page to a printer; whether this is a device that prints one."""
        from yici import device_test_page as page  # noqa: PLC0415 - draws, with Pillow

        title, closing = self.say("page.title"), self.say("page.closing")
        facts = {
            self.say("page.device"): self.say(f"kind.{configured.kind}"),
            self.say("page.driver"): configured.driver_name,
            self.say("page.time"): f"{self.now:%Y-%m-%d %H:%M:%S}",
        }
        match configured.kind:
            case Kind.RECEIPT_PRINTER:
                cast("ReceiptPrinter", device).print(_JOB, page.slip(title, facts, closing))
            case Kind.PAGE_PRINTER:
                document = page.document(title, facts, closing, self.font)
                cast("PagePrinter", device).print(_JOB, document)
            case _:
                return False
        return True


class Checks:
    """Entered, all devices are started; left, all are stopped."""

    def __init__(self, devices: Sequence[Configured], equipment: Equipment) -> None:
        self._devices = tuple((device, device.make(equipment)) for device in devices)
        self._running = ExitStack()
        self._hearings: list[Hearing] = []

    def __enter__(self) -> Checks:
        for configured, device in self._devices:
            hearing = Hearing(device, answers=configured.answers)
            self._running.callback(hearing.stop)
            hearing.start()
            self._hearings.append(hearing)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._running.close()

    def all(self, pages: PrinterPages | None) -> Iterator[Checked]:
        """Each device as it is; with `pages`, after its self-test and with its test page."""
        for (configured, device), hearing in zip(self._devices, self._hearings, strict=True):
            if pages is None:
                yield Checked(configured, hearing.look())
                continue
            test = hearing.self_test()
            printed = _print(pages, configured, device, hearing) if test.status.usable else ""
            yield Checked(configured, test, printed)


def _print(pages: PrinterPages, configured: Configured, device: Device, hearing: Hearing) -> str:
    if configured.kind is Kind.FORM_PRINTER:
        return "none"  # it holds numbered stock
    if not pages.print_on(device, configured):
        return ""
    ended = hearing.wait_for(_is_end, PRINT_S)
    return str(ended.end) if ended else "unknown"


def _is_end(event: Any) -> bool:
    """Receipt and sheet printers tell a job's end each in their own words, with the same fields."""
    return getattr(event, "job", None) == _JOB and hasattr(event, "end")
