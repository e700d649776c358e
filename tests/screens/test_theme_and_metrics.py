"""Colours far enough apart, letters as high as the standards ask, on any panel."""

from __future__ import annotations

import pytest

from kiosk.access.profile import Contrast, TextSize
from screens.metrics import Metrics
from screens.panel import Panel
from screens.theme import (
    AREAS,
    LOW_GLARE,
    PAIRS,
    RING,
    SHAPE,
    TEXT,
    THEMES,
    Pair,
    Role,
    rgba,
)


def luminance(colour: str) -> float:
    """Relative luminance after WCAG 2.2."""
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in rgba(colour)[:3]
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def ratio(one: str, other: str) -> float:
    """Contrast ratio after WCAG 2.2."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("look", Contrast)
@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: f"{pair.front}-on-{pair.area}")
def test_whatever_stands_on_an_area_stands_out_as_far_as_its_clause_asks(
    look: Contrast, pair: Pair
) -> None:
    theme = THEMES[look]
    found = ratio(theme[pair.front], theme[pair.area])
    assert found >= pair.rule.least[look], f"{found:.2f}:1, {pair.rule.clause}"


@pytest.mark.parametrize("look", Contrast)
@pytest.mark.parametrize("area", AREAS)
def test_the_focus_ring_stands_out_on_every_area(look: Contrast, area: Role) -> None:
    theme = THEMES[look]
    assert max(ratio(theme[role], theme[area]) for role in RING) >= SHAPE.least[look]


@pytest.mark.parametrize("look", Contrast)
def test_every_role_has_a_colour_in_every_contrast(look: Contrast) -> None:
    assert set(THEMES[look]) == set(Role)


def test_low_glare_has_no_letter_and_no_area_brighter_than_it_needs() -> None:
    text = [pair for pair in PAIRS if pair.rule is TEXT]
    for front in {pair.front for pair in text}:
        tightest = min(
            ratio(LOW_GLARE[pair.front], LOW_GLARE[pair.area])
            for pair in text
            if pair.front is front
        )
        assert tightest <= 12, front
    assert max(luminance(colour) for colour in LOW_GLARE.values()) < 0.65


@pytest.mark.parametrize(("size", "pixels"), list(zip(TextSize, (23, 32, 40, 51), strict=True)))
def test_body_text_on_the_panel_of_the_design(size: TextSize, pixels: int) -> None:
    assert Metrics(Panel(), size).body == pixels


@pytest.mark.parametrize("ppi", [70.0, 81.6, 102.0, 163.2])
def test_letters_and_targets_keep_their_millimetres_on_another_panel(ppi: float) -> None:
    metrics = Metrics(Panel(ppi=ppi), TextSize.NORMAL)
    assert metrics.body * 0.73 / ppi * 25.4 == pytest.approx(7.3, abs=0.3)
    assert metrics.target / ppi * 25.4 >= 12.7


def test_no_letter_is_smaller_than_the_smallest_size() -> None:
    metrics = Metrics(Panel(), TextSize.SMALL)
    assert min(metrics.foot, metrics.detail, metrics.em(0.5)) == metrics.body
