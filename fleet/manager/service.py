"""The manager as a whole: one link, the ingest, and a publisher for each bank."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from random import Random

from fleet.broker.authority import Credentials
from fleet.manager.ingest import SUBSCRIPTIONS, Counts, Ingest
from fleet.manager.link import WAITS, Address, Heard, Link
from fleet.manager.publication import TIMESTAMP
from fleet.manager.publisher import Publisher
from fleet.manager.store import Store
from fleet.protocol import topics
from fleet.protocol.topics import MetadataTopic
from fleet.release.repository import Repository
from kiosk.backoff import Backoff


class Service:
    """Runs from `start` to `stop`, with or without the broker."""

    def __init__(
        self,
        address: Address,
        credentials: Credentials,
        store: Store,
        repositories: Mapping[str, Repository],
        *,
        now: Callable[[], datetime],
        random: Random,
        waits: Backoff = WAITS,
    ) -> None:
        """`repositories`: one for each bank, by its name in the topics."""
        self._ingest = Ingest(store, now)
        self._link = Link(
            address,
            credentials,
            (*SUBSCRIPTIONS, *(topics.metadata(bank, TIMESTAMP) for bank in repositories)),
            on_heard=self._heard,
            on_change=self._changed,
            random=random,
            waits=waits,
        )
        self._publishers = {
            bank: Publisher(bank, repository, store, self._link.publish)
            for bank, repository in repositories.items()
        }

    @property
    def up(self) -> bool:
        """Whether the broker is in reach."""
        return self._link.up

    @property
    def counts(self) -> Counts:
        """What became of the messages so far."""
        return self._ingest.counts

    def start(self) -> None:
        """Begin. Raises OSError when the credentials cannot be read."""
        self._ingest.start()
        for publisher in self._publishers.values():
            publisher.start()
        self._link.start()

    def stop(self) -> None:
        """Leave the broker, write what has come, end."""
        self._link.stop()
        for publisher in self._publishers.values():
            publisher.stop()
        self._ingest.stop()

    def _heard(self, said: Heard) -> None:
        topic = topics.read(said.topic)
        if isinstance(topic, MetadataTopic) and (publisher := self._publishers.get(topic.bank)):
            publisher.heard(said)
        else:
            self._ingest.heard(said)

    def _changed(self, up: bool) -> None:
        if not up:
            self._ingest.lost()
        for publisher in self._publishers.values():
            publisher.changed(up)
