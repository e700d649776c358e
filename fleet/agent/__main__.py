"""`python -m fleet.agent --config config/agent.toml` runs the agent of one terminal."""

from __future__ import annotations

import argparse
import logging
import signal
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from random import SystemRandom
from uuid import uuid4

import structlog

from fleet.agent.agent import Agent
from fleet.agent.link import Broker, Link, Will
from fleet.agent.reporter import Reporter
from fleet.agent.settings import AgentSettings, SettingsError, load_settings
from fleet.agent.surroundings import Given
from fleet.protocol.topics import Terminal
from fleet.release.trust import Refused, Trust
from kiosk.catalogue.release_store import ReleaseStore
from kiosk.storage.faults import DatabaseFault

CANNOT_START = 2  # exit code: settings, root, certificates or the store cannot be used


def utc_now() -> datetime:
    """Time of day."""
    return datetime.now(UTC)


def build(
    settings: AgentSettings, open_store: Callable[[Path], ReleaseStore] = ReleaseStore.open
) -> tuple[Agent, Link, Reporter]:
    """Wire an agent; `open_store` gets the data folder. Raises DatabaseFault, Refused, OSError."""
    terminal = Terminal(settings.bank, settings.terminal)
    reporter = Reporter(terminal, uuid4().hex, utc_now)
    trust = Trust(
        settings.data / "trust", settings.root.read_bytes(), live=settings.live, now=utc_now
    )
    store = open_store(settings.data)
    agent = Agent(terminal, store, trust, reporter, Given(utc_now, SystemRandom()))
    files = settings.broker
    link = Link(
        Broker(files.host, files.port, files.authority, files.certificate, files.key),
        Will(reporter.status_topic, reporter.death),
        agent.hear,
        SystemRandom(),
    )
    reporter.over(link)
    return agent, link, reporter


def log_to_stderr() -> None:
    """One JSON object a line; whoever starts the agent keeps it."""
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr)
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso"),
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )


def main() -> int:
    """Run one agent until told to end; the exit code says whether it could start."""
    parser = argparse.ArgumentParser(description="Run the agent of one terminal.")
    parser.add_argument("--config", type=Path, default=Path("config/agent.toml"))
    log_to_stderr()
    try:
        agent, link, reporter = build(load_settings(parser.parse_args().config))
        link.start()
    except (SettingsError, DatabaseFault, Refused, OSError) as error:
        print(f"The agent cannot start:\n{error}", file=sys.stderr)  # noqa: T201
        return CANNOT_START
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: agent.stop())
    try:
        agent.run(link)
    finally:
        reporter.leave()
        link.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main())
