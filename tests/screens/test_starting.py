"""Importing opens nothing; Kivy's surroundings are settled before it is imported."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def run(code: str, home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """A fresh interpreter with a home folder of its own."""
    return subprocess.run(
        [sys.executable, "-c", code, "--config", *(arguments or ["nonsense"])],
        cwd=ROOT,
        env={**os.environ, "HOME": str(home), "SDL_VIDEODRIVER": "offscreen"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_importing_the_window_imports_no_kivy(tmp_path: Path) -> None:
    code = "import screens.window, screens.driver, sys; assert 'kivy' not in sys.modules"
    assert run(code, tmp_path).returncode == 0


def test_kivy_takes_no_arguments_and_writes_nothing_into_the_home(tmp_path: Path) -> None:
    code = (
        "import pathlib; from screens.environment import prepare;"
        f"prepare(pathlib.Path({str(tmp_path / 'kivy')!r}));"
        "import kivy.core.window; from kivy.config import Config;"
        "assert Config.getint('kivy', 'exit_on_escape') == 0"
    )
    done = run(code, tmp_path)
    assert done.returncode == 0, done.stderr
    assert not (tmp_path / ".kivy").exists()
    written = [p.name for p in (tmp_path / "kivy").rglob("*") if p.suffix in (".txt", ".ini")]
    assert written == []


SERVE = """
import gc, pathlib, sys, threading, time
from kiosk.access.phrases import Phrases
from kiosk.access.profile import Profile
from kiosk.access.rime import SHARED_FOLDER, RimeInput
from screens.panel import Panel
from screens.window import TerminalWindow
from tests.harness.window import fonts
from tests.screens.sample_pages import sample
home = pathlib.Path(sys.argv[2])
window = TerminalWindow(
    Panel(fullscreen=False), fonts(), Phrases.load(pathlib.Path("config/phrases")),
    RimeInput(SHARED_FOLDER, home), lambda _: None, lambda: None, home=home,
)
def other_thread():
    window.show(sample("idle"), Profile())
    until = time.monotonic() + 20
    while window.page is None and time.monotonic() < until:
        time.sleep(0.01)
    print(window.page.id, gc.isenabled(), flush=True)
    window.close()
threading.Thread(target=other_thread).start()
window.run()
print("closed", gc.isenabled())
"""


def test_pages_come_from_another_thread_and_the_window_ends_when_closed(tmp_path: Path) -> None:
    done = run(SERVE, tmp_path, str(tmp_path))
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-2:] == ["idle False", "closed True"]


def test_settling_too_late_is_refused(tmp_path: Path) -> None:
    code = (
        "import os; os.environ['KIVY_NO_CONSOLELOG'] = '1';"
        "os.environ['KIVY_NO_ARGS'] = '0'; import sys; sys.argv = ['x']; import kivy;"
        "import pathlib; from screens.environment import KivyAlreadyImported, prepare\n"
        "try:\n    prepare(pathlib.Path('/nowhere'))\n"
        "except KivyAlreadyImported:\n    raise SystemExit(7)"
    )
    assert run(code, tmp_path).returncode == 7
