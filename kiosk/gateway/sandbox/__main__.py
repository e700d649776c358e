"""Serves the sandbox platform on loopback: `python -m kiosk.gateway.sandbox --help`."""

from __future__ import annotations

import random
import signal
import socket
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
import uvicorn
from fastapi import FastAPI
from starlette.types import ASGIApp

from kiosk import beijing
from kiosk.catalogue.load import CatalogueError, load_catalogue
from kiosk.gateway.sandbox.app import application
from kiosk.gateway.sandbox.archive import ArchiveOffice
from kiosk.gateway.sandbox.cases import CaseOffice
from kiosk.gateway.sandbox.desk import Desk
from kiosk.gateway.sandbox.faults import FaultInjector
from kiosk.gateway.sandbox.feedback import FeedbackOffice
from kiosk.gateway.sandbox.installation import installation_key
from kiosk.gateway.sandbox.licences import LicenceOffice, load_register
from kiosk.gateway.sandbox.matters import CatalogueMatters, MatterDirectory
from kiosk.gateway.sandbox.pages import load_texts
from kiosk.gateway.sandbox.refusals import RefusalCode, load_sentences
from kiosk.gateway.sandbox.schema import open_store
from kiosk.gateway.sandbox.terminal_api import Offices
from kiosk.storage.database import Database
from kiosk.storage.faults import DatabaseFault
from kiosk.storage.vault import VaultError

HOST = "127.0.0.1"
CONFIG = Path("config/sandbox")


def assemble(
    store: Database,
    key: str,
    directory: MatterDirectory,
    people: Path,
    texts: Path,
    *,
    clock: Callable[[], datetime] = beijing.now,
) -> FastAPI:
    """Put the platform together. `clock` gives Beijing time.

    Raises ValueError, VaultError or OSError naming the file.
    """
    register = load_register(people, texts / "licence_types.yaml", clock().date())
    licences = LicenceOffice(store, register, clock)
    cases = CaseOffice(store, directory, licences, installation_key(store.path.parent), clock)
    return application(
        Offices(
            key=key,
            cases=cases,
            licences=licences,
            archive=ArchiveOffice(store, register, clock),
            feedback=FeedbackOffice(store, clock),
        ),
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
        directory = CatalogueMatters(load_catalogue(catalogue))
        app = assemble(store, key, directory, people, texts)
    except (CatalogueError, DatabaseFault, VaultError, ValueError, OSError) as error:
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
    with store, _listening(port) as listener:
        typer.echo(f"http://{HOST}:{listener.getsockname()[1]}")
        config = uvicorn.Config(
            served, log_level="warning", access_log=False, timeout_graceful_shutdown=2
        )
        uvicorn.Server(config).run(sockets=[listener])


def _listening(port: int) -> socket.socket:
    try:
        return socket.create_server((HOST, port))
    except OSError as error:
        reason = f"port {port}: {error.strerror}; end what listens there, or choose another"
        typer.echo(f"sandbox platform: {reason}", err=True)
        raise typer.Exit(1) from None


def _end(_number: int, _frame: object) -> None:
    """Uvicorn finishes what is under way, then raises the signal again: leave, and close."""
    raise SystemExit(0)


if __name__ == "__main__":
    typer.run(serve)
