"""What the tables say of a case: its matters by their clocks, its papers, where it stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlite_utils import Database as Connection

from kiosk.cases.clock import Clock, Reading, Stop
from kiosk.catalogue.model.matter import ProcedureCode
from kiosk.gateway import wire
from kiosk.gateway.wire_values import ProjectState

Row = Mapping[str, Any]
ENDED = frozenset({"finished", "rejected"})


@dataclass(frozen=True)
class Task:
    """One matter of a case; `reading` is its clock's, None where no limit is published."""

    progress: wire.TaskProgress
    reading: Reading | None


@dataclass(frozen=True)
class Paper:
    """A material that was not there when the case was handed in.

    `due`: until when a deferred one may follow. `wanted`: it has not arrived, and a matter that
    asks for it has not ended.
    """

    material_code: str
    material_name: str
    get_type: str
    due: date | None
    arrived_on: date | None
    wanted: bool


def tasks_of(connection: Connection, case: Row, today: date) -> tuple[Task, ...]:
    """The matters of a case in the order in which they were handed in."""
    stops = list(connection.table("stops").rows_where("project_no = ?", [case["project_no"]]))
    rows = connection.table("tasks").rows_where(
        "project_no = ?", [case["project_no"]], order_by="position"
    )
    accepted = datetime.fromisoformat(case["accept_date"]).date()
    return tuple(
        _task(row, accepted, today, [s for s in stops if s["task_code"] == row["task_code"]])
        for row in rows
    )


def state_of(tasks: Iterable[Task]) -> ProjectState:
    """A case is as far as its slowest matter; rejected only when every matter was."""
    states = {task.progress.task_state for task in tasks}
    if "accepted" in states:
        return "accepted"
    if "suspended" in states:
        return "suspended"
    return "finished" if "finished" in states else "rejected"


def papers_of(connection: Connection, project_no: str, tasks: Iterable[Task]) -> tuple[Paper, ...]:
    """The papers of a case in the order in which they were named."""
    open_tasks = {t.progress.task_code for t in tasks if t.progress.task_state not in ENDED}
    rows = connection.table("papers").rows_where(
        "project_no = ?", [project_no], order_by="position"
    )
    return tuple(_paper(row, open_tasks) for row in rows)


def case_progress(connection: Connection, case: Row, today: date) -> wire.CaseProgress:
    """Where a case stands, as its holder is told. All that is missing is named at once."""
    tasks = tasks_of(connection, case, today)
    missing = [p for p in papers_of(connection, case["project_no"], tasks) if p.wanted]
    return wire.CaseProgress(
        project_no=case["project_no"],
        theme_code=case["theme_code"],
        project_state=state_of(tasks),
        tasks=tuple(task.progress for task in tasks),
        accept_date=datetime.fromisoformat(case["accept_date"]),
        appointment_date=_day(case["appointment_date"]),
        appointment_period=case["appointment_period"],
        missing_materials=tuple(paper.material_code for paper in missing),
        supplement_date=min((paper.due for paper in missing if paper.due), default=None),
    )


def _task(row: Row, accepted: date, today: date, stops: list[dict[str, Any]]) -> Task:
    reading = None
    if row["promise_days"] is not None:
        clock = Clock(accepted, row["promise_days"], tuple(_stops(stops)))
        # The platform's own clock may be put back over midnight.
        reading = clock.read(max(accepted, _day(row["ended_on"]) or today))
    progress = wire.TaskProgress(
        task_code=row["task_code"],
        task_name=row["task_name"],
        org_name=row["org_name"],
        promise_date=reading.due if reading else _gb_day(row["promise_date"]),
        task_state=row["task_state"],
        appointment_no=row["appointment_no"],
    )
    return Task(progress, reading)


def _stops(rows: Iterable[Row]) -> Iterator[Stop]:
    for row in rows:
        first, last = date.fromisoformat(row["first"]), _day(row["last"])
        yield Stop(ProcedureCode(row["procedure_code"]), row["name"], first, last)


def _paper(row: Row, open_tasks: set[str]) -> Paper:
    asked_by = set(row["task_codes"].split())
    arrived_on = _day(row["arrived_on"])
    return Paper(
        material_code=row["material_code"],
        material_name=row["material_name"],
        get_type=row["get_type"],
        due=_day(row["due"]),
        arrived_on=arrived_on,
        wanted=arrived_on is None and bool(asked_by & open_tasks),
    )


def _day(written: str | None) -> date | None:
    return date.fromisoformat(written) if written else None


def _gb_day(written: str | None) -> date | None:
    return datetime.strptime(written, "%Y%m%d").date() if written else None
