"""Any bytes for an answer: the client gives the port's errors, or what the answer truly says."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable, Iterator
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk.gateway.http_client import HttpGateway
from kiosk.gateway.port import DayPart, GatewayRefused, GatewayUnavailable
from tests.kiosk.gateway import examples
from tests.kiosk.gateway.examples import CHEN
from tests.kiosk.gateway.raw_server import RawServer, answer, raw_server, says

FEW = settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
GOOD = {
    "project_no": "43990020261120000001K",
    "accept_date": "20261120T120000",
    "theme_code": "newborn",
    "project_state": "accepted",
    "appointment_date": "20261124",
    "appointment_period": "morning",
    "missing_materials": ["floor_plan"],
    "supplement_date": "20261130",
    "tasks": [
        {
            "task_code": "birth_certificate",
            "task_name": "出生医学证明",
            "org_name": "样例市妇幼保健院",
            "promise_date": "20261127",
            "task_state": "accepted",
            "appointment_no": "Y1124001K",
        }
    ],
}
leaves = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20)
trees = st.recursive(
    leaves,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from([*GOOD, *GOOD["tasks"][0], "cases", "form_data"]), inner, max_size=6
        )
    ),
    max_leaves=12,
)


@pytest.fixture
def server() -> Iterator[RawServer]:
    with raw_server(says(b"")) as server:
        yield server


@pytest.fixture
def gateway(server: RawServer) -> Iterator[HttpGateway]:
    with HttpGateway(server.base_url, "T-0001", "some-key", timeout_s=20.0) as gateway:
        yield gateway


def outcome(call: Callable[[], object]) -> object:
    try:
        return call()
    except (GatewayUnavailable, GatewayRefused) as error:
        assert CHEN.number not in str(error)
        return error


def calls(gateway: HttpGateway) -> list[Callable[[], object]]:
    return [
        lambda: gateway.submit(examples.submission(matters=("birth_certificate",))),
        lambda: gateway.case(GOOD["project_no"], CHEN),
        lambda: gateway.licences(examples.licence_request()),
        lambda: gateway.report_problem(examples.problem()),
        lambda: gateway.earlier(examples.licence_request(elements=("phone",))),
        lambda: gateway.cases(CHEN),
    ]


@FEW
@given(said=st.binary(max_size=300), which=st.integers(0, 5))
def test_any_bytes_are_unavailable(
    server: RawServer, gateway: HttpGateway, said: bytes, which: int
) -> None:
    server.behave = says(said)
    assert isinstance(outcome(calls(gateway)[which]), GatewayUnavailable)


@FEW
@given(tree=trees, status=st.sampled_from([200, 201, 404, 422, 500]), which=st.integers(0, 5))
def test_any_json_is_the_ports_answer_or_error(
    server: RawServer, gateway: HttpGateway, tree: object, status: int, which: int
) -> None:
    server.behave = says(answer(status, json.dumps(tree).encode()))
    outcome(calls(gateway)[which])


@FEW
@given(place=st.sampled_from([*GOOD, *GOOD["tasks"][0]]), value=leaves)
def test_one_field_gone_wrong_never_becomes_a_half_true_answer(
    server: RawServer, gateway: HttpGateway, place: str, value: object
) -> None:
    changed = json.loads(json.dumps(GOOD))
    (changed if place in changed else changed["tasks"][0])[place] = value
    server.behave = says(answer(200, json.dumps(changed).encode()))
    status = outcome(lambda: gateway.case(GOOD["project_no"], CHEN))
    server.behave = says(answer(200, json.dumps({"cases": [GOOD, changed]}).encode()))
    listed = outcome(lambda: gateway.cases(CHEN))
    if isinstance(status, GatewayUnavailable):
        assert isinstance(listed, GatewayUnavailable) or place == "project_no"
        return
    assert listed[1] == status
    assert status.visit is None or status.visit.part in tuple(DayPart)
    assert status.missing_until is None or isinstance(status.missing_until, date)
    assert all(isinstance(material, str) for material in status.missing)
    progress = status.matters[0]
    assert progress.due is None or isinstance(progress.due, date)
    assert progress.state in {"accepted", "suspended", "finished", "rejected"}
    assert progress.name
    assert not any(unicodedata.category(character) == "Cc" for character in progress.name)
    assert status.case_no == GOOD["project_no"]
