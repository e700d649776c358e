"""What card readers say: frames of a SAM_A module, texts of cards, answers of smart cards."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date

from PIL import Image

from drivers.id_card import commands
from drivers.id_card.card_text import CardTextError, parse
from drivers.id_card.commands import StatusWord, answer_of, card_text_of
from drivers.id_card.frames import Frame, FrameDecoder, encode
from drivers.id_card.photo import PhotoError, as_png
from drivers.simulators.card_image import PHOTO, card_text
from drivers.simulators.virtual_card import CardImage, VirtualCard, social_security_image
from drivers.simulators.virtual_card import staff_image as staff_card
from drivers.smart_card import social_security, staff
from drivers.smart_card.apdu import ANY_LENGTH
from drivers.smart_card.pcsc import CardError, Session
from drivers.smart_card.port import SocialSecurityCard, StaffCard
from tests.drivers.made_up_cards import CITIZEN, FOREIGNER_2017, FOREIGNER_2023, HMT_RESIDENT
from tests.drivers.outside_bytes.feeding import Life, Subject

_LENGTHS = bytes.fromhex("01000400")
_TEXTS = tuple(map(card_text, (CITIZEN, HMT_RESIDENT, FOREIGNER_2017, FOREIGNER_2023)))
_SAYS = (
    bytes((0, 0, StatusWord.OK)),
    bytes((0, 0, StatusWord.FOUND)) + bytes(4),
    bytes((0, 0, StatusWord.NOT_FOUND)),
    bytes((0, 0, StatusWord.OK)) + bytes(8),
    *(bytes((0, 0, StatusWord.OK)) + _LENGTHS + text + PHOTO for text in _TEXTS),
)

_SOCIAL = social_security_image(
    SocialSecurityCard(
        version="2.00",
        region="439900",
        issued=date(2016, 5, 20),
        expires=date(2036, 5, 20),
        card_number="K12345678",
        number=CITIZEN.number,
        name="李𠮷㙍",
        sex="2",
        nation="01",
        birth=CITIZEN.birth,
    )
)
_STAFF = staff_card(StaffCard("S-0001"))


def _module() -> Life:
    decoder = FrameDecoder()

    def feed(piece: bytes) -> None:
        for frame in decoder.feed(piece):
            answer = answer_of(frame) if isinstance(frame, Frame) else None
            text = card_text_of(answer) if answer else None
            if text is not None:
                _read(text)

    return Life(feed, decoder, decoder.reset)


def _read(text: bytes) -> None:
    try:
        card = parse(text)
    except CardTextError as error:
        assert not set(str(error)) & set(CITIZEN.name)
    else:
        assert card.birth <= card.valid_from


def _answers(image: CardImage, *, t0: bool) -> Iterator[bytes]:
    """What a card says while it is read."""
    card = VirtualCard(image, t0=t0)
    said: list[bytes] = []

    def transmit(command: bytes) -> bytes:
        said.append(card.receive(command))
        return said[-1]

    for read in (staff.read, social_security.read):
        read(Session(transmit, t0=t0))
    yield from said


def _card_with_one_answer_wrong() -> Life:
    """Each piece is one answer of a card whose others are right, at another place each time."""
    fed = 0

    def feed(answer: bytes) -> None:
        nonlocal fed
        fed += 1
        t0 = bool(fed % 2)
        card = VirtualCard(_SOCIAL if fed % 3 else _STAFF, t0=t0)
        asked = 0

        def transmit(command: bytes) -> bytes:
            nonlocal asked
            asked += 1
            said = card.receive(command)
            return answer[: ANY_LENGTH + 2] if asked == fed % 11 else said

        for read in (staff.read, social_security.read):
            try:
                read(Session(transmit, t0=t0))
            except CardError as error:
                assert not set(str(error)) & set("李㙍")

    return Life(feed)


def _smart_card_answers() -> list[bytes]:
    cards = ((image, t0) for image in (_SOCIAL, _STAFF) for t0 in (True, False))
    return [said for image, t0 in cards for said in _answers(image, t0=t0)]


def _pictures() -> list[bytes]:
    """What a photo decoder may give."""
    shades = Image.linear_gradient("L").convert("RGB")
    pictures = []
    for kind in ("BMP", "PNG", "JPEG"):
        file = io.BytesIO()
        shades.resize((24, 30)).save(file, kind)
        pictures.append(file.getvalue())
    return pictures


SUBJECTS = (
    Subject("decoded photos", _pictures, lambda: Life(as_png), errors=(PhotoError,), slowest_s=2.0),
    Subject(
        "sam_a answers",
        lambda: [encode(said) for said in _SAYS],
        _module,
        most_kept=3000,  # a frame of 2,328 bytes
        length_at=slice(5, 7),
    ),
    Subject(
        "sam_a requests",
        lambda: [encode(commands.READ_TEXT), encode(commands.FIND_CARD)],
        _module,
        most_kept=3000,
        length_at=slice(5, 7),
    ),
    Subject("id-card text", lambda: _TEXTS, lambda: Life(parse), errors=(CardTextError,)),
    Subject(
        "smart-card answers",
        _smart_card_answers,
        _card_with_one_answer_wrong,
        length_at=slice(1, 2),  # of an item, behind its identifier
    ),
)
