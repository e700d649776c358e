"""An `IdCard` as the bytes a card would give: the test people's cards. Pure."""

from __future__ import annotations

from datetime import date

from drivers.id_card.layouts import FLAGS, FOREVER, LAYOUTS, TEXT_BYTES, TYPE_FLAG
from drivers.id_card.port import CardType, IdCard

PHOTO = bytes.fromhex("574c66007e00").ljust(1024, b"\0")  # a WLT header and no picture
_LATIN_NAME_2023 = 35  # characters in the first of two fields


def card_text(card: IdCard) -> bytes:
    """The 256 bytes of text; ValueError names a field that is too long for its place."""
    values = {
        "name": card.name,
        "sex": card.sex,
        "nation": card.nation,
        "birth": _day(card.birth),
        "address": card.address,
        "number": card.number,
        "authority": card.authority,
        "valid_from": _day(card.valid_from),
        "valid_to": FOREVER if card.valid_to is None else _day(card.valid_to),
        "pass_number": card.pass_number,
        "country": card.country,
        "latin_name": card.latin_name,
    }
    if card.type is CardType.FOREIGNER_2023:
        values["latin_name"] = card.latin_name[:_LATIN_NAME_2023]
        values["latin_name_rest"] = card.latin_name[_LATIN_NAME_2023:]
    text = bytearray(" ".encode("utf-16-le") * (TEXT_BYTES // 2))
    for field, place in LAYOUTS[card.type].items():
        _put(text, place, values[field], field)
    flag = next(flag for flag, card_type in FLAGS.items() if card_type is card.type)
    _put(text, TYPE_FLAG, flag, "flag")
    return bytes(text)


def _put(text: bytearray, place: slice, value: str, field: str) -> None:
    raw = value.encode("utf-16-le")
    if len(raw) > place.stop - place.start:
        raise ValueError(f"{field} has {len(raw)} bytes, more than its place")
    text[place.start : place.start + len(raw)] = raw


def _day(day: date) -> str:
    return f"{day.year:04}{day.month:02}{day.day:02}"
