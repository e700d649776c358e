"""What is handed in reaches the platform once, and the terminal says no more than it knows."""

import sqlite3
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from kiosk.backoff import Backoff
from kiosk.cases.answers import Answer, HandedIn, Refused, Waiting
from kiosk.cases.delivery import State
from kiosk.gateway.port import Acknowledgement, Submission
from kiosk.storage.faults import DiskFull
from tests.kiosk.cases.scripted_platform import (
    HOLD_LIMIT_S,
    ScriptedPlatform,
    Silent,
    reserved,
    scripted_platform,
)
from tests.kiosk.cases.terminal import (
    NAME,
    NUMBER,
    PATIENCE_S,
    problem,
    rating,
    submission,
    terminal,
    wait_until,
)


@pytest.fixture
def platform() -> Iterator[ScriptedPlatform]:
    with scripted_platform() as listening:
        yield listening


def test_submission_reaches_the_platform_and_gets_its_case_number(
    platform: ScriptedPlatform, tmp_path: Path
) -> None:
    with terminal(tmp_path, platform.url) as station:
        answer = station.courier.hand_in(submission("s-1"), PATIENCE_S)

        assert isinstance(answer, HandedIn)
        assert answer.acknowledgement.case_no == "SAMPLE-0001"
        assert platform.stored["s-1"]["applyer_name"] == NAME
        assert platform.stored["s-1"]["provisional_no"] == "T0001-20261122-0001"
        assert station.outbox.backlog().waiting == 0
        assert station.late == []


def test_without_the_platform_it_waits_and_arrives_when_the_platform_is_back(
    tmp_path: Path,
) -> None:
    with reserved() as place, terminal(tmp_path, place.url) as station:
        answer = station.courier.hand_in(submission("s-1"), PATIENCE_S)
        assert answer == Waiting("T0001-20261122-0001")
        assert station.outbox.backlog().waiting == 1

        with scripted_platform(place) as platform:
            wait_until(lambda: bool(station.late), "the late acknowledgement is told")

        assert list(platform.stored) == ["s-1"]
        assert station.late[0].provisional_no == "T0001-20261122-0001"
        found = station.outbox.find("T0001-20261122-0001")
        assert found is not None
        assert (found.state, found.case_no) == (State.ACKNOWLEDGED, "SAMPLE-0001")


def test_slow_platform_is_not_waited_for_longer_than_asked(
    platform: ScriptedPlatform, tmp_path: Path
) -> None:
    release = threading.Event()
    platform.after = lambda _id: None if release.wait(HOLD_LIMIT_S) else (503, "unavailable")
    with terminal(tmp_path, platform.url) as station:
        began = time.monotonic()
        answer = station.courier.hand_in(submission("s-1"), wait_s=0.2)
        took_s = time.monotonic() - began
        release.set()

        assert isinstance(answer, Waiting)
        assert 0.2 <= took_s < HOLD_LIMIT_S / 2
        wait_until(lambda: bool(station.late), "the late acknowledgement is told")
        assert platform.asked["s-1"] == 1


def test_answer_that_was_lost_on_the_way_makes_no_second_case(
    platform: ScriptedPlatform, tmp_path: Path
) -> None:
    def lose_the_first_answer(item_id: str) -> None:
        if platform.asked[item_id] == 1:
            raise Silent

    platform.after = lose_the_first_answer
    with terminal(tmp_path, platform.url) as station:
        answer = station.courier.hand_in(submission("s-1"), PATIENCE_S)

        assert isinstance(answer, Waiting)
        wait_until(lambda: bool(station.late), "the second attempt is acknowledged")
        assert platform.asked["s-1"] == 2
        assert platform.order == ["s-1"]


def test_refusal_is_final_for_that_submission_and_holds_up_no_other(
    platform: ScriptedPlatform, tmp_path: Path
) -> None:
    platform.before = lambda item: (422, "unknown_matter") if item == "s-1" else None
    with terminal(tmp_path, platform.url) as station:
        refused = station.courier.hand_in(submission("s-1"), PATIENCE_S)
        taken = station.courier.hand_in(submission("s-2"), PATIENCE_S)

        assert isinstance(refused, Refused)
        assert refused.code == "unknown_matter"
        assert refused.reason.startswith("样例")
        assert isinstance(taken, HandedIn)
        assert platform.asked["s-1"] == 1


def test_what_is_refused_before_the_citizen_is_not_kept(
    platform: ScriptedPlatform, tmp_path: Path
) -> None:
    platform.before = lambda _id: (422, "unknown_matter")
    with terminal(tmp_path, platform.url) as station:
        assert isinstance(station.courier.hand_in(submission("s-1"), PATIENCE_S), Refused)
        wait_until(lambda: station.outbox.backlog().refused == 0, "erased")
        assert station.set_aside.list() == ()


def test_submission_refused_later_stays_readable_for_staff_until_they_close_it(
    platform: ScriptedPlatform, tmp_path: Path
) -> None:
    platform.before = lambda _id: (422, "unknown_matter")
    with terminal(tmp_path, platform.url, running=False) as station:
        station.outbox.put(submission("s-1"))
        station.courier.start()
        wait_until(lambda: station.set_aside.list() != (), "refused")

        assert [entry.id for entry in station.set_aside.list()] == ["s-1"]
        opened = station.set_aside.open("s-1")
        assert isinstance(opened.item, Submission)
        assert opened.item.applicant.number == NUMBER
        assert opened.reason.startswith("样例")

        station.set_aside.close("s-1")
        assert station.set_aside.list() == ()


def test_rating_is_sent_only_after_its_submission_has_arrived(
    platform: ScriptedPlatform, tmp_path: Path
) -> None:
    up = threading.Event()
    platform.before = lambda item: None if item != "s-1" or up.is_set() else (503, "unavailable")
    with terminal(tmp_path, platform.url) as station:
        assert isinstance(station.courier.hand_in(submission("s-1"), PATIENCE_S), Waiting)
        station.courier.leave(rating("r-1", "s-1"))
        station.courier.leave(problem("p-1"))
        wait_until(lambda: "p-1" in platform.stored, "the problem, which waits for nothing, is in")
        assert platform.asked["r-1"] == 0
        up.set()
        wait_until(lambda: "r-1" in platform.stored, "the rating arrives")

    assert platform.order == ["p-1", "s-1", "r-1"]


def test_rating_of_a_refused_submission_is_still_sent(
    platform: ScriptedPlatform, tmp_path: Path
) -> None:
    platform.before = lambda item: (422, "unknown_matter") if item == "s-1" else None
    with terminal(tmp_path, platform.url) as station:
        station.courier.hand_in(submission("s-1"), PATIENCE_S)
        station.courier.leave(rating("r-1", "s-1"))

        wait_until(lambda: "r-1" in platform.stored, "the rating arrives")


def test_submission_the_platform_chokes_on_does_not_hold_up_the_rest(
    platform: ScriptedPlatform, tmp_path: Path
) -> None:
    platform.before = lambda item: (500, "unavailable") if item == "s-1" else None
    with terminal(tmp_path, platform.url, running=False) as station:
        for number in range(1, 6):
            station.outbox.put(submission(f"s-{number}"))
        station.courier.start()

        wait_until(lambda: len(platform.stored) == 4, "the four others arrive")
        wait_until(lambda: station.outbox.backlog().waiting == 1, "their answers are written down")


def test_items_arrive_in_the_order_they_were_handed_in(
    platform: ScriptedPlatform, tmp_path: Path
) -> None:
    ids = [f"s-{number}" for number in range(10)]
    with terminal(tmp_path, platform.url, running=False) as station:
        for item_id in ids:
            station.outbox.put(submission(item_id))
        station.courier.start()
        wait_until(lambda: len(platform.stored) == 10, "all arrive")

    assert platform.order == ids


def test_handing_in_again_makes_no_second_case_and_tells_the_first(
    platform: ScriptedPlatform, tmp_path: Path
) -> None:
    with terminal(tmp_path, platform.url) as station:
        first = station.courier.hand_in(submission("s-1"), PATIENCE_S)
        again = station.courier.hand_in(submission("s-1"), PATIENCE_S)

        assert isinstance(first, HandedIn)
        assert isinstance(again, HandedIn)
        assert again.acknowledgement.case_no == first.acknowledgement.case_no
        assert platform.asked["s-1"] == 1


def test_many_hand_in_at_once_and_each_is_answered_for_its_own(
    platform: ScriptedPlatform, tmp_path: Path
) -> None:
    answers: dict[str, Answer] = {}
    with terminal(tmp_path, platform.url) as station:

        def hand_in(item_id: str) -> None:
            answers[item_id] = station.courier.hand_in(submission(item_id), PATIENCE_S)

        threads = [threading.Thread(target=hand_in, args=(f"s-{n}",)) for n in range(12)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(PATIENCE_S)

    assert sorted(platform.order) == sorted(answers)
    for item_id, answer in answers.items():
        assert isinstance(answer, HandedIn)
        place = platform.order.index(item_id) + 1
        assert answer.acknowledgement.case_no == f"SAMPLE-{place:04d}"


def test_citizen_is_served_at_once_although_the_platform_was_away_for_long(
    tmp_path: Path,
) -> None:
    long = Backoff(first_s=60, longest_s=300)
    with reserved() as place, terminal(tmp_path, place.url, backoff=long) as station:
        for number in range(5):
            answer = station.courier.hand_in(submission(f"s-{number}"), PATIENCE_S)
            assert isinstance(answer, Waiting)
        with scripted_platform(place):
            answer = station.courier.hand_in(submission("s-now"), PATIENCE_S)
            assert isinstance(answer, HandedIn)


def test_stopped_courier_answers_that_it_waits(platform: ScriptedPlatform, tmp_path: Path) -> None:
    with terminal(tmp_path, platform.url, running=False) as station:
        answer = station.courier.hand_in(submission("s-1"), wait_s=0.05)

        assert answer == Waiting("T0001-20261122-0001")
        assert platform.asked["s-1"] == 0


def test_full_disk_is_told_before_anything_is_sent(
    platform: ScriptedPlatform, tmp_path: Path
) -> None:
    with terminal(tmp_path, platform.url) as station:
        station.database.write(lambda db: db.conn.execute("PRAGMA max_page_count = 1"))
        with pytest.raises(DiskFull, match="free space"):
            for number in range(40):
                station.courier.hand_in(submission(f"s-{number}"), PATIENCE_S)

        assert f"s-{number}" not in platform.asked


def test_answer_that_could_not_be_written_down_is_told_and_asked_for_again(
    platform: ScriptedPlatform, tmp_path: Path
) -> None:
    with terminal(tmp_path, platform.url) as station:
        other = sqlite3.connect(tmp_path / "outbox.db", check_same_thread=False)

        def lock_the_file_once(item: str) -> None:
            if platform.asked[item] == 1:
                other.execute("BEGIN IMMEDIATE")

        platform.after = lock_the_file_once
        with capture_logs() as logs:
            answer = station.courier.hand_in(submission("s-1"), PATIENCE_S)
            other.rollback()
            other.close()
            wait_until(lambda: station.outbox.backlog().waiting == 0, "it is written down")

        assert isinstance(answer, HandedIn)
        assert "answer not recorded" in {line["event"] for line in logs}
        assert platform.asked["s-1"] == 2
        assert platform.order == ["s-1"]


def test_adapter_that_breaks_its_promise_stops_nothing_and_its_words_are_not_logged(
    platform: ScriptedPlatform, tmp_path: Path
) -> None:
    class Faulty:
        calls = 0

        def submit(self, handed_in: Submission) -> Acknowledgement:
            self.calls += 1
            if self.calls == 1:
                raise KeyError(handed_in.applicant.number)
            return Acknowledgement("SAMPLE-0001", handed_in.applied_at, ())

    with (
        capture_logs() as logs,
        terminal(tmp_path, platform.url, gateway=Faulty()) as station,  # type: ignore[arg-type]
    ):
        assert isinstance(station.courier.hand_in(submission("s-1"), PATIENCE_S), Waiting)
        wait_until(lambda: bool(station.late), "the next attempt succeeds")

    assert "KeyError" in str(logs)
    assert NUMBER not in str(logs)


def test_subscriber_that_fails_does_not_stop_delivery(
    platform: ScriptedPlatform, tmp_path: Path
) -> None:
    with terminal(tmp_path, platform.url, running=False) as station:

        def fail(_late: object) -> None:
            raise RuntimeError("listener broke")

        station.courier.subscribe(fail)
        for number in range(3):
            station.outbox.put(submission(f"s-{number}"))
        station.courier.start()
        wait_until(lambda: len(platform.stored) == 3, "all arrive all the same")


def test_nothing_personal_is_logged_on_any_way_through(
    platform: ScriptedPlatform, tmp_path: Path
) -> None:
    answers = {"s-1": (422, "unknown_matter"), "s-2": (503, "unavailable")}
    platform.before = lambda item: answers.pop(item, None)
    with capture_logs() as logs, terminal(tmp_path, platform.url) as station:
        for number in (1, 2, 3):
            station.courier.hand_in(submission(f"s-{number}"), PATIENCE_S)
        wait_until(lambda: len(platform.stored) == 2, "the two others arrive")

    assert {line["event"] for line in logs} >= {"refused", "no answer", "delivered"}
    for private in (NAME, NUMBER, "13800000000", "周样例乐", "材料与登记不符"):
        assert private not in str(logs)
