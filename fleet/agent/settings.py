"""The settings of an agent: a TOML file, and environment variables above it.

`YICI_AGENT_BROKER__HOST=…` takes the place of `host` in the file's `[broker]`. Paths are relative
to the folder of the file. `docs/agent.md` lists every key.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from pydantic import Field
from pydantic_settings import SettingsConfigDict

from kiosk.storage.settings_file import FileSettings, Part, SettingsError, read_settings

__all__ = ["AgentSettings", "BrokerSettings", "SettingsError", "load_settings"]

Name = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9-]{0,31}$")]


class BrokerSettings(Part):
    """The broker, and the PEM files of the fleet's authority and of this terminal."""

    host: str
    port: Annotated[int, Field(ge=1, le=65535)] = 8883
    authority: Path
    certificate: Path
    key: Path


class AgentSettings(FileSettings):
    """All of it. `data` is the terminal's data folder, `root` the bank's TUF root as enrolled."""

    model_config = SettingsConfigDict(
        env_prefix="YICI_AGENT_", env_nested_delimiter="__", extra="forbid", frozen=True
    )

    bank: Name
    terminal: Name
    data: Path
    root: Path
    live: bool = True
    broker: BrokerSettings


def load_settings(file: Path) -> AgentSettings:
    """Read and check the settings.

    Raises SettingsError naming the file and every key that is missing, unknown or does not fit.
    """
    return _absolute(read_settings(AgentSettings, file), file.resolve().parent)


def _absolute(settings: AgentSettings, folder: Path) -> AgentSettings:
    broker = settings.broker
    files = {name: folder / getattr(broker, name) for name in ("authority", "certificate", "key")}
    return settings.model_copy(
        update={
            "data": folder / settings.data,
            "root": folder / settings.root,
            "broker": broker.model_copy(update=files),
        }
    )
