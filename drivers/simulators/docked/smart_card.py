"""The smart-card reader on the dock: a staff card, and the social-security cards of test people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from drivers.id_card.port import CardType, IdCard
from drivers.kinds import Kind
from drivers.simulators.docked.device import Control, Docked, choice
from drivers.simulators.people import Somebody
from drivers.simulators.smart_card import CardSimulatorFault, SmartCardSimulator
from drivers.simulators.virtual_card import CardImage, social_security_image, staff_image
from drivers.smart_card.port import SocialSecurityCard, StaffCard

NONE, STAFF = "none", "staff"
_REGION = "439900"  # of the test people; there is no such region
_ISSUED, _EXPIRES = date(2020, 1, 1), date(2030, 1, 1)


def smart_card(simulator: SmartCardSimulator, people: Sequence[Somebody]) -> Docked:
    """`smart_card`: which card is in the reader. The address is pcscd's socket."""
    cards: Mapping[str, CardImage] = {
        STAFF: staff_image(StaffCard("S-0001")),
        **{
            person.slug: social_security_image(_insured(person.card))
            for person in people
            if person.card.type is CardType.CITIZEN
        },
    }
    inserted = [NONE]

    def insert(name: str) -> None:
        if name == NONE or not simulator.plugged:
            simulator.remove()
        else:
            simulator.insert(cards[name])
        inserted[0] = name

    def fail(fault: CardSimulatorFault) -> None:
        simulator.fault = fault

    return Docked(
        Kind.SMART_CARD,
        simulator,
        lambda: simulator.socket_path,
        {
            "smart_card": Control(
                (NONE, *cards),
                lambda: inserted[0] if simulator.card_is_in else NONE,
                insert,
                "smart_card",
            ),
            "fault": choice(CardSimulatorFault, lambda: simulator.fault, fail, "smart_card_fault"),
        },
        facts=lambda: {"socket": simulator.socket_path},
    )


def _insured(card: IdCard) -> SocialSecurityCard:
    return SocialSecurityCard(
        version="2.00",
        region=_REGION,
        issued=_ISSUED,
        expires=_EXPIRES,
        number=card.number,
        name=card.name,
        sex=card.sex,
        nation=card.nation,
        birth=card.birth,
    )
