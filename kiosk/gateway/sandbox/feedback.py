"""Ratings (好差评) and problems (办不成事): each stored once."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime

from sqlite_utils import Database as Connection

from kiosk.gateway import wire
from kiosk.gateway.sandbox.digest import body_digest
from kiosk.gateway.sandbox.numbers import next_problem_number
from kiosk.gateway.sandbox.refusals import RefusalCode, Refused
from kiosk.storage.database import Database

_BEST_FIRST = 6  # five is best on the wire, one in GB/T 39046 A.8


class FeedbackOffice:
    """What citizens say about the service. The same id again changes nothing."""

    def __init__(self, store: Database, now: Callable[[], datetime]) -> None:
        self._store = store
        self._now = now

    def rate(self, row_guid: str, evaluation: wire.Evaluation) -> None:
        """Store a rating; the application it names may arrive later. Raises Refused."""
        record = {
            "row_guid": row_guid,
            "body_digest": body_digest(row_guid, evaluation),
            "apply_guid": evaluation.apply_guid,
            "satisfaction_code": _BEST_FIRST - evaluation.satisfaction,
            "eval_detail": json.dumps(evaluation.eval_detail),
            "assess_time": evaluation.assess_time.isoformat(),
        }

        def store(connection: Connection) -> None:
            if not _repeated(connection, "evaluations", record, RefusalCode.EVALUATION_DIFFERS):
                connection.table("evaluations").insert(record)

        self._store.write(store)

    def report(self, row_guid: str, problem: wire.ProblemReport) -> wire.ProblemNumber:
        """Store a problem and give the number under which it is followed up. Raises Refused."""
        record = {
            "row_guid": row_guid,
            "body_digest": body_digest(row_guid, problem),
            **problem.model_dump(mode="json", exclude={"facts"}),
            "facts": json.dumps(problem.facts, ensure_ascii=False),
        }

        def store(connection: Connection) -> str:
            if _repeated(connection, "problems", record, RefusalCode.PROBLEM_DIFFERS):
                return str(connection.table("problems").get(row_guid)["problem_no"])
            number = next_problem_number(connection, self._now().date())
            connection.table("problems").insert({**record, "problem_no": number})
            return number

        return wire.ProblemNumber(problem_no=self._store.write(store))


def _repeated(
    connection: Connection, table: str, record: dict[str, object], differs: RefusalCode
) -> bool:
    earlier = next(connection.table(table).rows_where("row_guid = ?", [record["row_guid"]]), None)
    if earlier is None:
        return False
    if earlier["body_digest"] != record["body_digest"]:
        raise Refused(differs)
    return True
