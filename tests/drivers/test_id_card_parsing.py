"""Bytes from a card reader: what is understood, and that nothing else gets through."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drivers.id_card.card_text import CardTextError, parse
from drivers.id_card.commands import Answer, answer_of, card_text_of
from drivers.id_card.frames import BadFrame, Frame, FrameDecoder, encode
from drivers.id_card.port import CardFault, IdCard
from drivers.simulators.card_image import PHOTO, card_text
from tests.drivers.made_up_cards import CITIZEN, FOREIGNER_2017, FOREIGNER_2023, HMT_RESIDENT

LONGEST_PENDING = 5 + 2 + 2321


def put(text: bytes, start: int, value: str) -> bytes:
    raw = value.encode("utf-16-le")
    return text[:start] + raw + text[start + len(raw) :]


def fault_of(text: bytes) -> CardFault:
    with pytest.raises(CardTextError) as caught:
        parse(text)
    return caught.value.fault


@pytest.mark.parametrize(
    ("body", "frame"),
    [
        ("11ff", "aaaaaa9669 0003 11ff ed"),
        ("12ff", "aaaaaa9669 0003 12ff ee"),
        ("2001", "aaaaaa9669 0003 2001 22"),
        ("2002", "aaaaaa9669 0003 2002 21"),
        ("3001", "aaaaaa9669 0003 3001 32"),
        ("3010", "aaaaaa9669 0003 3010 23"),
        ("3003", "aaaaaa9669 0003 3003 30"),
        ("000090", "aaaaaa9669 0004 000090 94"),
        ("00009f00000000", "aaaaaa9669 0008 00009f00000000 97"),
        ("000080", "aaaaaa9669 0004 000080 84"),
        ("0000900000000000000000", "aaaaaa9669 000c 0000900000000000000000 9c"),
        ("000081", "aaaaaa9669 0004 000081 85"),
    ],
)
def test_frames_are_those_of_the_interface_description(body: str, frame: str) -> None:
    assert encode(bytes.fromhex(body)) == bytes.fromhex(frame)
    assert FrameDecoder().feed(bytes.fromhex(frame)) == [Frame(bytes.fromhex(body))]


def test_a_read_answer_is_1295_bytes_with_text_at_offset_14() -> None:
    text = card_text(CITIZEN)
    frame = encode(bytes.fromhex("0000900100 0400") + text + PHOTO)
    assert len(frame) == 1295
    assert frame[14:270] == text
    [decoded] = FrameDecoder().feed(frame)
    assert isinstance(decoded, Frame)
    answer = answer_of(decoded)
    assert answer is not None
    assert card_text_of(answer) == text


@pytest.mark.parametrize("card", [CITIZEN, HMT_RESIDENT, FOREIGNER_2017, FOREIGNER_2023])
def test_each_type_of_document_is_read_field_by_field(card: IdCard) -> None:
    assert parse(card_text(card)) == card


def test_the_fields_of_a_citizens_card_lie_where_the_description_says() -> None:
    text = " ".encode("utf-16-le") * 128
    for start, value in [
        (0, "陈样例"),
        (30, "2"),
        (32, "01"),
        (36, "19960312"),
        (52, "湖南省长沙市岳麓区样例路8号2栋301室"),
        (122, "439900199603120027"),
        (158, "样例市公安局样例分局"),
        (188, "20220312"),
        (204, "长期"),
    ]:
        text = put(text, start, value)
    card = parse(text)
    assert (card.name, card.sex, card.nation) == ("陈样例", "2", "01")
    assert card.address == "湖南省长沙市岳麓区样例路8号2栋301室"
    assert card.birth == date(1996, 3, 12)
    assert card.valid_to is None


@pytest.mark.parametrize(
    ("start", "value"),
    [
        pytest.param(156, "3", id="check digit"),
        pytest.param(36, "19970230", id="a day that is not"),
        pytest.param(36, "19970215", id="birth that is not in the number"),
        pytest.param(36, "２０００", id="digits of another script"),
        pytest.param(30, "3", id="sex"),
        pytest.param(32, "57", id="nation"),
        pytest.param(32, "  ", id="no nation"),
        pytest.param(0, " " * 15, id="no name"),
        pytest.param(0, "李\x1b@", id="a printer command in the name"),
        pytest.param(204, "20170213", id="ends before it begins"),
        pytest.param(188, "19960214", id="issued before birth"),
        pytest.param(204, "长久    ", id="end that is no date"),
    ],
)
def test_a_card_that_contradicts_itself_is_invalid(start: int, value: str) -> None:
    assert fault_of(put(card_text(CITIZEN), start, value)) is CardFault.INVALID


def test_half_a_character_is_invalid() -> None:
    assert fault_of(b"\x42\xd8" + card_text(CITIZEN)[2:]) is CardFault.INVALID


def test_an_unknown_type_flag_is_named_so() -> None:
    assert fault_of(put(card_text(CITIZEN), 248, "Q")) is CardFault.UNKNOWN_TYPE


def test_a_number_that_does_not_belong_to_the_type_is_invalid() -> None:
    assert fault_of(card_text(replace(HMT_RESIDENT, number=CITIZEN.number))) is CardFault.INVALID
    assert fault_of(card_text(replace(FOREIGNER_2023, number=CITIZEN.number))) is CardFault.INVALID


def test_nothing_personal_is_in_an_error_or_a_repr() -> None:
    with pytest.raises(CardTextError) as caught:
        parse(put(card_text(CITIZEN), 36, "19970230"))
    said = repr(caught.value) + repr(CITIZEN) + repr(Frame(card_text(CITIZEN)))
    assert "1997" not in said
    assert "李" not in said
    assert caught.value.__cause__ is None


@given(st.binary(max_size=6000), st.lists(st.integers(1, 400), max_size=40))
@settings(max_examples=150, deadline=None)
def test_no_bytes_upset_the_frame_decoder(data: bytes, cuts: list[int]) -> None:
    decoder = FrameDecoder()
    for cut in [*cuts, len(data)]:
        decoder.feed(data[:cut])
        data = data[cut:]
        assert decoder.pending <= LONGEST_PENDING


@given(
    st.lists(st.binary(min_size=2, max_size=60), max_size=6),
    st.binary(max_size=30).filter(lambda noise: b"\xaa" not in noise),
    st.integers(1, 50),
)
@settings(max_examples=150, deadline=None)
def test_frames_come_through_noise_in_any_pieces(
    bodies: list[bytes], noise: bytes, piece: int
) -> None:
    stream = noise + b"".join(encode(body) + noise for body in bodies)
    decoder = FrameDecoder()
    frames: list[Frame | BadFrame] = []
    for start in range(0, len(stream), piece):
        frames += decoder.feed(stream[start : start + piece])
    assert frames == [Frame(body) for body in bodies]


@given(st.binary(min_size=2, max_size=300), st.data())
@settings(max_examples=150, deadline=None)
def test_after_a_damaged_frame_the_next_one_is_found(body: bytes, data: st.DataObject) -> None:
    good = encode(body)
    at = data.draw(st.integers(7, len(good) - 1))
    damaged = bytearray(good)
    damaged[at] ^= data.draw(st.integers(1, 255))
    frames = FrameDecoder().feed(bytes(damaged) + good)
    assert frames[-1] == Frame(body)
    assert BadFrame() in frames


@given(st.binary(max_size=1400), st.integers(0, 255))
@settings(max_examples=100, deadline=None)
def test_no_answer_upsets_the_reading_of_text(data: bytes, word: int) -> None:
    text = card_text_of(Answer(word, data))
    assert text is None or len(text) == 256


@given(
    st.sampled_from([CITIZEN, HMT_RESIDENT, FOREIGNER_2017, FOREIGNER_2023]),
    st.lists(st.tuples(st.integers(0, 255), st.integers(0, 255)), max_size=12),
)
@settings(max_examples=300, deadline=None)
def test_a_mutated_card_is_read_or_refused_and_nothing_else(
    card: IdCard, changes: list[tuple[int, int]]
) -> None:
    text = bytearray(card_text(card))
    for at, value in changes:
        text[at] = value
    try:
        read = parse(bytes(text))
    except CardTextError:
        return
    assert read.birth <= read.valid_from
    assert not any(ord(character) < 32 for character in read.name + read.address)


@given(st.binary(max_size=300))
@settings(max_examples=150, deadline=None)
def test_no_bytes_upset_the_card_text(text: bytes) -> None:
    with pytest.raises(CardTextError):
        parse(text)
