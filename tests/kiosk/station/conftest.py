"""The wires of one terminal and what stands at their other ends."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

import pytest

from drivers.id_card.port import IdCard
from drivers.simulators.esc_pos import EscPosSimulator
from drivers.simulators.sam_a import SamASimulator
from kiosk.journey.world import Timing
from kiosk.station.settings import TerminalSettings
from kiosk.storage.vault import Sealer
from tests.harness.platform import KEY, SandboxPlatform
from tests.harness.station import Citizen, Recorder, running_station, terminal_settings

SCRIPT = {
    "relation": "mother",
    "parents": "couple",
    "side": "mother",
    "claim": "no",
    "child_name": "周禾一",
    "phone": "13800000000",
    "delivery": "post",
}


@dataclass
class Site:
    """Where a test's terminal stands."""

    folder: Path
    reader: SamASimulator
    printer: EscPosSimulator
    platform: SandboxPlatform
    people: dict[str, IdCard]
    submit_wait_s: int = 8

    @property
    def settings(self) -> TerminalSettings:
        url = self.platform.base_url
        settings = terminal_settings(self.folder, url, KEY, self.reader.url, self.printer.url)
        timing = settings.timing.model_copy(update={"submit_wait_s": self.submit_wait_s})
        return settings.model_copy(update={"timing": timing})

    def open(
        self, timing: Timing | None = None, sealer: Callable[[Path], Sealer] | None = None
    ) -> AbstractContextManager[tuple[Citizen, Recorder]]:
        return running_station(self.settings, timing, sealer=sealer)

    def identify(self, citizen: Citizen, slug: str = "chen") -> None:
        citizen.go("begin", "choose")
        citizen.go("newborn", "identify")
        self.reader.lay(self.people[slug])
        citizen.screen.wait_for("consent")


@pytest.fixture
def site(tmp_path, reader_end, printer_end, platform, people) -> Site:
    return Site(tmp_path, reader_end, printer_end, platform, people)
