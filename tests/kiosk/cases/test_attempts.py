"""Attempts back off with jitter, and no item keeps the others waiting."""

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from kiosk.backoff import Backoff
from kiosk.cases.attempts import Attempts

BACKOFF = Backoff(first_s=2, longest_s=300)


@given(st.integers(1, 100_000), st.integers())
def test_wait_is_between_half_and_all_of_the_doubled_first_and_never_over_the_longest(
    failures: int, seed: int
) -> None:
    delay_s = BACKOFF.delay_s(failures, Random(seed))

    ceiling = min(300, 2 * 2 ** (failures - 1))
    assert ceiling / 2 <= delay_s <= ceiling


def test_terminals_cut_off_together_do_not_return_together() -> None:
    delays = {round(BACKOFF.delay_s(8, Random(terminal)), 3) for terminal in range(100)}

    assert len(delays) > 95
    assert max(delays) - min(delays) > 100


def test_after_a_failure_nothing_is_tried_until_the_wait_is_over() -> None:
    attempts = Attempts(BACKOFF, Random(1))
    attempts.failed("a", now_s=100)
    wait_s = attempts.wait_s(["a", "b"], now_s=100)

    assert wait_s is not None
    assert 1 <= wait_s <= 2
    assert attempts.next(["a", "b"], now_s=100 + wait_s - 0.001) is None
    assert attempts.next(["a", "b"], now_s=100 + wait_s) is not None


def test_item_that_failed_steps_behind_one_that_did_not() -> None:
    attempts = Attempts(BACKOFF, Random(1))
    attempts.failed("a", now_s=0)

    assert attempts.next(["a", "b"], now_s=1000) == "b"


def test_answer_ends_the_wait_for_the_platform() -> None:
    attempts = Attempts(BACKOFF, Random(1))
    attempts.failed("a", now_s=0)
    attempts.answered("b")

    assert attempts.next(["a", "c"], now_s=0) == "c"


def test_nothing_waiting_is_nothing_to_wait_for() -> None:
    assert Attempts(BACKOFF, Random(1)).wait_s([], now_s=0) is None


@given(st.lists(st.sampled_from("abcd"), max_size=60), st.integers())
def test_every_waiting_item_is_tried_again_within_the_longest_wait(
    failing: list[str], seed: int
) -> None:
    attempts = Attempts(BACKOFF, Random(seed))
    for item in failing:
        attempts.failed(item, now_s=0)

    wait_s = attempts.wait_s("abcd", now_s=0)
    assert wait_s is not None
    assert wait_s <= 300
    tried = set()
    waiting = list("abcd")
    while (due := attempts.next(waiting, now_s=300)) is not None:
        tried.add(due)
        waiting.remove(due)
    assert tried == set("abcd")
