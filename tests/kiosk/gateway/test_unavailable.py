"""Whatever the platform's end does, a call ends in time, in one of two errors, naming nobody."""

from __future__ import annotations

import gzip
import json
import socket
import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest

from kiosk.gateway.http_client import HttpGateway
from kiosk.gateway.port import GatewayRefused, GatewayUnavailable
from tests.harness.platform import SandboxPlatform
from tests.kiosk.gateway import examples
from tests.kiosk.gateway.examples import CHEN
from tests.kiosk.gateway.raw_server import RawServer, answer, raw_server, says

TIMEOUT_S = 0.5
LATEST_S = TIMEOUT_S + 5.0  # a busy machine; what is not ended goes on without end
ANSWERED_S = 20.0  # for what is answered at once
REFUSAL = json.dumps({"code": "no_such_thing", "reason": "没有。"}).encode()


@pytest.fixture
def server() -> Iterator[RawServer]:
    with raw_server(says(b"")) as server:
        yield server


@pytest.fixture
def gateway(server: RawServer) -> Iterator[HttpGateway]:
    with HttpGateway(server.base_url, "T-0001", "some-key", timeout_s=ANSWERED_S) as gateway:
        yield gateway


@pytest.fixture
def hasty(server: RawServer) -> Iterator[HttpGateway]:
    with HttpGateway(server.base_url, "T-0001", "some-key", timeout_s=TIMEOUT_S) as gateway:
        yield gateway


def drip(connection: socket.socket, start: bytes, each: bytes) -> None:
    connection.sendall(start)
    while True:
        connection.sendall(each)
        time.sleep(0.05)  # the fault itself: slower than any read time-out would notice


def flood(connection: socket.socket, start: bytes) -> None:
    connection.sendall(start)
    while True:
        connection.sendall(b"x" * 65536)


def submit(gateway: HttpGateway) -> None:
    gateway.submit(examples.submission(matters=("birth_certificate",)))


HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"


@pytest.mark.parametrize(
    "behaviour",
    [
        pytest.param(lambda c: c.recv(1), id="never answers"),
        pytest.param(lambda c: drip(c, b"", b"H"), id="drips a status line"),
        pytest.param(lambda c: drip(c, HEAD + b"A: ", b"x"), id="drips a header"),
        pytest.param(lambda c: drip(c, HEAD + b"Content-Length: 9999\r\n\r\n", b" "), id="drips"),
        pytest.param(lambda c: drip(c, b"", b"HTTP/1.1 102 Wait\r\n\r\n"), id="says wait for ever"),
        pytest.param(lambda c: flood(c, HEAD + b"A: "), id="an endless header"),
        pytest.param(lambda c: flood(c, HEAD + b"\r\n"), id="an endless body"),
    ],
)
def test_a_platform_that_never_ends_is_left_in_time(
    server: RawServer, hasty: HttpGateway, behaviour: Any
) -> None:
    server.behave = behaviour
    started = time.monotonic()
    with pytest.raises(GatewayUnavailable):
        submit(hasty)
    assert time.monotonic() - started < LATEST_S


NESTED = b"[" * 100_000
NAMELESS = json.dumps({"project_no": "43990020261120000001K", "accept_date": 0, "tasks": []})


@pytest.mark.parametrize(
    "said",
    [
        pytest.param(b"", id="closes at once"),
        pytest.param(b"\x00\xff rubbish \r\n\r\n", id="no HTTP"),
        pytest.param(b"HTTP/1.1 200 OK\r\nContent-Length: 90\r\n\r\n{}", id="half a body"),
        pytest.param(answer(200, b""), id="nothing"),
        pytest.param(answer(200, b"{"), id="half a JSON"),
        pytest.param(answer(200, b"\xff\xfe{}"), id="no UTF-8"),
        pytest.param(answer(200, b"[]"), id="another JSON"),
        pytest.param(answer(200, b"{}"), id="an empty object"),
        pytest.param(answer(200, NESTED), id="100,000 levels"),
        pytest.param(answer(200, NAMELESS.encode()), id="wrong types"),
        pytest.param(answer(200, b"<html>log in</html>", "text/html"), id="a captive portal"),
        pytest.param(answer(302, b"", more="Location: http://127.0.0.1:1/\r\n"), id="a redirect"),
        pytest.param(answer(404, b"<html>nginx</html>", "text/html"), id="404 of a proxy"),
        pytest.param(answer(413, b"too large", "text/plain"), id="413 of a proxy"),
        pytest.param(answer(500, b"Internal Server Error", "text/plain"), id="500"),
        pytest.param(answer(502, b"", "text/html"), id="502"),
        pytest.param(answer(503, REFUSAL), id="503 of the platform"),
        pytest.param(answer(401, REFUSAL), id="a key not admitted"),
        pytest.param(answer(403, REFUSAL), id="a terminal not admitted"),
        pytest.param(answer(408, REFUSAL), id="too slow for the platform"),
        pytest.param(answer(429, REFUSAL), id="too many requests"),
    ],
)
def test_what_says_nothing_about_the_request_is_tried_again_later(
    server: RawServer, gateway: HttpGateway, said: bytes
) -> None:
    server.behave = says(said)
    with pytest.raises(GatewayUnavailable):
        submit(gateway)


def test_an_answer_over_a_megabyte_is_cut_off(server: RawServer, gateway: HttpGateway) -> None:
    server.behave = says(answer(200, b"{" + b" " * 2**20 + b"}"))
    with pytest.raises(GatewayUnavailable, match="over 1048576 bytes"):
        submit(gateway)


def test_a_compressed_answer_is_not_unpacked(server: RawServer, gateway: HttpGateway) -> None:
    bomb = gzip.compress(b" " * 2**24)
    server.behave = says(answer(200, bomb, more="Content-Encoding: gzip\r\n"))
    with pytest.raises(GatewayUnavailable, match="compressed"):
        submit(gateway)


@pytest.mark.parametrize("status", [400, 404, 409, 410, 413, 422])
def test_the_platforms_own_no_is_final_and_gives_its_reason(
    server: RawServer, gateway: HttpGateway, status: int
) -> None:
    server.behave = says(answer(status, REFUSAL))
    with pytest.raises(GatewayRefused) as refused:
        submit(gateway)
    assert (refused.value.code, refused.value.reason) == ("no_such_thing", "没有。")


def test_a_refused_key_says_what_staff_can_do(server: RawServer, gateway: HttpGateway) -> None:
    server.behave = says(answer(401, REFUSAL))
    with pytest.raises(GatewayUnavailable, match="check its name and key in the settings"):
        submit(gateway)


def test_licences_that_were_not_asked_for_are_not_taken(
    server: RawServer, gateway: HttpGateway
) -> None:
    certificate = {
        "certificate_type": "criminal_record",
        "certificate_type_code": "11439900MB9999906H009",
        "certificate_name": "样例",
        "certificate_identifier": "1.2.156.3005.2.1",
        "issue_dept": "样例",
        "issue_dept_code": "11439900MB9999906H",
        "certificate_data": {},
    }
    server.behave = says(answer(200, json.dumps({"certificates": [certificate]}).encode()))
    with pytest.raises(GatewayUnavailable, match="not asked for"):
        gateway.licences(examples.licence_request())


def test_an_answer_about_another_case_is_not_taken(server: RawServer, gateway: HttpGateway) -> None:
    task = {"task_code": "a", "task_name": "甲", "org_name": "乙", "promise_date": None}
    other = {
        "project_no": "43990020261120000002X",
        "theme_code": "newborn",
        "project_state": "accepted",
        "tasks": [{**task, "task_state": "accepted"}],
    }
    server.behave = says(answer(200, json.dumps(other).encode()))
    with pytest.raises(GatewayUnavailable, match="another case"):
        gateway.case("43990020261120000001K", CHEN)
    assert gateway.case("43990020261120000002X", CHEN).state == "accepted"


def test_errors_and_reprs_name_nobody(server: RawServer, gateway: HttpGateway) -> None:
    request = examples.submission(matters=("birth_certificate",))
    gateway_errors = []
    for status in (200, 500):
        server.behave = lambda connection, status=status: connection.sendall(
            answer(status, server.requests[-1].partition(b"\r\n\r\n")[2])
        )
        with pytest.raises(GatewayUnavailable) as unavailable:
            gateway.submit(request)
        gateway_errors.append(unavailable.value)
    told = "".join(f"{error}{error!r}{error.__cause__}" for error in gateway_errors)
    for secret in (CHEN.name, CHEN.number, *request.values.values()):
        assert secret in server.requests[-1].decode()
        assert secret not in told


def test_a_resolver_that_hangs_costs_no_more_than_the_time_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    resolved = threading.Event()

    def hang(*_arguments: object, **_options: object) -> list[object]:
        resolved.wait(LATEST_S * 2)
        raise OSError("no such name")

    monkeypatch.setattr(socket, "getaddrinfo", hang)
    with HttpGateway("https://platform.invalid", "T-0001", "some-key", TIMEOUT_S) as gateway:
        started = time.monotonic()
        with pytest.raises(GatewayUnavailable):
            submit(gateway)
        assert time.monotonic() - started < LATEST_S
        resolved.set()


def test_nobody_listening_is_unavailable() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    with (
        HttpGateway(f"http://127.0.0.1:{port}", "T-0001", "some-key") as gateway,
        pytest.raises(GatewayUnavailable, match="ConnectError"),
    ):
        submit(gateway)


def test_closing_ends_a_call_under_way_and_later_ones(server: RawServer) -> None:
    arrived = threading.Event()

    def hold(connection: socket.socket) -> None:
        arrived.set()
        connection.recv(1)

    server.behave = hold
    gateway = HttpGateway(server.base_url, "T-0001", "some-key", timeout_s=30)
    errors: list[GatewayUnavailable] = []

    def call() -> None:
        try:
            submit(gateway)
        except GatewayUnavailable as error:
            errors.append(error)

    caller = threading.Thread(target=call)
    caller.start()
    assert arrived.wait(ANSWERED_S)
    gateway.close()
    caller.join(ANSWERED_S)
    assert len(errors) == 1
    with pytest.raises(GatewayUnavailable, match="closed"):
        submit(gateway)
    gateway.close()


@pytest.mark.parametrize(
    ("base_url", "terminal", "key", "said"),
    [
        ("http://platform.example", "T-0001", "some-key", "use https"),
        ("ftp://127.0.0.1", "T-0001", "some-key", "write http"),
        ("127.0.0.1:80", "T-0001", "some-key", "write http"),
        ("https://user:pass@platform.example", "T-0001", "some-key", "without user"),
        ("https://platform.example", "T 1\r\nX: y", "some-key", "terminal"),
        ("https://platform.example", "T-0001", "short", "8 to 512"),
    ],
)
def test_settings_that_cannot_work_are_refused_at_the_start(
    base_url: str, terminal: str, key: str, said: str
) -> None:
    with pytest.raises(ValueError, match=said) as error:
        HttpGateway(base_url, terminal, key)
    assert key not in str(error.value)


@pytest.mark.parametrize("kind", ["down", "rubbish", "slow"])
def test_a_platform_on_a_bad_day_is_unavailable_and_well_again_afterwards(
    platform: SandboxPlatform, kind: str
) -> None:
    platform.fault(kind, seconds=1.0, times=1)
    with platform.gateway(timeout_s=TIMEOUT_S) as gateway:
        with pytest.raises(GatewayUnavailable):
            gateway.licences(examples.licence_request())
        platform.fault("none")
    with platform.gateway() as gateway:
        assert gateway.licences(examples.licence_request())
