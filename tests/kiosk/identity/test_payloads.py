"""What a citizen shows is told by its kind, opened never, and repeated nowhere."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stdnum.iso7064 import mod_37_36

from kiosk.identity.payloads import (
    CASE,
    ISSUED_HERE,
    LONGEST,
    PROVISIONAL,
    CaseReceipt,
    ElectronicId,
    Licence,
    Payload,
    ProvisionalReceipt,
    StaffCode,
    Ticket,
    UnknownText,
    Url,
    recognise,
)

_PARTS = ("11100000MB0329159W001", "1143010000612345X0", "20260001", "001")
LICENCE = ".".join(("1.2.156.3005.2", *_PARTS, mod_37_36.calc_check_digit("".join(_PARTS))))


@pytest.mark.parametrize(
    ("text", "payload"),
    [
        ("yici:case:43990020261120000123K", CaseReceipt("43990020261120000123K")),
        ("yici:provisional:T20261120-0042", ProvisionalReceipt("T20261120-0042")),
        ("yici:e-id:MEUCIQDx+A/9==", ElectronicId("MEUCIQDx+A/9==")),
        ("yici:staff:c2FtcGxlLXN0YWZm", StaffCode("c2FtcGxlLXN0YWZm")),
        ("yici:ticket:A042", Ticket("A042")),
        ("  yici:ticket:A042\t", Ticket("A042")),
        ("https://example.invalid/?x=1", Url("https://example.invalid/?x=1")),
        ("HTTP://EXAMPLE.INVALID", Url("HTTP://EXAMPLE.INVALID")),
        ("weixin://dl/business", Url("weixin://dl/business")),
        ("www.example.invalid", Url("www.example.invalid")),
        ("长沙市样例街道", UnknownText("长沙市样例街道")),
        ("", UnknownText("")),
    ],
)
def test_a_code_is_told_by_its_kind(text: str, payload: Payload) -> None:
    assert recognise(text) == payload


def test_a_licence_identifier_is_taken_apart_and_its_check_held() -> None:
    payload = recognise(LICENCE)
    assert isinstance(payload, Licence)
    assert payload.identifier.type_code == _PARTS[0]
    assert payload.identifier.serial == _PARTS[2]
    wrong = LICENCE[:-1] + ("0" if LICENCE[-1] != "0" else "1")
    assert recognise(wrong) == UnknownText(wrong)


@pytest.mark.parametrize(
    "text",
    [
        "yici:case:",
        "yici:case:1 OR 1=1",
        "yici:case:../../etc/passwd",
        "yici:case:" + "1" * 51,
        "yici:case:４３９９００",  # full-width digits are in no number
        "yici:e-id:short",
        "yici:nothing:42",
        "YICI:CASE:42",
        "yici:case:42\nyici:case:43",
    ],
)
def test_a_known_beginning_with_anything_else_after_it_is_unknown(text: str) -> None:
    assert isinstance(recognise(text), UnknownText)


def test_what_a_receipt_prints_is_recognised() -> None:
    assert recognise(CASE + "43990020261120000123K") == CaseReceipt("43990020261120000123K")
    assert recognise(PROVISIONAL + "42") == ProvisionalReceipt("42")


def test_a_citys_own_prefixes_can_be_added() -> None:
    prefixes = {**ISSUED_HERE, "CSCTID1:": ElectronicId}
    assert recognise("CSCTID1:0123456789abcdef", prefixes) == ElectronicId("0123456789abcdef")
    assert recognise("yici:ticket:A1", prefixes) == Ticket("A1")


def test_no_prefix_hides_another() -> None:
    names = list(ISSUED_HERE)
    assert [(a, b) for a in names for b in names if a != b and a.startswith(b)] == []


SHOWN = st.text() | st.builds(
    str.__add__,
    st.sampled_from([*ISSUED_HERE, "https://", "1.2.156.3005.2."]),
    st.text(max_size=60) | st.from_regex(r"[0-9A-Z.]{1,60}", fullmatch=True),
)


@given(SHOWN)
@settings(deadline=None)
def test_any_text_is_some_payload_and_none_says_what_it_holds(text: str) -> None:
    payload = recognise(text)
    assert repr(payload) == f"{type(payload).__name__}(…)"
    assert str(payload) == repr(payload)
    assert f"{[payload]}" == f"[{payload!r}]"


@pytest.mark.timeout(5)
@pytest.mark.parametrize("filler", ["a", ".", " ", "1.2.156.3005.2.", "http:/"])
def test_the_longest_text_takes_no_time_and_a_longer_one_is_unknown(filler: str) -> None:
    longest = (filler * LONGEST)[:LONGEST]
    recognise(longest)
    assert isinstance(recognise(longest + "x"), UnknownText)
