"""The settings of an agent: a TOML file, and environment variables above it.

`YICI_AGENT_BROKER__HOST=…` takes the place of `host` in the file's `[broker]`. Paths are relative
to the folder of the file. `docs/agent.md` lists every key.
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

Name = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9-]{0,31}$")]


class SettingsError(Exception):
    """The settings cannot be used; one line for each key, with the file and what to do."""


class BrokerSettings(BaseModel):
    """The broker, and the PEM files of the fleet's authority and of this terminal."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    host: str
    port: Annotated[int, Field(ge=1, le=65535)] = 8883
    authority: Path
    certificate: Path
    key: Path


class AgentSettings(BaseSettings):
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

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """The environment stands above the file."""
        del settings_cls, dotenv_settings, file_secret_settings
        return env_settings, init_settings


def load_settings(file: Path) -> AgentSettings:
    """Read and check the settings.

    Raises SettingsError naming the file and every key that is missing, unknown or does not fit.
    """
    try:
        tree = tomllib.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise SettingsError(f"{file}: cannot be read: {error.strerror}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"{file}: not TOML: {error}; mend the line it names") from error
    try:
        settings = AgentSettings(**tree)
    except ValidationError as error:
        raise SettingsError("\n".join(_say(file, problem) for problem in error.errors())) from None
    return _absolute(settings, file.resolve().parent)


def _say(file: Path, problem: Any) -> str:
    key = ".".join(str(part) for part in problem["loc"])
    variable = "YICI_AGENT_" + "__".join(str(part) for part in problem["loc"]).upper()
    return f"{file}: {key}: {problem['msg']}; mend it in the file or in {variable}"


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
