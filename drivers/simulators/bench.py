"""Both simulated devices on one bench, the test people's cards beside them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from pydantic import BaseModel

from drivers.receipt_printer.glyphs import Glyphs
from drivers.receipt_printer.picture import as_png, as_text
from drivers.simulators.esc_pos import EscPosSimulator, PrinterFault, PrintOut
from drivers.simulators.people import Somebody
from drivers.simulators.sam_a import ReaderFault, SamASimulator
from drivers.status import PaperState

_SHOWN_FIRST, _SHOWN_LAST = 6, 4  # characters of a number that a mask leaves

Paper = Literal[PaperState.FULL, PaperState.LOW, PaperState.OUT]


class Person(BaseModel):
    """A test person as the page shows them; the number is masked."""

    slug: str
    name: str
    number: str
    note: dict[str, str]


class ReaderState(BaseModel):
    """The reader. `card`: whose card lies on it."""

    plugged: bool
    card: str | None
    fault: ReaderFault


class Sheet(BaseModel):
    """One print-out, numbered from 1."""

    number: int
    torn: bool


class PrinterState(BaseModel):
    """The printer and what came out of it, newest first."""

    plugged: bool
    paper: PaperState
    cover_open: bool
    fault: PrinterFault
    print_outs: list[Sheet]


class BenchState(BaseModel):
    """Everything that can change."""

    reader: ReaderState
    printer: PrinterState


class Bench:
    """Works the simulators; safe to call from any thread."""

    def __init__(
        self,
        reader: SamASimulator,
        printer: EscPosSimulator,
        people: Sequence[Somebody],
        glyphs: Glyphs,
    ) -> None:
        self.reader = reader
        self.printer = printer
        self._people = {person.slug: person for person in people}
        self._glyphs = glyphs
        self._laid: str | None = None

    def start(self) -> None:
        """Plug both devices in."""
        self.reader.start()
        self.printer.start()

    def stop(self) -> None:
        """Unplug both and end their threads."""
        self.reader.stop()
        self.printer.stop()

    def people(self) -> list[Person]:
        """The test people in the order of their file."""
        return [
            Person(
                slug=person.slug,
                name=person.card.name,
                number=_masked(person.card.number),
                note=dict(person.note),
            )
            for person in self._people.values()
        ]

    def state(self) -> BenchState:
        """How both devices are now."""
        reader, printer = self.reader, self.printer
        return BenchState(
            reader=ReaderState(
                plugged=reader.plugged,
                card=self._laid if reader.card_lies else None,
                fault=reader.fault,
            ),
            printer=PrinterState(
                plugged=printer.plugged,
                paper=printer.paper,
                cover_open=printer.cover_open,
                fault=printer.fault,
                print_outs=[
                    Sheet(number=out.number, torn=out.torn) for out in reversed(printer.print_outs)
                ],
            ),
        )

    def lay(self, slug: str | None) -> None:
        """Lay that person's card, None to take away what lies there; KeyError for nobody's."""
        if slug is None:
            self.reader.remove()
        else:
            self.reader.lay(self._people[slug].card)
        self._laid = slug

    def picture(self, number: int) -> bytes:
        """A print-out as PNG; KeyError when there is none of that number (any more)."""
        return as_png(self._out(number).marks, self.printer.width, self._glyphs)

    def text(self, number: int) -> str:
        """A print-out as text; KeyError when there is none of that number (any more)."""
        return as_text(self._out(number).marks)

    def _out(self, number: int) -> PrintOut:
        return {out.number: out for out in self.printer.print_outs}[number]


def _masked(number: str) -> str:
    hidden = len(number) - _SHOWN_FIRST - _SHOWN_LAST
    return number[:_SHOWN_FIRST] + "*" * hidden + number[-_SHOWN_LAST:]
