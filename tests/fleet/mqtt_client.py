"""A client at the protocol's level, for tests: says and hears bytes, believes nothing."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from queue import Empty, Queue

from paho.mqtt import client as mqtt
from paho.mqtt.enums import CallbackAPIVersion

from fleet.broker.authority import Credentials
from tests.harness.broker import RunningBroker
from tests.yici.waiting import wait_until

Heard = tuple[str, bytes]
ANSWER_S = 30.0  # two shared cores


class MqttClient:
    """One connection. `heard` are topics and payloads in the order of their arrival."""

    def __init__(
        self,
        broker: RunningBroker,
        credentials: Credentials,
        asked_id: str,
        will: Heard | None = None,
    ) -> None:
        self.heard: list[Heard] = []
        self.up = False
        self._answers: Queue[str] = Queue()
        self._client = mqtt.Client(CallbackAPIVersion.VERSION2, asked_id, protocol=mqtt.MQTTv5)
        self._client.tls_set_context(context(credentials))
        if will is not None:
            self._client.will_set(*will, qos=1, retain=True)
        self._client.on_connect = lambda _c, _d, _f, reason, _p: self._connected(str(reason))
        self._client.on_disconnect = lambda *_: self._connected("gone")
        self._client.on_message = lambda _c, _d, said: self.heard.append((said.topic, said.payload))
        self._client.on_publish = lambda _c, _d, _m, reason, _p: self._answers.put(str(reason))
        self._client.on_subscribe = lambda _c, _d, _m, reasons, _p: self._answers.put(
            str(reasons[0])
        )
        self._client.connect(broker.host, broker.port, keepalive=60)
        self._client.loop_start()
        wait_until(lambda: self.up)

    def subscribe(self, topic: str) -> str:
        """Ask for a topic; gives the broker's answer."""
        self._client.subscribe(topic, 1)
        return self._answer()

    def publish(self, topic: str, payload: bytes, *, retain: bool = False) -> str:
        """Say something; gives the broker's answer."""
        self._client.publish(topic, payload, 1, retain)
        return self._answer()

    def vanish(self) -> None:
        """As when the power goes: no word to the broker."""
        wire = self._client.socket()
        assert isinstance(wire, ssl.SSLSocket)
        wire.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        """Leave."""
        self._client.disconnect()
        self._client.loop_stop()

    def _connected(self, reason: str) -> None:
        self.up = reason == "Success"

    def _answer(self) -> str:
        try:
            return self._answers.get(timeout=ANSWER_S)
        except Empty:
            raise AssertionError(f"the broker did not answer within {ANSWER_S:g} s") from None


def context(credentials: Credentials) -> ssl.SSLContext:
    made = ssl.create_default_context(cafile=str(credentials.authority))
    made.load_cert_chain(credentials.certificate, credentials.key)
    return made


@contextmanager
def connected(
    broker: RunningBroker, name: str, asked_id: str = "any", will: Heard | None = None
) -> Iterator[MqttClient]:
    """The manager or a terminal (`bank.terminal`), connected. `will`: topic and payload."""
    client = MqttClient(broker, broker.certificate(name), asked_id, will)
    try:
        yield client
    finally:
        client.close()
