"""Which pages are looked at in which profiles, and which of them are walked by keys."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest

from kiosk.access.profile import Language, TextSize
from kiosk.journey.step import fresh
from kiosk.journey.world import Moment
from tests.audit.planted import SOUND
from tests.harness.walk import NOW
from yici.audit.run import covering_plan, whole_plan
from yici.audit.visitor import Situation
from yici.audit.ways import covering, every, laid_out

DAYS = 13 * 16


def pages(count: int) -> list[Situation]:
    moment = Moment(NOW, "audit")
    return [
        Situation(replace(SOUND, id=f"page{number}"), fresh("session"), moment)
        for number in range(count)
    ]


@pytest.mark.parametrize("count", [12, 13])  # as many as there are looks in a round, or not
def test_the_whole_matrix_walks_every_page_in_every_size_and_language(count: int) -> None:
    few = pages(count)
    walked = [
        (few.index(look.situation), look.profile.text, look.profile.language)
        for look in whole_plan(few, every())
        if look.keys
    ]
    assert sorted(walked) == sorted(product(range(count), TextSize, Language))


def test_the_whole_matrix_has_every_page_in_every_way_that_looks_different() -> None:
    few = pages(3)
    looks = [(few.index(look.situation), look.profile) for look in whole_plan(few, every())]
    assert len(looks) == len(set(looks)) == 3 * len(laid_out(every()))


def test_sooner_or_later_every_page_is_walked_in_every_covering_profile() -> None:
    few = pages(14)
    walked = {
        (few.index(look.situation), look.profile)
        for day in range(DAYS)
        for look in covering_plan(few, day)
        if look.keys
    }
    assert walked == set(product(range(14), covering()))
