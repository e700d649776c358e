"""The agent's row: moved on by the table, and on the disk before anything follows from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import structlog

from fleet.agent.update import Act, Happening, after
from fleet.protocol.messages import UpdateState
from kiosk.catalogue.release_rows import AgentRow, UnknownRelease
from kiosk.catalogue.release_store import ReleaseStore

log = structlog.get_logger(__name__)


class Journal:
    """`row` is always what the store has."""

    def __init__(self, store: ReleaseStore) -> None:
        """Goes on where the last run ended. Raises DatabaseFault."""
        self._store = store
        self.row = store.agent() or AgentRow(UpdateState.CURRENT.value)

    @property
    def state(self) -> UpdateState:
        """Where the update is."""
        return UpdateState(self.row.state)

    def move(
        self,
        happening: Happening,
        reason: str = "",
        row: AgentRow | None = None,
        items: Mapping[str, bytes] | None = None,
    ) -> None:
        """One step of the table, in one transaction with what it stands for.

        `row`: with a newer desired state in it. `items`: of the release, for VERIFIED. Raises
        DatabaseFault (the row is as before), NoSuchStep.
        """
        said, act = after(row or self.row, happening, reason)
        if said == self.row:
            return
        try:
            self._write(said, act, items or {})
        except UnknownRelease as error:
            # Somebody emptied the store under the agent: the release is fetched anew.
            said = replace(said, state=UpdateState.FETCHING.value, reason=str(error))
            self._store.record(said)
        self.row = said
        log.info("update", state=said.state, release=said.release, reason=said.reason)

    def _write(self, said: AgentRow, act: Act, items: Mapping[str, bytes]) -> None:
        release = said.release or ""
        match act:
            case Act.RECORD:
                self._store.record(said)
            case Act.STAGE:
                self._store.stage(said, release, items)
            case Act.SWITCH:
                self._store.switch(said, release)
            case Act.CONFIRM:
                self._store.confirm(said)
            case Act.ROLL_BACK:
                self._store.roll_back(said)
