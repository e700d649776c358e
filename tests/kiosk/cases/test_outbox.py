"""The outbox keeps what it is given, numbers it once, and moves it only as its table allows."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.cases.delivery import TRANSITIONS, Event, ForbiddenTransition, State, after
from kiosk.cases.outbox_rows import UnknownItem
from kiosk.cases.outgoing import Kind, UnreadableItem, decode, encode, kind_of
from kiosk.gateway.port import Problem, Rating, Submission
from tests.kiosk.cases.terminal import (
    BEIJING,
    NUMBER,
    Terminal,
    problem,
    rating,
    submission,
    terminal,
)

NOBODY = "http://127.0.0.1:9"  # never asked: the courier does not run


@pytest.fixture
def station(tmp_path: Path) -> Iterator[Terminal]:
    with terminal(tmp_path, NOBODY, running=False) as standing:
        yield standing


def test_provisional_numbers_count_up_within_a_day_and_begin_again_the_next(
    station: Terminal,
) -> None:
    first = station.outbox.put(submission("s-1")).provisional_no
    second = station.outbox.put(submission("s-2")).provisional_no
    station.clock.now += timedelta(days=1)
    third = station.outbox.put(submission("s-3")).provisional_no
    station.clock.now -= timedelta(days=1)  # a clock set back must not repeat a number
    fourth = station.outbox.put(submission("s-4")).provisional_no

    assert [first, second, third, fourth] == [
        "T0001-20261122-0001",
        "T0001-20261122-0002",
        "T0001-20261123-0001",
        "T0001-20261122-0003",
    ]


def test_same_id_again_keeps_the_first_and_its_number(station: Terminal) -> None:
    first = station.outbox.put(submission("s-1"))
    again = station.outbox.put(replace(submission("s-1"), delivery="collect"))

    assert again == first
    taken = station.outbox.take("s-1")
    assert isinstance(taken, Submission)
    assert taken.delivery == "post"


def test_ratings_and_problems_get_no_provisional_number(station: Terminal) -> None:
    assert station.outbox.put(rating("r-1", "s-0")).provisional_no == ""
    assert station.outbox.put(problem("p-1")).provisional_no == ""


@pytest.mark.parametrize("item_id", ["", "a b", "样例", "../escape", "x" * 65, "-", "a\n"])
def test_id_that_could_not_stand_in_an_address_is_refused(station: Terminal, item_id: str) -> None:
    with pytest.raises(ValueError, match="1 to 64"):
        station.outbox.put(submission(item_id))


def test_item_comes_out_as_it_went_in_with_its_number(station: Terminal) -> None:
    station.outbox.put(submission("s-1"))
    station.outbox.put(rating("r-1", "s-0"))
    station.outbox.put(problem("p-1"))

    number = "T0001-20261122-0001"
    assert station.outbox.take("s-1") == replace(submission("s-1"), provisional_no=number)
    assert station.outbox.take("r-1") == rating("r-1", "s-0")
    assert station.outbox.take("p-1") == problem("p-1")


def test_backlog_counts_what_waits_and_how_long(station: Terminal) -> None:
    assert station.outbox.backlog().waiting == 0
    station.outbox.put(submission("s-1"))
    station.clock.now += timedelta(minutes=5)
    station.outbox.put(submission("s-2"))
    station.outbox.take("s-1")

    backlog = station.outbox.backlog()
    assert (backlog.waiting, backlog.oldest_s) == (2, 300.0)


def test_unknown_item_is_named(station: Terminal) -> None:
    with pytest.raises(UnknownItem, match="s-9"):
        station.outbox.take("s-9")


def test_acknowledged_item_cannot_be_taken_again(station: Terminal) -> None:
    station.outbox.put(submission("s-1"))
    station.outbox.take("s-1")
    station.outbox.acknowledge("s-1", "SAMPLE-0001")

    with pytest.raises(ForbiddenTransition, match="refuse cannot happen to an item acknowledged"):
        station.outbox.refuse("s-1", "late", "迟到")


def test_item_waiting_cannot_be_closed_by_staff(station: Terminal) -> None:
    station.outbox.put(submission("s-1"))

    with pytest.raises(ForbiddenTransition):
        station.set_aside.close("s-1")


@given(st.sampled_from(State), st.lists(st.sampled_from(Event), max_size=12))
def test_content_is_never_let_go_but_by_an_answer_or_by_staff(
    start: State, events: list[Event]
) -> None:
    state = start
    for event in events:
        if (state, event) not in TRANSITIONS:
            continue
        before, state = state, after(state, event)
        if state is State.ACKNOWLEDGED:
            assert (before, event) == (State.SENDING, Event.ACKNOWLEDGE)
        if state is State.CLOSED:
            assert event is Event.CLOSE
            assert before in (State.REFUSED, State.DAMAGED)


PRINTABLE = st.characters(exclude_categories=("C", "Z"), include_characters=" ")
TEXTS = st.text(PRINTABLE, max_size=40)
TIMES = st.datetimes(timezones=st.just(BEIJING))
SUBMISSIONS = st.builds(
    Submission,
    id=st.from_regex(r"[a-z0-9]{1,20}", fullmatch=True),
    answers=st.dictionaries(TEXTS, TEXTS, max_size=5),
    values=st.dictionaries(TEXTS, TEXTS, max_size=5),
    applied_at=TIMES,
)
ITEMS = st.one_of(
    SUBMISSIONS,
    st.builds(Rating, rated_at=TIMES),
    st.builds(Problem, reported_at=TIMES),
)


@given(ITEMS)
def test_every_item_survives_being_written_and_read(item: Submission | Rating | Problem) -> None:
    assert decode(kind_of(item), encode(item)) == item


def test_half_a_character_is_refused_before_anything_is_written(station: Terminal) -> None:
    broken = replace(submission("s-1"), values={"child_name": "周\ud842"})

    with pytest.raises(ValueError, match="not text") as raised:
        station.outbox.put(broken)
    assert "周" not in str(raised.value)
    assert station.outbox.backlog().waiting == 0


def test_read_only_mappings_are_written_as_well(station: Terminal) -> None:
    frozen = replace(submission("s-1"), values=MappingProxyType({"child_name": "周样例乐"}))
    station.outbox.put(frozen)

    taken = station.outbox.take("s-1")
    assert isinstance(taken, Submission)
    assert taken.values == {"child_name": "周样例乐"}


@given(st.sampled_from(Kind), st.binary(max_size=300))
def test_foreign_bytes_are_no_item(kind: Kind, content: bytes) -> None:
    with pytest.raises(UnreadableItem):
        decode(kind, content)


def test_unreadable_item_does_not_quote_what_it_held() -> None:
    content = encode(submission("s-1")).replace(b'"applied_at":"2026', b'"applied_at":"XX26')

    with pytest.raises(UnreadableItem, match="applied_at") as raised:
        decode(Kind.SUBMISSION, content)
    assert NUMBER not in str(raised.value)
    assert raised.value.__cause__ is None
