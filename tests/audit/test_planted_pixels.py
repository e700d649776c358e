"""Colours that are too close, painted by the real window, are found in its pixels."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from kiosk.access.profile import Contrast, Profile
from screens.audit.colours import RULES
from screens.audit.photography import Photography
from screens.theme import LIGHT, THEMES, Role
from tests.audit.planted import SOUND, findings
from tests.harness.window import Glass

# Rule → colours that break it. Roles that are not on the page break nothing.
PLANTED_PIXELS: Mapping[str, Mapping[Role, str]] = {
    "contrast.text": {Role.INK: "#707070", Role.INK2: "#707070"},
    "contrast.pictograms": {Role.PRIMARY: "#E0E0E0"},
    "contrast.edges": {Role.EDGE: "#E8E8E8", Role.SURFACE: "#F5F3EE"},
    "contrast.ring": {Role.FOCUS: "#F5F3EE", Role.FOCUS_EDGE: "#FFFFFF"},
}
BY_ID = {rule.id: rule for rule in RULES}


@pytest.mark.parametrize("rule", PLANTED_PIXELS)
def test_colours_too_close_are_found_in_the_pixels(
    rule: str, glass: Glass, monkeypatch: pytest.MonkeyPatch
) -> None:
    photography = Photography(glass.driver)
    sound = photography.page(SOUND, Profile())
    assert [str(finding) for finding in findings(BY_ID[rule], sound)] == []
    monkeypatch.setitem(THEMES, Contrast.LIGHT, {**LIGHT, **PLANTED_PIXELS[rule]})  # type: ignore[arg-type]
    broken = photography.page(SOUND, Profile())
    assert findings(BY_ID[rule], broken)


def test_high_contrast_needs_more_than_the_default(glass: Glass) -> None:
    photography = Photography(glass.driver)
    needed = {
        contrast: {
            one.required
            for one in BY_ID["contrast.text"].measure(
                photography.page(SOUND, Profile(contrast=contrast))
            )
        }
        for contrast in Contrast
    }
    assert needed == {
        Contrast.LIGHT: {10.0},
        Contrast.HIGH_LIGHT: {20.0},
        Contrast.DARK: {20.0},
        Contrast.LOW_GLARE: {10.0},
    }
