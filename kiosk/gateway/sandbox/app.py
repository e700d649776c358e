"""The sandbox platform as an ASGI application: routes, refusals, limits."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from http import HTTPStatus

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException
from starlette.middleware.trustedhost import TrustedHostMiddleware

from kiosk.gateway import wire
from kiosk.gateway.sandbox import terminal_api
from kiosk.gateway.sandbox.body_limit import BodyLimit
from kiosk.gateway.sandbox.desk import Desk
from kiosk.gateway.sandbox.pages import Texts, pages
from kiosk.gateway.sandbox.refusals import STATUS, RefusalCode, Refused
from kiosk.storage.faults import DatabaseFault

LARGEST_REQUEST = 1024 * 1024  # bytes
_BY_STATUS = {
    HTTPStatus.BAD_REQUEST: RefusalCode.INVALID_REQUEST,
    HTTPStatus.NOT_FOUND: RefusalCode.NOT_FOUND,
    HTTPStatus.METHOD_NOT_ALLOWED: RefusalCode.METHOD_NOT_ALLOWED,
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: RefusalCode.TOO_LARGE,
}


def interface() -> FastAPI:
    """The terminals' interface alone, without anything behind it; what OpenAPI describes."""
    app = FastAPI(
        title="Yici gateway",
        version="1",
        description="What a terminal asks of the platform. See docs/gateway.md.",
        docs_url=None,  # FastAPI's own pages fetch scripts from elsewhere
        redoc_url=None,
    )
    app.include_router(terminal_api.router)
    return app


def application(
    offices: terminal_api.Offices,
    desk: Desk,
    texts: Texts,
    sentences: Mapping[RefusalCode, str],
) -> FastAPI:
    """Everything: interface, desk and pages."""
    app = interface()
    app.state.offices = offices
    app.include_router(desk.router())
    app.include_router(pages(app, desk, texts))
    app.add_middleware(BodyLimit, largest=LARGEST_REQUEST)
    # A page of elsewhere cannot reach the desk under a name that it lets point here.
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=["127.0.0.1", "localhost"])
    _refuse(app, sentences)
    return app


def _refuse(app: FastAPI, sentences: Mapping[RefusalCode, str]) -> None:
    def refusal(code: RefusalCode, fields: tuple[str, ...] = ()) -> JSONResponse:
        body = wire.Refusal(code=code.value, reason=sentences[code], fields=fields)
        return JSONResponse(body.model_dump(mode="json"), STATUS[code])

    @app.exception_handler(Refused)
    def refused(_request: Request, error: Refused) -> JSONResponse:
        return refusal(error.code, error.fields)

    @app.exception_handler(RequestValidationError)
    def invalid(_request: Request, error: RequestValidationError) -> JSONResponse:
        return refusal(RefusalCode.INVALID_REQUEST, _fields(error))

    @app.exception_handler(HTTPException)
    def failed(_request: Request, error: HTTPException) -> JSONResponse:
        return refusal(_BY_STATUS.get(HTTPStatus(error.status_code), RefusalCode.UNAVAILABLE))

    @app.exception_handler(DatabaseFault)
    def store_failed(_request: Request, _error: DatabaseFault) -> JSONResponse:
        return refusal(RefusalCode.UNAVAILABLE)


def _fields(error: RequestValidationError) -> tuple[str, ...]:
    """The first level of names, which are ours; deeper keys are the sender's."""
    known = {name for model in _requests(wire.Asked) for name in model.model_fields}
    places = (str(part) for problem in error.errors() for part in problem["loc"][1:2])
    return tuple(sorted(set(places) & known))


def _requests(model: type[wire.Asked]) -> Iterator[type[wire.Asked]]:
    for request in model.__subclasses__():
        yield request
        yield from _requests(request)
