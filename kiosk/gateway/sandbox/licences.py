"""The electronic licences of the invented people, and the log of who used which when."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Annotated

import yaml
from pydantic import AfterValidator, BaseModel, ConfigDict, StringConstraints
from sqlite_utils import Database as Connection

from kiosk.gateway import wire
from kiosk.gateway.sandbox.identifiers import issue_identifier
from kiosk.gateway.sandbox.refusals import RefusalCode, Refused
from kiosk.identity.codes import credit_code
from kiosk.identity.person import DocumentType
from kiosk.storage.database import Database

CLOCK_TOLERANCE = timedelta(minutes=5)  # between a terminal's clock and the platform's

_DOCUMENT_TYPES = {
    "citizen": DocumentType.ID_CARD,
    "hmt_resident": DocumentType.HMT_RESIDENCE_PERMIT,
    "foreigner_2017": DocumentType.FOREIGNER_PERMANENT_RESIDENCE,
    "foreigner_2023": DocumentType.FOREIGNER_PERMANENT_RESIDENCE,
}


class _Known(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True, hide_input_in_errors=True)


class _Day(_Known):
    """A day that is always as near: so many `days` from today (before it: negative)."""

    days: int


class _LicenceEntry(_Known):
    type: str
    fields: dict[str, str | _Day]

    def on(self, today: date) -> dict[str, str]:
        """What stands in it on that day."""
        return {
            name: value if isinstance(value, str) else f"{today + timedelta(value.days)}"
            for name, value in self.fields.items()
        }


class _PersonEntry(_Known):
    slug: str
    card: str
    name: str
    number: str
    licences: tuple[_LicenceEntry, ...] = ()
    earlier: dict[str, str] = {}


Authority = Annotated[str, AfterValidator(credit_code)]


class LicenceType(_Known):
    """How the platform issues one type: codes after GB/T 36903 and GB 32100."""

    slug: str
    name: str
    type_code: Annotated[str, StringConstraints(pattern=r"^[0-9A-Z]{18}[0-9]{3}$")]
    issuer: str
    issuer_code: Authority


@dataclass(frozen=True)
class Holding:
    """What the platform has of one holder: licences, and values of earlier cases by element."""

    name: str = ""
    certificates: tuple[wire.Certificate, ...] = ()
    earlier: Mapping[str, str] = field(default_factory=dict)

    def __repr__(self) -> str:
        """Says nothing personal."""
        return "Holding(…)"


NOTHING = Holding()


@dataclass(frozen=True)
class LicenceRegister:
    """All holdings by holder (document type and number); the name must be the holder's too."""

    types: frozenset[str]
    holders: Mapping[tuple[str, str], Holding]

    def of(self, document_type: str, number: str, name: str) -> Holding:
        """What the holder has; nothing for a stranger."""
        holding = self.holders.get((document_type, number.upper()), NOTHING)
        return holding if name == holding.name else NOTHING


def load_register(people: Path, licence_types: Path, today: date) -> LicenceRegister:
    """Read the people and the types. Raises ValueError naming what does not fit, or OSError."""
    types = {
        entry.slug: entry
        for entry in map(LicenceType.model_validate, _list(licence_types, "licence_types"))
    }
    holders = {}
    for person in map(_PersonEntry.model_validate, _list(people, "people")):
        for licence in person.licences:
            if licence.type not in types:
                raise ValueError(f"{licence_types}: add {licence.type}, {person.slug} has one")
        holders[_DOCUMENT_TYPES[person.card].value, person.number] = Holding(
            person.name,
            tuple(_issue(types[one.type], person, one, today) for one in person.licences),
            person.earlier,
        )
    return LicenceRegister(frozenset(types), holders)


def _issue(
    kind: LicenceType, person: _PersonEntry, licence: _LicenceEntry, today: date
) -> wire.Certificate:
    # The serial is made from the entry's name so that it stays the same from start to start.
    digest = hashlib.sha256(f"{person.slug}/{kind.slug}".encode()).digest()
    serial = f"{int.from_bytes(digest[:5]) % 10**10:010d}"
    return wire.Certificate(
        certificate_type=kind.slug,
        certificate_type_code=kind.type_code,
        certificate_name=kind.name,
        certificate_identifier=issue_identifier(kind.type_code, kind.issuer_code, serial, 1),
        issue_dept=kind.issuer,
        issue_dept_code=kind.issuer_code,
        certificate_data=licence.on(today),
    )


def _list(file: Path, key: str) -> Iterable[object]:
    tree = yaml.safe_load(file.read_text(encoding="utf-8"))
    entries = tree.get(key) if isinstance(tree, dict) else None
    if not entries:
        raise ValueError(f"{file}: must hold a list named {key}")
    return list(entries)


def check_consent(query: wire.ConsentedQuery, now: datetime) -> None:
    """Raises Refused when the consent is not given yet."""
    if query.consent_time > now + CLOCK_TOLERANCE:
        raise Refused(RefusalCode.CONSENT_IN_FUTURE, ("consent_time",))


class LicenceOffice:
    """Answers queries by consent and logs every licence that it hands over."""

    def __init__(
        self, store: Database, register: LicenceRegister, now: Callable[[], datetime]
    ) -> None:
        self._store = store
        self._register = register
        self._now = now

    def query(self, terminal: str, query: wire.LicenceQuery) -> wire.Certificates:
        """The licences of the types asked for. Raises Refused; returns once the log is on disk."""
        now = self._now()
        if set(query.certificate_types) - self._register.types:
            raise Refused(RefusalCode.UNKNOWN_LICENCE_TYPE, ("certificate_types",))
        check_consent(query, now)
        found = tuple(
            certificate
            for certificate in self._register.of(
                query.certificate_holder_type,
                query.certificate_holder_code,
                query.certificate_holder,
            ).certificates
            if certificate.certificate_type in query.certificate_types
        )

        def log(connection: Connection) -> None:
            connection.table("licence_uses").insert_all(
                {
                    "used_at": now.isoformat(),
                    "consent_time": query.consent_time.isoformat(),
                    "terminal_code": terminal,
                    "certificate_type": certificate.certificate_type,
                    "certificate_identifier": certificate.certificate_identifier,
                    "use_purpose": query.use_purpose,
                }
                for certificate in found
            )

        self._store.write(log)
        return wire.Certificates(certificates=found)

    def holds(self, application: wire.Application) -> bool:
        """Whether every licence that stands for a material is the applicant's own."""
        own = {
            certificate.certificate_identifier
            for certificate in self._register.of(
                application.applyer_page_type,
                application.applyer_page_code,
                application.applyer_name,
            ).certificates
        }
        return all(
            material.certificate_identifier in own
            for material in application.materials
            if material.get_type == "licence"
        )
