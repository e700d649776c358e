"""Serves the sandbox platform on loopback: `python -m kiosk.gateway.sandbox --help`."""

from __future__ import annotations

import random
import signal
import socket
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer
import uvicorn
from fastapi import FastAPI
from starlette.types import ASGIApp

from kiosk.cases.working_days import due_date
from kiosk.catalogue.load import CatalogueError, load_catalogue
from kiosk.gateway.sandbox.app import application
from kiosk.gateway.sandbox.cases import CaseOffice
from kiosk.gateway.sandbox.desk import Desk
from kiosk.gateway.sandbox.faults import FaultInjector
from kiosk.gateway.sandbox.feedback import FeedbackOffice
from kiosk.gateway.sandbox.licences import LicenceOffice, load_register
from kiosk.gateway.sandbox.matters import CatalogueMatters
from kiosk.gateway.sandbox.pages import load_texts
from kiosk.gateway.sandbox.refusals import RefusalCode, load_sentences
from kiosk.gateway.sandbox.schema import open_store
from kiosk.gateway.sandbox.terminal_api import Offices
from kiosk.gateway.wire import BEIJING
from kiosk.storage.database import Database
from kiosk.storage.faults import DatabaseFault

HOST = "127.0.0.1"
CONFIG = Path("config/sandbox")


def now() -> datetime:
    """The platform's clock, in Beijing time."""
    return datetime.now(BEIJING)


def due_day(accepted: date, working_days: int) -> date:
    """The last day of a promised limit."""
    return due_date(accepted, working_days).date


def assemble(store: Database, key: str, people: Path, catalogue: Path, texts: Path) -> FastAPI:
    """Put the platform together. Raises CatalogueError, ValueError or OSError naming the file."""
    directory = CatalogueMatters(load_catalogue(catalogue))
    licences = LicenceOffice(store, load_register(people, texts / "licence_types.yaml"), now)
    cases = CaseOffice(store, directory, licences, due_day, now)
    return application(
        Offices(key=key, cases=cases, licences=licences, feedback=FeedbackOffice(store, now)),
        Desk(store, cases),
        load_texts(texts / "desk.yaml"),
        load_sentences(texts / "refusals.yaml"),
    )


def serve(
    *,
    key: Annotated[str, typer.Option(envvar="YICI_GATEWAY_KEY", help="admits terminals")],
    data: Annotated[Path, typer.Option(help="folder of the database")],
    port: Annotated[int, typer.Option(help="0 takes a free one", min=0, max=65535)] = 0,
    people: Annotated[Path, typer.Option(help="invented people")] = CONFIG / "people.yaml",
    catalogue: Annotated[Path, typer.Option(help="matters and limits")] = Path("config/catalogue"),
    texts: Annotated[Path, typer.Option(help="licence types and texts")] = CONFIG,
    faults: Annotated[bool, typer.Option("--faults", help="let tests set faults")] = False,
) -> None:
    """Serve the sandbox platform on 127.0.0.1; prints its address once it takes connections."""
    try:
        store = open_store(data)
        app = assemble(store, key, people, catalogue, texts)
    except (CatalogueError, DatabaseFault, ValueError, OSError) as error:
        typer.echo(f"sandbox platform: {error}", err=True)
        raise typer.Exit(1) from None
    served: ASGIApp = app
    if faults:
        sentences = load_sentences(texts / "refusals.yaml")
        injector = FaultInjector(app, random.SystemRandom(), sentences[RefusalCode.UNAVAILABLE])
        app.include_router(injector.router())
        served = injector
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, _end)
    with store, socket.create_server((HOST, port)) as listener:
        typer.echo(f"http://{HOST}:{listener.getsockname()[1]}")
        config = uvicorn.Config(
            served, log_level="warning", access_log=False, timeout_graceful_shutdown=2
        )
        uvicorn.Server(config).run(sockets=[listener])


def _end(_number: int, _frame: object) -> None:
    """Uvicorn finishes what is under way, then raises the signal again: leave, and close."""
    raise SystemExit(0)


if __name__ == "__main__":
    typer.run(serve)
