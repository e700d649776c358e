"""The platform over HTTP; `docs/gateway.md` and `docs/openapi.json` describe the interface."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar
from urllib.parse import quote

from pydantic import BaseModel, ValidationError

from kiosk.gateway import mapping, wire
from kiosk.gateway.exchange import Answer, Exchange
from kiosk.gateway.port import (
    Acknowledgement,
    CaseStatus,
    GatewayRefused,
    GatewayUnavailable,
    Holder,
    Licence,
    LicenceRequest,
    Problem,
    Rating,
    Submission,
)

TIMEOUT_S = 8.0  # a citizen is standing there
OK = range(200, 300)
# Said about the request itself, so that sending it again cannot help. All else is about the
# terminal (401, 403), the moment (408, 425, 429) or the way there (other 4xx, 3xx, 5xx), and
# what a citizen has handed in is kept until staff or time has mended that.
FINAL = frozenset({400, 404, 409, 410, 413, 422})

Model = TypeVar("Model", bound=BaseModel)


class HttpGateway:
    """A `Gateway` over HTTP. Close it, or use it in a `with` statement."""

    def __init__(
        self,
        base_url: str,
        terminal: str,
        key: str,
        timeout_s: float = TIMEOUT_S,
        authorities: Path | None = None,
    ) -> None:
        """`authorities`: PEM file of the certificate authorities to trust instead of the system's.

        Raises ValueError for an address, terminal or key that cannot be used.
        """
        if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}", terminal):
            raise ValueError(f"terminal {terminal!r}: use letters, digits, '.', '_' and '-'")
        if not re.fullmatch(r"[!-~]{8,512}", key):
            raise ValueError("gateway key: 8 to 512 visible ASCII characters without spaces")
        headers = {"Authorization": f"Bearer {key}", "Yici-Terminal": terminal}
        self._exchange = Exchange(base_url, headers, timeout_s=timeout_s, authorities=authorities)

    def licences(self, request: LicenceRequest) -> tuple[Licence, ...]:
        """Licences of the asked types that the holder has; a type not held is simply absent."""
        path = "/v1/licences/query"
        found = self._ask("POST", path, mapping.licence_query(request), wire.Certificates)
        licences = mapping.licences(found)
        if not {licence.type for licence in licences} <= set(request.types):
            raise GatewayUnavailable(f"{path}: the answer holds licences that were not asked for")
        return licences

    def earlier(self, request: LicenceRequest) -> Mapping[str, str]:
        """What the holder's earlier cases said of `request.elements`; one unknown is absent."""
        path = "/v1/archive/query"
        found = self._ask("POST", path, mapping.archive_query(request), wire.ArchiveData)
        if not found.form_data.keys() <= set(request.elements):
            raise GatewayUnavailable(f"{path}: the answer holds values that were not asked for")
        return found.form_data

    def submit(self, submission: Submission) -> Acknowledgement:
        """Hand in. The same id again gives the same acknowledgement and no second case."""
        path = f"/v1/applications/{quote(submission.id, safe='')}"
        body = mapping.application(submission)
        return mapping.acknowledgement(self._ask("PUT", path, body, wire.Accepted))

    def case(self, case_no: str, holder: Holder) -> CaseStatus:
        """The state of one case of that holder."""
        path = "/v1/cases/query"
        query = mapping.case_query(case_no, holder)
        status = mapping.case_status(self._ask("POST", path, query, wire.CaseProgress))
        if status.case_no != case_no:
            raise GatewayUnavailable(f"{path}: the answer is about another case")
        return status

    def cases(self, holder: Holder) -> tuple[CaseStatus, ...]:
        """The holder's cases, the newest first, at most 20."""
        path = "/v1/cases/list"
        found = self._ask("POST", path, mapping.holder_query(holder), wire.Cases)
        return tuple(mapping.case_status(case) for case in found.cases)

    def rate(self, rating: Rating) -> None:
        """Hand in a rating; idempotent by id."""
        path = f"/v1/evaluations/{quote(rating.id, safe='')}"
        self._ask("PUT", path, mapping.evaluation(rating), wire.Recorded)

    def report_problem(self, problem: Problem) -> None:
        """Hand in a problem; idempotent by id."""
        path = f"/v1/problems/{quote(problem.id, safe='')}"
        self._ask("PUT", path, mapping.problem_report(problem), wire.ProblemNumber)

    def close(self) -> None:
        """End the client's thread; again does nothing."""
        self._exchange.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        _type: type[BaseException] | None,
        _error: BaseException | None,
        _traceback: TracebackType | None,
    ) -> None:
        self.close()

    def _ask(self, method: str, path: str, body: BaseModel, model: type[Model]) -> Model:
        answer = self._exchange.send(method, path, body.model_dump_json(warnings=False).encode())
        if answer.status not in OK:
            raise _refusal(path, answer)
        parsed = _parsed(answer, model)
        if parsed is None:
            raise GatewayUnavailable(f"{path}: the answer is not a {model.__name__}")
        return parsed


def _refusal(path: str, answer: Answer) -> GatewayRefused | GatewayUnavailable:
    refusal = _parsed(answer, wire.Refusal)
    if refusal is not None and answer.status in FINAL:
        return GatewayRefused(refusal.code, refusal.reason)
    if answer.status in (401, 403):
        return GatewayUnavailable(
            f"{path}: {answer.status}, the platform does not admit this terminal; "
            "check its name and key in the settings"
        )
    said = f" {refusal.code}" if refusal is not None else ""
    return GatewayUnavailable(f"{path}: answered {answer.status}{said}")


def _parsed(answer: Answer, model: type[Model]) -> Model | None:
    if answer.media_type != "application/json":
        return None
    try:
        return model.model_validate_json(answer.body)
    except ValidationError:
        return None
