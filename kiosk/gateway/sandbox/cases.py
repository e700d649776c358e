"""Takes applications in, once each, and fans them out to the departments of their matters."""

from __future__ import annotations

import hmac
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from sqlite_utils import Database as Connection

from kiosk.gateway import wire
from kiosk.gateway.sandbox.digest import body_digest, holder_digest
from kiosk.gateway.sandbox.licences import LicenceOffice
from kiosk.gateway.sandbox.matters import MatterDirectory, MatterFacts
from kiosk.gateway.sandbox.numbers import next_case_number
from kiosk.gateway.sandbox.refusals import RefusalCode, Refused
from kiosk.storage.database import Database

DueDay = Callable[[date, int], date]
"""The last day of a limit: accepted on, working days."""

NEXT_STATES: Mapping[str, frozenset[str]] = {
    "accepted": frozenset({"suspended", "finished", "rejected"}),
    "suspended": frozenset({"accepted"}),  # the special procedure has ended
    "finished": frozenset(),
    "rejected": frozenset(),
}


class CaseOffice:
    """Cases of the platform. Every call is one transaction."""

    def __init__(
        self,
        store: Database,
        directory: MatterDirectory,
        licences: LicenceOffice,
        due_day: DueDay,
        now: Callable[[], datetime],
    ) -> None:
        self._store = store
        self._directory = directory
        self._licences = licences
        self._due_day = due_day
        self._now = now

    def accept(self, row_guid: str, application: wire.Application) -> tuple[wire.Accepted, bool]:
        """The acknowledgement, and whether this was the first time; on disk when it returns.

        Raises Refused when something in it is unknown here, or when `row_guid` was handed in
        before with other content.
        """
        facts = self._facts(application)
        if not self._licences.holds(application):
            raise Refused(RefusalCode.UNKNOWN_LICENCE, ("materials",))
        digest = body_digest(row_guid, application)
        holder = holder_digest(
            row_guid, application.applyer_page_type, application.applyer_page_code
        )
        accepted_at = self._now()

        def take_in(connection: Connection) -> tuple[wire.Accepted, bool]:
            if (earlier := _case(connection, "row_guid", row_guid)) is not None:
                return _repeat(connection, earlier, digest), False
            accepted = wire.Accepted(
                project_no=next_case_number(connection, accepted_at.date()),
                accept_date=accepted_at,
                tasks=self._tasks(facts, accepted_at.date()),
            )
            _insert_tasks(connection, accepted)
            connection.table("cases").insert(
                {
                    "row_guid": row_guid,
                    "project_no": accepted.project_no,
                    "body_digest": digest,
                    "holder_digest": holder,
                    "terminal_code": application.terminal_code,
                    "theme_code": application.theme_code,
                    "theme_name": self._directory.name(application.theme_code),
                    "task_version": application.task_version,
                    "accept_date": accepted_at.isoformat(),
                    "accepted": accepted.model_dump_json(),
                    "repeats": 0,
                }
            )
            return accepted, True

        return self._store.write(take_in)

    def progress(self, query: wire.CaseQuery) -> wire.CaseProgress:
        """Where a case stands. Another holder's case is refused as if there were none."""

        def look_up(connection: Connection) -> wire.CaseProgress | None:
            case = _case(connection, "project_no", query.project_no)
            if case is None:
                return None
            asked = holder_digest(
                case["row_guid"], query.applyer_page_type, query.applyer_page_code
            )
            if not hmac.compare_digest(asked, case["holder_digest"]):
                return None
            tasks = tasks_of(connection, query.project_no)
            return wire.CaseProgress(
                project_no=query.project_no,
                theme_code=case["theme_code"],
                project_state=state_of(tasks),
                tasks=tasks,
            )

        progress = self._store.read(look_up)
        if progress is None:
            raise Refused(RefusalCode.UNKNOWN_CASE)
        return progress

    def advance(self, project_no: str, task_code: str, state: str) -> None:
        """A department brings its matter on. Raises Refused where `NEXT_STATES` says no."""

        def step(connection: Connection) -> None:
            row = connection.execute(
                "SELECT task_state FROM tasks WHERE project_no = ? AND task_code = ?",
                [project_no, task_code],
            ).fetchone()
            if row is None:
                raise Refused(RefusalCode.UNKNOWN_CASE)
            if state not in NEXT_STATES[row[0]]:
                raise Refused(RefusalCode.IMPOSSIBLE_STEP)
            connection.table("tasks").update((project_no, task_code), {"task_state": state})

        self._store.write(step)

    def _facts(self, application: wire.Application) -> dict[str, MatterFacts]:
        try:
            known = self._directory.matters(application.theme_code)
        except KeyError:
            raise Refused(RefusalCode.UNKNOWN_LIFE_EVENT, ("theme_code",)) from None
        if set(application.task_codes) - set(known):
            raise Refused(RefusalCode.UNKNOWN_MATTER, ("task_codes",))
        return {code: known[code] for code in application.task_codes}

    def _tasks(
        self, facts: Mapping[str, MatterFacts], accepted_on: date
    ) -> tuple[wire.TaskProgress, ...]:
        return tuple(
            wire.TaskProgress(
                task_code=code,
                task_name=matter.name,
                org_name=matter.department,
                promise_date=None
                if matter.promise_days is None
                else self._due_day(accepted_on, matter.promise_days),
                task_state="accepted",
            )
            for code, matter in facts.items()
        )


def tasks_of(connection: Connection, project_no: str) -> tuple[wire.TaskProgress, ...]:
    """The matters of a case in the order in which they were handed in."""
    return tuple(
        wire.TaskProgress.model_validate(row)
        for row in connection.query(
            "SELECT task_code, task_name, org_name, promise_date, task_state"
            " FROM tasks WHERE project_no = ? ORDER BY position",
            [project_no],
        )
    )


def state_of(tasks: tuple[wire.TaskProgress, ...]) -> wire.ProjectState:
    """A case is as far as its slowest matter; rejected only when every matter was."""
    states = {task.task_state for task in tasks}
    if "accepted" in states:
        return "accepted"
    if "suspended" in states:
        return "suspended"
    return "finished" if "finished" in states else "rejected"


def _case(connection: Connection, column: str, value: str) -> dict[str, Any] | None:
    return next(connection.table("cases").rows_where(f"{column} = ?", [value]), None)


def _repeat(connection: Connection, earlier: dict[str, Any], digest: str) -> wire.Accepted:
    if not hmac.compare_digest(earlier["body_digest"], digest):
        raise Refused(RefusalCode.APPLICATION_DIFFERS)
    connection.table("cases").update(earlier["row_guid"], {"repeats": earlier["repeats"] + 1})
    return wire.Accepted.model_validate_json(earlier["accepted"])


def _insert_tasks(connection: Connection, accepted: wire.Accepted) -> None:
    connection.table("tasks").insert_all(
        {"project_no": accepted.project_no, "position": position, **task.model_dump(mode="json")}
        for position, task in enumerate(accepted.tasks)
    )
