"""What a printer says of itself: the four bytes it answers to `DLE EOT 1` … `DLE EOT 4`. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from drivers.status import PaperState

QUESTIONS = (1, 2, 3, 4)  # printer, cause of being offline, error, paper sensors

_FIXED_MASK, _FIXED = 0x93, 0x12  # bits that every such answer has; no other status byte has them
_OFFLINE = 0x08
_COVER_OPEN, _PAPER_STOP, _ERROR = 0x04, 0x20, 0x40
_CUTTER, _UNRECOVERABLE = 0x08, 0x20
_NEAR_END, _END = 0x0C, 0x60
_CLASS_NO_ERROR, _CLASS_PAPER_EMPTY = 0x08, 0x20


@dataclass(frozen=True)
class Report:
    """The state of a printer. Without an answer nothing is taken for granted."""

    answered: bool = False
    offline: bool = False
    cover_open: bool = False
    broken: bool = False  # an error that only staff can clear
    paper: PaperState = PaperState.UNKNOWN

    @property
    def detail(self) -> str:
        """For staff and logs."""
        if not self.answered:
            return "no answer"
        said = {
            "offline": self.offline,
            "cover open": self.cover_open,
            "error": self.broken,
            f"paper {self.paper.value}": self.paper is not PaperState.FULL,
        }
        return ", ".join(words for words, holds in said.items() if holds)


def question(number: int) -> bytes:
    """`DLE EOT number`: answered at once, also when the printer is offline or busy."""
    return bytes([0x10, 0x04, number])


def is_answer(byte: int) -> bool:
    """Whether a byte can be an answer to a question, and not XON, ASB or noise."""
    return byte & _FIXED_MASK == _FIXED


def decode(
    printer: int | None, offline_cause: int | None, error: int | None, sensors: int | None
) -> Report:
    """The report in the answers to the questions 1 to 4; None where none came."""
    if printer is None:
        return Report()
    cause, fault = offline_cause or 0, error or 0
    return Report(
        answered=True,
        offline=bool(printer & _OFFLINE),
        cover_open=bool(cause & _COVER_OPEN),
        broken=bool(fault & _UNRECOVERABLE) or (bool(cause & _ERROR) and not fault & _CUTTER),
        paper=_paper(cause, fault, sensors),
    )


def of_class_status(status: int) -> Report:
    """The report in the status byte of the USB printer class (1.1, 4.2.2).

    It has a bit for paper at its end, and none for paper that is there: many printers always say
    0x18, so that all well there is not known to be well.
    """
    out = bool(status & _CLASS_PAPER_EMPTY)
    return Report(
        answered=True,
        broken=not status & _CLASS_NO_ERROR and not out,
        paper=PaperState.OUT if out else PaperState.UNKNOWN,
    )


def _paper(cause: int, fault: int, sensors: int | None) -> PaperState:
    if cause & _PAPER_STOP or (sensors or 0) & _END:
        return PaperState.OUT
    if fault & _CUTTER:
        return PaperState.JAMMED
    if sensors is None:
        return PaperState.UNKNOWN
    return PaperState.LOW if sensors & _NEAR_END else PaperState.FULL
