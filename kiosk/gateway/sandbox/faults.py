"""Faults that a test can switch on over HTTP: the platform's bad days, on the real wire.

Only there when the sandbox is started with `--faults`. They strike what terminals call (`/v1`).
"""

from __future__ import annotations

import asyncio
import random
from typing import Annotated, Literal

from fastapi import APIRouter, Response
from pydantic import BaseModel, ConfigDict, Field
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kiosk.gateway import wire
from kiosk.gateway.sandbox.refusals import RefusalCode

RUBBISH = 512  # bytes
LONGEST_S = 60.0

Kind = Literal["none", "down", "slow", "rubbish", "drop_after_commit"]


class Fault(BaseModel):
    """What goes wrong for the next `times` requests, None for all; `seconds` is for `slow`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: Kind
    seconds: Annotated[float, Field(ge=0, le=LONGEST_S)] = 0.0
    times: Annotated[int, Field(ge=1)] | None = None


NO_FAULT = Fault(kind="none")


class FaultInjector:
    """Sits between the server and the application. `chance` makes the rubbish."""

    def __init__(self, app: ASGIApp, chance: random.Random, sentence: str) -> None:
        self._app = app
        self._chance = chance
        self._down = wire.Refusal(code=RefusalCode.UNAVAILABLE.value, reason=sentence)
        self._fault = NO_FAULT

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI."""
        if scope["type"] != "http" or not scope["path"].startswith("/v1/"):
            await self._app(scope, receive, send)
            return
        fault = self._next()
        if fault.kind == "down":
            refusal = self._down.model_dump_json()
            await Response(refusal, 503, media_type="application/json")(scope, receive, send)
        elif fault.kind == "rubbish":
            rubbish = self._chance.randbytes(RUBBISH)
            await Response(rubbish, 200, media_type="application/json")(scope, receive, send)
        elif fault.kind == "drop_after_commit":
            await self._drop(scope, receive, send)
        else:
            await asyncio.sleep(fault.seconds)
            await self._app(scope, receive, send)

    def router(self) -> APIRouter:
        """`PUT /faults` sets the fault, `{"kind": "none"}` takes it away."""
        router = APIRouter(include_in_schema=False)
        router.add_api_route("/faults", self._set, methods=["PUT"], status_code=204)
        return router

    async def _set(self, fault: Fault) -> Response:
        self._fault = fault
        return Response(status_code=204)

    def _next(self) -> Fault:
        fault = self._fault
        if fault.times is not None:
            left = fault.times - 1
            self._fault = fault.model_copy(update={"times": left}) if left else NO_FAULT
        return fault

    async def _drop(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def swallow(_message: Message) -> None:
            """The answer is made, and nobody hears it."""

        await self._app(scope, receive, swallow)
        # A head that promises a body and an end before it: the server closes the connection.
        head = [(b"content-type", b"application/json"), (b"content-length", b"1000")]
        await send({"type": "http.response.start", "status": 200, "headers": head})
