"""The manager's connection to the broker; the one module of the manager that knows paho.

Each connection is a fresh client: nothing that was under way when the last one was lost is sent
again behind the publisher's back, out of order.
"""

from __future__ import annotations

import ssl
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random

import structlog
from paho.mqtt import client as mqtt
from paho.mqtt.enums import CallbackAPIVersion
from paho.mqtt.properties import Properties
from paho.mqtt.reasoncodes import ReasonCode
from paho.mqtt.subscribeoptions import SubscribeOptions

from fleet.broker.authority import Credentials
from kiosk.backoff import Backoff

KEEPALIVE_S = 30
CONNECT_S = 5.0  # TCP, TLS and the broker's answer
LOOK_S = 0.1  # how soon a lost connection is noticed while waiting for acknowledgements

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Address:
    """Where the broker listens."""

    host: str
    port: int


@dataclass(frozen=True)
class Heard:
    """A message that came in. `retained`: the broker kept it, so it may be old."""

    topic: str
    payload: bytes
    retained: bool


@dataclass(frozen=True)
class Said:
    """A message that is to be retained by the broker; an empty payload takes it away."""

    topic: str
    payload: bytes


WAITS = Backoff(first_s=0.5, longest_s=30.0)  # before connecting again


class NotPublished(Exception):
    """The broker has not acknowledged a message; says which topic, and why as far as known."""


class Link:
    """Connects, subscribes, and connects again until it is stopped.

    `on_heard` is called for each message, `on_change` with True once connected and subscribed and
    with False when that is over; both in the link's threads, so they must return at once.
    """

    def __init__(
        self,
        address: Address,
        credentials: Credentials,
        subscriptions: Sequence[str],
        *,
        on_heard: Callable[[Heard], None],
        on_change: Callable[[bool], None],
        random: Random,
        waits: Backoff = WAITS,
    ) -> None:
        self._address = address
        self._credentials = credentials
        self._subscriptions = tuple(subscriptions)
        self._on_heard = on_heard
        self._on_change = on_change
        self._random = random
        self._waits = waits
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, name="fleet link", daemon=True)
        self._session: _Session | None = None

    @property
    def up(self) -> bool:
        """Whether the broker is there and the subscriptions are in force."""
        session = self._session
        return session is not None and session.ready.is_set() and not session.over.is_set()

    def start(self) -> None:
        """Begin to connect. Raises OSError when the credentials cannot be read."""
        for file in (
            self._credentials.authority,
            self._credentials.certificate,
            self._credentials.key,
        ):
            file.open("rb").close()  # the TLS library does not say which one it misses
        context = ssl.create_default_context(cafile=str(self._credentials.authority))
        context.load_cert_chain(self._credentials.certificate, self._credentials.key)
        self._context = context
        self._thread.start()

    def stop(self) -> None:
        """Leave, and wait until that is done."""
        self._stopped.set()
        if session := self._session:
            session.over.set()
        self._thread.join()

    def publish(self, messages: Sequence[Said], within_s: float) -> None:
        """Have all of them acknowledged by the broker. Raises NotPublished."""
        session = self._session
        if session is None or not self.up:
            raise NotPublished("no connection to the broker")
        session.publish(messages, within_s)

    def _run(self) -> None:
        failures = 0
        while not self._stopped.is_set():
            self._session = session = _Session(self._context, self._on_heard)
            if session.open(self._address, self._subscriptions):
                failures = 0
                log.info("broker connected", host=self._address.host, port=self._address.port)
                self._on_change(True)
                session.over.wait()
                self._on_change(False)
            session.close()
            if self._stopped.is_set():
                return
            failures += 1
            delay_s = self._waits.delay_s(failures, self._random)
            log.warning("broker lost", reason=session.reason, again_in_s=round(delay_s, 2))
            self._stopped.wait(delay_s)


class _Session:
    """One connection, from its first byte to its last."""

    def __init__(self, context: ssl.SSLContext, on_heard: Callable[[Heard], None]) -> None:
        self.ready = threading.Event()  # connected and subscribed
        self.over = threading.Event()
        self.reason = "no answer"
        self._refused: dict[int, str] = {}  # by message id
        self._client = client = mqtt.Client(
            CallbackAPIVersion.VERSION2, protocol=mqtt.MQTTv5, reconnect_on_failure=False
        )
        client.enable_logger()
        client.suppress_exceptions = True  # logged, and the connection goes on
        client.max_inflight_messages_set(100)
        client.connect_timeout = CONNECT_S
        client.tls_set_context(context)
        client.on_connect = self._connected
        client.on_disconnect = self._disconnected
        client.on_subscribe = lambda *_: self.ready.set()
        client.on_publish = self._acknowledged
        client.on_message = lambda _client, _data, said: on_heard(
            Heard(said.topic, bytes(said.payload), said.retain)
        )

    def open(self, address: Address, subscriptions: Sequence[str]) -> bool:
        """Connect and subscribe; whether it could be done in time."""
        self._wanted = subscriptions
        try:
            self._client.connect(address.host, address.port, KEEPALIVE_S)
        except OSError as error:
            self.reason = str(error)
            return False
        self._client.loop_start()
        deadline = time.monotonic() + CONNECT_S
        while not self.ready.wait(LOOK_S):
            if self.over.is_set() or time.monotonic() > deadline:
                return False
        return not self.over.is_set()

    def close(self) -> None:
        """Take leave of the broker, if it is still there."""
        self.over.set()
        self._client.disconnect()
        self._client.loop_stop()

    def publish(self, messages: Sequence[Said], within_s: float) -> None:
        deadline = time.monotonic() + within_s
        sent = [
            (said.topic, self._client.publish(said.topic, said.payload, qos=1, retain=True))
            for said in messages
        ]
        for topic, told in sent:
            while not self.over.is_set() and time.monotonic() < deadline:
                if told.rc != mqtt.MQTT_ERR_SUCCESS or told.is_published():
                    break
                told.wait_for_publish(LOOK_S)
            if told.rc != mqtt.MQTT_ERR_SUCCESS or not told.is_published():
                raise NotPublished(f"{topic}: not acknowledged ({mqtt.error_string(told.rc)})")
            if reason := self._refused.pop(told.mid, None):
                raise NotPublished(f"{topic}: refused by the broker ({reason})")

    def _connected(
        self,
        client: mqtt.Client,
        _data: object,
        _flags: mqtt.ConnectFlags,
        reason: ReasonCode,
        _properties: Properties | None,
    ) -> None:
        if reason.is_failure:
            self.reason = str(reason)
            self.over.set()
            return
        # What the manager publishes itself need not come back to it.
        options = SubscribeOptions(qos=1, noLocal=True)
        client.subscribe([(topic, options) for topic in self._wanted])

    def _disconnected(
        self,
        _client: mqtt.Client,
        _data: object,
        _flags: mqtt.DisconnectFlags,
        reason: ReasonCode,
        _properties: Properties | None,
    ) -> None:
        self.reason = str(reason)
        self.over.set()

    def _acknowledged(
        self,
        _client: mqtt.Client,
        _data: object,
        number: int,
        reason: ReasonCode,
        _properties: Properties,
    ) -> None:
        if reason.is_failure:
            self._refused[number] = str(reason)
