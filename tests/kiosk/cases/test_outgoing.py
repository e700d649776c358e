"""Items as bytes: what was written is read again, by this release and by later ones."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

from kiosk.cases.outgoing import Kind, decode, encode
from kiosk.gateway.port import DayPart, MaterialEntry, Submission, Visit
from tests.kiosk.cases.terminal import submission

WAYS = ("generated", "licence", "counter", "later", "deferred", "commitment")


def test_a_submission_with_a_visit_and_every_way_of_a_material_comes_back_whole() -> None:
    item = replace(
        submission("4711"),
        visit=Visit(date(2026, 11, 24), DayPart.AFTERNOON),
        materials=tuple(MaterialEntry(way, way, due=date(2026, 12, 1)) for way in WAYS),
    )
    again = decode(Kind.SUBMISSION, encode(item))
    assert again == item
    assert isinstance(again, Submission)
    assert again.visit is not None
    assert again.visit.part is DayPart.AFTERNOON


def test_a_submission_kept_before_visits_were_booked_is_still_read() -> None:
    item = submission("4711")
    written = json.loads(encode(item))
    del written["visit"]
    assert decode(Kind.SUBMISSION, json.dumps(written).encode()) == item
