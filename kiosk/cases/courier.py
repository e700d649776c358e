"""Takes what waits in the outbox to the platform, in one thread, until the platform has it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from random import Random

import structlog

from kiosk.backoff import Backoff
from kiosk.cases.answers import Answer, HandedIn, LateAcknowledgement, Refused, Waiting
from kiosk.cases.attempts import Attempts
from kiosk.cases.delivery import UNDELIVERED, State
from kiosk.cases.outbox import Outbox
from kiosk.cases.outbox_rows import Entry
from kiosk.cases.outgoing import Outgoing
from kiosk.cases.set_aside import SetAside
from kiosk.gateway.port import (
    Acknowledgement,
    Gateway,
    GatewayRefused,
    GatewayUnavailable,
    Problem,
    Rating,
    Submission,
)
from kiosk.storage.faults import DatabaseFault

BACKOFF = Backoff(first_s=2, longest_s=300)  # back within five minutes of the platform
TIDY_EVERY_S = 3600.0
STOP_TIMEOUT_S = 15.0  # a call to the platform may be under way; cutting it off loses nothing

Subscriber = Callable[[LateAcknowledgement], None]

log = structlog.get_logger(__name__)


class Courier:
    """One thread between `start` and `stop`; the other methods may be called from any thread.

    The gateway is used by that thread alone. Being killed at any point loses nothing and makes
    no second case.
    """

    def __init__(
        self,
        outbox: Outbox,
        set_aside: SetAside,
        gateway: Gateway,
        random: Random,
        *,
        backoff: Backoff = BACKOFF,
        clock_s: Callable[[], float] = time.monotonic,
    ) -> None:
        """`clock_s` gives monotonic seconds."""
        self._outbox = outbox
        self._set_aside = set_aside
        self._gateway = gateway
        self._random = random
        self._backoff = backoff
        self._clock_s = clock_s
        self._attempts = Attempts(backoff, random)
        self._storage_failures = 0
        self._tidy_at_s = clock_s()
        self._wake = threading.Event()
        self._stopping = False
        self._lock = threading.Lock()  # over the three below
        self._urgent: set[str] = set()
        self._awaited: dict[str, Future[Answer | None]] = {}
        self._subscribers: list[Subscriber] = []
        self._thread = threading.Thread(target=self._run, name="courier", daemon=True)

    def start(self) -> None:
        """Begin delivering, first of all what an earlier run left behind."""
        self._thread.start()

    def stop(self) -> None:
        """Finish the call under way, if it ends soon, and deliver no more."""
        self._stopping = True
        self._wake.set()
        if self._thread.is_alive():
            self._thread.join(STOP_TIMEOUT_S)
        with self._lock:
            awaited, self._awaited = self._awaited, {}
        for future in awaited.values():
            future.set_result(None)

    def subscribe(self, subscriber: Subscriber) -> Callable[[], None]:
        """Call `subscriber`, in the courier's thread, for each submission that arrives late.

        It may be told twice of one that arrived while the disk was full. Returns what ends it.
        """
        with self._lock:
            self._subscribers.append(subscriber)

        def unsubscribe() -> None:
            with self._lock:
                self._subscribers.remove(subscriber)

        return unsubscribe

    def hand_in(self, submission: Submission, wait_s: float) -> Answer:
        """Write ahead, try at once whatever the back-off says, answer after `wait_s` at the latest.

        After Waiting the submission is still delivered; `subscribe` tells when. Handing in the
        same id again makes no second case and answers what is known of the first. Raises
        DatabaseFault when it could not be written: then nothing was handed in.
        """
        with self._lock:
            awaited = self._awaited.setdefault(submission.id, Future())
        try:
            entry = self._outbox.put(submission)
        except BaseException:
            self._give_up(submission.id)
            raise
        if entry.state not in UNDELIVERED:
            self._give_up(submission.id)
            return _answer_of(entry)
        with self._lock:
            self._urgent.add(entry.id)
        self._wake.set()
        try:
            answer = awaited.result(wait_s)
        except TimeoutError:
            with self._lock:  # the answer may come between the time-out and here
                self._awaited.pop(submission.id, None)
                answer = awaited.result() if awaited.done() else None
        return answer or Waiting(entry.provisional_no)

    def leave(self, item: Rating | Problem) -> None:
        """Write ahead and deliver when possible. Raises DatabaseFault, ValueError as `put`."""
        self._outbox.put(item)
        self._wake.set()

    def _run(self) -> None:
        while not self._stopping:
            self._wake.clear()
            try:
                wait_s = self._deliver_one()
                self._storage_failures = 0
            except DatabaseFault as fault:
                self._storage_failures += 1
                wait_s = self._backoff.delay_s(self._storage_failures, self._random)
                log.critical("outbox cannot be used", reason=str(fault), retry_in_s=round(wait_s))
            if wait_s and not self._stopping:
                self._wake.wait(wait_s)

    def _deliver_one(self) -> float:
        """Send the next item, if one is due; seconds until it is worth looking again."""
        if self._clock_s() >= self._tidy_at_s:
            self._set_aside.expire()
            self._tidy_at_s = self._clock_s() + TIDY_EVERY_S
        entries = {entry.id: entry for entry in self._outbox.deliverable()}
        with self._lock:
            urgent = next((item for item in entries if item in self._urgent), None)
            self._urgent.discard(urgent or "")
        chosen = urgent or self._attempts.next(tuple(entries), self._clock_s())
        if chosen is not None:
            self._send(entries[chosen])
            return 0.0
        wait_s = self._attempts.wait_s(tuple(entries), self._clock_s())
        return TIDY_EVERY_S if wait_s is None else min(wait_s, TIDY_EVERY_S)

    def _send(self, entry: Entry) -> None:
        item = self._outbox.take(entry.id)
        if item is None:
            self._tell(entry, None)
            return
        try:
            acknowledgement = self._call(item)
        except GatewayRefused as refusal:
            self._refused(entry, refusal)
        except GatewayUnavailable as error:
            self._no_answer(entry, str(error))
        except Exception as error:  # noqa: BLE001 - a fault in one city's adapter must not end
            # delivery for everybody; its text is not logged, since it may quote the item.
            self._no_answer(entry, f"gateway raised {type(error).__name__}")
        else:
            self._acknowledged(entry, acknowledgement)

    def _call(self, item: Outgoing) -> Acknowledgement | None:
        match item:
            case Submission():
                return self._gateway.submit(item)
            case Rating():
                self._gateway.rate(item)
            case Problem():
                self._gateway.report_problem(item)
        return None

    def _acknowledged(self, entry: Entry, acknowledgement: Acknowledgement | None) -> None:
        case_no = acknowledgement.case_no if acknowledgement else ""
        self._record(entry, lambda: self._outbox.acknowledge(entry.id, case_no))
        log.info("delivered", item=entry.id, kind=entry.kind.value)
        if acknowledgement and not self._tell(entry, HandedIn(acknowledgement)):
            self._publish(LateAcknowledgement(entry.id, entry.provisional_no, acknowledgement))

    def _refused(self, entry: Entry, refusal: GatewayRefused) -> None:
        self._record(entry, lambda: self._outbox.refuse(entry.id, refusal.code, refusal.reason))
        log.warning("refused", item=entry.id, kind=entry.kind.value, code=refusal.code)
        if self._tell(entry, Refused(refusal.code, refusal.reason)):
            # The citizen has the reason before them and the form in their hands; only what is
            # refused after they have gone is kept for staff.
            self._record(entry, lambda: self._set_aside.close(entry.id))

    def _no_answer(self, entry: Entry, reason: str) -> None:
        self._attempts.failed(entry.id, self._clock_s())
        log.warning("no answer", item=entry.id, kind=entry.kind.value, reason=reason)
        try:
            self._outbox.no_answer(entry.id)
        finally:
            self._tell(entry, None)

    def _record(self, entry: Entry, record: Callable[[], None]) -> None:
        """Write down an answer; if that fails, the item is sent and answered again later."""
        self._attempts.answered(entry.id)
        try:
            record()
        except DatabaseFault as fault:
            self._attempts.failed(entry.id, self._clock_s())
            log.critical("answer not recorded", item=entry.id, reason=str(fault))

    def _tell(self, entry: Entry, answer: Answer | None) -> bool:
        """Give the answer to whoever waits in `hand_in`; whether somebody did."""
        with self._lock:
            awaited = self._awaited.pop(entry.id, None)
            if awaited is not None:
                awaited.set_result(answer)
        return awaited is not None

    def _give_up(self, item_id: str) -> None:
        with self._lock:
            self._awaited.pop(item_id, None)

    def _publish(self, late: LateAcknowledgement) -> None:
        with self._lock:
            subscribers = tuple(self._subscribers)
        for subscriber in subscribers:
            try:
                subscriber(late)
            except Exception as error:  # noqa: BLE001 - a listener's fault must not end delivery
                log.warning("subscriber failed", kind=type(error).__name__)


def _answer_of(entry: Entry) -> Answer:
    """What is still known of a submission handed in before and settled since."""
    match entry.state:
        case State.ACKNOWLEDGED:
            accepted_at = entry.settled_at or entry.put_at
            return HandedIn(Acknowledgement(entry.case_no, accepted_at, matters=()))
        case State.REFUSED | State.CLOSED if entry.refusal_code:
            return Refused(entry.refusal_code, reason="")
        case _:
            return Waiting(entry.provisional_no)
