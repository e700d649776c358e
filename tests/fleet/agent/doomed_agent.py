"""An agent in a process of its own that is killed at one write of its store.

`python -m tests.fleet.agent.doomed_agent CONFIG WRITE MOMENT`: `within` the transaction, when all
is written and nothing committed, or `after` it.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlite_utils import Database as Connection

from fleet.agent.__main__ import build, log_to_stderr
from fleet.agent.settings import load_settings
from kiosk.catalogue.release_rows import FILE
from kiosk.catalogue.release_schema import release_schema
from kiosk.catalogue.release_store import ReleaseStore
from kiosk.storage.database import Database


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


class DoomedDatabase(Database):
    """Dies within the next write once `doomed`."""

    doomed = False

    def write(self, change: Callable[[Connection], Any]) -> Any:
        def change_and_die(db: Connection) -> Any:
            result = change(db)
            if self.doomed:
                die()
            return result

        return super().write(change_and_die)


def doomed_store(folder: Path, write: str, moment: str) -> ReleaseStore:
    database = DoomedDatabase(folder / FILE, [release_schema()])
    store = ReleaseStore(database)
    whole = getattr(store, write)

    def doomed_write(*arguments: Any) -> None:
        database.doomed = moment == "within"
        whole(*arguments)
        die()

    setattr(store, write, doomed_write)
    return store


def main() -> None:
    config, write, moment = sys.argv[1:]
    log_to_stderr()
    agent, link, _ = build(
        load_settings(Path(config)), lambda folder: doomed_store(folder, write, moment)
    )
    link.start()
    agent.run(link)


if __name__ == "__main__":
    main()
