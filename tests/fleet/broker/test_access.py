"""Who may say and hear what at the broker. Real mosquitto, real certificates."""

from __future__ import annotations

import ssl
from pathlib import Path

import pytest

from fleet.broker.authority import Authority, Credentials
from fleet.protocol.topics import Kind, Terminal, chunk, every_terminal, metadata
from tests.fleet.mqtt_client import connected, context
from tests.harness.broker import RunningBroker, utc_now
from tests.yici.waiting import wait_until

OURS = Terminal("access", "A1")
OTHER = Terminal("access", "B1")
ELSEWHERE = Terminal("elsewhere", "A1")
HELLO = b"hello"


@pytest.mark.parametrize("kind", [Kind.STATUS, Kind.REPORT])
def test_a_terminal_is_heard_on_its_own_topics(broker: RunningBroker, kind: Kind):
    with connected(broker, "manager") as manager, connected(broker, OURS.client_id) as terminal:
        manager.subscribe(every_terminal(kind))
        assert terminal.publish(OURS.topic(kind), HELLO) == "Success"
        wait_until(lambda: (OURS.topic(kind), HELLO) in manager.heard)


@pytest.mark.parametrize(
    "topic",
    [
        OTHER.topic(Kind.STATUS),
        OTHER.topic(Kind.REPORT),
        ELSEWHERE.topic(Kind.REPORT),
        OURS.topic(Kind.DESIRED),
        metadata("access", "timestamp.json"),
        chunk("0" * 64, 0),
    ],
)
def test_a_terminal_cannot_speak_for_another_or_for_the_manager(broker: RunningBroker, topic: str):
    with connected(broker, "manager") as manager, connected(broker, OURS.client_id) as terminal:
        for kind in Kind:
            manager.subscribe(every_terminal(kind))
        manager.subscribe("yici/v1/#")
        assert terminal.publish(topic, b"forged") == "Not authorized"
        terminal.publish(OURS.topic(Kind.REPORT), b"after")
        wait_until(lambda: any(payload == b"after" for _, payload in manager.heard))
        assert not [said for said in manager.heard if said[1] == b"forged"]


def test_a_terminal_hears_its_own_topics_and_no_others(broker: RunningBroker):
    with connected(broker, "manager") as manager, connected(broker, OURS.client_id) as terminal:
        for topic in (
            OTHER.topic(Kind.DESIRED),
            ELSEWHERE.topic(Kind.DESIRED),
            every_terminal(Kind.DESIRED),
            every_terminal(Kind.REPORT),
            every_terminal(Kind.STATUS),
            "#",
        ):
            terminal.subscribe(topic)
        with connected(broker, OTHER.client_id) as other:
            other.publish(OTHER.topic(Kind.STATUS), b"not yours")
            other.publish(OTHER.topic(Kind.REPORT), b"not yours")
        manager.publish(OTHER.topic(Kind.DESIRED), b"not yours")
        manager.publish(ELSEWHERE.topic(Kind.DESIRED), b"not yours")
        manager.publish(OURS.topic(Kind.DESIRED), b"yours")
        wait_until(lambda: b"yours" in {payload for _, payload in terminal.heard})
        assert b"not yours" not in {payload for _, payload in terminal.heard}
        assert not [
            topic for topic, _ in terminal.heard if "/t/" in topic and OURS.name not in topic
        ]


def test_everybody_hears_signed_metadata_and_pieces(broker: RunningBroker):
    topics = {metadata("access", "timestamp.json"), chunk("1" * 64, 0)}
    with connected(broker, "manager") as manager, connected(broker, OURS.client_id) as terminal:
        for topic in topics:
            terminal.subscribe(topic)
            manager.publish(topic, HELLO)
        wait_until(lambda: {topic for topic, _ in terminal.heard} == topics)


def test_nobody_takes_over_the_session_of_another_by_its_name(broker: RunningBroker):
    with connected(broker, OURS.client_id, asked_id="same") as first:
        with connected(broker, OTHER.client_id, asked_id="same") as second:
            assert second.publish(OTHER.topic(Kind.REPORT), HELLO)
        assert first.publish(OURS.topic(Kind.REPORT), HELLO)
        assert first.up


def test_without_a_certificate_nobody_is_let_in(broker: RunningBroker):
    stranger = ssl.create_default_context(cafile=str(broker.ca))
    assert_turned_away(broker, stranger)


def test_a_certificate_of_another_authority_is_not_believed(broker: RunningBroker, tmp_path: Path):
    forged = Authority.open(tmp_path, utc_now).for_terminal(OURS)
    trusting = Credentials(broker.ca, forged.certificate, forged.key)
    assert_turned_away(broker, context(trusting))


def assert_turned_away(broker: RunningBroker, stranger: ssl.SSLContext) -> None:
    connect = bytes.fromhex("100d00044d5154540502003c000000")  # MQTT 5 CONNECT, no client id
    # With TLS 1.3 the refusal of a certificate comes after the handshake.
    with (
        broker.raw_connection() as wire,
        pytest.raises((ssl.SSLError, ConnectionError)),
        stranger.wrap_socket(wire, server_hostname=broker.host) as secure,
    ):
        secure.sendall(connect)
        if not secure.recv(1):
            raise ConnectionResetError
