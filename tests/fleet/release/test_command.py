"""From an edited limit to a release that terminals may take, in three commands."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from fleet.release.repository import Repository
from fleet.release.trust import Trust
from kiosk.catalogue.items import from_items
from yici.fleet_release import app

SHIPPED = Path(__file__).resolve().parents[3] / "config/catalogue"


class Desk:
    """A copy of the catalogue and a repository, worked by the command line."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "fleet"
        self.catalogue = Path(shutil.copytree(SHIPPED, folder / "catalogue"))

    def run(self, *words: str) -> Result:
        return CliRunner().invoke(
            app, ["--folder", str(self.folder), *words], catch_exceptions=False
        )

    def build(self, *words: str) -> Result:
        return self.run("build", "--catalogue", str(self.catalogue), *words)

    def edit(self, old: str, new: str) -> None:
        file = self.catalogue / "life_events/01-newborn.yaml"
        text = file.read_text("utf-8")
        assert old in text
        file.write_text(text.replace(old, new, 1), "utf-8")

    @property
    def repository(self) -> Repository:
        return Repository.open(self.folder, "sample")


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def names(desk: Desk) -> list[str]:
    return [release.name for release in desk.repository.releases()]


def test_an_edited_limit_is_published_with_two_more_commands(desk: Desk, tmp_path: Path):
    desk.build("--sign")
    desk.run("publish")
    desk.edit("promise_days: 5", "promise_days: 9")
    built = desk.build("--sign")
    assert built.exit_code == 0
    assert "promise_days: 5 → 9" in built.output
    assert "1 changed values" in built.output
    assert desk.run("publish").exit_code == 0
    wanted = desk.repository.desired()
    assert wanted is not None
    assert wanted.number == 2
    trust = Trust(tmp_path / "terminal", desk.repository.root)
    assert wanted.release in trust.refresh(desk.repository.metadata_files().get)
    new = from_items(desk.repository.items(wanted.release))
    assert [m for e in new.life_events for m in e.matters if m.promise_days == 9]


def test_two_parties_sign_with_their_own_key_files(desk: Desk):
    desk.build()
    city, bank = (str(desk.folder / f"keys/{party}.pem") for party in ("city", "bank"))
    assert "1 signature missing" in desk.run("sign", "--key", city).output
    assert "1 of 2 signatures missing" in desk.run("publish").output
    assert "Signed by city and bank" in desk.run("sign", "--key", bank).output
    assert desk.run("publish").exit_code == 0


def test_an_unchanged_catalogue_makes_no_release(desk: Desk):
    desk.build("--sign")
    desk.run("publish")
    again = desk.build("--sign")
    assert again.exit_code == 0
    assert "Nothing has changed" in again.output
    assert desk.run("publish").exit_code == 1


def test_an_earlier_release_is_published_again(desk: Desk):
    desk.build("--sign")
    desk.run("publish")
    (first,) = names(desk)
    desk.edit("promise_days: 5", "promise_days: 9")
    desk.build("--sign")
    desk.run("publish")
    assert "9 → 5" in desk.run("build", "--earlier", first, "--sign").output
    assert first in desk.run("publish").output
    wanted = desk.repository.desired()
    assert wanted is not None
    assert wanted.release == first


def test_show_tells_what_is_desired_listed_and_waiting(desk: Desk):
    desk.build("--sign")
    (first,) = names(desk)
    assert f"waits for publication: {first}" in desk.run("show").output
    desk.run("publish")
    shown = desk.run("show").output
    assert f"{first}  " in shown
    assert "desired listed" in shown
    assert "waits for publication: nothing" in shown
    assert "timestamp valid until" in shown


def test_diff_tells_what_a_party_is_asked_to_sign(desk: Desk):
    desk.build("--sign")
    desk.run("publish")
    desk.edit("promise_days: 5", "promise_days: 9")
    desk.build()
    assert "promise_days: 5 → 9" in desk.run("diff").output


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("publish",), "build one first"),
        (("publish", "0" * 12), "not in the newest list"),
        (("sign",), "build one first"),
        (("build", "--earlier", "0" * 12), "no release 000000000000 was built"),
        (("build", "--catalogue", "nowhere"), "nowhere: is no folder"),
        (("sign", "--key", "nowhere.pem"), "nowhere.pem: No such file"),
        (("diff", "x", "y"), "no release x was built"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_line_and_ends_with_one(
    desk: Desk, words: tuple[str, ...], says: str
):
    done = desk.run(*words)
    assert done.exit_code == 1
    assert says in done.output


def test_in_earnest_no_keys_are_made(desk: Desk):
    done = desk.run("--live", "show")
    assert done.exit_code == 1
    assert "put the key there that signs" in done.output


def test_every_command_and_setting_is_documented():
    text = (SHIPPED.parents[1] / "docs/releases.md").read_text("utf-8")
    for command in app.registered_commands:
        assert command.callback is not None
        assert f"yici fleet release {command.callback.__name__}" in text
    for setting in ("YICI_FLEET_FOLDER", "YICI_FLEET_BANK", "YICI_FLEET_LIVE"):
        assert setting in text
