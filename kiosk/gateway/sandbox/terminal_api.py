"""What terminals call: `/v1`. Decides nothing; each route hands on to an office."""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from typing import Annotated, Any, cast

from fastapi import APIRouter, Depends, Header, Path, Request, Response, Security
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from kiosk.gateway import wire
from kiosk.gateway.sandbox.archive import ArchiveOffice
from kiosk.gateway.sandbox.cases import CaseOffice
from kiosk.gateway.sandbox.feedback import FeedbackOffice
from kiosk.gateway.sandbox.licences import LicenceOffice
from kiosk.gateway.sandbox.refusals import RefusalCode, Refused
from kiosk.gateway.wire_values import Code


@dataclass(frozen=True)
class Offices:
    """Everything the terminals' side of the platform needs. `key` admits terminals."""

    key: str
    cases: CaseOffice
    licences: LicenceOffice
    archive: ArchiveOffice
    feedback: FeedbackOffice


def _offices(request: Request) -> Offices:
    return cast(Offices, request.app.state.offices)


Platform = Annotated[Offices, Depends(_offices)]
_bearer = HTTPBearer(auto_error=False, description="the terminal's key")


def _admitted(
    platform: Platform,
    credentials: Annotated[HTTPAuthorizationCredentials | None, Security(_bearer)],
    terminal: Annotated[Code, Header(alias="Yici-Terminal", description="its name")],
) -> str:
    given = credentials.credentials if credentials is not None else ""
    if not hmac.compare_digest(given.encode(), platform.key.encode()):
        raise Refused(RefusalCode.TERMINAL_NOT_ADMITTED)
    return terminal


Terminal = Annotated[str, Depends(_admitted)]
RowGuid = Annotated[Code, Path(description="idempotency key, made by the terminal")]

_REFUSALS: dict[int | str, dict[str, Any]] = {
    401: {"model": wire.Refusal, "description": "the platform does not admit this terminal"},
    413: {"model": wire.Refusal, "description": "larger than the platform takes"},
    422: {"model": wire.Refusal, "description": "does not fit, or names something unknown"},
    503: {"model": wire.Refusal, "description": "not now; try again later"},
}
_CONFLICT: dict[int | str, dict[str, Any]] = {
    409: {"model": wire.Refusal, "description": "this id was handed in with other content"}
}

router = APIRouter(prefix="/v1", responses=_REFUSALS)


@router.post("/licences/query", tags=["licences"])
def query_licences(
    query: wire.LicenceQuery, terminal: Terminal, platform: Platform
) -> wire.Certificates:
    """Electronic licences by consent; each one handed over is logged as used."""
    return platform.licences.query(terminal, query)


@router.post("/archive/query", tags=["archive"])
def query_archive(
    query: wire.ArchiveQuery, terminal: Terminal, platform: Platform
) -> wire.ArchiveData:
    """Values of earlier cases (一人一档) by consent; each one told is logged as used."""
    return platform.archive.query(terminal, query)


@router.put(
    "/applications/{row_guid}",
    tags=["cases"],
    status_code=201,
    responses={**_CONFLICT, 200: {"model": wire.Accepted, "description": "as before"}},
)
def put_application(
    row_guid: RowGuid,
    application: wire.Application,
    _terminal: Terminal,
    platform: Platform,
    response: Response,
) -> wire.Accepted:
    """Hand in one life event. Repeating it gives the first acknowledgement, with status 200."""
    accepted, first = platform.cases.accept(row_guid, application)
    if not first:
        response.status_code = 200
    return accepted


@router.post(
    "/cases/query",
    tags=["cases"],
    responses={404: {"model": wire.Refusal, "description": "no such case of this holder"}},
)
def query_case(query: wire.CaseQuery, _terminal: Terminal, platform: Platform) -> wire.CaseProgress:
    """Where a case stands, told to its holder. In a body, since addresses end up in logs."""
    return platform.cases.progress(query)


@router.post("/cases/list", tags=["cases"])
def list_cases(query: wire.HolderQuery, _terminal: Terminal, platform: Platform) -> wire.Cases:
    """The holder's cases, the newest first, at most 20."""
    return platform.cases.of_holder(query)


@router.put("/evaluations/{row_guid}", tags=["feedback"], responses=_CONFLICT)
def put_evaluation(
    row_guid: RowGuid, evaluation: wire.Evaluation, _terminal: Terminal, platform: Platform
) -> wire.Recorded:
    """Hand in a rating (好差评)."""
    platform.feedback.rate(row_guid, evaluation)
    return wire.Recorded(status="recorded")


@router.put("/problems/{row_guid}", tags=["feedback"], responses=_CONFLICT)
def put_problem(
    row_guid: RowGuid, problem: wire.ProblemReport, _terminal: Terminal, platform: Platform
) -> wire.ProblemNumber:
    """Hand in a problem (办不成事)."""
    return platform.feedback.report(row_guid, problem)


@router.get("/health", tags=["health"])
def health() -> wire.Health:
    """Whether the platform takes requests; needs no key."""
    return wire.Health(status="ok")
