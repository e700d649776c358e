"""The runner of the platform's port: what is asked of it, in order, off the station's thread.

The first use builds the client, so that its libraries are loaded after the first page.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Protocol

import structlog

from kiosk.cases.answers import Answer, HandedIn, Refused, Waiting
from kiosk.gateway.port import (
    Gateway,
    GatewayRefused,
    GatewayUnavailable,
    Holder,
    LicenceRequest,
    Problem,
    Rating,
    Submission,
)
from kiosk.journey.signals import (
    CasesFound,
    CasesUnavailable,
    Kept,
    LicencesFound,
    LicencesUnavailable,
    Signal,
    SubmissionRefused,
    Submitted,
)
from kiosk.storage.faults import DatabaseFault

log = structlog.get_logger(__name__)


class Desk(Protocol):
    """Where submissions, ratings and problems are left (`cases/courier.py`)."""

    def start(self) -> None:
        """Begin delivering."""

    def hand_in(self, submission: Submission, wait_s: float) -> Answer:
        """Write ahead, try at once, answer within `wait_s`."""

    def leave(self, item: Rating | Problem) -> None:
        """Write ahead, deliver when possible."""

    def stop(self) -> None:
        """Finish the call under way and deliver no more."""


class Platform:
    """One thread; answers go to the callback given with each question."""

    def __init__(self, connect: Callable[[], tuple[Gateway, Desk]], submit_wait_s: float) -> None:
        """`connect` builds the gateway for licences and the desk, in this runner's thread."""
        self._connect = connect
        self._submit_wait_s = submit_wait_s
        self._gateway: Gateway | None = None
        self._desk: Desk | None = None
        self._runner = ThreadPoolExecutor(1, thread_name_prefix="platform")

    def start(self) -> None:
        """Load, connect and deliver what an earlier run left behind; returns at once."""
        self._run(self._open)

    def stop(self) -> None:
        """Finish what is under way."""
        self._runner.shutdown(wait=True, cancel_futures=True)
        if self._desk is not None:
            self._desk.stop()

    def licences(self, request: LicenceRequest, tell: Callable[[Signal], None]) -> None:
        """Ask for licences."""
        self._run(lambda: tell(self._licences(request)), lambda: tell(LicencesUnavailable()))

    def cases(self, holder: Holder, tell: Callable[[Signal], None]) -> None:
        """Ask where the holder's cases stand."""
        self._run(lambda: tell(self._cases(holder)), lambda: tell(CasesUnavailable()))

    def submit(self, submission: Submission, tell: Callable[[Signal], None]) -> None:
        """Hand in."""
        not_kept = SubmissionRefused(submission.id, "")
        self._run(lambda: tell(self._submit(submission)), lambda: tell(not_kept))

    def leave(self, item: Rating | Problem) -> None:
        """Leave a rating or a problem."""
        self._run(lambda: self._leave(item))

    def _run(self, job: Callable[[], object], otherwise: Callable[[], None] | None = None) -> None:
        """Do it in the runner's thread; whatever fails there, somebody is told `otherwise`."""

        def run() -> None:
            try:
                job()
            except Exception as error:  # noqa: BLE001  a citizen waits for an answer, whatever
                # an adapter, a store or a key raises; its text may quote what was handed in.
                log.critical("platform cannot be used", error=type(error).__name__)
                if otherwise is not None:
                    otherwise()

        self._runner.submit(run)

    def _open(self) -> tuple[Gateway, Desk]:
        if self._gateway is None or self._desk is None:
            gateway, desk = self._connect()
            desk.start()
            self._gateway, self._desk = gateway, desk
        return self._gateway, self._desk

    def _licences(self, request: LicenceRequest) -> Signal:
        gateway, _ = self._open()
        try:
            licences = gateway.licences(request) if request.types else ()
            return LicencesFound(licences, self._earlier(gateway, request))
        except GatewayUnavailable as error:
            log.warning("licences unavailable", reason=str(error))
        except GatewayRefused as refusal:
            log.warning("licences refused", code=refusal.code)
        return LicencesUnavailable()

    def _earlier(self, gateway: Gateway, request: LicenceRequest) -> Mapping[str, str]:
        """Values of earlier cases spare typing and nothing else, so no citizen waits for them."""
        if not request.elements:
            return {}
        try:
            return gateway.earlier(request)
        except (GatewayUnavailable, GatewayRefused) as error:
            log.warning("earlier values not given", error=type(error).__name__)
            return {}

    def _cases(self, holder: Holder) -> Signal:
        gateway, _ = self._open()
        try:
            return CasesFound(gateway.cases(holder))
        except GatewayUnavailable as error:
            log.warning("cases unavailable", reason=str(error))
        except GatewayRefused as refusal:
            log.warning("cases refused", code=refusal.code)
        return CasesUnavailable()

    def _submit(self, submission: Submission) -> Signal:
        _, desk = self._open()
        try:
            answer = desk.hand_in(submission, self._submit_wait_s)
        except DatabaseFault as fault:
            log.critical("submission not kept", submission=submission.id, reason=str(fault))
            return SubmissionRefused(submission.id, "")
        match answer:
            case HandedIn(acknowledgement=acknowledgement):
                return Submitted(submission.id, acknowledgement)
            case Waiting(provisional_no=number):
                return Kept(submission.id, number)
            case Refused(reason=reason):
                return SubmissionRefused(submission.id, reason)

    def _leave(self, item: Rating | Problem) -> None:
        _, desk = self._open()
        try:
            desk.leave(item)
        except DatabaseFault as fault:
            log.critical("not kept", kind=type(item).__name__, reason=str(fault))
