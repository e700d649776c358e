"""Requests of 陈样例, an invented mother of config/sandbox/people.yaml."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

from kiosk.gateway.port import (
    Holder,
    LicenceRequest,
    MaterialEntry,
    Problem,
    Rating,
    Submission,
)

CHEN = Holder("111", "439900199603120027", "陈样例")
ZHOU = Holder("111", "439900199408250010", "周样例")
LIU = Holder("111", "439900194803030074", "刘样例")
NOON = datetime(2026, 11, 20, 4, 0, tzinfo=UTC)  # 12:00 in Beijing
PURPOSE = "办理新生儿出生一件事：核验父母身份、户口和婚姻"


def licence_request(**changes: Any) -> LicenceRequest:
    request = LicenceRequest(
        holder=CHEN,
        types=("resident_id_card", "marriage_certificate"),
        purpose=PURPOSE,
        consent_at=NOON,
    )
    return replace(request, **changes)


def submission(*, matters: tuple[str, ...], **changes: Any) -> Submission:
    request = Submission(
        id=str(uuid4()),
        terminal="T-0001",
        life_event="newborn",
        catalogue="0123456789ab",
        applicant=CHEN,
        applied_at=NOON,
        matters=matters,
        answers={"relation": "mother", "side": "mother"},
        values={"child_name": "周小样", "postal_address": "样例路8号2栋301室"},
        materials=(
            MaterialEntry("birth_application", "generated"),
            MaterialEntry("invoices", "later", due=date(2026, 12, 20)),
        ),
        delivery="post",
        provisional_no="T-0001-20261120-0001",
    )
    return replace(request, **changes)


def rating(**changes: Any) -> Rating:
    given = Rating(
        id=str(uuid4()),
        submission=str(uuid4()),
        satisfaction=5,
        rated_at=NOON,
        reasons=("clear", "quick"),
    )
    return replace(given, **changes)


def problem(**changes: Any) -> Problem:
    reported = Problem(
        id=str(uuid4()),
        terminal="T-0001",
        life_event="newborn",
        page="materials",
        kind="material_missing",
        reported_at=NOON,
        facts={"material": "marriage_certificate"},
    )
    return replace(reported, **changes)


MakeSubmission = Callable[..., Submission]
