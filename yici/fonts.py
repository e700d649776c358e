"""Prepares the fonts of the screens: `python -m yici.fonts build/fonts`.

Kivy opens the first face of a collection, which in Noto Sans CJK is the Japanese one: 令, 门, 直
and 骨 would be drawn the Japanese way. So the face for simplified Chinese is taken out.
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import dataclass
from pathlib import Path

SOURCE_FOLDER = Path("/usr/share/fonts/opentype/noto")  # Debian's fonts-noto-cjk
SIMPLIFIED_CHINESE = 2  # index of the face in NotoSansCJK-*.ttc: JP, KR, SC, TC, HK
FAMILY = "Noto Sans CJK SC"


class FontError(Exception):
    """A font cannot be prepared; says which file and what to do."""


@dataclass(frozen=True)
class Font:
    """One weight: a collection, and the file its face for simplified Chinese goes to."""

    collection: str
    face: str


FONTS = (
    Font("NotoSansCJK-Regular.ttc", "NotoSansSC-Regular.otf"),
    Font("NotoSansCJK-Bold.ttc", "NotoSansSC-Bold.otf"),
)


def prepare(target_folder: Path, source_folder: Path = SOURCE_FOLDER) -> tuple[Path, ...]:
    """Take out the faces that are missing or older than their collection; the files written.

    A file appears whole or not at all. Raises FontError when a collection is missing or its face
    is not the one for simplified Chinese.
    """
    written = []
    for font in FONTS:
        collection, face = source_folder / font.collection, target_folder / font.face
        if not collection.is_file():
            raise FontError(f"{collection} is missing; install Debian's fonts-noto-cjk")
        if face.is_file() and face.stat().st_mtime >= collection.stat().st_mtime:
            continue
        target_folder.mkdir(parents=True, exist_ok=True)
        _take_out(collection, face)
        written.append(face)
    return tuple(written)


def _take_out(collection: Path, face: Path) -> None:
    # fontTools takes 0.2 s to import, and mostly there is nothing to take out
    from fontTools.ttLib import TTFont, TTLibError  # noqa: PLC0415

    part = face.with_suffix(".part")
    try:
        with TTFont(collection, fontNumber=SIMPLIFIED_CHINESE) as font:
            family = font["name"].getBestFamilyName()
            if family != FAMILY:
                raise FontError(
                    f"{collection}: face {SIMPLIFIED_CHINESE} is {family}, not {FAMILY}"
                )
            font.save(part)
    except TTLibError as error:
        raise FontError(f"{collection} is no font collection: {error}") from error
    part.replace(face)


def main() -> int:
    """Command line; exit code 1 with one line on standard error when it fails."""
    parser = argparse.ArgumentParser(description="Prepare the fonts of the screens.")
    parser.add_argument("folder", type=Path, help="where the fonts go, such as build/fonts")
    try:
        for face in prepare(parser.parse_args().folder):
            sys.stdout.write(f"setup: {face} prepared\n")
    except (FontError, OSError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
