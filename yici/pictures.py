"""Makes the pictures of the documentation: one journey, its pages at half size, few colours."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from PIL import Image

from yici.journey.run import run_journey

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


def make_pictures(target: Path, config: Path) -> tuple[Path, ...]:
    """Walk the journey and put its pictures into `target`; gives the files."""
    target.mkdir(parents=True, exist_ok=True)
    made = []
    with tempfile.TemporaryDirectory() as folder:
        shots = Path(folder)
        run_journey("newborn", config=config, language="zh", profile="default", out=shots)
        for name, ending in PICTURES.items():
            source = next(
                file for file in sorted(shots.glob("*.png")) if file.name.endswith(ending)
            )
            made.append(_save(source, target / f"{name}.png"))
    return tuple(made)


def _save(source: Path, target: Path) -> Path:
    with Image.open(source) as picture:
        small = picture.convert("RGB").resize(
            (picture.width // SHARE, picture.height // SHARE), Image.Resampling.LANCZOS
        )
        small.quantize(COLOURS).save(target, optimize=True)
    return target


def main() -> int:
    """`python -m yici.pictures docs/pictures`."""
    root = Path(__file__).resolve().parent.parent
    for file in make_pictures(Path(sys.argv[1]), root / "config"):
        print(file)  # noqa: T201
    return 0


if __name__ == "__main__":
    sys.exit(main())
