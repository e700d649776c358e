"""What is asked of a printer over IPP: one function for each operation; none waits for paper.

All raise what `IppLink.ask` raises; `timeout_s` is for the one request.
"""

from __future__ import annotations

from pyipp.enums import IppOperation

from drivers.owner import DeviceFault
from drivers.page_printer.answers import (
    JOB_ATTRIBUTES,
    PRINTER_ATTRIBUTES,
    BadAnswer,
    JobReport,
    PrinterReport,
    job_reports,
    printer_report,
)
from drivers.page_printer.document import PDF, Document
from drivers.page_printer.link import IppLink


def printer(link: IppLink, timeout_s: float) -> PrinterReport:
    """Get-Printer-Attributes."""
    asked = {"requested-attributes": list(PRINTER_ATTRIBUTES)}
    answer = link.ask(IppOperation.GET_PRINTER_ATTRIBUTES, asked, timeout_s)
    try:
        return printer_report(answer)
    except BadAnswer as error:
        raise DeviceFault(str(error)) from error


def print_document(link: IppLink, name: str, document: Document, timeout_s: float) -> JobReport:
    """Print-Job. `name` is shown on the printer and in its log, so it must be nobody's."""
    answer = link.ask(
        IppOperation.PRINT_JOB,
        {"job-name": name, "document-format": PDF},
        timeout_s,
        template={
            "copies": 1,
            "media": document.sheet.value,
            "sides": "two-sided-long-edge" if document.two_sided else "one-sided",
        },
        document=document.pdf,
    )
    return next(iter(job_reports(answer)), JobReport())


def job(link: IppLink, number: int, timeout_s: float) -> JobReport:
    """Get-Job-Attributes."""
    asked = {"job-id": number, "requested-attributes": list(JOB_ATTRIBUTES)}
    answer = link.ask(IppOperation.GET_JOB_ATTRIBUTES, asked, timeout_s)
    return next(iter(job_reports(answer)), JobReport())


def find_job(link: IppLink, name: str, timeout_s: float) -> JobReport | None:
    """Get-Jobs, those that go on and those that have ended; None when none has that name."""
    for which in ("not-completed", "completed"):
        asked = {"which-jobs": which, "requested-attributes": list(JOB_ATTRIBUTES)}
        answer = link.ask(IppOperation.GET_JOBS, asked, timeout_s)
        if found := next((job for job in job_reports(answer) if job.name == name), None):
            return found
    return None


def cancel_job(link: IppLink, number: int, timeout_s: float) -> None:
    """Cancel-Job; the job ends when the printer says so, which may be later or never."""
    link.ask(IppOperation.CANCEL_JOB, {"job-id": number}, timeout_s)
