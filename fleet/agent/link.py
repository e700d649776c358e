"""The agent's connection to the broker; the one module of the agent that knows paho.

Each connection is a fresh client with a clean session: what is retained comes anew, and nothing
said before is said again. Whoever hears decides; here is neither protocol nor state.
"""

from __future__ import annotations

import ssl
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

import structlog
from paho.mqtt import client as mqtt
from paho.mqtt.enums import CallbackAPIVersion
from paho.mqtt.packettypes import PacketTypes
from paho.mqtt.properties import Properties
from paho.mqtt.reasoncodes import ReasonCode

from fleet.protocol.topics import CHUNK_BYTES
from kiosk.backoff import Backoff

KEEPALIVE_S = 20  # the broker tells the death after one and a half of it
CONNECT_S = 5.0  # TCP, TLS and the broker's answer
LARGEST_PACKET = CHUNK_BYTES + 4096  # bytes; the broker is told, and drops what is larger
WAITS = Backoff(first_s=0.5, longest_s=60.0)

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Broker:
    """Where it listens, and the PEM files by which both sides know each other."""

    host: str
    port: int
    authority: Path
    certificate: Path
    key: Path


@dataclass(frozen=True)
class Connected:
    """The broker is there; subscriptions have to be asked for anew."""


@dataclass(frozen=True)
class Lost:
    """The broker is gone; the link goes on trying."""


@dataclass(frozen=True)
class Heard:
    """A message came in."""

    topic: str
    payload: bytes


LinkEvent = Connected | Lost | Heard


@dataclass(frozen=True)
class Will:
    """What the broker says, retained, when this connection breaks."""

    topic: str
    payload: Callable[[], bytes]


class Link:
    """Connects, and connects again until it is stopped. `tell` is called in the link's threads."""

    def __init__(
        self,
        broker: Broker,
        will: Will,
        tell: Callable[[LinkEvent], None],
        random: Random,
    ) -> None:
        self._broker = broker
        self._will = will
        self._tell = tell
        self._random = random
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, name="agent link", daemon=True)
        self._client: mqtt.Client | None = None

    def start(self) -> None:
        """Begin to connect. Raises OSError (ssl.SSLError too) for files that cannot be used."""
        self._context = ssl.create_default_context(cafile=str(self._broker.authority))
        self._context.load_cert_chain(self._broker.certificate, self._broker.key)
        self._thread.start()

    def stop(self) -> None:
        """Leave; what was published before is sent first, as far as the broker takes it."""
        self._stopped.set()
        if self._thread.is_alive():
            self._thread.join()

    def subscribe(self, topics: Sequence[str]) -> None:
        """Ask for these topics; what is retained there comes, again if it came before."""
        client = self._client
        if client is not None and topics:
            client.subscribe([(topic, 1) for topic in topics])

    def publish(self, topic: str, payload: bytes, *, retain: bool = False) -> bool:
        """Hand a message to the broker; whether the connection took it."""
        client = self._client
        if client is None:
            return False
        return client.publish(topic, payload, qos=1, retain=retain).rc == mqtt.MQTT_ERR_SUCCESS

    def _run(self) -> None:
        failures = 0
        while not self._stopped.is_set():
            failures = 1 if self._connection() else failures + 1
            self._stopped.wait(WAITS.delay_s(failures, self._random))

    def _connection(self) -> bool:
        """One connection from beginning to end; whether there was one."""
        over = threading.Event()
        up = threading.Event()
        client = self._new_client(up, over)
        try:
            client.connect(
                self._broker.host,
                self._broker.port,
                KEEPALIVE_S,
                clean_start=True,
                properties=_connect_properties(),
            )
        except OSError as error:
            log.warning("broker out of reach", reason=str(error))
            return False
        client.loop_start()
        deadline_s = time.monotonic() + CONNECT_S
        while not (up.wait(0.05) or over.is_set() or self._stopped.is_set()):
            if time.monotonic() > deadline_s:
                break
        if up.is_set() and not over.is_set():
            self._client = client
            self._tell(Connected())
            while not (over.wait(0.1) or self._stopped.is_set()):
                pass
            self._client = None
            self._tell(Lost())
        client.disconnect()
        client.loop_stop()
        return up.is_set()

    def _new_client(self, up: threading.Event, over: threading.Event) -> mqtt.Client:
        client = mqtt.Client(
            CallbackAPIVersion.VERSION2, protocol=mqtt.MQTTv5, reconnect_on_failure=False
        )
        client.enable_logger()
        client.suppress_exceptions = True  # logged, and the connection goes on
        client.connect_timeout = CONNECT_S
        client.tls_set_context(self._context)
        client.will_set(self._will.topic, self._will.payload(), qos=1, retain=True)

        def connected(
            _client: mqtt.Client,
            _data: object,
            _flags: mqtt.ConnectFlags,
            reason: ReasonCode,
            _properties: Properties | None,
        ) -> None:
            if reason.is_failure:
                log.warning("broker refuses the connection", reason=str(reason))
                over.set()
            else:
                up.set()

        def disconnected(
            _client: mqtt.Client,
            _data: object,
            _flags: mqtt.DisconnectFlags,
            reason: ReasonCode,
            _properties: Properties | None,
        ) -> None:
            log.info("broker connection over", reason=str(reason))
            over.set()

        client.on_connect = connected
        client.on_disconnect = disconnected
        client.on_message = lambda _client, _data, said: self._tell(
            Heard(said.topic, bytes(said.payload))
        )
        return client


def _connect_properties() -> Properties:
    properties = Properties(PacketTypes.CONNECT)  # type: ignore[no-untyped-call]
    properties.MaximumPacketSize = LARGEST_PACKET
    return properties
