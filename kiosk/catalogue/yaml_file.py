"""Reads one YAML file into one pydantic model, or says all that is wrong with it."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from kiosk.catalogue.consistency import CatalogueError
from kiosk.catalogue.yaml_source import Source

Model = TypeVar("Model", bound=BaseModel)


def read_yaml(file: Path, model: type[Model]) -> Model:
    """The file's content; raises CatalogueError, each problem with file, line and key."""
    source = Source(file)
    if source.problems:
        raise CatalogueError(source.problems)
    try:
        return model.model_validate(source.tree)
    except ValidationError as error:
        raise CatalogueError(source.wrong(error)) from error
