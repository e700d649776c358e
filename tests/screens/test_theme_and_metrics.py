"""Colours far enough apart, letters as high as the standards ask, on any panel."""

from __future__ import annotations

import pytest

from kiosk.access.profile import Contrast, TextSize
from screens.metrics import Metrics
from screens.panel import Panel
from screens.theme import THEMES, Role, rgba


def luminance(colour: str) -> float:
    """Relative luminance after WCAG 2.2."""
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in rgba(colour)[:3]
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio after WCAG 2.2."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("area", [Role.SURFACE, Role.BG])
@pytest.mark.parametrize("text", [Role.INK, Role.INK2])
def test_text_stands_out_nine_to_one_by_day_and_eighteen_at_high_contrast(
    text: Role, area: Role
) -> None:
    light, dark = THEMES[Contrast.LIGHT], THEMES[Contrast.DARK]
    assert contrast(light[text], light[area]) >= 9
    assert contrast(dark[text], dark[area]) >= 18


@pytest.mark.parametrize("look", list(Contrast))
@pytest.mark.parametrize(
    ("text", "area"),
    [
        (Role.ON_PRIMARY, Role.PRIMARY),
        (Role.PRIMARY, Role.SURFACE),
        (Role.PRIMARY, Role.TINT),
        (Role.ON_MUTED, Role.MUTED),
        (Role.OK, Role.OK_TINT),
        (Role.WARN, Role.WARN_TINT),
        (Role.WARN, Role.BG),
    ],
)
def test_every_pair_of_colours_that_meets_is_legible(
    look: Contrast, text: Role, area: Role
) -> None:
    assert contrast(THEMES[look][text], THEMES[look][area]) >= 7  # WCAG AAA


@pytest.mark.parametrize("look", list(Contrast))
def test_the_focus_ring_stands_out_from_what_it_surrounds(look: Contrast) -> None:
    theme = THEMES[look]
    assert contrast(theme[Role.FOCUS], theme[Role.INK if look is Contrast.LIGHT else Role.BG]) >= 3


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
