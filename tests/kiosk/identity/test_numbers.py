"""Numbers are read as people type them, and what is wrong is named without quoting them."""

import re
from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.iso7064 import mod_37_36

from kiosk.identity.codes import credit_code, licence_identifier
from kiosk.identity.numbers import (
    Fault,
    InvalidNumber,
    bank_card,
    id_number,
    masked,
    masked_phone,
    mobile_phone,
)
from kiosk.identity.person import DocumentType, Person, Sex
from tests.harness import strategies as invented
from tests.harness.strategies import TODAY

READERS: list[Callable[[str], object]] = [
    lambda text: id_number(text, TODAY),
    mobile_phone,
    bank_card,
    credit_code,
    licence_identifier,
]


def test_example_of_the_standard_is_read() -> None:
    read = id_number("11010519491231002X", TODAY)

    assert (read.area, read.birth, read.sex) == ("110105", date(1949, 12, 31), Sex.FEMALE)
    assert read.document_type is DocumentType.ID_CARD


@given(invented.people())
def test_number_tells_birth_and_sex_of_its_holder(person: Person) -> None:
    read = id_number(person.number, TODAY)

    assert (read.birth, read.sex) == (person.birth, person.sex)
    assert read.document_type is person.document_type


@given(invented.permit_numbers())
def test_residence_permit_of_hong_kong_macao_taiwan_is_told_apart(number: str) -> None:
    read = id_number(number, TODAY)

    assert read.document_type is DocumentType.HMT_RESIDENCE_PERMIT
    assert read.area in ("810000", "820000", "830000")


@given(invented.foreigner_numbers())
def test_foreigners_number_tells_country_and_not_the_sex(number: str) -> None:
    read = id_number(number, TODAY)

    assert read.document_type is DocumentType.FOREIGNER_PERMANENT_RESIDENCE
    assert (read.province, read.area, read.sex) == ("43", "", Sex.UNKNOWN)
    assert len(read.country) == 3


def test_published_sample_of_the_2023_foreigners_card_is_read() -> None:
    read = id_number("911124198108030024", TODAY)

    assert (read.province, read.country, read.birth) == ("11", "124", date(1981, 8, 3))


def test_number_may_be_typed_with_spaces_full_width_digits_and_small_x() -> None:
    typed = " 110105 1949-1231 ００２ｘ"

    assert id_number(typed, TODAY).number == "11010519491231002X"


@pytest.mark.parametrize(
    ("number", "fault"),
    [
        ("", Fault.LENGTH),
        ("110105491231002", Fault.LENGTH),  # fifteen digits, invalid since 2013
        ("11010519491231002Y", Fault.CHARACTERS),
        ("1101051949123100٢X", Fault.CHARACTERS),  # an Arabic digit
        ("190105194912310022", Fault.AREA),
        ("911124198108030025", Fault.CHECK_DIGIT),
        ("990105194912310022", Fault.AREA),
        ("110105194902300028", Fault.BIRTH),
        ("110105209912310026", Fault.BIRTH),
        ("110105184912310026", Fault.BIRTH),
        ("110105194912310021", Fault.CHECK_DIGIT),
    ],
)
def test_broken_rule_is_named(number: str, fault: Fault) -> None:
    with pytest.raises(InvalidNumber) as raised:
        id_number(number, TODAY)
    assert raised.value.fault is fault


def test_born_today_is_old_enough_and_tomorrow_is_not() -> None:
    number = "439900202611220011"[:17]
    body = number + "0123456789X"[_check(number)]

    assert id_number(body, TODAY).birth == TODAY
    with pytest.raises(InvalidNumber, match="birth"):
        id_number(body, date(2026, 11, 21))


def _check(body: str) -> int:
    """GB 11643 written out: weights 2^(18-i) mod 11."""
    total: int = sum(int(digit) << (17 - place) for place, digit in enumerate(body))
    return (12 - total % 11) % 11


@given(invented.id_numbers())
def test_check_digit_agrees_with_the_standards_own_arithmetic(number: str) -> None:
    assert number[-1] == "0123456789X"[_check(number[:17])]


@given(invented.without_check_digit_holding(invented.id_numbers()))
def test_wrong_check_digit_is_noticed(number: str) -> None:
    with pytest.raises(InvalidNumber) as raised:
        id_number(number, TODAY)
    assert raised.value.fault is Fault.CHECK_DIGIT


@given(invented.with_one_digit_changed(invented.id_numbers()))
def test_one_mistyped_digit_is_noticed(number: str) -> None:
    with pytest.raises(InvalidNumber):
        id_number(number, TODAY)


@given(invented.with_wrong_length(invented.id_numbers()))
def test_digit_left_out_or_typed_twice_is_noticed(number: str) -> None:
    with pytest.raises(InvalidNumber) as raised:
        id_number(number, TODAY)
    assert raised.value.fault is Fault.LENGTH


@given(st.sampled_from(READERS), st.text(max_size=60))
def test_anything_typed_is_read_or_refused_and_never_quoted(
    read: Callable[[str], object], text: str
) -> None:
    try:
        read(text)
    except InvalidNumber as refusal:
        assert re.fullmatch(r"[a-z ]+: wrong [a-z ]+", str(refusal))


@given(invented.id_numbers())
def test_neither_errors_nor_reprs_show_a_number(number: str) -> None:
    assert number[6:14] not in repr(id_number(number, TODAY))
    with pytest.raises(InvalidNumber) as raised:
        id_number(number[:-1], TODAY)
    assert number[6:14] not in str(raised.value)


@given(invented.mobile_phones())
def test_mobile_number_is_read_with_and_without_country(phone: str) -> None:
    assert mobile_phone(phone) == phone
    assert mobile_phone(f"+86 {phone[:3]} {phone[3:7]} {phone[7:]}") == phone


@pytest.mark.parametrize(
    ("phone", "fault"),
    [
        ("1380000000", Fault.LENGTH),
        ("12800000000", Fault.PREFIX),
        ("1380000000a", Fault.CHARACTERS),
    ],
)
def test_wrong_mobile_number_is_named(phone: str, fault: Fault) -> None:
    with pytest.raises(InvalidNumber) as raised:
        mobile_phone(phone)
    assert raised.value.fault is fault


@given(invented.bank_cards())
def test_bank_card_is_read(card: str) -> None:
    assert bank_card(f"{card[:4]} {card[4:]}") == card


@given(invented.with_one_digit_changed(invented.bank_cards()))
def test_mistyped_bank_card_is_noticed(card: str) -> None:
    with pytest.raises(InvalidNumber) as raised:
        bank_card(card)
    assert raised.value.fault is Fault.CHECK_DIGIT


@given(invented.credit_codes())
def test_credit_code_is_read(code: str) -> None:
    assert credit_code(code.lower()) == code


@given(invented.with_one_digit_changed(invented.credit_codes()))
def test_mistyped_credit_code_is_noticed(code: str) -> None:
    with pytest.raises(InvalidNumber):
        credit_code(code)


@pytest.mark.parametrize("code", ["12441500196720244T", "11370800MB28559184"])
def test_credit_codes_in_use_are_read(code: str) -> None:
    assert credit_code(code) == code


@given(
    st.text("0123456789ABCDEF", min_size=21, max_size=21),
    invented.credit_codes(),
    st.text("0123456789", min_size=1, max_size=20),
    st.integers(1, 999),
)
def test_licence_identifier_is_taken_apart_and_a_mistyped_one_noticed(
    type_code: str, issuer: str, serial: str, version: int
) -> None:
    parts = (type_code, issuer, serial, f"{version:03d}")
    check = mod_37_36.calc_check_digit("".join(parts))
    other = "0" if check != "0" else "1"

    read = licence_identifier(".".join(("1.2.156.3005.2", *parts, check)))
    assert (read.type_code, read.issuer, read.serial, read.version) == parts
    with pytest.raises(InvalidNumber, match="check digit"):
        licence_identifier(".".join(("1.2.156.3005.2", *parts, other)))


def test_identifier_of_another_registry_is_refused_for_its_beginning() -> None:
    with pytest.raises(InvalidNumber, match="prefix"):
        licence_identifier("1.2.840.113549")


def test_masking_keeps_what_its_holder_knows_it_by() -> None:
    assert masked("430199199603120023") == "4301**********0023"
    assert masked_phone("13800000000") == "138****0000"


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("43990000000214", "439********214"),  # of social insurance
        ("439900002310", "439******310"),  # of a driver's file
        ("Q439900", "Q*****0"),
        ("431", "***"),
        ("", ""),
    ],
)
def test_a_shorter_number_shows_fewer_of_its_ends_and_not_nothing(number: str, shown: str) -> None:
    assert masked(number) == shown


def test_of_a_name_the_first_character_is_shown() -> None:
    assert masked("陈样例", first=1, last=0) == "陈**"
    assert masked("陈", first=1, last=0) == "*"


@given(st.text(max_size=30))
def test_masking_hides_at_least_as_much_as_it_shows(text: str) -> None:
    hidden = masked(text)

    assert len(hidden) == len(text)
    shown = sum(a == b != "*" for a, b in zip(hidden, text, strict=True))
    assert shown <= len(text) / 2
