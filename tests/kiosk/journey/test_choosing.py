"""The page of all life events says how many there are of each kind, and of what."""

from __future__ import annotations

import pytest

from kiosk.access.profile import Language
from kiosk.catalogue.model import LifeCycle
from kiosk.journey.page import Segments
from kiosk.narration.passages import read
from tests.harness.walk import Walker, world


@pytest.mark.parametrize(("language", "counted"), [("zh", "件事"), ("en", "events")])
def test_a_kind_says_what_its_number_counts_to_eye_and_ear(language: str, counted: str):
    walker = Walker(world())
    if language == "en":
        walker.press("language")
    walker.press("begin")
    kinds = walker.page.block("life_cycle")
    assert isinstance(kinds, Segments)
    events = walker.world.catalogue.life_events
    of_people = sum(event.life_cycle is LifeCycle.PERSON for event in events)
    assert f"{of_people} {counted}" in kinds.choices[0].title

    def say(key: str, **places: object) -> str:
        return walker.world.phrases.text(Language(language), key, **places)

    heard = [one.text for one in read(walker.page, say, Language(language)) if one.acts]
    assert any(f"{of_people} {counted}" in text for text in heard)
