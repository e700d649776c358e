"""Memory of the terminal process: a bare Kivy window, after start, and over whole sessions.

Resident set in MB, each in a fresh process on the same machine; over sessions together with the
simulated devices, which live in that process. Budgets: after start at most 2.3 times the bare
window; growth over sessions at most 5 %. Exit code 1 when one was not kept.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SESSIONS = int(os.environ.get("SESSIONS", "8"))
BUDGET_START = 2.3
BUDGET_GROWTH = 0.05


def resident_mb() -> float:
    """Resident set of this process."""
    status = Path("/proc/self/status").read_text("ascii")
    line = next(line for line in status.splitlines() if line.startswith("VmRSS:"))
    return int(line.split()[1]) / 1024


def bare() -> None:
    """A Kivy window of the same size with nothing in it."""
    from screens.environment import prepare

    with tempfile.TemporaryDirectory() as home:
        prepare(Path(home))
        from kivy.config import Config

        Config.set("graphics", "width", "1080")
        Config.set("graphics", "height", "1920")
        from kivy.base import EventLoop

        EventLoop.ensure_window()
        EventLoop.start()
        for _ in range(10):
            EventLoop.idle()
        print(resident_mb())


def terminal() -> None:
    """The terminal at its first page."""
    from run_kiosk import build, load_settings
    from screens.driver import WindowDriver

    settings = load_settings(ROOT / "config" / "terminal.toml")
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        built = build(settings.model_copy(update={"data": home / "data", "log": home / "log"}))
        built.station.start()
        driver = WindowDriver(built.window)
        driver.wait(lambda: driver.page is not None, "the first page")
        print(resident_mb())
        built.station.stop()


def sessions() -> None:
    """The terminal and its simulated devices after the first session and each later one."""
    from screens.driver import WindowDriver
    from yici.journey.citizen import Hands, ScriptedCitizen
    from yici.journey.run import build, terminal_settings
    from yici.journey.script import load_script
    from yici.journey.surroundings import surroundings

    config = ROOT / "config"
    script = load_script(config / "sandbox/scripts.yaml", "newborn")
    with (
        tempfile.TemporaryDirectory() as folder,
        surroundings(Path(folder), config) as around,
    ):
        built = build(terminal_settings(config, Path(folder), around))
        built.station.start()
        driver = WindowDriver(built.window)
        driver.wait(lambda: driver.page is not None, "the first page")
        for _ in range(SESSIONS):
            printed = len(around.printer.print_outs)
            hands = Hands(
                lay_card=lambda: around.reader.lay(around.cards[script.person]),
                take_card=around.reader.remove,
                printed=lambda before=printed: len(around.printer.print_outs) > before,
            )
            ScriptedCitizen(driver, script, hands, None).walk(
                "newborn", language="zh", begin_with="begin"
            )
            print(resident_mb())
        built.station.stop()


def measure(what: str) -> list[float]:
    """What a fresh process of that kind printed."""
    environment = os.environ | {"SDL_VIDEODRIVER": "offscreen", "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, __file__, what],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
        timeout=600,
    )
    return [float(line) for line in done.stdout.splitlines() if line.replace(".", "").isdigit()]


def main() -> int:
    """All of it, with the ratios."""
    (floor,), (start,) = measure("bare"), measure("terminal")
    first, *later = measure("sessions")
    last = later[-1] if later else first
    print(f"bare Kivy window        {floor:7.1f} MB")
    print(
        f"terminal after start    {start:7.1f} MB   {start / floor:.2f} x (budget {BUDGET_START})"
    )
    print(f"after the first session {first:7.1f} MB")
    growth = last / first - 1
    print(
        f"after {SESSIONS} sessions        {last:7.1f} MB   "
        f"{growth:+.1%} since the first (budget {BUDGET_GROWTH:.0%})"
    )
    return 0 if start <= BUDGET_START * floor and growth <= BUDGET_GROWTH else 1


if __name__ == "__main__":
    parts = {"bare": bare, "terminal": terminal, "sessions": sessions}
    sys.exit(parts[sys.argv[1]]() if sys.argv[1:] else main())
