"""Colours by what they mean. A role has one colour in each contrast."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from kiosk.access.profile import Contrast
from kiosk.journey.page import Tone


class Role(StrEnum):
    """What a colour is for."""

    BG = "bg"  # page
    SURFACE = "surface"  # cards, inputs
    INK = "ink"  # text
    INK2 = "ink2"  # secondary text
    LINE = "line"  # rules, and what only decorates; says nothing
    EDGE = "edge"  # the border of what can be touched
    PRIMARY = "primary"  # what can be done, what is chosen
    ON_PRIMARY = "on_primary"
    TINT = "tint"  # chosen card, keys that do something
    TRACK = "track"  # the way not yet gone
    OK = "ok"
    OK_TINT = "ok_tint"
    WARN = "warn"
    WARN_TINT = "warn_tint"
    SEAL = "seal"  # the mark
    ON_SEAL = "on_seal"
    FOCUS = "focus"  # ring around what a key would select
    FOCUS_EDGE = "focus_edge"  # on both sides of the ring, so that one of the two stands out
    MUTED = "muted"  # a button that cannot act yet
    ON_MUTED = "on_muted"
    PAPER = "paper"  # the quiet zone of a printed code, light in every contrast
    CODE = "code"  # the modules of a printed code, dark in every contrast


Theme = Mapping[Role, str]

LIGHT: Theme = {
    Role.BG: "#F5F3EE",
    Role.SURFACE: "#FFFFFF",
    Role.INK: "#13212C",
    Role.INK2: "#2A3843",
    Role.LINE: "#C9CFD3",
    Role.EDGE: "#707D86",
    Role.PRIMARY: "#0A3852",
    Role.ON_PRIMARY: "#FFFFFF",
    Role.TINT: "#E3EDF2",
    Role.TRACK: "#D5E1E8",
    Role.OK: "#053F23",
    Role.OK_TINT: "#E2F0E8",
    Role.WARN: "#552A00",
    Role.WARN_TINT: "#FBEBD8",
    Role.SEAL: "#B3161B",
    Role.ON_SEAL: "#FFFFFF",
    Role.FOCUS: "#FFB000",
    Role.FOCUS_EDGE: "#13212C",
    Role.MUTED: "#C4CED4",
    Role.ON_MUTED: "#13212C",
    Role.PAPER: "#FFFFFF",
    Role.CODE: "#000000",
}

# Beside white only what is nearly black is 20:1, and beside black what is nearly white: both
# contrasts tell states apart by border, pictogram and weight.
HIGH_LIGHT: Theme = {
    **LIGHT,
    Role.BG: "#FFFFFF",
    Role.INK: "#000000",
    Role.INK2: "#000000",
    Role.LINE: "#767676",
    Role.EDGE: "#000000",
    Role.PRIMARY: "#000000",
    Role.TINT: "#FAFAFA",
    Role.TRACK: "#C8C8C8",
    Role.OK: "#000000",
    Role.OK_TINT: "#F2FFF2",
    Role.WARN: "#000000",
    Role.WARN_TINT: "#FFFFC8",
    Role.SEAL: "#000000",
    Role.FOCUS_EDGE: "#000000",
    Role.MUTED: "#FAFAFA",
    Role.ON_MUTED: "#000000",
}

DARK: Theme = {
    Role.BG: "#000000",
    Role.SURFACE: "#000000",
    Role.INK: "#FFFFFF",
    Role.INK2: "#FFFFFF",
    Role.LINE: "#8A8A8A",
    Role.EDGE: "#FFFFFF",
    Role.PRIMARY: "#FFFFA0",
    Role.ON_PRIMARY: "#000000",
    Role.TINT: "#000000",
    Role.TRACK: "#3A3A3A",
    Role.OK: "#EEFFF4",
    Role.OK_TINT: "#000000",
    Role.WARN: "#FFFAF0",
    Role.WARN_TINT: "#000000",
    Role.SEAL: "#FFFFA0",
    Role.ON_SEAL: "#000000",
    Role.FOCUS: "#FFB000",
    Role.FOCUS_EDGE: "#000000",
    Role.MUTED: "#000000",
    Role.ON_MUTED: "#FFFFFF",
    Role.PAPER: "#FFFFFF",
    Role.CODE: "#000000",
}

# No letter is brighter than 10:1 needs, no area is light, nothing is white.
LOW_GLARE: Theme = {
    Role.BG: "#161310",
    Role.SURFACE: "#1B1713",
    Role.INK: "#D8CDBB",
    Role.INK2: "#D8CDBB",
    Role.LINE: "#5A5248",
    Role.EDGE: "#8A8176",
    Role.PRIMARY: "#E8C894",
    Role.ON_PRIMARY: "#161310",
    Role.TINT: "#231E18",
    Role.TRACK: "#3A332B",
    Role.OK: "#A9D6B4",
    Role.OK_TINT: "#14211A",
    Role.WARN: "#E8C59C",
    Role.WARN_TINT: "#261B10",
    Role.SEAL: "#E8C894",
    Role.ON_SEAL: "#161310",
    Role.FOCUS: "#E0A030",
    Role.FOCUS_EDGE: "#161310",
    Role.MUTED: "#231E18",
    Role.ON_MUTED: "#D8CDBB",
    Role.PAPER: "#D8CDBB",
    Role.CODE: "#000000",
}

THEMES: Mapping[Contrast, Theme] = {
    Contrast.LIGHT: LIGHT,
    Contrast.HIGH_LIGHT: HIGH_LIGHT,
    Contrast.DARK: DARK,
    Contrast.LOW_GLARE: LOW_GLARE,
}


@dataclass(frozen=True)
class Rule:
    """How far two colours must be apart, and where that is written."""

    clause: str
    least: Mapping[Contrast, float]


def _everywhere(ratio: float) -> Mapping[Contrast, float]:
    return dict.fromkeys(Contrast, ratio)


TEXT = Rule(
    "VVSG 2.0 7.1-C, 7.1-D (WCAG 2.2 1.4.3, 1.4.6)",
    {**_everywhere(10.0), Contrast.HIGH_LIGHT: 20.0, Contrast.DARK: 20.0},
)
SHAPE = Rule("WCAG 2.2 1.4.11", _everywhere(3.0))


@dataclass(frozen=True)
class Pair:
    """What stands on which area. A rule of `TEXT` is for letters, of `SHAPE` for all else."""

    front: Role
    area: Role
    rule: Rule


def _on(rule: Rule, front: Role, *areas: Role) -> tuple[Pair, ...]:
    return tuple(Pair(front, area, rule) for area in areas)


PLAIN_AREAS = (Role.BG, Role.SURFACE, Role.TINT)
AREAS = (*PLAIN_AREAS, Role.OK_TINT, Role.WARN_TINT, Role.PRIMARY, Role.MUTED)

PAIRS: tuple[Pair, ...] = (
    *_on(TEXT, Role.INK, *PLAIN_AREAS, Role.OK_TINT, Role.WARN_TINT),
    *_on(TEXT, Role.INK2, *PLAIN_AREAS, Role.OK_TINT, Role.WARN_TINT),
    *_on(TEXT, Role.PRIMARY, *PLAIN_AREAS),
    *_on(TEXT, Role.OK, Role.BG, Role.SURFACE, Role.OK_TINT),
    *_on(TEXT, Role.WARN, Role.BG, Role.SURFACE, Role.WARN_TINT),
    *_on(TEXT, Role.ON_PRIMARY, Role.PRIMARY),
    *_on(TEXT, Role.ON_MUTED, Role.MUTED),
    *_on(SHAPE, Role.EDGE, *PLAIN_AREAS),
    *_on(SHAPE, Role.PRIMARY, Role.TRACK),
    *_on(SHAPE, Role.SEAL, Role.BG),
    *_on(SHAPE, Role.ON_SEAL, Role.SEAL),
    *_on(SHAPE, Role.CODE, Role.PAPER),
    *_on(SHAPE, Role.FOCUS, Role.FOCUS_EDGE),
)
# The ring is of two colours, far apart: on every one of `AREAS` one of them keeps to `SHAPE`.
RING = (Role.FOCUS, Role.FOCUS_EDGE)

TONES: Mapping[Tone, tuple[Role, Role]] = {  # text, area
    Tone.PLAIN: (Role.PRIMARY, Role.TINT),
    Tone.OK: (Role.OK, Role.OK_TINT),
    Tone.WARN: (Role.WARN, Role.WARN_TINT),
}


def rgba(colour: str) -> tuple[float, float, float, float]:
    """`#RRGGBB` as four numbers from 0 to 1."""
    red, green, blue = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    return red, green, blue, 1.0
