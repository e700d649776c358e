"""Runs journeys from end to end at one terminal and says what each came to."""

from __future__ import annotations

import json
import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

import typer

from drivers.kinds import Kind
from drivers.simulators import people
from drivers.status import DeviceState
from kiosk import beijing
from kiosk.station.log import log_to
from kiosk.station.settings import TerminalSettings, load_settings
from run_kiosk import Terminal, build
from yici import mistakes
from yici.journey.blind import BlindCitizen, Keypad
from yici.journey.citizen import Hands, LostWay, ScriptedCitizen
from yici.journey.fingers import KeyNotFound
from yici.journey.invented import Inventor
from yici.journey.listening import Transcript, load_known
from yici.journey.script import Script, load_script
from yici.journey.surroundings import Surroundings, surroundings
from yici.mistakes import Unusable

if TYPE_CHECKING:
    from screens.driver import WindowDriver

# What a profile begins with: an action of the idle picture, then what is pressed on the next page.
PROFILES = {
    "default": ("begin",),
    "care": ("care",),
    "seated": ("seated",),
    "dark": ("dark",),
    "dark-largest": ("dark", "text_size", "text_size"),
    "switch": ("begin",),
    "two-switches": ("begin",),
}
BY_EAR = "keypad-blind"
BY_SWITCH = ("switch", "two-switches")
LAST = 8  # things heard and done that are told of a journey without an end
PACE_S = 0.4  # of the ring, for hands that never tremble


@dataclass(frozen=True)
class Summary:
    """What a journey came to; the last line that `yici journey` prints.

    `case_no` is the platform's, empty when nothing was handed in.
    """

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


class Journeys:
    """A terminal with all that stands around it; one citizen comes after another."""

    def __init__(
        self, settings: TerminalSettings, terminal: Terminal, around: Surroundings, config: Path
    ) -> None:
        from screens.driver import WindowDriver  # noqa: PLC0415  knows Kivy

        self._settings = settings
        self._terminal = terminal
        self._around = around
        self._config = config
        self._driver: WindowDriver = WindowDriver(terminal.window)

    @property
    def around(self) -> Surroundings:
        """The far ends of the terminal's wires."""
        return self._around

    def walk(
        self,
        life_event: str,
        *,
        language: str,
        profile: str,
        person: str = "",
        out: Path | None = None,
    ) -> Summary:
        """Walk a life event, by slug or number; as `run_journey`."""
        event = mistakes.life_event(self._terminal.world.catalogue, life_event)
        script = load_script(self._config / "sandbox/scripts.yaml", event.slug)
        if person:
            script = script.model_copy(update={"person": person})
        if out is not None:
            out.mkdir(parents=True, exist_ok=True)
        # A card laid before the reader is looked at would be taken for one that was left there.
        self._driver.wait(
            lambda: self._has(Kind.ID_CARD) and self._has(Kind.RECEIPT_PRINTER),
            "reader and receipt printer",
        )
        papers = self._around.papers
        began = time.monotonic()
        screenshots = 0
        if profile == BY_EAR:
            self._by_ear(event.slug, language, out)
        else:
            citizen = self._citizen(script, event.slug, out, profile)
            first, *then = PROFILES[profile]
            citizen.walk(event.slug, language=language, begin_with=first, then=tuple(then))
            screenshots = len(citizen.screenshots)
        seconds = time.monotonic() - began
        ended = _last_session(self._settings.log / "terminal.log")
        newest = self._around.newest_case() if ended["handed_in"] else {}
        printed = self._around.papers > papers
        own = {
            "case_no": str(newest.get("project_no", "")),
            "receipt": self._receipt(out) if printed else "",
            "screenshots": screenshots,
            "seconds": round(seconds, 1),
        }
        fields = {name: ended[name] for name in Summary.__annotations__ if name in ended}
        return Summary(**(fields | own))

    def _citizen(
        self, script: Script, life_event: str, out: Path | None, profile: str
    ) -> ScriptedCitizen:
        hands = self._hands(script.person)
        catalogue, today = self._terminal.world.catalogue, beijing.today()
        invent = Inventor(catalogue, today, Random(life_event))  # noqa: S311  no secret
        return ScriptedCitizen(
            self._driver_for(profile), script, hands, out, invent.value, lambda: today
        )

    def _driver_for(self, profile: str) -> WindowDriver:
        if profile not in BY_SWITCH:
            return self._driver
        from yici.journey.switches import SwitchDriver  # noqa: PLC0415  knows Kivy

        self._driver.wait(lambda: self._has(Kind.NAV_KEYPAD), "the switches to be there")
        press = self._around.keypad.press
        return SwitchDriver(self._terminal.window, press, one=profile == "switch")

    def _hands(self, person: str) -> Hands:
        around, papers = self._around, self._around.papers
        return Hands(
            lay_card=lambda: around.reader.lay(around.cards[person]),
            take_card=around.reader.remove,
            printed=lambda: around.papers > papers,
        )

    def _by_ear(self, life_event: str, language: str, out: Path | None) -> None:
        """Ends with what was heard in `transcript.txt`, also of a journey without an end."""
        from screens.driver import NotSettled  # noqa: PLC0415  knows Kivy

        voice, keypad = self._terminal.voice, self._around.keypad
        if voice is None:
            raise LostWay("the terminal has no sound device")
        self._driver.wait(
            lambda: self._has(Kind.NAV_KEYPAD) and self._has(Kind.AUDIO), "keypad and sound"
        )
        known = load_known(self._config / "sandbox/listening.yaml", life_event, language)
        transcript = Transcript()
        voice.listen(transcript.hear)
        buttons = Keypad(keypad.press, keypad.plug_headphones)
        citizen = BlindCitizen(
            transcript, buttons, self._hands(known.person), known, self._driver.wait
        )
        try:
            citizen.walk()
        except (LostWay, KeyNotFound, NotSettled) as error:
            raise LostWay(
                f"{error}; before that: {' / '.join(transcript.lines[-LAST:])}"
            ) from error
        finally:
            if out is not None:
                lines = "\n".join(transcript.lines)
                (out / "transcript.txt").write_text(lines + "\n", "utf-8")

    def _has(self, kind: Kind) -> bool:
        """Whether the terminal has that device by now; most are loaded after the first page."""
        devices = self._terminal.station.standing().devices
        return any(d.device == kind and d.state is DeviceState.ONLINE for d in devices)

    def _receipt(self, out: Path | None) -> str:
        if out is None:
            return ""
        self._around.save_receipt(out / "receipt.png", self._settings.fonts.regular)
        return "receipt.png"


@contextmanager
def journeys(config: Path, data: Path | None = None) -> Iterator[Journeys]:
    """A terminal with the settings of `config/terminal.toml`, ended on leaving.

    `data`: a folder in which its stores and logs are kept afterwards, to be looked into. Raises
    SettingsError and what `surroundings` and `run_kiosk.build` raise.
    """
    load_settings(config / "terminal.toml")  # what is wrong in them is said before anything starts
    os.environ.setdefault("SDL_VIDEODRIVER", "offscreen")
    with (
        tempfile.TemporaryDirectory(prefix="yici-journey-") as folder,
        surroundings(Path(folder), config) as around,
    ):
        settings = terminal_settings(config, data or Path(folder), around)
        log_to(settings.log)
        terminal = build(settings)
        terminal.station.start()
        try:
            yield Journeys(settings, terminal, around, config)
        finally:
            terminal.station.stop()


@contextmanager
def finished() -> Iterator[None]:
    """Say of a journey without an end where it was lost, and end with 1."""
    from screens.driver import NotOnTheGlass, NotSettled  # noqa: PLC0415  knows Kivy

    try:
        yield
    except (LostWay, NotOnTheGlass, NotSettled) as error:
        typer.echo(f"The journey did not come to its end: {error}", err=True)
        raise typer.Exit(1) from error


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
    """Walk a life event, by slug or number, at a terminal of its own.

    `person`: a slug of `sandbox/people.yaml` in place of the script's. `out`: a folder for
    pictures of every page and of the receipt, and for what was heard of a journey by ear; `data`
    as for `journeys`. Raises Unusable for an unknown life event or person, ScriptError,
    PeopleError, OSError and what `journeys` raises for what cannot be read or written; LostWay,
    NotOnTheGlass and NotSettled when the journey cannot be finished.
    """
    known = [somebody.slug for somebody in people.load(config / "sandbox/people.yaml")]
    if person and person not in known:
        raise Unusable(f"nobody is called {person}; there are {', '.join(known)}")
    for folder in (out, data):
        if folder is not None:
            folder.mkdir(parents=True, exist_ok=True)  # before anything is started
    with journeys(config, data) as terminal:
        return terminal.walk(life_event, language=language, profile=profile, person=person, out=out)


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
        "nav_keypad": {
            "driver": "evdev_keypad",
            "url": around.keypad.url,
            "keys": around.keys,
        },
        "audio": {
            "driver": "alsa",
            "loudspeaker": around.audio.loudspeaker.pcm,
            "headphones": around.audio.headphones.pcm,
        },
    }
    changes["panel"]["fullscreen"] = False
    changes["access"]["scanning_pace_s"] = PACE_S
    return TerminalSettings(**changes)


def _last_session(log: Path) -> dict[str, Any]:
    """The figures that the terminal itself logged at the end of the session."""
    for line in reversed(log.read_text("utf-8").splitlines()):
        entry: dict[str, Any] = json.loads(line)
        if entry.get("event") == "session ended":
            return entry
    raise RuntimeError(f"{log}: no session came to its end")
