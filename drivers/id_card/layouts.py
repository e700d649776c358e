"""Where each field lies in the 256 bytes of text of an identity card.

Offsets and lengths in bytes, as the SAM_A interface descriptions of the Ministry of Public
Security's first institute give them; text is UTF-16LE, padded with spaces.
"""

from __future__ import annotations

from collections.abc import Mapping

from drivers.id_card.port import CardType

TEXT_BYTES = 256
TYPE_FLAG = slice(248, 250)

FLAGS: Mapping[str, CardType] = {
    "": CardType.CITIZEN,
    "J": CardType.HMT_RESIDENT,
    "I": CardType.FOREIGNER_2017,
    "Y": CardType.FOREIGNER_2023,
}

_CITIZEN = {
    "name": slice(0, 30),
    "sex": slice(30, 32),
    "nation": slice(32, 36),
    "birth": slice(36, 52),
    "address": slice(52, 122),
    "number": slice(122, 158),
    "authority": slice(158, 188),
    "valid_from": slice(188, 204),
    "valid_to": slice(204, 220),
}

LAYOUTS: Mapping[CardType, Mapping[str, slice]] = {
    CardType.CITIZEN: _CITIZEN,
    CardType.HMT_RESIDENT: _CITIZEN | {"pass_number": slice(220, 238)},
    CardType.FOREIGNER_2017: {
        "latin_name": slice(0, 120),
        "sex": slice(120, 122),
        "number": slice(122, 152),
        "country": slice(152, 158),
        "name": slice(158, 188),
        "valid_from": slice(188, 204),
        "valid_to": slice(204, 220),
        "birth": slice(220, 236),
        "authority": slice(240, 248),
    },
    CardType.FOREIGNER_2023: {
        "name": slice(0, 30),
        "sex": slice(30, 32),
        "birth": slice(36, 52),
        "latin_name": slice(52, 122),
        "number": slice(122, 158),
        "valid_from": slice(188, 204),
        "valid_to": slice(204, 220),
        "latin_name_rest": slice(220, 242),
        "country": slice(242, 248),
    },
}

FOREVER = "长期"
