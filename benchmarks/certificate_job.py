"""How long a certificate takes to its printer: `python -m benchmarks.certificate_job`.

IPP: a one-page PDF from print() to JobSent through the driver, side by side in the same run with
`ipptool` and with a bare HTTP POST of the same IPP bytes to the same ippeveprinter. The driver also
asks how the printer is, before it sends. ESC/P-K2: a certificate's layout to bytes.

Budgets: the driver's own share, above the bare POST, 20 ms; the bytes of a form 20 ms. The last
line is JSON; the exit code is 1 when a budget is not kept.
"""

from __future__ import annotations

import http.client
import io
import json
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

from PIL import Image
from pyipp.enums import IppOperation
from pyipp.serializer import encode_dict

from drivers.page_printer.carrying import PagePrinterTimes
from drivers.page_printer.document import PDF, Document, Sheet
from drivers.page_printer.form import FormLayout, Placed
from drivers.page_printer.form_encoder import FormEncoder
from drivers.page_printer.ipp import IppPagePrinter
from drivers.page_printer.link import Address
from drivers.page_printer.port import JobEnded, JobSent, SheetPrinterEvent
from drivers.receipt_printer.glyphs import Glyphs
from drivers.simulators.page_printer import IppEveSimulator

BUDGET_MS = 20.0
ROUNDS = 30
FORM_ROUNDS = 200
WAIT_S = 10.0
REST_S = 0.05  # between two jobs, for the printer to be at rest
FONT = Path(__file__).parent.parent / "build/fonts/NotoSansSC-Regular.otf"
TIMES = PagePrinterTimes(follow=0.01)

CERTIFICATE = FormLayout(
    210.0,
    148.0,
    (
        Placed("出生医学证明", 72.0, 14.0, size=2),
        Placed("C430100123", 150.0, 12.0),
        Placed("李𠮷㙍", 62.5, 40.0),
        Placed("女", 120.7, 40.0),
        *(Placed(f"湖南省样例市样例区样例路{row}号", 62.5, 50.0 + 8 * row) for row in range(1, 10)),
        Placed("2026年11月22日", 150.0, 135.0),
    ),
)


class Ends:
    """Waits for what a printer tells of one job at a time, and when."""

    def __init__(self) -> None:
        self._told = threading.Condition()
        self._at: dict[tuple[type[object], str], float] = {}

    def __call__(self, event: SheetPrinterEvent) -> None:
        if isinstance(event, JobSent | JobEnded):
            with self._told:
                self._at[type(event), event.job] = time.perf_counter()
                self._told.notify_all()

    def moment(self, kind: type[object], job: str) -> float:
        with self._told:
            assert self._told.wait_for(lambda: (kind, job) in self._at, WAIT_S), f"{job}: {kind}"
            return self._at[kind, job]


def certificate() -> bytes:
    """A page of A4 at 200 dpi, as a scanner or a typesetter with pictures makes it."""
    file = io.BytesIO()
    Image.effect_noise((1654, 2339), 20).save(file, "PDF", quality=50, resolution=200)
    return file.getvalue()


def through_driver(uri: str, pdf: bytes) -> tuple[list[float], list[float]]:
    """Milliseconds from print() to sent, and to reported done."""
    ends = Ends()
    printer = IppPagePrinter(Address(uri), times=TIMES)
    printer.start(ends)
    sent, done = [], []
    for number in range(ROUNDS):
        time.sleep(REST_S)
        job, began = f"job-{number}", time.perf_counter()
        printer.print(job, Document(pdf))
        sent.append((ends.moment(JobSent, job) - began) * 1000)
        done.append((ends.moment(JobEnded, job) - began) * 1000)
    printer.stop()
    return sent, done


def through_post(uri: str, pdf: bytes) -> list[float]:
    """The floor: the same request on a new connection, its answer thrown away."""
    at = urlsplit(uri)
    request = encode_dict(
        {
            "version": (2, 0),
            "operation": IppOperation.PRINT_JOB,
            "operation-attributes-tag": {
                "attributes-charset": "utf-8",
                "attributes-natural-language": "en-US",
                "printer-uri": uri,
                "requesting-user-name": "terminal",
                "job-name": "sheet",
                "document-format": PDF,
            },
            "job-attributes-tag": {"copies": 1, "media": Sheet.A4.value, "sides": "one-sided"},
            "data": pdf,
        }
    )

    def post() -> bool:
        connection = http.client.HTTPConnection(at.hostname or "", at.port, timeout=WAIT_S)
        connection.request("POST", at.path, request, {"Content-Type": "application/ipp"})
        answer = connection.getresponse().read()
        connection.close()
        return accepted(int.from_bytes(answer[2:4], "big"))

    return [timed_until_free(post) for _ in range(ROUNDS)]


def through_ipptool(uri: str, pdf: bytes, folder: Path) -> list[float]:
    """CUPS's own client, a process for each job."""
    file = folder / "certificate.pdf"
    file.write_bytes(pdf)
    command = ["ipptool", "-q", "-f", str(file), uri]
    command.append("/usr/share/cups/ipptool/print-job.test")
    return [
        timed_until_free(lambda: subprocess.run(command, check=False).returncode == 0)
        for _ in range(ROUNDS)
    ]


def accepted(status: int) -> bool:
    """Whether the printer took the job; it is busy for a moment after the one before."""
    assert status in (0, 0x0507), f"refused with 0x{status:04x}"
    return status == 0


def timed_until_free(send: Callable[[], bool]) -> float:
    """Milliseconds of the try that the printer took."""
    until = time.monotonic() + WAIT_S
    while time.monotonic() < until:
        time.sleep(REST_S)
        began = time.perf_counter()
        if send():
            return (time.perf_counter() - began) * 1000
    raise TimeoutError(f"the printer was busy for {WAIT_S:g} s")


def form_bytes() -> tuple[int, list[float]]:
    """Bytes of the form, and milliseconds to make them."""
    encoder = FormEncoder(Glyphs(FONT))
    size = len(encoder.encode(CERTIFICATE))
    spans = []
    for _ in range(FORM_ROUNDS):
        began = time.perf_counter()
        encoder.encode(CERTIFICATE)
        spans.append((time.perf_counter() - began) * 1000)
    return size, spans


def main() -> int:
    """Measure, print, compare with the budgets."""
    pdf = certificate()
    with tempfile.TemporaryDirectory() as folder:
        simulator = IppEveSimulator(Path(folder) / "printer")
        simulator.start()
        try:
            bare = statistics.median(through_post(simulator.uri, pdf))
            tool = statistics.median(through_ipptool(simulator.uri, pdf, Path(folder)))
            sent, done = through_driver(simulator.uri, pdf)
        finally:
            simulator.stop()
    size, spans = form_bytes()
    share = statistics.median(sent) - bare
    form_p95 = statistics.quantiles(spans, n=20)[-1]
    result = {
        "pdf_bytes": len(pdf),
        "bare_post_ms": round(bare, 1),
        "ipptool_ms": round(tool, 1),
        "driver_sent_ms": round(statistics.median(sent), 1),
        "driver_reported_done_ms": round(statistics.median(done), 1),
        "driver_share_ms": round(share, 1),
        "form_bytes": size,
        "form_median_ms": round(statistics.median(spans), 2),
        "form_p95_ms": round(form_p95, 2),
    }
    print(json.dumps(result))
    return 0 if share <= BUDGET_MS and form_p95 <= BUDGET_MS else 1


if __name__ == "__main__":
    sys.exit(main())
