"""The log of a terminal: one JSON object a line, rotated by size, naming no person."""

from __future__ import annotations

import logging
from logging.handlers import RotatingFileHandler
from pathlib import Path

import structlog

FILE_BYTES = 5_000_000
FILES = 5


def log_to(folder: Path) -> None:
    """Send everything that is logged, by structlog or by libraries, to `folder/terminal.log`."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    shared: list[structlog.types.Processor] = [
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso"),
    ]
    handler = RotatingFileHandler(
        folder / "terminal.log", maxBytes=FILE_BYTES, backupCount=FILES, encoding="utf-8"
    )
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.JSONRenderer(ensure_ascii=False),
            ],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.INFO)
    # httpx logs whole addresses at INFO; an address may one day hold a number.
    logging.getLogger("httpx").setLevel(logging.WARNING)
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
