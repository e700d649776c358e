"""What a scripted citizen knows: who they are, what they answer, what they type."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError, model_validator

from yici.mistakes import Unusable


class ScriptError(Unusable):
    """There is no such script, or it cannot be read; says which and where."""


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Typed(_Part):
    """A field's value, or how many `days` from today its date lies (before today: negative).

    `pinyin` gives the letters for each Chinese character; without it they are looked up.
    """

    text: str = ""
    days: int | None = None
    pinyin: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _one_of_both(self) -> Typed:
        if bool(self.text) == (self.days is not None):
            raise ValueError("give either text or days")
        return self

    def on(self, today: date) -> str:
        """What is typed on that day."""
        if self.days is None:
            return self.text
        return (today + timedelta(days=self.days)).isoformat()


class Script(_Part):
    """One life event, answered.

    What is not in `fields` is made up where it is asked for. `papers` are brought along,
    `promised` those a promise stands for; `entries`: how many a group has, where not one.
    """

    person: str
    answers: dict[str, str]
    fields: dict[str, Typed] = {}
    entries: dict[str, int] = {}
    papers: tuple[str, ...] = ()
    promised: tuple[str, ...] = ()
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
