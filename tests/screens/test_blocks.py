"""Every component at every size and in every language: whole, large enough, far enough apart."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

import pytest

from kiosk.access.phrases import Phrases
from kiosk.access.profile import Contrast, Language, TextSize
from screens.sketch import Box, Target
from tests.harness.window import ROOT, Glass
from yici.gallery.components import components, page

MM = 81.6 / 25.4  # px on the panel of the tests
TARGET = 12.7 * MM  # VVSG 2.0 7.2-I
GAP = 2.54 * MM
FOUND = components(ROOT / "config/gallery")
PHRASES = Phrases.load(ROOT / "config/phrases")


def shown(glass: Glass, text: TextSize, language: Language, contrast: Contrast) -> Iterator[str]:
    """Every side of every state, by name."""
    for slug, component in FOUND.items():
        for state, how in component.states.items():
            glass.show(page(component, state, language, PHRASES), text, contrast, language)
            for name in how.touch:
                glass.driver.touch(name)
            for side in glass.turns():
                yield f"{slug} {state}, side {side}"


every_look = pytest.mark.parametrize(
    ("text", "language"), [(text, language) for text in TextSize for language in Language]
)


@every_look
def test_components_are_whole_large_enough_and_apart(
    glass: Glass, text: TextSize, language: Language
) -> None:
    faults = []
    for where in shown(glass, text, language, Contrast.LIGHT):
        driver = glass.driver
        faults += [f"{where}: cut off: {one.text}" for one in driver.boxes() if one.cut]
        faults += [f"{where}: over each other: {pair}" for pair in driver.overlaps()]
        faults += [f"{where}: too small: {t.name}" for t in driver.frame.targets if _small(t)]
        faults += [f"{where}: too close: {pair}" for pair in _close(driver.frame.targets)]
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("contrast", [c for c in Contrast if c is not Contrast.LIGHT])
def test_components_are_whole_in_every_contrast(glass: Glass, contrast: Contrast) -> None:
    faults = []
    for where in shown(glass, TextSize.LARGEST, Language.EN, contrast):
        faults += [f"{where}: {one.text}" for one in glass.driver.boxes() if one.cut]
    assert not faults


def _small(target: Target) -> bool:
    return min(target.box.width, target.box.height) < TARGET - 1


def _close(targets: tuple[Target, ...]) -> Iterator[tuple[str, str]]:
    for one, other in combinations(targets, 2):
        if _grown(one.box).overlaps(_grown(other.box), slack=1.0):
            yield one.name, other.name


def _grown(box: Box) -> Box:
    return box.grown(GAP / 2)
