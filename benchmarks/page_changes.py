"""Memory over page changes: `python -m benchmarks.page_changes`.

Resident set in MB after the first 200 changes, when every page was seen and caches are full, and
after 1,000, between the pages of a whole life event, drawn by the terminal's own window; silent,
and read aloud on a simulated loudspeaker, where each page is left once its first words are heard.
Each in a fresh process. Budget: growth of at
most 5 %. The last line is JSON.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from itertools import cycle, groupby, islice
from pathlib import Path

from benchmarks.terminal_memory import resident_mb
from drivers.kinds import Kind
from drivers.status import DeviceState, DeviceStatus
from kiosk import beijing
from kiosk.access.profile import Profile, Speech
from kiosk.access.speech.port import Utterance
from kiosk.journey.page import Page
from kiosk.journey.world import World
from yici.audit.collect import Collector

ROOT = Path(__file__).resolve().parent.parent
LIFE_EVENT = "newborn"
FIRST, CHANGES = 200, int(os.environ.get("CHANGES", "1000"))
BUDGET_GROWTH = 0.05
REST_EACH = 20  # pages
WAYS = ("silent", "aloud")
TIMEOUT_S = 900


def change_pages(way: str) -> None:
    """Show page after page; print the resident set after the first of them and after all."""
    from run_kiosk import build
    from screens.driver import WindowDriver
    from yici.journey.run import terminal_settings
    from yici.journey.surroundings import surroundings

    config = ROOT / "config"
    profile = Profile(speech=Speech(on=way == "aloud"))
    with tempfile.TemporaryDirectory() as folder, surroundings(Path(folder), config) as around:
        terminal = build(terminal_settings(config, Path(folder), around))
        terminal.station.start()
        driver = WindowDriver(terminal.window)
        driver.wait(lambda: driver.page is not None, "the first page")
        pages = _journey(terminal.world, config, profile)
        words: list[Utterance] = []
        voice = terminal.voice
        if way == "aloud":
            voice.listen(words.append)
            driver.wait(lambda: _sounds(terminal.station.standing().devices), "a loudspeaker")
        for number, page in enumerate(islice(cycle(pages), CHANGES), 1):
            before = len(words)
            terminal.window.show(page, profile)
            driver.settle()
            if way == "aloud":
                driver.wait(
                    lambda before=before: len(words) > before or not voice.speaking, "words"
                )
            if number % REST_EACH == 0:
                driver.rest()  # as when somebody reads; then garbage is collected
            if number in (FIRST, CHANGES):
                print(resident_mb())
        terminal.station.stop()


def _journey(world: World, config: Path, profile: Profile) -> list[Page]:
    """The pages of one citizen from the idle picture to the end, no two in a row of one id."""
    walks = Collector(world, config / "sandbox", beijing.now())
    situations = walks.life_event(LIFE_EVENT)
    _, first = next(groupby(situations, key=lambda one: one.moment.fresh_id))
    pages = [one.seen_by(world, profile) for one in first]
    return [next(same) for _, same in groupby(pages, key=lambda page: page.id)]


def _sounds(devices: tuple[DeviceStatus, ...]) -> bool:
    return any(one.device == Kind.AUDIO and one.state is DeviceState.ONLINE for one in devices)


def measure(way: str) -> tuple[float, float]:
    """After the first changes, after all."""
    environment = os.environ | {"SDL_VIDEODRIVER": "offscreen", "KCFG_GRAPHICS_MAXFPS": "0"}
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.page_changes", way],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
        timeout=TIMEOUT_S,
    )
    lines = [line for line in done.stdout.splitlines() if line.replace(".", "").isdigit()]
    first, last = map(float, lines)
    return first, last


def main() -> int:
    results = {}
    for way in WAYS:
        first, last = measure(way)
        growth = last / first - 1
        results[way] = {"first_mb": round(first, 1), "last_mb": round(last, 1), "growth": growth}
        print(
            f"{way:<8}{first:8.1f} MB {last:8.1f} MB   {growth:+.1%} (budget {BUDGET_GROWTH:.0%})"
        )
    print(json.dumps({"benchmark": "page changes", "changes": CHANGES, "results": results}))
    return 0 if all(one["growth"] <= BUDGET_GROWTH for one in results.values()) else 1


if __name__ == "__main__":
    if sys.argv[1:]:
        change_pages(sys.argv[1])
    else:
        sys.exit(main())
