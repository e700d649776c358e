"""What a printer says over IPP, checked and read. Pure.

pyipp reads the bytes. It trusts the lengths in them, and a negative one makes it read the same
place for ever, so an answer is walked through before it is given to it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from pyipp.enums import IppJobState, IppPrinterState, IppTag
from pyipp.parser import parse

from drivers.page_printer.document import PDF
from drivers.page_printer.port import JobEnd, MarkerState
from drivers.status import PaperState

PRINTER_ATTRIBUTES = (
    "printer-state",
    "printer-state-reasons",
    "printer-is-accepting-jobs",
    "document-format-supported",
)
JOB_ATTRIBUTES = (
    "job-id",
    "job-name",
    "job-state",
    "job-state-reasons",
    "job-impressions-completed",
    "job-media-sheets-completed",
)

_HEADER = 8  # version, status, request id
_FIRST_VALUE_TAG = 0x10
_LONGEST = 0x7FFF  # RFC 8010: lengths are signed
_DEEPEST = 8  # collections within collections
_GROUPS = frozenset(
    (
        IppTag.OPERATION.value,
        IppTag.JOB.value,
        IppTag.PRINTER.value,
        IppTag.UNSUPPORTED_GROUP.value,
    )
)
_SIZES = {
    IppTag.INTEGER.value: 4,
    IppTag.BOOLEAN.value: 1,
    IppTag.ENUM.value: 4,
    IppTag.DATE.value: 11,
    IppTag.RESOLUTION.value: 9,
    IppTag.RANGE.value: 8,
    IppTag.BEGIN_COLLECTION.value: 0,
    IppTag.END_COLLECTION.value: 0,
}
_KEYWORD = re.compile(r"[a-z][a-z0-9._-]{0,63}")
_MOST_REASONS = 8
_SEVERITY = re.compile(r"-(report|warning|error)$")


class BadAnswer(Exception):
    """Not an IPP answer; says where it goes wrong, and nothing of its contents."""


def read(raw: bytes) -> dict[str, Any]:
    """The answer as pyipp gives it: `status-code`, `jobs`, `printers`. Raises BadAnswer."""
    _walk(raw)
    try:
        return parse(raw)
    except Exception as error:  # pyipp raises whatever its steps raise
        raise BadAnswer(f"not IPP: {type(error).__name__}") from error


def _walk(raw: bytes) -> None:
    """Make sure that all lengths lead forward and stay inside, up to the end tag."""
    at, depth, fresh_group = _HEADER, 0, False
    while at < len(raw):
        tag = raw[at]
        if tag < _FIRST_VALUE_TAG:
            if depth or fresh_group:
                raise BadAnswer(f"not IPP: a group ends too early at byte {at}")
            if tag == IppTag.END.value:
                return
            if tag not in _GROUPS:
                raise BadAnswer(f"not IPP: group {tag} at byte {at}")
            at, fresh_group = at + 1, True
            continue
        fresh_group = False
        depth += (tag == IppTag.BEGIN_COLLECTION.value) - (tag == IppTag.END_COLLECTION.value)
        if not 0 <= depth <= _DEEPEST:
            raise BadAnswer(f"not IPP: collections do not match at byte {at}")
        at = _after_attribute(raw, at)
    raise BadAnswer("not IPP: it ends too early")


def _after_attribute(raw: bytes, at: int) -> int:
    name_length = _length(raw, at + 1)
    value_at = at + 3 + name_length
    value_length = _length(raw, value_at)
    end = value_at + 2 + value_length
    tag = raw[at]
    if value_length != _SIZES.get(tag, value_length):
        raise BadAnswer(f"not IPP: a value of the wrong length at byte {at}")
    if tag in (IppTag.TEXT_LANG.value, IppTag.NAME_LANG.value):
        language_length = _length(raw, value_at + 2)
        text_length = _length(raw, value_at + 4 + language_length)
        if 4 + language_length + text_length != value_length:
            raise BadAnswer(f"not IPP: a text of the wrong length at byte {at}")
    return end


def _length(raw: bytes, at: int) -> int:
    if at + 2 > len(raw):
        raise BadAnswer("not IPP: it ends too early")
    length = int.from_bytes(raw[at : at + 2], "big")
    if length > _LONGEST or at + 2 + length > len(raw):
        raise BadAnswer(f"not IPP: a length leads outside at byte {at}")
    return length


@dataclass(frozen=True)
class PrinterReport:
    """How a printer says it is. What it does not say is not taken for granted.

    `reasons` are RFC 8011's printer-state-reasons without their severity.
    """

    stopped: bool = False
    accepting: bool = True
    paper: PaperState = PaperState.UNKNOWN
    cover_open: bool = False
    marker: MarkerState = MarkerState.UNKNOWN
    takes_pdf: bool = True
    reasons: tuple[str, ...] = ()

    @property
    def detail(self) -> str:
        """For staff and logs."""
        words = ["stopped"] if self.stopped else []
        return ", ".join([*words, *self.reasons])

    @property
    def hindrance(self) -> JobEnd | None:
        """Why nothing can come out of the printer, by its own words; None when it names nothing."""
        if self.cover_open:
            return JobEnd.COVER_OPEN
        if self.paper is PaperState.JAMMED:
            return JobEnd.JAMMED
        if self.paper is PaperState.OUT:
            return JobEnd.PAPER_OUT
        return JobEnd.FAILED if self.stopped or not self.accepting else None


@dataclass(frozen=True)
class JobReport:
    """How a printer says a job is. `sheets`: sides printed, None when it does not say.

    `stopping`: it was cancelled and has still to come to its end.
    """

    number: int | None = None
    name: str = ""
    state: IppJobState | None = None
    sheets: int | None = None
    format_refused: bool = False
    stopping: bool = False


def printer_report(answer: Mapping[str, Any]) -> PrinterReport:
    """The report in an answer to Get-Printer-Attributes; raises BadAnswer when there is none."""
    printers = answer.get("printers")
    if not isinstance(printers, list) or not printers or not printers[0]:
        raise BadAnswer("the answer describes no printer")
    said = printers[0]
    reasons = _reasons(said.get("printer-state-reasons"))
    formats = list(_strings(said.get("document-format-supported")))
    return PrinterReport(
        stopped=said.get("printer-state") is IppPrinterState.STOPPED,
        accepting=said.get("printer-is-accepting-jobs") is not False,
        paper=_paper(reasons),
        cover_open=bool(reasons and {"cover-open", "door-open", "interlock-open"} & reasons),
        marker=_marker(reasons),
        takes_pdf=not formats or PDF in formats,
        reasons=tuple(sorted(reasons or ()))[:_MOST_REASONS],
    )


def job_reports(answer: Mapping[str, Any]) -> list[JobReport]:
    """The jobs that an answer tells of."""
    jobs = answer.get("jobs")
    return [_job(said) for said in jobs if said] if isinstance(jobs, list) else []


def _job(said: Mapping[str, Any]) -> JobReport:
    number, name, state = said.get("job-id"), said.get("job-name"), said.get("job-state")
    reasons = _reasons(said.get("job-state-reasons")) or frozenset()
    counts = (said.get("job-impressions-completed"), said.get("job-media-sheets-completed"))
    return JobReport(
        number=number if isinstance(number, int) else None,
        name=name if isinstance(name, str) else "",
        state=state if isinstance(state, IppJobState) else None,
        sheets=next((count for count in counts if isinstance(count, int) and count >= 0), None),
        format_refused=bool({"document-format-error", "unsupported-document-format"} & reasons),
        stopping="processing-to-stop-point" in reasons,
    )


def _reasons(value: object) -> frozenset[str] | None:
    """The keywords without severity; None when the printer gives none, empty for `none`.

    The severity is left aside: it says what the state of the whole printer makes of the reason
    (an idle printer without paper says `media-empty-report`), and a terminal prints from one tray.
    """
    words = [word for word in _strings(value) if _KEYWORD.fullmatch(word)]
    if not words:
        return None
    return frozenset(_SEVERITY.sub("", word) for word in words) - {"none"}


def _strings(value: object) -> Iterable[str]:
    values = value if isinstance(value, list) else [value]
    return (item for item in values if isinstance(item, str))


def _paper(reasons: frozenset[str] | None) -> PaperState:
    if reasons is None:
        return PaperState.UNKNOWN
    if "media-jam" in reasons:
        return PaperState.JAMMED
    if reasons & {"media-empty", "media-needed", "input-tray-missing"}:
        return PaperState.OUT
    return PaperState.LOW if "media-low" in reasons else PaperState.FULL


def _marker(reasons: frozenset[str] | None) -> MarkerState:
    if reasons is None:
        return MarkerState.UNKNOWN
    if reasons & {"marker-supply-empty", "toner-empty"}:
        return MarkerState.OUT
    return MarkerState.LOW if reasons & {"marker-supply-low", "toner-low"} else MarkerState.FULL
