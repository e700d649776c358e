"""The life event that docs/writing-matters.md writes down is fit for release and runs."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import yaml

from kiosk.catalogue.lint import lint, load_annex
from kiosk.catalogue.load import load_catalogue
from kiosk.gateway.port import Submission
from kiosk.journey.effects import PrintReceipt, Submit
from kiosk.journey.page import Cards, Rows
from kiosk.journey.signals import Edited
from kiosk.journey.world import World
from screens.icons import has_icon
from tests.harness.people import citizen
from tests.harness.walk import ROOT, Walker, world
from yici.journey.script import Script, load_script

DOCUMENT = ROOT / "docs/writing-matters.md"
BLOCK = re.compile(r"^```yaml\n# config/(\S+?)(, at the end)?\n(.*?)^```", re.MULTILINE | re.DOTALL)
EVENT = "life_events/30-renting.yaml"
TODAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def config(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of `config` after somebody has typed in everything that the document says."""
    copy = tmp_path_factory.mktemp("written") / "config"
    for part in ("catalogue", "sandbox"):
        shutil.copytree(ROOT / "config" / part, copy / part)
    for name, appended, text in BLOCK.findall(DOCUMENT.read_text("utf-8")):
        file = copy / name
        assert file.exists() == bool(appended), name
        with file.open("a", encoding="utf-8") as stream:
            stream.write(text)
    return copy


@pytest.fixture(scope="module")
def written(config: Path) -> World:
    return replace(world(), catalogue=load_catalogue(config / "catalogue"))


@pytest.fixture(scope="module")
def script(config: Path) -> Script:
    return load_script(config / "sandbox/scripts.yaml", "renting")


def said(script: Script) -> dict[str, str]:
    return {**script.answers, **{slug: typed.text for slug, typed in script.fields.items()}}


def walk(written: World, script: Script, place: str, **other: str) -> Walker:
    walker = Walker(written)
    someone = citizen(script.person)
    walker.begin(someone.person, someone.licences, "renting")
    walker.to(place, said(script) | other)
    return walker


def ways(submission: Submission) -> dict[str, str]:
    return {entry.material: entry.way for entry in submission.materials}


def rows(walker: Walker, block: str) -> list[str]:
    found = walker.page.block(block)
    assert isinstance(found, Rows)
    return [row.id for row in found.rows]


def test_every_part_of_the_document_is_a_file_of_the_example():
    text = DOCUMENT.read_text("utf-8")
    assert len(BLOCK.findall(text)) == text.count("```yaml") > 3


def told(catalogue: Path) -> set[tuple[str, str, str]]:
    annex = load_annex(ROOT / "config/lint/annex.yaml")
    found = lint(catalogue, today=TODAY, has_icon=has_icon, annex=annex, apart=False)
    return {(finding.file, finding.key, finding.code) for finding in found.findings}


def test_lint_has_nothing_to_say_of_the_example_but_of_a_limit_that_nobody_published(
    config: Path, tmp_path: Path
):
    before = told(ROOT / "config/catalogue")
    assert told(config / "catalogue") - before == set()
    copy = Path(shutil.copytree(config / "catalogue", tmp_path / "catalogue"))
    file = copy / EVENT
    tree = yaml.safe_load(file.read_text("utf-8"))
    tree["matters"][0]["promise_days"] = 3
    file.write_text(yaml.safe_dump(tree, allow_unicode=True), "utf-8")
    key = "renting.matters.residence_registration.promise_days"
    assert told(copy) - before == {(EVENT, key, "draft-fact")}


def test_the_example_is_handed_in_with_all_its_matters(written: World, script: Script):
    walker = walk(written, script, "done")
    submitted = next(e.submission for e in walker.effects if isinstance(e, Submit))
    assert submitted.matters == ("residence_registration", "residence_permit_issue")
    assert ways(submitted) == {
        "renting_form": "generated",
        "renting_id": "licence",
        "renting_lease": "later",
    }
    assert any(isinstance(effect, PrintReceipt) for effect in walker.effects)


def test_nobody_is_asked_what_the_card_says(written: World, script: Script):
    walker = walk(written, script, "done")
    asked = [page.id.removeprefix("field.") for page in walker.pages if "field." in page.id]
    assert sorted(set(asked)) == sorted(script.fields)


@pytest.mark.parametrize(
    ("stay", "matters"),
    [
        ("short", ["residence_registration"]),
        ("unsure", ["residence_registration", "residence_permit_issue"]),
    ],
)
def test_who_does_not_know_loses_nothing(
    written: World, script: Script, stay: str, matters: list[str]
):
    assert rows(walk(written, script, "notice", stay=stay), "matters") == matters


def test_a_promise_can_stand_for_the_lease(written: World, script: Script):
    walker = walk(written, script, "materials")
    walker.press("ways.renting_lease")
    walker.choose("promise")
    walker.press("continue")
    walker.to("done", said(script))
    submitted = next(e.submission for e in walker.effects if isinstance(e, Submit))
    assert ways(submitted)["renting_lease"] == "commitment"


def test_without_a_delegation_it_is_told_and_no_more(written: World):
    delegations = {
        slug: letter
        for slug, letter in written.catalogue.delegations.items()
        if slug != "branch_renting_police"
    }
    update = {"delegations": delegations, "release": "other"}
    walker = Walker(replace(written, catalogue=written.catalogue.model_copy(update=update)))
    walker.press("begin")
    walker.press("renting")
    walker.to("notice", {"stay": "long"})
    actions = {action.id for action in walker.page.actions}
    assert "print" in actions
    assert "continue" not in actions


def test_it_is_found_by_what_people_say(written: World):
    walker = Walker(written)
    walker.press("begin")
    walker.press("search")
    walker.send(Edited(walker.page.id, "query", "暂住证"))
    hits = walker.page.block("hits")
    assert isinstance(hits, Cards)
    assert hits.cards[0].id == "life_event.renting"
