"""How one citizen wants the terminal: text size, contrast, language. Forgotten with the session."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class TextSize(StrEnum):
    """Four steps of body text, by the height of a capital letter (VVSG 2.0 7.1-G, EN 5.1.4)."""

    SMALL = "small"  # 5.2 mm
    NORMAL = "normal"  # 7.3 mm
    LARGE = "large"  # 9.0 mm
    LARGEST = "largest"  # 11.5 mm

    @property
    def capital_mm(self) -> float:
        """Height of a capital letter in mm."""
        return {"small": 5.2, "normal": 7.3, "large": 9.0, "largest": 11.5}[self.value]


class Contrast(StrEnum):
    """Which colours stand for which role."""

    LIGHT = "light"
    DARK = "dark"  # high contrast, at least 20:1


class Language(StrEnum):
    """Languages of the pages; each is a folder of `config/phrases/`."""

    ZH = "zh"
    EN = "en"


@dataclass(frozen=True)
class Profile:
    """What is in force for the session."""

    text: TextSize = TextSize.NORMAL
    contrast: Contrast = Contrast.LIGHT
    language: Language = Language.ZH
