"""Makes the pictures of the documentation: pages of one journey, at half size, in few colours.

In `ways/` eight of its pages stand side by side as four citizens see them.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Annotated

import typer
from PIL import Image

from yici.journey.run import finished, journeys
from yici.mistakes import told

SHARE = 2  # one pixel of the picture for so many of the glass, each way
COLOURS = 256
RECEIPT = "receipt.png"

# Picture of the documentation ← the screenshot whose name ends so.
PICTURES = {
    "idle": "-idle.png",
    "choose": "-choose.png",
    "identify": "-identify.png",
    "question": "-question.side-chosen.png",
    "notice": "-notice.png",
    "field": "-field.child_name-filled.png",
    "materials": "-materials-brought.png",
    "check": "-check.png",
    "done": "-done.png",
    "receipt": RECEIPT,
}

WAYS = ("default", "care", "dark-largest", "seated")
PAGES = ("idle", "choose", "question", "notice", "field", "materials", "check", "done")
WAY_WIDTH = 400  # px of each page beside the others
GAP = 16  # px between them
BETWEEN = "#808080"


def make_pictures(target: Path, config: Path) -> tuple[Path, ...]:
    """Walk the journey and put its pictures into `target`; gives the files."""
    target.mkdir(parents=True, exist_ok=True)
    made = []
    with tempfile.TemporaryDirectory() as folder:
        shots = Path(folder)
        with journeys(config) as terminal:  # one after another: there is one window
            for way in WAYS:
                terminal.walk("newborn", language="zh", profile=way, out=shots / way)
        for name in PICTURES:
            made.append(_save(_shot(shots / WAYS[0], name), target / f"{name}.png"))
        (target / "ways").mkdir(exist_ok=True)
        for name in PAGES:
            made.append(
                _beside([_shot(shots / way, name) for way in WAYS], target / "ways" / f"{name}.png")
            )
    return tuple(made)


def _shot(folder: Path, name: str) -> Path:
    """The first screenshot of a page."""
    ending = PICTURES[name]
    return next(file for file in sorted(folder.glob("*.png")) if file.name.endswith(ending))


def _beside(sources: list[Path], target: Path) -> Path:
    """Several pages in one picture, from left to right."""
    pages = []
    for source in sources:
        with Image.open(source) as picture:
            height = round(picture.height * WAY_WIDTH / picture.width)
            pages.append(
                picture.convert("RGB").resize((WAY_WIDTH, height), Image.Resampling.LANCZOS)
            )
    width = len(pages) * (WAY_WIDTH + GAP) - GAP
    sheet = Image.new("RGB", (width, pages[0].height), BETWEEN)
    for number, page in enumerate(pages):
        sheet.paste(page, (number * (WAY_WIDTH + GAP), 0))
    sheet.quantize(COLOURS).save(target, optimize=True)
    return target


def _save(source: Path, target: Path) -> Path:
    with Image.open(source) as picture:
        small = picture.convert("RGB").resize(
            (picture.width // SHARE, picture.height // SHARE), Image.Resampling.LANCZOS
        )
        small.quantize(COLOURS).save(target, optimize=True)
    return target


def main(
    target: Annotated[Path, typer.Argument(help="folder for the pictures, such as docs/pictures")],
) -> None:
    """Make the pictures of the documentation."""
    root = Path(__file__).resolve().parent.parent
    with told(), finished():
        for file in make_pictures(target, root / "config"):
            typer.echo(file)


if __name__ == "__main__":
    typer.run(main)
