"""The 256 bytes of a card's text to an `IdCard`, every field checked. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date

from stdnum.iso7064 import mod_11_2

from drivers.id_card.layouts import FLAGS, FOREVER, LAYOUTS, TEXT_BYTES, TYPE_FLAG
from drivers.id_card.port import CardFault, CardType, IdCard

_SEXES = frozenset("0129")  # GB/T 2261.1
# GB/T 3304: 01 to 56; 97 others, 98 naturalised
_NATIONS = frozenset(f"{code:02}" for code in range(1, 57)) | {"97", "98"}
_GB_11643 = re.compile(r"[0-9]{17}[0-9X]", re.ASCII)
_NUMBER_2017 = re.compile(r"[A-Z]{3}[0-9]{12}", re.ASCII)
_COUNTRY = re.compile(r"[A-Z]{3}", re.ASCII)  # GB/T 2659, three letters
_DAY = re.compile(r"[0-9]{8}", re.ASCII)
_HMT_AREAS = ("810000", "820000", "830000")
_BIRTH_IN_NUMBER = slice(6, 14)


class CardTextError(Exception):
    """The text is no card's. `fault` says how; the message names the field, never its value."""

    def __init__(self, fault: CardFault, message: str) -> None:
        super().__init__(message)
        self.fault = fault


def parse(text: bytes) -> IdCard:
    """The card that the text describes.

    Raises CardTextError with UNREADABLE for another length than 256 bytes, UNKNOWN_TYPE for a
    type flag not in the layouts, INVALID for a field that cannot be.
    """
    if len(text) != TEXT_BYTES:
        raise CardTextError(CardFault.UNREADABLE, f"text of {len(text)} bytes, not {TEXT_BYTES}")
    fields = {"flag": _characters(text[TYPE_FLAG], "flag")}
    if fields["flag"] not in FLAGS:
        raise CardTextError(CardFault.UNKNOWN_TYPE, "unknown type flag")
    card_type = FLAGS[fields["flag"]]
    fields |= {name: _characters(text[at], name) for name, at in LAYOUTS[card_type].items()}
    card = _card(card_type, fields)
    _check_dates(card)
    _NUMBER_CHECKS[card_type](card)
    return card


def _card(card_type: CardType, fields: Mapping[str, str]) -> IdCard:
    latin_name = fields.get("latin_name", "") + fields.get("latin_name_rest", "")
    name = fields["name"] or latin_name
    country = fields.get("country", "")
    _require(bool(name), "name")
    _require(fields["sex"] in _SEXES, "sex")
    _require(_nation_fits(card_type, fields.get("nation", "")), "nation")
    _require("country" not in fields or bool(_COUNTRY.fullmatch(country)), "country")
    return IdCard(
        type=card_type,
        name=name,
        sex=fields["sex"],
        nation=fields.get("nation", ""),
        birth=_day(fields["birth"], "birth"),
        address=fields.get("address", ""),
        number=fields["number"],
        authority=fields.get("authority", ""),
        valid_from=_day(fields["valid_from"], "valid_from"),
        valid_to=None if fields["valid_to"] == FOREVER else _day(fields["valid_to"], "valid_to"),
        latin_name=latin_name,
        country=country,
        pass_number=fields.get("pass_number", ""),
    )


def _characters(raw: bytes, field: str) -> str:
    try:
        text = raw.decode("utf-16-le")
    except UnicodeDecodeError:
        # `from None`: the decoder's own error quotes the bytes
        raise CardTextError(CardFault.INVALID, f"{field} is not UTF-16LE") from None
    text = text.strip(" \u3000\0")
    _require(not any(unicodedata.category(character) == "Cc" for character in text), field)
    return text


def _nation_fits(card_type: CardType, nation: str) -> bool:
    if card_type is CardType.CITIZEN:
        return nation in _NATIONS
    return nation == "" or nation in _NATIONS


def _day(text: str, field: str) -> date:
    _require(bool(_DAY.fullmatch(text)), field)
    try:
        return date(int(text[:4]), int(text[4:6]), int(text[6:]))
    except ValueError:
        raise CardTextError(CardFault.INVALID, f"{field} cannot be") from None


def _check_dates(card: IdCard) -> None:
    _require(card.birth <= card.valid_from, "valid_from")
    _require(card.valid_to is None or card.valid_from <= card.valid_to, "valid_to")


def _check_gb_11643(card: IdCard) -> None:
    number = card.number
    _require(bool(_GB_11643.fullmatch(number)), "number")
    _require(mod_11_2.is_valid(number), "number")  # GB 11643


def _check_citizen(card: IdCard) -> None:
    _check_gb_11643(card)
    _require(card.number[_BIRTH_IN_NUMBER] == f"{card.birth:%Y%m%d}", "birth")


def _check_hmt_resident(card: IdCard) -> None:
    _check_citizen(card)
    _require(card.number.startswith(_HMT_AREAS), "number")


def _check_foreigner_2017(card: IdCard) -> None:
    # The rule of its last digit is not published; the shape is all that can be held.
    _require(bool(_NUMBER_2017.fullmatch(card.number)), "number")


def _check_foreigner_2023(card: IdCard) -> None:
    _check_gb_11643(card)
    _require(card.number.startswith("9"), "number")


_NUMBER_CHECKS: Mapping[CardType, Callable[[IdCard], None]] = {
    CardType.CITIZEN: _check_citizen,
    CardType.HMT_RESIDENT: _check_hmt_resident,
    CardType.FOREIGNER_2017: _check_foreigner_2017,
    CardType.FOREIGNER_2023: _check_foreigner_2023,
}


def _require(holds: bool, field: str) -> None:
    if not holds:
        raise CardTextError(CardFault.INVALID, f"{field} cannot be")
