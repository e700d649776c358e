"""The ID-card reader on the dock, with the test people's cards beside it."""

from __future__ import annotations

from collections.abc import Sequence

from drivers.kinds import Kind
from drivers.simulators.docked.device import Control, Docked, choice
from drivers.simulators.people import Somebody
from drivers.simulators.sam_a import ReaderFault, SamASimulator

NOBODY = "none"


def id_card(simulator: SamASimulator, people: Sequence[Somebody]) -> Docked:
    """`card`: whose card lies on the reader, by slug."""
    cards = {person.slug: person.card for person in people}
    laid = [NOBODY]

    def lies() -> str:
        return laid[0] if simulator.card_lies else NOBODY

    def lay(slug: str) -> None:
        if slug == NOBODY:
            simulator.remove()
        else:
            simulator.lay(cards[slug])
        laid[0] = slug

    def fail(fault: ReaderFault) -> None:
        simulator.fault = fault

    return Docked(
        Kind.ID_CARD,
        simulator,
        lambda: simulator.url,
        {
            "card": Control((NOBODY, *cards), lies, lay, "people"),
            "fault": choice(ReaderFault, lambda: simulator.fault, fail, "id_card_fault"),
        },
    )
