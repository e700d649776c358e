"""Colours by what they mean. A role has one colour in each contrast."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from kiosk.access.profile import Contrast
from kiosk.journey.page import Tone


class Role(StrEnum):
    """What a colour is for."""

    BG = "bg"  # page
    SURFACE = "surface"  # cards, inputs
    INK = "ink"  # text
    INK2 = "ink2"  # secondary text, still at least 10:1 on a surface
    LINE = "line"  # rules and card borders
    PRIMARY = "primary"  # what can be done, what is chosen
    ON_PRIMARY = "on_primary"
    TINT = "tint"  # chosen card, progress track
    OK = "ok"
    OK_TINT = "ok_tint"
    WARN = "warn"
    WARN_TINT = "warn_tint"
    SEAL = "seal"  # the mark
    ON_SEAL = "on_seal"
    FOCUS = "focus"  # ring around what a key would select
    MUTED = "muted"  # a button that cannot act yet
    ON_MUTED = "on_muted"
    PAPER = "paper"  # the quiet zone of a printed code, white in every contrast
    CODE = "code"  # the modules of a printed code, black in every contrast


Theme = Mapping[Role, str]

LIGHT: Theme = {
    Role.BG: "#F5F3EE",
    Role.SURFACE: "#FFFFFF",
    Role.INK: "#13212C",
    Role.INK2: "#33424F",
    Role.LINE: "#C9CFD3",
    Role.PRIMARY: "#0B3B57",
    Role.ON_PRIMARY: "#FFFFFF",
    Role.TINT: "#E3EDF2",
    Role.OK: "#0A5A33",
    Role.OK_TINT: "#E2F0E8",
    Role.WARN: "#7A3E00",
    Role.WARN_TINT: "#FBEBD8",
    Role.SEAL: "#B3161B",
    Role.ON_SEAL: "#FFFFFF",
    Role.FOCUS: "#FFB000",
    Role.MUTED: "#A9B6BE",
    Role.ON_MUTED: "#13212C",
    Role.PAPER: "#FFFFFF",
    Role.CODE: "#000000",
}

DARK: Theme = {
    Role.BG: "#000000",
    Role.SURFACE: "#101010",
    Role.INK: "#FFFFFF",
    Role.INK2: "#FFFFFF",
    Role.LINE: "#FFFFFF",
    Role.PRIMARY: "#FFE000",
    Role.ON_PRIMARY: "#000000",
    Role.TINT: "#202020",
    Role.OK: "#7CFFB2",
    Role.OK_TINT: "#00210F",
    Role.WARN: "#FFD08A",
    Role.WARN_TINT: "#2A1600",
    Role.SEAL: "#FFE000",
    Role.ON_SEAL: "#000000",
    Role.FOCUS: "#FFB000",
    Role.MUTED: "#3A3A3A",
    Role.ON_MUTED: "#FFFFFF",
    Role.PAPER: "#FFFFFF",
    Role.CODE: "#000000",
}

HIGH_LIGHT: Theme = {
    **LIGHT,
    Role.BG: "#FFFFFF",
    Role.INK: "#000000",
    Role.INK2: "#000000",
    Role.LINE: "#000000",
    Role.PRIMARY: "#000000",
    Role.TINT: "#F2F2F2",
    Role.OK: "#000000",
    Role.OK_TINT: "#FFFFFF",
    Role.WARN: "#000000",
    Role.WARN_TINT: "#FFFFFF",
    Role.SEAL: "#000000",
    Role.MUTED: "#FFFFFF",
    Role.ON_MUTED: "#000000",
}

LOW_GLARE: Theme = {
    **DARK,
    Role.BG: "#1E1B17",
    Role.SURFACE: "#2A2622",
    Role.INK: "#F2E9DA",
    Role.INK2: "#F2E9DA",
    Role.LINE: "#8A8176",
    Role.PRIMARY: "#F0C987",
    Role.ON_PRIMARY: "#1E1B17",
    Role.TINT: "#38322B",
}

THEMES: Mapping[Contrast, Theme] = {
    Contrast.LIGHT: LIGHT,
    Contrast.HIGH_LIGHT: HIGH_LIGHT,
    Contrast.DARK: DARK,
    Contrast.LOW_GLARE: LOW_GLARE,
}

TONES: Mapping[Tone, tuple[Role, Role]] = {  # text, area
    Tone.PLAIN: (Role.PRIMARY, Role.TINT),
    Tone.OK: (Role.OK, Role.OK_TINT),
    Tone.WARN: (Role.WARN, Role.WARN_TINT),
}


def rgba(colour: str) -> tuple[float, float, float, float]:
    """`#RRGGBB` as four numbers from 0 to 1."""
    red, green, blue = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    return red, green, blue, 1.0
