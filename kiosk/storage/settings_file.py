"""Settings of a process: one TOML file, and environment variables above it.

What is wrong is said all at once, each line with the file, the key and what to do.
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource

Settings = TypeVar("Settings", bound="FileSettings")


class SettingsError(Exception):
    """The settings cannot be used; one line for each key, with the file and what to do."""


class Part(BaseModel):
    """Refuses keys that it does not know, so that a mistyped key is not silently ignored."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class FileSettings(BaseSettings):
    """The whole of a file. Whoever derives from it names the prefix of its variables."""

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


def read_settings(model: type[Settings], file: Path) -> Settings:
    """Read and check a file.

    Raises SettingsError naming the file and every key that is missing, unknown or does not fit.
    """
    try:
        tree = tomllib.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise SettingsError(f"{file}: cannot be read: {error.strerror}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"{file}: not TOML: {error}; mend the line it names") from error
    try:
        return model(**tree)
    except ValidationError as error:
        prefix = str(model.model_config.get("env_prefix", ""))
        lines = [_say(file, prefix, problem) for problem in error.errors()]
        raise SettingsError("\n".join(lines)) from None


def _say(file: Path, prefix: str, problem: Any) -> str:
    parts = [str(part) for part in problem["loc"]]
    variable = prefix + "__".join(parts).upper()
    remedies = {
        "missing": f"add it to the file or set {variable}",
        "extra_forbidden": "no such key; take it out or mend its spelling",
    }
    remedy = remedies.get(problem["type"], f"mend it in the file or in {variable}")
    return f"{file}: {'.'.join(parts)}: {problem['msg']}; {remedy}"
