"""The sandbox platform as a server: exactly once over bad lines and restarts, and its pages."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from datetime import date
from pathlib import Path

import httpx
import pytest
from sqlite_utils import Database as Connection
from sqlite_utils import Migrations

from kiosk.catalogue.load import load_catalogue
from kiosk.gateway.port import GatewayUnavailable
from kiosk.gateway.sandbox.digest import holder_digest
from kiosk.gateway.sandbox.openapi import openapi_text
from kiosk.gateway.sandbox.schema import first_tables
from kiosk.storage.database import Database
from tests.harness.platform import CATALOGUE, KEY, PEOPLE, ROOT, SandboxPlatform, running_platform
from tests.kiosk.gateway import examples
from tests.kiosk.gateway.examples import CHEN

ADMITTED = {"Authorization": f"Bearer {KEY}", "Yici-Terminal": "T-0001"}


@pytest.fixture(scope="module")
def matters() -> tuple[str, ...]:
    return tuple(matter.slug for matter in load_catalogue(CATALOGUE).life_event("newborn").matters)


def test_a_line_cut_after_the_case_was_stored_makes_no_second_case(
    platform: SandboxPlatform, matters: tuple[str, ...]
) -> None:
    request = examples.submission(matters=matters)
    before = platform.desk("counts")
    platform.fault("drop_after_commit", times=2)
    with platform.gateway() as gateway:
        for _ in range(2):
            with pytest.raises(GatewayUnavailable):
                gateway.submit(request)
        acknowledgement = gateway.submit(request)
    after = platform.desk("counts")
    assert after["cases"] - before["cases"] == 1
    assert after["repeats"] - before["repeats"] == 2
    assert platform.desk("cases")[0]["project_no"] == acknowledgement.case_no


def test_a_killed_platform_still_has_its_cases(
    fresh_platform: SandboxPlatform, matters: tuple[str, ...]
) -> None:
    request = examples.submission(matters=matters)
    with fresh_platform.gateway() as gateway:
        acknowledgement = gateway.submit(request)
        fresh_platform.kill()
        with pytest.raises(GatewayUnavailable):
            gateway.submit(request)
        fresh_platform.start_again()
        assert gateway.submit(request) == acknowledgement
        assert gateway.case(acknowledgement.case_no, CHEN).matters == acknowledgement.matters
        second = gateway.submit(examples.submission(matters=matters))
    assert second.case_no != acknowledgement.case_no
    assert fresh_platform.desk("counts")["cases"] == 2


def test_nothing_personal_stays_at_the_platform(
    fresh_platform: SandboxPlatform, matters: tuple[str, ...], tmp_path: Path
) -> None:
    request = examples.submission(matters=matters)
    with fresh_platform.gateway() as gateway:
        gateway.licences(examples.licence_request())
        gateway.submit(request)
        gateway.cases(CHEN)
        told = gateway.earlier(examples.licence_request(holder=examples.LIU, elements=("phone",)))
    assert told
    shown = fresh_platform.get("/").text + json.dumps(fresh_platform.desk("cases"))
    files = [file for file in (tmp_path / "platform").iterdir() if file.is_file()]
    kept = b"".join(file.read_bytes() for file in files)
    assert request.id.encode() in kept
    for secret in (CHEN.name, CHEN.number, *request.values.values(), *told.values()):
        assert secret not in shown
        assert secret.encode() not in kept


def test_whose_a_case_is_cannot_be_told_from_the_tables_without_the_key(
    fresh_platform: SandboxPlatform, matters: tuple[str, ...], tmp_path: Path
) -> None:
    with fresh_platform.gateway() as gateway:
        case_no = gateway.submit(examples.submission(matters=matters)).case_no
        assert [status.case_no for status in gateway.cases(CHEN)] == [case_no]
        key = tmp_path / "platform" / "holders.key"
        assert key.stat().st_mode & 0o077 == 0
        fresh_platform.kill()
        key.unlink()
        fresh_platform.start_again()
        assert gateway.cases(CHEN) == ()
        assert gateway.case(case_no, CHEN).case_no == case_no, "by its number it is still found"


def test_cases_of_an_earlier_release_are_still_told(tmp_path: Path) -> None:
    folder = tmp_path / "platform"
    folder.mkdir()
    with Database(folder / "platform.sqlite3", [_first_schema()]) as store:
        store.write(_case_of_the_first_release)
    with running_platform(folder) as platform, platform.gateway() as gateway:
        status = gateway.case("43990020251120000001K", CHEN)
        assert [(matter.due, matter.state) for matter in status.matters] == [
            (date(2025, 11, 27), "suspended")
        ]
        assert (status.visit, status.missing) == (None, ())
        assert platform.desk("cases")[0]["tasks"][0]["card"] is None
        assert gateway.cases(CHEN) == (), "the number that would find it was never kept"
        assert platform.advance(status.case_no, "birth_certificate", "accepted") == 204


def _first_schema() -> Migrations:
    first = Migrations("sandbox_platform")
    first()(first_tables)
    return first


def _case_of_the_first_release(connection: Connection) -> None:
    case_no, guid = "43990020251120000001K", "4711"
    connection.table("cases").insert(
        {
            "row_guid": guid,
            "project_no": case_no,
            "body_digest": "0",
            "holder_digest": holder_digest(guid, CHEN.document_type, CHEN.number),
            "terminal_code": "T-0001",
            "theme_code": "newborn",
            "theme_name": "新生儿出生",
            "task_version": "0",
            "accept_date": "2025-11-20T12:00:00+08:00",
            "accepted": "{}",
            "repeats": 0,
        }
    )
    connection.table("tasks").insert(
        {
            "project_no": case_no,
            "task_code": "birth_certificate",
            "position": 0,
            "task_name": "出生医学证明",
            "org_name": "样例市妇幼保健院",
            "promise_date": "20251127",
            "task_state": "suspended",
        }
    )


def test_every_earlier_value_told_is_logged_as_used(platform: SandboxPlatform) -> None:
    before = platform.desk("counts")["archive_uses"]
    asked = examples.licence_request(holder=examples.LIU, elements=("phone", "home_address"))
    with platform.gateway() as gateway:
        assert len(gateway.earlier(asked)) == 2
        gateway.earlier(examples.licence_request(elements=("phone",)))
    assert platform.desk("counts")["archive_uses"] - before == 2


def test_every_licence_handed_over_is_logged_as_used(platform: SandboxPlatform) -> None:
    before = platform.desk("counts")["licence_uses"]
    with platform.gateway() as gateway:
        licences = gateway.licences(examples.licence_request())
    assert platform.desk("counts")["licence_uses"] - before == len(licences) == 2


def test_the_first_page_shows_what_arrived_in_chinese_first(
    platform: SandboxPlatform, matters: tuple[str, ...]
) -> None:
    request = examples.submission(matters=matters)
    with platform.gateway() as gateway:
        acknowledgement = gateway.submit(request)
        gateway.submit(request)
    page = platform.get("/").text
    assert '<html lang="zh-CN">' in page
    assert acknowledgement.case_no in page
    assert "重复提交 1" in page
    for progress in acknowledgement.matters:
        assert progress.name in page
        assert progress.department in page
        assert progress.due is None or progress.due.isoformat() in page
    assert "Cases received" in platform.get("/?lang=en").text


@pytest.mark.parametrize("path", ["/", "/docs"])
def test_pages_need_nothing_from_elsewhere(platform: SandboxPlatform, path: str) -> None:
    page = platform.get(path)
    assert page.headers["content-security-policy"].startswith("default-src 'none'")
    assert "<script" not in page.text
    assert not re.search(r"""(?:src|href)=["']?(?:https?:)?//""", page.text)


def test_the_interface_page_names_every_call_and_message(platform: SandboxPlatform) -> None:
    page = platform.get("/docs").text
    api = json.loads(openapi_text())
    for path in api["paths"]:
        assert path in page
    for name, schema in api["components"]["schemas"].items():
        assert f'id="{name}"' in page
        for field in schema["properties"]:
            assert f"<code>{field}</code>" in page


def test_the_published_openapi_document_is_current(platform: SandboxPlatform) -> None:
    published = (ROOT / "docs" / "openapi.json").read_text(encoding="utf-8")
    assert published == openapi_text(), (
        "run: python -m kiosk.gateway.sandbox.openapi docs/openapi.json"
    )
    served = platform.get("/openapi.json").json()
    assert served == json.loads(published)


def test_every_call_is_described_in_the_manual() -> None:
    manual = (ROOT / "docs" / "gateway.md").read_text(encoding="utf-8")
    api = json.loads(openapi_text())
    for path in api["paths"]:
        assert path in manual, path
    for name, schema in api["components"]["schemas"].items():
        for field in schema["properties"]:
            assert f"`{field}`" in manual, f"{name}.{field}"


@pytest.mark.parametrize(
    "headers",
    [
        {"Yici-Terminal": "T-0001"},
        {**ADMITTED, "Authorization": "Bearer another-key"},
        {**ADMITTED, "Authorization": f"Basic {KEY}"},
    ],
)
def test_a_terminal_without_the_key_is_not_admitted(
    platform: SandboxPlatform, headers: dict[str, str]
) -> None:
    body = {
        "project_no": "43990020261120000001K",
        "applyer_name": "陈样例",
        "applyer_page_type": "111",
        "applyer_page_code": "439900199603120027",
    }
    refused = platform.raw("POST", "/v1/cases/query", json=body, headers=headers)
    assert (refused.status_code, refused.json()["code"]) == (401, "terminal_not_admitted")


def test_the_client_tells_staff_that_its_key_is_wrong(platform: SandboxPlatform) -> None:
    with (
        platform.gateway(key="another-key") as gateway,
        pytest.raises(GatewayUnavailable, match="key in the settings"),
    ):
        gateway.licences(examples.licence_request())


@pytest.mark.parametrize("declared", [True, False])
def test_a_request_over_a_megabyte_is_refused(platform: SandboxPlatform, declared: bool) -> None:
    path = "/v1/problems/much"
    too_much = b'{"page": "' + b"x" * 2**20 + b'"}'
    content = too_much if declared else iter([too_much])  # an iterator is sent in chunks
    headers = {**ADMITTED, "Content-Type": "application/json"}
    refused = platform.raw("PUT", path, content=content, headers=headers)
    assert (refused.status_code, refused.json()["code"]) == (413, "too_large")


@pytest.mark.parametrize(
    ("content", "fields"),
    [
        (b"{", []),
        (b"[" * 100_000, []),
        (b"\xff", []),
        (b'"\\ud800"', []),
        (b'{"page": "\xe9\x99\x88\xe6\xa0\xb7\xe4\xbe\x8b"}', ["page"]),
        (b'{"439900199603120027": 1}', []),
    ],
)
def test_an_invalid_request_names_fields_and_repeats_no_value(
    platform: SandboxPlatform, content: bytes, fields: list[str]
) -> None:
    headers = {**ADMITTED, "Content-Type": "application/json"}
    refused = platform.raw("PUT", "/v1/problems/p-1", content=content, headers=headers)
    assert refused.status_code == 422
    assert refused.json()["code"] == "invalid_request"
    assert set(fields) <= set(refused.json()["fields"])
    assert "439900199603120027" not in refused.text
    assert "陈样例" not in refused.text


def test_another_name_pointing_here_opens_nothing(platform: SandboxPlatform) -> None:
    answer = platform.raw("GET", "/desk/cases", headers={"Host": "elsewhere.example"})
    assert answer.status_code == 400


def test_an_unknown_address_is_refused_in_the_same_form(platform: SandboxPlatform) -> None:
    assert platform.raw("GET", "/v2/health").json()["code"] == "not_found"
    assert platform.raw("DELETE", "/v1/health").json()["code"] == "method_not_allowed"
    assert platform.get("/v1/health").json() == {"status": "ok"}


def command(*options: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "kiosk.gateway.sandbox", "--key", KEY, *options],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_a_start_that_fails_says_which_file_to_mend(tmp_path: Path) -> None:
    unknown = tmp_path / "people.yaml"
    people = PEOPLE.read_text(encoding="utf-8").replace("type: birth_record", "type: pilot")
    unknown.write_text(people, encoding="utf-8")
    failed = command("--data", str(tmp_path / "data"), "--people", str(unknown))
    assert failed.returncode == 1
    assert "licence_types.yaml: add pilot" in failed.stderr
    assert "Traceback" not in failed.stderr


def test_without_the_option_there_are_no_faults_to_set(tmp_path: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "kiosk.gateway.sandbox", "--key", KEY, "--data", str(tmp_path)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        base_url = process.stdout.readline().strip()
        with httpx.Client(trust_env=False) as client:
            assert client.put(f"{base_url}/faults", json={"kind": "down"}).status_code == 404
    finally:
        process.terminate()
        assert process.wait(10) == 0


def test_the_port_alone_loads_no_library() -> None:
    probe = (
        "import sys, kiosk.gateway.port;"
        "print(sorted({'httpx', 'fastapi', 'pydantic', 'uvicorn'} & set(sys.modules)))"
    )
    loaded = subprocess.run(
        [sys.executable, "-c", probe], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert loaded.stdout.strip() == "[]"
