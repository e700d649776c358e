"""Keeps what the broker retains for a bank equal to the bank's repository.

The broker's memory is never the truth: killed, it may come back with nothing or with what it saved
minutes ago. So after each connection the publisher looks at the timestamp that the broker retains.
It is published last, when all before it was acknowledged, and the broker saves all its memory at
one moment: a broker that has this very timestamp has the rest; any other gets everything again.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

import structlog

from fleet.manager.link import Heard, NotPublished, Said
from fleet.manager.publication import (
    TIMESTAMP,
    desired_messages,
    digest,
    stages,
)
from fleet.manager.store import Store
from fleet.protocol import topics
from fleet.protocol.topics import ChunkTopic
from fleet.release.files import ReleaseError, Wanted
from fleet.release.keys import KeyFileError
from fleet.release.repository import Repository

LOOK_S = 1.0  # how soon a new release in the folder is seen
RETAINED_S = 2.0  # for the broker to send the timestamp it retains
ACKNOWLEDGED_S = 60.0  # for one group of messages; a large pack over a slow line
AGAIN_S = 5.0  # after something could not be published
TIMESTAMP_S = 600.0  # how often it is looked whether the timestamp must be signed anew
DESIRED_AT_ONCE = 500

log = structlog.get_logger(__name__)


class Publisher:
    """One bank's. `heard` and `changed` may be called from the link's threads."""

    def __init__(
        self,
        bank: str,
        repository: Repository,
        store: Store,
        publish: Callable[[list[Said], float], None],
    ) -> None:
        """`publish` gives messages to the broker within so many seconds, or raises NotPublished."""
        self._bank = bank
        self._repository = repository
        self._store = store
        self._publish = publish
        self._timestamp_topic = topics.metadata(bank, TIMESTAMP)
        self._retained: str | None = None  # digest of the timestamp that the broker sent
        self._up = threading.Event()
        self._fresh = threading.Event()  # a connection that was not yet brought up to date
        self._wake = threading.Event()
        self._stopped = False
        self._published: dict[str, str] = {}  # topic → digest, as acknowledged
        self._complete: dict[str, str] = {}  # file → digest of metadata that is all published
        self._looked_at = float("-inf")
        self._thread = threading.Thread(target=self._run, name=f"publisher {bank}", daemon=True)

    def start(self) -> None:
        """Begin to publish whenever there is a connection."""
        self._thread.start()

    def stop(self) -> None:
        """End after what is under way."""
        self._stopped = True
        self._wake.set()
        self._thread.join()

    def heard(self, said: Heard) -> None:
        """The timestamp as the broker retains it."""
        if said.topic == self._timestamp_topic:
            self._retained = digest(said.payload)
            self._wake.set()

    def changed(self, up: bool) -> None:
        """The connection has come or gone."""
        if up:
            self._fresh.set()
            self._up.set()
        else:
            self._up.clear()
            self._retained = None
        self._wake.set()

    def _run(self) -> None:
        wait_s = LOOK_S
        while not self._stopped:
            self._wake.wait(wait_s)
            self._wake.clear()
            wait_s = LOOK_S
            if self._stopped or not self._up.is_set():
                continue
            try:
                self._bring_up_to_date()
            except NotPublished as fault:
                log.warning("not published", bank=self._bank, reason=str(fault))
                wait_s = AGAIN_S
            except (ReleaseError, KeyFileError, OSError) as fault:
                log.warning("repository not readable", bank=self._bank, reason=str(fault))
                wait_s = AGAIN_S

    def _bring_up_to_date(self) -> None:
        if time.monotonic() - self._looked_at > TIMESTAMP_S:
            self._repository.refresh_timestamp()
            self._looked_at = time.monotonic()
        fresh = self._fresh.is_set()
        self._fresh.clear()
        try:
            if fresh and not self._broker_has_kept():
                self._published.clear()
                self._complete.clear()
            # Read first: a release desired meanwhile is in none of the lists published here.
            wanted = self._repository.desired()
            self._publish_repository()
            if wanted is not None:
                self._publish_desired(wanted, everybody=fresh)
        except BaseException:
            if fresh:
                self._fresh.set()
            raise

    def _broker_has_kept(self) -> bool:
        ours = self._published.get(self._timestamp_topic)
        if ours is None:
            return False
        deadline = time.monotonic() + RETAINED_S
        while self._retained != ours and time.monotonic() < deadline and self._up.is_set():
            self._wake.wait(LOOK_S / 10)
            self._wake.clear()
        return self._retained == ours

    def _publish_repository(self) -> None:
        metadata = self._repository.metadata_files()
        wanted = {file: digest(content) for file, content in metadata.items()}
        if not metadata or wanted == self._complete:
            return
        began, sent = time.monotonic(), 0
        there: set[str] = set()
        for group in stages(self._bank, metadata, self._repository.blobs()):
            missing = [
                said for said in group if self._published.get(said.topic) != digest(said.payload)
            ]
            self._publish(missing, ACKNOWLEDGED_S)
            self._published |= {said.topic: digest(said.payload) for said in missing}
            there |= {said.topic for said in group}
            sent += len(missing)
        superseded = self._superseded(there)
        self._complete = wanted
        log.info(
            "repository published",
            bank=self._bank,
            messages=sent,
            taken_away=superseded,
            seconds=round(time.monotonic() - began, 2),
        )

    def _superseded(self, there: set[str]) -> int:
        """Take away the pieces of packs that no listed release needs any more; how many."""
        gone = sorted(
            topic
            for topic in self._published.keys() - there
            if isinstance(topics.read(topic), ChunkTopic)
        )
        self._publish([Said(topic, b"") for topic in gone], ACKNOWLEDGED_S)
        for topic in gone:
            del self._published[topic]
        return len(gone)

    def _publish_desired(self, wanted: Wanted, *, everybody: bool) -> None:
        if everybody:
            lacking = self._store.known(self._bank)
        else:
            lacking = self._store.lacking(self._bank, wanted.release, wanted.number)
        for start in range(0, len(lacking), DESIRED_AT_ONCE):
            some = lacking[start : start + DESIRED_AT_ONCE]
            self._publish(desired_messages(self._repository, wanted, some), ACKNOWLEDGED_S)
            self._store.desire([(one, wanted.release, wanted.number) for one in some])
        if lacking:
            log.info(
                "desired release published",
                bank=self._bank,
                release=wanted.release,
                number=wanted.number,
                terminals=len(lacking),
            )
