"""Publish of one update → every terminal's report stored: `python -m benchmarks.fleet_push`.

500 terminals at the protocol's level, each with its own certificate and TLS connection, hear one
delta-sized retained message and answer it with a report; the manager (`fleet.manager`) takes the
reports in, and the time ends when the last row is in its store. Compared with the bare broker in
the same run: the same payloads, QoS 1, MQTT 5, TLS, the same clients, and in place of the manager
a plain subscriber that only counts. Budget: 3 times that. The last line is JSON.

paho's own loop uses select, which fails without a word above 1,024 descriptors; so the terminals
are driven by one epoll loop over `loop_read` and `loop_write` in a process of its own.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing as mp
import os
import resource
import select
import ssl
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from multiprocessing.connection import Connection
from pathlib import Path
from random import SystemRandom
from uuid import uuid4

from paho.mqtt import client as mqtt
from paho.mqtt.enums import CallbackAPIVersion

from fleet.broker.authority import Credentials
from fleet.manager.ingest import SUBSCRIPTIONS, Ingest
from fleet.manager.link import Address, Link, Said
from fleet.manager.reading import totals
from fleet.manager.store import Store
from fleet.protocol.messages import DeviceReport, Report, Update, UpdateState
from fleet.protocol.topics import Kind, Terminal, chunk, every_terminal
from tests.harness.broker import RunningBroker, running_broker, utc_now

BUDGET = 3.0
TERMINALS = 500
ROUNDS = 5
UPDATE_BYTES = 11_495  # a delta of 100 of 10,000 matters
LONGEST_S = 60.0
BANK = "bench"
RELEASE = "0123456789ab"


def report(boot: str, sequence: int) -> bytes:
    """What a terminal answers; about as long as a real one."""
    return Report(
        boot=boot,
        sequence=sequence,
        at=utc_now(),
        release=RELEASE,
        update=Update(state=UpdateState.STAGED, release=RELEASE),
        terminal_running=True,
        busy=False,
        devices=(
            DeviceReport(device="id_card", state="online"),
            DeviceReport(device="receipt_printer", state="online", paper="full"),
        ),
    ).to_bytes()


class Crowd:
    """All terminals in one epoll loop. Says on the pipe when all are there."""

    def __init__(self, port: int, credentials: Sequence[Credentials], update: str) -> None:
        self._poll = select.epoll()
        self._clients: dict[int, mqtt.Client] = {}
        self._update = update
        self.ready = 0
        for number, files in enumerate(credentials):
            self._join(port, Terminal(BANK, f"T{number:05}"), files)

    def _join(self, port: int, terminal: Terminal, files: Credentials) -> None:
        context = ssl.create_default_context(cafile=str(files.authority))
        context.load_cert_chain(files.certificate, files.key)
        client = mqtt.Client(CallbackAPIVersion.VERSION2, protocol=mqtt.MQTTv5)
        client.tls_set_context(context)
        boot, sent = uuid4().hex, 0

        def heard(_client: mqtt.Client, _data: object, _said: mqtt.MQTTMessage) -> None:
            nonlocal sent
            sent += 1
            client.publish(terminal.topic(Kind.REPORT), report(boot, sent), 1)

        def subscribed(*_: object) -> None:
            self.ready += 1

        client.on_connect = lambda *_: client.subscribe(self._update, 1)
        client.on_message = heard
        client.on_subscribe = subscribed
        # Wanting to write is told by a callback; without one paho writes from inside publish.
        client.on_socket_register_write = lambda _c, _d, sock: self._mind(sock, writing=True)
        client.on_socket_unregister_write = lambda _c, _d, sock: self._mind(sock, writing=False)
        client.on_socket_open = lambda _c, _d, sock: self._poll.register(sock, select.EPOLLIN)
        client.connect("127.0.0.1", port, keepalive=600)
        sock = client.socket()
        assert sock is not None
        self._clients[sock.fileno()] = client
        before = self.ready
        while self.ready == before:
            self.turn(0.05)

    def _mind(self, sock: ssl.SSLSocket, *, writing: bool) -> None:
        self._poll.modify(sock, select.EPOLLIN | (select.EPOLLOUT if writing else 0))

    def turn(self, wait_s: float) -> None:
        """Serve whoever has something to read or room to write."""
        for descriptor, events in self._poll.poll(wait_s):
            client = self._clients.get(descriptor)
            if client is None:
                continue
            if events & select.EPOLLIN:
                self._read(client)
            if events & select.EPOLLOUT:
                client.loop_write()
            if events & (select.EPOLLHUP | select.EPOLLERR):
                raise RuntimeError("a terminal lost its connection")

    def _read(self, client: mqtt.Client) -> None:
        client.loop_read()
        # What TLS has decrypted already makes no descriptor readable.
        while (sock := client.socket()) is not None and sock.pending():
            client.loop_read()


def crowd(port: int, credentials: Sequence[Credentials], update: str, pipe: Connection) -> None:
    """The terminals' process: until something comes through the pipe."""
    all_there = Crowd(port, credentials, update)
    pipe.send("ready")
    while not pipe.poll():
        all_there.turn(0.2)
    os._exit(0)  # five hundred goodbyes are not part of the measurement


@contextmanager
def terminals(broker: RunningBroker, count: int, update: str) -> Iterator[None]:
    """A crowd that is connected and subscribed."""
    files = [broker.certificate(Terminal(BANK, f"T{n:05}").client_id) for n in range(count)]
    ours, theirs = mp.Pipe()
    process = mp.get_context("spawn").Process(
        target=crowd, args=(broker.port, files, update, theirs)
    )
    process.start()
    try:
        if not ours.poll(LONGEST_S) or ours.recv() != "ready":
            raise RuntimeError("the terminals did not connect in time")
        yield
    finally:
        if process.is_alive():
            ours.send("end")
        process.join(10)


class Counter:
    """The bare broker's other end: counts what comes, keeps nothing."""

    def __init__(self, broker: RunningBroker, topic: str) -> None:
        files = broker.certificate("manager")
        context = ssl.create_default_context(cafile=str(files.authority))
        context.load_cert_chain(files.certificate, files.key)
        self.count = 0
        self._ready = threading.Event()
        self.client = client = mqtt.Client(CallbackAPIVersion.VERSION2, protocol=mqtt.MQTTv5)
        client.tls_set_context(context)
        client.on_connect = lambda *_: client.subscribe(topic, 1)
        client.on_subscribe = lambda *_: self._ready.set()
        client.on_message = self._heard
        client.connect(broker.host, broker.port)
        client.loop_start()
        assert self._ready.wait(10)

    def _heard(self, _client: mqtt.Client, _data: object, _said: mqtt.MQTTMessage) -> None:
        self.count += 1

    def close(self) -> None:
        self.client.disconnect()
        self.client.loop_stop()


def timed(publish: Callable[[], object], done: Callable[[], bool]) -> float:
    """Milliseconds from the publication to the end."""
    began = time.perf_counter()
    publish()
    while not done():
        if time.perf_counter() - began > LONGEST_S:
            raise RuntimeError("not every terminal's answer arrived")
        time.sleep(0.001)
    return (time.perf_counter() - began) * 1000


def bare(broker: RunningBroker, topic: str, count: int, rounds: int) -> list[float]:
    """The broker alone, a counting subscriber in place of the manager."""
    counter = Counter(broker, every_terminal(Kind.REPORT))
    spans = []
    for _ in range(rounds + 1):
        counter.count = 0
        payload = os.urandom(UPDATE_BYTES)
        spans.append(
            timed(
                lambda payload=payload: counter.client.publish(topic, payload, 1, retain=True),
                lambda: counter.count >= count,
            )
        )
    counter.close()
    return spans[1:]  # the first one warms both sides up


def managed(
    broker: RunningBroker, topic: str, count: int, rounds: int, folder: Path
) -> list[float]:
    """The manager: every answer validated, and its row committed."""
    store = Store.open(folder / "fleet.db")
    ingest = Ingest(store, utc_now)
    link = Link(
        Address(broker.host, broker.port),
        broker.certificate("manager"),
        SUBSCRIPTIONS,
        on_heard=ingest.heard,
        on_change=lambda _up: None,
        random=SystemRandom(),
    )
    ingest.start()
    link.start()
    while not link.up:
        time.sleep(0.01)
    spans = []
    for _ in range(rounds + 1):
        before = ingest.counts.stored
        said = Said(topic, os.urandom(UPDATE_BYTES))
        spans.append(
            timed(
                lambda said=said: link.publish([said], LONGEST_S),
                lambda before=before: ingest.counts.stored - before >= count,
            )
        )
    assert totals(store.engine).terminals == count, "every terminal has its row"
    assert ingest.counts.refused == ingest.counts.let_go == 0
    link.stop()
    ingest.stop()
    store.close()
    return spans[1:]


def main() -> int:
    """Measure, print, compare with the budget."""
    parser = argparse.ArgumentParser(description="Push one update to many terminals.")
    parser.add_argument("--terminals", type=int, default=TERMINALS)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    asked = parser.parse_args()
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))  # inherited by broker and terminals
    topic = chunk("0" * 64, 0)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with running_broker(folder / "broker") as broker, terminals(broker, asked.terminals, topic):
            plain = bare(broker, topic, asked.terminals, asked.rounds)
            full = managed(broker, topic, asked.terminals, asked.rounds, folder)
    ratio = statistics.median(full) / statistics.median(plain)
    print(
        json.dumps(
            {
                "terminals": asked.terminals,
                "update_bytes": UPDATE_BYTES,
                "bare_ms": [round(span) for span in plain],
                "stored_ms": [round(span) for span in full],
                "ratio": round(ratio, 2),
            }
        )
    )
    return 0 if ratio <= BUDGET else 1


if __name__ == "__main__":
    sys.exit(main())
