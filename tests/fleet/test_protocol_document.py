"""docs/protocol.md says what the code does."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from fleet.manager.ingest import QUEUE
from fleet.protocol.messages import Desired, Report, SignedDesired, Status, UpdateState
from fleet.protocol.topics import Kind, Terminal, chunk, metadata

DOCUMENT = Path("docs/protocol.md").read_text("utf-8")


@pytest.mark.parametrize("message", [Status, Report, SignedDesired, Desired])
def test_every_key_of_a_message_is_explained(message: type[Status]):
    start = DOCUMENT.index(f"| `{message.__name__}` |")
    rest = DOCUMENT[start + 2 :]
    end = re.search(r"\n\| `[A-Z]|\n\n", rest)
    assert end is not None
    explained = set(re.findall(r"`(\w+)`", rest[: end.start()]))
    assert set(message.model_fields) - {"v"} <= explained


def test_every_topic_and_every_state_of_an_update_is_there():
    patterns = {Terminal("B", "T").topic(kind) for kind in Kind} | {
        metadata("B", "timestamp.json"),
        chunk("0" * 64, 7),
    }
    told = re.findall(r"`(yici/v1/[^`]+)`", DOCUMENT)
    for pattern in patterns:
        assert any(fits(topic, pattern) for topic in told), pattern
    assert all(f"`{state.value}`" in DOCUMENT for state in UpdateState)


def fits(told: str, topic: str) -> bool:
    return bool(re.fullmatch(re.sub(r"\\\{\w+\\\}", "[^/]+", re.escape(told)), topic))


def test_limits_are_those_in_force():
    settings = Path("config/broker/mosquitto.conf").read_text("utf-8")
    for key, told in (
        ("max_packet_size", "140,000 bytes"),
        ("max_queued_messages", "20,000 messages"),
        ("max_queued_bytes", "100 MB"),
        ("max_keepalive", "120 s"),
    ):
        value = re.search(rf"^{key} (\d+)$", settings, re.M)
        assert value is not None
        number = told.split()[0].replace(",", "")
        assert value[1].startswith(number)
        assert told in DOCUMENT
    assert f"{QUEUE:,} messages" in DOCUMENT
