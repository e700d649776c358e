"""Takes applications in, once each, and fans them out to the departments of their matters."""

from __future__ import annotations

import hmac
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from sqlite_utils import Database as Connection

from kiosk.cases.clock import Clock
from kiosk.catalogue.model.matter import ProcedureCode
from kiosk.gateway import wire
from kiosk.gateway.sandbox import appointments, papers
from kiosk.gateway.sandbox.digest import body_digest, holder_digest, holder_index
from kiosk.gateway.sandbox.licences import LicenceOffice
from kiosk.gateway.sandbox.matters import MatterDirectory, MatterFacts
from kiosk.gateway.sandbox.numbers import next_case_number
from kiosk.gateway.sandbox.progress import ENDED, case_progress
from kiosk.gateway.sandbox.refusals import RefusalCode, Refused
from kiosk.storage.database import Database

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
        key: bytes,
        now: Callable[[], datetime],
    ) -> None:
        """`key` is the installation's, by which a holder's cases are found."""
        self._store = store
        self._directory = directory
        self._licences = licences
        self._key = key
        self._now = now

    def today(self) -> date:
        """The platform's day, by which every clock is read."""
        return self._now().date()

    def accept(self, row_guid: str, application: wire.Application) -> tuple[wire.Accepted, bool]:
        """The acknowledgement, and whether this was the first time; on disk when it returns.

        Raises Refused when something in it is unknown here or cannot be had, or when `row_guid`
        was handed in before with other content.
        """
        digest = body_digest(row_guid, application)
        document = (application.applyer_page_type, application.applyer_page_code)
        holder = {
            "holder_digest": holder_digest(row_guid, *document),
            "holder_index": holder_index(self._key, *document),
        }
        now = self._now()

        def take_in(connection: Connection) -> tuple[wire.Accepted, bool]:
            if (earlier := _case(connection, "row_guid", row_guid)) is not None:
                return _repeat(connection, earlier, digest), False
            accepted, visited = self._fan_out(connection, application, now)
            connection.table("cases").insert(
                {
                    "row_guid": row_guid,
                    "project_no": accepted.project_no,
                    "body_digest": digest,
                    **holder,
                    "terminal_code": application.terminal_code,
                    "theme_code": application.theme_code,
                    "theme_name": self._directory.name(application.theme_code),
                    "task_version": application.task_version,
                    "accept_date": now.isoformat(),
                    "appointment_date": visited.isoformat() if visited else None,
                    "appointment_period": application.appointment_period if visited else None,
                    "accepted": accepted.model_dump_json(),
                    "repeats": 0,
                }
            )
            return accepted, True

        return self._store.write(take_in)

    def progress(self, query: wire.CaseQuery) -> wire.CaseProgress:
        """Where a case stands. Another holder's case is refused as if there were none."""
        today = self.today()

        def look_up(connection: Connection) -> wire.CaseProgress | None:
            case = _case(connection, "project_no", query.project_no)
            if case is None:
                return None
            asked = holder_digest(
                case["row_guid"], query.applyer_page_type, query.applyer_page_code
            )
            if not hmac.compare_digest(asked, case["holder_digest"]):
                return None
            return case_progress(connection, case, today)

        progress = self._store.read(look_up)
        if progress is None:
            raise Refused(RefusalCode.UNKNOWN_CASE)
        return progress

    def of_holder(self, query: wire.HolderQuery) -> wire.Cases:
        """The holder's cases, the newest first, at most 20; none for who has none."""
        index = holder_index(self._key, query.applyer_page_type, query.applyer_page_code)
        today = self.today()

        def look_up(connection: Connection) -> wire.Cases:
            rows = connection.table("cases").rows_where(
                "holder_index = ?", [index], order_by="rowid DESC", limit=wire.MOST_CASES
            )
            found = list(rows)
            return wire.Cases(cases=tuple(case_progress(connection, row, today) for row in found))

        return self._store.read(look_up)

    def advance(self, project_no: str, task_code: str, state: str) -> None:
        """A department brings its matter on. Raises Refused where `NEXT_STATES` says no.

        `suspended` begins a special procedure, which stops the matter's clock; `accepted` ends it.
        """
        today = self.today().isoformat()

        def step(connection: Connection) -> None:
            row = next(
                connection.table("tasks").rows_where(
                    "project_no = ? AND task_code = ?", [project_no, task_code]
                ),
                None,
            )
            if row is None:
                raise Refused(RefusalCode.UNKNOWN_CASE)
            if state not in NEXT_STATES[row["task_state"]]:
                raise Refused(RefusalCode.IMPOSSIBLE_STEP)
            ended_on = today if state in ENDED else None
            connection.table("tasks").update(
                (project_no, task_code), {"task_state": state, "ended_on": ended_on}
            )
            if state == "suspended":
                _begin_procedure(connection, row, today)
            elif state == "accepted":
                _end_procedure(connection, row, today)

        self._store.write(step)

    def arrive(self, project_no: str, material_code: str) -> None:
        """The counter has a paper that was missing. Raises Refused when it is not awaited."""
        today = self.today()
        self._store.write(
            lambda connection: papers.arrive(connection, project_no, material_code, today)
        )

    def _fan_out(
        self, connection: Connection, application: wire.Application, now: datetime
    ) -> tuple[wire.Accepted, date | None]:
        """Matters, visits and papers of a new case; and the day of the visit, if one was booked."""
        facts = self._facts(application)
        if not self._licences.holds(application):
            raise Refused(RefusalCode.UNKNOWN_LICENCE, ("materials",))
        known = self._directory.materials(application.theme_code)
        papers.check(application, facts, known)
        project_no = next_case_number(connection, now.date())
        visits = _visits(connection, project_no, application, facts, now)
        tasks = _insert_tasks(connection, project_no, facts, visits, now.date())
        papers.keep(connection, project_no, application, known, now.date())
        accepted = wire.Accepted(project_no=project_no, accept_date=now, tasks=tasks)
        return accepted, application.appointment_date if visits else None

    def _facts(self, application: wire.Application) -> dict[str, MatterFacts]:
        try:
            known = self._directory.matters(application.theme_code)
        except KeyError:
            raise Refused(RefusalCode.UNKNOWN_LIFE_EVENT, ("theme_code",)) from None
        if set(application.task_codes) - set(known):
            raise Refused(RefusalCode.UNKNOWN_MATTER, ("task_codes",))
        return {code: known[code] for code in application.task_codes}


def _visits(
    connection: Connection,
    project_no: str,
    application: wire.Application,
    facts: Mapping[str, MatterFacts],
    now: datetime,
) -> dict[str, str]:
    """The number of the visit by unit; none without a half day or a matter that asks for it."""
    day, period = application.appointment_date, application.appointment_period
    units = [matter.unit for matter in facts.values() if matter.seen_in_person]
    if day is None or period is None or not units:
        return {}
    return appointments.book(connection, project_no, units, day, period, now=now)


def _insert_tasks(
    connection: Connection,
    project_no: str,
    facts: Mapping[str, MatterFacts],
    visits: Mapping[str, str],
    accepted_on: date,
) -> tuple[wire.TaskProgress, ...]:
    tasks = []
    for position, (code, matter) in enumerate(facts.items()):
        task = wire.TaskProgress(
            task_code=code,
            task_name=matter.name,
            org_name=matter.department,
            promise_date=None
            if matter.promise_days is None
            else Clock(accepted_on, matter.promise_days).read(accepted_on).due,
            task_state="accepted",
            appointment_no=visits.get(matter.unit, "") if matter.seen_in_person else "",
        )
        connection.table("tasks").insert(
            {
                "project_no": project_no,
                "position": position,
                **task.model_dump(mode="json"),
                "promise_days": matter.promise_days,
                "procedure": matter.procedure,
                "procedure_code": matter.procedure_code.value,
            }
        )
        tasks.append(task)
    return tuple(tasks)


def _begin_procedure(connection: Connection, task: Mapping[str, Any], today: str) -> None:
    connection.table("stops").insert(
        {
            "project_no": task["project_no"],
            "task_code": task["task_code"],
            "procedure_code": task["procedure_code"] or ProcedureCode.OTHER.value,
            "name": task["procedure"] or "",
            "first": today,
            "last": None,
            "material_code": None,
        }
    )


def _end_procedure(connection: Connection, task: Mapping[str, Any], today: str) -> None:
    connection.execute(
        "UPDATE stops SET last = max(first, ?) WHERE project_no = ? AND task_code = ?"
        " AND material_code IS NULL AND last IS NULL",
        [today, task["project_no"], task["task_code"]],
    )


def _case(connection: Connection, column: str, value: str) -> dict[str, Any] | None:
    return next(connection.table("cases").rows_where(f"{column} = ?", [value]), None)


def _repeat(connection: Connection, earlier: dict[str, Any], digest: str) -> wire.Accepted:
    if not hmac.compare_digest(earlier["body_digest"], digest):
        raise Refused(RefusalCode.APPLICATION_DIFFERS)
    connection.table("cases").update(earlier["row_guid"], {"repeats": earlier["repeats"] + 1})
    return wire.Accepted.model_validate_json(earlier["accepted"])
