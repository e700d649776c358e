"""What the screens stand on: the glass and the font files. Passed in, never looked up."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Panel:
    """The glass. `ppi` is the true number of pixels per inch; all text is sized by it.

    `bottom_mm`: how high above the floor the lower edge of the picture is.
    """

    width: int = 1080
    height: int = 1920
    ppi: float = 81.6
    fullscreen: bool = True
    bottom_mm: float = 700.0


@dataclass(frozen=True)
class Fonts:
    """Font files, one face each: Kivy reads only the first face of a collection."""

    regular: Path
    bold: Path
    icons: Path
