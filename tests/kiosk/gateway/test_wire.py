"""What stands on the wire, byte for byte, since other cities' engineers will read it there."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import pytest

from kiosk.gateway.http_client import HttpGateway
from kiosk.gateway.port import (
    DayPart,
    GatewayUnavailable,
    MaterialEntry,
    Signature,
    SignedBy,
    Visit,
)
from tests.kiosk.gateway import examples
from tests.kiosk.gateway.raw_server import RawServer, answer, raw_server, says

ACCEPTED: dict[str, Any] = {
    "project_no": "43990020261120000001K",
    "accept_date": "20261120T235959",
    "tasks": [
        {
            "task_code": "birth_certificate",
            "task_name": "出生医学证明",
            "org_name": "样例市妇幼保健院",
            "promise_date": None,
            "task_state": "accepted",
            "a_field_of_tomorrow": 1,
        }
    ],
}


@pytest.fixture
def server() -> Iterator[RawServer]:
    with raw_server(says(answer(201, json.dumps(ACCEPTED).encode()))) as server:
        yield server


@pytest.fixture
def gateway(server: RawServer) -> Iterator[HttpGateway]:
    with HttpGateway(server.base_url + "/base/", "T-0001", "some-key") as gateway:
        yield gateway


def sent(server: RawServer) -> tuple[str, dict[str, str], Any]:
    """Request line, headers and body of the last request."""
    head, _, body = server.requests[-1].partition(b"\r\n\r\n")
    first, *lines = head.decode().split("\r\n")
    headers = dict(line.lower().split(": ", 1) for line in lines)
    return first, headers, json.loads(body)


def test_a_submission_stands_on_the_wire_in_the_standards_names_and_times(
    server: RawServer, gateway: HttpGateway
) -> None:
    gateway.submit(
        examples.submission(
            id="5f0c",
            matters=("birth_certificate",),
            materials=(
                MaterialEntry("id_copy", "licence", "1.2.156.3005.2.1"),
                MaterialEntry("invoices", "deferred", due=date(2026, 12, 20)),
            ),
            visit=Visit(date(2026, 11, 24), DayPart.MORNING),
            signature=Signature(SignedBy.HAND, (((0, 500), (1000, 500)),)),
        )
    )
    first, headers, body = sent(server)
    assert first == "PUT /base/v1/applications/5f0c HTTP/1.1"
    assert headers["authorization"] == "bearer some-key"
    assert headers["yici-terminal"] == "t-0001"
    assert headers["content-type"] == "application/json"
    assert body == {
        "terminal_code": "T-0001",
        "theme_code": "newborn",
        "task_version": "0123456789ab",
        "task_codes": ["birth_certificate"],
        "applyer_name": "陈样例",
        "applyer_page_type": "111",
        "applyer_page_code": "439900199603120027",
        "apply_date": "20261120T120000",  # 04:00 UTC
        "situations": {"relation": "mother", "side": "mother"},
        "form_data": {"child_name": "周小样", "postal_address": "样例路8号2栋301室"},
        "materials": [
            {
                "material_code": "id_copy",
                "get_type": "licence",
                "certificate_identifier": "1.2.156.3005.2.1",
                "promise_date": None,
            },
            {
                "material_code": "invoices",
                "get_type": "deferred",
                "certificate_identifier": None,
                "promise_date": "20261220",
            },
        ],
        "delivery": "post",
        "provisional_no": "T-0001-20261120-0001",
        "appointment_date": "20261124",
        "appointment_period": "morning",
        "signature_type": "hand",
        "signature_strokes": [[[0, 500], [1000, 500]]],
    }


def test_an_acknowledgement_is_read_in_beijing_time_and_may_hold_more_than_is_known(
    gateway: HttpGateway,
) -> None:
    acknowledgement = gateway.submit(examples.submission(matters=("birth_certificate",)))
    assert acknowledgement.case_no == "43990020261120000001K"
    assert acknowledgement.accepted_at == datetime.fromisoformat("2026-11-20T23:59:59+08:00")
    assert [progress.due for progress in acknowledgement.matters] == [None]


def test_an_id_cannot_lead_to_another_address(server: RawServer, gateway: HttpGateway) -> None:
    gateway.submit(examples.submission(id="../cases/query?x=#", matters=("birth_certificate",)))
    first, _, _ = sent(server)
    assert first == "PUT /base/v1/applications/..%2Fcases%2Fquery%3Fx%3D%23 HTTP/1.1"


def test_earlier_values_are_asked_for_by_element_with_consent_and_purpose(
    server: RawServer, gateway: HttpGateway
) -> None:
    server.behave = says(answer(200, json.dumps({"form_data": {"phone": "13800000000"}}).encode()))
    asked = examples.licence_request(elements=("phone", "home_address"))
    assert gateway.earlier(asked) == {"phone": "13800000000"}
    first, _, body = sent(server)
    assert first == "POST /base/v1/archive/query HTTP/1.1"
    assert body == {
        "certificate_holder_type": "111",
        "certificate_holder_code": "439900199603120027",
        "certificate_holder": "陈样例",
        "use_purpose": examples.PURPOSE,
        "consent_time": "20261120T120000",
        "element_codes": ["phone", "home_address"],
    }


def test_values_that_were_not_asked_for_are_not_believed(
    server: RawServer, gateway: HttpGateway
) -> None:
    server.behave = says(answer(200, json.dumps({"form_data": {"phone": "1"}}).encode()))
    with pytest.raises(GatewayUnavailable, match="not asked for"):
        gateway.earlier(examples.licence_request(elements=("home_address",)))


CASE: dict[str, Any] = {
    "project_no": "43990020261120000001K",
    "theme_code": "newborn",
    "project_state": "accepted",
    "tasks": [{**ACCEPTED["tasks"][0], "appointment_no": "Y1124001K"}],
    "accept_date": "20261120T235959",
    "appointment_date": "20261124",
    "appointment_period": "afternoon",
    "missing_materials": ["floor_plan", "right_to_use"],
    "supplement_date": "20261130",
}


def test_a_holders_cases_are_asked_for_in_a_body_and_read_whole(
    server: RawServer, gateway: HttpGateway
) -> None:
    server.behave = says(answer(200, json.dumps({"cases": [CASE]}).encode()))
    (status,) = gateway.cases(examples.CHEN)
    first, _, body = sent(server)
    assert first == "POST /base/v1/cases/list HTTP/1.1"
    assert body == {
        "applyer_name": "陈样例",
        "applyer_page_type": "111",
        "applyer_page_code": "439900199603120027",
    }
    assert status.accepted_at == datetime.fromisoformat("2026-11-20T23:59:59+08:00")
    assert status.visit == Visit(date(2026, 11, 24), DayPart.AFTERNOON)
    assert status.missing == ("floor_plan", "right_to_use")
    assert status.missing_until == date(2026, 11, 30)
    assert status.matters[0].appointment == "Y1124001K"


def test_a_platform_that_knows_no_visits_and_no_papers_is_understood(
    server: RawServer, gateway: HttpGateway
) -> None:
    plain = {key: CASE[key] for key in ("project_no", "theme_code", "project_state")}
    plain["tasks"] = ACCEPTED["tasks"]
    server.behave = says(answer(200, json.dumps({"cases": [plain]}).encode()))
    (status,) = gateway.cases(examples.CHEN)
    assert (status.accepted_at, status.visit, status.missing) == (None, None, ())
    assert status.matters[0].appointment == ""


@pytest.mark.parametrize(
    "wrong",
    [
        {"cases": [CASE] * 21},
        {"cases": [{**CASE, "appointment_date": None}]},
        {"cases": [{**CASE, "appointment_period": "night"}]},
        {"cases": [{**CASE, "supplement_date": "2026-11-30"}]},
        {"cases": [{**CASE, "missing_materials": ["样例"]}]},
        {"cases": CASE},
        {},
    ],
)
def test_a_list_of_cases_that_makes_no_sense_is_no_answer(
    server: RawServer, gateway: HttpGateway, wrong: dict[str, Any]
) -> None:
    server.behave = says(answer(200, json.dumps(wrong).encode()))
    with pytest.raises(GatewayUnavailable, match="not a Cases"):
        gateway.cases(examples.CHEN)
