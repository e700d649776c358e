"""The dock over HTTP: a page, and the JSON that the page and tests work the devices by."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Annotated, TypeVar

from fastapi import Body, FastAPI, HTTPException, Request
from fastapi.responses import PlainTextResponse, Response, StreamingResponse
from fastapi.staticfiles import StaticFiles
from starlette.middleware.trustedhost import TrustedHostMiddleware

from drivers.simulators.bench import Bench, BenchState, Paper, Person
from drivers.simulators.esc_pos import PrinterFault
from drivers.simulators.sam_a import ReaderFault
from drivers.simulators.words import Words

_PAGE = Path(__file__).parent / "page"
_LOOK_S = 0.2  # how soon the page hears of a change
_HOSTS = ["127.0.0.1", "localhost"]

T = TypeVar("T")


def make_app(bench: Bench, words: Mapping[str, Words]) -> FastAPI:
    """The application; plugs the bench in when it is served and unplugs it when it ends."""

    @asynccontextmanager
    async def plugged_in(_: FastAPI) -> AsyncIterator[None]:
        bench.start()
        yield
        bench.stop()

    app = FastAPI(title="Simulated devices", docs_url=None, redoc_url=None, lifespan=plugged_in)
    # Only this machine's own pages: a name that resolves to 127.0.0.1 is turned away.
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=_HOSTS)
    _add_reading(app, bench, words)
    _add_reader(app, bench)
    _add_printer(app, bench)
    app.mount("/", StaticFiles(directory=_PAGE, html=True))
    return app


def _add_reading(app: FastAPI, bench: Bench, words: Mapping[str, Words]) -> None:
    @app.get("/api/words")
    def the_words() -> Mapping[str, Words]:
        return words

    @app.get("/api/people")
    def the_people() -> list[Person]:
        return bench.people()

    @app.get("/api/state")
    def the_state() -> BenchState:
        return bench.state()

    @app.get("/api/events")
    def events(request: Request) -> StreamingResponse:
        return StreamingResponse(_changes(bench, request), media_type="text/event-stream")


def _add_reader(app: FastAPI, bench: Bench) -> None:
    @app.put("/api/reader/card")
    def card(person: Annotated[str | None, Body(embed=True)]) -> BenchState:
        _found(lambda: bench.lay(person))
        return bench.state()

    @app.put("/api/reader/plugged")
    def plugged(plugged: Annotated[bool, Body(embed=True)]) -> BenchState:
        (bench.reader.plug if plugged else bench.reader.unplug)()
        return bench.state()

    @app.put("/api/reader/fault")
    def fault(fault: Annotated[ReaderFault, Body(embed=True)]) -> BenchState:
        bench.reader.fault = fault
        return bench.state()


def _add_printer(app: FastAPI, bench: Bench) -> None:
    @app.put("/api/printer/plugged")
    def plugged(plugged: Annotated[bool, Body(embed=True)]) -> BenchState:
        (bench.printer.plug if plugged else bench.printer.unplug)()
        return bench.state()

    @app.put("/api/printer/paper")
    def paper(paper: Annotated[Paper, Body(embed=True)]) -> BenchState:
        bench.printer.paper = paper
        return bench.state()

    @app.put("/api/printer/cover_open")
    def cover_open(cover_open: Annotated[bool, Body(embed=True)]) -> BenchState:
        bench.printer.cover_open = cover_open
        return bench.state()

    @app.put("/api/printer/fault")
    def fault(fault: Annotated[PrinterFault, Body(embed=True)]) -> BenchState:
        bench.printer.fault = fault
        return bench.state()

    @app.get("/api/printer/print-outs/{number}.png")
    def picture(number: int) -> Response:
        return Response(_found(lambda: bench.picture(number)), media_type="image/png")

    @app.get("/api/printer/print-outs/{number}.txt")
    def text(number: int) -> PlainTextResponse:
        return PlainTextResponse(_found(lambda: bench.text(number)))


def _found(look: Callable[[], T]) -> T:
    try:
        return look()
    except KeyError as error:
        raise HTTPException(404, "there is none of that name or number") from error


async def _changes(bench: Bench, request: Request) -> AsyncIterator[str]:
    told = ""
    while not await request.is_disconnected():
        state = bench.state().model_dump_json()
        if state != told:
            told = state
            yield f"data: {state}\n\n"
        await asyncio.sleep(_LOOK_S)
