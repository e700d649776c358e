"""Runs one journey from end to end and says what it came to."""

from __future__ import annotations

import json
import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from kiosk.station.log import log_to
from kiosk.station.settings import TerminalSettings, load_settings
from run_kiosk import Terminal, build
from yici.journey.citizen import Hands, ScriptedCitizen
from yici.journey.script import Script, load_script
from yici.journey.surroundings import Surroundings, surroundings

# The idle picture's actions that a profile begins with.
PROFILES = {"default": "begin", "large-text": "large_text", "dark": "dark"}


@dataclass(frozen=True)
class Summary:
    """What a journey came to; the last line that `yici journey` prints."""

    life_event: str
    matters: int
    case_no: str
    pages: int
    touches: int
    fields_asked: int
    fields_separate: int
    prefilled: int
    materials_total: int
    materials_exempt: int
    receipt: str
    screenshots: int
    seconds: float

    def as_json(self) -> str:
        """One line."""
        return json.dumps(asdict(self), ensure_ascii=False)


def run_journey(
    life_event: str,
    *,
    config: Path,
    language: str,
    profile: str,
    person: str = "",
    out: Path | None = None,
    data: Path | None = None,
) -> Summary:
    """Walk a life event, by slug or number, with the terminal settings of `config/terminal.toml`.

    `person`: a slug of `sandbox/people.yaml` in place of the script's. `out`: a folder for
    pictures of every page and of the receipt; `data`: one in which the terminal's stores and logs
    are kept afterwards, to be looked into. Raises KeyError for an unknown life event, ScriptError,
    LostWay, NotOnTheGlass and NotSettled when the journey cannot be finished.
    """
    os.environ.setdefault("SDL_VIDEODRIVER", "offscreen")
    with (
        tempfile.TemporaryDirectory(prefix="yici-journey-") as folder,
        surroundings(Path(folder), config) as around,
    ):
        settings = terminal_settings(config, data or Path(folder), around)
        log_to(settings.log)
        terminal = build(settings)
        event = terminal.world.catalogue.life_event(life_event)
        script = load_script(config / "sandbox/scripts.yaml", event.slug)
        if person:
            script = script.model_copy(update={"person": person})
        began = time.monotonic()
        with _started(terminal):
            citizen = _citizen(terminal, around, script, out)
            citizen.walk(event.slug, language=language, begin_with=PROFILES[profile])
        seconds = time.monotonic() - began
        ended = _last_session(settings.log / "terminal.log")
        receipt = _receipt(around, out, settings.fonts.regular)
        case_no = str(around.newest_case().get("project_no", ""))
    fields = {name: ended[name] for name in Summary.__annotations__ if name in ended}
    own = {
        "case_no": case_no,
        "receipt": receipt,
        "screenshots": len(citizen.screenshots),
        "seconds": round(seconds, 1),
    }
    return Summary(**(fields | own))


def terminal_settings(config: Path, folder: Path, around: Surroundings) -> TerminalSettings:
    """The shipped settings with the wires of these surroundings and data in `folder`."""
    shipped = load_settings(config / "terminal.toml")
    changes = shipped.model_dump()
    changes["data"], changes["log"] = folder / "terminal", folder / "log"
    changes["gateway"] |= {"url": around.platform_url, "key": around.key}
    devices = changes["devices"]
    changes["devices"] = {
        "id_card": devices["id_card"] | {"url": around.reader.url},
        "receipt_printer": devices["receipt_printer"] | {"url": around.printer.url},
    }
    changes["panel"]["fullscreen"] = False
    return TerminalSettings(**changes)


@contextmanager
def _started(terminal: Terminal) -> Iterator[None]:
    terminal.station.start()
    try:
        yield
    finally:
        terminal.station.stop()


def _citizen(
    terminal: Terminal, around: Surroundings, script: Script, out: Path | None
) -> ScriptedCitizen:
    from screens.driver import WindowDriver  # noqa: PLC0415  knows Kivy

    if out is not None:
        out.mkdir(parents=True, exist_ok=True)
    hands = Hands(
        lay_card=lambda: around.reader.lay(around.cards[script.person]),
        take_card=around.reader.remove,
        printed=lambda: bool(around.printer.print_outs),
    )
    return ScriptedCitizen(WindowDriver(terminal.window), script, hands, out)


def _last_session(log: Path) -> dict[str, Any]:
    """The figures that the terminal itself logged at the end of the session."""
    for line in reversed(log.read_text("utf-8").splitlines()):
        entry: dict[str, Any] = json.loads(line)
        if entry.get("event") == "session ended":
            return entry
    raise RuntimeError(f"{log}: no session came to its end")


def _receipt(around: Surroundings, out: Path | None, font: Path) -> str:
    if out is None or not around.save_receipt(out / "receipt.png", font):
        return ""
    return "receipt.png"
