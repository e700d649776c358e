"""Answers and files of smart cards: what is understood, and that nothing else gets through."""

from __future__ import annotations

import random
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drivers.simulators.virtual_card import VirtualCard, social_security_image, staff_image
from drivers.smart_card import social_security, staff
from drivers.smart_card.apdu import (
    ANY_LENGTH,
    NO_SUCH_FILE,
    OK,
    BadAnswer,
    Command,
    answer_of,
    exchange,
    read_binary,
    select_application,
)
from drivers.smart_card.pcsc import CardError, Session
from drivers.smart_card.port import SmartCardFault, SocialSecurityCard, StaffCard

RAW = st.binary(max_size=300)
ITEMS = st.dictionaries(
    st.sampled_from([0x01, 0x03, 0x05, 0x06, 0x07, 0x08, 0x09, 0x4E, 0x0A, 0x0B, 0x0D]),
    st.binary(max_size=40),
)
GOOD = {
    social_security.CARD_CODE: bytes.fromhex("330300D15600000599110145FFFFFFFF"),
    social_security.VERSION: b"2.00",
    social_security.ISSUED: bytes.fromhex("20160520"),
    social_security.CARD_NUMBER: b"K12345678",
    social_security.NUMBER: b"11010519491231002X",
    social_security.NAME: "李𠮷㙍".encode("gb18030").ljust(30, b"\0"),
    social_security.SEX: b"2",
    social_security.NATION: bytes.fromhex("01"),
    social_security.BIRTH: bytes.fromhex("19491231"),
}


def played(*answers: bytes) -> tuple[list[bytes], Session]:
    """A card that gives these answers in order, and what it was sent."""
    sent: list[bytes] = []
    left = iter(answers)

    def transmit(command: bytes) -> bytes:
        sent.append(command)
        return next(left, b"\x6a\x82")

    return sent, Session(transmit, t0=True)


# -- commands and answers


@pytest.mark.parametrize(
    ("command", "t1", "t0"),
    [
        (Command(0x84, 1, 2), "00840102", "0084010200"),
        (Command(0x84, 1, 2, expected=8), "0084010208", "0084010208"),
        (Command(0xB2, 1, 4, expected=ANY_LENGTH), "00b2010400", "00b2010400"),
        (Command(0xA4, 0, 0, b"\xef\x05"), "00a4000002ef05", "00a4000002ef05"),
        (Command(0xA4, 4, 0, b"\xf0", ANY_LENGTH), "00a4040001f000", "00a4040001f0"),
    ],
)
def test_the_four_cases_of_commands_in_both_protocols(command: Command, t1: str, t0: str) -> None:
    assert command.encode(t0=False).hex() == t1
    assert command.encode(t0=True).hex() == t0


def test_a_command_that_cannot_be_sent_is_refused_when_it_is_made() -> None:
    with pytest.raises(ValueError, match="255"):
        Command(0xA4, 4, 0, bytes(256))
    with pytest.raises(ValueError, match="256"):
        Command(0xB0, 0, 0, expected=257)


def test_the_right_length_is_asked_for_and_waiting_parts_are_fetched() -> None:
    sent, session = played(b"\x6c\x05", b"abc\x61\x02", b"\x6c\x01", b"d\x90\x00")
    answer = session.ask(read_binary(1))
    assert (answer.status, answer.data) == (OK, b"abcd")
    assert [command.hex() for command in sent] == [
        "00b0810000",
        "00b0810005",
        "00c0000002",
        "00c0000001",
    ]


def test_a_card_without_an_end_is_given_up() -> None:
    with pytest.raises(BadAnswer, match="end"):
        exchange(lambda _: b"\x61\x10", select_application(b"\xf0"), t0=True)


@given(RAW)
def test_any_bytes_are_an_answer_or_none(raw: bytes) -> None:
    try:
        answer = answer_of(raw)
    except BadAnswer:
        assert len(raw) < 2 or raw[-2] == 0x60 or raw[-2] >> 4 not in (6, 9)
    else:
        assert answer.data + answer.status.to_bytes(2, "big") == raw


@settings(deadline=None)
@given(st.randoms(use_true_random=False), st.booleans())
def test_a_card_that_answers_anything_is_read_to_an_end(chance: random.Random, t0: bool) -> None:
    def transmit(_: bytes) -> bytes:
        words = [b"\x90\x00", b"\x61\x20", b"\x6c\x10", b"\x6a\x83", b"\x69\x82", b"\x61\x00"]
        return chance.randbytes(chance.randrange(40)) + chance.choice([*words, b""])

    for read in (staff.read, social_security.read):
        try:
            card = read(Session(transmit, t0=t0))
        except CardError as error:
            assert error.fault in (SmartCardFault.UNREADABLE, SmartCardFault.INVALID)
        else:
            assert card is None or isinstance(card, StaffCard | SocialSecurityCard)


@settings(deadline=None)
@given(st.lists(RAW, max_size=8), st.booleans())
def test_the_simulated_card_has_an_answer_to_any_command(commands: list[bytes], t0: bool) -> None:
    card = VirtualCard(staff_image(StaffCard("S-0001")), t0=t0)
    for command in commands:
        assert answer_of(card.receive(command)).status >= 0x6100


# -- the social-security card


def test_what_a_card_says_is_read_item_by_item() -> None:
    assert social_security.parse(GOOD) == SocialSecurityCard(
        version="2.00",
        region="330300",
        issued=date(2016, 5, 20),
        card_number="K12345678",
        number="11010519491231002X",
        name="李𠮷㙍",
        sex="2",
        nation="01",
        birth=date(1949, 12, 31),
    )


@pytest.mark.parametrize(
    ("item", "value"),
    [
        (social_security.VERSION, b"two"),
        (social_security.NUMBER, b"110105194912310021"),
        (social_security.NUMBER, b"1101051949123100"),
        (social_security.NAME, b"\xff\x80abc"),
        (social_security.NAME, b"A\nB"),
        (social_security.SEX, b"7"),
        (social_security.NATION, b"\xab"),
        (social_security.BIRTH, bytes.fromhex("19500101")),
        (social_security.BIRTH, bytes.fromhex("19500231")),
        (social_security.CARD_NUMBER, b"k-1"),
        (social_security.CARD_CODE, bytes.fromhex("ab0300")),
    ],
)
def test_an_item_that_cannot_be_makes_the_card_invalid(item: int, value: bytes) -> None:
    with pytest.raises(CardError) as caught:
        social_security.parse({**GOOD, item: value})
    assert caught.value.fault is SmartCardFault.INVALID
    assert value.decode("latin-1") not in str(caught.value)


def test_a_card_without_its_version_is_unreadable() -> None:
    with pytest.raises(CardError) as caught:
        social_security.parse({})
    assert caught.value.fault is SmartCardFault.UNREADABLE


def test_places_of_records_do_not_matter() -> None:
    holder = SocialSecurityCard("1.00", "430100", sex="1", birth=date(1980, 1, 1))
    for version in ("1.00", "2.00"):
        image = social_security_image(SocialSecurityCard(**{**vars(holder), "version": version}))
        card = social_security.read(Session(VirtualCard(image).receive, t0=False))
        assert card is not None
        assert (card.sex, card.birth) == ("1", date(1980, 1, 1))


def test_another_card_is_not_asked_any_further() -> None:
    sent, session = played(NO_SUCH_FILE.to_bytes(2, "big"))
    assert social_security.read(session) is None
    assert sent[0].hex() == "00a404000f7378312e73682ec9e7bbe1b1a3d5cf"
    assert len(sent) == 1


@given(RAW)
def test_any_record_is_an_item_or_a_card_error(record: bytes) -> None:
    try:
        identifier, value = social_security.item_of(record)
    except CardError as error:
        assert error.fault is SmartCardFault.UNREADABLE
    else:
        assert record.startswith(bytes((identifier, len(value))) + value)


@given(ITEMS)
def test_any_items_are_a_card_or_a_card_error(items: dict[int, bytes]) -> None:
    try:
        card = social_security.parse({**GOOD, **items})
    except CardError as error:
        assert error.fault is SmartCardFault.INVALID
    else:
        assert len(card.number) in (0, 18)
        assert card.name.isprintable() or card.name


# -- the staff card


@pytest.mark.parametrize(
    "contents",
    [
        b"",
        b"\x01",
        b"\x02\x06S-0001",
        b"\x01\x07S-0001",
        b"\x01\x03S-0",
        b"\x01\x06S_0001",
        b"\x01\x00",
        b"\x01\x06\xe5\x91\x98\xe5\xb7\xa5",
    ],
)
def test_an_identifier_file_that_cannot_be_is_invalid(contents: bytes) -> None:
    with pytest.raises(CardError) as caught:
        staff.parse(contents)
    assert caught.value.fault is SmartCardFault.INVALID


@given(st.from_regex(r"[A-Za-z0-9-]{4,32}", fullmatch=True), st.binary(max_size=8))
def test_what_is_written_on_a_staff_card_is_read_from_it(identifier: str, behind: bytes) -> None:
    card = StaffCard(identifier)
    assert staff.parse(staff.contents_of(card) + behind) == card


@pytest.mark.parametrize("identifier", ["", "S-1", "S 0001", "员工0001", "S" * 33])
def test_no_card_is_made_that_could_not_be_read(identifier: str) -> None:
    with pytest.raises(ValueError, match="identifier"):
        staff.contents_of(StaffCard(identifier))
