"""Reads `applicants.yaml`: who walks which life event, what they say, and how it must end."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field

FILE = Path(__file__).with_name("applicants.yaml")

Ending = Literal["apply", "book", "print", "inform", "stop"]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Ends(_Part):
    """How a journey must end; matters and layouts by slug."""

    ending: Ending = Field(alias="as")
    handed_in: tuple[str, ...] = ()
    booked: tuple[str, ...] = ()
    printed: tuple[str, ...] = ()
    told: tuple[str, ...] = ()
    stopped: str = ""


class Told(_Part):
    """One applicant at one life event."""

    life_event: str
    who: str
    language: Literal["zh", "en"] = "zh"
    answers: dict[str, str]
    values: dict[str, str] = {}
    entries: dict[str, int] = {}
    papers: dict[str, Literal["here", "promise"]] = {}
    ends: Ends


def told() -> tuple[Told, ...]:
    """All of them, in the order of the annex."""
    entries = yaml.safe_load(FILE.read_text("utf-8"))["journeys"]
    return tuple(Told.model_validate(entry) for entry in entries)
