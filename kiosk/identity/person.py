"""A person as an identity document names one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Sex(StrEnum):
    """GB/T 2261.1."""

    UNKNOWN = "0"
    MALE = "1"
    FEMALE = "2"
    NOT_STATED = "9"


class DocumentType(StrEnum):
    """Codes of documents after GA/T 2000.156."""

    ID_CARD = "111"
    HMT_RESIDENCE_PERMIT = "117"
    FOREIGNER_PERMANENT_RESIDENCE = "553"


@dataclass(frozen=True)
class Person:
    """One natural person. `nation` is the GB/T 3304 two-digit code, empty where there is none."""

    name: str
    sex: Sex
    nation: str
    birth: date
    address: str
    document_type: DocumentType
    number: str
    valid_to: date | None = None

    def __repr__(self) -> str:
        """Says nothing personal, so that no log or exception can."""
        return "Person(…)"
