"""The sandbox platform as a server: exactly once over bad lines and restarts, and its pages."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from kiosk.catalogue.load import load_catalogue
from kiosk.gateway.port import GatewayUnavailable
from kiosk.gateway.sandbox.openapi import openapi_text
from tests.harness.platform import CATALOGUE, KEY, PEOPLE, ROOT, SandboxPlatform
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
    shown = fresh_platform.get("/").text + json.dumps(fresh_platform.desk("cases"))
    files = [file for file in (tmp_path / "platform").iterdir() if file.is_file()]
    kept = b"".join(file.read_bytes() for file in files)
    assert request.id.encode() in kept
    for secret in (CHEN.name, CHEN.number, *request.values.values()):
        assert secret not in shown
        assert secret.encode() not in kept


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
