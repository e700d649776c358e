"""The settings of one terminal: a TOML file, and environment variables above it.

`YICI_GATEWAY__URL=…` in the environment takes the place of `url` in the file's `[gateway]`.
Paths are relative to the folder of the file. `docs/settings.md` lists every key.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Literal, TypeVar

from pydantic import AnyHttpUrl, Field, SecretStr
from pydantic_settings import SettingsConfigDict

from kiosk.catalogue.model import Text
from kiosk.storage.settings_file import FileSettings, Part, SettingsError, read_settings

__all__ = ["SettingsError", "TerminalSettings", "load_settings"]

Device = TypeVar("Device", bound="DeviceSettings")


class SiteSettings(Part):
    """Where the terminal stands."""

    terminal: Annotated[str, Field(pattern=r"^[A-Z0-9]{3,20}$")]
    point: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{1,39}$")]
    name: Text
    brand: Text
    counter: Text
    phone: str
    hours: str


class PanelSettings(Part):
    """The panel. `ppi`: pixels per inch, from which every size in mm is worked out."""

    width: Annotated[int, Field(ge=320, le=8000)] = 1080
    height: Annotated[int, Field(ge=320, le=8000)] = 1920
    ppi: Annotated[float, Field(ge=40, le=400)] = 81.6
    fullscreen: bool = True


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


class DeviceSettings(Part):
    """A device's wire: a serial port or any pyserial URL (`socket://host:port`)."""

    url: str


class ReceiptPrinterSettings(DeviceSettings):
    """`paper_mm`: 58 or 80."""

    paper_mm: Literal[58, 80] = 80


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
    search: Path
    site: SiteSettings
    panel: PanelSettings = PanelSettings()
    fonts: FontSettings
    chinese_input: ChineseInputSettings
    gateway: GatewaySettings
    id_card: DeviceSettings
    receipt_printer: ReceiptPrinterSettings
    timing: TimingSettings = TimingSettings()


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
    for name in ("catalogue", "phrases", "search"):
        if not getattr(settings, name).is_dir():
            yield f"{file}: {name}: {getattr(settings, name)} is no folder; name the right one"


def _absolute(settings: TerminalSettings, folder: Path) -> TerminalSettings:
    fonts, rime = settings.fonts, settings.chinese_input
    return settings.model_copy(
        update={
            "data": folder / settings.data,
            "log": folder / settings.log,
            "id_card": _wire(settings.id_card, folder),
            "receipt_printer": _wire(settings.receipt_printer, folder),
            "catalogue": folder / settings.catalogue,
            "phrases": folder / settings.phrases,
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


def _wire(device: Device, folder: Path) -> Device:
    """A serial port's path is relative to the file like every other; an address is not."""
    if "://" in device.url:
        return device
    return device.model_copy(update={"url": str(folder / device.url)})
