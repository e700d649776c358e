"""Identity documents of nobody, one of each type."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from stdnum.iso7064 import mod_11_2

from drivers.id_card.port import CardType, IdCard

CITIZEN = IdCard(
    type=CardType.CITIZEN,
    name="李𠮷㙍",
    sex="2",
    nation="01",
    birth=date(1997, 2, 14),
    address="湖南省浏阳市样例镇样例村三组",
    number="439900199702140082",
    authority="样例市公安局",
    valid_from=date(2018, 2, 14),
    valid_to=date(2038, 2, 14),
)
FOREIGNER_2017 = replace(
    CITIZEN,
    type=CardType.FOREIGNER_2017,
    name="样例",
    latin_name="SAMPLE, ANNA",
    nation="",
    address="",
    number="FRA430097021401",
    country="FRA",
    authority="1500",
)
FOREIGNER_2023 = replace(
    FOREIGNER_2017,
    type=CardType.FOREIGNER_2023,
    number="94325019970214001" + mod_11_2.calc_check_digit("94325019970214001"),
    latin_name="SAMPLE, ANNA BARBARA CATHERINE DOROTHEA",
    authority="",
)
HMT_RESIDENT = replace(
    CITIZEN,
    type=CardType.HMT_RESIDENT,
    nation="",
    number="81000019970214001" + mod_11_2.calc_check_digit("81000019970214001"),
    pass_number="H00000001",  # noqa: S106 - of a travel pass
    valid_to=None,
)
