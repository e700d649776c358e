"""Walks the newborn life event by ear in a process of its own; prints what else was noticed.

Kivy has one window a process, and the tests' own is taken.
"""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path

from tests.harness.walk import ROOT
from yici.journey.run import BY_EAR, journeys


def main(out: Path) -> None:
    """One line of JSON: the summary, touches of the glass, what came to each output."""
    with journeys(ROOT / "config") as terminal:
        from kivy.core.window import Window  # noqa: PLC0415  opens the window

        touches: list[object] = []
        Window.bind(on_touch_down=lambda _, touch: touches.append(touch))
        summary = terminal.walk("newborn", language="zh", profile=BY_EAR, out=out)
        audio = terminal.around.audio
        noticed = {
            "touches_of_the_glass": len(touches),
            "loudspeaker_s": audio.loudspeaker.seconds,
            "heard_by_others": len(audio.loudspeaker.heard()),
            "headphones_s": audio.headphones.seconds,
        }
    sys.stdout.write(json.dumps(asdict(summary) | noticed) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
