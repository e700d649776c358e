"""Nothing a citizen handed in stays on the disk longer than it must, and never in clear."""

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from kiosk.cases.delivery import State
from kiosk.cases.outbox_rows import UnknownItem
from kiosk.gateway.port import Signature, SignedBy, Submission
from kiosk.storage.vault import Vault, VaultError
from tests.kiosk.cases.scripted_platform import ScriptedPlatform, scripted_platform
from tests.kiosk.cases.terminal import (
    NAME,
    NUMBER,
    PATIENCE_S,
    Terminal,
    rating,
    submission,
    terminal,
    wait_until,
)

STROKES = (((417, 523), (861, 297)),)
DRAWN = b"[[[417,523],[861,297]]]"  # as the outbox would write it in clear


class ClearText:
    """Seals nothing, so that a scan of the files can see what a vault hides."""

    def seal(self, plaintext: bytes, context: bytes) -> bytes:
        return plaintext

    def unseal(self, sealed: bytes, context: bytes) -> bytes:
        return sealed


@pytest.fixture
def platform() -> Iterator[ScriptedPlatform]:
    with scripted_platform() as listening:
        yield listening


def on_disk(folder: Path, *more: bytes) -> bool:
    """Whether any file of the folder holds the citizen's name or number, or is named so.

    `more`: what else may not be there.
    """
    needles = (NAME.encode(), NUMBER.encode(), *more)
    return any(
        needle in file.read_bytes() or needle in bytes(file)
        for file in folder.rglob("*")
        if file.is_file()
        for needle in needles
    )


def test_scan_sees_what_waits_unsealed_and_nothing_once_it_arrived(
    platform: ScriptedPlatform, tmp_path: Path
) -> None:
    with terminal(tmp_path, platform.url, sealer=ClearText(), running=False) as station:
        station.outbox.put(submission("s-1"))
        assert on_disk(tmp_path)

        station.courier.start()
        wait_until(lambda: not on_disk(tmp_path), "it arrived and is erased")
    assert not on_disk(tmp_path)


def test_what_waits_is_sealed(tmp_path: Path, platform: ScriptedPlatform) -> None:
    with terminal(tmp_path, platform.url, running=False) as station:
        station.outbox.put(submission("s-1"))
        assert not on_disk(tmp_path)
    assert not on_disk(tmp_path)


def test_a_signature_waits_sealed_and_comes_out_whole(
    tmp_path: Path, platform: ScriptedPlatform
) -> None:
    signed = replace(submission("s-1"), signature=Signature(SignedBy.HAND, STROKES))
    with terminal(tmp_path, platform.url, running=False) as station:
        station.outbox.put(signed)
        assert not on_disk(tmp_path, DRAWN)
        taken = station.outbox.take("s-1")
    assert isinstance(taken, Submission)
    assert taken.signature == signed.signature
    with terminal(tmp_path, platform.url, sealer=ClearText(), running=False) as station:
        station.outbox.put(replace(signed, id="s-2"))
        assert on_disk(tmp_path, DRAWN), "the scan sees a signature that is not sealed"


def test_many_that_arrived_leave_only_who_knows_no_one(
    platform: ScriptedPlatform, tmp_path: Path
) -> None:
    with terminal(tmp_path, platform.url, sealer=ClearText()) as station:
        for number in range(20):
            station.courier.hand_in(submission(f"s-{number}"), PATIENCE_S)
            station.courier.leave(rating(f"r-{number}", f"s-{number}"))
        wait_until(lambda: station.outbox.backlog().waiting == 0, "all arrived")
        wait_until(lambda: not on_disk(tmp_path), "all are erased")
        rows = station.database.read(lambda db: list(db.table("outbox").rows))

    kept = {column for row in rows for column, value in row.items() if value is not None}
    assert kept == {
        *("place", "id", "kind", "state", "behind"),
        *("provisional_no", "case_no", "put_at", "settled_at"),
    }
    assert not on_disk(tmp_path)


@pytest.fixture
def refused(platform: ScriptedPlatform, tmp_path: Path) -> Iterator[Terminal]:
    platform.before = lambda _id: (422, "unknown_matter")
    with terminal(tmp_path, platform.url, sealer=ClearText(), running=False) as station:
        station.outbox.put(submission("s-1"))
        station.courier.start()
        wait_until(lambda: station.set_aside.list() != (), "refused")
        station.courier.stop()  # while it reads, the log would be emptied only later
        yield station


def test_refused_submission_is_erased_when_staff_close_it(
    refused: Terminal, tmp_path: Path
) -> None:
    assert on_disk(tmp_path)
    refused.set_aside.close("s-1")

    assert not on_disk(tmp_path)
    with pytest.raises(UnknownItem, match="closed, not refused"):
        refused.set_aside.open("s-1")


def test_refused_submission_is_erased_after_thirty_days(refused: Terminal, tmp_path: Path) -> None:
    refused.clock.now += timedelta(days=30)
    refused.set_aside.expire()
    assert on_disk(tmp_path)

    refused.clock.now += timedelta(seconds=1)
    refused.set_aside.expire()
    assert not on_disk(tmp_path)


def test_provisional_number_leads_to_its_case_for_ninety_days(
    platform: ScriptedPlatform, tmp_path: Path
) -> None:
    with terminal(tmp_path, platform.url) as station:
        station.courier.hand_in(submission("s-1"), PATIENCE_S)
        station.clock.now += timedelta(days=90)
        station.set_aside.expire()
        assert station.outbox.find("T0001-20261122-0001") is not None

        station.clock.now += timedelta(seconds=1)
        station.set_aside.expire()
        assert station.outbox.find("T0001-20261122-0001") is None


def test_waiting_submission_never_expires(tmp_path: Path, platform: ScriptedPlatform) -> None:
    with terminal(tmp_path, platform.url, running=False) as station:
        station.outbox.put(submission("s-1"))
        station.clock.now += timedelta(days=400)
        station.set_aside.expire()

        assert station.outbox.backlog().waiting == 1
        assert station.outbox.backlog().oldest_s == timedelta(days=400).total_seconds()


@pytest.mark.parametrize("damage", [b"", b"\x01 neither sealed nor an item, but long enough", None])
def test_damaged_item_is_set_aside_with_a_log_line_and_the_rest_arrives(
    platform: ScriptedPlatform, tmp_path: Path, damage: bytes | None
) -> None:
    with terminal(tmp_path, platform.url, running=False) as station:
        station.outbox.put(submission("s-1"))
        station.outbox.put(submission("s-2"))
    with sqlite3.connect(tmp_path / "outbox.db") as outside:
        outside.execute("UPDATE outbox SET item = ? WHERE id = 's-1'", (damage,))
    outside.close()

    with capture_logs() as logs, terminal(tmp_path, platform.url) as station:
        wait_until(lambda: "s-2" in platform.stored, "the sound one arrives")
        assert [(e.id, e.state) for e in station.set_aside.list()] == [("s-1", State.DAMAGED)]
        assert station.outbox.backlog().damaged == 1

    assert [line["item"] for line in logs if "damaged" in line["event"]] == ["s-1"]
    assert platform.asked["s-1"] == 0


def test_content_moved_to_another_row_is_not_sent_as_that_row(
    platform: ScriptedPlatform, tmp_path: Path
) -> None:
    with terminal(tmp_path, platform.url, running=False) as station:
        station.outbox.put(submission("s-1"))
        station.outbox.put(submission("s-2"))
    with sqlite3.connect(tmp_path / "outbox.db") as outside:
        outside.execute(
            "UPDATE outbox SET item = (SELECT item FROM outbox WHERE id = 's-2') WHERE id = 's-1'"
        )
    outside.close()

    with terminal(tmp_path, platform.url) as station:
        wait_until(lambda: "s-2" in platform.stored, "the sound one arrives")
        assert [entry.id for entry in station.set_aside.list()] == ["s-1"]


def test_lost_key_sets_all_aside_and_new_ones_go_on(
    platform: ScriptedPlatform, tmp_path: Path
) -> None:
    with terminal(tmp_path, platform.url, running=False) as station:
        station.outbox.put(submission("s-1"))
    (tmp_path / "outbox.key").unlink()

    with terminal(tmp_path, platform.url) as station:
        station.courier.hand_in(submission("s-2"), PATIENCE_S)

        assert list(platform.stored) == ["s-2"]
        wait_until(lambda: bool(station.set_aside.list()), "the unreadable one is found")
        assert [entry.state for entry in station.set_aside.list()] == [State.DAMAGED]


def test_refusal_sealed_with_another_key_is_said_to_staff(
    platform: ScriptedPlatform, tmp_path: Path
) -> None:
    platform.before = lambda _id: (422, "unknown_matter")
    with terminal(tmp_path, platform.url, running=False) as station:
        station.outbox.put(submission("s-1"))
        station.courier.start()
        wait_until(lambda: station.set_aside.list() != (), "refused")

    with (
        terminal(tmp_path, platform.url, sealer=Vault(bytes(32))) as station,
        pytest.raises(VaultError, match="another key"),
    ):
        station.set_aside.open("s-1")
