"""The dock over HTTP: a page, and the JSON that the page and tests work the devices by."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Annotated

from fastapi import Body, FastAPI, Request
from fastapi.responses import JSONResponse, Response, StreamingResponse
from fastapi.staticfiles import StaticFiles
from starlette.middleware.trustedhost import TrustedHostMiddleware

from drivers.simulators.bench import Bench, DeviceKind, DeviceState, Person
from drivers.simulators.docked.device import NoSuchThing
from drivers.simulators.simulated import SimulatorError
from drivers.simulators.words import Words

_PAGE = Path(__file__).parent / "page"
_LOOK_S = 0.2  # how soon the page hears of a change
_HOSTS = ["127.0.0.1", "localhost"]
_MEDIA = {"png": "image/png", "txt": "text/plain; charset=utf-8", "pdf": "application/pdf"}

State = dict[str, DeviceState]


def make_app(bench: Bench, words: Mapping[str, Words]) -> FastAPI:
    """The application; plugs the bench in when it is served and unplugs it when it ends."""

    @asynccontextmanager
    async def plugged_in(_: FastAPI) -> AsyncIterator[None]:
        with bench.plugged_in():
            yield

    app = FastAPI(title="Simulated devices", docs_url=None, redoc_url=None, lifespan=plugged_in)
    # Only this machine's own pages: a name that resolves to 127.0.0.1 is turned away.
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=_HOSTS)
    _add_refusals(app)
    _add_reading(app, bench, words)
    _add_working(app, bench)
    app.mount("/", StaticFiles(directory=_PAGE, html=True))
    return app


def _add_refusals(app: FastAPI) -> None:
    @app.exception_handler(NoSuchThing)
    def unknown(_: Request, error: Exception) -> JSONResponse:
        return JSONResponse({"detail": str(error)}, 404)

    @app.exception_handler(SimulatorError)
    def cannot(_: Request, error: Exception) -> JSONResponse:
        return JSONResponse({"detail": str(error)}, 503)


def _add_reading(app: FastAPI, bench: Bench, words: Mapping[str, Words]) -> None:
    @app.get("/api/words")
    def the_words() -> Mapping[str, Words]:
        return words

    @app.get("/api/people")
    def the_people() -> list[Person]:
        return bench.people()

    @app.get("/api/devices")
    def the_devices() -> list[DeviceKind]:
        return bench.kinds()

    @app.get("/api/state")
    def the_state() -> State:
        return bench.state()

    @app.get("/api/events")
    def events(request: Request) -> StreamingResponse:
        return StreamingResponse(_changes(bench, request), media_type="text/event-stream")

    @app.get("/api/{device}/print-outs/{number}.{suffix}")
    def print_out(device: str, number: int, suffix: str) -> Response:
        return Response(bench.print_out(device, number, suffix), media_type=_MEDIA[suffix])

    @app.get("/api/{device}/sounds/{name}.wav")
    def sound(device: str, name: str) -> Response:
        return Response(bench.sound(device, name), media_type="audio/wav")


def _add_working(app: FastAPI, bench: Bench) -> None:
    @app.put("/api/{device}/plugged")
    def plugged(device: str, value: Annotated[bool, Body(embed=True)]) -> State:
        bench.plug(device, value)
        return bench.state()

    @app.put("/api/{device}/{control}")
    def turn(device: str, control: str, value: Annotated[str, Body(embed=True)]) -> State:
        bench.set(device, control, value)
        return bench.state()

    @app.post("/api/{device}/{act}")
    def do(device: str, act: str, fields: dict[str, str]) -> State:
        bench.act(device, act, **fields)
        return bench.state()


async def _changes(bench: Bench, request: Request) -> AsyncIterator[str]:
    told = ""
    while not await request.is_disconnected():
        state = await asyncio.to_thread(bench.state)  # some devices are asked over their own wire
        said = json.dumps({name: device.model_dump() for name, device in state.items()})
        if said != told:
            told = said
            yield f"data: {said}\n\n"
        await asyncio.sleep(_LOOK_S)
