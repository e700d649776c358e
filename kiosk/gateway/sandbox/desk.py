"""The staff's side of the sandbox: what has arrived, without personal data, and their steps."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Literal

from fastapi import APIRouter, Depends, Response
from fastapi.responses import RedirectResponse
from pydantic import BaseModel, ConfigDict
from sqlite_utils import Database as Connection

from kiosk.cases.clock import Card
from kiosk.gateway import wire
from kiosk.gateway.sandbox.cases import NEXT_STATES, CaseOffice
from kiosk.gateway.sandbox.origin import own_page
from kiosk.gateway.sandbox.progress import Task, papers_of, state_of, tasks_of
from kiosk.gateway.wire_values import Code, DayPeriod, ProjectNo, ProjectState
from kiosk.storage.database import Database

NEWEST = 100  # cases on the page

State = Literal["accepted", "suspended", "finished", "rejected"]


class DeskTask(wire.TaskProgress):
    """A matter by its clock: its card (红黄牌), working days left, whether the clock stands.

    Of a matter without a published limit there is no clock. `next_states`: where its department
    can bring it.
    """

    card: Card | None = None
    days_left: int | None = None
    stopped: bool = False
    next_states: tuple[State, ...] = ()


class DeskPaper(BaseModel):
    """A material that was not there at first; `wanted` until the counter has it."""

    model_config = ConfigDict(frozen=True, from_attributes=True)

    material_code: str
    material_name: str
    get_type: str
    due: date | None
    arrived_on: date | None
    wanted: bool


class DeskCase(BaseModel):
    """One case as staff see it. `repeats`: how often it was handed in again."""

    model_config = ConfigDict(frozen=True)

    project_no: str
    theme_code: str
    theme_name: str
    terminal_code: str
    accept_date: datetime
    appointment_date: date | None
    appointment_period: DayPeriod | None
    repeats: int
    project_state: ProjectState
    tasks: tuple[DeskTask, ...]
    papers: tuple[DeskPaper, ...]


class DeskCounts(BaseModel):
    """How many of each there are. `satisfaction`: ratings by GB/T 39046 A.8 code, 1 is best."""

    model_config = ConfigDict(frozen=True)

    cases: int
    repeats: int
    licence_uses: int
    archive_uses: int
    appointments: int
    evaluations: int
    problems: int
    satisfaction: Mapping[int, int]


class Step(BaseModel):
    """Where a department brings its matter."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    task_state: State


class Desk:
    """Reads the store for staff and passes their steps to the case office."""

    def __init__(self, store: Database, cases: CaseOffice) -> None:
        self._store = store
        self._cases = cases

    def newest(self) -> tuple[DeskCase, ...]:
        """At most the 100 newest cases, newest first."""
        today = self._cases.today()

        def look_up(connection: Connection) -> tuple[DeskCase, ...]:
            rows = connection.table("cases").rows_where(order_by="rowid DESC", limit=NEWEST)
            return tuple(_case(connection, row, today) for row in list(rows))

        return self._store.read(look_up)

    def counts(self) -> DeskCounts:
        """Totals since the store was made."""
        return self._store.read(_counts)

    def router(self) -> APIRouter:
        """Routes under `/desk`: JSON for programs, and what the page's own buttons send."""
        router = APIRouter(
            prefix="/desk", include_in_schema=False, dependencies=[Depends(own_page)]
        )
        router.add_api_route("/cases", self.newest, methods=["GET"])
        router.add_api_route("/counts", self.counts, methods=["GET"])
        router.add_api_route(
            "/cases/{project_no}/tasks/{task_code}", self._step, methods=["PUT"], status_code=204
        )
        router.add_api_route(
            "/cases/{project_no}/tasks/{task_code}/{state}", self._pressed_step, methods=["POST"]
        )
        router.add_api_route(
            "/cases/{project_no}/papers/{material_code}/arrived",
            self._pressed_arrived,
            methods=["POST"],
        )
        return router

    def _step(self, project_no: ProjectNo, task_code: Code, step: Step) -> Response:
        self._cases.advance(project_no, task_code, step.task_state)
        return Response(status_code=204)

    def _pressed_step(
        self, project_no: ProjectNo, task_code: Code, state: State, lang: str = "zh"
    ) -> Response:
        self._cases.advance(project_no, task_code, state)
        return _page(lang)

    def _pressed_arrived(
        self, project_no: ProjectNo, material_code: Code, lang: str = "zh"
    ) -> Response:
        self._cases.arrive(project_no, material_code)
        return _page(lang)


def _page(lang: str) -> Response:
    """Back to the page, which is then asked for anew and not sent twice."""
    return RedirectResponse("/?lang=en" if lang == "en" else "/?lang=zh", status_code=303)


def _case(connection: Connection, row: Mapping[str, Any], today: date) -> DeskCase:
    tasks = tasks_of(connection, row, today)
    papers = papers_of(connection, row["project_no"], tasks)
    return DeskCase(
        project_no=row["project_no"],
        theme_code=row["theme_code"],
        theme_name=row["theme_name"],
        terminal_code=row["terminal_code"],
        accept_date=datetime.fromisoformat(row["accept_date"]),
        appointment_date=row["appointment_date"],
        appointment_period=row["appointment_period"],
        repeats=row["repeats"],
        project_state=state_of(tasks),
        tasks=tuple(_task(task) for task in tasks),
        papers=tuple(DeskPaper.model_validate(paper) for paper in papers),
    )


def _task(task: Task) -> DeskTask:
    reading, state = task.reading, task.progress.task_state
    return DeskTask(
        **task.progress.model_dump(),
        card=reading.card if reading else None,
        days_left=reading.left if reading else None,
        stopped=reading.stopped if reading else False,
        next_states=tuple(sorted(NEXT_STATES[state])),
    )


def _counts(connection: Connection) -> DeskCounts:
    repeats = connection.execute("SELECT coalesce(sum(repeats), 0) FROM cases").fetchone()[0]
    ratings = connection.execute(
        "SELECT satisfaction_code, count(*) FROM evaluations GROUP BY satisfaction_code"
    ).fetchall()
    return DeskCounts(
        cases=connection.table("cases").count,
        repeats=repeats,
        licence_uses=connection.table("licence_uses").count,
        archive_uses=connection.table("archive_uses").count,
        appointments=connection.table("appointments").count,
        evaluations=connection.table("evaluations").count,
        problems=connection.table("problems").count,
        satisfaction=dict(ratings),
    )
