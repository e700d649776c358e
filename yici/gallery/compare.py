"""Whether a component still looks as it did: moved, cut off or gone parts are found.

Pictures are compared by the mean of squares of pixels, so that the edges of letters, which another
processor's software drawing rounds otherwise, make no difference, and a part elsewhere does.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageChops, ImageDraw

from screens.sketch import Box
from yici.gallery.shots import Shot

SQUARE = 4  # px of the stored picture, each way
STEP = 20  # of 255: between two squares, of what can be seen at a glance
MOST_SQUARES = 6  # that may differ; a caret or a small icon is more
COLOURS = 128
ACCEPT = "python -m yici.gallery --accept"


@dataclass(frozen=True)
class Difference:
    """What was found. `squares` differ; `picture` has them in red over what is new."""

    squares: int
    picture: Image.Image


def small(picture: Image.Image) -> Image.Image:
    """As it is stored: few colours, which is a few kilobytes."""
    return picture.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)


def kept(shot: Shot) -> Image.Image:
    """A shot as it is stored, without what moves."""
    return small(_still(shot.picture, shot.moving))


def difference(before: Image.Image, after: Image.Image) -> Difference | None:
    """What differs beyond the tolerance; None when nothing does."""
    if before.size != after.size:
        return Difference(after.width * after.height // SQUARE**2, after.convert("RGB"))
    one, other = (picture.convert("RGB") for picture in (before, after))
    steps = ImageChops.difference(one.reduce(SQUARE), other.reduce(SQUARE))
    most = steps.split()
    seen = ImageChops.lighter(ImageChops.lighter(most[0], most[1]), most[2])
    mask = seen.point(lambda step: 255 if step > STEP else 0)
    squares = mask.histogram()[255]
    if squares <= MOST_SQUARES:
        return None
    large = mask.resize(other.size, Image.Resampling.NEAREST)
    red = Image.new("RGB", other.size, "red")
    return Difference(squares, Image.composite(Image.blend(other, red, 0.6), other, large))


def _still(picture: Image.Image, moving: Box | None) -> Image.Image:
    picture = picture.convert("RGB")
    if moving is not None:
        box = (moving.x, moving.y, moving.right, moving.bottom)
        ImageDraw.Draw(picture).rectangle(box, fill="black")
    return picture


def against(shot: Shot, stored: Path, failed: Path) -> str:
    """What is wrong with a shot, empty when nothing is; then the new picture and the difference
    are written into `failed`.
    """
    if not stored.exists():
        kept(shot).save(_in(failed, stored.name), optimize=True)
        return f"{stored.name}: no such picture is stored; look at {failed}, then {ACCEPT}"
    with Image.open(stored) as before:
        found = difference(before, kept(shot))
    if found is None:
        return ""
    kept(shot).save(_in(failed, stored.name), optimize=True)
    found.picture.save(_in(failed, f"{stored.stem}-difference.png"), optimize=True)
    return (
        f"{stored.name}: {found.squares} squares of {SQUARE} px look otherwise; the new picture "
        f"and the difference are in {failed}. If it is to be so: {ACCEPT}"
    )


def _in(folder: Path, name: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return folder / name
