"""The staff's side of the sandbox: what has arrived, without personal data."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Literal

from fastapi import APIRouter, Response
from pydantic import BaseModel, ConfigDict
from sqlite_utils import Database as Connection

from kiosk.gateway import wire
from kiosk.gateway.sandbox.cases import CaseOffice, state_of, tasks_of
from kiosk.storage.database import Database

NEWEST = 100  # cases on the page


class DeskCase(BaseModel):
    """One case as staff see it. `repeats`: how often it was handed in again."""

    model_config = ConfigDict(frozen=True)

    project_no: str
    theme_code: str
    theme_name: str
    terminal_code: str
    accept_date: datetime
    repeats: int
    project_state: wire.ProjectState
    tasks: tuple[wire.TaskProgress, ...]


class DeskCounts(BaseModel):
    """How many of each there are. `satisfaction`: ratings by GB/T 39046 A.8 code, 1 is best."""

    model_config = ConfigDict(frozen=True)

    cases: int
    repeats: int
    licence_uses: int
    evaluations: int
    problems: int
    satisfaction: Mapping[int, int]


class Step(BaseModel):
    """Where a department brings its matter."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    task_state: Literal["accepted", "suspended", "finished", "rejected"]


class Desk:
    """Reads the store for staff and passes their steps to the case office."""

    def __init__(self, store: Database, cases: CaseOffice) -> None:
        self._store = store
        self._cases = cases

    def newest(self) -> tuple[DeskCase, ...]:
        """At most the 100 newest cases, newest first."""
        return self._store.read(_newest)

    def counts(self) -> DeskCounts:
        """Totals since the store was made."""
        return self._store.read(_counts)

    def router(self) -> APIRouter:
        """Routes under `/desk`."""
        router = APIRouter(prefix="/desk", include_in_schema=False)
        router.add_api_route("/cases", self.newest, methods=["GET"])
        router.add_api_route("/counts", self.counts, methods=["GET"])
        router.add_api_route(
            "/cases/{project_no}/tasks/{task_code}", self._step, methods=["PUT"], status_code=204
        )
        return router

    def _step(self, project_no: wire.ProjectNo, task_code: wire.Code, step: Step) -> Response:
        self._cases.advance(project_no, task_code, step.task_state)
        return Response(status_code=204)


def _newest(connection: Connection) -> tuple[DeskCase, ...]:
    rows = connection.query("SELECT * FROM cases ORDER BY rowid DESC LIMIT ?", [NEWEST])
    return tuple(_case(row, tasks_of(connection, row["project_no"])) for row in list(rows))


def _case(row: Mapping[str, Any], tasks: tuple[wire.TaskProgress, ...]) -> DeskCase:
    return DeskCase(
        project_no=row["project_no"],
        theme_code=row["theme_code"],
        theme_name=row["theme_name"],
        terminal_code=row["terminal_code"],
        accept_date=datetime.fromisoformat(row["accept_date"]),
        repeats=row["repeats"],
        project_state=state_of(tasks),
        tasks=tasks,
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
        evaluations=connection.table("evaluations").count,
        problems=connection.table("problems").count,
        satisfaction=dict(ratings),
    )
