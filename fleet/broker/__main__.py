"""Installs the broker and becomes it: `python -m fleet.broker --folder var/broker --port 8883`.

`--terminal BANK.NAME` issues that terminal's certificate too.
"""

from __future__ import annotations

import argparse
import os
import sys
from datetime import UTC, datetime
from pathlib import Path

from fleet.broker.authority import AuthorityError
from fleet.broker.installation import InstallationError, install
from fleet.protocol.topics import Terminal

CANNOT_START = 2
TEXTS = Path(__file__).parents[2] / "config" / "broker"


def main(arguments: list[str] | None = None) -> int:
    """Ends only when the broker cannot be started; 2 then."""
    asked = _parser().parse_args(arguments)
    try:
        installed = install(
            asked.folder, asked.texts, asked.host, asked.port, lambda: datetime.now(UTC)
        )
        installed.authority.for_manager()
        for terminal in asked.terminal:
            installed.authority.for_terminal(terminal)
        os.execv(installed.command[0], installed.command)  # noqa: S606 -- a path of our own
    except (AuthorityError, InstallationError) as error:
        print(f"broker: {error}", file=sys.stderr)  # noqa: T201 -- a command speaks to its caller
    except OSError as error:
        print(f"broker: {installed.command[0]}: {error.strerror}; run make setup", file=sys.stderr)  # noqa: T201
    return CANNOT_START


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="fleet.broker", description="The fleet's broker.")
    parser.add_argument("--folder", type=Path, required=True, help="certificates, settings, data")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on")
    parser.add_argument("--port", type=int, default=8883)
    parser.add_argument("--texts", type=Path, default=TEXTS, help="settings and access list")
    parser.add_argument(
        "--terminal", type=_terminal, action="append", default=[], help="BANK.NAME, repeatable"
    )
    return parser


def _terminal(text: str) -> Terminal:
    bank, _, name = text.partition(".")
    return Terminal(bank, name)


if __name__ == "__main__":
    sys.exit(main())
