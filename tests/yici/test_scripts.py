"""Every life event has a script, and every script leads to an end; without a window."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest
import yaml

from kiosk.journey.world import World
from tests.harness.applicant import Applicant, Known
from tests.harness.people import citizen
from tests.harness.walk import NOW, ROOT, Walker, world
from yici.journey.invented import Inventor
from yici.journey.script import ScriptError, Typed, load_script

SCRIPTS = ROOT / "config/sandbox/scripts.yaml"
LIFE_EVENTS = [event.slug for event in world().catalogue.life_events]


@pytest.fixture(scope="module")
def shipped() -> World:
    return world()


@pytest.mark.parametrize("life_event", LIFE_EVENTS)
def test_a_script_leads_to_an_end_and_says_nothing_in_vain(life_event: str, shipped: World):
    script = load_script(SCRIPTS, life_event)
    someone = citizen(script.person)
    typed = {key: value.on(NOW.date()) for key, value in script.fields.items()}
    ways = dict.fromkeys(script.papers, "here") | dict.fromkeys(script.promised, "promise")
    applicant = Applicant(
        Walker(shipped),
        someone.person,
        Known(someone),
        Inventor(shipped.catalogue, NOW.date(), Random(life_event)),
        says=script.answers | typed,
        entries=script.entries,
        papers=ways,
    )
    assert applicant.walk(life_event).id in {"done", "told"}
    assert script.answers.keys() <= set(applicant.asked)
    assert script.entries.keys() <= applicant.walker.session.entries.keys()
    session = applicant.walker.session
    assert set(script.papers) <= session.brought
    assert set(script.promised) <= session.promised


def test_scripts_are_of_life_events_there_are():
    assert set(yaml.safe_load(SCRIPTS.read_text("utf-8"))["scripts"]) == set(LIFE_EVENTS)


@pytest.mark.parametrize("wrong", [{}, {"text": "1", "days": 1}, {"text": ""}])
def test_a_value_is_either_a_text_or_a_day(wrong: dict[str, object]):
    with pytest.raises(ValueError, match="either text or days"):
        Typed.model_validate(wrong)


@pytest.mark.parametrize("text", ["scripts: [", "scripts: {newborn: {who: chen}}", "[]"])
def test_a_file_that_cannot_be_used_is_named(tmp_path: Path, text: str):
    file = tmp_path / "scripts.yaml"
    file.write_text(text, "utf-8")
    with pytest.raises(ScriptError, match=r"scripts\.yaml"):
        load_script(file, "newborn")
