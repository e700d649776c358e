"""`yici fleet serve` and `yici fleet terminals`: the manager with its console, and a list.

What does the work is imported when a command runs, so that other commands start quickly.
"""

from __future__ import annotations

import signal
import socket
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from yici.mistakes import Unusable, said

if TYPE_CHECKING:
    from fleet.broker.authority import Credentials
    from fleet.manager.link import Address
    from fleet.release.repository import Repository
    from kiosk.access.phrases import Phrases

ROOT = Path(__file__).resolve().parent.parent
HOST = "127.0.0.1"
LINGER_S = 1  # for pages that still listen when the manager ends

app = typer.Typer(help="The fleet's manager and its console.", no_args_is_help=True)

DataFolder = Annotated[
    Path, typer.Option(envvar="YICI_FLEET_DATA", help="folder of the manager's store")
]


@app.command()
def serve(
    *,
    broker_host: Annotated[str, typer.Option(help="where the broker is")] = HOST,
    broker_port: Annotated[int, typer.Option(min=1, max=65535)] = 8883,
    credentials: Annotated[
        Path, typer.Option(help="folder with authority.crt, manager.crt and manager.key")
    ] = ROOT / "var/broker/certificates",
    folder: Annotated[
        Path, typer.Option(envvar="YICI_FLEET_FOLDER", help="folder of the bank's repository")
    ] = ROOT / "var/fleet",
    bank: Annotated[str, typer.Option(envvar="YICI_FLEET_BANK", help="whose terminals")] = "sample",
    live: Annotated[
        bool, typer.Option(envvar="YICI_FLEET_LIVE", help="refuse keys made for development")
    ] = False,
    begin_with: Annotated[
        Path | None,
        typer.Option(help="catalogue to release when nothing was released yet; not with --live"),
    ] = None,
    data: DataFolder = ROOT / "var/manager",
    texts: Annotated[Path, typer.Option(help="folder of the console's phrases")] = ROOT
    / "config/console/phrases",
    port: Annotated[
        int, typer.Option(help="of the console; 0 takes a free one", min=0, max=65535)
    ] = 8705,
) -> None:
    """Take in what terminals report, publish releases to them, and show them on a page."""
    from fleet.manager.link import Address  # noqa: PLC0415
    from fleet.release.repository import Repository  # noqa: PLC0415
    from kiosk.access.phrases import Phrases  # noqa: PLC0415

    _log_to_stderr()
    with _told():
        phrases = Phrases.load(texts)
        repository = Repository.open(folder, bank, live=live)
        if begin_with is not None and not live:
            _first_release(repository, begin_with)
        _run(
            broker=Address(broker_host, broker_port),
            credentials=_credentials(credentials),
            repositories={bank: repository},
            data=data,
            phrases=phrases,
            port=port,
        )


def _credentials(folder: Path) -> Credentials:
    """Raises Unusable when one of its files is missing."""
    from fleet.broker.authority import Credentials  # noqa: PLC0415

    files = [folder / name for name in ("authority.crt", "manager.crt", "manager.key")]
    for file in files:
        if not file.is_file():
            raise Unusable(
                f"{file}: is missing; name the folder by --credentials, or let make run or"
                " python -m fleet.broker make it"
            )
    return Credentials(*files)


def _run(
    *,
    broker: Address,
    credentials: Credentials,
    repositories: Mapping[str, Repository],
    data: Path,
    phrases: Phrases,
    port: int,
) -> None:
    from random import SystemRandom  # noqa: PLC0415

    import uvicorn  # noqa: PLC0415

    from fleet.console.app import Fleet, console  # noqa: PLC0415
    from fleet.manager.published import Published  # noqa: PLC0415
    from fleet.manager.service import Service  # noqa: PLC0415
    from fleet.manager.store import Store  # noqa: PLC0415

    store = Store.open(data / "fleet.db")
    service = Service(
        broker,
        credentials,
        store,
        repositories,
        now=lambda: datetime.now(UTC),
        random=SystemRandom(),
    )
    fleet = Fleet(store, lambda: service.up, lambda: service.counts, Published(repositories))
    pages = console(fleet, phrases)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, _end)
    with socket.create_server((HOST, port)) as listener:
        service.start()
        typer.echo(f"http://{HOST}:{listener.getsockname()[1]}")
        try:
            config = uvicorn.Config(
                pages, log_level="warning", access_log=False, timeout_graceful_shutdown=LINGER_S
            )
            uvicorn.Server(config).run(sockets=[listener])
        finally:
            service.stop()
            store.close()


def _log_to_stderr() -> None:
    """One JSON object a line; whoever starts the manager keeps it."""
    import structlog  # noqa: PLC0415

    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso"),
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )


@app.command()
def terminals(data: DataFolder = ROOT / "var/manager") -> None:
    """List the terminals as last heard of; those that want care come first."""
    from fleet.manager.reading import LARGEST_PAGE, page  # noqa: PLC0415
    from fleet.manager.store import Store  # noqa: PLC0415

    with _told():
        if not (data / "fleet.db").exists():
            raise Unusable(
                f"{data}: no manager has kept a store there; name the folder that is the --data of"
                " its yici fleet serve (make run: var/manager)"
            )
        store = Store.open(data / "fleet.db")
        number, pages = 0, 1
        while number < pages:
            number += 1
            found = page(store.engine, number=number, size=LARGEST_PAGE)
            pages = found.pages
            for row in found.rows:
                words = (
                    f"{row.terminal.client_id:<24}",
                    f"{row.presence.value if row.presence else 'unknown':<8}",
                    f"{row.release or '-':<12}",
                    f"desired {row.desired_release or '-':<12}",
                    f"{row.update.value if row.update else '-':<12}",
                    row.update_reason,
                )
                typer.echo(" ".join(words).rstrip())
        store.close()


def _first_release(repository: Repository, catalogue: Path) -> None:
    from fleet.release.parties import RELEASING  # noqa: PLC0415
    from yici.fleet_release import checked  # noqa: PLC0415

    if repository.desired() is not None:
        return
    repository.build(checked(catalogue))
    for party in RELEASING:
        repository.sign(repository.party_key(party))
    repository.publish()


def _end(_number: int, _frame: object) -> None:
    """Uvicorn finishes what is under way, then raises the signal again: leave, and close."""
    raise SystemExit(0)


@contextmanager
def _told() -> Iterator[None]:
    """Say what is wrong and end with 1, for what the person at the keyboard can put right."""
    from sqlalchemy.exc import SQLAlchemyError  # noqa: PLC0415

    from fleet.release.files import ReleaseError  # noqa: PLC0415
    from fleet.release.keys import KeyFileError  # noqa: PLC0415
    from kiosk.access.phrases import PhrasesError  # noqa: PLC0415
    from kiosk.catalogue.consistency import CatalogueError  # noqa: PLC0415

    try:
        yield
    except (
        *(Unusable, ReleaseError, KeyFileError, CatalogueError, PhrasesError),
        OSError,
    ) as error:
        typer.echo(f"yici fleet: {said(error)}", err=True)
        raise typer.Exit(1) from error
    except SQLAlchemyError as error:
        typer.echo(f"yici fleet: the manager's store cannot be used: {error}", err=True)
        raise typer.Exit(1) from error


if __name__ == "__main__":
    app()
