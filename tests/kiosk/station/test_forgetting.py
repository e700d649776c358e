"""Nothing of a citizen remains on the disk; and the scan that says so is known to find things."""

from __future__ import annotations

from pathlib import Path

from drivers.id_card.port import IdCard
from kiosk.storage.vault import Sealer
from tests.harness.devices import eventually
from tests.kiosk.station.conftest import SCRIPT, Site

ENCODINGS = ("utf-8", "utf-16-le", "gb18030")


class ClearText:
    """What the vault must never be: it keeps everything readable."""

    def seal(self, plaintext: bytes, context: bytes) -> bytes:
        return plaintext

    def unseal(self, sealed: bytes, context: bytes) -> bytes:
        return sealed


def clear_text(_: Path) -> Sealer:
    return ClearText()


def found(folder: Path, card: IdCard) -> set[str]:
    """Which of the citizen's data stand in any file below the folder, in any encoding."""
    personal = {
        "name": card.name,
        "number": card.number,
        "address": card.address,
        "phone": SCRIPT["phone"],
        "child": SCRIPT["child_name"],
    }
    contents = [file.read_bytes() for file in folder.rglob("*") if file.is_file()]
    # JSON may carry a character as its escape.
    return {
        what
        for what, text in personal.items()
        for content in contents
        if any(text.encode(e) in content for e in ENCODINGS)
        or text.encode("unicode_escape") in content
    }


def test_the_scan_finds_a_citizen_who_waits_in_clear_text(site: Site):
    with site.open(sealer=clear_text) as (citizen, screen):
        site.identify(citizen)
        citizen.to("check", SCRIPT)
        site.platform.fault("down")
        citizen.press("submit")
        screen.wait_for("done")
        assert found(site.folder, site.people["chen"]) == {
            "name",
            "number",
            "address",
            "phone",
            "child",
        }


def test_a_citizen_who_waits_for_the_network_is_sealed(site: Site):
    with site.open() as (citizen, screen):
        site.identify(citizen)
        citizen.to("check", SCRIPT)
        site.platform.fault("down")
        citizen.press("submit")
        screen.wait_for("done")
        assert found(site.folder, site.people["chen"]) == set()


def test_after_a_session_nothing_of_the_citizen_is_in_any_file(site: Site):
    with site.open() as (citizen, screen):
        site.identify(citizen)
        citizen.to("done", SCRIPT)
        citizen.press("rate.5")
        citizen.go("finish", "goodbye")
        citizen.go("finish", "idle")
        eventually(lambda: screen.forgotten == 1, "the screen has forgotten")
    assert any(site.folder.rglob("terminal.db"))
    assert found(site.folder, site.people["chen"]) == set()


def test_a_session_broken_off_leaves_nothing(site: Site):
    with site.open() as (citizen, screen):
        site.identify(citizen)
        citizen.to("check", SCRIPT)
        citizen.go("leave", "leave")
        citizen.go("end", "goodbye")
        citizen.go("finish", "idle")
        assert screen.forgotten == 1
    assert found(site.folder, site.people["chen"]) == set()
