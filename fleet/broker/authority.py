"""The fleet's certificate authority: certificates for the broker, the manager, the terminals.

A terminal's certificate carries `{bank}/t/{terminal}` as its common name, which is also what its
topics have after `yici/v1/b/`: so one pattern of the broker's access list holds every terminal to
its own topics, and none has to be told to the broker when it is enrolled.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from fleet.protocol.topics import Terminal

MANAGER = "manager"  # its common name; no terminal's, since those have slashes
AUTHORITY_DAYS = 3650
CERTIFICATE_DAYS = 825
RENEW_BEFORE = timedelta(days=90)
CLOCK_SKEW = timedelta(days=1)  # a terminal whose clock is slow still takes the certificate

Clock = Callable[[], datetime]


class AuthorityError(Exception):
    """The authority's files cannot be used; says which and what to do."""


@dataclass(frozen=True)
class Credentials:
    """Files (PEM) by which one party shows who it is and whom it believes."""

    authority: Path
    certificate: Path
    key: Path


def common_name(terminal: Terminal) -> str:
    """The name on a terminal's certificate."""
    return f"{terminal.bank}/t/{terminal.name}"


class Authority:
    """Issues certificates into one folder, the private keys readable by its owner alone."""

    def __init__(
        self,
        folder: Path,
        key: ec.EllipticCurvePrivateKey,
        certificate: x509.Certificate,
        now: Clock,
    ) -> None:
        self._folder = folder
        self._key = key
        self._certificate = certificate
        self._now = now

    @classmethod
    def open(cls, folder: Path, now: Clock) -> Authority:
        """The authority of a folder, made there when there is none.

        Raises AuthorityError when its files are damaged or can be neither read nor written.
        """
        certificate_file, key_file = folder / "authority.crt", folder / "authority.key"
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            if not certificate_file.exists():
                _make_authority(certificate_file, key_file, now())
            key = serialization.load_pem_private_key(key_file.read_bytes(), None)
            certificate = x509.load_pem_x509_certificate(certificate_file.read_bytes())
        except OSError as error:
            raise AuthorityError(
                f"{error.filename or folder}: {error.strerror}; put the authority's two files "
                "back, or remove both to make a new one"
            ) from error
        except ValueError as error:
            raise AuthorityError(
                f"{folder}: authority.crt or authority.key is damaged; put both back from a copy, "
                "or remove both and enrol every terminal anew"
            ) from error
        if not isinstance(key, ec.EllipticCurvePrivateKey) or (
            certificate.public_key() != key.public_key()
        ):
            raise AuthorityError(f"{folder}: authority.key is not the key of authority.crt")
        return cls(folder, key, certificate, now)

    def for_broker(self, hosts: Sequence[str]) -> Credentials:
        """The broker's own, for these names or addresses."""
        names = x509.SubjectAlternativeName([_general_name(host) for host in hosts])
        return self._issue("broker", "broker", ExtendedKeyUsageOID.SERVER_AUTH, names)

    def for_manager(self) -> Credentials:
        """The fleet manager's."""
        return self._issue("manager", MANAGER, ExtendedKeyUsageOID.CLIENT_AUTH)

    def for_terminal(self, terminal: Terminal) -> Credentials:
        """A terminal's."""
        name = common_name(terminal)
        return self._issue(terminal.client_id, name, ExtendedKeyUsageOID.CLIENT_AUTH)

    def _issue(
        self,
        file: str,
        name: str,
        usage: x509.ObjectIdentifier,
        names: x509.SubjectAlternativeName | None = None,
    ) -> Credentials:
        issued = Credentials(
            self._folder / "authority.crt",
            self._folder / f"{file}.crt",
            self._folder / f"{file}.key",
        )
        if self._still_good(issued, names):
            return issued
        key = ec.generate_private_key(ec.SECP256R1())
        builder = _builder(name, self._certificate.subject, key, self._now(), CERTIFICATE_DAYS)
        builder = builder.add_extension(x509.BasicConstraints(False, None), critical=True)
        builder = builder.add_extension(x509.ExtendedKeyUsage([usage]), critical=False)
        if names is not None:
            builder = builder.add_extension(names, critical=False)
        _write(issued.key, _private_pem(key))
        _write(issued.certificate, _pem(builder.sign(self._key, hashes.SHA256())))
        return issued

    def _still_good(self, issued: Credentials, names: x509.SubjectAlternativeName | None) -> bool:
        if not (issued.certificate.exists() and issued.key.exists()):
            return False
        try:
            certificate = x509.load_pem_x509_certificate(issued.certificate.read_bytes())
            key = serialization.load_pem_private_key(issued.key.read_bytes(), None)
        except ValueError:
            return False  # half written, or damaged: issued anew
        if certificate.public_key() != key.public_key():
            return False
        if names is not None:
            there = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName)
            if there.value != names:
                return False
        ours = certificate.issuer == self._certificate.subject
        return ours and certificate.not_valid_after_utc - self._now() > RENEW_BEFORE


def _make_authority(certificate_file: Path, key_file: Path, now: datetime) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    # The serial in the name: certificates of an authority made anew are told apart by it.
    name = x509.Name(
        [
            x509.NameAttribute(NameOID.COMMON_NAME, "Yici fleet authority"),
            x509.NameAttribute(NameOID.SERIAL_NUMBER, f"{x509.random_serial_number():x}"),
        ]
    )
    builder = _builder(name, name, key, now, AUTHORITY_DAYS)
    builder = builder.add_extension(x509.BasicConstraints(True, 0), critical=True)
    _write(key_file, _private_pem(key))
    _write(certificate_file, _pem(builder.sign(key, hashes.SHA256())))


def _builder(
    name: str | x509.Name,
    issuer: x509.Name,
    key: ec.EllipticCurvePrivateKey,
    now: datetime,
    days: int,
) -> x509.CertificateBuilder:
    if isinstance(name, str):
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    return (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - CLOCK_SKEW)
        .not_valid_after(now + timedelta(days=days))
    )


def _general_name(host: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ip_address(host))
    except ValueError:
        return x509.DNSName(host)


def _pem(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(serialization.Encoding.PEM)


def _private_pem(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )


def _write(file: Path, content: bytes) -> None:
    """Replace a file whole; mode 0600 from its first byte."""
    descriptor, name = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.")
    with os.fdopen(descriptor, "wb") as part:
        part.write(content)
        part.flush()
        os.fsync(part.fileno())
    Path(name).replace(file)
