"""The settings of one terminal: a TOML file, and environment variables above it.

`YICI_GATEWAY__URL=…` in the environment takes the place of `url` in the file's `[gateway]`.
Paths are relative to the folder of the file. `docs/settings.md` lists every key.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

from pydantic import AnyHttpUrl, Field, SecretStr, ValidationError, ValidationInfo, field_validator
from pydantic_core import InitErrorDetails, PydanticCustomError
from pydantic_settings import SettingsConfigDict

from drivers.kinds import Kind
from drivers.registry import DevicesError, DeviceTable, Problem, configured
from kiosk.catalogue.model import Text
from kiosk.storage.settings_file import FileSettings, Part, SettingsError, read_settings

__all__ = ["SettingsError", "TerminalSettings", "load_settings"]


class SiteSettings(Part):
    """Where the terminal stands."""

    terminal: Annotated[str, Field(pattern=r"^[A-Z0-9]{3,20}$")]
    point: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{1,39}$")]
    name: Text
    brand: Text
    counter: Text
    reader: Text
    phone: str
    hours: str


class PanelSettings(Part):
    """The panel. `ppi`: pixels per inch, from which every size in mm is worked out.

    `bottom_mm`: from the floor to the lower edge of the picture; what can be reached from a
    wheelchair is worked out from it (EN 301 549 8.3.2.3).
    """

    width: Annotated[int, Field(ge=320, le=8000)] = 1080
    height: Annotated[int, Field(ge=320, le=8000)] = 1920
    ppi: Annotated[float, Field(ge=40, le=400)] = 81.6
    fullscreen: bool = True
    bottom_mm: Annotated[float, Field(ge=300, le=1100)] = 700.0


class FontSettings(Part):
    """Font files: the Simplified Chinese face in two weights, and the pictograms."""

    regular: Path
    bold: Path
    icons: Path


class ChineseInputSettings(Part):
    """librime's shared data and the folder that set-up deployed for it."""

    shared: Path
    deployed: Path


class GatewaySettings(Part):
    """The platform. `key` is the terminal's own; better given by the environment."""

    url: AnyHttpUrl
    key: SecretStr
    timeout_s: Annotated[float, Field(gt=0, le=60)] = 6.0


class DevicesSettings(Part):
    """A table for each device that the terminal has; `drivers/registry.py` says what it holds."""

    id_card: DeviceTable
    receipt_printer: DeviceTable
    smart_card: DeviceTable | None = None
    code_scanner: DeviceTable | None = None
    page_printer: DeviceTable | None = None
    form_printer: DeviceTable | None = None
    document_camera: DeviceTable | None = None
    nav_keypad: DeviceTable | None = None
    signals: DeviceTable | None = None
    audio: DeviceTable | None = None

    @field_validator("*")
    @classmethod
    def _fits(cls, table: DeviceTable | None, info: ValidationInfo) -> DeviceTable | None:
        """The driver is there, and the keys are its own."""
        kind = Kind(str(info.field_name))
        try:
            if table is not None:
                configured({kind: table})
        except DevicesError as error:
            raise ValidationError.from_exception_data(
                kind, [_detail(kind, problem) for problem in error.problems]
            ) from None
        return table

    def tables(self) -> dict[Kind, DeviceTable]:
        """Those that are there, by kind."""
        given = {Kind(name): table for name, table in self if table is not None}
        return {kind: given[kind] for kind in Kind if kind in given}


def _detail(kind: Kind, problem: Problem) -> InitErrorDetails:
    keys = problem.key.removeprefix(f"devices.{kind}.").split(".")
    return InitErrorDetails(
        type=PydanticCustomError("device", "{said}", {"said": problem.said}),
        loc=tuple(keys),
        input=None,
    )


class AccessSettings(Part):
    """How switches scan. `scanning_pace_s`: how long the ring rests on each place."""

    scanning_pace_s: Annotated[float, Field(ge=0.1, le=10)] = 1.5


class TimingSettings(Part):
    """Time-outs in seconds (`journey/world.py` says where the bounds come from)."""

    idle_warning_s: Annotated[int, Field(ge=5, le=600)] = 120
    idle_answer_s: Annotated[int, Field(ge=5, le=120)] = 30
    done_s: Annotated[int, Field(ge=5, le=600)] = 60
    goodbye_s: Annotated[int, Field(ge=2, le=60)] = 8
    submit_wait_s: Annotated[int, Field(ge=1, le=60)] = 8


class TerminalSettings(FileSettings):
    """All of it. `data` holds the outbox and its key, `log` the logs, both private folders."""

    model_config = SettingsConfigDict(
        env_prefix="YICI_", env_nested_delimiter="__", extra="forbid", frozen=True
    )

    data: Path
    log: Path
    catalogue: Path
    phrases: Path
    speech: Path
    narration: Path
    search: Path
    site: SiteSettings
    panel: PanelSettings = PanelSettings()
    fonts: FontSettings
    chinese_input: ChineseInputSettings
    gateway: GatewaySettings
    devices: DevicesSettings
    timing: TimingSettings = TimingSettings()
    access: AccessSettings = AccessSettings()


def load_settings(file: Path) -> TerminalSettings:
    """Read and check the settings.

    Raises SettingsError naming the file and every key that is missing, unknown or does not fit.
    """
    settings = _absolute(read_settings(TerminalSettings, file), file.resolve().parent)
    if missing := list(_missing(file, settings)):
        raise SettingsError("\n".join(missing))
    return settings


def _missing(file: Path, settings: TerminalSettings) -> Iterator[str]:
    for name, font in settings.fonts:
        if not font.is_file():
            yield f"{file}: fonts.{name}: {font} is not there; run `make setup` or name another"
    for name in ("catalogue", "phrases", "search", "speech", "narration"):
        if not getattr(settings, name).is_dir():
            yield f"{file}: {name}: {getattr(settings, name)} is no folder; name the right one"


def _absolute(settings: TerminalSettings, folder: Path) -> TerminalSettings:
    fonts, rime = settings.fonts, settings.chinese_input
    return settings.model_copy(
        update={
            "data": folder / settings.data,
            "log": folder / settings.log,
            "devices": DevicesSettings(
                **{kind: _wire(table, folder) for kind, table in settings.devices.tables().items()}
            ),
            "catalogue": folder / settings.catalogue,
            "phrases": folder / settings.phrases,
            "speech": folder / settings.speech,
            "narration": folder / settings.narration,
            "search": folder / settings.search,
            "fonts": FontSettings(
                regular=folder / fonts.regular,
                bold=folder / fonts.bold,
                icons=folder / fonts.icons,
            ),
            "chinese_input": ChineseInputSettings(
                shared=folder / rime.shared, deployed=folder / rime.deployed
            ),
        }
    )


def _wire(table: DeviceTable, folder: Path) -> DeviceTable:
    """A serial port's path is relative to the file like every other; an address is not."""
    url = table.options.get("url")
    if not isinstance(url, str) or "://" in url:
        return table
    return table.model_copy(update={"url": str(folder / url)})
