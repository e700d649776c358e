"""Values of a citizen's earlier cases (一人一档), told by consent; each telling is logged.

The sandbox keeps no form values, so the register of the invented people is where they come from.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from sqlite_utils import Database as Connection

from kiosk.gateway import wire
from kiosk.gateway.sandbox.licences import LicenceRegister, check_consent
from kiosk.storage.database import Database


class ArchiveOffice:
    """Tells a holder's own earlier values and nobody else's."""

    def __init__(
        self, store: Database, register: LicenceRegister, now: Callable[[], datetime]
    ) -> None:
        self._store = store
        self._register = register
        self._now = now

    def query(self, terminal: str, query: wire.ArchiveQuery) -> wire.ArchiveData:
        """The values there are. Raises Refused; returns once the log is on disk."""
        now = self._now()
        check_consent(query, now)
        known = self._register.of(
            query.certificate_holder_type, query.certificate_holder_code, query.certificate_holder
        )
        found = {code: known.earlier[code] for code in query.element_codes if code in known.earlier}

        def log(connection: Connection) -> None:
            connection.table("archive_uses").insert_all(
                {
                    "used_at": now.isoformat(),
                    "consent_time": query.consent_time.isoformat(),
                    "terminal_code": terminal,
                    "element_code": code,
                    "use_purpose": query.use_purpose,
                }
                for code in found
            )

        self._store.write(log)
        return wire.ArchiveData(form_data=found)
