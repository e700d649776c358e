"""The whole audit: pages collected, looked at as a plan says, and some of them photographed."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from kiosk import beijing
from kiosk.access.profile import Profile
from screens.audit.photography import Photography
from screens.driver import WindowDriver
from yici.audit.auditor import Auditor
from yici.audit.results import Results
from yici.audit.room import Room, kivy_home
from yici.audit.run import covering_plan, look, look_at_pixels, pixel_plan, whole_plan
from yici.mistakes import life_event


def audit(
    config: Path,
    life_events: Sequence[str],
    ways: Sequence[Profile] | None,
    *,
    turn: int,
    pixels: int | None,
) -> tuple[int, list[Results]]:
    """How many pages there are, and what was measured without and with their pixels.

    `ways`: every page in each of these; None: in one of the covering ones, by `turn`. `pixels`: of
    how many compositions; None: of all. `life_events`: slugs or numbers, all when there are none.
    Raises Unusable for one there is not, and what `Room.of` raises.
    """
    os.environ.setdefault("SDL_VIDEODRIVER", "offscreen")
    os.environ.setdefault("KCFG_GRAPHICS_MAXFPS", "0")
    with kivy_home() as home:
        room = Room.of(config, beijing.now())
        slugs = [life_event(room.world.catalogue, name).slug for name in life_events]
        situations = room.collector(config).collect(slugs)
        auditor = Auditor(room.world, room.drawing(home), situations)
        plan = covering_plan(situations, turn) if ways is None else whole_plan(situations, ways)
        results = [look(auditor, plan)]
        if pixels != 0:
            photography = Photography(WindowDriver(room.window(home)))
            few = pixel_plan(situations, turn, pixels)
            results.append(look_at_pixels(auditor, few, photography))
    return len(situations), results
