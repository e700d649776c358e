"""Certificates of the fleet: made once, renewed in time, private keys private."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from cryptography import x509

from fleet.broker.authority import Authority, AuthorityError
from fleet.broker.installation import InstallationError, install
from fleet.protocol.topics import Terminal
from tests.harness.broker import TEXTS, utc_now

TERMINAL = Terminal("sample", "XJ0001")


def test_the_same_authority_and_certificates_are_there_the_next_time(tmp_path: Path):
    first = Authority.open(tmp_path, utc_now).for_terminal(TERMINAL)
    content = first.certificate.read_bytes()
    again = Authority.open(tmp_path, utc_now).for_terminal(TERMINAL)
    assert again == first
    assert again.certificate.read_bytes() == content


def test_a_certificate_soon_to_expire_is_issued_anew(tmp_path: Path):
    issued = Authority.open(tmp_path, utc_now).for_manager()
    before = issued.certificate.read_bytes()
    later = Authority.open(tmp_path, lambda: utc_now() + timedelta(days=800))
    assert later.for_manager().certificate.read_bytes() != before


def test_the_brokers_certificate_is_for_the_names_it_is_reached_by(tmp_path: Path):
    authority = Authority.open(tmp_path, utc_now)
    authority.for_broker(("127.0.0.1",))
    issued = authority.for_broker(("10.0.0.1", "broker.example"))
    certificate = x509.load_pem_x509_certificate(issued.certificate.read_bytes())
    names = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    assert [str(name) for name in names.get_values_for_type(x509.IPAddress)] == ["10.0.0.1"]
    assert names.get_values_for_type(x509.DNSName) == ["broker.example"]


def test_private_keys_are_readable_by_their_owner_alone(tmp_path: Path):
    install(tmp_path, TEXTS, "127.0.0.1", 8883, utc_now)
    keys = list(tmp_path.rglob("*.key"))
    assert {key.name for key in keys} == {"authority.key", "broker.key"}
    assert all(key.stat().st_mode & 0o077 == 0 for key in keys)


@pytest.mark.parametrize("file", ["authority.key", "authority.crt"])
def test_a_damaged_authority_is_named(tmp_path: Path, file: str):
    Authority.open(tmp_path, utc_now)
    (tmp_path / file).write_text("rubbish")
    with pytest.raises(AuthorityError, match=file):
        Authority.open(tmp_path, utc_now)


def test_the_key_of_another_authority_is_noticed(tmp_path: Path):
    for name in ("a", "b"):
        Authority.open(tmp_path / name, utc_now)
    (tmp_path / "a/authority.key").write_bytes((tmp_path / "b/authority.key").read_bytes())
    with pytest.raises(AuthorityError, match="not the key"):
        Authority.open(tmp_path / "a", utc_now)


def test_a_name_in_the_settings_that_nobody_fills_in_is_told(tmp_path: Path):
    texts = tmp_path / "texts"
    texts.mkdir()
    (texts / "access.txt").write_text("")
    (texts / "mosquitto.conf").write_text("listener $gate")
    with pytest.raises(InstallationError, match="gate"):
        install(tmp_path / "broker", texts, "127.0.0.1", 8883, utc_now)
