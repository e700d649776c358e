"""How the sandbox platform says no: a code, its HTTP status, a sentence from the configuration."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from http import HTTPStatus
from pathlib import Path

import yaml


class RefusalCode(StrEnum):
    """Every reason there is; each has a sentence in `config/sandbox/refusals.yaml`."""

    INVALID_REQUEST = "invalid_request"
    UNKNOWN_LIFE_EVENT = "unknown_life_event"
    UNKNOWN_MATTER = "unknown_matter"
    UNKNOWN_LICENCE_TYPE = "unknown_licence_type"
    UNKNOWN_LICENCE = "unknown_licence"
    CONSENT_IN_FUTURE = "consent_in_future"
    APPLICATION_DIFFERS = "application_differs"
    EVALUATION_DIFFERS = "evaluation_differs"
    PROBLEM_DIFFERS = "problem_differs"
    NOT_DEFERRABLE = "not_deferrable"
    NOT_PROMISABLE = "not_promisable"
    PROMISE_UNSIGNED = "promise_unsigned"
    VISIT_FULL = "visit_full"
    VISIT_OVER = "visit_over"
    VISIT_CLOSED = "visit_closed"
    UNKNOWN_CASE = "unknown_case"
    UNKNOWN_PAPER = "unknown_paper"
    IMPOSSIBLE_STEP = "impossible_step"
    NOT_FOUND = "not_found"
    METHOD_NOT_ALLOWED = "method_not_allowed"
    TOO_LARGE = "too_large"
    TERMINAL_NOT_ADMITTED = "terminal_not_admitted"
    FOREIGN_PAGE = "foreign_page"
    UNAVAILABLE = "unavailable"


STATUS = {
    RefusalCode.INVALID_REQUEST: HTTPStatus.UNPROCESSABLE_ENTITY,
    RefusalCode.UNKNOWN_LIFE_EVENT: HTTPStatus.UNPROCESSABLE_ENTITY,
    RefusalCode.UNKNOWN_MATTER: HTTPStatus.UNPROCESSABLE_ENTITY,
    RefusalCode.UNKNOWN_LICENCE_TYPE: HTTPStatus.UNPROCESSABLE_ENTITY,
    RefusalCode.UNKNOWN_LICENCE: HTTPStatus.UNPROCESSABLE_ENTITY,
    RefusalCode.CONSENT_IN_FUTURE: HTTPStatus.UNPROCESSABLE_ENTITY,
    RefusalCode.APPLICATION_DIFFERS: HTTPStatus.CONFLICT,
    RefusalCode.EVALUATION_DIFFERS: HTTPStatus.CONFLICT,
    RefusalCode.PROBLEM_DIFFERS: HTTPStatus.CONFLICT,
    RefusalCode.NOT_DEFERRABLE: HTTPStatus.UNPROCESSABLE_ENTITY,
    RefusalCode.NOT_PROMISABLE: HTTPStatus.UNPROCESSABLE_ENTITY,
    RefusalCode.PROMISE_UNSIGNED: HTTPStatus.UNPROCESSABLE_ENTITY,
    RefusalCode.VISIT_FULL: HTTPStatus.CONFLICT,
    RefusalCode.VISIT_OVER: HTTPStatus.UNPROCESSABLE_ENTITY,
    RefusalCode.VISIT_CLOSED: HTTPStatus.UNPROCESSABLE_ENTITY,
    RefusalCode.UNKNOWN_CASE: HTTPStatus.NOT_FOUND,
    RefusalCode.UNKNOWN_PAPER: HTTPStatus.NOT_FOUND,
    RefusalCode.IMPOSSIBLE_STEP: HTTPStatus.CONFLICT,
    RefusalCode.NOT_FOUND: HTTPStatus.NOT_FOUND,
    RefusalCode.METHOD_NOT_ALLOWED: HTTPStatus.METHOD_NOT_ALLOWED,
    RefusalCode.TOO_LARGE: HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    RefusalCode.TERMINAL_NOT_ADMITTED: HTTPStatus.UNAUTHORIZED,
    RefusalCode.FOREIGN_PAGE: HTTPStatus.FORBIDDEN,
    RefusalCode.UNAVAILABLE: HTTPStatus.SERVICE_UNAVAILABLE,
}


class Refused(Exception):
    """The request is refused; `fields` are names in it, never what they hold."""

    def __init__(self, code: RefusalCode, fields: tuple[str, ...] = ()) -> None:
        super().__init__(code.value)
        self.code = code
        self.fields = fields


def load_sentences(file: Path) -> Mapping[RefusalCode, str]:
    """Read one sentence for each code. Raises ValueError naming what is missing or too much."""
    sentences = yaml.safe_load(file.read_text(encoding="utf-8")).get("refusals", {})
    known = {code.value for code in RefusalCode}
    if set(sentences) != known:
        raise ValueError(f"{file}: add or remove {', '.join(sorted(set(sentences) ^ known))}")
    return {RefusalCode(code): str(sentence) for code, sentence in sentences.items()}
