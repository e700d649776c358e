"""What a site may do: a matter is handled at a terminal only where a delegation says so.

Seed 004 (汨政办函〔2023〕32号, 附件4 授权清单) has units delegate matters to service points by a
signed letter with a date. Without one that is in force the matter is told and no more.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum

from kiosk.catalogue.model import Catalogue, Delegation, Handling, Matter


class Absence(StrEnum):
    """Why a matter cannot be handled at a site; each has a phrase `where.<value>`."""

    NOT_HANDLED = "not_handled"  # no terminal takes it
    NOT_DELEGATED = "not_delegated"
    NOT_YET = "not_yet"
    ENDED = "ended"


class Authority:
    """What one site may do on one day."""

    def __init__(self, catalogue: Catalogue, site: str, today: date) -> None:
        """`site` is the service point at which the terminal stands."""
        self._today = today
        self._letters: Mapping[str, list[Delegation]] = _letters(catalogue, site)

    def absence(self, matter: Matter) -> Absence | None:
        """Why the matter cannot be handled here; None: it can."""
        if matter.handling is Handling.INFORM:
            return Absence.NOT_HANDLED
        letters = [x for x in self._letters.get(matter.slug, []) if x.unit in matter.units]
        if not letters:
            return Absence.NOT_DELEGATED
        begun = [letter for letter in letters if letter.since <= self._today]
        if not begun:
            return Absence.NOT_YET
        if all(letter.until is not None and letter.until < self._today for letter in begun):
            return Absence.ENDED
        return None

    def handling(self, matter: Matter) -> Handling:
        """What can be done about the matter here."""
        return matter.handling if self.absence(matter) is None else Handling.INFORM


def _letters(catalogue: Catalogue, site: str) -> dict[str, list[Delegation]]:
    letters: dict[str, list[Delegation]] = {}
    for delegation in catalogue.delegations.values():
        if delegation.site == site:
            for matter in delegation.matters:
                letters.setdefault(matter, []).append(delegation)
    return letters
