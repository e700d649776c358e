"""What a scripted citizen knows: who they are, what they answer, what they type."""

from __future__ import annotations

from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError


class ScriptError(Exception):
    """There is no such script, or it cannot be read; says which and where."""


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Typed(_Part):
    """A field's value; `pinyin` gives the letters for each Chinese character."""

    text: str
    pinyin: tuple[str, ...] = ()


class Script(_Part):
    """One life event, answered."""

    person: str
    answers: dict[str, str]
    fields: dict[str, Typed]
    papers: tuple[str, ...] = ()
    rating: int = 5


class _Scripts(_Part):
    scripts: dict[str, Script]


def load_script(file: Path, life_event: str) -> Script:
    """The script of a life event, by its slug. Raises ScriptError."""
    try:
        scripts = _Scripts.model_validate(yaml.safe_load(file.read_text("utf-8"))).scripts
    except (OSError, yaml.YAMLError, ValidationError) as error:
        raise ScriptError(f"{file}: cannot be read: {error}") from error
    if life_event not in scripts:
        raise ScriptError(f"{file}: no script for {life_event}; there are {', '.join(scripts)}")
    return scripts[life_event]
